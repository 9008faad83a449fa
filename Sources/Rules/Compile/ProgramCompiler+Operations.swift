internal import Documents
internal import Resources

extension ProgramCompiler {
    /// Compiles one operator of a test.
    mutating func compile(_ operation: Operation, of test: Condition.Test, _ scope: Scope) -> Int32 {
        var node = Node(opcode: Opcode(operation.name))
        let origin = NodeOrigin.Kind.operation(test, operation)
        let place = place(of: test.path, scope)
        node.location = place.location
        node.upper = place.upper
        if let value = test.ifAbsent {
            node.fallback = literal(value)
        } else if [.list, .addresses, .trafficRules].contains(operation.name.subject) {
            node.fallback = literal(.array([]))
        } else if let path = place.path, let value = scope.type.manifest.defaults[ValuePath(segments: path)] {
            node.fallback = literal(value)
        }
        switch operation.argument {
        case .flag(let wanted):
            node.flag = operation.name == .absent ? !wanted : wanted
        case .duration(let duration): node.operand = .number(duration.seconds * 1_000_000)
        case .cidrClass(let kind):
            node.operand = .number(Int64(CIDRClass.allCases.firstIndex(of: kind) ?? 0))
        case .blocks(let blocks): node.operand = addresses(blocks)
        case .prefixLength(let query):
            node.operand = .entry(Int32(program.prefixLengths.count))
            program.prefixLengths.append(query)
        case .coversWorld: break
        case .ingress(let query):
            node.operand = .entry(Int32(program.ingress.count))
            node.flag = Self.isNetworkACL(place.schema)
            program.ingress.append(query)
        case .grants(let query):
            node.operand = .entry(Int32(program.grants.count))
            program.grants.append(query)
        case .operand(let operand):
            switch operation.name {
            case .matches: node.operand = pattern(operand)
            case .within, .overlaps:
                let texts = constants(operand)?.map { $0.string.flatMap { AddressBlock($0) } }
                node.operand =
                    texts.map { $0.contains { $0 == nil } ? .none : addresses($0.compactMap { $0 }) } ?? .none
            case .olderThan, .newerThan:
                let duration = constants(operand)?.first?.string.flatMap { Operation.Duration($0) }
                node.operand = duration.map { .number($0.seconds * 1_000_000) } ?? .none
            default: node.operand = self.operand(operand)
            }
            if operation.name.subject == .scalar, let schema = place.schema {
                let kinds = (constants(operand) ?? []).map { KindSet($0) }
                node.accepted = kinds.reduce(KindSet(schema)) { $0.union($1) }
                // A reference can be of any kind: what it is compared with has to be of the schema's.
            }
        case .quantified(let condition, let binding):
            node.binding = self.binding(binding)
            let child = compile(condition, inner(place, scope))
            return add(node, [child], origin)
        case .lookup(let reference, let condition):
            node.operand = lookup(reference)
            let schema = tables[reference.table]?.column(reference.column)?.type.schema
            let child = compile(condition, .element(schema, path: place.path ?? [], of: scope.type))
            return add(node, [child], origin)
        case .count(let condition, let comparisons):
            node.operand = .entry(comparison(comparisons))
            let child = condition.map { compile($0, inner(place, scope)) }
            return add(node, child.map { [$0] } ?? [], origin)
        }
        return add(node, [], origin)
    }

    private mutating func comparison(_ list: [(name: OperatorName, operand: Operand)]) -> Int32 {
        let compiled = list.map { Program.Comparison(opcode: Opcode($0.name), operand: operand($0.operand)) }
        if let index = program.comparisons.firstIndex(of: compiled) { return Int32(index) }
        program.comparisons.append(compiled)
        return Int32(program.comparisons.count - 1)
    }

    private mutating func addresses(_ blocks: [AddressBlock]) -> NodeOperand {
        program.addresses.append(AddressSet(blocks))
        return .entry(Int32(program.addresses.count - 1))
    }

    /// Whether the rules in a list are numbered, as those of network ACLs are.
    private static func isNetworkACL(_ schema: Schema?) -> Bool {
        guard case .list(.structure(let members))? = schema else { return false }
        return members["RuleNumber"] != nil
    }

    private mutating func lookup(_ reference: TableReference) -> NodeOperand {
        guard let table = tables[reference.table] else { return .none }
        var cells: [[UInt8]: Int32] = [:]
        for (key, row) in table.rows {
            if let cell = row[reference.column] { cells[Array(key.utf8)] = literal(cell) }
        }
        program.lookups.append(Program.Lookup(table: table.name, cells: cells))
        return .entry(Int32(program.lookups.count - 1))
    }

    /// The checker has seen that it compiles; an entry that is not there makes the operator unknown.
    private mutating func pattern(_ operand: Operand) -> NodeOperand {
        guard let text = constants(operand)?.first?.string, let pattern = try? Pattern(text) else { return .none }
        program.patterns.append(pattern)
        return .entry(Int32(program.patterns.count - 1))
    }

