import AWSModels
import Documents
import Testing

@testable import AWS

struct RequestEncoderTests {
    private func encode(
        _ wireProtocol: String, _ input: JSON, operation: JSON = [:], shapes: JSON, extra: JSON = [:]
    ) throws -> EncodedRequest {
        let (model, call) = try TestModels.model(wireProtocol, operation: operation, shapes: shapes, extra: extra)
        return try RequestEncoder(model: model) { "token" }.encode(call, input)
    }

    private func body(_ request: EncodedRequest) -> String { String(decoding: request.body, as: UTF8.self) }

    @Test func writesQuery() throws {
        let shapes: JSON = [
            "In": ["m": ["Name": "s", "List": "Names", "Flat": ["s": "Names", "f": 1], "Map": "Map", "When": "t"]],
            "Names": ["e": "s"], "Map": ["k": "s", "v": "i"],
        ]
        let input: JSON = [
            "Name": "a b&c", "List": ["x", "y"], "Flat": ["z"], "Map": ["k": 1], "When": "2026-11-21T06:30:00Z",
        ]
        let request = try encode("query", input, shapes: shapes)
        #expect(request.method == "POST")
        #expect(request.path == "/")
        let wanted = [
            "Action=Act", "Version=2020-01-01", "Flat.1=z", "List.member.1=x", "List.member.2=y", "Map.entry.1.key=k",
            "Map.entry.1.value=1", "Name=a%20b%26c", "When=2026-11-21T06%3A30%3A00Z",
        ]
        #expect(body(request) == wanted.joined(separator: "&"))
        #expect(try body(encode("query", ["List": []], shapes: shapes)) == "Action=Act&Version=2020-01-01&List=")
    }

    @Test func writesEC2() throws {
        let shapes: JSON = [
            "In": [
                "m": [
                    "InstanceIds": ["s": "Names", "n": "InstanceId"], "DryRun": ["s": "b", "n": "dryRun"],
                    "Other": ["s": "s", "n": "other", "q": "Special"],
                ]
            ],
            "Names": ["e": ["s": "s", "n": "item"]],
        ]
        let request = try encode("ec2", ["InstanceIds": ["i-1"], "DryRun": false, "Other": "o"], shapes: shapes)
        #expect(body(request) == "Action=Act&Version=2020-01-01&DryRun=false&InstanceId.1=i-1&Special=o")
        #expect(try body(encode("ec2", ["InstanceIds": []], shapes: shapes)) == "Action=Act&Version=2020-01-01")
    }

    @Test func writesJSON() throws {
        let shapes: JSON = [
            "In": ["m": ["Name": ["s": "s", "n": "name"], "When": "t", "Data": "x", "List": "Names"]],
            "Names": ["e": "s"],
        ]
        let request = try encode(
            "json", ["Name": "n", "When": 1.5, "Data": "AQI=", "List": ["a"], "Unknown": 1], shapes: shapes)
        #expect(body(request) == #"{"Data":"AQI=","List":["a"],"When":1,"name":"n"}"#)
        #expect(request.headers.contains { $0.name == "X-Amz-Target" && $0.value == "Test.Act" })
        #expect(request.headers.contains { $0.value == "application/x-amz-json-1.1" })
        #expect(try body(encode("json", [:], shapes: [:])) == "{}")
    }

    static let restShapes: JSON = [
        "In": [
            "m": [
                "Bucket": ["s": "s", "l": "uri", "n": "Bucket"], "Key": ["s": "s", "l": "uri", "n": "Key"],
                "Prefix": ["s": "s", "l": "querystring", "n": "prefix"],
                "Since": ["s": "t", "l": "header", "n": "X-Since"],
                "Meta": ["s": "Map", "l": "headers", "n": "x-meta-"], "Body": ["s": "s", "n": "body"],
                "Token": ["s": "s", "it": 1],
            ]
        ],
        "Map": ["k": "s", "v": "s"],
    ]

