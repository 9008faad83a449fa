public import AWSModels
internal import Builtin
internal import Documents

extension ModelLibrary {
    /// The models that the binary carries.
    public static func builtin() -> ModelLibrary {
        ModelLibrary { service in BuiltinFiles.bytes("models/\(service).json") }
    }
}

extension ResourceCatalog {
    /// The resource types that the binary carries.
    public static func builtin(models: ModelLibrary) throws(SchemaError) -> ResourceCatalog {
        var types: [ResourceType] = []
        for path in BuiltinFiles.paths(.manifests) {
            var diagnostics = FileDiagnostics(file: SourceFile(path: path, bytes: BuiltinFiles.bytes(path) ?? []))
            guard let manifest = Manifest.parse(&diagnostics) else {
                throw SchemaError(type: path, message: diagnostics.found.map { $0.text() }.joined())
            }
            let builder = SchemaBuilder(manifest: manifest, models: models)
            types.append(
                ResourceType(
                    manifest: manifest, schema: try builder.schema(),
                    available: try SchemaBuilder(manifest: manifest, models: models, ignoresKeepLists: true).schema(),
                    sensitive: try builder.sensitivePaths()))
        }
        return ResourceCatalog(types)
    }
}
