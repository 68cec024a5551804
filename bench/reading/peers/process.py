"""A reader in a process of its own: asked page by page, ended when it takes too long, and begun again."""

import json
import os
import select
import subprocess
import time
from pathlib import Path

PROGRAM = Path(__file__).with_name("program.py")
START_TIMEOUT_S = 180.0
PAGE_TIMEOUT_S = 60.0
ROUND_TIMEOUT_S = 900.0


class Reader:
    """Asks one reader; what it does not answer in time is a failure of its own."""

    def __init__(self, python, name):
        self.name = name
        self.version = ""
        self._python = python
        self._process = None
        self._begun = b""

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.end()

    def finding(self, gold):
        """What the reader finds on a page."""
        found = self._ask({"file": str(gold.file), "url": gold.url}, timeout_s=PAGE_TIMEOUT_S)
        return found or {"failure": f"took longer than {PAGE_TIMEOUT_S:g} s, or ended", "cpu_s": PAGE_TIMEOUT_S}

    def timed_round(self, pages):
        """CPU seconds for all pages, and what the process weighs afterwards; None where it did not finish."""
        return self._ask({"round": [(str(gold.file), gold.url) for gold in pages]}, timeout_s=ROUND_TIMEOUT_S)

    def end(self):
        """Let the process go."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._begun = None, b""

    def start(self):
        """Begin, where it has not; False where the reader cannot."""
        if self._process is None:
            self._process = subprocess.Popen(
                [self._python, PROGRAM, self.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
            )
            hello = self._line(START_TIMEOUT_S)
            self.version = hello["version"] if hello else ""
        return bool(self.version)

    def _ask(self, request, *, timeout_s):
        if not self.start():
            self.end()
            return None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        found = self._line(timeout_s)
        if found is None:
            self.end()
        return found

    def _line(self, timeout_s):
        """The next answer; None where none comes in time."""
        deadline = time.monotonic() + timeout_s
        pipe = self._process.stdout
        while b"\n" not in self._begun:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return None
            chunk = os.read(pipe.fileno(), 2**16)
            if not chunk:
                return None
            self._begun += chunk
        line, _, self._begun = self._begun.partition(b"\n")
        return json.loads(line)
