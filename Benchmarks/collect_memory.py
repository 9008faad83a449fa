#!/usr/bin/env python3
"""Measures the memory of `parapet collect` and `parapet scan` on a large made-up account.

usage: .venv/bin/python Benchmarks/collect_memory.py [RESOURCES]      (default 100,000; `make release` first)

Fails where not everything is collected, more than 64 connections are open at once, or more memory is used than the target.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import measure

ROOT = Path(__file__).resolve().parents[1]
PARAPET = str(ROOT / ".build/release/parapet")
SCANNERS = "[ebs, network, cloudwatch, lambda, messaging, s3]"
MOST_MEMORY = 400  # MB, for 100,000 resources
MOST_CONNECTIONS = 64


class LargeAccount:
    """The server, as a process of its own; `seen` is there when it has stopped."""

    def __init__(self, resources):
        self._resources = resources

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "Benchmarks/account_server.py"), str(self._resources)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self.seen = json.loads(self._process.communicate(timeout=60)[0])


def repository(folder, regions, scanners):
    """A new one, with the tenant `example` in the account that the servers make up."""
    subprocess.run([PARAPET, "init", folder], check=True, capture_output=True)
    Path(folder, "tenants/_defaults.yaml").write_text(f"regions: {regions}\nscanners: {scanners}\n")
    tenant = Path(folder, "tenants/example.yaml")
    tenant.write_text(tenant.read_text().replace("111122223333", "123456789012"))
    git = ["git", "-C", folder, "-c", "user.name=b", "-c", "user.email=b@localhost"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    return folder


def run(command, resources):
    """The measurement of one command on an account of that size, and what the server saw."""
    with tempfile.TemporaryDirectory() as folder:
        place = repository(f"{folder}/posture", "[us-east-1]", SCANNERS)
        with LargeAccount(resources) as account:
            # Lists that the server denies make it end with 3.
            measured, output = measure.run(
                [PARAPET, *command, *(["--out", f"{folder}/out"] if command[0] == "collect" else [])], codes=(3,), cwd=place,
                environment={
                    "AWS_ENDPOINT_URL": account.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
                    "AWS_EC2_METADATA_DISABLED": "true", "PARAPET_REQUESTS_PER_SECOND": "1000000"})
    return measured, output.decode(), account.seen


def main():
    resources = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    bad = []
    print(f"{'':32} {'wall':>9} {'CPU':>9} {'memory':>8} {'calls':>7} {'connections':>11}")
    for command in (["collect", "example"], ["scan"]):
        measured, output, seen = run(command, resources)
        print(
            f"parapet {command[0]:8} {resources:>7} resources {measured.wall:7.1f} s {measured.cpu:7.1f} s {measured.memory:5.0f} MB "
            f"{seen['requests']:7} {seen['connections']:11}")
        if command[0] == "collect" and f"{seen['resources'] + 2} resources" not in output:
            bad.append(f"not everything was collected: {output.splitlines()[0]}")
        if seen["connections"] > MOST_CONNECTIONS:
            bad.append(f"{seen['connections']} connections at once")
        if resources <= 100_000 and measured.memory > MOST_MEMORY:
            bad.append(f"{command[0]} takes {measured.memory:.0f} MB, more than {MOST_MEMORY}")
    if bad:
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
