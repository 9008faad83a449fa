import Documents
import Rules
import TestSupport
import Testing

@testable import Reports

@Suite("Charts of scans")
struct TrendChartTests {
    static let noon = Timestamp("2026-01-05T12:00:00Z") ?? Timestamp(seconds: 0)

    static func points(_ count: Int) -> [TrendPoint] {
        (0..<count).map { index in
            TrendPoint(
                moment: Timestamp(seconds: noon.seconds + Int64(index) * 86_400), score: 60 + index % 40,
                open: [.critical: index % 3, .high: 4, .low: 20 - index % 20])
        }
    }

    static func both(_ points: [TrendPoint], title: String = "Score", in place: TrendChartSVG.Place) -> [String] {
        [
            TrendChartSVG.score(points, title: title, in: place),
            TrendChartSVG.open(points, title: title, in: place),
        ]
    }

    @Test("What charts look like")
    func golden() throws {
        let points = Self.points(5)
        try Golden.expect(TrendChartSVG.score(points, title: "Score of prod", in: .file), equals: "score.svg")
        try Golden.expect(TrendChartSVG.open(points, title: "Open findings of prod", in: .file), equals: "open.svg")
    }

    @Test("They are well-formed whatever the number of scans", arguments: [0, 1, 2, 119, 500])
    func wellFormed(_ count: Int) throws {
        for place in [TrendChartSVG.Place.file, .page] {
            for text in Self.both(Self.points(count), title: "</title><script>&\u{202E}\u{0}", in: place) {
                let root = try XMLElement.parse(Array(text.utf8))
                #expect(root.name == "svg" && root.children.first?.name == "title")
                #expect(!text.contains("<script") && !text.contains("\u{202E}"))
                #expect(text.contains("<style>") == (place == .file) && !text.contains("style="))
            }
        }
    }

    @Test("Many scans are thinned, and the first and the newest stay")
    func thinned() {
        let points = Self.points(500)
        let thin = points.thinned(to: TrendChartSVG.most)
        #expect(thin.count == TrendChartSVG.most)
        #expect(thin.first?.moment == points.first?.moment && thin.last?.moment == points.last?.moment)
        let text = TrendChartSVG.score(points, title: "", in: .page)
        #expect(text.ranges(of: "<circle").count == TrendChartSVG.most)
        #expect(text.contains("500 scans from 2026-01-05 to 2027-05-19: first 60, now 79, lowest 60, highest 99."))
    }

    @Test("Each value holds until the next scan")
    func steps() {
        let plot = TrendPlot(Self.points(3).map(\.moment), values: 0...100)
        #expect(plot.xs == [360, 2_780, 5_200])
        #expect(plot.steps([0, 100, 50]) == "M36 172H278V34H520V103H548")
        #expect(plot.area(from: [0, 0, 0], to: [0, 100, 50]) == "M36 172H278V34H520V103H548V172H520V172H278V172H36Z")
    }

    @Test("The scale is round", arguments: [(0, 1), (1, 1), (5, 5), (6, 6), (11, 15), (4_999, 5_000)])
    func scale(_ most: Int, _ highest: Int) {
        #expect(TrendPlot([Self.noon], values: 0...most).highest == highest)
    }

    @Test("A clock that went back does not turn the line")
    func clockWentBack() {
        let seconds: [Int64] = [100, 50, 300, 200]
        let xs = TrendPlot(seconds.map { Timestamp(seconds: $0) }, values: 0...1).xs
        #expect(xs == xs.sorted())
        let equal = TrendPlot([Self.noon, Self.noon, Self.noon], values: 0...1).xs
        #expect(equal == [360, 2_780, 5_200])
    }
}
