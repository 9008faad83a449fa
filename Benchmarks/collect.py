#!/usr/bin/env python3
"""Compares a scan by parapet with one by Prowler, of the same account and services on one server.

usage: .venv/bin/python Benchmarks/collect.py      (`make release` first)

Prowler is looked for in .prowler, or where PROWLER says; where it is not there, parapet is measured alone. It needs 2 GB:
    python3 -m venv .prowler && .prowler/bin/pip install prowler==5.46.0

The account is moto's, in one Python process: the limit of wall time for everyone, so that CPU seconds tell more. Writes
Benchmarks/results-collect.json where both were measured.
"""
import dataclasses
import datetime
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts/demo"))

import measure
import seed
from aws_server import AWSServer
from collect_memory import PARAPET, repository

REGIONS = ["eu-west-1", "us-east-1"]
SCANNERS = "[iam, s3, ec2, ebs, network, logging]"
# The services that these scanners read.
SERVICES = [
    "accessanalyzer", "autoscaling", "cloudtrail", "cognito", "config", "ec2", "elb", "elbv2", "guardduty", "iam",
    "networkfirewall", "s3", "vpc"]
PROWLER = os.environ.get("PROWLER", str(ROOT / ".prowler/bin/prowler"))
RUNS = 3
# figure -> its unit, and the most that parapet should take of what Prowler takes.
FIGURES = {"wall": ("s", 1 / 3), "cpu": ("s", 1 / 20), "memory": ("MB", 1 / 10), "calls": ("", 1)}


def fill(endpoint):
    """The account of the demo, with more of everything."""
    seed.seed(endpoint)
    account = seed.Account(endpoint)
    s3, iam = account.client("s3"), account.client("iam")
    for number in range(100):
        s3.create_bucket(Bucket=f"bucket-{number:04}")
    for number in range(60):
        iam.create_user(UserName=f"user-{number:04}")
    for number in range(40):
        iam.create_role(RoleName=f"role-{number:04}", AssumeRolePolicyDocument="{}")
    for region in REGIONS:
        ec2 = account.client("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        ec2.run_instances(ImageId="ami-12345678", MinCount=50, MaxCount=50)
        for number in range(100):
            ec2.create_security_group(GroupName=f"group-{number:04}", Description="made up", VpcId=vpc)
            ec2.create_volume(AvailabilityZone=f"{region}a", Size=8)


def figures(server, command, codes, **options):
    """Wall, CPU, memory and calls of one run."""
    before = server.requests()
    measured, _ = measure.run(command, codes, **options)
    return {**dataclasses.asdict(measured), "calls": server.requests() - before}


def median(runs):
    return {name: sorted(run[name] for run in runs)[len(runs) // 2] for name in FIGURES}


def parapet(server, environment):
    with tempfile.TemporaryDirectory() as folder:
        # Each in a repository of its own: a first scan writes everything. 3: something could not be read.
        return median([
            figures(
                server, [PARAPET, "scan"], (1, 3), environment=environment,
                cwd=repository(f"{folder}/{number}", f"[{', '.join(REGIONS)}]", SCANNERS))
            for number in range(RUNS)])


def prowler(server, environment):
    with tempfile.TemporaryDirectory() as folder:
        return figures(
            server, [
                PROWLER, "aws", "--service", *SERVICES, "--region", *REGIONS, "--output-formats", "json-ocsf",
                "--output-directory", folder, "--no-banner", "--no-color"],
            (0, 3), cwd=folder, environment=environment | {"HOME": folder})


def main():
    load = os.getloadavg()[0]
    with AWSServer() as server:
        fill(server.url)
        environment = {
            "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "PARAPET_REQUESTS_PER_SECOND": "1000"}
        found = {"parapet": parapet(server, environment)}
        if Path(PROWLER).exists():
            found["Prowler"] = prowler(server, environment)
        else:
            print(f"Prowler is not at {PROWLER}; this installs it:\n"
                  "    python3 -m venv .prowler && .prowler/bin/pip install prowler==5.46.0\n")
    print(f"load before: {load:.1f}, of {os.cpu_count()} cores\n")
    print(f"{'':10}" + "".join(f"{name:>10}" for name in found) + (f"{'ratio':>10}{'target':>10}" if len(found) > 1 else ""))
    for figure, (unit, target) in FIGURES.items():
        row = f"{figure:7}{unit:3}" + "".join(f"{values[figure]:10.1f}" for values in found.values())
        if len(found) > 1:
            row += f"{'1/' + format(found['Prowler'][figure] / found['parapet'][figure], '.1f'):>10}{'1/' + format(1 / target, '.0f'):>10}"
        print(row)
    if len(found) > 1:
        result = {
            "date": datetime.date.today().isoformat(), "machine": f"{os.cpu_count()} cores, {platform.machine()}",
            "load": round(load, 1), "prowler": "5.46.0", "services": SERVICES, "regions": REGIONS,
            "figures": {name: {key: round(value, 2) for key, value in values.items()} for name, values in found.items()}}
        (ROOT / "Benchmarks/results-collect.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
