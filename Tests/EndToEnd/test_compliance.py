"""`parapet compliance`: controls, the way to more of them, and what they rest on."""
import csv
import io
import json

import pytest

import conftest
from conftest import git, parapet


@pytest.fixture(scope="module")
def scanned(server, tmp_path_factory):
    repository = conftest.Repository(tmp_path_factory.mktemp("compliance") / "posture")
    repository.write(
        "tenants/prod.yaml", conftest.TENANT
        + "regions: [eu-west-1]\nscanners: [iam, s3, ebs, logging, network, governance]\nframeworks: [soc2-tsc, own]\n")
    repository.write("frameworks/own.yaml", """\
framework: own
title: Ours
version: "1"
controls:
  - {control: C, title: Versions and others, rules: [s3-bucket-versioning, ec2-instance-imdsv2-required]}
  - {control: A, title: Versions, rules: [s3-bucket-versioning]}
  - {control: B, title: Visitors, rules: []}
""")
    repository.commit()
    assert repository.scan(server.url).code == 1
    return repository


def told(repository, *arguments):
    result = parapet("compliance", *arguments, "--format", "json", cwd=repository.path)
    assert result.code == 0, result
    return json.loads(result.out)


@pytest.mark.parametrize("framework", ["soc2-tsc", "own"])
def test_it_says_what_the_results_branch_says(scanned, framework):
    recorded = scanned.show("parapet/results", f"prod/compliance/{framework}.json")
    assert told(scanned, framework) == json.loads(recorded)
    markdown = parapet("compliance", framework, "--format", "markdown", cwd=scanned.path).out
    assert markdown.strip() == scanned.show("parapet/results", f"prod/compliance/{framework}.md").strip()


@pytest.mark.parametrize("framework", ["soc2-tsc", "own"])
def test_rows_for_spreadsheets(scanned, framework, tmp_path):
    text = parapet("compliance", framework, "--format", "csv", cwd=scanned.path).out
    recorded = scanned.show("parapet/results", f"prod/compliance/{framework}.csv")
    assert text.splitlines() == recorded.splitlines()
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    compliance = told(scanned, framework)
    expected = [(control, rule) for control in compliance["controls"] for rule in control["rules"] or [None]]
    assert len(rows) == len(expected)
    for row, (control, rule) in zip(rows, expected):
        assert [row["control"], row["status"]] == [control["control"], control["status"]]
        assert [row["title"], row["section"]] == [control["title"], control.get("section", "")]
        assert row["rule"] == (rule["rule"] if rule else "")
        assert row["evaluated"] == ("true" if rule and rule["evaluated"] else "false")
        counts = rule.get("verdicts", {}) if rule else {}
        for name in ("pass", "fail", "waived", "unknown", "not_applicable"):
            assert row[name] == str(counts.get(name, ""))
    result = parapet("compliance", framework, "--roadmap", "--format", "csv", cwd=scanned.path)
    assert result.code == 2 and "--roadmap is text, markdown or json" in result.err, result


def test_what_does_not_run_is_no_pass(scanned):
    """The scanner of one of the rules is not enabled."""
    control = told(scanned, "own")["controls"][0]
    assert [rule["evaluated"] for rule in control["rules"]] == [True, False]
    assert control["status"] == "failed", "a bucket has no versions"
    report = told(scanned, "own", "--roadmap")
    assert report["unknown"] == ["C"]
    text = parapet("compliance", "own", "--roadmap", cwd=scanned.path).out
    assert "ec2-instance-imdsv2-required: not run" in text


def test_the_roadmap_fixes_everything_once(scanned):
    report = told(scanned, "soc2-tsc", "--roadmap")
    compliance = told(scanned, "soc2-tsc")
    failed = {control["control"] for control in compliance["controls"] if control["status"] == "failed"}
    reached = [control for step in report["steps"] for control in step["controls"]]
    assert sorted(reached + report["unknown"]) == sorted(failed | set(report["unknown"]))
    ids = [finding["id"] for step in report["steps"] for finding in step["findings"]]
    assert len(ids) == len(set(ids)) and ids
    open_ids = {finding["id"] for finding in scanned.findings()["findings"] if finding["status"] == "open"}
    assert set(ids) <= open_ids
    percentages = [report["percentage"]] + [step["percentage"] for step in report["steps"]]
    assert percentages == sorted(percentages) and (report["unknown"] or percentages[-1] == 100)
    text = parapet("compliance", "soc2-tsc", "--roadmap", cwd=scanned.path)
    assert text.code == 0 and text.out.count("[ ]") == len(ids) + len(report["unknown"]), text
    assert "aws s3api put-bucket-versioning --bucket '" in text.out


def test_evidence_names_resources_and_revisions(scanned):
    evidence = told(scanned, "own", "--evidence")
    [_, versions, visitors] = evidence["controls"]
    [rule] = versions["rules"]
    recorded = git(scanned.path, "rev-parse", "parapet/snapshots:prod/_policy/rules/s3-bucket-versioning.yaml")
    assert rule["revision"] == recorded
    buckets = {resource["id"] for resource in scanned.resources() if resource["type"] == "AWS::S3::Bucket"}
    assert {resource["id"] for resource in rule["resources"]} == buckets
    assert {resource["verdict"] for resource in rule["resources"]} == {"pass", "fail"}
    assert visitors == {"control": "B", "title": "Visitors", "status": "not_covered", "rules": []}


@pytest.mark.parametrize(("arguments", "message"), [
    ([], "there are 2 frameworks"), (["soc2"], "one of: own, soc2-tsc"), (["own", "--tenant", "prd"], "did you mean `prod`"),
    (["own", "--roadmap", "--evidence"], "ask for one"),
])
def test_what_is_not_there_is_said(scanned, arguments, message):
    result = parapet("compliance", *arguments, cwd=scanned.path)
    assert result.code == 2 and message in result.err, result
