"""Fetches what these tests need and the product does not: ReplayWeb.page's viewer, and py-wacz in its own environment.

Usage: python -m tests.replay.needs. Both are pinned by their digests, and lie in `.replay/`, which git ignores.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".replay"
VIEWER = FOLDER / "viewer"
PY_WACZ = FOLDER / "py-wacz"
PICTURES = FOLDER / "pictures"
LOCK = Path(__file__).with_name("py-wacz.lock")
NAME, VERSION = "replaywebpage", "2.5.3"
SHA512 = "nCj2PSON3BxeSJKE8AsYPyULv0XPZKJWfy4l9PyQre9SqwLZ+WKZVs/sfLqPOQ4GrH+0YkjbwOhr8cSTH08gsQ=="
"""Of the package's file, in base64, as the registry states it."""
WANTED = ("index.html", "sw.js", "ui.js")
FETCH_TIMEOUT_S = 600


def main():
    """Fetch what is missing; a failure says which, and why."""
    FOLDER.mkdir(exist_ok=True)
    _once(VIEWER, f"{NAME} {VERSION} {SHA512}", _viewer)
    _once(PY_WACZ, hashlib.sha256(LOCK.read_bytes()).hexdigest(), _py_wacz)


def _once(folder, pinned, fetch):
    """What is there under the same pin stays."""
    stamp = folder / "pinned.txt"
    if stamp.is_file() and stamp.read_text() == pinned:
        return
    shutil.rmtree(folder, ignore_errors=True)
    fetch()
    stamp.write_text(pinned)


def _viewer():
    if not shutil.which("npm"):
        raise SystemExit("make test-replay: npm is missing; it fetches ReplayWeb.page. Install Node.js, and try again.")
    packed = FOLDER / f"{NAME}-{VERSION}.tgz"
    _run("ReplayWeb.page", ["npm", "pack", f"{NAME}@{VERSION}", "--silent", "--pack-destination", str(FOLDER)])
    found = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if found != SHA512:
        raise SystemExit(f"make test-replay: {packed.name} is not the file that was pinned: its SHA-512 is {found}.")
    VIEWER.mkdir()
    with tarfile.open(packed) as held:
        for name in WANTED:
            (VIEWER / name).write_bytes(held.extractfile(f"package/{name}").read())
    packed.unlink()


def _py_wacz():
    venv.create(PY_WACZ, with_pip=True)
    python = str(PY_WACZ / "bin" / "python")
    _run("py-wacz", [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)])


def _run(what, command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"make test-replay: {what} did not arrive within {FETCH_TIMEOUT_S} s.") from None
    if done.returncode:
        why = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise SystemExit(f"make test-replay: {what} could not be fetched; it needs a network. " + " ".join(why))


if __name__ == "__main__":
    sys.exit(main())
