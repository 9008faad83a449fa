internal import Documents

extension Credentials {
    /// Reads the JSON of a program or of a metadata endpoint; `token` is the name of the session token in it. Temporary
    /// credentials have a token and an end; others may have either. Errors name members, never their values.
    init(document json: JSON, token name: String, isTemporary: Bool) throws(AWSError) {
        func text(_ member: String, required: Bool) throws(AWSError) -> String? {
            switch json[member] {
            case .string(let text)? where !text.isEmpty: return text
            case .null?, nil: break
            default: throw .unfit("`\(member)` is not a text, or is empty")
            }
            if required { throw .unfit("there is no `\(member)`") }
            return nil
        }
        let key = try text("AccessKeyId", required: true)
        let secret = try text("SecretAccessKey", required: true)
        let token = try text(name, required: isTemporary)
        var expiry: Timestamp?
        if let end = try text("Expiration", required: isTemporary) {
            guard let moment = Timestamp(end) else { throw .unfit("`Expiration` is not a moment") }
            expiry = moment
        }
        self.init(accessKeyID: key ?? "", secretAccessKey: secret ?? "", sessionToken: token, expiry: expiry)
    }
}
