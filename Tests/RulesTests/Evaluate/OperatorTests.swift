import Documents
import Resources
import Testing

@testable import Rules

/// `condition` on `document` is `truth`. In documents, `?` as a text stands for what was not collected.
struct OperatorCase: Sendable, CustomTestStringConvertible {
    var condition: String
    var document: String
    var truth: Truth

    init(_ condition: String, _ document: String, _ truth: Truth) {
        (self.condition, self.document, self.truth) = (condition, document, truth)
    }

    var testDescription: String { "\(condition) on \(document)" }

    var resource: Resource? {
        guard var config = try? JSON.parse(document) else { return nil }
        var uncollected: [String: String] = [:]
        for place in config.places where config.value(at: place)?.string == "?" {
            uncollected[JSONPointer.text(place)] = "AccessDenied"
        }
        for place in config.places.reversed() where config.value(at: place)?.string == "?" {
            config = config.removing(place)
        }
        return Sample.resource(config, uncollected: uncollected, tags: ["Name": "web", "a.b": "dots"])
    }
}

extension JSON {
    func value(at place: some Collection<String>) -> JSON? {
        guard let first = place.first else { return self }
        let next = Int(first).flatMap { self[$0] } ?? self[first]
        return next?.value(at: place.dropFirst())
    }
}

