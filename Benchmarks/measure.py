"""Runs a program, and measures it from outside."""
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass


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
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=cwd,
            env={**os.environ, **environment} if environment else None)
        # wait4 tells of this one child; getrusage would add up all of them.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            errors.seek(0)
            text = errors.read().decode(errors="replace").strip()
            raise Failure(f"{' '.join(command)}: exit {process.returncode}\n{text}")
        output.seek(0)
        measured = Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)
        return measured, output.read()


def least_memory():
    """MB that every program seems to need: until it starts, a child counts the memory of this one."""
    return run(["true"])[0].memory


def median(measurements):
    """The median of each figure."""
    return Measurement(*(
        statistics.median(getattr(one, figure) for one in measurements) for figure in ("wall", "cpu", "memory")))
