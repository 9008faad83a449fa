/// The changes to one folder and to those below it, before they meet the tree that they change.
struct TreeEdit {
    indirect enum Change {
        case blob(ObjectID)
        case remove
        case directory(TreeEdit)
    }

    /// Whether what was in the folder goes.
    var replaces = false
    /// By the bytes of the name: git tells names apart that Swift's texts hold for equal.
    var changes: [[UInt8]: Change] = [:]

    mutating func set(_ path: TreePath, _ id: ObjectID) throws(GitError) {
        try update(path.names[...], path) { (change) throws(GitError) in
            if case .directory(let edit) = change, !edit.isRemoval { throw path.conflict }
            change = .blob(id)
        }
    }

    mutating func remove(_ path: TreePath) throws(GitError) {
        try update(path.names[...], path) { (change) throws(GitError) in change = .remove }
    }

    mutating func replace(_ path: TreePath) throws(GitError) {
        try update(path.names[...], path) { (change) throws(GitError) in
            if case .blob = change { throw path.conflict }
            change = .directory(TreeEdit(replaces: true))
        }
    }

    /// Whether nothing is added below: then a file may take the folder's place.
    private var isRemoval: Bool {
        changes.values.allSatisfy { change in
            switch change {
            case .blob: false
            case .remove: true
            case .directory(let edit): edit.isRemoval
            }
        }
    }

    private mutating func update(
        _ names: ArraySlice<[UInt8]>, _ path: TreePath, _ body: (inout Change?) throws(GitError) -> Void
    ) throws(GitError) {
        guard let name = names.first else { throw path.conflict }
        if names.count == 1 { return try body(&changes[name]) }
        var below: TreeEdit
        switch changes.removeValue(forKey: name) {
        case nil: below = TreeEdit()
        case .remove: below = TreeEdit(replaces: true)
        case .blob: throw path.conflict
        case .directory(let edit): below = edit
        }
        // The folder was taken out, so that it is changed in place and not copied.
        try below.update(names.dropFirst(), path, body)
        changes[name] = .directory(below)
    }
}
