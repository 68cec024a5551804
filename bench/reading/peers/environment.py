"""Installs the peers into an environment of their own, away from ours: their needs and ours need not agree."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / "bench" / "out"
LOCK = ROOT / "bench" / "peers.lock"
FOLDER = OUT / "peers"
INSTALL_TIMEOUT_S = 900


def version(name):
    """The release of a reader that the lock file names; a reader's settings follow its package's name."""
    return re.search(rf"^{re.escape(name.split()[0])}==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)[1]


def interpreter():
    """The peers' Python; installed first where it is not there yet or the lock file changed. None where it fails."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    stamp, python = FOLDER / ".installed", FOLDER / "bin" / "python"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    print(f"Installing the peers into {FOLDER.relative_to(ROOT)} …", file=sys.stderr, flush=True)
    # The lock file names everything; pip's own resolver stumbles over extras that are named twice.
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True, timeout=INSTALL_TIMEOUT_S)
        subprocess.run([*install, "--require-hashes", "-r", LOCK], check=True, timeout=INSTALL_TIMEOUT_S)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"The peers cannot be installed: {error}. Only our own reader is measured.", file=sys.stderr)
        return None
    stamp.write_text(wanted, encoding="ascii")
    return python
