"""Small PDF files for tests, written sign by sign: whatever Unicode, wherever on the page."""

import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
SIGN_WIDTH = 0.5
"""Each sign is half as wide as its type is large."""


@dataclass(frozen=True)
class Line:
    x: float
    y: float
    text: str
    size: float = 11


def column(lines, *, x=60, y=700, size=11, leading=1.3):
    """Lines one below the other."""
    return [Line(x, y - number * size * leading, text, size) for number, text in enumerate(lines)]


def pdf(*pages, info="", contents=None, extra=(), catalog="", trailer="", rotate=0):
    """A PDF with these pages, each a list of lines; `contents` replaces the pages' own streams."""
    streams = contents if contents is not None else [_stream(_drawn(page)) for page in pages]
    count = len(streams)
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(count))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDToGIDMap /Identity /DW 500 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(_to_unicode()),
        6: b"<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 /Descent -200"
        b" /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
        7: f"<< {info} >>".encode("latin-1"),
    }
    for number, stream in enumerate(streams):
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate}"
            f" /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {11 + 2 * number} 0 R >>"
        ).encode()
        objects[11 + 2 * number] = stream
    objects.update(dict(extra))
    return _file(objects, trailer)


def stream(data, *, filters="/FlateDecode", length=None):
    """A stream object."""
    size = len(data) if length is None else length
    return f"<< /Length {size} /Filter {filters} >>\nstream\n".encode() + data + b"\nendstream"


def _stream(data):
    return stream(zlib.compress(data))


def _drawn(lines):
    pieces = []
    for line in lines:
        signs = "".join(f"{ord(sign):04X}" for sign in line.text)
        pieces.append(f"BT /F {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm <{signs}> Tj ET")
    return "\n".join(pieces).encode()


def _to_unicode():
    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256))
    blocks = [ranges.split("\n")[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Any def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _file(objects, trailer):
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    size = max(places) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places[number]:010} 00000 n \n".encode() if number in places else b"0000000000 00000 f \n"
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 7 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
