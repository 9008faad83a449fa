"""What people write wrong, and repositories that cannot be used: a clear error, the right code, nothing changed."""
import json
import os
import re
import shutil
import subprocess

import pytest

from conftest import TENANT, Repository, binary, environment, git, parapet

LONG = 100_000_000

OTHER = TENANT.replace("tenant: prod", "tenant: other")

# file, content, what the error says, where
FAULTS = {
    "unknown key": ("tenants/prod.yaml", TENANT + "scaners: [iam]\n", ["no key `scaners`", "did you mean `scanners`?"], "5:1"),
    "wrong type": ("tenants/prod.yaml", TENANT + "scanners: iam\n", ["`scanners` must be a list"], "5:11"),
    "duplicate key": ("tenants/prod.yaml", TENANT + "tenant: again\n", ["`tenant` stands twice"], "5:1"),
    "no role": ("tenants/prod.yaml", re.sub("role: .*\n", "", TENANT), ["needs the key `role`"], "1:1"),
    "no external id": ("tenants/prod.yaml", re.sub("external_id: .*\n", "", TENANT), ["needs the key `external_id`"], "1:1"),
    "shared external id": ("tenants/other.yaml", OTHER, ["another tenant has the same `external_id`"], None),
    "duplicate tenant": ("tenants/twin.yaml", TENANT, ["there is a tenant `prod` already"], None),
    "role elsewhere": (
        "tenants/prod.yaml", TENANT.replace('"123456789012"', '"210987654321"'), ["the role is not in account 210987654321"],
        "3:7"),
    "account as a number": (
        "tenants/prod.yaml", TENANT.replace('"123456789012"', "12345"), ["`12345` cannot be the tenant's `account`"], "2:10"),
    "unknown region": (
        "tenants/prod.yaml", TENANT + "regions: [eu-wst-1]\n", ["no region `eu-wst-1`", "did you mean `eu-west-1`?"], "5:11"),
    "unknown scanner": ("tenants/prod.yaml", TENANT + "scanners: [iamm]\n", ["no scanner `iamm`"], "5:12"),
    "alias bomb": (
        "tenants/bomb.yaml",
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [" + ",".join([f"*{chr(97 + n)}"] * 9) + "]\n" for n in range(9)),
        ["nodes once aliases are written out"], "6:8"),
    "deep nesting": ("policies/deep.yaml", "[" * 5_000, ["nested more than"], "1:"),
    "100 MB": ("policies/big.yaml", "a" * LONG, ["more than the 1048576 bytes"], None),
    "invalid UTF-8": ("tenants/prod.yaml", TENANT.encode() + b"labels: {a: \xff}\n", ["not valid UTF-8"], "5:13"),
    "not YAML": ("parapet.yaml", "version: 1\n  gate: [\n", ["parapet.yaml"], "2:"),
    "unknown setting": ("parapet.yaml", "version: 1\ngates: {}\n", ["no key `gates`", "did you mean `gate`?"], "2:1"),
    "rule with a typo": (
        "policies/mine.yaml",
        "rule: mine\ntitle: Mine\nseverity: low\nresource: AWS::S3::Bucket\nfail_when: {Versioning.Statu: Enabled}\n"
        "tests: [{expect: fail, given: {}}, {expect: pass, given: {}}]\n",
        ["`Versioning` has no member `Statu`", "did you mean `Status`?"], "5:13"),
    "rule without tests": (
        "policies/mine.yaml",
        "rule: mine\ntitle: Mine\nseverity: low\nresource: AWS::S3::Bucket\nfail_when: {Name: x}\n",
        ["no test that expects `fail`", "no test that expects `pass`"], "1:7"),
    "rule with a built-in's id": (
        "policies/mine.yaml",
        "rule: iam-user-mfa\ntitle: Mine\nseverity: low\nresource: AWS::S3::Bucket\nfail_when: {Name: x}\n"
        "tests: [{expect: fail, given: {Name: x}}, {expect: pass, given: {Name: y}}]\n",
        ["there is a rule `iam-user-mfa` already", "replaces: iam-user-mfa"], "1:7"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faulty_files(name, repository, proxy):
    path, content, messages, place = FAULTS[name]
    repository.write(path, content)
    repository.commit()
    before = repository.state()
    for command in (["validate"], ["scan"]):
        result = parapet(*command, cwd=repository.path, endpoint=proxy.url, timeout=30)
        assert result.code == 2, result
        for message in messages:
            assert message in result.err, result
        if place:
            assert f"{path}:{place}" in result.err, result
    assert not proxy.calls, "a faulty configuration must not reach AWS"
    assert repository.state() == before


def test_an_external_id_is_not_echoed(repository):
    repository.write("tenants/prod.yaml", re.sub("external_id: .*", "external_id: 'pass word!'", TENANT))
    repository.commit()
    result = parapet("validate", cwd=repository.path)
    assert result.code == 2 and "external_id" in result.err
    assert "cannot be the tenant's `external_id`" in result.err


def test_all_faults_at_once(repository):
    repository.write("tenants/a.yaml", "tenant: a\nrol: x\n")
    repository.write("tenants/b.yaml", "tenant: b\nacount: x\n")
    repository.write("parapet.yaml", "version: 1\ngat: {}\n")
    result = parapet("validate", "--worktree", cwd=repository.path)
    assert result.code == 2
    for text in ("no key `rol`", "no key `acount`", "no key `gat`"):
        assert text in result.err


def test_links_are_not_followed(repository, tmp_path):
    (tmp_path / "secret.yaml").write_text(TENANT)
    os.symlink(tmp_path / "secret.yaml", repository.path / "tenants/link.yaml")
    repository.commit()
    for arguments in (["validate"], ["validate", "--worktree"]):
        result = parapet(*arguments, cwd=repository.path)
        assert result.code == 2 and "links are not followed" in result.err, result


def test_a_repository_without_commits(tmp_path, proxy):
    git(tmp_path, "init", "-q", "empty")
    result = parapet("scan", cwd=tmp_path / "empty", endpoint=proxy.url)
    assert result.code == 2 and "no commits" in result.err, result
    assert git(tmp_path / "empty", "for-each-ref") == ""


def test_no_repository(tmp_path, proxy):
    result = parapet("scan", cwd=tmp_path, endpoint=proxy.url)
    assert result.code == 2 and "not in a git repository" in result.err, result
    assert list(tmp_path.iterdir()) == []


def test_no_parapet_repository(tmp_path, proxy):
    git(tmp_path, "init", "-q", "other")
    (tmp_path / "other/file").write_text("x")
    git(tmp_path / "other", "add", ".")
    git(tmp_path / "other", "commit", "-qm", "x")
    result = parapet("scan", cwd=tmp_path / "other", endpoint=proxy.url)
    assert result.code == 2 and "parapet init" in result.err, result


def test_a_sha256_repository(tmp_path, proxy):
    git(tmp_path, "init", "-q", "--object-format=sha256", "modern")
    result = parapet("scan", cwd=tmp_path / "modern", endpoint=proxy.url)
    assert result.code == 2 and "SHA-256" in result.err and "--object-format=sha1" in result.err, result


def test_a_dirty_repository_is_scanned_at_head(repository, proxy):
    repository.write("tenants/prod.yaml", TENANT + "scaners: [typo]\n")
    repository.write("tenants/new.yaml", "not: a tenant\n")
    before = repository.state()[1]
    result = repository.scan(proxy.url)
    assert result.code == 1, result
    assert "not committed" in result.err and "uses HEAD" in result.err
    assert repository.state()[1] == before


def test_unknown_names(repository, proxy):
    result = repository.scan(proxy.url, "prd")
    assert result.code == 2 and "did you mean `prod`?" in result.err, result
    result = parapet("scan", "--revision", "nowhere", cwd=repository.path, endpoint=proxy.url)
    assert result.code == 2 and "nowhere" in result.err, result


@pytest.mark.parametrize("arguments", [["scann"], ["scan", "--no-such-flag"], ["scan", "--repository"]])
def test_a_wrong_command_line(arguments):
    result = parapet(*arguments)
    assert result.code == 2 and "Usage" in result.err, result


def test_a_locked_reference(repository, proxy):
    lock = repository.path / ".git/refs/heads/parapet/results.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    before = repository.state()
    result = repository.scan(proxy.url)
    assert result.code == 4, result
    assert "locked" in result.err and "results.lock" in result.err
    assert not proxy.calls, "known before anything is collected"
    assert repository.state() == before


def test_a_checked_out_results_branch(repository, proxy):
    git(repository.path, "switch", "-q", "-c", "parapet/results")
    before = repository.state()
    result = repository.scan(proxy.url)
    assert result.code == 2 and "checked out" in result.err, result
    assert repository.state() == before


def test_no_permission_to_write(server, tmp_path):
    """As another user, on a repository that everyone can read and only its owner can write."""
    if os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    home = tmp_path.parent.parent
    while str(home) not in ("/", "/tmp"):
        os.chmod(home, 0o755)
        home = home.parent
    for folder in (tmp_path.parent, tmp_path):
        os.chmod(folder, 0o755)
    program = tmp_path / "parapet"
    shutil.copy(binary(), program)
    repository = Repository(tmp_path / "posture")
    before = repository.state()
    result = subprocess.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(program), "scan"], cwd=repository.path,
        env=environment(server.url, PARAPET_GIT_TRUST_ALL_OWNERS="1"), capture_output=True, text=True, timeout=60)
    assert result.returncode == 4, (result.returncode, result.stdout, result.stderr)
    assert "error:" in result.stderr
    assert repository.state() == before
    # Without the variable, git's rule holds: another user's repository is not opened at all.
    result = subprocess.run(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(program), "validate"], cwd=repository.path,
        env=environment(), capture_output=True, text=True, timeout=60)
    assert result.returncode == 2 and "safe.directory" in result.stderr, result


