internal import Documents

/// Reads a tenant's `trusted:`.
enum TrustedParser {
    static func parse(_ node: YAMLNode, _ diagnostics: inout FileDiagnostics) -> Tenant.Trusted {
        var map = YAMLMapReader(node, of: "`trusted`", area: "tenant", &diagnostics)
        let accounts = map.strings("accounts", &diagnostics) ?? []
        let organizations = map.strings("organizations", &diagnostics) ?? []
        map.finish(&diagnostics)
        for account in accounts where !isAccount(account.text) {
            diagnostics.error(
                "tenant/value", "`\(account.text)` is no account", at: account.span, help: "12 digits, in quotes")
        }
        for organization in organizations where !isOrganization(organization.text) {
            diagnostics.error(
                "tenant/value", "`\(organization.text)` is no organization", at: organization.span,
                help: "its id, such as o-a1b2c3d4e5")
        }
        return Tenant.Trusted(
            accounts: Set(accounts.map(\.text)).sorted(), organizations: Set(organizations.map(\.text)).sorted())
    }

    static func isAccount(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }

    private static func isOrganization(_ text: String) -> Bool {
        let id = text.dropFirst(2)
        return text.hasPrefix("o-") && (1...32).contains(id.utf8.count)
            && id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    }
}
