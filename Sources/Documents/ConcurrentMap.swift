internal import Dispatch
internal import Synchronization

/// Works on all inputs, on as many threads as there are processors. Returns when all is done.
///
/// - Parameter other: is done meanwhile, on one thread.
/// - Returns: the outcomes, in the inputs' order.
public func concurrentMap<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], alongside other: () -> Void = {}, _ work: @Sendable (Input) -> Output
) -> [Output] {
    let outputs = Mutex([Output?](repeating: nil, count: inputs.count))
    withoutActuallyEscaping(other) { other in
        // One thread calls it, once, and the caller waits for that.
        nonisolated(unsafe) let other = other
        DispatchQueue.concurrentPerform(iterations: inputs.count + 1) { turn in
            guard turn > 0 else { return other() }
            let output = work(inputs[turn - 1])
            outputs.withLock { $0[turn - 1] = output }
        }
    }
    return outputs.withLock { outputs in outputs.compactMap { $0 } }
}

extension Range<Int> {
    /// The range in parts of at most `size`.
    public func parts(of size: Int) -> [Range<Int>] {
        stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
    }
}
