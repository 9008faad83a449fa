import Scanning
import Testing

struct TimeLimitTests {
    @Test(arguments: [("90s", 90), ("60m", 3_600), ("2h", 7_200), ("168h", 604_800)])
    func timesHaveUnits(text: String, seconds: Int) {
        #expect(TimeLimit(text)?.duration == .seconds(seconds))
        #expect(TimeLimit(text)?.description == text)
    }

    @Test(arguments: ["", "60", "m", "0m", "-1m", "+1m", "1.5h", "1d", "٣m", "169h", "99999999999999999999s", "1m "])
    func everythingElseIsNone(text: String) {
        #expect(TimeLimit(text) == nil)
    }
}
