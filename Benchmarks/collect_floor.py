#!/usr/bin/env python3
"""Times the start of parapet, and the collection of buckets beside boto3, in one run on one server.

usage: .venv/bin/python Benchmarks/collect_floor.py [BUCKETS]      (default 200; `make release` first)

boto3 makes the same calls by hand, one after the other and with 32 threads: the floor of what a Python tool can do. The
server is moto's, in one Python process, and the limit for everyone; compare CPU seconds of the client first.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts/demo"))

import boto3
import botocore.config
import botocore.exceptions

from aws_server import AWSServer

PARAPET = str(ROOT / ".build/release/parapet")
RUNS = 5
QUESTIONS = [
    "get_bucket_location", "get_bucket_encryption", "get_bucket_policy", "get_bucket_policy_status", "get_bucket_acl",
    "get_public_access_block", "get_bucket_versioning", "get_bucket_logging", "get_bucket_tagging"]


def collect(endpoint, threads):
    """What parapet asks of S3, by hand."""
    s3 = boto3.client(
        "s3", region_name="us-east-1", endpoint_url=endpoint, aws_access_key_id="x", aws_secret_access_key="x",
        config=botocore.config.Config(max_pool_connections=max(threads, 10)))

    def ask(question, bucket):
        try:
            return getattr(s3, question)(Bucket=bucket)
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"]

    calls = [(question, bucket["Name"]) for bucket in s3.list_buckets()["Buckets"] for question in QUESTIONS]
    if threads == 1:
        return [ask(*call) for call in calls]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda call: ask(*call), calls))


def repository(folder):
    subprocess.run([PARAPET, "init", folder], check=True, capture_output=True)
    Path(folder, "tenants/_defaults.yaml").write_text("regions: [us-east-1]\nscanners: [s3]\n")
    tenant = Path(folder, "tenants/example.yaml")
    tenant.write_text(tenant.read_text().replace("111122223333", "123456789012"))
    git = ["git", "-C", folder, "-c", "user.name=b", "-c", "user.email=b@localhost"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    return folder


def measure(command, **options):
    """Wall and CPU seconds of a child process, and how it ended."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, process.returncode


def row(name, runs):
    wall, cpu = (statistics.median(run[index] for run in runs) for index in range(2))
    print(f"{name:42} {wall:8.3f} s {cpu:8.3f} s   median of {len(runs)}")


def main():
    if sys.argv[1:2] == ["--child"]:
        collect(sys.argv[2], int(sys.argv[3]))
        return
    buckets = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{'':42} {'wall':>10} {'client CPU':>10}")
    row("parapet --version", [measure([PARAPET, "--version"]) for _ in range(RUNS)])
    with AWSServer() as server, tempfile.TemporaryDirectory() as folder:
        s3 = boto3.client(
            "s3", region_name="us-east-1", endpoint_url=server.url, aws_access_key_id="x", aws_secret_access_key="x")
        for number in range(buckets):
            s3.create_bucket(Bucket=f"bucket-{number:05}")
        place = repository(os.path.join(folder, "posture"))
        environment = {
            **os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
        kinds = {"parapet scan": [], "boto3, 32 threads": [], "boto3, one after the other": []}
        for _ in range(RUNS):
            scan = measure([PARAPET, "scan"], cwd=place, env=environment)
            assert scan[2] == 1, f"the scan ended with {scan[2]}"
            kinds["parapet scan"].append(scan)
            for name, threads in (("boto3, 32 threads", 32), ("boto3, one after the other", 1)):
                kinds[name].append(measure([sys.executable, __file__, "--child", server.url, str(threads)]))
        for name, runs in kinds.items():
            row(f"{name} ({buckets} buckets)", runs)


if __name__ == "__main__":
    main()
