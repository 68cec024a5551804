"""A process that has loaded what the program needs, and forks for each run of it: two seconds less for each.

Every run is still a process of its own, with its own environment, files and exit code. Talks over its standard input
and output: a JSON object a line, asked and answered.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from pathlib import Path

LIBRARIES = (
    "django.contrib.auth.hashers",
    "django.contrib.auth.password_validation",
    "django.contrib.staticfiles",
    "django.core.management.commands.migrate",
    "django.core.serializers.json",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.http",
    "django.template.backends.django",
    "django.urls",
    "django.views.generic",
    "typer._adapters",
    "pydantic",
)
STAGES = ("archive", "cli", "collect", "extract", "model", "ports", "preserve", "publish", "search", "takein")
"""What does not need an archive to be opened."""


def load():
    """Everything that a run may want, but for what knows of one archive."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for stage in STAGES:
        package = importlib.import_module(f"chronik.{stage}")
        for found in pkgutil.walk_packages(package.__path__, f"chronik.{stage}."):
            importlib.import_module(found.name)
    gc.collect()
    gc.freeze()


def child(asked):
    """Become the program: file descriptors, folder and environment first."""
    for descriptor, path, flags in (
        (0, asked["stdin"], os.O_RDONLY),
        (1, asked["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, asked["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["chronik", *asked["arguments"]]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - they are the process's own


def main():
    """Fork for each line."""
    load()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        running = os.fork()
        if not running:
            child(asked)
            from chronik.cli import main as program

            program()
            return
        signal.signal(signal.SIGALRM, lambda *_, running=running: os.kill(running, signal.SIGKILL))
        signal.alarm(asked["timeout_s"])
        _, status = os.waitpid(running, 0)
        signal.alarm(0)
        sys.stdout.buffer.write(b"%d\n" % os.waitstatus_to_exitcode(status))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    main()
