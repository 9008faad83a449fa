"""action.yml: what its steps do, with the real program and with a recorder in its place."""
import http.server
import json
import os
import shutil
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from composite_action import CompositeAction
from conftest import ROOT, binary, environment, git

HOSTILE = [
    "$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "${IFS}x;touch${IFS}pwned", "a b\tc", "*", "--help", "-",
    "x\n::stop-commands::pwned\nexit-code=0", "x\r\ny=1\r\n::set-output name=exit-code::0", "../../pwned", "${{ github.token }}", "é%0A::x",
]


@pytest.fixture
def checkout(repository, tmp_path):
    """The repository as actions/checkout leaves it with `fetch-depth: 0`: detached, other branches at origin only."""
    return checked_out(repository, tmp_path / "work/posture/posture")


def checked_out(repository, path):
    path.mkdir(parents=True)
    git(path, "init", "-q")
    git(path, "remote", "add", "origin", f"file://{repository.path}")
    git(path, "fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*")
    git(path, "checkout", "-q", "--detach", "refs/remotes/origin/" + git(repository.path, "branch", "--show-current"))
    return path


class WarmCache(dict):
    """Has the program under test, whatever the key."""

    def __init__(self, folder, program):
        super().__init__()
        folder.mkdir()
        shutil.copy(program, folder / "parapet")
        self.folder = folder

    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return self.folder


def action(workspace, tmp_path, program=None, **variables):
    cache = WarmCache(tmp_path / "warm", program or binary())
    return CompositeAction(ROOT, workspace, tmp_path / "job", cache, **variables)


@pytest.fixture
def recorder(tmp_path):
    """A program that writes down how it was called, and its environment; and what it wrote."""
    log = tmp_path / "recorded.json"
    program = tmp_path / "recorder"
    program.write_text(
        "#!/usr/bin/env python3\nimport json, os, sys\n"
        "if sys.argv[1:] == ['--version']: sys.exit(print('recorder'))\n"
        f"json.dump([sys.argv[1:], dict(os.environ), os.getcwd()], open({str(log)!r}, 'w'))\n"
        "sys.exit(int(os.environ.get('RECORDER_CODE', 0)))\n")
    program.chmod(0o755)
    return program, lambda: json.loads(log.read_text()) if log.exists() else None


# What each mode runs.

def test_none_installs_for_later_steps(checkout, tmp_path):
    job = action(checkout, tmp_path)
    run = job.run()
    assert run.code == 0 and run.ran == ["prepare", "restore", "install"] and run.outputs == {"exit-code": ""}, run
    found = shutil.which("parapet", path=job.path)
    assert found and Path(found).is_relative_to(job.runner)


def test_validate_annotates(checkout, repository, tmp_path):
    run = action(checkout, tmp_path).run(mode="validate")
    assert run.code == 0 and run.outputs == {"exit-code": "0"}, run
    repository.write("tenants/prod.yaml", "tenant: prod\n")
    repository.commit()
    faulty = checked_out(repository, tmp_path / "faulty")
    (tmp_path / "2").mkdir()
    run = action(faulty, tmp_path / "2").run(mode="validate")
    assert run.code == 2 and run.outputs == {"exit-code": "2"} and "::error file=tenants/prod.yaml" in run.text, run


def test_scan_pushes_and_site_shows(repository, proxy, tmp_path):
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "-q", "--bare", str(repository.path), str(origin))
    checkout = tmp_path / "work"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{origin}", str(checkout))
    # Findings fail the job, and are there all the same.
    aws = {name: value for name, value in environment(proxy.url).items() if name.startswith(("AWS_", "PARAPET_"))}
    (tmp_path / "1").mkdir()
    run = action(checkout, tmp_path / "1", **aws).run(mode="scan", tenants="prod", arguments="--deadline\n10m\n")
    assert run.code == 1 and run.outputs == {"exit-code": "1"} and "pushed" in run.text, run
    for branch in ("snapshots", "results", "journal"):
        assert git(origin, "rev-parse", f"parapet/{branch}")

    later = checked_out(type("Origin", (), {"path": origin}), tmp_path / "later")
    (tmp_path / "2").mkdir()
    run = action(later, tmp_path / "2").run(mode="site", output="public", tenants="prod")
    assert run.code == 0 and "prod" in (later / "public/index.html").read_text(), run
    assert run.outputs == {"exit-code": "0"}


