/// How much work is left for one judgement, so that no document can take the judge's time.
///
/// Once it is spent, every comparison answers in the cautious way: patterns may overlap, and cover nothing.
struct Effort {
    /// Steps of comparing scalars, about. Policies as large as AWS takes need a few hundred thousand.
    static let ofOneJudgement = 3_000_000

    private(set) var steps = 0
    private let limit: Int

    init(limit: Int = Effort.ofOneJudgement) { self.limit = limit }

    var isSpent: Bool { steps >= limit }

    mutating func spend(_ count: Int = 1) { steps += count }

    /// Does a piece of work that counts its steps; nil where nothing is left to do it with.
    mutating func run<Result>(_ work: (inout Int) -> Result) -> Result? {
        guard !isSpent else { return nil }
        steps += 1
        return work(&steps)
    }
}
