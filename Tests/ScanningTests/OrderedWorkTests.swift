import Scanning
import Synchronization
import Testing

struct OrderedWorkTests {
    private final class Watch: Sendable {
        struct State {
            var running = 0
            var most = 0
            var farthest = 0
            var taken = 0
        }

        let state = Mutex(State())

        func work(_ number: Int, _ pause: Duration) async -> Int {
            state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
                state.farthest = max(state.farthest, number - state.taken)
            }
            try? await Task.sleep(for: pause)
            state.withLock { $0.running -= 1 }
            return number * 10
        }
    }

    @Test(arguments: [1, 2, 4, 100])
    func resultsComeInOrderHoweverLongTheyTake(limit: Int) async {
        let watch = Watch()
        var taken: [[Int]] = []
        await OrderedWork.run(Array(0..<20), atOnce: limit) { number in
            // The earlier, the longer.
            await watch.work(number, .milliseconds(number % 4 == 0 ? 30 : 1))
        } take: { number, result in
            taken.append([number, result])
            watch.state.withLock { $0.taken += 1 }
        }
        #expect(taken == (0..<20).map { [$0, $0 * 10] })
        #expect(watch.state.withLock { $0.most } <= limit)
        #expect(watch.state.withLock { $0.most } > limit / 2 || limit == 100)
    }

    @Test func aSlowFirstOneDoesNotLetResultsPileUp() async {
        let watch = Watch()
        await OrderedWork.run(Array(0..<50), atOnce: 3) { number in
            let result = await watch.work(number, .milliseconds(1))
            if number == 0 {
                // Until the others have come as far as they may, and then long enough for them to go too far.
                for _ in 0..<10_000 where watch.state.withLock({ $0.farthest }) < 5 {
                    try? await Task.sleep(for: .milliseconds(1))
                }
                try? await Task.sleep(for: .milliseconds(50))
            }
            return result
        } take: { _, _ in
            watch.state.withLock { $0.taken += 1 }
        }
        #expect(watch.state.withLock { $0.farthest } == 5)
    }

    @Test func nothingIsNoWork() async {
        await OrderedWork.run([Int](), atOnce: 4) {
            $0
        } take: { _, _ in
            Issue.record("there is nothing")
        }
    }
}
