public import Documents
internal import Posture

extension WorkspaceLoader {
    /// Reads `waivers/`, after rules and tenants. A faulty file is kept as such: it waives nothing, and scans say so.
    mutating func loadWaivers(_ tree: some FileTree) throws(WorkspaceError) {
        var parser = WaiverParser(vocabulary, tenants: workspace.tenants)
        for entry in try tree.files(under: "waivers") where Self.isConfiguration(entry) {
            let before = diagnostics.count
            var waiver: Waiver?
            var tenants = Set(workspace.tenants.map(\.name))
            if let source = try source(entry, tree) {
                var file = FileDiagnostics(file: source)
                (waiver, tenants) = parser.parse(&file)
                diagnostics += file.found
            }
            if let waiver {
                workspace.waivers.append(waiver)
            } else {
                let fault = Self.firstFault(diagnostics[before...])
                workspace.malformedWaivers.append(
                    MalformedWaiver(path: entry.path, fault: fault, tenants: tenants))
            }
        }
    }

    /// `3:9: there is no tenant ..., and 2 more`
    private static func firstFault(_ found: ArraySlice<Diagnostic>) -> String {
        let errors = found.filter { $0.severity == .error }.sorted(by: Diagnostic.inReadingOrder)
        guard let first = errors.first else { return "cannot be read" }
        let place = first.span.map { "\($0.line):\($0.column): " } ?? ""
        return place + first.message + (errors.count > 1 ? ", and \(errors.count - 1) more" : "")
    }
}

extension Diagnostic {
    /// Whether it is about a waiver. A faulty waiver waives nothing, and is a finding: it stops no scan.
    public var isOfWaiver: Bool { path == "waivers" || path.hasPrefix("waivers/") }
}
