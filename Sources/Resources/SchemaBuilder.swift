internal import AWSModels
internal import Documents

/// Why a manifest and the AWS models do not fit together. A defect of the manifest.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    public let type: String
    public let message: String
    public var description: String { "\(type): \(message)" }
}

/// Derives the type of a resource's documents from its manifest and the models of the operations that it names.
struct SchemaBuilder {
    let manifest: Manifest
    let models: ModelLibrary
    /// Whether the allow-lists are left aside: then the schema has all that AWS returns.
    var ignoresKeepLists = false

    func schema() throws(SchemaError) -> Schema {
        var members: [String: Schema] = [:]
        if case .listed(let lists) = manifest.origin {
            for list in lists { members.merge(try schema(of: list)) { first, _ in first } }
        }
        for attribute in manifest.attributes { members[attribute.name] = try schema(of: attribute) }
        var schema: Schema = .structure(members)
        for free in manifest.free { schema = try described(schema, free.path.segments[...], free.path, free.form) }
        return schema
    }

    /// The type with a free-form member described.
    private func described(
        _ schema: Schema, _ rest: ArraySlice<String>, _ path: ValuePath, _ form: Manifest.FreeForm
    ) throws(SchemaError) -> Schema {
        guard let segment = rest.first else {
            guard form.fits(schema) else { throw fault("`\(path)` is \(schema.kind), no free form `\(form.rawValue)`") }
            return form.described
        }
        switch schema {
        case .list(let element): return .list(try described(element, rest, path, form))
        case .structure(var members):
            guard let member = members[segment] else { throw fault("the free form `\(path)` is not kept") }
            members[segment] = try described(member, rest.dropFirst(), path, form)
            return .structure(members)
        default: throw fault("the free form `\(path)` is not kept")
        }
    }

    /// What is kept of a listed item, with its detail.
    private func schema(of list: Manifest.List) throws(SchemaError) -> [String: Schema] {
        var members: [String: Schema] = [:]
        var copies: [String: Schema] = [:]
        for level in list.levels {
            members = try structure(item(of: level), level.call.name)
            if level.call.name == list.call.name { break }
            for copy in level.copies {
                guard let schema = Schema.structure(members)[copy.path] else {
                    throw fault("`\(copy.path)` to copy is nothing that \(level.call.name) returns")
                }
                copies[copy.name] = schema
            }
        }
        if let detail = manifest.detail {
            let more = element(of: try value(of: detail.call))
            if case .map(let value) = more {
                // What is kept and not listed is an entry of the map.
                for name in manifest.keep.members.keys where members[name] == nil { members[name] = value }
            } else {
                members.merge(try structure(more, detail.call.name)) { _, detailed in detailed }
            }
        }
        var schema = try kept(.structure(members), manifest.keep, list.call.name)
        for parse in manifest.parses
        where !manifest.attributes.contains(where: { $0.name == parse.path.segments.first }) {
            schema = try parsed(schema, parse.path.segments[...], parse.path, parse.format)
        }
        return try structure(schema, list.call.name).merging(copies) { _, copy in copy }
    }

    private func item(of level: Manifest.Level) throws(SchemaError) -> Schema {
        guard let items = try output(of: level.call)[level.items] else {
            throw fault("`\(level.items)` is nothing that \(level.call.name) returns")
        }
        let item = named(element(of: items), level.itemName)
        guard case .structure(var members) = item else { return item }
        for constant in level.constants { members[constant.name] = .text(values: []) }
        return .structure(members)
    }

    private func value(of call: Manifest.Call) throws(SchemaError) -> Schema {
        let answer = try output(of: call)
        guard let path = call.value else { return answer }
        guard let value = answer[path] else { throw fault("`\(path)` is nothing that \(call.name) returns") }
        return value
    }

    private func schema(of attribute: Manifest.Attribute) throws(SchemaError) -> Schema {
        var schema: Schema
        if let bulk = attribute.bulk {
            guard let items = try output(of: attribute.call)[bulk.items] else {
                throw fault("`\(bulk.items)` is nothing that \(attribute.call.name) returns")
            }
            schema = element(of: attribute.call.format.map(Self.schema) ?? items)
            guard schema[bulk.key] != nil else {
                throw fault("`\(bulk.key)` is no member of what \(attribute.call.name) returns")
            }
            if let path = attribute.call.value {
                guard let value = schema[path] else {
                    throw fault("`\(path)` is nothing that \(attribute.call.name) returns")
                }
                schema = value
            }
            if let pick = attribute.pick { schema = try picked(pick, schema, attribute.call) }
            if bulk.many { schema = .list(element(of: schema)) }
        } else {
            schema = try value(of: attribute.call)
            if let pick = attribute.pick { schema = try picked(pick, schema, attribute.call) }
            if let format = attribute.call.format { schema = Self.schema(format) }
        }
        for only in attribute.only {
            guard case .list(let element)? = schema[only.path] else {
                throw fault("`\(only.path)` of \(attribute.name) is no list")
            }
            for member in only.filter.members where element[member.path] == nil {
                throw fault("`\(member.path)` is no member of an element of `\(only.path)`")
            }
        }
        if attribute.itemName != nil || !attribute.each.isEmpty {
            var element = try structure(
                kept(named(element(of: schema), attribute.itemName), attribute.keep, attribute.call.name),
                attribute.call.name)
            for further in attribute.each { element[further.name] = try self.schema(of: further) }
            schema = .list(.structure(element))
        } else {
            schema = try kept(schema, attribute.keep, attribute.call.name)
        }
        for parse in manifest.parses where parse.path.segments.first == attribute.name {
            schema = try parsed(schema, parse.path.segments.dropFirst(), parse.path, parse.format)
        }
        return schema
    }

