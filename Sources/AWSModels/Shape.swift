internal import Documents

/// A type of a service's model. Shapes name each other by their index in ``ServiceModel/shapes``.
public enum Shape: Sendable {
    /// A text; with its known values where the model lists them.
    case string(values: [String])
    case integer
    case double
    case boolean
    case blob
    case timestamp
    /// Any JSON.
    case document
    case structure(Structure)
    case list(element: ShapeReference)
    case map(key: ShapeReference, value: ShapeReference)

    public struct Structure: Sendable {
        public let name: String
        /// Sorted by the bytes of their names.
        public let members: [ShapeMember]
        public let required: [String]
        /// The index of the member that alone makes the body.
        public let payload: Int?
        public let isUnion: Bool

        public func member(_ name: String) -> ShapeMember? {
            members.first { $0.name.hasSameBytes(as: name) }
        }
    }

    /// Whether values are written as one piece of text.
    public var isScalar: Bool {
        switch self {
        case .structure, .list, .map: false
        default: true
        }
    }
}

/// The index of a shape, and the traits with which it is used.
public struct ShapeReference: Sendable {
    public let shape: Int
    public let traits: ShapeTraits

    public init(shape: Int, traits: ShapeTraits = ShapeTraits()) {
        self.shape = shape
        self.traits = traits
    }
}

/// A member of a structure.
public struct ShapeMember: Sendable {
    /// The name that boto3 and this program use.
    public let name: String
    public let reference: ShapeReference

    public var shape: Int { reference.shape }
    public var traits: ShapeTraits { reference.traits }
    /// The name on the wire.
    public var wireName: String { reference.traits.locationName ?? name }
    /// Whether the member stands in a request's body: not in the URI or a header.
    public var isInBody: Bool { reference.traits.location == nil }
    /// Whether the member stands in a response's body: not in a header or the status.
    public var isInResponseBody: Bool {
        switch reference.traits.location {
        case .header, .headers, .statusCode: false
        case nil, .uri, .querystring: true
        }
    }
}
