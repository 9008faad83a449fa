internal import AWSModels

extension SchemaBuilder {
    /// The members that the model marks as sensitive, by their paths through lists.
    func sensitivePaths() throws(SchemaError) -> Set<ValuePath> {
        var paths: Set<ValuePath> = []
        if case .listed(let lists) = manifest.origin {
            for list in lists { paths.formUnion(try sensitivePaths(of: list.call, below: list.own.items.segments)) }
        }
        if let detail = manifest.detail {
            paths.formUnion(try sensitivePaths(of: detail.call, below: detail.call.value?.segments ?? []))
        }
        for attribute in manifest.attributes { paths.formUnion(try sensitivePaths(of: attribute)) }
        // Descriptions of free forms hold nothing sensitive.
        return paths.filter { path in !manifest.free.contains { path.segments.starts(with: $0.path.segments) } }
    }

    private func sensitivePaths(of attribute: Manifest.Attribute) throws(SchemaError) -> Set<ValuePath> {
        let prefix =
            (attribute.bulk?.items.segments ?? []) + (attribute.call.value?.segments ?? [])
            + (attribute.pick?.value?.segments ?? [])
        var paths: Set<ValuePath> = []
        for path in try sensitivePaths(of: attribute.call, below: prefix) {
            paths.insert(ValuePath(segments: [attribute.name] + path.segments))
        }
        for further in attribute.each {
            for path in try sensitivePaths(of: further) {
                paths.insert(ValuePath(segments: [attribute.name] + path.segments))
            }
        }
        return paths
    }

    /// The paths that start with others, as they are seen from there.
    private func sensitivePaths(of call: Manifest.Call, below prefix: [String]) throws(SchemaError) -> Set<ValuePath> {
        let paths = try sensitivePaths(of: call).filter { $0.segments.starts(with: prefix) }
        return Set(paths.map { ValuePath(segments: Array($0.segments.dropFirst(prefix.count))) })
    }

    private func sensitivePaths(of call: Manifest.Call) throws(SchemaError) -> Set<ValuePath> {
        do {
            let model = try models.model(call.service)
            guard let output = try model.operation(call.operation).output else { return [] }
            let walk = SensitiveWalk(model, from: output)
            return walk.paths(ShapeReference(shape: output), [], open: [])
        } catch {
            throw fault("\(error)")
        }
    }
}

/// Finds the members of a model's shapes that are marked as sensitive.
private struct SensitiveWalk {
    private let model: ServiceModel
    /// Shapes with something sensitive in them, however deep: there is nothing to look for in others.
    private var shapes: Set<Int> = []

    init(_ model: ServiceModel, from root: Int) {
        self.model = model
        var holders: [Int: [Int]] = [:]
        var found: Set<Int> = [root]
        var waiting = [root]
        var marked: [Int] = []
        while let shape = waiting.popLast() {
            for child in Self.children(of: shape, model) {
                holders[child.shape, default: []].append(shape)
                if child.traits.isSensitive { marked.append(shape) }
                if found.insert(child.shape).inserted { waiting.append(child.shape) }
            }
        }
        while let shape = marked.popLast() {
            if shapes.insert(shape).inserted { marked += holders[shape] ?? [] }
        }
    }

    private static func children(of shape: Int, _ model: ServiceModel) -> [ShapeReference] {
        switch model.shape(ShapeReference(shape: shape)) {
        case .list(let element): [element]
        case .map(_, let value): [value]
        case .structure(let structure): structure.members.map(\.reference)
        default: []
        }
    }

    /// `open` are the shapes around this one. Where one holds itself, all below it counts as sensitive.
    func paths(_ reference: ShapeReference, _ path: [String], open: [Int]) -> Set<ValuePath> {
        if reference.traits.isSensitive { return [ValuePath(segments: path)] }
        guard shapes.contains(reference.shape) else { return [] }
        guard !open.contains(reference.shape) else { return [ValuePath(segments: path)] }
        let open = open + [reference.shape]
        switch model.shape(reference) {
        case .list(let element): return paths(element, path, open: open)
        case .map(_, let value): return paths(value, path, open: open)
        case .structure(let structure):
            return structure.members.reduce(into: []) { found, member in
                found.formUnion(paths(member.reference, path + [member.name], open: open))
            }
        default: return []
        }
    }
}
