/// A recorded policy of which no rule was read.
public struct PolicyOutline: Sendable {
    /// Without rules, fragments, tables and frameworks.
    public var policy: EffectivePolicy
    /// Names the content of each file of rules (`ID.yaml`), fragments (`fragments/NAME.yaml`) and tables
    /// (`tables/NAME.yaml`) as git does.
    public var files: [String: String] = [:]

    /// The ids of the rules that ran.
    public var rules: Set<String> {
        Set(files.keys.lazy.filter { !$0.contains("/") && $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) })
    }
}
