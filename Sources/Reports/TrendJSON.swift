internal import Documents
internal import Posture
internal import Rules

/// The trend in `summary.json`: how the tenant stood whenever its numbers changed, oldest first.
///
/// A scan after which the numbers are the same adds nothing, so that it leaves the file as it was.
enum TrendJSON {
    /// Older points are left out.
    static let most = 500

    /// The points that a summary tells of; none where it is no summary.
    static func points(of summary: JSON?) -> [TrendPoint] {
        (summary?["trend"]?.array ?? []).compactMap { point in
            guard let moment = point["time"]?.string.flatMap({ Timestamp($0) }), let score = point["score"]?.integer
            else { return nil }
            let open = Severity.allCases.compactMap { severity in
                point["open"]?[severity.rawValue]?.integer.map { (severity, Int($0)) }
            }
            return TrendPoint(
                moment: moment, score: Int(score), open: Dictionary(open) { first, _ in first })
        }
    }

    static func render(_ points: [TrendPoint]) -> JSON {
        .array(
            points.map { point in
                [
                    "time": .string(point.moment.description), "score": .integer(Int64(point.score)),
                    "open": .object(
                        JSONObject(Severity.allCases.map { ($0.rawValue, .integer(Int64(point.open[$0] ?? 0))) })),
                ]
            })
    }
}

extension [TrendPoint] {
    /// With a posture's numbers at the end, where they differ from those before.
    func adding(_ posture: Posture) -> [TrendPoint] {
        let point = TrendPoint(posture)
        if let last, last.score == point.score, last.open == point.open { return self }
        return suffix(TrendJSON.most - 1) + [point]
    }
}

extension TrendPoint {
    init(_ posture: Posture) {
        self.init(
            moment: posture.collectedAt, score: posture.score.value,
            open: Dictionary(Severity.allCases.map { ($0, posture.count($0)) }) { first, _ in first })
    }
}
