extension Manifest {
    /// A named way from one resource to others.
    public struct Relation: Sendable, Hashable {
        /// Everything of the target's type in the same account, or in the same account and region.
        public enum Scope: String, Sendable, CaseIterable {
            case account, region
        }

        public enum Way: Sendable, Hashable {
            case scope(Scope)
            case key(Key)
        }

        public var name: String
        public var target: String
        /// The name of the way back.
        public var inverse: String
        public var way: Way
        /// Whether it was made from another type's relation: then nothing names the targets, so none can be missing.
        public var isInverse = false
    }
}

extension Manifest.Relation {
    /// Resources belong together where all columns are equal.
    public struct Key: Sendable, Hashable {
        /// Where else a related resource can stand.
        public enum Within: String, Sendable, CaseIterable {
            case region, account, anywhere
        }

        public var columns: [Column]
        public var within: Within
    }

    /// A value of each side.
    public struct Column: Sendable, Hashable {
        public var own: Value
        public var other: Value
    }

    /// A value that a resource is found by.
    public struct Value: Sendable, Hashable {
        /// A part of an ARN; text that is no ARN stands for itself as an id.
        public enum Part: String, Sendable, CaseIterable {
            /// What follows the last `/` or `:`.
            case id
            case account, region
        }

        /// Where the value stands.
        public enum Place: Sendable, Hashable {
            case id, arn
            /// In the config; walks through lists.
            case config(ValuePath)
        }

        public var place: Place
        public var part: Part?

        init(_ text: String, part: Part? = nil) {
            switch text {
            case "id": place = .id
            case "arn": place = .arn
            default: place = .config(ValuePath(text))
            }
            self.part = part
        }
    }

    /// The way back, from the target's side.
    func reversed(from type: String) -> Manifest.Relation {
        var way = way
        if case .key(var key) = way {
            key.columns = key.columns.map { Column(own: $0.other, other: $0.own) }
            way = .key(key)
        }
        return Manifest.Relation(name: inverse, target: type, inverse: name, way: way, isInverse: true)
    }
}
