"""Who judges: how each engine is built or installed, started, and how its counts are read."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / ".build/bench"
PARAPET = ROOT / ".build/release/parapet"
POLICIES = HERE / "policies"
POLICIES_500 = WORK / "policies-500"


class Missing(Exception):
    """Why an engine cannot run here."""


class Floor:
    title = "C++ by hand over simdjson"

    def prepare(self):
        self.program, source = WORK / "floor", HERE / "floor.cpp"
        if self.program.exists() and self.program.stat().st_mtime > source.stat().st_mtime:
            return
        compiler = os.environ.get("CXX") or shutil.which("g++") or shutil.which("clang++")
        if not compiler:
            raise Missing("there is no C++ compiler: apt-get install g++")
        build = [compiler, "-O3", "-std=c++17", str(source), "-o", str(self.program), "-lsimdjson"]
        outcome = subprocess.run(build, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise Missing(f"{' '.join(build)} failed:\n{outcome.stderr}")

    def command(self, file):
        return [str(self.program), str(file)]

    def counts(self, output):
        return json.loads(output)


class Python(Floor):
    title = "plain Python"

    def prepare(self):
        pass

    def command(self, file):
        return [sys.executable, str(HERE / "py_plain.py"), str(file)]


class Rego(Python):
    """An engine from PyPI, in an environment of its own; its requirements are pinned in rego/."""

    def __init__(self, name, title):
        self.name = name
        self.title = title
        self.python = WORK / "venv/bin/python"

    def prepare(self):
        requirements = HERE / f"rego/{self.name}.txt"
        stamp = WORK / f"venv/{self.name}.sha256"
        digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == digest:
            return
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(WORK / "venv")], check=True)
        install = [
            str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
            "--timeout", "20", "--only-binary", ":all:", "--require-hashes", "-r", str(requirements)]
        outcome = subprocess.run(install, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise Missing(f"pip cannot install it: {outcome.stderr.strip().splitlines()[-1]}")
        stamp.write_text(digest)

    def command(self, file):
        return [str(self.python), str(HERE / "py_rego.py"), self.name, str(file)]


class Parapet:
    def __init__(self, jobs, policies=POLICIES):
        self.jobs = jobs
        self.policies = policies
        self.title = f"parapet, {jobs} core{'s' if jobs > 1 else ''}"

    def prepare(self):
        if not PARAPET.exists():
            raise Missing(f"there is no {PARAPET.relative_to(ROOT)}: make release")

    def command(self, file):
        return [
            str(PARAPET), "evaluate", "--snapshot", str(file), "--policies", str(self.policies), "--counts", "--jobs",
            str(self.jobs)]

    def verdicts(self, output):
        """The counts of every verdict by rule, without the rules' prefix."""
        return {entry["rule"].removeprefix("bench-"): entry for entry in json.loads(output)["rules"]}

    def counts(self, output):
        counts = {}
        for rule, entry in self.verdicts(output).items():
            # What is unknown here, the other engines have decided.
            counts[rule] = entry["fail"] if entry["unknown"] == 0 else f"{entry['fail']} and {entry['unknown']} unknown"
        return counts


# In the order of the table. The floor comes first: others are compared with it.
ENGINES = {
    "floor": Floor(),
    "parapet": Parapet(1),
    "parapet-2": Parapet(2),
    "python": Python(),
    "regorus": Rego("regorus", "Rego: regorus"),
    "regopy": Rego("regopy", "Rego: rego-cpp"),
}
