"""Workflows, the project's own and those that `parapet init` writes: what linters say, who may do what, what steps do."""
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, Repository, binary, environment, git, parapet

TOOLS = Path(sys.executable).parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WORKFLOWS = ["parapet-code-scanning.yml", "parapet-review.yml", "parapet-scan.yml", "parapet-site.yml"]
VARIANTS = {
    "runner": [], "action": ["--action", f"acme/parapet@{COMMIT}", "--owners", "@acme/security"],
    "matrix": ["--matrix"], "action-matrix": ["--matrix", "--action", f"acme/parapet@{COMMIT}"]}


def written(folder, *options):
    """A new repository with the files that init writes."""
    made = parapet("init", folder, "--github", *options)
    assert made.code == 0, made
    return folder


@pytest.fixture(scope="module", params=["project", *VARIANTS])
def repository_with_workflows(request, tmp_path_factory):
    if request.param == "project":
        return ROOT
    return written(tmp_path_factory.mktemp(request.param) / "posture", *VARIANTS[request.param])


def workflows(folder):
    files = sorted((folder / ".github/workflows").glob("*"))
    assert files
    return files


def tool(name, *arguments, cwd):
    return subprocess.run([TOOLS / name, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=120)


def jobs(file):
    return yaml.safe_load(file.read_text())["jobs"]


def step(folder, workflow, job, text):
    """The one step of a job whose script or name holds a text."""
    found = [
        one for one in jobs(folder / ".github/workflows" / workflow)[job]["steps"]
        if text in one.get("run", "") or text in one.get("name", "")]
    assert len(found) == 1, found
    return found[0]


def run_step(one, folder, path="", **variables):
    """Runs a step's script as GitHub does with `shell: bash`."""
    script = folder / "step.sh"
    script.write_text(one["run"])
    output = folder / "output.txt"
    output.write_text("")
    ended = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], cwd=folder, capture_output=True, text=True,
        env=environment(GITHUB_OUTPUT=str(output), **variables) | {"PATH": f"{path}:{os.environ['PATH']}"}, timeout=120)
    return ended, output.read_text()


