"""The server that checks GitHub's contract, and what a job of GitHub Actions knows of itself."""
import json
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from conftest import ROOT

REPOSITORY = "octo/posture"


class GitHub:
    """`Tests/GitHubServer/github_stub.py` in a process of its own."""

    def __init__(self, folder, prefix=""):
        folder.mkdir()
        key = rsa.generate_private_key(65537, 2048)
        self.app_key = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()).decode()
        (folder / "public.pem").write_bytes(key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
        ready = folder / "ready"
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "Tests/GitHubServer/github_stub.py", "--port", "0", "--ready-file", ready,
             "--app-public-key", folder / "public.pem", "--prefix", prefix],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if ready.exists() and ready.read_text():
                break
            assert self.process.poll() is None
            time.sleep(0.05)
        self.api = ready.read_text().strip()
        parts = urlsplit(self.api)
        self.origin = f"{parts.scheme}://{parts.netloc}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def control(self, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.origin}/_stub/{what}", data=data, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def begin(self, base, head, visibility="private", comments=(), reviews=(), fork=False, teams=None):
        """The pull request 7 of carol's, from base to head."""
        def token(login, kind, access):
            return {"login": login, "kind": kind, "perms": access}
        access = {"pull_requests": "write", "checks": "write", "statuses": "write", "metadata": "read"}
        self.control("seed", {
            "app": {"id": 4242, "slug": "posture-bot", "installations": {
                "99": {"account": "octo", "repos": [REPOSITORY], "permissions": access}}},
            "tokens": {
                "ghs_actions": token("github-actions[bot]", "installation", "write"),
                "ghs_fork": token("github-actions[bot]", "installation", "read"),
                "ghp_person": token("dave", "pat", "write")},
            "teams": teams or {},
            "repos": {REPOSITORY: {
                "default_branch": "main", "private": visibility != "public", "visibility": visibility,
                "pulls": {"7": {
                    "title": "Change", "user": "carol", "head_ref": "change", "base_ref": "main", "fork": fork,
                    "head_sha": head, "base_sha": base, "reviews": list(reviews)}},
                "comments": {"7": list(comments)}}}})

    def repository(self):
        return self.control("state")["repos"][REPOSITORY]

    def comments(self):
        return sorted(self.repository()["comments"].values(), key=lambda one: one["id"])

    def sticky(self):
        return [one for one in self.comments() if one["body"].startswith("<!-- parapet: review")]

    def checks(self):
        return list(self.repository()["check_runs"].values())

    def requests(self):
        return [f"{one['method']} {one.get('op') or one['path']}" for one in self.control("requests")]

    def writes(self):
        return [one for one in self.requests() if not one.startswith("GET")]

    def errors(self):
        return [one for one in self.control("violations") if one["severity"] != "warn"]


class Job:
    """The variables and files of a job that a pull request has started."""

    def __init__(self, folder, github, base, head, fork=False, event="pull_request", merge=None):
        folder.mkdir(exist_ok=True)
        self.summary = folder / "summary.md"
        self.summary.write_text("")
        payload = {"repository": {"full_name": REPOSITORY}}
        if event == "merge_group":
            payload["merge_group"] = {"base_sha": base, "head_sha": head}
        else:
            payload["pull_request"] = {
                "number": 7, "user": {"login": "carol"},
                "head": {"sha": head, "repo": {"full_name": "mallory/posture" if fork else REPOSITORY}},
                "base": {"sha": base, "ref": "main", "repo": {"full_name": REPOSITORY}}}
        (folder / "event.json").write_text(json.dumps(payload))
        self.variables = {
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(folder / "event.json"), "GITHUB_API_URL": github.api,
            "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "5", "GITHUB_SHA": merge or head,
            "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_TOKEN": "ghs_fork" if fork else "ghs_actions"}
