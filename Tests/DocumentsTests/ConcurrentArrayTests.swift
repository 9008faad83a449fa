import Documents
import Synchronization
import Testing

@Suite struct ConcurrentArrayTests {
    @Test(arguments: [0, 1, 6, 7, 8, 1_000]) func elementsStandInOrder(count: Int) {
        let numbers = concurrentArray(count: count, partsOf: 7) { part, give in
            for number in part { give("\(number)") }
        }
        #expect(numbers == (0..<count).map(String.init))
    }

    /// What was made before one failed is freed, once.
    @Test(arguments: [0, 6, 7, 500, 999]) func oneThatCannotBeMade(failing: Int) {
        let alive = Living()
        let made = concurrentArray(count: 1_000, partsOf: 7) { part, give in
            for number in part where number < failing || number > failing + 7 { give(Counted(alive)) }
        }
        #expect(made == nil)
        #expect(alive.most.load(ordering: .relaxed) > 900)
        #expect(alive.count.load(ordering: .relaxed) == 0)
    }

    @Test func noneBeyondItsPart() {
        let alive = Living()
        let made = concurrentArray(count: 10, partsOf: 5) { part, give in
            for _ in 0..<8 { give(Counted(alive)) }
        }
        #expect(made?.count == 10 && alive.count.load(ordering: .relaxed) == 10)
    }

    private final class Living: Sendable {
        let count = Atomic(0)
        let most = Atomic(0)
    }

    private final class Counted: Sendable {
        private let alive: Living

        init(_ alive: Living) {
            self.alive = alive
            alive.count.add(1, ordering: .relaxed)
            alive.most.add(1, ordering: .relaxed)
        }

        deinit { alive.count.subtract(1, ordering: .relaxed) }
    }
}
