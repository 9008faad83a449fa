/// The files of a new repository, but for those of GitHub.
public enum RepositoryTemplate {
    /// An ExternalId that nobody guesses: 32 hexadecimal digits after `px-`.
    public static func externalID() -> String {
        var random = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        return "px-" + String((0..<32).map { _ in digits[Int(random.next(upperBound: UInt64(16)))] })
    }

    public static func files(externalID: String) -> [(path: String, text: String)] {
        [
            ("parapet.yaml", settings), ("tenants/_defaults.yaml", defaults),
            ("tenants/example.yaml", tenant(externalID: externalID)), ("policies/README.md", policies),
        ]
    }

    private static let settings = """
        # Settings of Parapet. A pull request never sets its own gate: these are read from the base branch.
        version: 1
        results:
          branch: parapet/results      # findings and reports; snapshots and the journal stand on branches beside it
          allow_public: false          # refuse to push results where everyone can read them
        gate:
          fail_on: high                # a scan exits with 1 on findings of this severity or worse
          max_unknown: 0               # and with 3 when more than this could not be judged
        waivers:
          max_days: 180                # a waiver that ends later than this many days after a scan waives nothing
          max_severity: critical       # findings more severe than this cannot be waived
        owner_tags: [owner, team]      # the first of these tags that a resource has says whose its findings are

        """

    private static let defaults = """
        # What every tenant has that does not say otherwise.
        regions: [eu-west-1, us-east-1]
        scanners: [iam, s3, ec2, ebs, network, logging]
        frameworks: [soc2-tsc]

        """

    private static func tenant(externalID: String) -> String {
        """
        # A tenant is one AWS account. No credentials stand here: Parapet assumes the role with this ExternalId.
        tenant: example
        account: "111122223333"
        role: arn:aws:iam::111122223333:role/ParapetScan
        external_id: \(externalID)
        labels: {stage: production}

        """
    }

    private static let policies = """
        # Rules of your own

        Each rule is one YAML file here, with tests: `parapet test` runs them. Built-in rules need no file.

        """
}
