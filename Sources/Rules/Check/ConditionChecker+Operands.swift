internal import Documents
internal import Resources

extension ConditionChecker {
    mutating func checkOperand(_ operation: Operation, _ schema: Schema) {
        guard case .operand(let operand) = operation.argument else { return }
        switch operand {
        case .parameter(let name, let span):
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                diagnostics.error(
                    "rule/parameter", "the rule has no parameter `\(name)`", at: span,
                    help: suggestion(for: name, among: parameters.map(\.name)))
                return
            }
            if (operation.name == .olderThan || operation.name == .newerThan) != (parameter.kind == .duration) {
                diagnostics.error(
                    "rule/operand",
                    "`\(operation.name.rawValue)` cannot take the parameter `\(name)` of type \(parameter.kind.rawValue)",
                    at: span, help: "spans of time have the type `duration`")
            } else if parameter.kind == .duration {
                break
            } else if operation.name.takesList != (parameter.value.array != nil) {
                let wanted = operation.name.takesList ? "a list" : "a single value"
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` takes \(wanted), not \(parameter.value.kind)",
                    at: span)
            } else if operation.name == .matches {
                checkPattern(parameter.value, at: span)
            } else if operation.name == .within || operation.name == .overlaps {
                for value in parameter.value.array ?? [] where value.string.flatMap({ AddressBlock($0) }) == nil {
                    diagnostics.error("rule/operand", "\(value.text()) is not an address block", at: span)
                }
            } else if let fault = fault(of: parameter.value, schema, operation.name) {
                diagnostics.error("rule/operand", "the parameter `\(name)` does not fit: \(fault.message)", at: span)
            }
        case .reference(let path):
            if [.matches, .olderThan, .newerThan, .within, .overlaps].contains(operation.name) {
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` cannot take a value of the resource", at: path.span,
                    help: "write it in the rule, or make it a parameter")
            } else {
                checkReference(path, operation, schema)
            }
        case .column(let reference): checkColumn(reference, operation, schema)
        case .literal(let literal):
            if operation.name == .matches { checkPattern(literal, at: operation.span) }
            if operation.name == .inside, literal.array?.count != 2 {
                diagnostics.error("rule/operand", "`inside` takes the two ends of a range", at: operation.span)
            }
            for value in literal.array ?? [literal] {
                guard let fault = fault(of: value, schema, operation.name) else { continue }
                diagnostics.error("rule/operand", fault.message, at: operation.span, help: fault.help)
            }
        }
    }

    mutating func checkPattern(_ value: JSON, at span: Span) {
        guard let text = value.string else { return }
        do {
            _ = try Pattern(text)
        } catch {
            diagnostics.error(
                "rule/pattern", "`\(text)` is no regular expression: \(error.message)", at: span,
                help: "the syntax is RE2's: no back references, no look-around")
        }
    }

    /// The first fault of an operand's values, seen as values or elements of the type.
    func fault(of operand: JSON, _ schema: Schema, _ name: OperatorName) -> (message: String, help: String?)? {
        var element = schema
        if case .list(let inner) = schema { element = inner }
        return (operand.array ?? [operand]).lazy.compactMap { Self.fault(of: $0, as: element, name) }.first
    }

    mutating func checkReference(_ path: Path, _ operation: Operation, _ schema: Schema) {
        guard case .members(let segments) = path.kind else {
            diagnostics.error(
                "rule/path", "`\(path.text)` is no member: a reference names a value in the resource's document",
                at: path.span)
            return
        }
        guard let found = resolve(segments, path, .resource(root))?.schema, found != .any, schema != .any else {
            return
        }
        var (value, wanted) = (found, schema)
        if operation.name.takesList {
            guard case .list(let element) = found else {
                diagnostics.error(
                    "rule/operand", "`\(operation.name.rawValue)` takes a list; `\(path.text)` is \(found.kind)",
                    at: path.span)
                return
            }
            value = element
        }
        if case .list(let element) = schema { wanted = element }
        if value.kind != wanted.kind, !(value.isNumeric && wanted.isNumeric) {
            diagnostics.error(
                "rule/operand", "\(wanted.kind) cannot be compared with `\(path.text)`, which is \(value.kind)",
                at: path.span)
        }
    }

    static func fault(of value: JSON, as schema: Schema, _ name: OperatorName) -> (
        message: String, help: String?
    )? {
        switch schema {
        case .text(let known):
            guard let text = value.string else {
                return ("the value is text; \(value.text()) is \(value.kind)", "put it in quotes: \"\(value.text())\"")
            }
            let isExact = [OperatorName.eq, .ne, .in, .notIn].contains(name)
            if isExact, !known.isEmpty, !known.contains(text) {
                return ("`\(text)` is none of the values that AWS returns here", suggestion(for: text, among: known))
            }
            return nil
        case .boolean:
            return value.bool == nil
                ? (
                    "the value is true or false; \(value.text()) is \(value.kind)",
                    value.string == nil ? nil : "write it without quotes"
                ) : nil
        case .integer:
            return value.integer == nil ? ("the value is a whole number; \(value.text()) is \(value.kind)", nil) : nil
        case .number:
            return value.number == nil ? ("the value is a number; \(value.text()) is \(value.kind)", nil) : nil
        case .timestamp:
            return value.string.flatMap { Timestamp($0) } == nil
                ? ("\(value.text()) is no timestamp", "write 2026-01-15T00:00:00Z") : nil
        default: return nil
        }
    }
}

extension Schema {
    fileprivate var isNumeric: Bool { self == .integer || self == .number }
}
