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

/// Makes the elements of an array on as many threads as there are processors, each in its place; nil where one of them
/// could not be made.
///
/// - Parameters:
///   - size: how many elements a thread takes at once.
///   - make: gives the elements of a part, in order. It ends early where it cannot make one.
public func concurrentArray<Element: Sendable>(
    count: Int, partsOf size: Int, _ make: @Sendable (_ part: Range<Int>, _ give: (Element) -> Void) -> Void
) -> [Element]? {
    let parts = (0..<count).parts(of: size)
    var isWhole = false
    let elements = [Element](unsafeUninitializedCapacity: count) { slots, made in
        // Each thread writes to places of its own, and all end before the array is looked at.
        nonisolated(unsafe) let slots = slots
        let counts = concurrentMap(parts) { part in
            var next = part.lowerBound
            make(part) { element in
                guard next < part.upperBound else { return }
                slots.initializeElement(at: next, to: element)
                next += 1
            }
            return next - part.lowerBound
        }
        isWhole = counts.reduce(0, +) == count
        guard !isWhole else { return made = count }
        for (part, count) in zip(parts, counts) { slots[part.prefix(count)].deinitialize() }
    }
    return isWhole ? elements : nil
}

extension Range<Int> {
    /// The range in parts of at most `size`.
    public func parts(of size: Int) -> [Range<Int>] {
        stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
    }
}
