"""Reviews on GitHub, through the program, against a server that checks GitHub's contract."""
import json
import shutil

import pytest

from conftest import EXTERNAL_ID, ROLE, Repository, git, parapet
from days import day
from fault_proxy import FaultProxy
from github_server import REPOSITORY, GitHub, Job

RULE = """\
rule: {name}
title: Buckets keep <b>versions</b> @alice #1
severity: {severity}
resource: AWS::S3::Bucket
pass_when: {{Versioning.Status: Enabled}}
message: "{{Name}} keeps no versions | ##[error]x"
remediation: {{text: Switch it on.}}
tests:
  - {{expect: fail, given: {{Name: b, Versioning: {{Status: Suspended}}}}}}
  - {{expect: pass, given: {{Name: b, Versioning: {{Status: Enabled}}}}}}
"""


@pytest.fixture(scope="module")
def scanned(server, tmp_path_factory):
    """A repository whose tenant was scanned once: buckets alone, which takes less time."""
    repository = Repository(tmp_path_factory.mktemp("scanned") / "posture")
    repository.write("tenants/_defaults.yaml", "regions: [eu-west-1, us-east-1]\nscanners: [s3]\nframeworks: [soc2-tsc]\n")
    repository.write("parapet.yaml", 'version: 1\nwaivers: {approvers: ["@alice", "@octo/security"]}\n')
    repository.commit()
    with FaultProxy(server.url, trust={ROLE: EXTERNAL_ID}) as proxy:
        assert repository.scan(proxy.url).code == 1
    return repository


class Change:
    """A branch with a change of a scanned repository."""

    def __init__(self, scanned, path):
        shutil.copytree(scanned.path, path)
        self.path = path
        self.base = git(path, "rev-parse", "HEAD")
        git(path, "checkout", "-q", "-b", "change")

    def write(self, name, content):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)

    def commit(self):
        git(self.path, "add", "-A")
        git(self.path, "commit", "-q", "-m", "Change")
        return self.head

    @property
    def head(self):
        return git(self.path, "rev-parse", "HEAD")

    def add_rules(self, count=1, severity="high"):
        for number in range(count):
            self.write(f"policies/mine-{number}.yaml", RULE.format(name=f"mine-{number}", severity=severity))
        return self.commit()


@pytest.fixture
def change(scanned, tmp_path):
    return Change(scanned, tmp_path / "change")


@pytest.fixture(scope="module")
def server_of_github(tmp_path_factory):
    with GitHub(tmp_path_factory.mktemp("github") / "server") as github:
        yield github


@pytest.fixture
def github(server_of_github):
    yield server_of_github
    assert server_of_github.errors() == []


def review(change, job, *arguments, **more):
    return parapet("review", *arguments, cwd=change.path, **{**job.variables, **more})


