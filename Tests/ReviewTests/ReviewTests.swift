import Review
import Testing

@Suite struct ReviewTests {
    @Test func anEmptyChangeSaysNothing() {
        #expect(Review(base: "a", head: "b").tenants.isEmpty)
    }
}
