"""parapet report: every format against the schema or the library of those who read it."""
import csv
import html.parser
import json
import os
import re
import shlex
import shutil
import subprocess
import urllib.parse
import uuid
import warnings
from pathlib import Path

import botocore.session
import botocore.validate
import jsonschema
import pytest

from conftest import ROOT, TENANT, Repository, git, parapet
from days import day
from fault_proxy import FaultProxy, deny
from test_reference_commands import sarif_schema  # noqa: F401
from test_waivers import waiver

FORMATS = ["json", "ndjson", "csv", "markdown", "html", "sarif", "ocsf", "asff", "oscal", "junit"]
ALONE = {"markdown", "html", "oscal"}
SCAN = {"version": 1, "account": "210987654321", "partition": "aws", "regions": ["eu-west-1"], "gaps": [],
        "types": ["AWS::S3::Bucket"]}
HOSTILE = [
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "+1", "@x", "\t=1", "\r=1", "\u202e=1", "a\r\nb,\"c\"\n", "]]>&#0;\uffff",
    "\x1b[2J\u202ekey\u2066\u0085", "[x](https://evil.example)", "{{ insert: param, x }}", "| a | b |", "`a`", "{0}", "\\",
    "x" * 4096, "\"; rm -rf /", "' onclick=alert(1) x='", "&amp;", "-->", "\ufffe"]
LIVE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def commit_on(repository, branch, files, folder):
    """Puts files on a branch that is not checked out."""
    worktree = folder / "worktree"
    exists = repository.tip(branch)
    git(repository.path, "worktree", "add", "-q", *([str(worktree), branch] if exists else ["--orphan", "-b", branch, str(worktree)]))
    for path, document in files.items():
        file = worktree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(document if isinstance(document, str) else json.dumps(document))
    git(worktree, "add", "-A")
    git(worktree, "commit", "-q", "-m", "By hand")
    git(repository.path, "worktree", "remove", "--force", str(worktree))


def bucket(name, number):
    return f"dev/eu-west-1/AWS--S3--Bucket/{number}.json", {
        "type": "AWS::S3::Bucket", "id": name, "arn": "arn:aws:s3:::" + name, "account": "210987654321",
        "region": "eu-west-1", "tags": {name[:100]: name, "owner": name}, "config": {"Name": name, "Versioning": {"Status": name}},
        "uncollected": {"Encryption": name[:200]}}


@pytest.fixture(scope="module")
def repository(server, tmp_path_factory):
    """Scanned, with a waiver and something denied; and a tenant `dev` with buckets that nobody could make."""
    folder = tmp_path_factory.mktemp("reports")
    repository = Repository(folder / "posture")
    repository.write("waivers/website.yaml", waiver())
    repository.write("waivers/expired.yaml", waiver("expired", expires=day(-1)))
    repository.write(
        "tenants/dev.yaml", TENANT.replace("tenant: prod", "tenant: dev").replace("123456789012", "210987654321")
        .replace("px-", "px-dev-") + "rules: {s3-bucket-access-logging: {disabled: {reason: '=1 <b>', expires: " + day(9) + "}}}\n")
    repository.commit()
    with FaultProxy(server.url) as proxy:
        proxy.fail("s3", "GetBucketEncryption", deny())
        proxy.fail("ec2", "DescribeVolumes", deny("UnauthorizedOperation"))
        assert repository.scan(proxy.url, "prod").code == 3
    record_dev(repository, folder)
    return repository


