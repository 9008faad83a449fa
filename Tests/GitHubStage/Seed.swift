package import Documents

/// What a contract server knows at the beginning: the repository `octo/posture` with the pull request 7.
package struct Seed {
    package static let head = String(repeating: "a", count: 40)
    package static let base = String(repeating: "b", count: 40)

    package var comments: [(user: String, body: String)] = []
    /// In how many lists no comment shows at first: GitHub's copies lag.
    package var hiddenLists = 0
    package var pull: JSONObject = [
        "title": "Tighten S3 policy", "head_ref": "feature", "base_ref": "main", "fork": false,
        "head_sha": .string(head),
        "base_sha": .string(base),
    ]
    package var visibility = "private"
    package var permissions: JSON = [
        "pull_requests": "write", "checks": "write", "statuses": "write", "metadata": "read",
    ]
    /// Seconds for which an installation's token is valid.
    package var tokenLife = 3_600
    package var teams: JSON = [:]

    package init() {}

    package var json: JSON {
        let token = { (login: JSON, kind: JSON, access: JSON) -> JSON in
            ["login": login, "kind": kind, "perms": access]
        }
        let comments = comments.map { comment -> JSON in
            [
                "user": .string(comment.user), "body": .string(comment.body),
                "hidden_lists": .integer(Int64(hiddenLists)),
            ]
        }
        return [
            "app": [
                "id": 4_242, "slug": "posture-bot", "token_ttl": .integer(Int64(tokenLife)),
                "installations": [
                    "99": ["account": "octo", "repos": ["octo/posture"], "permissions": permissions]
                ],
            ],
            "tokens": [
                "ghp_readwrite": token("alice", "pat", "write"), "ghp_readonly": token("bob", "pat", "read"),
                "ghs_actions": token("github-actions[bot]", "installation", "write"),
                "ghs_other": token("other-app[bot]", "installation", "write"),
                "ghs_fork": token("github-actions[bot]", "installation", "read"),
            ],
            "teams": teams,
            "repos": [
                "octo/posture": [
                    "default_branch": "main", "private": .bool(visibility != "public"),
                    "visibility": .string(visibility), "pulls": ["7": .object(pull)],
                    "comments": ["7": .array(comments)],
                ]
            ],
        ]
    }
}
