"""Waivers and tenants' overlays, through the program: what is waived, what is not, and what is said of it."""
import hashlib
import json

import pytest

import seed
from conftest import TENANT, git, parapet
from days import day

RULE, ID = "s3-bucket-versioning", "acme-website"


def waiver(name="old-website", rule=RULE, match=f"{{tenant: prod, id: {ID}}}", expires=None, more=""):
    return (
        f"waiver: {name}\nrule: {rule}\nmatch: {match}\nreason: Goes away with the migration\nticket: SEC-1412\n"
        f'approved_by: "@alice"\nexpires: {expires or day(30)}\n{more}')


def judged(findings):
    """Findings of resources, by rule and resource."""
    return {(one["rule"], one["resource"]["id"], one["resource"]["region"]): one for one in findings if not own(one)}


def own(finding):
    return finding["rule"].startswith("parapet-")


def target(repository):
    [finding] = [one for key, one in judged(repository.findings()["findings"]).items() if key[:2] == (RULE, ID)]
    return finding


def summary(repository):
    return json.loads(repository.show("parapet/results", "prod/summary.json"))


@pytest.fixture
def narrow(repository):
    """A repository that scans buckets alone, which takes less time."""
    repository.write("tenants/_defaults.yaml", "regions: [eu-west-1, us-east-1]\nscanners: [s3]\nframeworks: [soc2-tsc]\n")
    repository.commit()
    return repository


def test_a_waived_finding_stays_but_does_not_count(proxy, narrow):
    narrow.scan(proxy.url)
    before, numbers = narrow.findings()["findings"], summary(narrow)
    assert "waived" not in {one["status"] for one in before} and numbers["waived"] == 0
    narrow.write("waivers/website.yaml", waiver())
    narrow.commit()
    valid = parapet("validate", cwd=narrow.path)
    assert valid.code == 0 and "warning" not in valid.text, valid
    result = narrow.scan(proxy.url)
    assert result.code == 1, result
    assert "waived 1" in result.out and f"waived by old-website: 1 finding, until {day(30)}" in result.out

    finding = target(narrow)
    assert finding["status"] == "waived"
    assert finding["waiver"] == {
        "waiver": "old-website", "reason": "Goes away with the migration", "ticket": "SEC-1412", "approved_by": "@alice",
        "expires": day(30)}
    # Nothing else changed, and the finding is the one that it was.
    after = narrow.findings()["findings"]
    [was] = [one for one in before if one["id"] == finding["id"]]
    assert {**finding, "status": "open", "waiver": None} == {**was, "waiver": None}
    assert [one for one in after if one["id"] != finding["id"]] == [one for one in before if one["id"] != finding["id"]]

    now = summary(narrow)
    assert sum(now["open"].values()) == len(before) - 1 and now["waived"] == 1
    assert now["rules"][RULE]["waived"] == 1 and now["rules"][RULE]["fail"] == numbers["rules"][RULE]["fail"] - 1
    assert now["score"] >= numbers["score"]
    page = narrow.show("parapet/results", "prod/findings.md")
    open_part, waived_part = page.split("## Waived")
    assert "old-website" in waived_part and "old-website" not in open_part
    line = json.loads(narrow.show("parapet/journal", git(
        narrow.path, "ls-tree", "-r", "--name-only", "parapet/journal")).splitlines()[-1])
    assert (line["open"], line["waived"]) == (len(before) - 1, 1)
    subject = git(narrow.path, "log", "-1", "--format=%s", "parapet/results")
    assert "1 waived" in subject and "resolved" not in subject and "new" not in subject

    narrow.write("waivers/website.yaml", waiver(expires=day(0)))
    narrow.commit()
    narrow.scan(proxy.url)
    assert target(narrow)["status"] == "open" and target(narrow)["first_seen"] == was["first_seen"]
    assert "1 no longer waived" in git(narrow.path, "log", "-1", "--format=%s", "parapet/results")


def test_a_scan_without_changes_adds_one_journal_line(proxy, narrow):
    narrow.write("waivers/a.yaml", waiver())
    narrow.write("waivers/b.yaml", waiver("b", expires=day(-1)))
    narrow.write("waivers/c.yaml", "waiver: [\n")
    narrow.commit()
    assert narrow.scan(proxy.url).code == 1
    before = {branch: narrow.tip(f"parapet/{branch}") for branch in ("snapshots", "results")}
    again = narrow.scan(proxy.url)
    assert again.code == 1 and "unchanged" in again.out
    assert {branch: narrow.tip(f"parapet/{branch}") for branch in before} == before


