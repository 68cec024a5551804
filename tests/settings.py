"""Django's settings for the tests: those of the program for an archive that is nowhere, whatever this machine has."""

import os
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("CHRONIK_")]:
    del os.environ[name]
# Made and removed: no archive can lie in a folder that is not there.
with tempfile.TemporaryDirectory(prefix="chronik-tests-") as folder:
    os.environ["CHRONIK_ARCHIVE"] = str(Path(folder) / "no-archive")
# What tests start as a program of its own takes the program's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "chronik.web.settings"

from chronik.web.settings import *  # noqa: E402, F403 - the environment had to be cleared first
