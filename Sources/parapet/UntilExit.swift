/// Values that last as long as the process: where it is about to end, giving back their memory piece by piece would only
/// take time.
enum UntilExit {
    private final class Kept<Value> {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    static func keep<Value>(_ value: Value) { _ = Unmanaged.passRetained(Kept(value)) }
}
