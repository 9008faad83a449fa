"""Runs a program, and measures it from outside."""
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

LAUNCH = str(Path(__file__).with_name("launch.py"))


@dataclass
class Measurement:
    wall: float  # seconds
    cpu: float  # seconds, of the user's code and the kernel's
    memory: float  # MB at the peak, the pages of mapped files included


class Failure(Exception):
    """A program that did not end well."""


def run(command, codes=(0,), cwd=None, environment=None):
    """The measurement of a command, and what it printed. `environment` is added to this one's; another exit code than one
    of `codes` is a failure."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, tempfile.NamedTemporaryFile() as report:
        subprocess.run(
            [sys.executable, "-I", "-S", LAUNCH, report.name, *command], stdin=subprocess.DEVNULL, stdout=output,
            stderr=errors, cwd=cwd, env={**os.environ, **environment} if environment else None)
        status, wall, cpu, memory = map(float, report.read().split() or [256, 0, 0, 0])
        code = os.waitstatus_to_exitcode(int(status))
        if code not in codes:
            errors.seek(0)
            text = errors.read().decode(errors="replace").strip()
            raise Failure(f"{' '.join(command)}: exit {code}\n{text}")
        output.seek(0)
        return Measurement(wall, cpu, memory * 1024 / 1e6), output.read()


def least_memory():
    """MB that every program seems to need: until it starts, a child counts the memory of what starts it."""
    return run(["true"])[0].memory


def median(measurements):
    """The median of each figure."""
    return Measurement(*(
        statistics.median(getattr(one, figure) for one in measurements) for figure in ("wall", "cpu", "memory")))