def record_dev(repository, folder):
    """Puts on the branches what a scan of `dev` would, which has prod's policy but for a disabled rule."""
    off = {"reason": "=1 <b>", "expires": day(9), "path": "tenants/dev.yaml"}
    names = git(repository.path, "ls-tree", "-r", "--name-only", "parapet/snapshots", "prod/_policy").splitlines()
    policy = {name.replace("prod/", "dev/", 1): repository.show("parapet/snapshots", name) for name in names}
    tenant = {
        **json.loads(policy["dev/_policy/tenant.json"]), "tenant": "dev", "account": "210987654321", "waivers": [], "owner_tags": ["team", "owner"],
        "malformed_waivers": [], "rules": {"s3-bucket-access-logging": {"disabled": off}}}
    commit_on(repository, "parapet/snapshots", {
        **policy, "dev/_policy/tenant.json": tenant, "dev/_scan.json": SCAN,
        **dict(bucket(name, number) for number, name in enumerate(HOSTILE))}, folder)
    commit_on(repository, "parapet/results", {
        "dev/summary.json": {"version": 1}, "dev/findings.json": {"version": 1, "tenant": "dev", "findings": []}}, folder)
    line = {
        "time": git(repository.path, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "parapet/snapshots"),
        "run": "1", "tenant": "dev", "revision": repository.tip("HEAD"), "version": "0", "calls": 0, "errors": 0,
        "snapshot": repository.tip("parapet/snapshots"), "results": repository.tip("parapet/results")}
    commit_on(repository, "parapet/journal", {"dev/2026-11.ndjson": json.dumps(line) + "\n"}, folder)


def report(repository, format, *arguments, tenant="prod"):
    names = ["--tenant", tenant] if tenant else []
    result = parapet("report", "--format", format, *names, *arguments, cwd=repository.path)
    assert result.code == 0 and result.err == "", result
    return result.out


@pytest.fixture(scope="module")
def lines(repository):
    """Every finding and unknown check by tenant, as NDJSON has them."""
    return {tenant: [json.loads(line) for line in report(repository, "ndjson", tenant=tenant).split("\n")[:-1]]
            for tenant in ("prod", "dev")}


TENANTS = pytest.mark.parametrize("tenant", ["prod", "dev"])


# All formats

def test_formats_are_listed():
    text = " ".join(parapet("help", "report").out.split())
    assert re.search(r"values: ([a-z, ]+)", text)[1] == ", ".join(FORMATS)
    assert re.findall(r"^\| `(\w+)` \| \S.*`\.", (ROOT / "docs/reports.md").read_text(), re.M) == FORMATS
    result = parapet("report", "--format", "pdf")
    assert result.code == 2 and "ndjson" in result.err, result


@TENANTS
@pytest.mark.parametrize("format", FORMATS)
def test_equal_inputs_have_equal_bytes(format, tenant, repository, tmp_path):
    text = report(repository, format, tenant=tenant)
    out = tmp_path / "report"
    assert report(repository, format, "--output", out, tenant=tenant) == ""
    raw = out.read_bytes().decode()
    assert raw.replace("\r\n", "\n").replace("\r", "\n") == text
    assert not LIVE.search(raw) and text.endswith("\n"), LIVE.search(raw)
    assert ("\r" in raw) == (format == "csv")


@pytest.mark.parametrize("format", FORMATS)
def test_all_tenants(format, repository, lines):
    if format in ALONE:
        result = parapet("report", "--format", format, cwd=repository.path)
        assert result.code == 2 and result.out == "" and "--tenant: dev, prod" in result.err, result
    else:
        text = report(repository, format, tenant=None)
        for tenant in lines:
            assert all(line["id"] in text for line in lines[tenant] if line["status"] != "unknown" or format != "json")


def test_the_only_tenant_needs_no_name(server, tmp_path):
    alone = Repository(tmp_path / "alone")
    alone.write("tenants/prod.yaml", TENANT + "regions: [us-east-1]\nscanners: [s3]\n")
    alone.commit()
    assert alone.scan(server.url).code in (0, 1, 3)
    for format in ALONE:
        assert report(alone, format, tenant=None) == report(alone, format, tenant="prod")


