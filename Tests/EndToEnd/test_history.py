"""`parapet history` and `parapet diff`: what git tells of scans."""
import json

import boto3
import pytest

import conftest
from aws_server import AWSServer
from conftest import git, parapet

CREDENTIALS = {
    "aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
TENANT = conftest.TENANT + "regions: [us-east-1]\nscanners: [s3]\n"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """Four scans: a bucket without versions; one more; the first one fixed; a rule that does not run any more."""
    repository = conftest.Repository(tmp_path_factory.mktemp("history") / "posture")
    repository.write("tenants/prod.yaml", TENANT)
    repository.commit()
    commits = []

    def scan():
        assert repository.scan(server.url).code in (0, 1, 3)
        commits.append(repository.tip("parapet/results"))

    with AWSServer() as server:
        s3 = boto3.client("s3", endpoint_url=server.url, **CREDENTIALS)
        s3.create_bucket(Bucket="first")
        scan()
        s3.create_bucket(Bucket="second")
        scan()
        s3.put_bucket_versioning(Bucket="first", VersioningConfiguration={"Status": "Enabled"})
        scan()
        repository.write(
            "tenants/prod.yaml", TENANT
            + "rules: {s3-bucket-versioning: {disabled: {reason: by design, expires: 2099-01-01}}}\n")
        repository.commit()
        scan()
    assert len(set(commits)) == 4
    return repository, commits


def told(repository, *arguments):
    result = parapet(*arguments, "--format", "json", cwd=repository.path)
    assert result.code == 0, result
    return json.loads(result.out)


def named(lines):
    return {(line["rule"], line["resource"]) for line in lines}


def test_what_lies_between_two_scans(scanned):
    repository, commits = scanned
    [more] = told(repository, "diff", commits[0], commits[1])
    assert {line["resource"] for line in more["opened"]} == {"second"} and not more["resolved"]
    [fixed] = told(repository, "diff", commits[1], commits[2])
    assert named(fixed["resolved"]) == {("s3-bucket-versioning", "first")} and not fixed["opened"]
    assert fixed["to"]["score"] > fixed["from"]["score"]
    [withdrawn] = told(repository, "diff")
    assert named(withdrawn["withdrawn"]) == {("s3-bucket-versioning", "second")} and not withdrawn["resolved"]
    text = parapet("diff", commits[1], commits[2], cwd=repository.path)
    assert text.code == 0 and "s3-bucket-versioning first" in text.out, text


def test_history_tells_of_every_scan(scanned):
    repository, commits = scanned
    [history] = told(repository, "history")
    assert [scan["commit"] for scan in history["scans"]] == commits
    assert [scan["resolved"] for scan in history["scans"]] == [0, 0, 1, 0]
    assert [scan["opened"] for scan in history["scans"]][0] == 0 < history["scans"][1]["opened"]
    summary = json.loads(repository.show(commits[2], "prod/summary.json"))
    assert history["scans"][2]["score"] == summary["score"] and history["scans"][2]["open"] == summary["open"]
    assert sum(month["resolved"] for month in history["months"]) == 1
    text = parapet("history", "prod", cwd=repository.path)
    assert text.code == 0 and "median days to fix: " in text.out and commits[0][:10] in text.out, text


def test_days_stand_for_commits(scanned):
    repository, commits = scanned
    day = git(repository.path, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", commits[3])
    [difference] = told(repository, "diff", commits[0], day)
    assert difference["to"]["commit"] == commits[3]
    early = parapet("diff", "2001-01-01", cwd=repository.path)
    assert early.code == 2 and "no results up to 2001-01-01" in early.err, early


@pytest.mark.parametrize(("arguments", "message"), [
    (["history", "prd"], "did you mean `prod`"),
    (["history", "--since", "yesterday"], "--since"),
    (["diff", "--tenant", "prd"], "did you mean `prod`"),
    (["diff", "no-such-commit"], "no-such-commit"),
    (["blame", "frist"], "did you mean `first`"), (["blame", "first", "--type", "AWS::S3::Buket"], "has no AWS::S3::Buket"),
    (["backtest", "s3-bucket-versionin"], "did you mean `s3-bucket-versioning`"),
    (["backtest", "s3-bucket-versioning", "--tenant", "prd"], "did you mean `prod`"),
])
def test_what_cannot_be_told_says_why(scanned, arguments, message):
    result = parapet(*arguments, cwd=scanned[0].path)
    assert result.code == 2 and message in result.err, result


def test_denied_calls_resolve_nothing(tmp_path):
    """A finding whose attribute cannot be read any more is neither open nor resolved, and keeps its date."""
    from fault_proxy import FaultProxy, deny
    repository = conftest.Repository(tmp_path / "posture")
    repository.write("tenants/prod.yaml", TENANT)
    repository.commit()
    with AWSServer() as server:
        boto3.client("s3", endpoint_url=server.url, **CREDENTIALS).create_bucket(Bucket="first")
        assert repository.scan(server.url).code in (0, 1, 3)
        before = {finding["id"]: finding for finding in repository.findings()["findings"]}
        with FaultProxy(server.url) as proxy:
            proxy.fail("s3", "GetBucketVersioning", deny())
            assert repository.scan(proxy.url).code == 3
        lost = repository.findings()
        [undecided] = [finding for finding in lost["undecided"] if finding["rule"] == "s3-bucket-versioning"]
        assert undecided["first_seen"] == before[undecided["id"]]["first_seen"]
        assert "1 cannot be judged any more" in git(repository.path, "log", "-1", "--format=%s", "parapet/results")
        [difference] = told(repository, "diff")
        assert named(difference["undecided"]) == {("s3-bucket-versioning", "first")} and not difference["resolved"]
        assert repository.scan(server.url).code in (0, 1, 3)
    after = {finding["id"]: finding for finding in repository.findings()["findings"]}
    assert after == before
    assert repository.findings()["undecided"] == []
    assert parapet("verify", "--all", cwd=repository.path).code == 0


def test_results_that_cannot_be_read_are_named(server, tmp_path):
    """Somebody merged by hand, and left the marks of it."""
    repository = conftest.Repository(tmp_path / "posture")
    repository.write("tenants/prod.yaml", TENANT)
    repository.commit()
    assert repository.scan(server.url).code in (0, 1, 3)
    [finding, *_] = repository.findings()["findings"]
    folder = tmp_path / "worktree"
    git(repository.path, "worktree", "add", "-q", str(folder), "parapet/results")
    (folder / "prod/findings.json").write_text("<<<<<<< ours\n")
    (folder / "dev").mkdir()
    (folder / "dev/summary.json").write_text("=======\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Merge")
    git(repository.path, "worktree", "remove", "--force", str(folder))
    commit = repository.tip("parapet/results")[:10]
    difference = parapet("diff", "--tenant", "prod", cwd=repository.path)
    assert f"what {commit} says of prod is nothing that a scan writes: it is left out" in difference.err, difference
    fix = parapet("fix", finding["id"], "--tenant", "prod", cwd=repository.path)
    assert fix.code == 3 and f"`prod/findings.json` at {commit} cannot be read" in fix.err, fix
    assert repository.scan(server.url).code in (0, 1, 3)
    subject = git(repository.path, "log", "-1", "--format=%s", "parapet/results")
    assert f"earlier findings cannot be read, {len(repository.findings()['findings'])} open" in subject
    overview = repository.show("parapet/results", "README.md")
    assert "| [dev](dev/README.md) | ? |" in overview and "[prod]" in overview, overview
    assert parapet("fix", finding["id"], "--tenant", "prod", cwd=repository.path).code == 0


def snapshot_of(repository, results):
    message = git(repository.path, "log", "-1", "--format=%B", results)
    return next(line.split(": ")[1] for line in message.splitlines() if line.startswith("Parapet-Snapshot"))


def test_blame_names_the_scan_that_brought_a_value(scanned):
    repository, commits = scanned
    [blame] = told(repository, "blame", "first")
    values = {value["pointer"]: value for value in blame["values"]}
    status = values["/config/Versioning/Status"]
    assert status["value"] == "Enabled" and status["commit"] == snapshot_of(repository, commits[2]) and not status["first_scan"]
    name = values["/config/Name"]
    assert name["commit"] == snapshot_of(repository, commits[0]) and name["first_scan"]
    [by_arn] = told(repository, "blame", "arn:aws:s3:::first", "--tenant", "prod", "--type", "AWS::S3::Bucket")
    assert by_arn == blame
    # What a finding rests on, also where that is not there.
    assert blame["findings"]
    for finding in blame["findings"]:
        assert finding["evidence"] and all(one["since"]["first_scan"] for one in finding["evidence"]), finding
    text = parapet("blame", "first", cwd=repository.path)
    assert text.code == 0, text
    line = next(line for line in text.out.splitlines() if "/config/Versioning/Status" in line)
    assert line.startswith(" " + snapshot_of(repository, commits[2])[:10]) and line.endswith('"Enabled"')
    assert "^" + snapshot_of(repository, commits[0])[:10] in text.out
    # The second bucket came with the second scan: nothing of it is older.
    [second] = told(repository, "blame", "second")
    assert {(value["commit"], value["first_scan"]) for value in second["values"]} == {
        (snapshot_of(repository, commits[1]), False)}


def test_blame_does_not_take_what_it_cannot_read_for_nothing(scanned, tmp_path):
    """A forged history: the bucket's file was something else before the newest scan."""
    import shutil
    from types import SimpleNamespace
    repository = SimpleNamespace(path=tmp_path / "posture")
    shutil.copytree(scanned[0].path, repository.path)
    folder = tmp_path / "worktree"
    git(repository.path, "worktree", "add", "-q", str(folder), "parapet/snapshots")
    [file] = folder.glob("prod/*/*S3*Bucket/first.json")
    good = file.read_text()
    for text in ("{}", good):
        file.write_text(text)
        git(folder, "commit", "-qam", "forged")
    journal = tmp_path / "journal"
    git(repository.path, "worktree", "add", "-q", str(journal), "parapet/journal")
    [lines] = journal.glob("prod/*")
    newest = json.loads(lines.read_text().splitlines()[-1])
    newest["snapshot"] = git(folder, "rev-parse", "HEAD")
    lines.write_text(lines.read_text() + json.dumps(newest) + "\n")
    git(journal, "commit", "-qam", "forged")
    result = parapet("blame", "first", cwd=repository.path)
    assert result.code == 3 and "first.json` at" in result.err and "is no file of a snapshot" in result.err, result


def test_backtest_judges_the_past_by_a_rule(scanned):
    repository, commits = scanned
    [backtest] = told(repository, "backtest", "s3-bucket-versioning")
    # The fourth scan found the same resources under another policy.
    assert [scan["commit"] for scan in backtest["scans"]] == [snapshot_of(repository, one) for one in commits]
    counts = [(scan["verdicts"]["fail"], scan["verdicts"]["pass"]) for scan in backtest["scans"]]
    assert counts == [(1, 0), (2, 0), (1, 1), (1, 1)]
    assert [(scan["opened"], scan["resolved"]) for scan in backtest["scans"]] == [(1, 0), (1, 0), (0, 1), (0, 0)]
    first, second = backtest["failures"]
    assert (first["id"], first["may_be_older"]) == ("first", True) and first["until"] == backtest["scans"][2]["time"]
    assert (second["id"], second["may_be_older"], second["until"]) == ("second", False, None)
    # A rule that nobody has committed yet, of a type that no scan collected.
    repository.write("policies/own.yaml", conftest.RULE.replace("AWS::S3::Bucket", "AWS::EC2::Volume").replace(
        "Versioning.Status: Enabled", "Encrypted: true").replace(
            "{Name: b, Versioning: {Status: Suspended}}", "{VolumeId: v, Encrypted: false}").replace(
                "{Name: b, Versioning: {Status: Enabled}}", "{VolumeId: v, Encrypted: true}"))
    try:
        [backtest] = told(repository, "backtest", "mine", "--worktree")
        assert {scan["verdicts"]["unknown"] for scan in backtest["scans"]} == {1} and not backtest["failures"]
        assert all("not collected" in cause for scan in backtest["scans"] for cause in scan["causes"])
        text = parapet("backtest", "mine", "--worktree", cwd=repository.path)
        assert "AWS::EC2::Volume: not collected" in text.out, text
    finally:
        (repository.path / "policies/own.yaml").unlink()
    text = parapet("backtest", "s3-bucket-versioning", cwd=repository.path)
    assert "4 snapshots" in text.out and "2 failures, 1 open now" in text.out, text
    later = parapet("backtest", "s3-bucket-versioning", "--since", "2099-01-01", cwd=repository.path)
    assert later.code == 0 and "no snapshots" in later.out, later
