internal import Collection
internal import Documents
internal import Scanning

/// Shows how far a scan is: a bar that is overwritten on terminals, a line every 30 seconds elsewhere.
struct ProgressDisplay {
    private let task: Task<Void, Never>

    init(_ progress: ScanProgress) { task = Task { await Self.show(progress) } }

    func end() {
        task.cancel()
        Console.standard.endProgress()
    }

    private static func show(_ progress: ScanProgress) async {
        let console = Console.standard
        let clock = ContinuousClock()
        let start = clock.now
        let pause: Duration = console.isInteractive ? .milliseconds(200) : .seconds(30)
        var rate = CallRate()
        _ = rate.look(0, at: 0)
        while (try? await Task.sleep(for: pause)) != nil {
            let counts = progress.counts
            guard !counts.running.isEmpty else { continue }
            let perSecond = rate.look(counts.calls, at: (clock.now - start) / .seconds(1))
            console.progress(
                counts.text(rate: perSecond), bar: { counts.bar(rate: perSecond, columns: $0) },
                counts.members(rate: perSecond))
        }
    }
}

extension ScanProgress.Counts {
    /// The same for programs.
    fileprivate func members(rate: Double) -> JSONObject {
        [
            "running": .array(running.map(JSON.string)), "ended": .integer(Int64(ended)),
            "tenants": .integer(Int64(tenants)), "calls": .integer(Int64(calls)),
            "left": .integer(Int64(left.calls)), "left_is_least": .bool(left.isLeast),
            "resources": .integer(Int64(resources)), "calls_per_second": .integer(Int64(rate.rounded())),
            "throttles": .integer(Int64(throttles)),
        ]
    }
}
