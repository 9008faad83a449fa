import AWSModels
import Documents
import HTTP
import Testing

@testable import AWS

struct ResponseDecoderTests {
    private func decode(
        _ wireProtocol: String, _ body: String, status: Int = 200, headers: [(name: String, value: String)] = [],
        operation: JSON = [:], shapes: JSON
    ) throws -> JSON {
        let (model, call) = try TestModels.model(wireProtocol, operation: operation, shapes: shapes)
        let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
        return try ResponseDecoder(model: model).decode(call, response)
    }

    static let shapes: JSON = [
        "Out": [
            "m": [
                "Count": "i", "Ratio": "d", "On": "b", "When": "t", "Data": "x", "Names": "Names",
                "Flat": ["s": "Names", "f": 1, "n": "flat"], "Map": "Map", "Policy": ["s": "s", "pd": 1],
                "Kind": "Kind",
            ]
        ],
        "Names": ["e": "s"], "Map": ["k": "s", "v": "s"], "Kind": ["en": ["a", "b"]],
    ]

    @Test func readsQuery() throws {
        let body = """
            <ActResponse xmlns="https://example.com/"><ActResult>
              <Count>3</Count><Ratio>1.5</Ratio><On>true</On><When>2026-11-21T07:30:00.25+01:00</When><Data>AQI=</Data>
              <Names><member>a</member><member>b</member></Names><flat>c</flat><flat>d</flat><Kind>new</Kind>
              <Map><entry><key>k</key><value>v</value></entry></Map>
              <Policy>%7B%22Version%22%3A%222012-10-17%22%7D</Policy><Unknown/>
            </ActResult></ActResponse>
            """
        let found = try decode("query", body, operation: ["wrap": "ActResult"], shapes: Self.shapes)
        #expect(
            found == [
                "Count": 3, "Ratio": 1.5, "On": true, "When": "2026-11-21T06:30:00.25Z", "Data": "AQI=",
                "Names": ["a", "b"], "Flat": ["c", "d"], "Map": ["k": "v"], "Policy": ["Version": "2012-10-17"],
                "Kind": "new",
            ])
    }

    @Test func readsJSON() throws {
        let body =
            #"{"Count":3,"Ratio":"NaN","On":null,"When":1795242600,"Data":"AQI=","Names":["a"],"Map":{"k":"v"},"X":1}"#
        for wireProtocol in ["json", "rest-json"] {
            let found = try decode(wireProtocol, body, shapes: Self.shapes)
            #expect(
                found == [
                    "Count": 3, "Ratio": "NaN", "When": "2026-11-21T06:30:00Z", "Data": "AQI=", "Names": ["a"],
                    "Map": ["k": "v"],
                ])
        }
        #expect(try decode("json", "", shapes: Self.shapes) == [:])
    }

    @Test func readsHeadersAndPayloads() throws {
        let shapes: JSON = [
            "Out": [
                "m": [
                    "Policy": "s", "Status": ["s": "i", "l": "statusCode"],
                    "Tag": ["s": "s", "l": "header", "n": "ETag"],
                    "Meta": ["s": "Map", "l": "headers", "n": "x-meta-"],
                    "Dates": ["s": "Dates", "l": "header", "n": "x-dates"],
                    "Texts": ["s": "Names", "l": "header", "n": "x-texts"],
                ],
                "pay": "Policy",
            ],
            "Map": ["k": "s", "v": "s"], "Dates": ["e": "t"], "Names": ["e": "s"],
        ]
        let headers = [
            ("etag", "e"), ("X-Meta-One", "1"), ("x-texts", #"a, "b, \"c\"", d"#),
            ("x-dates", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:19 GMT"),
        ]
        let found = try decode("rest-xml", "{}", status: 201, headers: headers, shapes: shapes)
        #expect(
            found == [
                "Policy": "{}", "Status": 201, "Tag": "e", "Meta": ["One": "1"], "Texts": ["a", #"b, "c""#, "d"],
                "Dates": ["2019-12-16T23:48:18Z", "2019-12-16T23:48:19Z"],
            ])
    }

    @Test(
        arguments: [
            ("<LocationConstraint>eu-west-1</LocationConstraint>", ["LocationConstraint": "eu-west-1"]),
            ("<LocationConstraint/>", [:]),
        ] as [(String, JSON)])
    func readsBucketLocations(_ body: String, _ wanted: JSON) throws {
        let model = try Fixtures.models.model("s3")
        let call = try model.operation("GetBucketLocation")
        let response = HTTPResponse(status: 200, body: Array(body.utf8))
        #expect(try ResponseDecoder(model: model).decode(call, response) == wanted)
    }

    @Test(arguments: [
        ("query", "<A><ActResult><Count>x</Count></ActResult></A>"), ("query", "<A/>"), ("query", "<A>"),
        ("query", "<!DOCTYPE a><A><ActResult/></A>"), ("json", "{"), ("json", "[]"), ("json", #"{"Names":"a"}"#),
        ("json", #"{"When":"yesterday"}"#), ("json", #"{"Data":"*"}"#),
    ])
    func refusesMalformedResponses(_ wireProtocol: String, _ body: String) {
        #expect {
            try decode(wireProtocol, body, operation: ["wrap": "ActResult"], shapes: Self.shapes)
        } throws: { error in
            (error as? AWSError)?.code == .malformedResponse
        }
    }

    @Test(arguments: [
        ("query", 403, "<R><Error><Code>AccessDenied</Code><Message>no</Message></Error></R>", "AccessDenied", "no"),
        ("ec2", 400, "<R><Errors><Error><Code>A.B</Code><Message>m</Message></Error></Errors></R>", "A.B", "m"),
        ("rest-xml", 404, "", "404", ""), ("rest-xml", 500, "<html>", "500", ""),
        ("json", 400, #"{"__type":"com.amazon#Throttling","message":"slow"}"#, "Throttling", "slow"),
        ("rest-json", 400, #"{"code":"a.b#C:http://x","Message":"m"}"#, "C", "m"),
        ("rest-json", 502, "oops", "502", ""),
    ])
    func readsErrors(_ wireProtocol: String, _ status: Int, _ body: String, _ code: String, _ message: String) throws {
        let (model, _) = try TestModels.model(wireProtocol, shapes: [:])
        let found = ErrorDecoder(model: model).decode(HTTPResponse(status: status, body: Array(body.utf8)))
        #expect(found.code == code)
        #expect(found.message == message)
    }
}
