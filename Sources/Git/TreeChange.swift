/// A change to a tree. Paths are separated by slashes.
public enum TreeChange: Sendable {
    /// Adds a file or replaces what has its name.
    case file(path: String, bytes: [UInt8])
    /// Makes a folder hold these files, whose paths start at the folder, and nothing else. The path "" is the root.
    case replaceDirectory(path: String, files: [TreeFile])
    /// Removes a file or a folder, if there is one.
    case remove(path: String)
}