    private func picked(
        _ pick: Manifest.Pick, _ schema: Schema, _ call: Manifest.Call
    ) throws(SchemaError) -> Schema {
        guard case .list = schema else { throw fault("`pick` needs a list, and \(call.name) has \(schema.kind) there") }
        let element = element(of: schema)
        for path in pick.filter.members.map(\.path) + [pick.value].compactMap({ $0 }) where element[path] == nil {
            throw fault("`\(path)` to pick is nothing that \(call.name) returns")
        }
        return pick.value.flatMap { element[$0] } ?? element
    }

    private static func schema(_ format: Manifest.TextFormat) -> Schema {
        switch format {
        case .policyDocument: return .policyDocument
        case .json: return .any
        case .csv(let columns):
            let members = columns.map { column -> (String, Schema) in
                switch column.kind {
                case .text: (column.name, .text(values: []))
                case .boolean: (column.name, .boolean)
                case .timestamp: (column.name, .timestamp)
                case .integer: (column.name, .integer)
                }
            }
            return .list(.structure(Dictionary(members) { first, _ in first }))
        }
    }

    /// The type with the text at a path parsed.
    private func parsed(
        _ schema: Schema, _ rest: ArraySlice<String>, _ path: ValuePath, _ format: Manifest.TextFormat
    ) throws(SchemaError) -> Schema {
        guard let segment = rest.first else {
            switch schema {
            case .text, .policyDocument: return Self.schema(format)
            default: throw fault("`\(path)` to parse is \(schema.kind)")
            }
        }
        switch schema {
        case .list(let element): return .list(try parsed(element, rest, path, format))
        case .structure(var members):
            guard let member = members[segment] else { throw fault("`\(path)` to parse is not there") }
            members[segment] = try parsed(member, rest.dropFirst(), path, format)
            return .structure(members)
        case .map where ignoresKeepLists: return schema
        case .map: throw fault("`\(path)` to parse is in a map: name its members in `keep`")
        default: throw fault("`\(path)` to parse is in \(schema.kind)")
        }
    }

    private func output(of call: Manifest.Call) throws(SchemaError) -> Schema {
        do {
            let model = try models.model(call.service)
            let operation = try model.operation(call.operation)
            guard let output = operation.output else { throw fault("\(call.name) returns nothing") }
            return schema(ShapeReference(shape: output), in: model, open: [])
        } catch let error as SchemaError {
            throw error
        } catch {
            throw fault("\(error)")
        }
    }

    /// `open` are the shapes around this one: one that holds itself is cut there.
    private func schema(_ reference: ShapeReference, in model: ServiceModel, open: [Int]) -> Schema {
        if reference.traits.isPolicyDocument { return .policyDocument }
        guard !open.contains(reference.shape) else { return .any }
        let open = open + [reference.shape]
        switch model.shape(reference) {
        case .string(let values): return .text(values: values)
        case .integer: return .integer
        case .double: return .number
        case .boolean: return .boolean
        case .blob: return .blob
        case .timestamp: return .timestamp
        case .document: return .any
        case .list(let element): return .list(schema(element, in: model, open: open))
        case .map(_, let value): return .map(schema(value, in: model, open: open))
        case .structure(let structure):
            return .structure(
                Dictionary(
                    structure.members.map { ($0.name, schema($0.reference, in: model, open: open)) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    /// The type without the members that the allow-list leaves out.
    private func kept(_ schema: Schema, _ keep: KeepList, _ operation: String) throws(SchemaError) -> Schema {
        guard !keep.keepsAll, !ignoresKeepLists else { return schema }
        switch schema {
        case .list(let element): return .list(try kept(element, keep, operation))
        case .structure(let members):
            var result: [String: Schema] = [:]
            for (name, inner) in keep.members {
                guard let member = members[name] else {
                    throw fault("`\(name)` to keep is nothing that \(operation) returns")
                }
                result[name] = try kept(member, inner, operation)
            }
            return .structure(result)
        // The members that are kept are known by their names.
        case .map(let value):
            var result: [String: Schema] = [:]
            for (name, inner) in keep.members { result[name] = try kept(value, inner, operation) }
            return .structure(result)
        case .any: return schema
        default: throw fault("\(operation) returns \(schema.kind), of which no members can be kept")
        }
    }

    private func element(of schema: Schema) -> Schema {
        var current = schema
        while case .list(let element) = current { current = element }
        return current
    }

    /// Plain text under a member's name.
    private func named(_ schema: Schema, _ name: String?) -> Schema {
        guard let name else { return schema }
        return .structure([name: schema])
    }

    private func structure(_ schema: Schema, _ operation: String) throws(SchemaError) -> [String: Schema] {
        guard case .structure(let members) = schema else { throw fault("the items of \(operation) are \(schema.kind)") }
        return members
    }

    func fault(_ message: String) -> SchemaError { SchemaError(type: manifest.type, message: message) }
}
