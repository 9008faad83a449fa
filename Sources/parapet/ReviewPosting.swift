internal import ArgumentParser
internal import Workspace

/// The options of a review that is posted to GitHub.
struct ReviewPosting: ParsableArguments {
    @Option(
        name: .customLong("pr"),
        help: ArgumentHelp("The pull request to post to; in a job of one, that one.", valueName: "number"))
    var pullRequest: Int64?

    @Option(
        name: .customLong("repo"),
        help: ArgumentHelp("The repository on GitHub; GITHUB_REPOSITORY where it is left out.", valueName: "owner/name")
    )
    var repository: String?

    @Flag(name: .long, help: "Print the requests that would change something on GitHub, and send none of them.")
    var dryRun = false

    @Option(
        name: .long,
        help:
            "What becomes of the last comment: update, hide, recreate, off; the base's github.comment where it is left out."
    )
    var commentMode: Settings.GitHub.Comment?

    @Flag(name: .long, help: "Make neither a check run nor a commit status.")
    var noCheck = false

    func validate() throws {
        if let pullRequest, pullRequest < 1 { throw ValidationError("--pr takes a number from 1") }
    }
}