private let scalarCases: [OperatorCase] = [
    // eq, ne
    OperatorCase("{text: a}", #"{"text": "a"}"#, .true), OperatorCase("{text: a}", #"{"text": "A"}"#, .false),
    OperatorCase("{text: a}", "{}", .unknown), OperatorCase("{text: a}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: a}", #"{"text": null}"#, .unknown), OperatorCase("{text: a}", #"{"text": 1}"#, .unknown),
    OperatorCase("{flag: true}", #"{"flag": true}"#, .true),
    OperatorCase("{flag: true}", #"{"flag": "true"}"#, .unknown),
    OperatorCase("{flag: {ne: true}}", #"{"flag": "true"}"#, .unknown),
    OperatorCase("{flag: {ne: true}}", #"{"flag": false}"#, .true),
    OperatorCase("{text: {ne: a}}", "{}", .unknown), OperatorCase("{text: {ne: a, if_absent: b}}", "{}", .true),
    OperatorCase("{text: {ne: a, if_absent: b}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{free: {eq: a}}", #"{"free": 1}"#, .false),
    OperatorCase("{free: {eq: a}}", #"{"free": {"b": 1}}"#, .false),
    OperatorCase("{size: 3}", #"{"size": [3]}"#, .unknown), OperatorCase("{share: 3}", #"{"share": 3.0}"#, .true),
    OperatorCase("{share: 0.5}", #"{"share": 1}"#, .false),
    OperatorCase("{text: \"\u{E9}\"}", #"{"text": "e\u0301"}"#, .false),
    OperatorCase("{inner.text: a}", #"{"inner": "x"}"#, .unknown),
    OperatorCase("{inner.text: a}", #"{"inner": "?"}"#, .unknown),
    OperatorCase("{inner.text: a}", #"{"inner": {"text": "a"}}"#, .true),
    OperatorCase("{ages.bob: 3}", #"{"ages": {"bob": 3}}"#, .true),
    OperatorCase("{defaulted: meant}", "{}", .true), OperatorCase("{defaulted: other}", "{}", .false),
    OperatorCase("{defaulted: meant}", #"{"defaulted": "?"}"#, .unknown),
    OperatorCase("{defaulted: {eq: x, if_absent: x}}", "{}", .true),
    // in, not_in
    OperatorCase("{text: {in: [a, b]}}", #"{"text": "b"}"#, .true),
    OperatorCase("{text: {in: [a, b]}}", #"{"text": "c"}"#, .false),
    OperatorCase("{text: {in: [a]}}", "{}", .unknown), OperatorCase("{text: {not_in: [a]}}", #"{"text": 1}"#, .unknown),
    OperatorCase("{text: {not_in: [a]}}", #"{"text": "b"}"#, .true),
    OperatorCase("{text: {not_in: [a]}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {not_in: [a]}}", "{}", .unknown),
    // order
    OperatorCase("{size: {lt: 3}}", #"{"size": 2}"#, .true), OperatorCase("{size: {lt: 3}}", #"{"size": 3}"#, .false),
    OperatorCase("{size: {lte: 3}}", #"{"size": 3}"#, .true), OperatorCase("{size: {lte: 3}}", #"{"size": 4}"#, .false),
    OperatorCase("{size: {gt: 3}}", #"{"size": 4}"#, .true), OperatorCase("{size: {gt: 3}}", #"{"size": 3}"#, .false),
    OperatorCase("{size: {gte: 3}}", #"{"size": 3}"#, .true), OperatorCase("{size: {gte: 3}}", #"{"size": 2}"#, .false),
    OperatorCase("{size: {gt: 3, lt: 5}}", #"{"size": 4}"#, .true),
    OperatorCase("{size: {gt: 3, lt: 5}}", #"{"size": 5}"#, .false),
    OperatorCase("{size: {gt: 3}}", "{}", .unknown), OperatorCase("{size: {gt: 3}}", #"{"size": "4"}"#, .unknown),
    OperatorCase("{size: {gt: 3}}", #"{"size": "?"}"#, .unknown),
    OperatorCase("{share: {gt: 0.5}}", #"{"share": 1}"#, .true),
    OperatorCase("{size: {gt: 9007199254740992}}", #"{"size": 9007199254740993}"#, .true),
    OperatorCase("{time: {gte: \"2026-01-01T00:00:00Z\"}}", #"{"time": "2026-01-01T01:00:00+01:00"}"#, .true),
    OperatorCase("{size: {lt: 3}}", "{}", .unknown), OperatorCase("{size: {lte: 3}}", #"{"size": []}"#, .unknown),
    OperatorCase("{time: {before: 2026-01-01}}", #"{"time": "?"}"#, .unknown),
    // text
    OperatorCase("{text: {glob: \"a*c\"}}", #"{"text": "abbc"}"#, .true),
    OperatorCase("{text: {glob: \"a*c\"}}", #"{"text": "abb"}"#, .false),
    OperatorCase("{text: {glob: \"caf?\"}}", #"{"text": "café"}"#, .true),
    OperatorCase("{text: {glob: \"a*\"}}", "{}", .unknown),
    OperatorCase("{text: {glob: \"a*\"}}", #"{"text": 1}"#, .unknown),
    OperatorCase("{text: {glob: \"a*\"}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {starts_with: ab}}", #"{"text": "abc"}"#, .true),
    OperatorCase("{text: {starts_with: ab}}", #"{"text": "a"}"#, .false),
    OperatorCase("{text: {starts_with: ab}}", "{}", .unknown),
    OperatorCase("{text: {starts_with: ab}}", #"{"text": [1]}"#, .unknown),
    OperatorCase("{text: {ends_with: bc}}", #"{"text": "abc"}"#, .true),
    OperatorCase("{text: {ends_with: bc}}", #"{"text": "c"}"#, .false),
    OperatorCase("{text: {ends_with: bc}}", "{}", .unknown),
    OperatorCase("{text: {ends_with: bc}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {contains: b}}", #"{"text": "abc"}"#, .true),
    OperatorCase("{text: {contains: bb}}", #"{"text": "abc"}"#, .false),
    OperatorCase("{text: {contains: \"\"}}", #"{"text": ""}"#, .true),
    OperatorCase("{text: {contains: b}}", #"{"text": true}"#, .unknown),
    OperatorCase("{names: {contains: b}}", #"{"names": ["a", "b"]}"#, .true),
    OperatorCase("{names: {contains: b}}", #"{"names": ["ab"]}"#, .false),
    OperatorCase("{names: {contains: b}}", #"{"names": ["a", "?"]}"#, .unknown),
    OperatorCase("{text: {matches: \"^a+b$\"}}", #"{"text": "aab"}"#, .true),
    OperatorCase("{text: {matches: \"b\"}}", #"{"text": "abc"}"#, .true),
    OperatorCase("{text: {matches: \"B\"}}", #"{"text": "abc"}"#, .false),
    OperatorCase("{text: {matches: \"^.$\"}}", #"{"text": "é"}"#, .true),
    OperatorCase(
        "{text: {matches: \"(a*)*b\"}}", #"{"text": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#, .false),
    OperatorCase("{text: {matches: a}}", "{}", .unknown),
    OperatorCase("{text: {matches: a}}", #"{"text": 1}"#, .unknown),
    OperatorCase("{text: {matches: a}}", #"{"text": "?"}"#, .unknown),
    // exists, absent
    OperatorCase("{text: {exists: true}}", #"{"text": ""}"#, .true),
    OperatorCase("{text: {exists: true}}", "{}", .false),
    OperatorCase("{text: {exists: false}}", "{}", .true),
    OperatorCase("{text: {absent: true}}", #"{"text": null}"#, .true),
    OperatorCase("{text: {absent: true}}", #"{"text": "x"}"#, .false),
    OperatorCase("{text: {absent: false}}", #"{"text": "x"}"#, .true),
    OperatorCase("{text: {exists: true}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {absent: true}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{inner.text: {exists: true}}", #"{"inner": "?"}"#, .unknown),
    OperatorCase("{inner.text: {absent: true}}", "{}", .true),
    OperatorCase("{defaulted: {exists: true}}", "{}", .false),
    OperatorCase("{text: {exists: true}}", #"{"text": 1}"#, .true),
    // time; now is 2026-01-15
    OperatorCase("{time: {older_than: 10d}}", #"{"time": "2026-01-04T23:59:59Z"}"#, .true),
    OperatorCase("{time: {older_than: 10d}}", #"{"time": "2026-01-04T23:59:59.5Z"}"#, .true),
    OperatorCase("{time: {older_than: 10d}}", #"{"time": "2026-01-05T00:00:00Z"}"#, .false),
    OperatorCase("{time: {newer_than: 10d}}", #"{"time": "2026-01-05T00:00:00Z"}"#, .false),
    OperatorCase("{time: {newer_than: 12h}}", #"{"time": "2026-01-14T12:00:01Z"}"#, .true),
    OperatorCase("{time: {newer_than: 1w}}", #"{"time": "2026-02-01T00:00:00Z"}"#, .true),
    OperatorCase("{time: {older_than: 10d}}", "{}", .unknown),
    OperatorCase("{time: {older_than: 10d}}", #"{"time": "soon"}"#, .unknown),
    OperatorCase("{time: {newer_than: 10d}}", #"{"time": "?"}"#, .unknown),
    OperatorCase("{time: {before: 2026-01-01}}", #"{"time": "2025-12-31T23:59:59Z"}"#, .true),
    OperatorCase("{time: {before: 2026-01-01}}", #"{"time": "2026-01-01T00:00:00Z"}"#, .false),
    OperatorCase("{time: {after: 2026-01-01}}", #"{"time": "2026-01-01T00:00:00.000001Z"}"#, .true),
    OperatorCase("{time: {after: 2026-01-01}}", "{}", .unknown),
    OperatorCase("{time: {after: 2026-01-01}}", #"{"time": 7}"#, .unknown),
    // cidr_is
    OperatorCase("{text: {cidr_is: world}}", #"{"text": "0.0.0.0/0"}"#, .true),
    OperatorCase("{text: {cidr_is: world}}", #"{"text": "::/0"}"#, .true),
    OperatorCase("{text: {cidr_is: world}}", #"{"text": "10.0.0.0/8"}"#, .false),
    OperatorCase("{text: {cidr_is: private}}", #"{"text": "10.1.0.0/16"}"#, .true),
    OperatorCase("{text: {cidr_is: private}}", #"{"text": "8.8.8.8"}"#, .false),
    OperatorCase("{text: {cidr_is: public}}", #"{"text": "10.0.0.0/7"}"#, .true),
    OperatorCase("{text: {cidr_is: public}}", #"{"text": "x"}"#, .unknown),
    OperatorCase("{text: {cidr_is: public}}", "{}", .unknown),
    OperatorCase("{text: {cidr_is: world}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {cidr_is: world, if_absent: 0.0.0.0/0}}", "{}", .true),
    // addresses
    OperatorCase("{text: {within: 10.0.0.0/8}}", #"{"text": "10.1.0.0/16"}"#, .true),
    OperatorCase("{text: {within: [10.0.0.0/9, 10.128.0.0/9]}}", #"{"text": "10.0.0.0/8"}"#, .true),
    OperatorCase("{text: {within: [10.0.0.0/8]}}", #"{"text": "11.0.0.1"}"#, .false),
    OperatorCase("{text: {within: [10.0.0.0/8]}}", #"{"text": "ten"}"#, .unknown),
    OperatorCase("{text: {within: [10.0.0.0/8]}}", "{}", .unknown),
    OperatorCase("{text: {overlaps: 10.0.0.0/8}}", #"{"text": "0.0.0.0/0"}"#, .true),
    OperatorCase("{text: {overlaps: \"2000::/3\"}}", #"{"text": "fd00::/8"}"#, .false),
    OperatorCase("{text: {overlaps: 10.0.0.0/8}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {prefix_len: {lte: 8}}}", #"{"text": "10.0.0.0/8"}"#, .true),
    OperatorCase("{text: {prefix_len: {gt: 8, lt: 32}}}", #"{"text": "10.0.0.0/8"}"#, .false),
    OperatorCase("{text: {prefix_len: {lte: 8}}}", #"{"text": 8}"#, .unknown),
    OperatorCase("{names: {cover: world}}", #"{"names": ["0.0.0.0/1", "128.0.0.0/1"]}"#, .true),
    OperatorCase("{names: {cover: world}}", #"{"names": ["0.0.0.0/1", "128.0.0.0/2"]}"#, .false),
    OperatorCase("{names: {cover: world}}", #"{"names": ["0.0.0.0/1", "x"]}"#, .unknown),
    OperatorCase("{names: {cover: world}}", #"{"names": ["0.0.0.0/0", "x"]}"#, .true),
    OperatorCase("{blocks: {cover: world}}", #"{"blocks": [{"CidrIp": "0.0.0.0/0"}]}"#, .true),
    OperatorCase("{blocks: {cover: world}}", "{}", .false),
    OperatorCase("{blocks: {cover: world}}", #"{"blocks": "?"}"#, .unknown),
    OperatorCase(
        "{filters: {ingress: {allows: {ports: [22], protocol: tcp, from: world}}}}",
        #"{"filters": [{"IpProtocol": "tcp", "FromPort": 20, "ToPort": 25, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}"#,
        .true),
    OperatorCase(
        "{filters: {ingress: {allows: {ports: [22], from: world}}}}",
        #"{"filters": [{"IpProtocol": "tcp", "FromPort": 20, "ToPort": 21, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}"#,
        .false),
    OperatorCase(
        "{filters: {ingress: {allows: {ports: [22], from: world}}}}",
        #"{"filters": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": "pl-1"}]}]}"#,
        .unknown),
    OperatorCase("{filters: {ingress: {allows: {from: world}}}}", "{}", .false),
    OperatorCase("{filters: {ingress: {allows: {from: world}}}}", #"{"filters": "?"}"#, .unknown),
    // lookup, columns
    OperatorCase("{text: {lookup: {table: runtimes, column: ends, older_than: 0d}}}", #"{"text": "python3.8"}"#, .true),
    OperatorCase("{text: {lookup: {table: runtimes, column: ends, older_than: 0d}}}", #"{"text": "node22"}"#, .false),
    OperatorCase("{text: {lookup: {table: runtimes, column: ends, older_than: 0d}}}", #"{"text": "perl"}"#, .unknown),
    OperatorCase("{text: {lookup: {table: runtimes, column: ends, older_than: 0d}}}", #"{"text": "3.10"}"#, .unknown),
    OperatorCase("{text: {lookup: {table: runtimes, column: ends, older_than: 0d}}}", "{}", .unknown),
    OperatorCase("{text: {lookup: {table: runtimes, column: major, gte: 4, lt: 23}}}", #"{"text": "node22"}"#, .true),
    OperatorCase("{text: {lookup: {table: runtimes, column: major, gte: 4}}}", #"{"text": "?"}"#, .unknown),
    OperatorCase("{text: {lookup: {table: none, column: major, gte: 4}}}", #"{"text": "node22"}"#, .unknown),
    OperatorCase("{text: {in: {table: runtimes, column: runtime}}}", #"{"text": "3.10"}"#, .true),
    OperatorCase("{text: {not_in: {table: runtimes, column: runtime}}}", #"{"text": "node22"}"#, .false),
    OperatorCase("{names: {subset_of: {table: runtimes, column: runtime}}}", #"{"names": ["node22"]}"#, .true),
    // tags, region, account
    OperatorCase("{tags.Name: web}", "{}", .true), OperatorCase("{tags.a.b: dots}", "{}", .true),
    OperatorCase("{tags.None: x}", "{}", .unknown),
    OperatorCase("{tags.None: {exists: false}}", "{}", .true), OperatorCase("{region: eu-west-1}", "{}", .true),
    OperatorCase("{account: \"111122223333\"}", "{}", .true), OperatorCase("{\"tags['a.b']\": dots}", "{}", .true),
    // references
    OperatorCase("{text: {eq: {ref: $.inner.text}}}", #"{"text": "a", "inner": {"text": "a"}}"#, .true),
    OperatorCase("{text: {eq: {ref: $.inner.text}}}", #"{"text": "a", "inner": {"text": "b"}}"#, .false),
    OperatorCase("{text: {eq: {ref: $.inner.text}}}", #"{"text": "a"}"#, .unknown),
    OperatorCase("{text: {eq: {ref: $.inner.text}}}", #"{"text": "a", "inner": {"text": "?"}}"#, .unknown),
    OperatorCase("{text: {in: {ref: $.names}}}", #"{"text": "a", "names": ["b", "?"]}"#, .unknown),
    OperatorCase("{text: {not_in: {ref: $.names}}}", #"{"text": "a", "names": ["b"]}"#, .true),
    OperatorCase("{names: {some: {this: {eq: {ref: $.text}}}}}", #"{"text": "a", "names": ["b", "a"]}"#, .true),
]

private let listCases: [OperatorCase] = [
    OperatorCase("{names: {some: {this: a}}}", #"{"names": ["a", "b"]}"#, .true),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": ["b"]}"#, .false),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": []}"#, .false),
    OperatorCase("{names: {some: {this: a}}}", "{}", .false),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": "?"}"#, .unknown),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": ["b", "?"]}"#, .unknown),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": ["a", "?"]}"#, .true),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": {"a": 1}}"#, .unknown),
    OperatorCase("{names: {some: {this: a}}}", #"{"names": ["b", 1]}"#, .unknown),
    OperatorCase("{names: {every: {this: a}}}", #"{"names": ["a", "a"]}"#, .true),
    OperatorCase("{names: {every: {this: a}}}", #"{"names": ["a", "b"]}"#, .false),
    OperatorCase("{names: {every: {this: a}}}", "{}", .true),
    OperatorCase("{names: {every: {this: a}}}", #"{"names": ["a", "?"]}"#, .unknown),
    OperatorCase("{names: {every: {this: a}}}", #"{"names": ["b", "?"]}"#, .false),
    OperatorCase("{names: {every: {this: a}}}", #"{"names": 1}"#, .unknown),
    OperatorCase("{names: {none: {this: a}}}", #"{"names": ["b"]}"#, .true),
    OperatorCase("{names: {none: {this: a}}}", #"{"names": ["a"]}"#, .false),
    OperatorCase("{names: {none: {this: a}}}", "{}", .true),
    OperatorCase("{names: {none: {this: a}}}", #"{"names": ["b", "?"]}"#, .unknown),
    OperatorCase("{names: {none: {this: a}}}", #"{"names": "?"}"#, .unknown),
    OperatorCase("{names: {some: {this: a}, if_absent: [a]}}", "{}", .true),
    OperatorCase("{rules: {some: {port: 22, cidr: x}}}", #"{"rules": [{"port": 22}, {"cidr": "x"}]}"#, .unknown),
    OperatorCase(
        "{rules: {some: {port: 22, cidr: x}}}", #"{"rules": [{"port": 22, "cidr": "y"}, {"cidr": "x", "port": 1}]}"#,
        .false),
    OperatorCase("{rules: {some: {names: {every: {this: a}}}}}", #"{"rules": [{"names": ["a"]}]}"#, .true),
    OperatorCase("{rules: {some: {port: {exists: true}}}}", #"{"rules": ["?"]}"#, .unknown),
    OperatorCase("{names: {count: {eq: 2}}}", #"{"names": ["a", "b"]}"#, .true),
    OperatorCase("{names: {count: {eq: 0}}}", "{}", .true),
    OperatorCase("{names: {count: {gte: 1}}}", #"{"names": ["?"]}"#, .true),
    OperatorCase("{names: {count: {gte: 1}}}", #"{"names": "?"}"#, .unknown),
    OperatorCase("{names: {count: {ne: 1}}}", #"{"names": ["a"]}"#, .false),
    OperatorCase("{names: {count: {gt: 0, lt: 3}}}", #"{"names": ["a", "b"]}"#, .true),
    OperatorCase("{names: {count: {where: {this: a}, gte: 2}}}", #"{"names": ["a", "?", "b"]}"#, .unknown),
    OperatorCase("{names: {count: {where: {this: a}, gte: 2}}}", #"{"names": ["a", "b", "b"]}"#, .false),
    OperatorCase("{names: {count: {where: {this: a}, lte: 2}}}", #"{"names": ["a", "?"]}"#, .true),
    OperatorCase("{names: {count: {where: {this: a}, eq: 1}}}", #"{"names": ["a", "?"]}"#, .unknown),
    OperatorCase("{names: {count: {where: {this: a}, ne: 5}}}", #"{"names": ["a", "?"]}"#, .true),
    OperatorCase("{names: {count: {eq: 1}}}", #"{"names": "x"}"#, .unknown),
    OperatorCase("{names: {subset_of: [a, b]}}", #"{"names": ["a"]}"#, .true),
    OperatorCase("{names: {subset_of: [a]}}", #"{"names": ["a", "c"]}"#, .false),
    OperatorCase("{names: {subset_of: [a]}}", "{}", .true),
    OperatorCase("{names: {subset_of: [a]}}", #"{"names": ["a", "?"]}"#, .unknown),
    OperatorCase("{names: {superset_of: [a]}}", #"{"names": ["a", "b"]}"#, .true),
    OperatorCase("{names: {superset_of: [a]}}", #"{"names": ["b"]}"#, .false),
    OperatorCase("{names: {superset_of: [a]}}", "{}", .false),
    OperatorCase("{names: {superset_of: [a]}}", #"{"names": "?"}"#, .unknown),
    OperatorCase("{names: {intersects: [a, b]}}", #"{"names": ["b"]}"#, .true),
    OperatorCase("{names: {intersects: [a]}}", #"{"names": ["b"]}"#, .false),
    OperatorCase("{names: {intersects: [a]}}", "{}", .false),
    OperatorCase("{names: {intersects: [a]}}", #"{"names": 1}"#, .unknown),
    // ranges
    OperatorCase("{low..high: {covers_any: [22, 80]}}", #"{"low": 20, "high": 30}"#, .true),
    OperatorCase("{low..high: {covers_any: [22, 80]}}", #"{"low": 23, "high": 79}"#, .false),
    OperatorCase("{low..high: {covers_all: [22, 80]}}", #"{"low": 22, "high": 80}"#, .true),
    OperatorCase("{low..high: {covers_all: [22, 80]}}", #"{"low": 23, "high": 80}"#, .false),
    OperatorCase("{low..high: {inside: [20, 30]}}", #"{"low": 20, "high": 30}"#, .true),
    OperatorCase("{low..high: {inside: [20, 30]}}", #"{"low": 19, "high": 30}"#, .false),
    OperatorCase("{low..high: {covers_any: [22]}}", #"{"low": 20}"#, .unknown),
    OperatorCase("{low..high: {covers_any: [22]}}", #"{"low": "?", "high": 1}"#, .unknown),
    OperatorCase("{low..high: {covers_any: [22]}}", #"{"low": "a", "high": 30}"#, .unknown),
    OperatorCase("{low..high: {covers_all: [22]}}", #"{"high": 1}"#, .unknown),
    OperatorCase("{low..high: {inside: [1, 2]}}", "{}", .unknown),
    // policies
    OperatorCase(
        "{policy: {admin: true}}", #"{"policy": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}"#,
        .true),
    OperatorCase("{policy: {admin: false}}", #"{"policy": {"Statement": []}}"#, .true),
    OperatorCase("{policy: {admin: true}}", "{}", .unknown),
    OperatorCase("{policy: {admin: true}}", #"{"policy": "?"}"#, .unknown),
    OperatorCase("{policy: {admin: true}}", #"{"policy": {"Statement": [{"Effect": "?"}]}}"#, .unknown),
    OperatorCase("{policy: {admin: true}}", #"{"policy": "text"}"#, .unknown),
    OperatorCase(
        "{policy: {allows: {actions: [\"s3:*\"]}}}",
        #"{"policy": {"Statement": {"Effect": "Allow", "Action": "s3:Get*"}}}"#, .true),
    OperatorCase(
        "{policy: {allows: {actions: [\"s3:*\"]}}}", #"{"policy": {"Statement": {"Effect": "maybe"}}}"#, .unknown),
    OperatorCase(
        "{policy: {denies: {actions: [\"s3:*\"]}}}",
        #"{"policy": {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}"#, .true),
    OperatorCase("{policy: {denies: {actions: [\"s3:*\"]}}}", #"{"policy": {"Statement": []}}"#, .false),
    OperatorCase("{policy: {denies: {actions: [\"s3:*\"]}}}", #"{"policy": "?"}"#, .unknown),
    OperatorCase(
        "{policy: {privilege_escalation: true}}",
        #"{"policy": {"Statement": {"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*"}}}"#, .true),
    OperatorCase(
        "{policy: {privilege_escalation: true}}",
        #"{"policy": {"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}}"#, .false),
    OperatorCase("{policy: {privilege_escalation: true}}", #"{"policy": 3}"#, .unknown),
    // Something below an absent value was not collected: nobody knows whether it is absent.
    OperatorCase("{all: [{text: {exists: true}}, {size: 1}]}", #"{"text": "?", "size": 2}"#, .false),
    OperatorCase("{any: [{text: {exists: true}}, {size: 2}]}", #"{"text": "?", "size": 2}"#, .true),
]

@Suite struct OperatorTests {
    @Test(arguments: scalarCases)
    func scalars(example: OperatorCase) throws { try expect(example) }

    @Test(arguments: listCases)
    func lists(example: OperatorCase) throws { try expect(example) }

    private func expect(_ example: OperatorCase) throws {
        let condition = try #require(RuleParserTests.condition(example.condition))
        let resource = try #require(example.resource)
        let (truth, witnesses) = Sample.truth(condition, resource)
        #expect(truth == example.truth)
        // What is unknown says why; what is known rests on something.
        #expect((truth == .unknown) == !witnesses.causes.isEmpty)
        if truth != .unknown { #expect(!witnesses.evidence.isEmpty) }
        #expect(Sample.truth(.not(condition), resource).truth == !example.truth)
    }

    @Test func everyOperatorHasCases() {
        for name in OperatorName.allCases {
            let cases = (scalarCases + listCases).filter { $0.condition.contains("\(name.rawValue): ") || name == .eq }
            #expect(cases.contains { $0.truth == .true }, "\(name)")
            #expect(cases.contains { $0.truth == .unknown }, "\(name)")
        }
    }

    @Test func hiddenBelowAbsent() throws {
        let condition = try #require(RuleParserTests.condition("{inner.text: {exists: true}}"))
        let resource = Sample.resource([:], uncollected: ["inner/text": "AccessDenied"])
        #expect(Sample.truth(condition, resource).truth == .unknown)
        let whole = try #require(RuleParserTests.condition("{inner: {exists: true}}"))
        #expect(Sample.truth(whole, resource).truth == .unknown)
    }

    @Test func parameters() throws {
        let condition = try #require(
            RuleParserTests.condition("{size: {gt: {param: n}}, names: {count: {lt: {param: n}}}}"))
        let resource = Sample.resource(["size": 3, "names": ["a"]])
        #expect(Sample.truth(condition, resource, parameters: ["n": 2]).truth == .true)
        #expect(Sample.truth(condition, resource, parameters: ["n": 3]).truth == .false)
        #expect(Sample.truth(condition, resource).truth == .unknown)
    }

    @Test func relations() throws {
        let condition = try #require(RuleParserTests.condition("{related.others: {some: {as: it, text: a}}}"))
        let subject = Sample.resource([:])
        var other = Sample.resource(["text": "a"])
        (other.type, other.id) = ("Test::Other", "o")
        let found = Sample.truth(condition, subject, others: [other])
        #expect(found.truth == .true)
        #expect(found.witnesses.evidence == [Evidence(type: "Test::Other", id: "o", pointer: "/text", value: "a")])
        #expect(found.witnesses.bindings["it"] == other.config)
        #expect(Sample.truth(condition, subject).truth == .false)
        var elsewhere = other
        elsewhere.region = "us-east-1"
        #expect(Sample.truth(condition, subject, others: [elsewhere]).truth == .false)
        let everywhere = try #require(RuleParserTests.condition("{related.everywhere: {some: {text: a}}}"))
        #expect(Sample.truth(everywhere, subject, others: [elsewhere]).truth == .true)
        let gap = CollectionGap(type: "Test::Other", region: "us-east-1", operation: "x:List", code: "AccessDenied")
        #expect(Sample.truth(condition, subject, others: [other], gaps: [gap]).truth == .true)
        #expect(Sample.truth(everywhere, subject, others: [other], gaps: [gap]).truth == .unknown)
        for (text, truth) in [
            ("{exists: true}", Truth.true), ("{absent: true}", .false), ("{count: {eq: 1}}", .true),
            ("{none: {text: a}}", .false),
        ] {
            let condition = try #require(RuleParserTests.condition("{related.others: \(text)}"))
            #expect(Sample.truth(condition, subject, others: [other]).truth == truth)
            #expect(Sample.truth(condition, subject).truth == !truth)
        }
    }
}
