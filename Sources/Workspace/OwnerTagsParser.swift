internal import Documents
internal import Posture

/// Reads `owner_tags`, which settings and tenants have.
enum OwnerTagsParser {
    /// Characters of a tag's key, at most.
    static let longest = 128

    /// Nil where the map does not have them.
    static func parse(
        _ map: inout YAMLMapReader, area: String, _ diagnostics: inout FileDiagnostics
    ) -> OwnerTags? {
        guard let keys = map.strings("owner_tags", &diagnostics) else { return nil }
        for key in keys where !(1...longest).contains(key.text.unicodeScalars.count) {
            diagnostics.error(
                "\(area)/value", "`\(key.text)` cannot be the key of a tag", at: key.span,
                help: "a key has 1 to \(longest) characters")
        }
        return OwnerTags(keys.map(\.text))
    }
}
