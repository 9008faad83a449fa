internal import Documents
internal import Rules

/// Reads the files in `policies/fragments/`.
enum FragmentParser {
    static func parse(_ diagnostics: inout FileDiagnostics) -> Fragment? {
        guard let root = YAMLReader.read(&diagnostics) else { return nil }
        var map = YAMLMapReader(root, of: "a fragment", area: "fragment", &diagnostics)
        let name = map.string("fragment", required: true, &diagnostics)
        let resource = map.string("resource", required: true, &diagnostics)
        let condition = map.node("when", required: true, &diagnostics).flatMap {
            RuleParser.condition($0, &diagnostics)
        }
        map.finish(&diagnostics)
        guard let name, let resource, let condition else { return nil }
        return Fragment(name: name, resource: resource, condition: condition, path: diagnostics.file.path)
    }
}
