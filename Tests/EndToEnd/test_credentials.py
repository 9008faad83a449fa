"""No credential reaches an output, a file or a git object."""
import subprocess

from conftest import SECRET_KEY, TOKEN, git
from fault_proxy import close, deny, html, throttle


def everything(repository):
    """All bytes that a run left behind: files, and every git object."""
    for file in repository.path.rglob("*"):
        if file.is_file():
            yield str(file), file.read_bytes()
    objects = git(repository.path, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").splitlines()
    batch = subprocess.run(
        ["git", "-C", str(repository.path), "cat-file", "--batch"], input="\n".join(objects).encode(), capture_output=True)
    yield "objects", batch.stdout


def test_no_secret_in_any_output(repository, proxy):
    results = [repository.scan(proxy.url, "--verbose")]
    for fault in (deny(), throttle(), close(), html()):
        for call in (("iam", "ListUsers"), ("s3", "GetBucketAcl"), ("sts", "AssumeRole")):
            proxy.heal()
            fault.hits = 0
            proxy.fail(*call, fault)
            results.append(repository.scan(proxy.url, "--verbose"))
    proxy.heal()
    # AWS echoes the canonical request, token included, where a signature does not match.
    echo = f"SignatureDoesNotMatch</Code><Message>The string-to-sign should have been: x-amz-security-token:{TOKEN}</Message><Code>"
    proxy.fail("sts", "AssumeRole", deny(echo))
    results.append(repository.scan(proxy.url, "--verbose"))
    secrets = {SECRET_KEY, TOKEN, *proxy.secrets}
    assert len(secrets) >= 4, "the proxy saw temporary credentials"
    for result in results:
        assert result.code in (1, 3, 4), result
        for secret in secrets:
            assert secret not in result.text
    for name, content in everything(repository):
        for secret in secrets:
            assert secret.encode() not in content, name


def test_a_git_token_is_not_shown(repository, proxy):
    token = "ghp_plantedtoken0123456789abcdefghijklmn"
    repository.write("parapet.yaml", "version: 1\nresults: {allow_public: true}\n")
    repository.commit()
    git(repository.path, "remote", "add", "origin", f"http://user:{token}x@127.0.0.1:9/acme/posture.git")
    result = repository.scan(proxy.url, "--verbose", PARAPET_GIT_TOKEN=token)
    assert result.code == 4, result
    assert token not in result.text and "user:" not in result.text
