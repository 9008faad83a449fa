internal import CShims
internal import Documents
internal import Glibc
internal import Site

/// The folder of a site: a new one, or an earlier site, which is replaced as a whole. A file in it names what was written,
/// and nothing else is ever deleted.
struct SiteFolder {
    let path: String
    /// Whether an earlier site stands there.
    private let isEarlier: Bool

    /// Names the files that were written, itself left out.
    private static let marker = ".parapet-site"

    init(_ path: String) throws(CommandFailure) {
        self.path = OutputFolder.resolved(path)
        var status = stat()
        guard lstat(self.path, &status) == 0 else {
            guard errno == ENOENT, !path.isEmpty else {
                throw CommandFailure(
                    .configuration, "cannot write to `\(path)`: \(String(cString: strerror(errno)))")
            }
            isEarlier = false
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw CommandFailure(.configuration, "`\(path)` is not a folder", help: "name a new one")
        }
        // Before anything is walked through: the folder can be somebody's home.
        guard let written = Self.written(in: self.path) else {
            guard try Self.names(in: self.path).isEmpty else {
                throw CommandFailure(
                    .configuration, "the folder `\(path)` is not empty, and `parapet site` did not make it",
                    help: "name a new one")
            }
            isEarlier = false
            return
        }
        isEarlier = true
        if let other = try Self.files(under: self.path).first(where: { !written.contains($0) }) {
            throw CommandFailure(
                .configuration, "`\(path)/\(other)` is none of the files that `parapet site` wrote there",
                help: "move it elsewhere, or name a new folder")
        }
    }

    /// Writes the files beside the folder's place first, and moves them there: a run that fails leaves what was there.
    func write(_ files: [SiteFile]) throws(CommandFailure) {
        try Interrupts.shared.held(telling: "`\(path)` is written") { () throws(CommandFailure) in try fill(files) }
    }

    private func fill(_ files: [SiteFile]) throws(CommandFailure) {
        let unfinished = self.unfinished
        _ = parapet_remove_folder(unfinished)
        do throws(CommandFailure) {
            for file in files { try OutputFile.create(file.bytes, at: "\(unfinished)/\(file.path)") }
            let list: JSON = ["version": 1, "files": .array(files.map { .string($0.path) })]
            try OutputFile.create(list.bytes(.indented), at: "\(unfinished)/\(Self.marker)")
            // An earlier site changes places with the new one at once.
            let moved = isEarlier ? parapet_exchange_folders(unfinished, path) : rename(unfinished, path)
            guard moved == 0 else {
                throw CommandFailure(
                    .outside, "cannot put the site at `\(path)`: \(String(cString: strerror(errno)))",
                    help: "name a folder that does not exist yet")
            }
        } catch {
            _ = parapet_remove_folder(unfinished)
            throw error
        }
        if isEarlier { try removeEarlier(at: unfinished) }
    }

    /// File by file: what came in the meantime stays.
    private func removeEarlier(at folder: String) throws(CommandFailure) {
        let written = Self.written(in: folder) ?? []
        var folders: Set<String> = []
        for file in try Self.files(under: folder) where written.contains(file) {
            unlink("\(folder)/\(file)")
            var parts = file.split(separator: "/")
            while parts.popLast() != nil, !parts.isEmpty { folders.insert(parts.joined(separator: "/")) }
        }
        for inner in folders.sorted().reversed() { rmdir("\(folder)/\(inner)") }
        guard rmdir(folder) != 0, errno != ENOENT else { return }
        // Under this name, the next run leaves it alone.
        let kept = hidden("earlier")
        let isMoved = parapet_move_folder(folder, kept) == 0
        throw CommandFailure(
            .outside, "the site is written, but something of the earlier one is left in `\(isMoved ? kept : folder)`",
            help: "somebody put files there; look at them, and remove the folder")
    }

    /// `a/site` is first written as `a/.site.parapet-unfinished`.
    private var unfinished: String { hidden("unfinished") }

    private func hidden(_ kind: String) -> String {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return "\(path[..<start]).\(path[start...]).parapet-\(kind)"
    }

    /// What an earlier run wrote, its list included; nil where none did.
    private static func written(in folder: String) -> Set<String>? {
        let descriptor = open("\(folder)/\(marker)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, bytes.count < 64 << 20 else { break }
            bytes += buffer[..<count]
        }
        guard let list = try? JSON.parse(bytes), list["version"]?.integer == 1, let files = list["files"]?.array else {
            return nil
        }
        return Set(files.compactMap(\.string) + [marker])
    }

    /// Everything below a folder that is no folder, by path; links are not followed.
    private static func files(under root: String) throws(CommandFailure) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let names = try names(in: folder.isEmpty ? root : "\(root)/\(folder)")
            // An empty folder is somebody's, too.
            if names.isEmpty, !folder.isEmpty { found.append("\(folder)/") }
            for name in names {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                var status = stat()
                if lstat("\(root)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                    folders.append(path)
                } else {
                    found.append(path)
                }
            }
        }
        return found.sorted()
    }

    private static func names(in folder: String) throws(CommandFailure) -> [String] {
        guard let directory = opendir(folder) else {
            throw CommandFailure(
                .configuration, "cannot read the folder `\(folder)`: \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
