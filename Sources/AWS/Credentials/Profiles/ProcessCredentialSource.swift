internal import Documents

/// What a program prints, as AWS CLI's `credential_process`: a JSON object of version 1.
struct ProcessCredentialSource: CredentialSource {
    let profile: String
    let command: String
    let context: CredentialContext

    var name: String { "`credential_process` of profile `\(profile.inert)`" }

    func find() async throws(AWSError) -> CredentialAnswer {
        guard let words = CommandWords.split(command), let program = words.first, !program.isEmpty else {
            throw .unfit("the command has a quotation mark or a backslash without an end, or no program").from(name)
        }
        let output: [UInt8]
        do {
            output = try await ChildProcess.output(
                of: words, environment: context.environment, limits: context.processLimits)
        } catch .cancelled {
            throw AWSError.cancelled
        } catch {
            // What it wrote is not told: it may hold a secret.
            throw .unfit("the program \(error.words(context.processLimits))").from(name)
        }
        guard let json = try? JSON.parse(output), json.object != nil else {
            throw .unfit("what the program wrote is not a JSON object").from(name)
        }
        guard json["Version"]?.integer == 1 else { throw .unfit("`Version` is not 1").from(name) }
        do throws(AWSError) {
            return .found(try Credentials(document: json, token: "SessionToken", isTemporary: false))
        } catch {
            throw error.from(name)
        }
    }
}
