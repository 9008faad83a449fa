import Documents
import Resources

@testable import Rules

extension TreeWalker {
    func scalar(_ operation: Operation, _ place: Place) -> Truth {
        switch operation.argument {
        case .cidrClass(let kind):
            guard let block = place.value.string.flatMap({ AddressBlock($0) }) else { return .unknown }
            switch kind {
            case .world: return Truth(block.isWorld)
            case .private: return Truth(block.isPrivate)
            case .public: return Truth(block.isPublic)
            }
        case .blocks(let blocks):
            guard let block = place.value.string.flatMap({ AddressBlock($0) }) else { return .unknown }
            let set = AddressSet(blocks)
            return Truth(operation.name == .within ? block.isWithin(set) : block.overlaps(set))
        case .prefixLength(let query):
            return place.value.string.flatMap { AddressBlock($0) }.map { Truth(query.holds(of: $0)) } ?? .unknown
        case .coversWorld:
            guard let list = place.value.array else { return .unknown }
            let blocks = list.map { ($0["CidrIp"] ?? $0["CidrIpv6"] ?? $0).string.flatMap { AddressBlock($0) } }
            if AddressSet(blocks.compactMap { $0 }).coversWorld { return .true }
            return blocks.contains { $0 == nil } ? .unknown : .false
        case .ingress(let query):
            guard place.value.array != nil else { return .unknown }
            return query.judge(permissions: place.value, explaining: false) { _ in nil }.truth
        case .duration(let duration):
            guard let moment = place.value.string.flatMap({ Timestamp($0) }) else { return .unknown }
            let age = snapshot.collectedAt.microseconds - moment.microseconds
            let limit = duration.seconds * 1_000_000
            return Truth(operation.name == .olderThan ? age > limit : age < limit)
        case .grants, .flag: return policy(operation, PolicySet(documents: [place.value]), place)
        case .operand(let operand):
            guard let value = value(of: operand) else { return .unknown }
            if operation.name.subject == .scalar, !fits(place, operand) { return .unknown }
            return compare(operation.name, place.value, value)
        case .lookup(let reference, let condition):
            guard let key = place.value.string,
                let row = tables[reference.table]?.rows.first(where: { $0.key.hasSameBytes(as: key) }),
                let cell = row.value[reference.column]
            else { return .unknown }
            return truth(condition, place.envelope(cell))
        case .quantified, .count: return .unknown
        }
    }

    /// Whether the value is of the schema's type here, or of the operand's own.
    private func fits(_ place: Place, _ operand: Operand) -> Bool {
        if case .reference = operand {
        } else if let value = value(of: operand) {
            if (value.array ?? [value]).contains(where: { $0.kind == place.value.kind }) { return true }
        }
        guard let path = place.path, let schema = catalog[place.resource.type]?.schema[pointer: path] else {
            return place.path != nil || place.value.string != nil
        }
        return schema.accepts(place.value)
    }

    private func compare(_ name: OperatorName, _ value: JSON, _ operand: JSON) -> Truth {
        switch name {
        case .eq: return Truth(value == operand)
        case .ne: return Truth(value != operand)
        case .in: return operand.array.map { Truth($0.contains(value)) } ?? .unknown
        case .notIn: return operand.array.map { Truth(!$0.contains(value)) } ?? .unknown
        case .lt, .lte, .gt, .gte: return Self.order(value, operand).map { Truth(Self.holds(name, $0)) } ?? .unknown
        case .before, .after:
            guard let left = value.string.flatMap({ Timestamp($0) }),
                let right = operand.string.flatMap({ Timestamp($0) })
            else { return .unknown }
            return Truth(name == .before ? left < right : left > right)
        case .contains where value.array != nil: return Truth(value.array?.contains(operand) == true)
        case .glob, .startsWith, .endsWith, .contains, .matches:
            guard let text = value.string, let word = operand.string else { return .unknown }
            switch name {
            case .glob: return Truth(Glob.matches(word, text))
            case .startsWith: return Truth(text.utf8.starts(with: word.utf8))
            case .endsWith: return Truth(text.utf8.reversed().starts(with: word.utf8.reversed()))
            case .contains: return Truth(Self.contains(Array(text.utf8), Array(word.utf8)))
            default:
                var text = text
                guard let pattern = try? Pattern(word) else { return .unknown }
                return Truth(text.withUTF8 { pattern.matches($0) })
            }
        case .subsetOf, .supersetOf, .intersects:
            guard let left = value.array, let right = operand.array else { return .unknown }
            switch name {
            case .subsetOf: return Truth(left.allSatisfy(right.contains))
            case .supersetOf: return Truth(right.allSatisfy(left.contains))
            default: return Truth(left.contains(where: right.contains))
            }
        default: return .unknown
        }
    }

    static func holds(_ name: OperatorName, _ order: Int) -> Bool {
        switch name {
        case .eq: order == 0
        case .ne: order != 0
        case .lt: order < 0
        case .lte: order <= 0
        case .gt: order > 0
        default: order >= 0
        }
    }

    static func order(_ left: JSON, _ right: JSON) -> Int? {
        if let a = left.integer, let b = right.integer { return a < b ? -1 : a == b ? 0 : 1 }
        if let a = left.number, let b = right.number { return a < b ? -1 : a == b ? 0 : 1 }
        if let a = left.string.flatMap({ Timestamp($0) }), let b = right.string.flatMap({ Timestamp($0) }) {
            return a < b ? -1 : a == b ? 0 : 1
        }
        return nil
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        part.isEmpty || text.indices.contains { text[$0...].starts(with: part) }
    }

    func range(_ from: [String], _ to: [String], _ operation: Operation, _ place: Place) -> Truth {
        guard case .value(let low) = place.lookup(from), case .value(let high) = place.lookup(to),
            let first = low.value.integer, let last = high.value.integer,
            case .operand(let operand) = operation.argument, let list = value(of: operand)?.array,
            case let numbers = list.compactMap(\.integer), numbers.count == list.count
        else { return .unknown }
        switch operation.name {
        case .coversAny: return Truth(numbers.contains { first <= $0 && $0 <= last })
        case .coversAll: return Truth(numbers.allSatisfy { first <= $0 && $0 <= last })
        default: return Truth(numbers.count == 2 && numbers[0] <= first && last <= numbers[1])
        }
    }
}
