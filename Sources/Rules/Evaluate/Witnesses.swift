internal import Documents

/// What the second walk over a decided condition gathers.
struct Witnesses {
    var evidence: [Evidence] = []
    var causes: [UnknownCause] = []
    /// Elements and resources that `as` names.
    var bindings: [String: JSON] = [:]

    mutating func add(_ item: Evidence) {
        if !evidence.contains(item) { evidence.append(item) }
    }

    mutating func add(_ cause: UnknownCause) {
        if !causes.contains(cause) { causes.append(cause) }
    }
}
