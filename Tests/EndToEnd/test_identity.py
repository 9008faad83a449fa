"""Who may do everything, through whatever policies it has: judged on an account, from collection to verdicts."""
import json

import pytest

import conftest
import seed as demo
from aws_server import AWSServer
from fault_proxy import FaultProxy, deny

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


def document(effect, action):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": "*"}]})


EVERYTHING = document("Allow", "*")

# As docs/rules.md has them.
RULES = {
    "user": """
        of:
          - InlinePolicies.PolicyDocument
          - related.attached_policies.Document
          - related.groups.InlinePolicies.PolicyDocument
          - related.groups.related.attached_policies.Document
""",
    "role": "        of: [InlinePolicies.PolicyDocument, related.attached_policies.Document]\n",
}
RULE = """\
rule: {name}-admin
title: It may not do everything
severity: high
resource: {type}
fail_when:
  documents:
{of}    boundary: related.boundary.Document
    admin: true
tests:
  - {{expect: fail, given: {{InlinePolicies: [{{PolicyName: p, PolicyDocument: {{Statement: {{Effect: Allow, Action: "*", Resource: "*"}}}}}}]}}}}
  - {{expect: pass, given: {{InlinePolicies: []}}}}
"""


def seed(iam):
    def user(name, group=None):
        iam.create_user(UserName=name)
        if group:
            iam.add_user_to_group(GroupName=group, UserName=name)

    def role(name, attached, **more):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, **more)
        for arn in attached:
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)

    def policy(name, text):
        return iam.create_policy(PolicyName=name, PolicyDocument=text)["Policy"]["Arn"]

    everything, nothing, s3 = (
        policy("everything", EVERYTHING), policy("nothing", document("Deny", "*")), policy("s3", document("Allow", "s3:*")))
    # Named like AWS's own, and harmless.
    namesake = policy("AdministratorAccess", document("Allow", "s3:*"))
    # The default version is not the first one.
    changed = policy("changed", document("Allow", "s3:*"))
    iam.create_policy_version(PolicyArn=changed, PolicyDocument=EVERYTHING, SetAsDefault=True)
    for name, arn in (("admins", everything), ("aws-admins", ADMINISTRATOR), ("readers", s3), ("changed", changed)):
        iam.create_group(GroupName=name)
        iam.attach_group_policy(GroupName=name, PolicyArn=arn)
    iam.create_group(GroupName="inline")
    iam.put_group_policy(GroupName="inline", PolicyName="all", PolicyDocument=EVERYTHING)
    for group in ("admins", "aws-admins", "inline", "readers", "changed"):
        user(f"in-{group}", group)
    user("denied", "admins")
    iam.attach_user_policy(UserName="denied", PolicyArn=nothing)
    role("aws-admin", [ADMINISTRATOR])
    role("bounded", [ADMINISTRATOR], PermissionsBoundary=s3)
    role("loosely-bounded", [ADMINISTRATOR], PermissionsBoundary=everything)
    role("namesake", [namesake])


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    repository = conftest.Repository(tmp_path_factory.mktemp("identity") / "posture")
    repository.write("tenants/prod.yaml", f"{conftest.TENANT}regions: [us-east-1]\nscanners: [iam]\n")
    for name, type in (("user", "AWS::IAM::User"), ("role", "AWS::IAM::Role")):
        repository.write(f"policies/iam/{name}-admin.yaml", RULE.format(name=name, type=type, of=RULES[name].lstrip("\n").replace("        ", "    ")))
    repository.commit()
    with AWSServer() as server:
        seed(demo.Account(server.url).client("iam"))
        with FaultProxy(server.url) as proxy:
            yield repository, proxy


def judged(account, path):
    """The verdicts by the names of users and roles."""
    repository, proxy = account
    result = repository.scan(proxy.url, "--verdicts", path)
    assert result.code in (1, 3), result
    return {
        id: line["verdict"] for (rule, _, id, _), line in conftest.verdicts(path).items() if rule in ("user-admin", "role-admin")}


def test_all_policies_of_an_identity_count(account, tmp_path):
    assert judged(account, tmp_path / "verdicts") == {
        "in-admins": "fail", "in-aws-admins": "fail", "in-inline": "fail", "in-changed": "fail", "in-readers": "pass",
        "denied": "pass", "aws-admin": "fail", "bounded": "pass", "loosely-bounded": "fail", "namesake": "pass"}


def test_policies_that_are_not_seen_are_unknown(account, tmp_path):
    _, proxy = account
    proxy.fail("iam", "GetAccountAuthorizationDetails", deny())
    found = judged(account, tmp_path / "verdicts")
    proxy.heal()
    assert len(found) == 10 and set(found.values()) == {"unknown"}


def test_the_calls_do_not_grow_with_policies(account, tmp_path):
    repository, proxy = account
    proxy.forget()
    repository.scan(proxy.url)
    operations = [call.operation for call in proxy.calls if call.service == "iam"]
    # One for each kind: users, groups, roles, policies.
    assert operations.count("GetAccountAuthorizationDetails") == 4
    assert operations.count("GetCredentialReport") == 1
    for word in ("Attached", "RolePolicies", "UserPolicies", "GroupPolicies", "PolicyVersion", "Tags", "GetGroup"):
        assert not [name for name in operations if word in name]
