internal import Documents

extension CheckRun {
    /// How many annotations GitHub takes in one request.
    static let annotationsARequest = 50

    /// Makes the check, also where there is nothing to annotate: 50 annotations a request.
    public func publish(with client: GitHubClient) async throws(GitHubError) -> Outcome {
        do throws(GitHubError) {
            return try await create(with: client)
        } catch {
            // GitHub's words for a person's token: "You must authenticate via a GitHub App."
            guard error.code == .forbidden || error.code == .notFound else { throw error }
            return .notAllowed(error)
        }
    }

    private func create(with client: GitHubClient) async throws(GitHubError) -> Outcome {
        let id = "\(TextLimit.prefix(of: externalID, bytes: 200)) \(Self.nonce(client))"
        let batches = self.batches
        var body: JSONObject = [
            "name": .string(name), "head_sha": .string(head), "external_id": .string(id), "status": "completed",
            "conclusion": .string(conclusion.rawValue), "output": output(batches.first ?? []),
        ]
        if let detailsURL { body["details_url"] = .string(detailsURL) }
        let request = APIRequest.create("\(client.path)/check-runs", .object(body), needs: .checksWrite)
        let created = try await Creation(client: client, request: request).run { json in
            Created(json)
        } find: { () async throws(GitHubError) in
            try await find(id, with: client)
        }
        for (index, batch) in batches.enumerated().dropFirst() {
            try await add(batch, after: index * Self.annotationsARequest, to: created, with: client)
        }
        return created.map { .created(id: $0.id, url: $0.url) } ?? .planned
    }

    private struct Created: Sendable {
        let id: Int64
        let url: String
        let annotations: Int64

        init?(_ json: JSON) {
            guard let id = json["id"]?.integer else { return nil }
            self.id = id
            url = json["html_url"]?.string ?? ""
            annotations = json["output"]?["annotations_count"]?.integer ?? 0
        }
    }

    /// Adds annotations, once: where no answer came, their number says whether they were.
    private func add(
        _ batch: ArraySlice<CheckAnnotation>, after count: Int, to check: Created?, with client: GitHubClient
    ) async throws(GitHubError) {
        // In a dry run there is no id.
        let path = "\(client.path)/check-runs/\(check.map { String($0.id) } ?? "ID")"
        var request = APIRequest.update(path, ["output": output(batch)], needs: .checksWrite)
        request.isRepeatable = false
        _ = try await Creation(client: client, request: request).run { _ in
            true
        } find: { () async throws(GitHubError) in
            guard let now = Created(try await client.read(path)) else { return nil }
            return now.annotations >= count + batch.count ? true : nil
        }
    }

    /// By its name on the commit, and by what is random in its id.
    private func find(_ externalID: String, with client: GitHubClient) async throws(GitHubError) -> Created? {
        try await client.list(
            "\(client.path)/commits/\(head.percentEncoded)/check-runs?check_name=\(name.percentEncoded)&filter=all",
            member: "check_runs"
        )
        .first { $0["external_id"]?.string == externalID }
        .flatMap(Created.init)
    }

    private var batches: [ArraySlice<CheckAnnotation>] {
        stride(from: 0, to: annotations.count, by: Self.annotationsARequest).map {
            annotations[$0..<min($0 + Self.annotationsARequest, annotations.count)]
        }
    }

    private func output(_ annotations: ArraySlice<CheckAnnotation>) -> JSON {
        var output: JSONObject = [
            "title": .string(TextLimit.prefix(of: title.inert, bytes: 255)),
            "summary": .string(TextLimit.cut(summary, to: TextLimit.check)),
        ]
        if let text { output["text"] = .string(TextLimit.cut(text, to: TextLimit.check)) }
        if !annotations.isEmpty { output["annotations"] = .array(annotations.map(\.json)) }
        return .object(output)
    }

    private static func nonce(_ client: GitHubClient) -> String {
        SHA256.hex((0..<8).map { _ in UInt8(client.configuration.random() * 255) })
    }
}
