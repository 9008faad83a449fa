internal import Documents
internal import Workspace

extension Workspace {
    func tenant(_ name: String) throws(CommandFailure) -> Tenant {
        if let tenant = tenants.first(where: { $0.name == name }) { return tenant }
        throw CommandFailure(
            .configuration, "there is no tenant `\(name)`",
            help: suggestion(for: name, among: tenants.map(\.name))
                ?? (tenants.isEmpty ? "add one below tenants/, and commit it" : nil))
    }
}