def test_init_overwrites_nothing(tmp_path):
    assert parapet("init", tmp_path / "a").code == 0
    (tmp_path / "a/parapet.yaml").write_text("mine\n")
    again = parapet("init", tmp_path / "a")
    assert again.code == 2 and "nothing was written" in again.err, again
    assert (tmp_path / "a/parapet.yaml").read_text() == "mine\n"
    text = (tmp_path / "a/tenants/example.yaml").read_text()
    assert parapet("init", tmp_path / "b").code == 0
    assert (tmp_path / "b/tenants/example.yaml").read_text() != text, "every tenant gets an ExternalId of its own"


def test_what_init_makes_is_valid(tmp_path):
    assert parapet("init", tmp_path / "new").code == 0
    result = parapet("validate", "--worktree", cwd=tmp_path / "new")
    assert result.code == 0 and "1 tenant" in result.out, result


def test_a_public_remote_is_refused(repository, proxy):
    git(repository.path, "remote", "add", "origin", "https://git.example.org/acme/posture")
    before = repository.state()
    result = repository.scan(proxy.url)
    assert result.code == 2 and "--no-push" in result.err, result
    assert repository.state() == before and not proxy.calls
    assert repository.scan(proxy.url, "--no-push").code == 1


@pytest.mark.parametrize("arguments", [
    ["rules", "list"], ["schema", "rule"], ["validate", "--format", "json"], ["--help"], ["--generate-completion-script", "bash"]])
