"""Packs the browser extension into the file that the desk offers: the same bytes from the same sources, always.

python tools/extension.py
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "extension"
PACKED = ROOT / "src" / "chronik" / "desk" / "static" / "desk" / "chronik-clipper.zip"
NAME = "chronik-clipper"
"""The folder that comes out of it."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can tell: the day of packing is nobody's business."""
FILE_MODE = 0o100644 << 16


def packed() -> bytes:
    """The extension as a ZIP; stored as it is, for what a compressor makes differs between its versions."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
            about = zipfile.ZipInfo(f"{NAME}/{path.relative_to(FOLDER).as_posix()}", date_time=LONG_AGO)
            about.create_system, about.external_attr = 3, FILE_MODE
            archive.writestr(about, path.read_bytes())
    return out.getvalue()


if __name__ == "__main__":
    PACKED.write_bytes(packed())
