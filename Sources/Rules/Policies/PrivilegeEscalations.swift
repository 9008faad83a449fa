/// A way to more rights than one was given: actions that together make an identity whatever it wants to be.
public struct PrivilegeEscalation: Sendable {
    /// One action that it takes.
    public struct Step: Sendable {
        public var action: String
        /// What the action has to be granted on, any of that kind: an ARN, in which `*` is the name.
        /// Of what is limited to some that are named, nobody knows whether they are worth it.
        public var target: String
        /// Whether one of the kind, whichever, is enough.
        public var isAnyTargetEnough: Bool
        /// Whether acting on oneself is enough.
        public var isSelfEnough: Bool
        /// The service that a role is passed to.
        public var passedTo: String?
    }

    public var name: String
    public var steps: [Step]

    fileprivate init(_ name: String, _ steps: Step...) {
        self.name = name
        self.steps = steps
    }
}

extension PrivilegeEscalation.Step {
    /// On everything of a kind.
    fileprivate static func on(_ target: String, _ action: String, self isSelfEnough: Bool = false) -> Self {
        .init(action: action, target: target, isAnyTargetEnough: false, isSelfEnough: isSelfEnough)
    }

    /// On anything of the service: what is made serves as a vehicle.
    fileprivate static func any(_ action: String) -> Self {
        let service = action.prefix { $0 != ":" }
        return .init(action: action, target: "arn:aws:\(service):*", isAnyTargetEnough: true, isSelfEnough: false)
    }

    fileprivate static func pass(to service: String) -> Self {
        .init(
            action: "iam:PassRole", target: role, isAnyTargetEnough: false, isSelfEnough: false, passedTo: service)
    }
}

private let user = "arn:aws:iam:::user/*"
private let group = "arn:aws:iam:::group/*"
private let role = "arn:aws:iam:::role/*"
private let policy = "arn:aws:iam:::policy/*"
private let function = "arn:aws:lambda:::function:*"
private let instance = "arn:aws:ec2:::instance/*"

/// The ways that are known, from public research on AWS's actions.
public enum PrivilegeEscalations {
    public static let all: [PrivilegeEscalation] = identity + roles + compute + pipelines + existing

    /// Changing who one is, or what somebody may.
    private static let identity: [PrivilegeEscalation] = [
        .init("new-policy-version", .on(policy, "iam:CreatePolicyVersion")),
        .init("default-policy-version", .on(policy, "iam:SetDefaultPolicyVersion")),
        .init("attach-user-policy", .on(user, "iam:AttachUserPolicy", self: true)),
        .init("attach-group-policy", .on(group, "iam:AttachGroupPolicy")),
        .init("attach-role-policy", .on(role, "iam:AttachRolePolicy")),
        .init("put-user-policy", .on(user, "iam:PutUserPolicy", self: true)),
        .init("put-group-policy", .on(group, "iam:PutGroupPolicy")),
        .init("put-role-policy", .on(role, "iam:PutRolePolicy")),
        .init("add-user-to-group", .on(group, "iam:AddUserToGroup")),
        .init("create-access-key", .on(user, "iam:CreateAccessKey")),
        .init("create-login-profile", .on(user, "iam:CreateLoginProfile")),
        .init("update-login-profile", .on(user, "iam:UpdateLoginProfile")),
        .init(
            "permission-set", .any("sso:CreatePermissionSet"), .any("sso:AttachManagedPolicyToPermissionSet"),
            .any("sso:CreateAccountAssignment")),
    ]

    /// Becoming a role.
    private static let roles: [PrivilegeEscalation] = [
        .init("assume-any-role", .on(role, "sts:AssumeRole")),
        .init("update-role-trust", .on(role, "iam:UpdateAssumeRolePolicy")),
    ]

    /// Handing a role to something that runs one's code.
    private static let compute: [PrivilegeEscalation] = [
        .init("pass-role-to-instance", .pass(to: "ec2.amazonaws.com"), .any("ec2:RunInstances")),
        .init(
            "pass-role-to-running-instance", .pass(to: "ec2.amazonaws.com"),
            .on(instance, "ec2:AssociateIamInstanceProfile")),
        .init(
            "pass-role-to-function", .pass(to: "lambda.amazonaws.com"), .any("lambda:CreateFunction"),
            .any("lambda:InvokeFunction")),
        .init(
            "pass-role-to-function-of-events", .pass(to: "lambda.amazonaws.com"), .any("lambda:CreateFunction"),
            .any("lambda:CreateEventSourceMapping")),
        .init(
            "pass-role-to-shared-function", .pass(to: "lambda.amazonaws.com"), .any("lambda:CreateFunction"),
            .any("lambda:AddPermission")),
        .init(
            "pass-role-to-task", .pass(to: "ecs-tasks.amazonaws.com"), .any("ecs:RegisterTaskDefinition"),
            .any("ecs:RunTask")),
        .init(
            "pass-role-to-task-service", .pass(to: "ecs-tasks.amazonaws.com"), .any("ecs:RegisterTaskDefinition"),
            .any("ecs:CreateService")),
        .init(
            "pass-role-to-launch-configuration", .pass(to: "ec2.amazonaws.com"),
            .any("autoscaling:CreateLaunchConfiguration"), .any("autoscaling:CreateAutoScalingGroup")),
        .init("pass-role-to-cluster", .pass(to: "elasticmapreduce.amazonaws.com"), .any("elasticmapreduce:RunJobFlow")),
        .init("pass-role-to-container", .pass(to: "tasks.apprunner.amazonaws.com"), .any("apprunner:CreateService")),
        .init(
            "pass-role-to-notebook", .pass(to: "sagemaker.amazonaws.com"), .any("sagemaker:CreateNotebookInstance"),
            .any("sagemaker:CreatePresignedNotebookInstanceUrl")),
        .init("pass-role-to-training", .pass(to: "sagemaker.amazonaws.com"), .any("sagemaker:CreateTrainingJob")),
        .init("pass-role-to-processing", .pass(to: "sagemaker.amazonaws.com"), .any("sagemaker:CreateProcessingJob")),
    ]

