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
    /// The resource types that the binary carries. Tests make every one of them: here, one that fits its service's model
    /// badly is missing.
    public static func builtin(models: ModelLibrary) throws(SchemaError) -> ResourceCatalog {
        ResourceCatalog(try builtinManifests()) { try? ResourceType($0, models: models) }
    }

    static func builtinManifests() throws(SchemaError) -> [Manifest] {
        var manifests: [Manifest] = []
        for path in BuiltinFiles.paths(.manifests) {
            var diagnostics = FileDiagnostics(file: SourceFile(path: path, bytes: BuiltinFiles.bytes(path) ?? []))
            guard let manifest = Manifest.parse(&diagnostics) else {
                throw SchemaError(type: path, message: diagnostics.found.map { $0.text() }.joined())
            }
            manifests.append(manifest)
        }
        return manifests
    }
}

extension ResourceType {
    /// Throws where a manifest names what its services' models do not have.
    init(_ manifest: Manifest, models: ModelLibrary) throws(SchemaError) {
        let builder = SchemaBuilder(manifest: manifest, models: models)
        self.init(
            manifest: manifest, schema: try builder.schema(),
            available: {
                let builder = SchemaBuilder(manifest: manifest, models: models, ignoresKeepLists: true)
                return (try? builder.schema()) ?? .structure([:])
            },
            sensitive: try builder.sensitivePaths())
    }
}