def test_output_that_cannot_be_written(repository, arguments):
    """A disk that is full must not make half an answer look whole."""
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [binary(), *arguments], cwd=repository.path, env=environment(None), stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 4 and "standard output cannot be written to: No space left" in result.stderr, result


def test_a_reader_that_leaves_is_no_error(repository):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        result = subprocess.run(
            [binary(), "rules", "list"], cwd=repository.path, env=environment(None), stdout=gone, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 0 and result.stderr == "", result


def test_files_are_no_commands_to_a_runner(repository):
    """What stands in a file reaches a job's log only in a form that GitHub's runner takes for text."""
    repository.write("tenants/prod.yaml", TENANT + '"##[stop-commands]x": 1\n"::add-mask::a": 1\n')
    repository.commit()
    result = parapet("validate", cwd=repository.path, GITHUB_ACTIONS="true")
    assert result.code == 2 and "## [stop-commands]x" in result.err, result
    assert "##[" not in result.err and not [line for line in result.err.splitlines() if line.lstrip().startswith("::")]
    assert "##[stop-commands]x" in parapet("validate", cwd=repository.path).err


def test_names_are_no_commands_to_a_runner(repository):
    """The same of standard output; JSON says what it said before, in other letters."""
    title = "##[stop-commands]x ###[error]"
    repository.write(
        "policies/mine.yaml",
        f'rule: mine\ntitle: "{title}"\nseverity: low\nresource: AWS::S3::Bucket\npass_when: {{Name: nobody}}\n'
        "tests:\n  - {expect: pass, given: {Name: nobody}}\n  - {expect: fail, given: {Name: somebody}}\n")
    repository.commit()
    titles = {}
    for job in ("true", ""):
        result = parapet("rules", "list", cwd=repository.path, GITHUB_ACTIONS=job)
        assert result.code == 0 and ("##[" in result.out) == (job == ""), result
        result = parapet("rules", "list", "--format", "json", cwd=repository.path, GITHUB_ACTIONS=job)
        assert result.code == 0 and ("##[" in result.out) == (job == ""), result
        [titles[job]] = [one["title"] for one in json.loads(result.out) if one["rule"] == "mine"]
    assert titles == {"true": title, "": title}
