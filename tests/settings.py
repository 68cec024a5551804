"""Django's settings for the tests: those of the program for an archive that is nowhere, whatever this machine has."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("CHRONIK_")]:
    del os.environ[name]
# Made and removed: no archive can lie in a folder that is not there.
with tempfile.TemporaryDirectory(prefix="chronik-tests-") as folder:
    os.environ["CHRONIK_ARCHIVE"] = str(Path(folder) / "no-archive")
# Keys and marks of ledgers lie outside their archives: those of tests in a folder that goes with them.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="chronik-tests-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)
# What tests start as a program of its own takes the program's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "chronik.web.settings"

from chronik.web.settings import *  # noqa: E402, F403 - the environment had to be cleared first

# Each worker has a database of its own in memory; told here, as pytest-django knows that of Django's own engine only.
DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405 - comes with the settings

# What makes a password costly to guess makes every test that has a user slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
