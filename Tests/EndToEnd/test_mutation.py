"""`parapet test --mutate`: what tests do not notice is listed, and a minimum can be asked for."""
import json

import pytest

from conftest import ROOT, parapet

RULE = """\
rule: volume-is-large
title: Volumes hold at least 14 GiB
severity: low
resource: AWS::EC2::Volume
pass_when: {Size: {gte: 14}}
tests:
  - {expect: fail, given: {Size: 3}}
  - {expect: pass, given: {Size: 20}}
"""
AT_THE_LIMIT = "  - {expect: pass, given: {Size: 14}}\n  - {expect: fail, given: {Size: 13}}\n"


@pytest.fixture
def rules(tmp_path):
    def write(text):
        (tmp_path / "volume-is-large.yaml").write_text(text)
        return "test", "--policies", tmp_path, "--mutate"
    return write


def test_a_weak_test_shows_survivors(rules):
    result = parapet(*rules(RULE))
    assert result.code == 0, result
    assert "SURVIVED volume-is-large (volume-is-large.yaml:5:20): `gte` became `gt`" in result.out, result
    assert "a test in which `Size` is 14" in result.out, result
    assert "4 mutants: 2 killed (50.0 %), 2 survived" in result.out, result


def test_tests_at_the_limit_kill_them(rules):
    result = parapet(*rules(RULE + AT_THE_LIMIT), "--minimum-killed", "100")
    assert result.code == 0 and "SURVIVED" not in result.out, result
    assert "4 mutants: 4 killed (100.0 %), 0 survived" in result.out, result


@pytest.mark.parametrize("minimum, code", [("50", 0), ("51", 1)])
def test_a_minimum(rules, minimum, code):
    result = parapet(*rules(RULE), "--minimum-killed", minimum)
    assert result.code == code, result
    assert ("fewer than 51 %" in result.err) == (code == 1), result


def test_json(rules):
    result = parapet(*rules(RULE), "--format", "json")
    assert result.code == 0, result
    report = json.loads(result.out)
    assert (report["tests"], report["failed"], report["failures"]) == (2, 0, [])
    assert (report["mutation"]["mutants"], report["mutation"]["killed"]) == (4, 2)
    (subject,) = report["mutation"]["subjects"]
    assert (subject["kind"], subject["name"], subject["path"]) == ("rule", "volume-is-large", "volume-is-large.yaml")
    assert [(one["line"], one["column"], one["change"]) for one in subject["survivors"]] == [
        (5, 20, "`gte` became `gt`"), (5, 20, "`gte: 14` became `13`")]


def test_failing_tests_come_first(rules):
    arguments = rules(RULE.replace("Size: 3}", "Size: 30}"))
    result = parapet(*arguments)
    assert result.code == 1 and "FAIL volume-is-large" in result.out and "mutants:" not in result.out, result
    assert "mutants are tried once all tests pass" in result.err, result
    result = parapet(*arguments, "--format", "json")
    report = json.loads(result.out)
    assert result.code == 1 and report["failed"] == 1 and "mutation" not in report, result
    assert report["failures"][0]["verdict"] == "pass", result


@pytest.mark.parametrize("arguments", [
    ["--minimum-killed", "50"], ["--mutate", "--minimum-killed", "101"], ["--mutate", "--minimum-killed", "half"],
    ["--mutate", "no-such-rule"], ["--mutate", "--format", "xml"]])
def test_bad_arguments(rules, arguments):
    result = parapet(*rules(RULE)[:-1], *arguments)
    assert result.code == 2 and not result.out, result


def test_the_built_in_rules():
    """docs/mutation.md says what survives, and why."""
    arguments = ["test", "--policies", ROOT / "policies", "--mutate", "--format", "json", "--minimum-killed", "90"]
    first, second = parapet(*arguments), parapet(*arguments)
    assert first.code == 0, first
    assert first.out == second.out, "the same on every run"
    text = (ROOT / "docs/mutation.md").read_text()
    survivors = [
        (subject["name"], one["change"])
        for subject in json.loads(first.out)["mutation"]["subjects"] for one in subject["survivors"]]
    for name, change in survivors:
        assert name in text and change in text, (name, change)