@pytest.mark.parametrize("mode, inputs, expected", [
    ("review", {}, ["review"]),
    ("review", {"arguments": "--pr\n7"}, ["review", "--pr", "7"]),
    ("scan", {}, ["scan"]),
    ("scan", {"tenants": "a b\nc", "arguments": "--jobs=2\r\n"}, ["scan", "--jobs=2", "--", "a", "b", "c"]),
    ("site", {"tenants": "a b", "output": "a b"}, ["site", "--output=a b", "--tenant=a", "--tenant=b"]),
    ("validate", {"tenants": "a"}, ["validate", "--format=github"]),
    ("review", {"tenants": "a b", "arguments": "--no-check"}, ["review", "--tenant=a", "--tenant=b", "--no-check"]),
])
def test_command_lines(checkout, tmp_path, recorder, mode, inputs, expected):
    program, recorded = recorder
    run = action(checkout, tmp_path, program, RECORDER_CODE="3").run(mode=mode, **inputs)
    assert run.code == 3 and run.outputs == {"exit-code": "3"}, run
    arguments, variables, folder = recorded()
    assert arguments == expected and folder == str(checkout)
    # The token goes where it is needed, and nowhere else.
    holders = {name for name, value in variables.items() if value == "the-job-token"}
    assert holders == {"review": {"GITHUB_TOKEN"}, "scan": {"PARAPET_GIT_TOKEN"}}.get(mode, set())


def test_another_folder(checkout, tmp_path, recorder):
    program, recorded = recorder
    run = action(checkout.parent, tmp_path, program).run(mode="validate", repository="posture")
    assert run.code == 0 and recorded()[2] == str(checkout), run


# Where the program comes from.