@pytest.fixture
def programs(tmp_path):
    """A folder for the PATH, with the program under test."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "parapet").symlink_to(binary())
    return folder


# What linters say.

def test_actionlint(repository_with_workflows):
    files = workflows(repository_with_workflows)
    result = tool("actionlint", "-shellcheck", TOOLS / "shellcheck", *files, cwd=repository_with_workflows)
    assert result.returncode == 0, result.stdout + result.stderr


def test_shellcheck():
    scripts = [*sorted((ROOT / "scripts/action").iterdir()), ROOT / "scripts/bootstrap"]
    result = tool("shellcheck", "--severity=warning", "--shell=bash", *scripts, cwd=ROOT)
    assert len(scripts) == 4 and result.returncode == 0, result.stdout + result.stderr


def test_schemas(repository_with_workflows):
    folder = repository_with_workflows
    result = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows(folder), cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    if folder == ROOT:
        result = tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml", cwd=folder)
        assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor(repository_with_workflows):
    folder = repository_with_workflows
    files = workflows(folder) + ([folder / "action.yml"] if folder == ROOT else [])
    result = tool("zizmor", "--offline", "--no-config", "--format", "json", *files, cwd=folder)
    found = [
        (one["ident"], one["determinations"]["severity"], one["locations"][0]["symbolic"]["key"])
        for one in json.loads(result.stdout)]
    assert not [one for one in found if one[1] not in ("Low", "Informational", "Unknown")], found
    assert result.returncode in (0, *range(11, 15)), result.stderr


def test_zizmor_would_say_so(tmp_path):
    """The check above is one that can fail."""
    folder = written(tmp_path / "posture")
    file = folder / ".github/workflows/parapet-scan.yml"
    file.write_text(file.read_text().replace("--deadline 60m", "${{ github.event.inputs.tenant }}"))
    with pytest.raises(AssertionError, match="template-injection"):
        test_zizmor(folder)


# Who may do what.

def test_least_permissions(repository_with_workflows):
    for file in workflows(repository_with_workflows):
        workflow = yaml.safe_load(file.read_text())
        assert workflow["permissions"] == {}, f"{file.name}: a job without a word of its own may do nothing"
        assert "group" in workflow["concurrency"], file
        events = workflow[True]
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(events), file
        for name, job in workflow["jobs"].items():
            assert job["permissions"], (file.name, name)
            assert "uses" in job or 0 < job["timeout-minutes"] <= 360, (file.name, name)
            assert "pull_request" not in events or "id-token" not in job["permissions"], (file.name, name)
            assert not {"write-all", "read-all"} & {str(job["permissions"])}
            for one in job.get("steps", []):
                assert "${{" not in one.get("run", ""), (file.name, name)
                if one.get("uses", "").startswith("actions/checkout@"):
                    assert one["with"]["persist-credentials"] is False, (file.name, name)


@pytest.mark.parametrize("workflow, job, expected", [
    ("parapet-review.yml", "review", {"contents": "read", "pull-requests": "write", "checks": "write"}),
    ("parapet-scan.yml", "scan", {"contents": "write", "id-token": "write"}),
    ("parapet-scan.yml", "tenants", {"contents": "read"}),
    ("parapet-code-scanning.yml", "upload", {"contents": "read", "actions": "read", "security-events": "write"}),
    ("parapet-site.yml", "allowed", {"pages": "read"}),
    ("parapet-site.yml", "build", {"contents": "read"}),
    ("parapet-site.yml", "deploy", {"pages": "write", "id-token": "write"}),
])
def test_permissions(tmp_path, workflow, job, expected):
    folder = written(tmp_path / "posture", "--matrix")
    assert jobs(folder / ".github/workflows" / workflow)[job]["permissions"] == expected


@pytest.mark.parametrize("options", VARIANTS.values(), ids=VARIANTS)
def test_a_called_workflow_gets_what_it_asks_for(tmp_path, options):
    """GitHub starts no run where a called job asks for more than its caller may give; the caller gives no more."""
    folder = written(tmp_path / "posture", *options)
    called = 0
    for job in jobs(folder / ".github/workflows/parapet-scan.yml").values():
        if "uses" in job:
            called += 1
            wanted = {}
            for one in jobs(folder / job["uses"]).values():
                for name, level in one["permissions"].items():
                    wanted[name] = "write" if "write" in (level, wanted.get(name)) else "read"
            assert job["permissions"] == wanted
    assert called == 2


def test_actions_are_pinned(repository_with_workflows):
    folder = repository_with_workflows
    pins = {}
    for file in [*workflows(folder), *([folder / "action.yml"] if folder == ROOT else [])]:
        for place, commit, comment in re.findall(r"uses: ([^\s@]+)@(\S+)(.*)", file.read_text()):
            assert re.fullmatch("[0-9a-f]{40}", commit), (file.name, place)
            if place != "acme/parapet":
                assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), (file.name, place)
            assert pins.setdefault(place, commit) == commit, f"{place} has two versions"


def test_scans_are_not_cancelled_and_reviews_are(tmp_path):
    folder = written(tmp_path / "posture")
    cancelled = {
        file.name: yaml.safe_load(file.read_text())["concurrency"]["cancel-in-progress"] for file in workflows(folder)}
    assert cancelled == {
        "parapet-review.yml": True, "parapet-scan.yml": False, "parapet-code-scanning.yml": False,
        "parapet-site.yml": False}


# What init writes.

def test_the_action_is_a_step_of_every_job_that_runs_parapet(tmp_path):
    plain = written(tmp_path / "plain", "--matrix")
    acting = written(tmp_path / "acting", "--matrix", "--action", f"acme/parapet@{COMMIT}")
    for name in WORKFLOWS:
        for job_name, job in jobs(acting / ".github/workflows" / name).items():
            scripts = [one.get("run", "") for one in job.get("steps", [])]
            uses = [one.get("uses") for one in job.get("steps", [])]
            installed = f"acme/parapet@{COMMIT}" in uses
            assert installed == any("parapet " in script for script in scripts if "gh api" not in script), (name, job_name)
            assert installed == (job.get("container") == "swift:6.3-bookworm"), (name, job_name)
        text = (plain / ".github/workflows" / name).read_text()
        assert "container:" not in text and "- run: parapet --version" in text and "{" + "install}" not in text


def test_github_is_added_to_a_repository(repository):
    shutil.rmtree(repository.path / ".github/workflows")
    repository.write(".github/workflows/parapet-review.yml", "mine\n")
    before = {file: file.read_bytes() for file in repository.path.rglob("*") if file.is_file()}
    result = parapet("init", "--github", "--owners", "@acme/security", cwd=repository.path)
    assert result.code == 0, result
    assert "kept .github/workflows/parapet-review.yml" in result.out and "made .github/workflows/parapet-scan.yml" in result.out
    assert "kept .github/CODEOWNERS" in result.out
    assert {file: file.read_bytes() for file in before} == before
    assert sorted(file.name for file in workflows(repository.path)) == WORKFLOWS
    assert not (repository.path / "tenants/example.yaml").exists(), "settings are not written again"
    # Without --github it is the settings that count.
    refused = parapet("init", cwd=repository.path)
    assert refused.code == 2 and "--github" in refused.err and "nothing was written" in refused.err, refused


@pytest.mark.parametrize("place", ["CODEOWNERS", "docs/CODEOWNERS"])
def test_code_owners_elsewhere_stay_in_force(repository, place):
    (repository.path / ".github/CODEOWNERS").unlink()
    repository.write(place, "* @acme/all\n")
    result = parapet("init", "--github", "--owners", "@acme/security", cwd=repository.path)
    assert result.code == 0 and f"kept {place}: GitHub would no longer read it" in result.out, result
    assert not (repository.path / ".github/CODEOWNERS").exists()


def owned(folder):
    lines = (folder / ".github/CODEOWNERS").read_text().splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def test_code_owners(tmp_path):
    named = written(tmp_path / "named", "--owners", "@acme/security", "--owners", "@ann")
    places = ["/.github/", "/parapet.yaml", "/tenants/", "/waivers/", "/policies/", "/frameworks/"]
    assert owned(named) == {place: "@acme/security @ann" for place in places}
    unnamed = tmp_path / "unnamed"
    assert "CODEOWNERS, which protects nothing" in parapet("init", unnamed).out
    assert owned(unnamed) == {}
    assert (unnamed / ".github/CODEOWNERS").read_text().startswith("# THIS PROTECTS NOTHING YET")


@pytest.mark.parametrize("options", [
    ["--action", "acme/parapet@v1"], ["--action", "acme/parapet"], ["--action", f"acme/parapet@{COMMIT[:39]}"],
    ["--action", f"acme/parapet@{COMMIT}\n- run: x"], ["--action", f"acme/para pet@{COMMIT}"], ["--action", f"./x@{COMMIT}"],
    ["--action", f"acme/a/b@{COMMIT}"], ["--action", f"acme/parapet@{COMMIT.upper()}"], ["--action", f"docker://x/y@{COMMIT}"],
    ["--owners", "acme/security"], ["--owners", "@"], ["--owners", "@acme/"], ["--owners", "@a b"], ["--owners", "@a\n* @b"],
    ["--owners", "@a/b/c"], ["--owners", ""], ["--owners", "@ä"], ["--owners", "# @acme"],
])
def test_odd_names_are_refused(tmp_path, options):
    result = parapet("init", tmp_path / "posture", "--github", *options)
    assert result.code == 2 and not (tmp_path / "posture").exists(), result


# What steps do.

def test_the_matrix_names_all_tenants(tmp_path, programs):
    repository = Repository(tmp_path / "posture")
    text = (repository.path / "tenants/prod.yaml").read_text()
    for name in ("b", "a-1"):
        repository.write(f"tenants/{name}.yaml", text.replace("prod", name).replace("px-7Q3", f"px-{name}-7Q3"))
    repository.commit()
    shutil.rmtree(repository.path / ".github")
    folder = written(repository.path, "--matrix")
    one = step(folder, "parapet-scan.yml", "tenants", "github-matrix")
    ended, output = run_step(one, repository.path, programs)
    assert ended.returncode == 0 and output.count("\n") == 1, ended
    name, value = output.split("=", 1)
    assert name == "matrix" and json.loads(value) == {"include": [{"tenant": "a-1"}, {"tenant": "b"}, {"tenant": "prod"}]}
    # A configuration with a fault gives no matrix, and no job.
    repository.write("tenants/b.yaml", "tenant: b\n")
    repository.commit()
    ended, output = run_step(one, repository.path, programs)
    assert ended.returncode == 2 and output == "" and "nothing is listed" in ended.stderr, ended


def test_a_matrix_has_at_most_256_jobs(repository):
    text = (repository.path / "tenants/prod.yaml").read_text()
    for number in range(255):
        repository.write(f"tenants/t{number}.yaml", text.replace("prod", f"t{number}").replace("px-7Q3", f"px-{number}-7Q3"))
    assert len(json.loads(parapet("tenants", "--worktree", "--format", "github-matrix", cwd=repository.path).out)["include"]) == 256
    repository.write("tenants/u.yaml", text.replace("prod", "u").replace("px-7Q3", "px-u-7Q3"))
    more = parapet("tenants", "--worktree", "--format", "github-matrix", cwd=repository.path)
    assert more.code == 2 and "256" in more.err and more.out == "", more
    listed = parapet("tenants", "--worktree", "--format", "json", cwd=repository.path)
    assert listed.code == 0 and len(json.loads(listed.out)) == 257


def test_a_tenant_in_the_matrix_is_a_value(repository, programs, tmp_path):
    folder = written(tmp_path / "posture-2", "--matrix")
    one = step(folder, "parapet-scan.yml", "scan", "parapet scan")
    for name in ("$(touch pwned)", "--no-push", "x; touch pwned"):
        ended, _ = run_step(one, repository.path, programs, TENANT=name)
        assert ended.returncode == 2 and "tenant" in ended.stderr, ended
    assert not (repository.path / "pwned").exists()


@pytest.mark.parametrize("site, answer, code, published", [
    ("private", "echo false", 0, True), ("private", "echo true", 0, False), ("private", "exit 1", 1, False),
    ("private", "echo", 0, False), ("public", "exit 1", 1, True), ("", "echo false", 0, False), ("yes", "echo false", 0, False),
])
def test_a_site_that_everyone_could_read_is_not_published(tmp_path, site, answer, code, published):
    folder = written(tmp_path / "posture")
    programs = tmp_path / "gh"
    programs.mkdir()
    (programs / "gh").write_text(f'#!/bin/sh\necho "$*" >&2\n{answer}\n')
    (programs / "gh").chmod(0o755)
    one = step(folder, "parapet-site.yml", "allowed", "everyone could read")
    ended, _ = run_step(one, tmp_path, programs, SITE=site, REPOSITORY="acme/posture", GH_TOKEN="t")
    assert (ended.returncode == 0) == published, ended
    if site == "private":
        assert ended.stderr == "api repos/acme/posture/pages --jq .public\n"
    later = jobs(folder / ".github/workflows/parapet-site.yml")
    assert later["build"]["needs"] == "allowed" and later["deploy"]["needs"] == "build"


def test_the_sites_archive_is_what_pages_wants(tmp_path):
    folder = written(tmp_path / "posture")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("x")
    ended, _ = run_step(step(folder, "parapet-site.yml", "build", "tar "), folder)
    assert ended.returncode == 0, ended
    with tarfile.open(folder / "artifact.tar") as archive:
        assert archive.extractfile("./index.html").read() == b"x"


def test_requirements_are_those_that_ran():
    """Linters of other versions say other things."""
    for line in (ROOT / "Tests/EndToEnd/requirements.txt").read_text().splitlines():
        if line.startswith(("actionlint", "zizmor", "check-jsonschema", "shellcheck")):
            name, version = line.split("==")
            shown = tool(name.removesuffix("-kjanat").removesuffix("-py"), "--version", cwd=ROOT).stdout
            assert shown and re.search(r"\d+\.\d+\.\d+", shown)[0] in version, (name, shown)


def test_an_approval_starts_a_review(tmp_path):
    """And nothing skips its job: GitHub counts a skipped job as passed."""
    review = yaml.safe_load((written(tmp_path / "posture") / ".github/workflows/parapet-review.yml").read_text())
    # YAML reads `on` as true.
    assert review[True] == {
        "pull_request": None, "pull_request_review": {"types": ["submitted", "dismissed"]}, "merge_group": None}
    assert not [job for job in review["jobs"].values() if "if" in job or [one for one in job["steps"] if "if" in one]]
