#!/usr/bin/env python3
"""Starts a stand-in for AWS on this machine: moto's server, on a free port of 127.0.0.1.

As a module:    with AWSServer() as server: ... server.url ...
As a program:   aws_server.py --ready-file FILE     writes its URL into FILE when it answers, and runs until it is
                                                    stopped, or until the program that started it has gone
"""
import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SETTINGS = {
    # Otherwise some 1,300 snapshots in each region belong to the account.
    "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
}


class AWSServer:
    """A moto server as a process of its own. It is stopped when the `with` block ends, however it ends."""

    def __init__(self, patience=60):
        self.patience = patience
        self.url = None
        self._process = None
        self._log = None

    def __enter__(self):
        # A file, not a pipe: nobody reads the access log, and a full pipe would stop the server.
        self._log = tempfile.NamedTemporaryFile(prefix="aws-server-", suffix=".log")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("moto_additions.py")), "--host", "127.0.0.1", "--port", "0"],
            env={**os.environ, **SETTINGS, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._log:
            self._log.close()

    def requests(self):
        """How many requests it has answered."""
        return len(re.findall(r'HTTP/1\.[01]\S*" \d{3} ', self._text()))

    def reset(self):
        """Forgets everything that was made in it."""
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST"), timeout=30).close()

    def _wait(self):
        """Learns the port from the log, then waits for the first answer."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"moto_server ended with {self._process.returncode}:\n{self._text()}")
            match = re.search(r"Running on (http://127\.0\.0\.1:\d+)", self._text())
            if match and self._answers(match[1]):
                self.url = match[1]
                return
            time.sleep(0.05)
        raise RuntimeError(f"moto_server did not answer within {self.patience} s:\n{self._text()}")

    def _text(self):
        return Path(self._log.name).read_text(errors="replace")

    @staticmethod
    def _answers(url):
        try:
            urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5).close()
            return True
        except OSError:
            return False


def main():
    parser = argparse.ArgumentParser(description="Runs a stand-in for AWS on this machine.")
    parser.add_argument("--ready-file", type=Path, required=True, help="where to write the URL")
    ready_file = parser.parse_args().ready_file
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = os.getppid()
    with AWSServer() as server:
        unfinished = ready_file.with_name(ready_file.name + ".new")
        unfinished.write_text(server.url + "\n")
        unfinished.rename(ready_file)
        while os.getppid() == parent:
            time.sleep(0.2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
