public import Posture

/// What a site is made of: a value, without clock and surroundings, so that equal contents give equal files.
public struct SiteContent: Sendable {
    public var tenants: [SiteTenant]
    /// Parapet's.
    public var version: String

    public init(tenants: [SiteTenant], version: String) {
        self.tenants = tenants
        self.version = version
    }
}

/// One tenant of the results branch.
public struct SiteTenant: Sendable {
    public enum State: Sendable {
        /// What the newest scan found, and the scans up to it.
        case judged(Posture, History)
        /// There are results, but the newest scan cannot be read.
        case unjudged(reason: String)
    }

    public var name: String
    public var state: State

    public init(name: String, state: State) {
        self.name = name
        self.state = state
    }
}

/// A file of a site.
public struct SiteFile: Sendable, Equatable {
    /// Relative to the site's folder, with `/` between components; all of them plain names.
    public var path: String
    public var bytes: [UInt8]

    init(_ path: String, _ text: String) {
        self.init(path, Array(text.utf8))
    }

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
