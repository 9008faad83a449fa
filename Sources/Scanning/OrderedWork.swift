/// Works on several elements at once, and hands over what comes of it one after the other, in the elements' order.
public enum OrderedWork {
    /// - Parameters:
    ///   - limit: how many elements are under way at once. As many results at most wait for those before them.
    ///   - take: gets each element's result, never two at a time.
    public static func run<Element: Sendable, Result: Sendable>(
        _ elements: [Element], atOnce limit: Int, _ work: @escaping @Sendable (Element) async -> Result,
        take: (Element, Result) async -> Void
    ) async {
        let limit = max(1, limit)
        await withTaskGroup(of: (Int, Result).self) { group in
            var waiting: [Int: Result] = [:]
            var started = 0
            var ended = 0
            var taken = 0
            func start() {
                while started < elements.count, started - ended < limit, started - taken < 2 * limit {
                    let (index, element) = (started, elements[started])
                    started += 1
                    group.addTask { (index, await work(element)) }
                }
            }
            start()
            for await (index, result) in group {
                ended += 1
                waiting[index] = result
                start()
                while let next = waiting.removeValue(forKey: taken) {
                    let element = elements[taken]
                    taken += 1
                    start()
                    await take(element, next)
                }
            }
        }
    }
}
