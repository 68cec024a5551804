"""ZIP files that lie are refused at once, with the reason."""

import io
import stat
import struct
import time
import zipfile

import pytest

from chronik.errors import RefusedInputError
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.zipped import Zip

SECONDS_MAX = 2


def with_name(name, *, mode=0, data=b"x"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        info = zipfile.ZipInfo("a" * len(name.encode()))
        info.create_system, info.external_attr = 3, mode << 16
        made.writestr(info, data)
    return stream.getvalue().replace(b"a" * len(name.encode()), name.encode())


def twice(first, second):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("first_", b"x")
        made.writestr("second", b"x")
    return stream.getvalue().replace(b"first_", first).replace(b"second", second)


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", bytes(2**26))
    return stream.getvalue()


def lying_size():
    data = bytearray(bomb())
    for start, field in ((0, 22), (data.rindex(b"PK\x01\x02"), 24)):
        struct.pack_into("<L", data, start + field, 100)
    return bytes(data)


def overlapping():
    data = bytearray(twice(b"first_", b"second"))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    return bytes(data)


def many():
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65534, 65534, 46 * 65534, 0, 0)
    return bytes(46 * 65534) + end


HOSTILE = {
    "parent": lambda: with_name("../x"),
    "parent inside": lambda: with_name("a/../../x"),
    "absolute": lambda: with_name("/abs"),
    "drive": lambda: with_name("C:/x"),
    "backslash": lambda: with_name("a\\x"),
    "NUL": lambda: with_name("a\0x"),
    "turned letters": lambda: with_name("a\u202egpj.exe"),
    "long name": lambda: with_name("n" * 300),
    "link": lambda: with_name("archive/l", mode=stat.S_IFLNK | 0o777),
    "device": lambda: with_name("archive/d", mode=stat.S_IFCHR | 0o666),
    "same name": lambda: twice(b"same__", b"same__"),
    "same name but for case": lambda: twice(b"Same__", b"same__"),
    "overlapping": overlapping,
    "bomb": bomb,
    "lying size": lying_size,
    "many files": many,
    "nothing": lambda: b"",
    "no ZIP": lambda: b"<html>" * 100,
    "no WACZ": lambda: with_name("a.txt"),
    "ZIP in ZIP": lambda: with_name("datapackage.json", data=bomb()),
}


def read_whole(data):
    found = Zip(io.BytesIO(data))
    for entry in found.entries:
        found.read(entry, size_bytes_max=2**20)
    verifying.verified(io.BytesIO(data))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_at_once(name):
    data = HOSTILE[name]()
    start = time.process_time()
    with pytest.raises(RefusedInputError):
        read_whole(data)
    assert time.process_time() - start < SECONDS_MAX