@pytest.fixture
def source(tmp_path):
    """A copy of the action whose source is small."""
    folder = tmp_path / "_actions/acme/parapet/main"
    for name in ("Sources", "policies", "frameworks"):
        (folder / name).mkdir(parents=True)
        (folder / name / "a file").write_text("1")
    for name in ("action.yml", "Makefile", "Package.swift"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    return folder


@pytest.fixture
def make(tmp_path):
    """A `make` that says what it was asked, and builds what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    log = tmp_path / "make.log"
    (folder / "make").write_text(
        f'#!/bin/sh\necho "$@" >>"{log}"\n[ -z "$NO_BUILD" ] || exit 2\n'
        f'mkdir -p "$2/.build/release" && cp "{binary()}" "$2/.build/release/parapet"\n')
    (folder / "make").chmod(0o755)
    return folder, lambda: log.read_text().splitlines() if log.exists() else []


def test_builds_once_for_a_system_and_a_source(checkout, source, make, tmp_path):
    folder, made = make
    cache = {}

    def job(number, **variables):
        one = CompositeAction(source, checkout, tmp_path / f"job{number}", cache, **variables)
        one.path = f"{folder}:{one.path}"
        return one.run()

    failed = job(0, NO_BUILD="1")
    assert failed.code == 4 and "cannot be built" in failed.text and not cache, failed
    first = job(1)
    assert first.code == 0 and first.ran == ["prepare", "restore", "install", "step 3"], first
    assert made() == [f"-C {source} release"] * 2
    again = job(2)
    assert again.code == 0 and again.ran == ["prepare", "restore", "install"] and len(made()) == 2, again
    key = first.steps["prepare"]["key"]
    assert key.startswith("parapet-debian-12-" + os.uname().machine), "the build is the system's"
    (source / "policies/a file").write_text("2")
    changed = job(3)
    assert changed.steps["prepare"]["key"] != key and len(made()) == 3 and len(cache) == 2, changed


def test_a_program_of_another_system_is_not_used(checkout, tmp_path):
    program = tmp_path / "foreign"
    program.write_text("#!/bin/sh\necho 'error while loading shared libraries: libgit2.so.1.1' >&2\nexit 127\n")
    program.chmod(0o755)
    run = action(checkout, tmp_path, program).run(mode="validate")
    assert run.code == 4 and "does not start" in run.text and "run" not in run.ran, run


class Download:
    """An https server with one file, and the certificate that vouches for it."""

    def __init__(self, folder, content):
        folder.mkdir()
        (folder / "parapet").write_bytes(content)
        self.certificate = folder.parent / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", folder.parent / "key.pem", "-out", self.certificate],
            check=True, capture_output=True)

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=str(folder))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder.parent / "key.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}/parapet"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_download_with_its_digest(checkout, recorder, tmp_path):
    program, recorded = recorder
    content = program.read_bytes()
    digest = subprocess.run(["sha256sum", program], check=True, capture_output=True, text=True).stdout[:64]
    download = Download(tmp_path / "served", content)
    try:
        job = CompositeAction(ROOT, checkout, tmp_path / "job", CURL_CA_BUNDLE=str(download.certificate))
        wrong = job.run(mode="validate", url=download.url, sha256="0" * 64)
        assert wrong.code == 4 and "another SHA-256" in wrong.text and recorded() is None, wrong
        absent = job.run(mode="validate", url=download.url + "-none", sha256=digest)
        assert absent.code == 4 and "cannot be downloaded" in absent.text, absent
        right = job.run(mode="validate", url=download.url, sha256=digest)
        assert right.code == 0 and right.ran == ["prepare", "install", "run"] and recorded(), right
    finally:
        download.server.shutdown()


@pytest.mark.parametrize("inputs", [
    {"mode": "reviews"}, {"mode": ""}, {"url": "http://127.0.0.1/parapet", "sha256": "0" * 64}, {"url": "file:///bin/true", "sha256": "0" * 64},
    {"url": "https://127.0.0.1/parapet"}, {"url": "https://127.0.0.1/parapet", "sha256": "0" * 63}, {"sha256": "0" * 64},
    {"url": "https://127.0.0.1/a b", "sha256": "0" * 64},
])
def test_inputs_are_checked_before_anything_is_installed(checkout, tmp_path, inputs):
    run = action(checkout, tmp_path).run(**inputs)
    assert run.code == 2 and run.ran == ["prepare"] and "::error title=Parapet::" in run.text, run


@pytest.mark.skipif(os.geteuid() != 0, reason="gives files to another user")
def test_a_checkout_of_the_hosts_user_is_opened(checkout, tmp_path):
    """In container jobs the steps run as root, in a folder that is the runner's."""
    for path in [checkout, *checkout.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    job = action(checkout, tmp_path, GIT_CONFIG_NOSYSTEM="1")
    refused = subprocess.run(
        [binary(), "validate"], cwd=checkout, env={"PATH": os.environ["PATH"], "HOME": str(job.home)}, capture_output=True)
    assert refused.returncode == 2 and b"safe.directory" in refused.stderr
    assert job.run(mode="validate").code == 0
    assert job.run(mode="validate").code == 0
    assert git_config(job) == [str(checkout)], "one folder is trusted, once"


def git_config(job):
    return subprocess.run(
        ["git", "config", "--file", job.home / ".gitconfig", "--get-all", "safe.directory"], capture_output=True,
        text=True).stdout.splitlines()


# Hostile values do nothing.

@pytest.mark.parametrize("name", ["mode", "repository", "tenants", "arguments", "output", "token", "url", "sha256"])
def test_hostile_inputs_are_values(checkout, recorder, tmp_path, name):
    program, recorded = recorder
    job = action(checkout, tmp_path, program)
    before = {file for file in tmp_path.rglob("*") if ".git" not in file.parts}
    for value in HOSTILE:
        inputs = {"mode": "site", name: value}
        if name == "sha256":
            inputs["url"] = "https://127.0.0.1:9/parapet"
        run = job.run(**inputs)
        assert not [file for file in tmp_path.rglob("*pwned*")] and not (ROOT / "pwned").exists(), (value, run)
        assert set(run.outputs) == {"exit-code"} and run.outputs["exit-code"] in ("", "0"), (value, run)
        assert not [line for line in run.text.splitlines() if line.startswith(("::stop", "::set"))], (value, run)
        if name in ("mode", "url", "sha256", "repository"):
            assert run.code != 0, (value, run)
        else:
            assert run.code == 0, (value, run)
            arguments = recorded()[0]
            expected = {
                "tenants": ["--output=site", *(f"--tenant={one}" for one in value.split())],
                "arguments": ["--output=site", *(line for line in value.replace("\r\n", "\n").split("\n") if line)],
                "output": [f"--output={value}"], "token": ["--output=site"]}[name]
            assert arguments == ["site", *expected], (value, arguments)
    made = {file for file in tmp_path.rglob("*") if ".git" not in file.parts} - before
    assert {file.relative_to(tmp_path).parts[0] for file in made} <= {"job", "recorded.json"}, made