def test_unknown_tenants_and_missing_snapshots(repository, tmp_path):
    result = parapet("report", "--tenant", "prd", "--format", "csv", cwd=repository.path)
    assert result.code == 2 and "did you mean `prod`?" in result.err, result
    new = Repository(tmp_path / "new")
    result = parapet("report", "--tenant", "prod", "--format", "csv", cwd=new.path)
    assert result.code == 2 and result.out == "" and "there is no branch `parapet/results`" in result.err, result


def test_first_seen_is_carried_over(repository, lines, tmp_path):
    """From the results branch; the rest is what the scan itself said."""
    findings = repository.findings()
    said = {one["id"]: one for one in findings["findings"]}
    for line in lines["prod"]:
        if line["status"] != "unknown":
            assert {**said[line["id"]], "tenant": "prod", "account": "123456789012", "collected_at": line["collected_at"]} == line
    assert len(said) == sum(line["status"] != "unknown" for line in lines["prod"])
    assert json.loads(report(repository, "json")) == findings
    assert report(repository, "markdown") == repository.show("parapet/results", "prod/findings.md") + "\n"
    old = {**findings, "findings": [{**one, "first_seen": "2020-01-02T03:04:05Z"} for one in findings["findings"]]}
    branches = ["parapet/results", "parapet/journal"]
    before = [repository.tip(branch) for branch in branches]
    commit_on(repository, "parapet/results", {"prod/findings.json": old}, tmp_path)
    [journal] = [name for name in git(repository.path, "ls-tree", "-r", "--name-only", "parapet/journal").splitlines() if "prod/" in name]
    line = {**json.loads(repository.show("parapet/journal", journal)), "results": repository.tip("parapet/results")}
    commit_on(repository, "parapet/journal", {journal: json.dumps(line) + "\n"}, tmp_path)
    try:
        assert {one["first_seen"] for one in json.loads(report(repository, "json"))["findings"]} == {"2020-01-02T03:04:05Z"}
    finally:
        for branch, tip in zip(branches, before):
            git(repository.path, "update-ref", f"refs/heads/{branch}", tip)


def test_what_is_there(lines):
    assert {line["status"] for line in lines["prod"]} == {"open", "waived", "unknown"}
    assert {line["status"] for line in lines["dev"]} >= {"open", "unknown"}
    seen = {line["resource"]["id"] for line in lines["dev"]}
    assert set(HOSTILE) <= seen


def test_owners(repository, lines):
    """By the tags that the policy names: in prod, the settings of a new repository."""
    owners = {line["resource"]["id"]: line.get("owner") for line in lines["prod"]}
    assert owners["acme-ledger"] == "payments" and None in owners.values(), owners
    for line in lines["dev"]:
        assert line.get("owner") == (line["resource"]["id"] if line["resource"]["id"] in HOSTILE else None)
    assert {"owner" in line for line in lines["dev"] if line["status"] == "unknown"} == {True, False}
    owners = {line["id"]: line["owner"] for line in lines["dev"] if "owner" in line}
    [run] = json.loads(report(repository, "sarif", tenant="dev"))["runs"]
    found = {one["fingerprints"]["parapet/v1"]: one["properties"].get("owner") for one in run["results"]}
    assert all((found[id] is not None) == (id in owners) for id in found)
    plain = {id for id, owner in owners.items() if owner.isascii() and owner.isprintable()}
    assert plain and all(found[id] == owners[id] for id in plain)


def test_links_lead_to_the_console(lines):
    hosts = {"console.aws.amazon.com"} | {f"{region}.console.aws.amazon.com" for region in ("eu-west-1", "us-east-1")}
    links = [(line, urllib.parse.urlsplit(line["console"])) for tenant in lines for line in lines[tenant] if "console" in line]
    for line, link in links:
        assert link.scheme == "https" and link.netloc in hosts and line["resource"]["id"] != "*", line
        if line["resource"]["type"] == "AWS::S3::Bucket":
            assert link.path.startswith("/s3/buckets/") and not link.fragment
            assert urllib.parse.unquote(link.path.removeprefix("/s3/buckets/")) == line["resource"]["id"]
            assert link.query == "region=" + line["resource"]["region"]
    assert len({line["resource"]["type"] for line, _ in links}) >= 5


