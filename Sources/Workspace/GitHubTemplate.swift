internal import Builtin

/// The files with which a repository runs Parapet on GitHub: workflows, and who has to approve what.
public struct GitHubTemplate: Sendable {
    /// What installs Parapet in the workflows; nil: the runner has it.
    public var action: ActionReference?
    /// Who has to approve changes of the configuration. Nobody: CODEOWNERS holds an example in comments.
    public var owners: [CodeOwner]
    /// Whether each tenant is scanned in a job of its own.
    public var isMatrix: Bool

    public init(action: ActionReference? = nil, owners: [CodeOwner] = [], isMatrix: Bool = false) {
        self.action = action
        self.owners = owners
        self.isMatrix = isMatrix
    }

    /// Where GitHub looks for code owners: it reads the first of these that is there, and no other.
    public static let codeOwnersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]

    public func files() -> [(path: String, text: String)] {
        [
            (".github/workflows/parapet-review.yml", workflow("parapet-review.yml")),
            (".github/workflows/parapet-scan.yml", workflow(isMatrix ? "parapet-scan-matrix.yml" : "parapet-scan.yml")),
            (".github/workflows/parapet-code-scanning.yml", workflow("parapet-code-scanning.yml")),
            (".github/workflows/parapet-site.yml", workflow("parapet-site.yml")),
            (Self.codeOwnersPlaces[0], codeOwners),
        ]
    }

    /// A job that installs Parapet runs on the system that Parapet is tested on.
    private func workflow(_ name: String) -> String {
        lines(of: name).flatMap { line -> [String] in
            let indent = String(line.prefix { $0 == " " })
            return switch line.dropFirst(indent.count) {
            case "# {container}": action == nil ? [] : ["\(indent)container: swift:6.3-bookworm"]
            case "# {install}": install.map { indent + $0 }
            default: [line]
            }
        }.joined(separator: "\n")
    }

    private var install: [String] {
        if let action { return ["- uses: \(action)"] }
        return [
            "# The runner needs a `parapet` on its PATH. `parapet init --github --action OWNER/REPO@COMMIT` writes a step that",
            "# installs it.",
            "- run: parapet --version",
        ]
    }

    private var codeOwners: String {
        let lines = lines(of: "CODEOWNERS")
        guard owners.isEmpty else {
            return lines.map { $0.replacing("{owners}", with: owners.map(\.description).joined(separator: " ")) }
                .joined(separator: "\n")
        }
        let notice = [
            "# THIS PROTECTS NOTHING YET: every line is a comment. Name a team in place of @your-org/security and take the",
            "# signs in front of the paths away.", "#",
        ]
        let example = lines.map {
            $0.hasPrefix("/") ? "# " + $0.replacing("{owners}", with: "@your-org/security") : $0
        }
        return (notice + example).joined(separator: "\n")
    }

    private func lines(of name: String) -> [String] {
        String(decoding: BuiltinFiles.bytes("templates/\(name)") ?? [], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
