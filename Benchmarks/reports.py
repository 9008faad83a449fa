#!/usr/bin/env python3
"""Times every report format, `parapet diff` and `parapet review`, on a tenant with many findings.

usage: .venv/bin/python Benchmarks/reports.py [RESOURCES]      (default 86,000, which have 100,620 findings; `make release` first)

Rules that most resources of a large made-up account fail make the findings; a second scan, after one of the rules has become more severe,
makes part of them differ. `parapet evaluate` on the same snapshot, in the first row, is for comparison. The review is of a commit that changes
one rule, which a third of the resources are judged by.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import collect_memory
import measure

FORMATS = ["json", "ndjson", "csv", "markdown", "html", "sarif", "ocsf", "asff", "oscal", "junit"]
RULES = {
    "AWS::EC2::Volume": ("VolumeId", "AvailabilityZone"), "AWS::EC2::SecurityGroup": ("GroupId", "GroupName"),
    "AWS::Logs::LogGroup": ("logGroupName", "logGroupName"),
    "AWS::EC2::NetworkInterface": ("NetworkInterfaceId", "VpcId"),
}


def write_rules(place, severity, condition="fail_when: {{{name}: {{ne: fine}}}}"):
    for number, (kind, (key, name)) in enumerate(RULES.items()):
        given = [json.dumps({key: "k", name: value}) for value in ("x", "fine")]
        Path(place, f"policies/r{number}.yaml").write_text(
            f"rule: everything-{number}\ntitle: Nothing is as it should be\nseverity: {severity if number == 0 else 'low'}\n"
            f"resource: {kind}\n" + (condition if number == 0 else "fail_when: {{{name}: {{ne: fine}}}}").format(name=name) + "\n"
            f"message: \"{{{key}}} is not fine\"\n"
            f"tests:\n  - {{expect: fail, given: {given[0]}}}\n  - {{expect: pass, given: {given[1]}}}\n")
    git = ["git", "-C", place, "-c", "user.name=b", "-c", "user.email=b@localhost"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "rules"], check=True)


def row(name, measured, note=""):
    print(f"{name:24} {measured.wall:7.2f} s {measured.cpu:7.2f} s {measured.memory:6.0f} MB  {note}", flush=True)


def main():
    resources = int(sys.argv[1]) if len(sys.argv) > 1 else 86_000
    parapet = collect_memory.PARAPET
    with tempfile.TemporaryDirectory() as folder:
        place = collect_memory.repository(f"{folder}/posture", "[us-east-1]", collect_memory.SCANNERS)
        environment = {
            "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_EC2_METADATA_DISABLED": "true",
            "PARAPET_REQUESTS_PER_SECOND": "1000000"}
        commits = []
        for severity in ("medium", "high"):
            write_rules(place, severity)
            with collect_memory.LargeAccount(resources) as account:
                measure.run([parapet, "scan"], codes=(1, 3), cwd=place, environment={**environment, "AWS_ENDPOINT_URL": account.url})
            commits.append(subprocess.run(
                ["git", "-C", place, "rev-parse", "parapet/results"], check=True, capture_output=True, text=True).stdout.strip())
        shown = subprocess.run(
            ["git", "-C", place, "show", "parapet/results:example/findings.json"], check=True, capture_output=True).stdout
        print(f"{len(json.loads(shown)['findings'])} open findings, {resources} resources")
        print(f"{'':24} {'wall':>9} {'CPU':>9} {'memory':>9}")
        measured, _ = measure.run(
            [parapet, "evaluate", "--snapshot", "parapet/snapshots:example", "--counts", "--jobs", "1"], codes=(0, 1, 3), cwd=place)
        row("evaluate", measured)
        for name in FORMATS:
            out = Path(folder, f"report.{name}")
            measured, _ = measure.run(
                [parapet, "report", "--format", name, "--tenant", "example", "--output", str(out)], cwd=place)
            row(f"report {name}", measured, f"{out.stat().st_size / 1e6:.0f} MB written")
        measured, _ = measure.run([parapet, "diff", *commits, "--format", "json"], cwd=place)
        row("diff", measured)
        base = subprocess.run(["git", "-C", place, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
        write_rules(place, "high", condition="pass_when: {{{name}: {{in: [fine, better]}}}}")
        measured, _ = measure.run([parapet, "review", "--base", base, "--head", "HEAD", "--format", "json"], codes=(0, 1, 3), cwd=place)
        row("review", measured)


if __name__ == "__main__":
    main()
