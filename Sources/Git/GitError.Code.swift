extension GitError {
    /// The kind of an error. More kinds may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        private init(_ name: String) { self.name = name }

        public var description: String { name }

        /// No repository at the path or above it.
        public static let notARepository = Code("notARepository")
        /// The repository's HEAD names a branch that has no commit yet.
        public static let noCommits = Code("noCommits")
        /// The revision names nothing, several things, or something that is no commit.
        public static let unknownRevision = Code("unknownRevision")
        /// A repository that libgit2 cannot read: SHA-256 object names, unknown extensions.
        public static let unsupportedRepository = Code("unsupportedRepository")
        /// The repository belongs to another user.
        public static let notOwned = Code("notOwned")
        /// The object is not here: a shallow or partial clone did not fetch it, or the repository is damaged.
        public static let missingObject = Code("missingObject")
        /// Another process holds the lock of a reference.
        public static let locked = Code("locked")
        /// The repository cannot be written.
        public static let readOnly = Code("readOnly")
        /// More bytes or entries than the caller allows.
        public static let tooLarge = Code("tooLarge")
        /// The remote refused.
        public static let rejected = Code("rejected")
        /// The remote refused, for somebody else moved the reference, or is moving it.
        public static let outrun = Code("outrun")
        /// The remote wants credentials, or other ones.
        public static let authentication = Code("authentication")
        /// The remote cannot be reached, or the conversation broke off.
        public static let network = Code("network")
        /// A name that is in the way of another one.
        public static let conflict = Code("conflict")
        /// A path, reference name, message or identity that git cannot store.
        public static let invalid = Code("invalid")
        public static let other = Code("other")
    }
}
