import Documents
import Testing

@testable import Rules

@Suite struct PrivilegeEscalationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var truth: Truth
        var statements: String
        var escalation: String?
        var boundary: String?
        var testDescription: String { statements }

        init(_ truth: Truth, _ statements: String) {
            self.init(truth, nil, statements)
        }

        init(_ truth: Truth, _ escalation: String?, _ statements: String, boundary: String? = nil) {
            self.truth = truth
            self.statements = statements
            self.escalation = escalation
            self.boundary = boundary
        }
    }

    private static func allow(_ actions: String..., on resource: String = "*", if condition: String = "{}") -> String {
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"Effect": "Allow", "Action": [\#(list)], "Resource": "\#(resource)", "Condition": \#(condition)}"#
    }

    private static func deny(_ action: String, on resource: String = "*", if condition: String = "{}") -> String {
        #"{"Effect": "Deny", "Action": "\#(action)", "Resource": "\#(resource)", "Condition": \#(condition)}"#
    }

    @Test(arguments: [
        Case(.false, allow("s3:*", "ec2:Describe*", "logs:*")),
        Case(.false, allow("iam:Get*", "iam:List*", "sts:GetCallerIdentity")),
        Case(.true, "new-policy-version", allow("iam:CreatePolicyVersion")),
        Case(.true, "new-policy-version", allow("*")), Case(.true, "put-user-policy", allow("iam:*")),
        Case(.true, "default-policy-version", allow("iam:Set*")),
        Case(.true, "pass-role-to-instance", allow("iam:PassRole", "ec2:RunInstances")),
        Case(
            .true, "pass-role-to-instance",
            allow("iam:PassRole") + "," + allow("ec2:*", on: "arn:aws:ec2:eu-west-1:*:*")),
        Case(.false, allow("iam:PassRole")),
        Case(
            .false,
            allow("ec2:RunInstances", "lambda:*Function", "lambda:InvokeFunction").replacing(
                "lambda:*Function", with: "lambda:CreateFunction")),
        Case(.true, "pass-role-to-function", allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction")),
        Case(.false, allow("iam:PassRole", "lambda:CreateFunction")),
        Case(.true, "assume-any-role", allow("sts:AssumeRole")),
        Case(.true, "assume-any-role", allow("sts:AssumeRole", on: "arn:aws:iam::111122223333:role/*")),
        Case(.false, allow("sts:AssumeRole", on: "arn:aws:iam::999988887777:role/*")),
        Case(.unknown, allow("sts:AssumeRole", on: "arn:aws:iam::111122223333:role/reader")),
        Case(.unknown, allow("sts:AssumeRole", on: "arn:aws:iam::*:role/app/*")),
        Case(.false, allow("iam:*", on: "arn:aws:s3:::b/*")),
        Case(.true, "update-function-code", allow("lambda:UpdateFunctionCode")),
        Case(.unknown, allow("lambda:UpdateFunctionCode", on: "arn:aws:lambda:eu-west-1:111122223333:function:app")),
        // To one service only
        Case(
            .true, "pass-role-to-function",
            allow("iam:PassRole", if: #"{"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}"#) + ","
                + allow("lambda:*", "ec2:*", on: "*")),
        Case(
            .false,
            allow("iam:PassRole", if: #"{"StringEquals": {"iam:PassedToService": "rds.amazonaws.com"}}"#) + ","
                + allow("ec2:RunInstances")),
        Case(
            .unknown, allow("iam:PassRole", on: "arn:aws:iam::111122223333:role/app") + "," + allow("ec2:RunInstances")),
        // Oneself
        Case(.false, allow("iam:CreateAccessKey", "iam:UpdateLoginProfile", on: "arn:aws:iam::*:user/${aws:username}")),
        Case(.true, "attach-user-policy", allow("iam:AttachUserPolicy", on: "arn:aws:iam::*:user/${aws:username}")),
        Case(.true, "create-access-key", allow("iam:CreateAccessKey", on: "arn:aws:iam::111122223333:user/*")),
        Case(.unknown, allow("iam:CreateAccessKey", on: "arn:aws:iam::*:user/${aws:PrincipalTag/owner}")),
        // Conditions
        Case(
            .true, "put-role-policy",
            allow(
                "iam:PutRolePolicy",
                if:
                    #"{"Bool": {"aws:MultiFactorAuthPresent": "true"}, "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#
            )),
        Case(
            .unknown,
            allow(
                "iam:PutRolePolicy",
                if: #"{"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/b"}}"#)),
        Case(.unknown, allow("iam:PutRolePolicy", if: #"{"StringEquals": {"aws:ResourceTag/team": "red"}}"#)),
        // Denies
        Case(.false, allow("iam:PutRolePolicy") + "," + deny("iam:Put*")),
        Case(
            .true, "put-role-policy",
            allow("iam:PutRolePolicy") + "," + deny("iam:Put*", on: "arn:aws:iam::*:role/admin")),
        Case(
            .true, "put-role-policy",
            allow("iam:PutRolePolicy") + ","
                + deny("iam:Put*", if: #"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#)),
        Case(
            .unknown,
            allow("iam:PutRolePolicy")
                + #", {"Effect": "Deny", "Action": "iam:*", "NotResource": "arn:aws:iam::*:role/app"}"#),
        Case(
            .unknown,
            allow("iam:PutRolePolicy") + "," + deny("iam:Put*", if: #"{"StringEquals": {"acme:Nobody": "1"}}"#)),
        Case(.false, allow("iam:PutRolePolicy") + "," + deny("*", on: "arn:aws:iam::*:role/*")),
        // Boundaries
        Case(.false, nil, allow("*"), boundary: allow("s3:*")),
        Case(.true, "pass-role-to-instance", allow("*"), boundary: allow("iam:PassRole", "ec2:*")),
        Case(.false, nil, allow("*"), boundary: allow("*") + "," + deny("*")),
        Case(
            .unknown, nil, allow("*"),
            boundary: #"{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*", "What": 1}"#),
        Case(.unknown, nil, #"{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*", "What": 1}"#),
    ])
    func escalations(example: Case) throws {
        func document(_ statements: String) throws -> JSON {
            try JSON.parse(#"{"Version": "2012-10-17", "Statement": [\#(statements)]}"#)
        }
        let set = PolicySet(documents: [try document(example.statements)], boundary: try example.boundary.map(document))
        let answer = set.judgePrivilegeEscalation(trust: PolicyCase.trust)
        #expect(answer.truth == example.truth, "\(answer.reasons) \(answer.escalations)")
        #expect((answer.truth == .unknown) == !answer.reasons.isEmpty)
        #expect((answer.truth == .true) == !answer.escalations.isEmpty)
        #expect((answer.truth == .true) == !answer.statements.isEmpty || answer.truth == .unknown)
        if let escalation = example.escalation {
            #expect(answer.escalations.contains(escalation), "\(answer.escalations)")
        }
    }

    /// Each way is open to whoever may do exactly its steps, and shut without any one of them.
    @Test(arguments: PrivilegeEscalations.all.map(\.name))
    func everyStepCounts(name: String) throws {
        let escalation = try #require(PrivilegeEscalations.all.first { $0.name == name })
        func answer(_ actions: [String]) -> PolicyAnswer {
            let statement: JSON = ["Effect": "Allow", "Action": .array(actions.map(JSON.string)), "Resource": "*"]
            return PolicySet(documents: [["Version": "2012-10-17", "Statement": statement]]).judgePrivilegeEscalation()
        }
        let actions = escalation.steps.map(\.action)
        #expect(answer(actions).escalations.contains(name))
        for index in actions.indices {
            var fewer = actions
            fewer.remove(at: index)
            if !fewer.isEmpty { #expect(!answer(fewer).escalations.contains(name)) }
        }
    }

    @Test func namesAreUnique() {
        let names = PrivilegeEscalations.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count >= 40)
    }

    // MARK: Administration

    @Test(arguments: [
        Case(.true, allow("*")), Case(.false, allow("s3:*")),
        Case(.true, allow("*", if: #"{"StringEquals": {"acme:Nobody": "1"}}"#)),
        Case(
            .true,
            #"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#
        ),
        Case(
            .false,
            #"{"Effect": "Allow", "NotAction": ["iam:*", "s3:*"], "Resource": "*"}, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#
        ),
        Case(
            .false,
            #"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, {"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:user/x"}"#
        ),
        Case(.true, nil, allow("*"), boundary: allow("*")), Case(.false, nil, allow("*"), boundary: allow("s3:*")),
        Case(.false, nil, allow("*"), boundary: allow("*") + "," + deny("*")),
        Case(.false, nil, allow("*") + #", {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}"#),
        Case(
            .true,
            allow("*")
                + #", {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#
        ),
        Case(.unknown, nil, #"{"Effect": "allow", "Action": "*", "Resource": "*"}"#),
        Case(.unknown, nil, #"{"Effect": "Allow", "Action": "*", "Resource": "*", "What": 1}"#),
        Case(.false, nil, #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "What": 1}"#),
        Case(.unknown, nil, allow("*") + #", {"Effect": "Deny", "Resource": "*"}"#),
        Case(.true, nil, allow("*") + #", {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "What": 1}"#),
        Case(.unknown, nil, allow("*"), boundary: #"{"Effect": "Allow", "Resource": "*"}"#),
        Case(.false, nil, allow("s3:*"), boundary: #"{"Effect": "Allow", "Resource": "*"}"#),
        Case(.true, nil, #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "What": 1},"# + allow("*")),
    ])
    func administration(example: Case) throws {
        func document(_ statements: String) throws -> JSON { try JSON.parse(#"{"Statement": [\#(statements)]}"#) }
        let set = PolicySet(documents: [try document(example.statements)], boundary: try example.boundary.map(document))
        let answer = set.judgeAdministration()
        #expect(answer.truth == example.truth, "\(answer.reasons)")
        #expect((answer.truth == .unknown) == !answer.reasons.isEmpty)
        #expect((answer.truth == .true) == !answer.statements.isEmpty || answer.truth == .unknown)
    }
}
