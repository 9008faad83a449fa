public import Documents

/// Since when each value of a resource is what it is.
public struct ResourceBlame: Sendable {
    public var resource: Resource
    /// Leaves of the document `{arn, config, tags}`, in its order.
    public private(set) var values: [Value] = []
    private let documents: [JSON]

    /// A resource as one scan found it.
    public struct Version: Sendable {
        /// When the collection began.
        public var moment: Timestamp
        /// The commit on the snapshots branch.
        public var commit: String
        /// Nil where the scan did not find it.
        public var resource: Resource?

        public init(moment: Timestamp, commit: String, resource: Resource?) {
            self.moment = moment
            self.commit = commit
            self.resource = resource
        }
    }

    public struct Value: Sendable, Equatable {
        /// An RFC 6901 pointer: `/config/Versioning/Status`.
        public var pointer: String
        /// Nil where it could not be read.
        public var value: JSON?
        /// Why it could not be read.
        public var code: String?
        /// Which version brought it: a place in `versions`.
        public var version: Int
    }

    /// From the one that is, back to the one that the resource came with.
    public let versions: [Version]
    /// No scan is older than the last of `versions`: what it brought may have been so before.
    public let reachesStart: Bool

    /// Nil where the newest version has no resource.
    ///
    /// - Parameter versions: newest first; each differs from the one before it.
    public init?(_ versions: [Version]) {
        guard let resource = versions.first?.resource else { return nil }
        self.resource = resource
        self.versions = Array(versions.prefix { $0.resource != nil })
        reachesStart = self.versions.count == versions.count
        documents = self.versions.compactMap { version in
            version.resource.map { DocumentDifference.document($0, []) }
        }
        values = DocumentDifference.leaves(of: documents[0]).map { segments in
            let found = documents[0].value(at: segments[...])
            let code = found.flatMap(DocumentDifference.code)
            return Value(
                pointer: "/" + JSONPointer.text(segments), value: code == nil ? found : nil, code: code,
                version: origin(of: segments))
        }
    }

    /// Which version brought what stands at a pointer, be it a leaf, a whole part, or that there is nothing.
    public func version(of pointer: String) -> Version {
        versions[origin(of: JSONPointer.segments(String(pointer.dropFirst())))]
    }

    private func origin(of segments: [String]) -> Int {
        let present = documents[0].value(at: segments[...])
        return documents.prefix { $0.value(at: segments[...]) == present }.count - 1
    }
}

extension JSON {
    fileprivate func value(at segments: ArraySlice<String>) -> JSON? {
        guard let segment = segments.first else { return self }
        let member = if case .array = self { Int(segment).flatMap { self[$0] } } else { self[segment] }
        return member?.value(at: segments.dropFirst())
    }
}
