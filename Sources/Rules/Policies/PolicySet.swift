internal import Documents

/// Policy documents that count together: the one of a resource; or all of an identity, with its permissions boundary.
///
/// What is judged is what the documents say. Whether an organisation's own policies, or a session's, take it away again,
/// they do not tell.
struct PolicySet: Sendable {
    /// Of all documents that grant, in their order.
    var statements: [PolicyDocument.Statement] = []
    /// Of the permissions boundary; nil where there is none.
    var boundary: [PolicyDocument.Statement]?

    /// Takes anything: a document that cannot be read makes answers unknown wherever it could matter. A boundary that is
    /// null is none.
    init(documents: [JSON], boundary: JSON? = nil) {
        for (index, document) in documents.enumerated() {
            statements += Self.read(document, index)
        }
        if let boundary, !boundary.isNull { self.boundary = Self.read(boundary, -1) }
    }

    init(_ document: PolicyDocument) {
        statements = document.statements
    }

    private static func read(_ value: JSON, _ index: Int) -> [PolicyDocument.Statement] {
        PolicyDocument(reading: value).statements.map { statement in
            var statement = statement
            statement.document = index
            return statement
        }
    }

    /// Statements that deny, of the documents and of the boundary.
    var denies: [PolicyDocument.Statement] { (statements + (boundary ?? [])).filter(\.mayDeny) }

    /// Whether the policies grant something of what is asked for.
    func judge(_ query: GrantQuery, trust: Trust = Trust()) -> PolicyAnswer {
        var search = GrantSearch(self, query, trust)
        return search.grants()
    }

    /// Whether the policies deny all of what is asked for.
    func judgeDenies(_ query: GrantQuery, trust: Trust = Trust()) -> PolicyAnswer {
        var search = GrantSearch(self, query, trust)
        return search.denials()
    }
}
