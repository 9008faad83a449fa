internal import AWSModels
internal import Resources

/// The resource types and regions that the binary knows.
struct BuiltinContent {
    let models: ModelLibrary
    let catalog: ResourceCatalog
    let endpoints: Endpoints

    static func load() throws(CommandFailure) -> BuiltinContent {
        do {
            let models = ModelLibrary.builtin()
            return BuiltinContent(
                models: models, catalog: try ResourceCatalog.builtin(models: models), endpoints: try models.endpoints())
        } catch {
            throw CommandFailure(.defect, "the built-in resource types cannot be read: \(error)")
        }
    }
}