def test_a_pull_request_gets_one_comment_and_a_check(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    job = Job(tmp_path / "job", github, change.base, head)
    first = review(change, job)
    assert first.code == 1, first
    assert "comment created: https://" in first.err and "check run created" in first.err, first
    # A check run has annotations: the runner need not make them again.
    assert not [line for line in first.text.splitlines() if line.startswith("::")]
    # Nor does a log's line make it one, whatever a message holds.
    assert "##[" not in first.text and "## [error]x" in first.out
    assert len(github.requests()) <= 12, github.requests()
    [comment] = github.sticky()
    assert comment["user"] == "github-actions[bot]"
    assert comment["body"].startswith("<!-- parapet: review -->\n### ❌ Parapet: this change does not pass the gate")
    assert f"https://github.com/{REPOSITORY}/blob/{head}/policies/mine-0.yaml#L1" in comment["body"]
    assert "<b>" not in comment["body"]
    [check] = github.checks()
    assert check["name"] == "parapet" and check["conclusion"] == "failure" and check["head_sha"] == head
    assert {(one["path"], one["start_line"]) for one in check["annotations"]} == {("policies/mine-0.yaml", 1)}
    assert "Parapet: this change does not pass the gate" in job.summary.read_text()

    before = len(github.writes())
    again = review(change, job)
    assert again.code == 1 and "comment unchanged" in again.err, again
    assert github.writes()[before:] == ["POST checks/create"]
    other = review(change, job, "--fail-on", "never")
    assert other.code == 0 and "comment updated" in other.err, other
    [updated] = github.sticky()
    assert updated["id"] == comment["id"] and "stays below the gate" in updated["body"]
    assert github.checks()[-1]["conclusion"] == "success"


def test_a_document_in_a_log_is_whole_and_no_command(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    result = review(change, Job(tmp_path / "job", github, change.base, head), "--format", "json")
    assert result.code == 1 and "##[" not in result.text, result
    assert "##[error]x" in json.dumps(json.loads(result.out)), result


def test_hundreds_of_findings_fit(github, change, tmp_path):
    head = change.add_rules(60)
    comments = [{"user": "alice", "body": f"comment {number}"} for number in range(230)]
    github.begin(change.base, head, comments=comments)
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job)
    assert result.code == 1, result
    assert len(github.requests()) <= 12
    [comment] = github.sticky()
    assert len(comment["body"]) <= 65_536
    assert f"](<https://github.com/{REPOSITORY}/actions/runs/5>)" in comment["body"]
    # The summary has room for all.
    assert "mine-59" in job.summary.read_text() and "Switch it on" in job.summary.read_text()
    assert len(github.checks()[0]["annotations"]) == 60


def test_a_server_of_ones_own(change, tmp_path):
    head = change.add_rules()
    with GitHub(tmp_path / "server", prefix="/api/v3") as github:
        github.begin(change.base, head)
        job = Job(tmp_path / "job", github, change.base, head)
        result = review(change, job, GITHUB_SERVER_URL="https://github.acme.example")
        assert result.code == 1, result
        [comment] = github.sticky()
        assert f"https://github.acme.example/{REPOSITORY}/blob/{head}/" in comment["body"]
        assert github.errors() == []


def test_an_app(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job, PARAPET_GITHUB_APP_ID="4242", PARAPET_GITHUB_APP_PRIVATE_KEY=github.app_key)
    assert result.code == 1, result
    assert [one["user"] for one in github.sticky()] == ["posture-bot[bot]"]
    assert len(github.checks()) == 1
    # The runner is told to hide the token, and the key is nowhere.
    assert "::add-mask::ghs_" in result.err and "BEGIN RSA" not in result.text


def test_a_fork_gets_annotations_and_a_summary(github, change, tmp_path):
    head = change.add_rules(12)
    github.begin(change.base, head, fork=True)
    job = Job(tmp_path / "job", github, change.base, head, fork=True)
    result = review(change, job)
    assert result.code == 1, result
    assert github.comments() == [] and github.checks() == []
    commands = [line for line in result.err.splitlines() if line.startswith("::")]
    assert len([line for line in commands if line.startswith("::error")]) == 10
    assert commands[0].startswith("::error title=Parapet%3A this change does not pass the gate::")
    assert commands[1].startswith("::error file=policies/mine-0.yaml,line=1,title=")
    assert commands[-1].startswith("::notice::not shown: 3 more errors")
    assert "the token of a pull request from a fork only reads" in result.err
    assert "does not pass the gate" in job.summary.read_text()


def test_without_a_token_the_job_tells(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job, GITHUB_TOKEN="")
    assert result.code == 1, result
    assert "the comment was not posted: there is no token (set GITHUB_TOKEN" in result.err
    assert "::error file=policies/mine-0.yaml,line=1," in result.err and "mine-0" in job.summary.read_text()
    github.begin(change.base, head, visibility="public")
    assert "everyone can read" in review(change, job, GITHUB_TOKEN="").err


def test_a_lost_answer_makes_no_second_comment(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    github.control("faults", [{"kind": "applied_then_reset", "match": {"op": "issues/create-comment"}}])
    result = review(change, Job(tmp_path / "job", github, change.base, head))
    assert result.code == 1, result
    assert len(github.sticky()) == 1


def test_a_newer_head_wins(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, "d" * 40)
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job)
    assert result.code == 1 and "has another head by now" in result.err, result
    assert github.writes() == [] and job.summary.read_text() == ""


def test_a_public_repository_gets_nothing(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head, visibility="public")
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job)
    assert result.code == 1, result
    assert f"everyone can read {REPOSITORY}" in result.err and "results: {allow_public: true}" in result.err
    # Everyone can read the log as well.
    assert result.out == "" and "mine-0" not in result.err
    assert github.requests() == ["GET repos/get"] and job.summary.read_text() == ""
    # The head cannot allow it: the base decides.
    change.write("parapet.yaml", "version: 1\nresults: {allow_public: true}\n")
    head = change.commit()
    github.begin(change.base, head, visibility="public")
    assert review(change, Job(tmp_path / "job", github, change.base, head)).out == ""
    base = head
    change.add_rules(2)
    github.begin(base, change.head, visibility="public")
    allowed = review(change, Job(tmp_path / "job", github, base, change.head))
    assert allowed.code == 1 and "mine-1" in allowed.out and len(github.sticky()) == 1, allowed


