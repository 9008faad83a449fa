"""Each place where the program looks for its base credentials, from the outside."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conftest import EXTERNAL_ID, ROLE

BASE = "arn:aws:iam::123456789012:role/ParapetBase"
SECRET = "stub+secret/0123456789abcdefghijklmnopq"
TOKEN = "stub-token-0123456789"
NOTHING = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""}


def document(key):
    return json.dumps({
        "Code": "Success", "AccessKeyId": key, "SecretAccessKey": SECRET, "Token": TOKEN,
        "Expiration": "2099-01-01T00:00:00Z"})


@pytest.fixture
def stub():
    """The endpoints of a container, an instance, an OIDC issuer and IAM Identity Center in one."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def reply(self, status, text):
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def do_PUT(self):
            self.server.seen.append(self.path)
            self.reply(200, "imds-token")

        def do_GET(self):
            self.server.seen.append(self.path)
            if self.path == "/container":
                return self.reply(200, document("ASIACONTAINER"))
            if self.path.startswith("/oidc"):
                good = self.headers["Authorization"] == "bearer request-token" and "audience=sts.amazonaws.com" in self.path
                return self.reply(200 if good else 401, json.dumps({"value": TOKEN}))
            if self.path.startswith("/federation/credentials"):
                keys = {"accessKeyId": "ASIASSO", "secretAccessKey": SECRET, "sessionToken": TOKEN, "expiration": 4070908800000}
                return self.reply(200, json.dumps({"roleCredentials": keys}))
            if self.headers["X-aws-ec2-metadata-token"] != "imds-token":
                return self.reply(401, "")
            self.reply(200, "scanner" if self.path.endswith("/") else document("ASIAINSTANCE"))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.seen = []
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def scan(repository, proxy, **variables):
    result = repository.scan(proxy.url, "--verbose", **{**NOTHING, **variables})
    for secret in (SECRET, TOKEN, *proxy.secrets):
        assert secret not in result.text
    return result


def taken_on(proxy):
    """The calls that took on the tenant's role."""
    return [form for form in proxy.assumed if form["RoleArn"] == ROLE]


def test_nothing_set_up_names_every_place(repository, proxy):
    result = scan(repository, proxy)
    assert result.code == 3, result
    for word in (
            "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "GitHub Actions", "profile `default`",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "the instance", "docs/credentials.md"):
        assert word in result.err, word
    assert not proxy.calls


def test_container(repository, proxy, stub):
    # A proxy that nobody answers at: `localhost` would go through it, 127.0.0.1 would not.
    url = stub.url.replace("127.0.0.1", "localhost")
    result = scan(
        repository, proxy, AWS_CONTAINER_CREDENTIALS_FULL_URI=f"{url}/container", http_proxy="http://127.0.0.1:9",
        no_proxy="127.0.0.1")
    assert result.code == 1, result
    assert stub.seen == ["/container"] and len(taken_on(proxy)) == 1


def test_instance(repository, proxy, stub):
    result = scan(repository, proxy, AWS_EC2_METADATA_DISABLED="", AWS_EC2_METADATA_SERVICE_ENDPOINT=stub.url)
    assert result.code == 1, result
    assert stub.seen[0] == "/latest/api/token" and len(stub.seen) == 3 and len(taken_on(proxy)) == 1


def test_profile_with_a_role_and_a_process(repository, proxy, tmp_path):
    keys = {"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": SECRET}
    (tmp_path / "get").write_text(f"#!/bin/sh\necho '{SECRET}' >&2\necho '{json.dumps(keys)}'\n")
    (tmp_path / "get").chmod(0o700)
    (tmp_path / "config").write_text(
        f"[profile audit]\nrole_arn = {BASE}\nsource_profile = base\nexternal_id = base-id\nregion = eu-west-1\n"
        f"[profile base]\ncredential_process = {tmp_path}/get\n")
    proxy.trust = {ROLE: EXTERNAL_ID, BASE: "base-id"}
    result = scan(repository, proxy, AWS_PROFILE="audit", AWS_CONFIG_FILE=str(tmp_path / "config"))
    assert result.code == 1, result
    assert [form["RoleArn"] for form in proxy.assumed] == [BASE, ROLE]
    # The role's trust is what fails, and the profile is what is named.
    proxy.trust = {ROLE: EXTERNAL_ID, BASE: "another"}
    result = scan(repository, proxy, AWS_PROFILE="audit", AWS_CONFIG_FILE=str(tmp_path / "config"))
    assert result.code == 3 and "profile `audit`" in result.err and "not authorized" in result.err, result


def test_github_actions(repository, proxy, stub):
    variables = {
        "GITHUB_ACTIONS": "true", "AWS_ROLE_ARN": BASE, "ACTIONS_ID_TOKEN_REQUEST_URL": f"{stub.url}/oidc?api-version=2.0",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "request-token"}
    result = scan(repository, proxy, **variables)
    assert result.code == 1, result
    assert proxy.count("?", "AssumeRoleWithWebIdentity") == 1, "unsigned"
    assert len(taken_on(proxy)) == 1
    del variables["ACTIONS_ID_TOKEN_REQUEST_URL"]
    result = scan(repository, proxy, **variables)
    assert result.code == 3 and "id-token: write" in result.err, result


def test_identity_center(repository, proxy, stub, tmp_path):
    cache = tmp_path / ".aws/sso/cache"
    cache.mkdir(parents=True)
    (tmp_path / ".aws/config").write_text(
        "[default]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = Audit\n"
        "[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = https://acme.awsapps.com/start\n")
    token = cache / "293abb6b76d7791c0732cc517d38c4b5c734b87f.json"
    token.write_text(json.dumps({"accessToken": TOKEN, "expiresAt": "2099-01-01T00:00:00Z"}))
    variables = {"HOME": str(tmp_path), "AWS_ENDPOINT_URL_SSO": stub.url}
    result = scan(repository, proxy, **variables)
    assert result.code == 1 and len(stub.seen) == 1, result
    token.write_text(json.dumps({"accessToken": TOKEN, "expiresAt": "2020-01-01T00:00:00Z"}))
    result = scan(repository, proxy, **variables)
    assert result.code == 3 and "aws sso login --profile default" in result.err, result
