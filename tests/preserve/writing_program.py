"""Keeps captures in a vault and tells each one it was promised, until somebody stops it."""

import sys
from pathlib import Path

from tests.preserve.material import numbered, vault_in

if __name__ == "__main__":
    vault = vault_in(Path(sys.argv[1]))
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 100_000):
        capture = vault.keep(numbered(number, size=5000))
        sys.stdout.write(f"{capture.id}\n")
        sys.stdout.flush()