    // MARK: Places

    /// Where a path leads.
    private struct Place {
        var location: Location
        var upper = Location(kind: .this)
        var schema: Schema?
        /// From the config of the resource, elements of lists left out; nil for what is not in the config.
        var path: [String]?
        /// The type at which a relation ends.
        var target: ResourceType?
    }

    private mutating func place(of path: Path, _ scope: Scope) -> Place {
        switch path.kind {
        case .this:
            if case .element(let schema, let path, _) = scope {
                return Place(location: Location(kind: .this), schema: schema, path: path)
            }
            return Place(location: Location(kind: .this))
        case .members(let segments): return members(segments, scope)
        case .range(let from, let to):
            var place = members(from, scope)
            place.upper = members(to, scope).location
            return place
        case .tag(let key):
            return Place(
                location: Location(kind: .tag, index: program.names.index(of: key)), schema: .text(values: []))
        case .region: return Place(location: Location(kind: .region), schema: .text(values: []))
        case .account: return Place(location: Location(kind: .account), schema: .text(values: []))
        case .related(let name):
            let target = catalog.relation(name, of: scope.type.name).flatMap { catalog[$0.target] }
            return Place(
                location: Location(kind: .related, index: relation(name, of: scope.type)), target: target)
        case .documents(let sources):
            return Place(
                location: Location(kind: .documents, index: documents(sources, scope)), schema: .policyDocument)
        }
    }

    private mutating func documents(_ sources: PolicySources, _ scope: Scope) -> Int32 {
        let compiled = Program.Documents(
            granting: sources.granting.map { steps($0, scope.type) },
            boundary: sources.boundary.map { steps($0, scope.type) })
        if let index = program.documents.firstIndex(of: compiled) { return Int32(index) }
        program.documents.append(compiled)
        return Int32(program.documents.count - 1)
    }

    private mutating func steps(_ way: PolicySources.Way, _ start: ResourceType) -> [Program.Documents.Step] {
        var type = start
        return way.steps.map { step in
            switch step {
            case .member(let name): return .member(program.names.index(of: name))
            case .relation(let name):
                let index = relation(name, of: type)
                type = catalog.relation(name, of: type.name).flatMap { catalog[$0.target] } ?? type
                return .relation(index)
            }
        }
    }

    private mutating func members(_ segments: [String], _ scope: Scope) -> Place {
        switch scope {
        case .root(let type):
            return Place(
                location: Location(kind: .slot, index: slot(of: segments)), schema: type.schema[pointer: segments],
                path: segments)
        case .related(let type):
            return Place(
                location: members(segments), schema: type.schema[pointer: segments], path: segments)
        case .element(let schema, let path, _):
            return Place(
                location: members(segments), schema: schema?[pointer: segments], path: path + segments)
        }
    }

    private mutating func members(_ segments: [String]) -> Location {
        Location(kind: .members, index: program.names.sequence(segments), count: Int32(segments.count))
    }

    /// What paths in a quantifier's condition are relative to.
    private func inner(_ place: Place, _ scope: Scope) -> Scope {
        if place.location.kind == .related { return .related(place.target ?? scope.type) }
        var element: Schema?
        switch place.schema {
        case .list(let schema): element = schema
        case .any, .policyDocument: element = .any
        default: element = nil
        }
        return .element(element, path: place.path ?? [], of: scope.type)
    }
}

extension Opcode {
    init(_ name: OperatorName) {
        switch name {
        case .some: self = .some
        case .every: self = .every
        case .none: self = .none
        case .count: self = .count
        case .subsetOf: self = .subset
        case .supersetOf: self = .superset
        case .intersects: self = .intersects
        case .eq: self = .equal
        case .ne: self = .unequal
        case .in: self = .oneOf
        case .notIn: self = .noneOf
        case .lt: self = .less
        case .lte: self = .lessOrEqual
        case .gt: self = .greater
        case .gte: self = .greaterOrEqual
        case .glob: self = .glob
        case .startsWith: self = .startsWith
        case .endsWith: self = .endsWith
        case .contains: self = .contains
        case .matches: self = .matches
        case .exists, .absent: self = .exists
        case .olderThan: self = .olderThan
        case .newerThan: self = .newerThan
        case .before: self = .before
        case .after: self = .after
        case .cidrIs: self = .addressClass
        case .coversAny: self = .coversAny
        case .coversAll: self = .coversAll
        case .inside: self = .inside
        case .within: self = .within
        case .overlaps: self = .overlaps
        case .prefixLen: self = .prefixLength
        case .cover: self = .coversWorld
        case .ingress: self = .ingress
        case .lookup: self = .lookup
        case .allows: self = .allows
        case .denies: self = .denies
        case .admin: self = .admin
        case .privilegeEscalation: self = .escalates
        }
    }
}
