"""Any one operation that a scan makes, denied: what stands on it is unknown, and everything else is as it was."""
import queue
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXTERNAL_ID, ROLE, ROOT, Repository, verdicts
from dependence import Dependence
from fault_proxy import FaultProxy, deny
from oracle import as_list

DEPENDENCE = Dependence(ROOT / "policies", ROOT / "Sources/Resources/manifests")
AT_ONCE = 2

# Calls for details, and the rules that cannot be decided without them, as people see it.
BY_HAND = {
    ("s3", "GetBucketEncryption"): {"s3-bucket-default-encryption"},
    ("s3", "GetBucketPolicy"): {"s3-bucket-policy-no-public-read", "s3-bucket-policy-no-public-write"},
    ("s3", "GetBucketPolicyStatus"): set(),
    ("s3", "GetBucketAcl"): {
        "s3-bucket-acl-no-public-read", "s3-bucket-acl-no-public-write", "s3-bucket-acl-no-authenticated-users"},
    ("s3", "GetPublicAccessBlock"): {"s3-bucket-public-access-block"},
    ("s3", "GetBucketVersioning"): {"s3-bucket-versioning"},
    ("s3", "GetBucketLogging"): {"s3-bucket-access-logging"},
    ("s3", "GetBucketTagging"): set(),
    ("iam", "GetLoginProfile"): {"iam-user-console-mfa"},
    ("iam", "ListMFADevices"): {"iam-user-mfa", "iam-user-console-mfa"},
    ("iam", "ListAccessKeys"): {"iam-user-access-key-rotated-90"},
    ("iam", "GetAccessKeyLastUsed"): set(),
    ("iam", "GetAccountAuthorizationDetails"): {
        "iam-user-administrator-access-policy", "iam-user-no-direct-policies", "iam-role-administratoraccess-policy",
        "iam-inline-policy-no-administrative-privileges"},
    ("iam", "GetAccountSummary"): {"iam-root-mfa", "iam-root-no-access-key"},
    ("iam", "GetAccountPasswordPolicy"): {"iam-password-policy-min-length", "iam-password-policy-reuse-24"},
    ("ec2", "GetEbsEncryptionByDefault"): {"ebs-default-encryption"},
    ("cloudtrail", "GetTrailStatus"): {"cloudtrail-enabled", "cloudtrail-global-service-events", "cloudtrail-trail-logging"},
    ("cloudtrail", "GetEventSelectors"): set(),
    ("guardduty", "GetDetector"): {"guardduty-enabled"},
}


class Scans:
    """Scans of the seeded account, of which one went well and each other had one operation denied."""

    def __init__(self, server, folder):
        self._free = queue.SimpleQueue()
        self._folder = folder
        # The account stands still: an answer once given is given again.
        self._answers = {}
        for number in range(AT_ONCE):
            self._free.put(Repository(folder / f"posture-{number}"))
        self._server = server
        self.refused = {}
        repository, self.calls, self.healthy, _ = self._scan(None)
        self.configs = {(one["type"], one["id"], one["region"]): one["config"] for one in repository.resources()}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            operations = sorted(self.calls)
            self.denied = dict(zip(operations, pool.map(self._scan, operations)))

    def _scan(self, operation):
        repository = self._free.get()
        try:
            return self._scanned(repository, operation)
        finally:
            self._free.put(repository)

    def _scanned(self, repository, operation):
        file = self._folder / f"{'-'.join(operation or ['healthy'])}.ndjson"
        with FaultProxy(self._server.url, trust={ROLE: EXTERNAL_ID}, answers=self._answers) as proxy:
            fault = proxy.fail(*operation, deny()) if operation else None
            result = repository.scan(proxy.url, "--verdicts", file)
            assert fault is None or fault.hits > 0, operation
            calls = {(call.service, call.operation) for call in proxy.calls} - {("sts", "AssumeRole")}
        if operation:
            uncollected = [one["uncollected"] for one in repository.resources() if "uncollected" in one]
            self.refused[operation] = result, uncollected, str(repository.findings()["unknown"])
        return repository, calls, {key: line["verdict"] for key, line in verdicts(file).items()}, result


@pytest.fixture(scope="module")
def scans(server, tmp_path_factory):
    return Scans(server, tmp_path_factory.mktemp("denied"))


def expected(scans, key, operation):
    """The verdicts that a rule may have on a resource whose call was denied."""
    rule, kind, id, region = key
    return DEPENDENCE.verdicts(rule, kind, operation, scans.configs.get((kind, id, region), {}))


def faults(scans, operation):
    """What is wrong with the verdicts of the scan that had the operation denied."""
    _, _, found, result = scans.denied[operation]
    found = dict(found)
    wrong = []
    unknown = Counter()
    for key, verdict in scans.healthy.items():
        rule, kind, _, region = key
        if DEPENDENCE.lists(kind, operation):
            continue
        if DEPENDENCE.places(kind, operation):
            key = (*key[:3], "unknown")
        now = found.pop(key, "missing")
        may_be = expected(scans, (*key[:3], region), operation)
        unknown[rule, now == "unknown"] += 1
        # Without its answer nothing can be said that was not true with it.
        if now not in may_be or now not in (verdict, "unknown") or ("unknown" not in may_be and now != verdict):
            wrong.append(f"{key} was {verdict}, is {now}; it may be {sorted(may_be)}")
    for key, verdict in found.items():
        if not (key[2] == "*" and verdict == "unknown" and DEPENDENCE.lists(key[1], operation)):
            wrong.append(f"{key} is {verdict}, and was not there")
    if unknown.total() and any(is_unknown for _, is_unknown in unknown) and result.code != 3:
        wrong.append(f"the scan ended with {result.code}")
    return wrong


def test_only_what_stands_on_a_denied_operation_is_unknown(scans):
    assert len(scans.calls) >= 60
    assert {operation: wrong for operation in scans.calls if (wrong := faults(scans, operation))} == {}


def test_every_rule_that_stands_on_a_denied_operation_says_so(scans):
    silent = []
    for operation in scans.calls:
        _, _, found, _ = scans.denied[operation]
        for rule in {key[0] for key in scans.healthy}:
            kinds = {key[1] for key in scans.healthy if key[0] == rule}
            depends = any("unknown" in DEPENDENCE.verdicts(rule, kind, operation) for kind in kinds)
            if depends != any(key[0] == rule and verdict == "unknown" for key, verdict in found.items()):
                silent.append((operation, rule, depends))
    assert silent == []


def test_documents_and_findings_name_the_refusal(scans):
    for operation in scans.calls:
        result, uncollected, unknown = scans.refused[operation]
        assert {code for one in uncollected for code in one.values()} <= {"AccessDenied", "NotRequested"}, operation
        if operation in BY_HAND:
            assert any("AccessDenied" in one.values() for one in uncollected), operation
        if "unknown" in scans.denied[operation][2].values():
            assert "AccessDenied" in result.out and "AccessDenied" in unknown, operation


@pytest.mark.parametrize("operation", BY_HAND, ids=":".join)
def test_what_is_worked_out_is_what_people_say(operation):
    found = {
        rule for rule in set().union(*BY_HAND.values()) for kind in as_list(DEPENDENCE.rules[rule]["resource"])
        if "unknown" in DEPENDENCE.verdicts(rule, kind, operation)}
    assert found == BY_HAND[operation]