def test_github_that_fails(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    job = Job(tmp_path / "job", github, change.base, head)
    unknown = review(change, job, GITHUB_TOKEN="ghs_wrong")
    assert unknown.code == 4 and "it is not known who can read the repository" in unknown.err, unknown
    assert unknown.out == "" and job.summary.read_text() == ""
    github.control("faults", [{"kind": "r422", "times": 99, "match": {"op": "issues/create-comment"}}])
    result = review(change, job)
    assert result.code == 4, result
    assert "not posted: the comment: POST /repos/octo/posture/issues/7/comments: 422" in result.err
    # The rest was posted all the same, and is named.
    assert "check run created" in result.err and "job summary written" in result.err
    assert "mine-0" in result.out


def waiver(name="later", approver="@alice"):
    return (
        f"waiver: {name}\nrule: mine-0\nmatch: {{tenant: prod}}\nreason: Soon\n"
        f'approved_by: "{approver}"\nexpires: {day(30)}\n')


@pytest.mark.parametrize("how, counts", [
    ("head", True), ("team", True), ("older", False), ("nobody", False), ("author", False), ("stranger", False)])
def test_an_approval_makes_a_waiver_count(github, change, tmp_path, how, counts):
    who = {"team": "erin", "author": "carol", "stranger": "mallory"}.get(how, "alice")
    change.add_rules()
    change.write("waivers/later.yaml", waiver(approver=f"@{who}"))
    head = change.commit()
    approved = "c" * 40 if how == "older" else head
    reviews = [] if how == "nobody" else [{"user": who, "state": "APPROVED", "commit_id": approved}]
    github.begin(change.base, head, reviews=reviews, teams={"octo/security": {"erin": "active", "carol": "active"}})
    event = "pull_request_review" if reviews else "pull_request"
    result = review(change, Job(tmp_path / "job", github, change.base, head, event=event))
    [comment] = github.sticky()
    assert result.code == (0 if counts else 1), result
    assert ("waives nothing yet" in comment["body"]) == (not counts)
    assert ("<summary>" in comment["body"] and " waived</summary>" in comment["body"]) == counts
    assert len(github.requests()) <= 12, github.requests()
    warnings = [one for one in github.checks()[0]["annotations"] if one["path"] == "waivers/later.yaml"]
    assert len(warnings) == (0 if counts else 1)


def test_a_dry_run_writes_nothing(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    job = Job(tmp_path / "job", github, change.base, head)
    result = review(change, job, "--dry-run")
    assert result.code == 1, result
    sent = [line.removeprefix("would send ") for line in result.err.splitlines() if line.startswith("would send ")]
    assert [line.split(" ")[:2] for line in sent] == [
        ["POST", f"/repos/{REPOSITORY}/issues/7/comments"], ["POST", f"/repos/{REPOSITORY}/check-runs"]]
    assert "<!-- parapet: review -->" in json.loads(sent[0].split(" ", 2)[2])["body"]
    assert json.loads(sent[1].split(" ", 2)[2])["conclusion"] == "failure"
    assert "ghs_" not in result.text
    assert github.writes() == [] and job.summary.read_text() == ""


def test_at_a_desk(github, change):
    """Without a job: the pull request's number is enough. A person's token sets a status."""
    head = change.add_rules()
    github.begin(change.base, head)
    arguments = ["review", "--pr", "7", "--repo", REPOSITORY]
    result = parapet(*arguments, cwd=change.path, GITHUB_API_URL=github.api, GH_TOKEN="ghp_person")
    assert result.code == 1, result
    assert [one["user"] for one in github.sticky()] == ["dave"]
    assert "commit status set" in result.err and "mine-0" in result.out
    [status] = github.repository()["statuses"][head]
    assert (status["context"], status["state"]) == ("parapet", "failure")
    off = parapet(
        *arguments, "--comment-mode", "off", "--no-check", cwd=change.path, GITHUB_API_URL=github.api,
        GH_TOKEN="ghp_person")
    assert off.code == 1 and len(github.writes()) == 2, off
    nobody = parapet(*arguments, cwd=change.path, GITHUB_API_URL=github.api, GH_TOKEN="ghp_wrong")
    assert nobody.code == 4, nobody
    lost = parapet("review", "--pr", "7", cwd=change.path, GITHUB_API_URL=github.api, GH_TOKEN="ghp_person")
    assert lost.code == 2 and "--repo OWNER/NAME" in lost.err, lost


def test_what_the_base_got_meanwhile_is_not_undone(github, change, tmp_path):
    """GitHub's merge of both sides is compared, and the check stands at the pull request's own head."""
    head = change.add_rules(1, severity="low")
    git(change.path, "checkout", "-q", "-B", "newer", change.base)
    change.write("policies/other.yaml", RULE.format(name="other", severity="critical"))
    base = change.commit()
    git(change.path, "merge", "-q", "--no-ff", "-m", "Merge", head)
    merge = change.head
    github.begin(base, head)
    result = review(change, Job(tmp_path / "job", github, base, head, merge=merge))
    assert result.code == 0, result
    [comment] = github.sticky()
    assert "other" not in comment["body"] and "mine-0" in comment["body"]
    assert github.checks()[0]["head_sha"] == head
    # Where the merge is not here, the program says what it shows instead.
    result = review(change, Job(tmp_path / "job", github, base, head, merge="e" * 40))
    assert "the head lacks what the base got" in result.err, result
    assert "withdrawn" in github.sticky()[0]["body"]


def test_a_merge_group_gets_a_check(github, change, tmp_path):
    head = change.add_rules()
    github.begin(change.base, head)
    result = review(change, Job(tmp_path / "job", github, change.base, head, event="merge_group"))
    assert result.code == 1, result
    assert github.comments() == []
    assert [one["head_sha"] for one in github.checks()] == [head]


def test_other_events_post_nothing(github, change, tmp_path):
    github.begin(change.base, change.add_rules())
    job = Job(tmp_path / "job", github, change.base, change.head)
    result = review(change, job, "--base", change.base, GITHUB_EVENT_NAME="schedule")
    assert result.code == 1 and "mine-0" in result.out, result
    assert github.requests() == []
    refused = review(change, job, GITHUB_EVENT_NAME="pull_request_target")
    assert refused.code == 2 and "on: pull_request" in refused.err, refused


def test_wrong_configuration_is_on_its_lines(github, change, tmp_path):
    change.write("policies/mine.yaml", RULE.format(name="mine", severity="terrible"))
    head = change.commit()
    github.begin(change.base, head)
    result = review(change, Job(tmp_path / "job", github, change.base, head))
    assert result.code == 2, result
    [comment] = github.sticky()
    assert f"/blob/{head}/policies/mine.yaml#L3>)" in comment["body"]
    [check] = github.checks()
    assert [(one["path"], one["start_line"]) for one in check["annotations"]] == [("policies/mine.yaml", 3)]


def test_the_base_says_how(github, change, tmp_path):
    change.write("parapet.yaml", "version: 1\ngithub: {comment: off, check: false}\n")
    base = change.commit()
    head = change.add_rules()
    github.begin(base, head)
    result = review(change, Job(tmp_path / "job", github, base, head))
    assert result.code == 1 and github.writes() == [], result
    # Without a check run, the runner makes annotations.
    assert "::error file=policies/mine-0.yaml,line=1," in result.err
    result = review(change, Job(tmp_path / "job", github, base, head), "--comment-mode", "recreate")
    assert len(github.sticky()) == 1, result


def test_markdown(change):
    head = change.add_rules()
    result = parapet("review", "--base", change.base, "--head", head, "--format", "markdown", cwd=change.path)
    assert result.code == 1 and result.out.startswith("### ❌ Parapet: "), result
    assert f"parapet review --base {change.base} --head {head}</code>" in result.out