@pytest.mark.parametrize("format", FORMATS)
def test_one_framework(format, repository, lines):
    rules = {rule["rule"] for control in json.loads(repository.show("parapet/results", "prod/compliance/soc2-tsc.json"))["controls"]
             for rule in control["rules"]}
    inside = [line for line in lines["prod"] if line["rule"] in rules]
    outside = {line["rule"] for line in lines["prod"]} - rules
    assert inside and outside
    text = report(repository, format, "--framework", "soc2-tsc")
    assert not any(rule in text for rule in outside)
    if format == "json":
        document = json.loads(text)
        assert document["framework"] == "soc2-tsc"
        assert {one["id"] for one in document["findings"]} == {one["id"] for one in inside if one["status"] != "unknown"}
        assert {rule for group in document["unknown"] for rule in group["rules"]} == {
            one["rule"] for one in inside if one["status"] == "unknown"}
    elif format == "ndjson":
        assert [json.loads(line)["id"] for line in text.splitlines()] == [line["id"] for line in inside]
    elif format != "markdown":
        assert all(line["id"] in text for line in inside)


def test_unknown_frameworks(repository):
    for tenant in (["--tenant", "prod"], []):
        result = parapet("report", "--format", "csv", "--framework", "soc2-tcs", *tenant, cwd=repository.path)
        assert result.code == 2 and result.out == "" and "did you mean `soc2-tsc`?" in result.err, result
        assert "there are no results of the framework `soc2-tcs`" in result.err


# One by one

