internal import AWSModels
internal import Documents

extension PreparedCall {
    /// Refuses an input that lacks a member which the model requires, or has one that the model does not know.
    func checkInput() throws(AWSError) {
        guard let object = input.object else { throw .invalid("the input is \(input.kind), not a map") }
        guard let structure = model.structure(operation.input) else {
            guard let key = object.keys.first else { return }
            throw .invalid("`\(key)` is given, but the operation takes no input")
        }
        for key in object.keys where structure.member(key) == nil {
            throw .invalid("the operation takes no `\(key)`")
        }
        for name in structure.required where object[name]?.isNull ?? true {
            if structure.member(name)?.traits.isIdempotencyToken == true { continue }
            throw .invalid("the operation needs `\(name)`")
        }
    }
}
