"""A repository whose results a site is made of: a scanned tenant with a history, one whose every name is hostile, a large one."""
import json

import boto3

from conftest import TENANT, Repository, git
from fault_proxy import FaultProxy, deny
from test_reports import SCAN, commit_on, record_dev
from test_waivers import day, waiver

CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-west-1"}


def scanned(server, folder):
    """`prod` scanned twice, with a waiver and calls that were denied, and `dev` with buckets that nobody could make."""
    repository = Repository(folder / "posture")
    repository.write("tenants/prod.yaml", TENANT + "frameworks: [soc2-tsc]\n")
    repository.write("waivers/website.yaml", waiver())
    repository.commit()
    with FaultProxy(server.url) as proxy:
        proxy.fail("ec2", "DescribeVolumes", deny("UnauthorizedOperation"))
        assert repository.scan(proxy.url, "prod").code == 3
    s3 = boto3.client("s3", endpoint_url=server.url, **CREDENTIALS)
    s3.create_bucket(Bucket="made-later", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    with FaultProxy(server.url) as proxy:
        proxy.fail("s3", "GetBucketEncryption", deny())
        assert repository.scan(proxy.url, "prod").code == 3
    record_dev(repository, folder)
    return repository


def bucket(number):
    name = f"acme-{('logs', 'assets', 'invoices', 'backups')[number % 4]}-{number:05}"
    public = number % 7 != 0
    return f"large/eu-west-1/AWS--S3--Bucket/{name}.json", {
        "type": "AWS::S3::Bucket", "id": name, "arn": "arn:aws:s3:::" + name, "account": "310987654321",
        "region": "eu-west-1", "tags": {"team": "payments", "cost-centre": str(number % 9)},
        "config": {"Name": name, "Versioning": {"Status": "Suspended" if public else "Enabled"},
                   "CreationDate": "2024-03-01T10:00:00Z"},
        "uncollected": {"Encryption": "AccessDenied"} if number % 50 == 0 else {}}


def record_large(repository, folder, buckets):
    """Puts on the branches what a scan of an account with that many buckets would, by prod's policy."""
    names = git(repository.path, "ls-tree", "-r", "--name-only", "parapet/snapshots", "prod/_policy").splitlines()
    policy = {name.replace("prod/", "large/", 1): repository.show("parapet/snapshots", name) for name in names}
    tenant = {
        **json.loads(policy["large/_policy/tenant.json"]), "tenant": "large", "account": "310987654321", "waivers": [],
        "malformed_waivers": [], "rules": {}}
    commit_on(repository, "parapet/snapshots", {
        **policy, "large/_policy/tenant.json": tenant, "large/_scan.json": {**SCAN, "account": "310987654321"},
        **dict(bucket(number) for number in range(buckets))}, folder)
    commit_on(repository, "parapet/results", {
        "large/summary.json": {"version": 1}, "large/findings.json": {"version": 1, "tenant": "large", "findings": []}}, folder)
    line = {
        "time": git(repository.path, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "parapet/snapshots"),
        "run": "1", "tenant": "large", "revision": repository.tip("HEAD"), "version": "0", "calls": 0, "errors": 0,
        "snapshot": repository.tip("parapet/snapshots"), "results": repository.tip("parapet/results")}
    commit_on(repository, "parapet/journal", {"large/2026-11.ndjson": json.dumps(line) + "\n"}, folder)