def test_the_gate_ignores_what_is_waived(proxy, repository):
    assert repository.scan(proxy.url).code == 1
    failing = sorted({one["rule"] for one in repository.findings()["findings"]})
    for rule in failing:
        repository.write(f"waivers/{rule}.yaml", waiver(f"all-{rule}"[:60], rule, "{tenant: prod}"))
    repository.commit()
    result = repository.scan(proxy.url)
    assert result.code == 0, result
    assert {one["status"] for one in repository.findings()["findings"]} == {"waived"}
    numbers = summary(repository)
    assert sum(numbers["open"].values()) == 0 and numbers["unknown"] == 0
    assert "no open findings" in result.out
    compliance = json.loads(repository.show("parapet/results", "prod/compliance/soc2-tsc.json"))
    for control in compliance["controls"]:
        rules = {one["rule"] for one in control["rules"] if one["evaluated"]}
        judged = sum(one["verdicts"]["pass"] for one in control["rules"])
        clean = "passed" if judged else "not_applicable"
        expected = "not_covered" if not rules else "waived" if rules & set(failing) else clean
        assert control["status"] == expected, control
    assert "waived" in {one["status"] for one in compliance["controls"]}


# what the waiver says, settings, the finding that it makes, where `validate` has an error
FAULTS = {
    "expired": (waiver(expires=day(0)), "", "parapet-waiver-expired", None),
    "malformed": (waiver(more="expiry: 2027-01-01\n"), "", "parapet-waiver-malformed", "8:1"),
    "no YAML": ("waiver: [\n", "", "parapet-waiver-malformed", "2:1"),
    "empty match": (waiver(match="{}"), "", "parapet-waiver-malformed", "3:8"),
    "no date": (waiver(expires="soon"), "", "parapet-waiver-malformed", "7:10"),
    "unused": (waiver(match="{tenant: prod, id: nobody}"), "", "parapet-waiver-unused", None),
    "unknown rule": (waiver(rule="s3-bucket-versionning"), "", "parapet-waiver-unknown-rule", "2:7"),
    "too long": (waiver(expires=day(32)), "waivers: {max_days: 30}\n", "parapet-waiver-too-long", None),
    "too severe": (waiver(), "waivers: {max_severity: info}\n", "parapet-waiver-too-severe", None),
    "other evidence": (waiver(more=f"evidence: {'0' * 64}\n"), "", "parapet-waiver-evidence-changed", None),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_does_not_hold_is_a_finding(name, proxy, narrow):
    text, settings, rule, place = FAULTS[name]
    narrow.write("parapet.yaml", "version: 1\n" + settings)
    narrow.write("waivers/website.yaml", text)
    narrow.commit()
    valid = parapet("validate", cwd=narrow.path)
    assert valid.code == (2 if place else 0), valid
    assert not place or f"waivers/website.yaml:{place}" in valid.err, valid
    result = narrow.scan(proxy.url, "--verbose")
    assert result.code == 1, result
    assert target(narrow)["status"] == "open"
    [finding] = [one for one in narrow.findings()["findings"] if own(one)]
    assert (finding["rule"], finding["status"]) == (rule, "open")
    assert finding["evidence"] and finding["remediation"]["text"]
    assert rule in result.out and rule in narrow.show("parapet/results", "prod/findings.md")
    assert summary(narrow)["open"][finding["severity"]] > 0 and summary(narrow)["waived"] == 0


def test_a_waiver_lapses_when_the_evidence_changes(own_server, narrow):
    narrow.scan(own_server.url)
    finding = target(narrow)
    canonical = json.dumps(finding["evidence"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert finding["evidence_digest"] == hashlib.sha256(canonical.encode()).hexdigest()
    narrow.write("waivers/website.yaml", waiver(more=f"evidence: {finding['evidence_digest']}\n"))
    narrow.commit()
    narrow.scan(own_server.url)
    assert target(narrow)["status"] == "waived"
    s3 = seed.Account(own_server.url).client("s3")
    status = s3.get_bucket_versioning(Bucket=ID).get("Status")
    assert status is None
    s3.put_bucket_versioning(Bucket=ID, VersioningConfiguration={"Status": "Suspended"})
    narrow.scan(own_server.url)
    assert target(narrow)["status"] == "open"
    assert [one["rule"] for one in narrow.findings()["findings"] if own(one)] == ["parapet-waiver-evidence-changed"]


def test_waivers_match_by_arn_tags_and_labels(proxy, narrow):
    narrow.write("tenants/prod.yaml", TENANT + "labels: {stage: production}\n")
    narrow.write("waivers/arn.yaml", waiver("by-arn", match="{arn: 'arn:aws:s3:::acme-web*'}"))
    narrow.write("waivers/labels.yaml", waiver("by-label", "s3-bucket-access-logging", "{labels: {stage: production}}"))
    narrow.commit()
    narrow.scan(proxy.url)
    waived = {key[:2]: one["waiver"]["waiver"] for key, one in judged(narrow.findings()["findings"]).items()
              if one["status"] == "waived"}
    assert waived[RULE, ID] == "by-arn"
    assert [key for key, name in waived.items() if name == "by-arn"] == [(RULE, ID)]
    assert {key[0] for key, name in waived.items() if name == "by-label"} == {"s3-bucket-access-logging"}
    assert not [one for one in narrow.findings()["findings"] if own(one)]


def test_a_waiver_of_one_tenant_is_not_mentioned_in_anothers_results(proxy, narrow):
    narrow.write(
        "tenants/dev.yaml",
        TENANT.replace("tenant: prod", "tenant: dev").replace("123456789012", "210987654321").replace("px-", "px-dev-"))
    narrow.write("waivers/dev.yaml", waiver("only-of-dev", match="{tenant: dev, id: x}", expires=day(-1)))
    narrow.write("waivers/broken.yaml", waiver("broken-of-dev", match="{tenant: dev, id: x}", more="extra: 1\n"))
    narrow.commit()
    narrow.scan(proxy.url, "prod")
    files = [name for name in git(narrow.path, "ls-tree", "-r", "--name-only", "parapet/results").splitlines()]
    texts = [narrow.show("parapet/results", name) for name in files]
    texts.append(narrow.show("parapet/snapshots", "prod/_policy/tenant.json"))
    assert not [text for text in texts if "of-dev" in text or "broken" in text]


def overlaid(repository, proxy, rules, defaults=""):
    repository.write("tenants/prod.yaml", TENANT + rules)
    if defaults:
        path = repository.path / "tenants/_defaults.yaml"
        repository.write("tenants/_defaults.yaml", path.read_text() + defaults)
    repository.commit()
    result = repository.scan(proxy.url)
    assert result.code in (0, 1), result
    return result


def test_a_tenant_sets_severities(proxy, narrow):
    overlaid(narrow, proxy, f"rules: {{{RULE}: {{severity: critical}}}}\n", f"rules: {{{RULE}: {{severity: info}}}}\n")
    assert target(narrow)["severity"] == "critical"
    policy = json.loads(narrow.show("parapet/snapshots", "prod/_policy/tenant.json"))
    assert policy["rules"][RULE] == {"severity": "critical"}


def test_a_tenant_sets_parameters(own_server, repository):
    rule = "iam-password-policy-min-length"
    iam = seed.Account(own_server.url).client("iam")
    iam.update_account_password_policy(MinimumPasswordLength=14)
    for length, fails in ((14, False), (15, True)):
        overlaid(repository, own_server, f"rules: {{{rule}: {{params: {{length: {length}}}}}}}\n")
        found = [one for one in repository.findings()["findings"] if one["rule"] == rule]
        assert bool(found) == fails, length
    assert "15 characters" in found[0]["message"]


def test_a_tenant_disables_a_rule_until_a_day(proxy, narrow):
    text = f"rules: {{{RULE}: {{disabled: {{reason: single copies by design, expires: %s}}}}}}\n"
    result = overlaid(narrow, proxy, text % day(2))
    assert not [key for key in judged(narrow.findings()["findings"]) if key[0] == RULE]
    assert f"disabled until {day(2)}: {RULE} (single copies by design)" in result.out
    assert "single copies by design" in narrow.show("parapet/results", "prod/findings.md")
    assert not [one for one in narrow.findings()["findings"] if own(one)]
    result = overlaid(narrow, proxy, text % day(0))
    assert target(narrow)["status"] == "open"
    [finding] = [one for one in narrow.findings()["findings"] if own(one)]
    assert finding["rule"] == "parapet-overlay-expired" and finding["rule"] in result.out
    assert narrow.findings()["disabled"] == []


@pytest.mark.parametrize(("rules", "message", "place"), [
    ("{s3-bucket-versionning: {severity: low}}", "did you mean `s3-bucket-versioning`?", "5:9"),
    ("{iam-password-policy-min-length: {params: {lenght: 9}}}", "did you mean `length`?", "5:51"),
    ("{iam-password-policy-min-length: {params: {length: 129}}}", "must be at most 128", "5:59"),
    ("{s3-bucket-versioning: {disabled: {expires: 2027-03-01}}}", "needs the key `reason`", "5:42"),
    ("{s3-bucket-versioning: {disabled: {reason: x, expires: later}}}", "must be a date, not `later`", "5:63"),
])
def test_a_faulty_overlay_stops_the_scan(rules, message, place, proxy, repository):
    repository.write("tenants/prod.yaml", f"{TENANT}rules: {rules}\n")
    repository.commit()
    for command in ("validate", "scan"):
        result = parapet(command, cwd=repository.path, endpoint=proxy.url)
        assert result.code == 2 and message in result.err and f"tenants/prod.yaml:{place}" in result.err, result
    assert not proxy.calls