    /// Handing a role to something that makes things.
    private static let pipelines: [PrivilegeEscalation] = [
        .init("pass-role-to-stack", .pass(to: "cloudformation.amazonaws.com"), .any("cloudformation:CreateStack")),
        .init(
            "pass-role-to-stack-update", .pass(to: "cloudformation.amazonaws.com"),
            .any("cloudformation:UpdateStack")),
        .init("pass-role-to-dev-endpoint", .pass(to: "glue.amazonaws.com"), .any("glue:CreateDevEndpoint")),
        .init(
            "pass-role-to-glue-job", .pass(to: "glue.amazonaws.com"), .any("glue:CreateJob"), .any("glue:StartJobRun")),
        .init(
            "pass-role-to-glue-job-update", .pass(to: "glue.amazonaws.com"), .any("glue:UpdateJob"),
            .any("glue:StartJobRun")),
        .init(
            "pass-role-to-data-pipeline", .pass(to: "datapipeline.amazonaws.com"), .any("datapipeline:CreatePipeline"),
            .any("datapipeline:PutPipelineDefinition"), .any("datapipeline:ActivatePipeline")),
        .init("pass-role-to-codestar", .pass(to: "codestar.amazonaws.com"), .any("codestar:CreateProject")),
        .init(
            "codestar-team", .any("codestar:CreateProject"), .any("codestar:AssociateTeamMember")),
        .init("codestar-template", .any("codestar:CreateProjectFromTemplate")),
        .init(
            "pass-role-to-build", .pass(to: "codebuild.amazonaws.com"), .any("codebuild:CreateProject"),
            .any("codebuild:StartBuild")),
        .init(
            "pass-role-to-state-machine", .pass(to: "states.amazonaws.com"), .any("states:CreateStateMachine"),
            .any("states:StartExecution")),
        .init("pass-role-to-schedule", .pass(to: "scheduler.amazonaws.com"), .any("scheduler:CreateSchedule")),
        .init("pass-role-to-automation", .pass(to: "ssm.amazonaws.com"), .any("ssm:StartAutomationExecution")),
    ]

    /// Taking over what already has a role.
    private static let existing: [PrivilegeEscalation] = [
        .init("update-function-code", .on(function, "lambda:UpdateFunctionCode")),
        .init("update-function-layers", .on(function, "lambda:UpdateFunctionConfiguration")),
        .init("update-dev-endpoint", .on("arn:aws:glue:::devEndpoint/*", "glue:UpdateDevEndpoint")),
        .init("update-stack", .on("arn:aws:cloudformation:::stack/*", "cloudformation:UpdateStack")),
        .init(
            "change-set", .on("arn:aws:cloudformation:::stack/*", "cloudformation:CreateChangeSet"),
            .on("arn:aws:cloudformation:::stack/*", "cloudformation:ExecuteChangeSet")),
        .init(
            "update-build", .on("arn:aws:codebuild:::project/*", "codebuild:UpdateProject"),
            .on("arn:aws:codebuild:::project/*", "codebuild:StartBuild")),
        .init(
            "open-notebook",
            .on("arn:aws:sagemaker:::notebook-instance/*", "sagemaker:CreatePresignedNotebookInstanceUrl")),
        .init("send-command", .on(instance, "ssm:SendCommand")),
        .init("start-session", .on(instance, "ssm:StartSession")),
        .init("send-ssh-key", .on(instance, "ec2-instance-connect:SendSSHPublicKey")),
        .init(
            "change-user-data", .on(instance, "ec2:ModifyInstanceAttribute"), .on(instance, "ec2:StopInstances"),
            .on(instance, "ec2:StartInstances")),
        .init("execute-in-task", .on("arn:aws:ecs:::task/*", "ecs:ExecuteCommand")),
    ]
}
