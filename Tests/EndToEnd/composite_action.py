"""Runs action.yml as a runner of GitHub does: step after step, with the files and variables that a step finds there."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import yaml

EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
TERM = re.compile(r"^(inputs|steps)\.([\w.-]+) (==|!=) '(\w*)'$")


class Run:
    """How a run of the action ended."""

    def __init__(self):
        self.code, self.text, self.steps, self.outputs, self.ran = 0, "", {}, {}, []

    def __repr__(self):
        return f"exit {self.code} after {self.ran}\n{self.text}"


class CompositeAction:
    """The action in `folder`, for a job in `workspace`. `cache` stands in for GitHub's cache, and outlives jobs."""

    def __init__(self, folder, workspace, temporary, cache=None, **variables):
        self.folder, self.workspace, self.cache = Path(folder), Path(workspace), {} if cache is None else cache
        self.temporary = Path(temporary)
        self.home, self.runner = self.temporary / "home", self.temporary / "runner"
        for one in (self.home, self.runner):
            one.mkdir(parents=True, exist_ok=True)
        self.path = os.environ["PATH"]
        self.variables = variables
        self.definition = yaml.safe_load((self.folder / "action.yml").read_text())

    def run(self, **inputs):
        defaults = {name: one["default"] for name, one in self.definition["inputs"].items()}
        assert set(inputs) <= set(defaults), f"the action has no such inputs: {set(inputs) - set(defaults)}"
        self.inputs = {name: value.replace("${{ github.token }}", "the-job-token") for name, value in defaults.items()}
        self.inputs.update(inputs)
        run = Run()
        for index, step in enumerate(self.definition["runs"]["steps"]):
            if "if" in step and not self.holds(step["if"], run):
                continue
            name = step.get("id", f"step {index}")
            run.ran.append(name)
            run.steps[name] = {}
            if "uses" in step:
                given = {key: self.filled(value, run) for key, value in step["with"].items()}
                run.steps[name] = self.cached(step["uses"].split("@")[0], given)
            else:
                self.step(name, step, run)
            if run.code:
                break
        run.outputs = {name: self.filled(one["value"], run) for name, one in self.definition["outputs"].items()}
        return run

    def step(self, name, step, run):
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is code to whoever sets its value"
        files = {one: self.temporary / f"{one}.txt" for one in ("OUTPUT", "PATH", "ENV", "STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        script = self.temporary / "step.sh"
        script.write_text(step["run"])
        environment = {
            "PATH": self.path, "HOME": str(self.home), "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_OS": "Linux",
            "GITHUB_WORKSPACE": str(self.workspace), "GITHUB_ACTION_PATH": str(self.folder), "RUNNER_TEMP": str(self.runner),
            **{f"GITHUB_{one}": str(file) for one, file in files.items()}, **self.variables,
            **{key: self.filled(value, run) for key, value in step.get("env", {}).items()}}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)], cwd=self.workspace, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=300)
        run.code, run.text = ended.returncode, run.text + ended.stdout
        lines = files["OUTPUT"].read_text().splitlines()
        assert all(re.fullmatch(r"[a-z-]+=.*", line) for line in lines), lines
        run.steps[name] = dict(line.split("=", 1) for line in lines)
        for line in files["PATH"].read_text().splitlines():
            self.path = f"{line}:{self.path}"
        assert files["ENV"].read_text() == "", "no step sets variables of later steps"

    def cached(self, action, given):
        folder, key = Path(given["path"]), given["key"]
        assert folder.is_relative_to(self.runner) and key, given
        if action == "actions/cache/restore":
            hit = key in self.cache
            if hit:
                shutil.copytree(self.cache[key], folder, dirs_exist_ok=True)
            return {"cache-hit": "true" if hit else ""}
        assert action == "actions/cache/save", action
        assert key not in self.cache, "GitHub refuses to save a key twice"
        self.cache[key] = shutil.copytree(folder, self.temporary / f"cache-{len(self.cache)}")
        return {}

    def filled(self, text, run):
        return EXPRESSION.sub(lambda found: self.value(found[1], run), str(text))

    def value(self, name, run):
        kind, *rest = name.split(".")
        if kind == "inputs":
            return self.inputs[rest[0]]
        assert kind == "steps" and rest[1] == "outputs", f"what is `{name}`?"
        return run.steps.get(rest[0], {}).get(rest[2], "")

    def holds(self, condition, run):
        """Comparisons with texts, joined by &&: more no step needs."""
        whole = EXPRESSION.fullmatch(condition)
        assert whole, condition
        results = []
        for term in whole[1].split(" && "):
            found = TERM.match(term)
            assert found, f"the stand-in does not know `{term}`"
            results.append((self.value(f"{found[1]}.{found[2]}", run) == found[4]) == (found[3] == "=="))
        return all(results)