def test_json(repository):
    schema = json.loads(parapet("schema", "findings").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(json.loads(report(repository, "json", "--framework", "soc2-tsc")))
    for document in [*json.loads(report(repository, "json", tenant=None)), repository.findings()]:
        validator.validate(document)
    broken = repository.findings()
    broken["findings"][0]["severity"] = "bad"
    assert not validator.is_valid(broken)


@TENANTS
def test_csv(tenant, repository, lines, tmp_path):
    out = tmp_path / "report.csv"
    report(repository, "csv", "--output", out, tenant=tenant)
    with out.open(newline="") as file:
        rows = list(csv.reader(file, strict=True))
    header = rows.pop(0)
    assert len(rows) == len(lines[tenant]) and {len(row) for row in rows} == {len(header)}
    for row, line in zip(rows, lines[tenant]):
        values = dict(zip(header, row))
        assert [values["id"], values["status"], values["rule"]] == [line["id"], line["status"], line["rule"]]
        assert not any(re.match(r"[\s\u200b]*[=+\-@\t\r]", cell) for cell in row), row
        assert not any("\n" in cell or "\r" in cell for cell in row)
        if line["status"] == "waived":
            assert values["approved_by"] == "'@alice" and values["waived_until"] == line["waiver"]["expires"]


@TENANTS
def test_markdown(tenant, repository, lines, tmp_path):
    program = shutil.which("cmark-gfm") or pytest.skip("cmark-gfm is missing: apt install cmark-gfm")
    out = tmp_path / "report.md"
    report(repository, "markdown", "--output", out, tenant=tenant)
    page = subprocess.run(
        [program, "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tagfilter", "--unsafe", str(out)],
        check=True, capture_output=True, text=True).stdout
    assert set(re.findall(r"</?(\w+)", page)) <= {
        "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "a"}
    for link in re.findall("<a[^>]*>", page):
        assert re.fullmatch(r'<a href="https://([a-z0-9-]+\.)?console\.aws\.amazon\.com/[^"<>\s]*">', link), link
    for table in page.split("<table>")[1:]:
        assert len({len(re.findall("<t[hd]", row)) for row in table.split("</table>")[0].split("<tr>")[1:]}) == 1
    rows = page.split("<tbody>")[2:]
    assert sum(part.split("</tbody>")[0].count("<tr>") for part in rows) >= sum(line["status"] != "unknown" for line in lines[tenant])


class Page(html.parser.HTMLParser):
    """What a browser would see: tags, attributes, text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.stack, self.articles = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "br"):
            self.stack.append(tag)
        if tag == "article":
            self.articles.append("")

    def handle_endtag(self, tag):
        if tag not in ("meta", "br"):
            assert self.stack.pop() == tag

    def handle_data(self, data):
        if "article" in self.stack:
            self.articles[-1] += data


@TENANTS
def test_html(tenant, repository, lines):
    text = report(repository, "html", tenant=tenant)
    page = Page(text)
    assert page.stack == []
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "h1", "h2", "h3", "p",
        "span", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "code", "pre", "br", "a"}
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes)
        assert tag != "a" or attributes["href"].startswith("https://")
    policy = next(attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert len(page.articles) == len(lines[tenant])
    by_id = {attributes["id"].removeprefix("f-"): article for article, (tag, attributes) in zip(
        page.articles, [one for one in page.tags if one[0] == "article"])}
    for line in lines[tenant]:
        article = by_id[line["id"]]
        assert line["rule"] in article and all(control in article for control in line["controls"])
        if line["status"] == "waived":
            assert "approved by @alice" in article and line["waiver"]["expires"] in article
        if line["status"] == "unknown":
            assert "Causes" in article


@pytest.mark.parametrize("tenant", ["prod", "dev", None])
def test_sarif(tenant, repository, lines, sarif_schema):  # noqa: F811
    log = json.loads(report(repository, "sarif", tenant=tenant))
    sarif_schema.validate(log)
    assert [run["properties"]["tenant"] for run in log["runs"]] == ([tenant] if tenant else ["dev", "prod"])
    for run in log["runs"]:
        expected = lines[run["properties"]["tenant"]]
        assert [one["fingerprints"]["parapet/v1"] for one in run["results"]] == [line["id"] for line in expected]
        for result, line in zip(run["results"], expected):
            assert result["kind"] == ("review" if line["status"] == "unknown" else "fail")
            assert bool(result.get("suppressions")) == (line["status"] == "waived")
            assert str(uuid.UUID(result["guid"])) == result["guid"]


@TENANTS
def test_ocsf(tenant, repository, lines):
    models = pytest.importorskip("py_ocsf_models.events.findings.compliance_finding")
    from py_ocsf_models import OCSF_VERSION
    events = json.loads(report(repository, "ocsf", tenant=tenant))
    assert [event["finding_info"]["uid"] for event in events] == [line["id"] for line in lines[tenant]]
    for event, line in zip(events, lines[tenant]):
        finding = models.ComplianceFinding.model_validate(event)
        assert finding.metadata.version == OCSF_VERSION and finding.class_uid == 2003
        assert finding.type_uid == 200300 + finding.activity_id
        assert finding.status_id.name == {"open": "New", "waived": "Suppressed", "unknown": "Unknown"}[line["status"]]
        assert finding.compliance.status_id.name == ("Unknown" if line["status"] == "unknown" else "Fail")
        assert finding.severity == {"info": "Informational"}.get(line["severity"], line["severity"].capitalize())
        assert event["cloud"]["account"]["uid"] == line["account"]


# Security Hub's limits that are in its documentation and not in botocore's model.
LIMITS = {"Title": 256, "Description": 1024, "Id": 512, "GeneratorId": 512, "ProductArn": 2048, "Region": 16}


@TENANTS
def test_asff(tenant, repository, lines):
    shape = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
    types = set(shape.members["Findings"].member.members["Resources"].member.members["Details"].members) | {"AwsAccount"}
    batches = json.loads(report(repository, "asff", tenant=tenant))
    findings = []
    for batch in batches:
        errors = botocore.validate.ParamValidator().validate(batch, shape)
        assert not errors.has_errors(), errors.generate_report()
        assert 1 <= len(batch["Findings"]) <= 100 and len({one["ProductArn"] for one in batch["Findings"]}) == 1
        findings += batch["Findings"]
    by_id = {finding["Id"].split("/")[-1]: finding for finding in findings}
    assert len(by_id) == len(findings) == len(lines[tenant])
    for line in lines[tenant]:
        finding = by_id[line["id"]]
        assert all(0 < len(finding[name].encode("utf-16-le")) <= 2 * limit for name, limit in LIMITS.items())
        assert finding["Compliance"]["Status"] == ("NOT_AVAILABLE" if line["status"] == "unknown" else "FAILED")
        assert finding["Workflow"]["Status"] == ("SUPPRESSED" if line["status"] == "waived" else "NEW")
        assert len(finding["ProductFields"]) <= 50
        assert all(len(name) <= 128 and 0 < len(value) <= 2048 for name, value in finding["ProductFields"].items())
        assert len(finding.get("Note", {"Text": ""})["Text"]) <= 512
        assert len(finding.get("Remediation", {}).get("Recommendation", {}).get("Text", "")) <= 512
        assert len(json.dumps(finding).encode()) < 240 * 1024
        assert f":securityhub:{finding['Region']}:{line['account']}:" in finding["ProductArn"]
        [resource] = finding["Resources"]
        assert resource["Type"] in types and len(resource["Id"]) <= 512


def test_asff_knows_the_names_of_types():
    """Every type that Security Hub has a shape for."""
    source = (ROOT / "Sources/Reports/ASFFResourceType.swift").read_text()
    shape = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
    details = set(shape.members["Findings"].member.members["Resources"].member.members["Details"].members)
    assert set(re.findall(r'"(Aws\w+)"', source)) - {"AwsAccount"} == {name for name in details if name.startswith("Aws")}


@TENANTS
def test_oscal(tenant, repository, lines):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trestle = pytest.importorskip("trestle.oscal.assessment_results")
    text = report(repository, "oscal", tenant=tenant)
    model = trestle.Model.parse_raw(text).assessment_results
    [result] = model.results
    document = json.loads(text)["assessment-results"]["results"][0]
    uuids = re.findall(r'"uuid": "([^"]+)"', text)
    assert len(uuids) == len(set(uuids)) and {uuid.UUID(one).version for one in uuids} == {5}
    # Whatever is referred to is there.
    named = re.findall(r'"(?:subject|observation|risk)-uuid": "([^"]+)"', text)
    assert set(named) <= set(uuids) and document["observations"]
    assert len(result.observations) == len(lines[tenant])
    seen = {prop.value for observation in result.observations for prop in observation.props if prop.name == "id"}
    assert seen == {line["id"] for line in lines[tenant]}
    deadlines = [risk for risk in document["risks"] if risk["status"] == "deviation-approved"]
    assert len(deadlines) == sum(line["status"] == "waived" for line in lines[tenant]) and all("deadline" in one for one in deadlines)
    # By the framework's own report, where the scan left one.
    if tenant == "prod":
        controls = json.loads(repository.show("parapet/results", "prod/compliance/soc2-tsc.json"))["controls"]
        states = [finding["target"]["status"]["state"] for finding in document["findings"]]
        assert states == ["satisfied" if one["status"] in ("passed", "not_applicable") else "not-satisfied"
                          for one in controls if one["status"] != "not_covered"]


@pytest.mark.parametrize("tenant", ["prod", "dev", None])
def test_junit(tenant, repository, lines, tmp_path):
    program = shutil.which("xmllint") or pytest.skip("xmllint is missing: apt install libxml2-utils")
    folder = Path(os.environ.get("PARAPET_SCHEMAS") or ROOT.parent / "shared/schemas")
    schema = folder / "junit-10.xsd"
    out = tmp_path / "report.xml"
    report(repository, "junit", "--output", out, tenant=tenant)
    subprocess.run([program, "--noout", str(out)], check=True)
    import xml.etree.ElementTree as tree
    root = tree.parse(out).getroot()
    expected = [line for name in ([tenant] if tenant else ["dev", "prod"]) for line in lines[name]]
    for tag, status in (("failure", "open"), ("error", "unknown")):
        wanted = [line["id"] for line in expected if line["status"] == status]
        found = [re.search("^id: (.*)$", one.text, re.M)[1] for one in root.iter(tag)]
        assert sorted(found) == sorted(wanted)
    waived = [one for one in root.iter("skipped") if one.get("type") == "waived"]
    assert len(waived) == sum(line["status"] == "waived" for line in expected)
    if not schema.exists():
        pytest.skip(f"{schema.name} is missing: set PARAPET_SCHEMAS to its folder")
    subprocess.run([program, "--noout", "--schema", str(schema), str(out)], check=True, capture_output=True)


# parapet fix

def test_fix(repository):
    finding = next(one for one in repository.findings()["findings"] if "cli" in one["remediation"] and "terraform" in one["remediation"])
    result = parapet("fix", finding["id"][:12], cwd=repository.path)
    assert result.code == 0 and result.err == "", result
    assert finding["message"] in result.out and finding["id"] in result.out
    for way in ("text", "cli", "terraform"):
        assert finding["remediation"][way].strip() in result.out
        alone = parapet("fix", finding["id"], "--format", way, "--tenant", "prod", cwd=repository.path)
        assert alone.code == 0 and alone.out.strip() == finding["remediation"][way].strip(), alone


def test_fix_does_not_guess(repository):
    findings = repository.findings()["findings"]
    for name, words in (("", "there is no finding"), ("zz", "there is no finding"), ("a" * 40, "there is no finding")):
        result = parapet("fix", name, cwd=repository.path)
        assert result.code == 2 and words in result.err and result.out == "", result
    digits = [one["id"][0] for one in findings]
    many = next(digit for digit in digits if digits.count(digit) > 1)
    result = parapet("fix", many, cwd=repository.path)
    assert result.code == 2 and f"{digits.count(many)} findings begin with `{many}`" in result.err, result
    without = next(one for one in findings if "cli" not in one["remediation"])
    result = parapet("fix", without["id"], "--format", "cli", cwd=repository.path)
    assert result.code == 2 and "has no remediation as cli" in result.err and result.out == "", result


def test_fix_quotes_names(repository, lines, tmp_path):
    """Names are one word of the shell each, and what cannot be one is not offered as a command."""
    findings = {"version": 1, "tenant": "dev", "account": "210987654321", "unknown": [], "disabled": [], "findings": [
        {**{key: line[key] for key in line if key not in ("tenant", "account", "collected_at")}}
        for line in lines["dev"] if line["status"] != "unknown"]}
    planted = dict(findings["findings"][0], id="f" * 32, message="\x1b[2J", remediation={"cli": "echo \x1b[2J", "text": "a\u202eb"})
    findings["findings"].append(planted)
    before = repository.tip("parapet/results")
    commit_on(repository, "parapet/results", {"dev/findings.json": findings}, tmp_path)
    try:
        seen = 0
        for finding in [one for one in findings["findings"] if one["rule"] == "s3-bucket-versioning"][:30]:
            name = finding["resource"]["id"]
            result = parapet("fix", finding["id"], "--format", "cli", cwd=repository.path)
            if LIVE.search(name) or "\n" in name or "\r" in name:
                assert result.code == 2 and result.out == "", result
            else:
                words = shlex.split(result.out)
                assert words[words.index("--bucket") + 1] == name
                seen += 1
            assert not LIVE.search(result.text)
        assert seen >= 10
        result = parapet("fix", "f" * 32, cwd=repository.path)
        assert result.code == 0 and not LIVE.search(result.text) and "echo" not in result.out, result
        assert parapet("fix", "f" * 32, "--format", "cli", cwd=repository.path).code == 2
    finally:
        git(repository.path, "update-ref", "refs/heads/parapet/results", before)