    static let restOperation: JSON = ["m": "PUT", "u": "/{Bucket}/{Key+}?acl&list-type=2"]

    static let restInput: JSON = [
        "Bucket": "a/b", "Key": "c/d e", "Prefix": "p", "Since": "2026-11-21T06:30:00Z", "Meta": ["one": "1"],
        "Body": "<&>",
    ]

    @Test func writesRestXML() throws {
        let request = try encode(
            "rest-xml", Self.restInput, operation: Self.restOperation, shapes: Self.restShapes)
        #expect(request.method == "PUT")
        #expect(request.path == "/a%2Fb/c/d%20e")
        #expect(request.query.map { "\($0.name)=\($0.value)" } == ["acl=", "list-type=2", "prefix=p"])
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 }
        #expect(headers["X-Since"] == "Sat, 21 Nov 2026 06:30:00 GMT")
        #expect(headers["x-meta-one"] == "1")
        #expect(headers["Content-Type"] == "application/xml")
        #expect(body(request) == "<In><body>&lt;&amp;&gt;</body><Token>token</Token></In>")
    }

    @Test func writesRestJSON() throws {
        let request = try encode(
            "rest-json", Self.restInput, operation: Self.restOperation, shapes: Self.restShapes)
        #expect(body(request) == #"{"Token":"token","body":"<&>"}"#)
        #expect(request.headers.contains { $0.name == "Content-Type" && $0.value == "application/json" })
    }

    @Test(arguments: [["Bucket": "a"], ["Bucket": "a", "Key": ""], ["Bucket": ["a"], "Key": "k"]] as [JSON])
    func refusesInputsThatLeaveThePathOpen(_ input: JSON) {
        #expect(throws: AWSError.self) {
            try encode("rest-xml", input, operation: Self.restOperation, shapes: Self.restShapes)
        }
    }

    @Test func sendsTheLastPartOfIds() throws {
        let shapes: JSON = ["In": ["m": ["Id": ["s": "s", "l": "uri", "n": "Id", "lp": 1]]]]
        let operation: JSON = ["m": "GET", "u": "/zone/{Id}"]
        let long = try encode("rest-xml", ["Id": "/hostedzone/Z1"], operation: operation, shapes: shapes)
        #expect(long.path == "/zone/Z1")
        let short = try encode("rest-xml", ["Id": "Z1"], operation: operation, shapes: shapes)
        #expect(short.path == "/zone/Z1")
    }

    @Test func asksForTheMediaTypeThatTheModelNames() throws {
        let request = try encode("rest-json", [:], shapes: ["In": ["m": [:]]], extra: ["accept": "application/json"])
        #expect(request.headers.contains { $0.name == "Accept" && $0.value == "application/json" })
    }

    @Test func putsLabelsIntoHosts() throws {
        let shapes: JSON = ["In": ["m": ["AccountId": ["s": "s", "hl": 1]]]]
        let operation: JSON = ["host": "{AccountId}."]
        #expect(try encode("json", ["AccountId": "12"], operation: operation, shapes: shapes).hostPrefix == "12.")
        #expect(throws: AWSError.self) {
            try encode("json", ["AccountId": "evil.example/"], operation: operation, shapes: shapes)
        }
    }

    @Test func encodesBase64() {
        for (bytes, text) in [
            ([], ""), ([1], "AQ=="), ([1, 2], "AQI="), ([1, 2, 3], "AQID"), ([255, 254, 253, 252], "//79/A=="),
        ]
            as [([UInt8], String)]
        {
            #expect(Base64.encode(bytes) == text)
            #expect(Base64.decode(text) == bytes)
        }
        for text in ["A", "A===", "AQ==A", "A*==", "=", "AQID===="] { #expect(Base64.decode(text) == nil, "\(text)") }
        #expect(PercentEncoding.decode("%41%zz%4") == "A%zz%4")
    }
}
