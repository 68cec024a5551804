"""Unpacking stops at the limit, and takes nothing for whole that is not."""

import functools
import gzip
import os
import struct
import subprocess
import sys
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from chronik.bounded import CODINGS, MEMBERS_MAX, decoded
from chronik.errors import RefusedInputError, TooLargeError

MIB = 2**20


def bare_deflate(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "X-GZip": gzip.compress,
    "deflate": zlib.compress,
    " deflate ": bare_deflate,
    "br": functools.partial(brotli.compress, quality=5),
    "zstd": zstandard.compress,
}
every_coding = pytest.mark.parametrize("coding", PACKERS)


def test_the_codings_offered_are_those_that_can_be_taken_off():
    assert {coding.strip().lower().removeprefix("x-") for coding in PACKERS} == set(CODINGS)


@given(data=st.binary(max_size=5000), coding=st.sampled_from(sorted(PACKERS)))
def test_what_was_packed_comes_back(data, coding):
    assert decoded(PACKERS[coding](data), coding, size_bytes_max=len(data)) == data


@every_coding
def test_large_data_comes_back_whole(coding):
    data = os.urandom(MIB) + bytes(MIB)
    assert decoded(PACKERS[coding](data), coding, size_bytes_max=2 * MIB) == data


@pytest.mark.parametrize("coding", ["", "identity", " Identity "])
def test_what_is_not_packed_stays_as_it_is(coding):
    assert decoded(b"hello", coding, size_bytes_max=5) == b"hello"
    with pytest.raises(TooLargeError):
        decoded(b"hello", coding, size_bytes_max=4)


@every_coding
def test_one_byte_beyond_the_limit_is_too_large(coding):
    data = os.urandom(100_000)
    with pytest.raises(TooLargeError):
        decoded(PACKERS[coding](data), coding, size_bytes_max=len(data) - 1)


@every_coding
@pytest.mark.parametrize("size", [0, 1, 2, 5, 40_000, -1])
def test_cut_data_is_refused(coding, size):
    packed = PACKERS[coding](os.urandom(70_000))
    with pytest.raises(RefusedInputError, match="damaged"):
        decoded(packed[:size], coding, size_bytes_max=MIB)


@every_coding
@pytest.mark.parametrize(
    "junk", [b"hello world", b"\xff" * 100, b"\x1f\x8b\x08" + b"\xff" * 20, b"\x28\xb5\x2f\xfd" * 5]
)
def test_damaged_data_is_refused(coding, junk):
    with pytest.raises(RefusedInputError):
        decoded(junk, coding, size_bytes_max=MIB)


@every_coding
def test_data_with_something_behind_it_is_refused(coding):
    with pytest.raises(RefusedInputError):
        decoded(PACKERS[coding](b"hello") + b"behind", coding, size_bytes_max=MIB)


@pytest.mark.parametrize(
    "coding", ["gzip, gzip", "gzip,br", "identity, gzip", "compress", "utf-8", "gzip;q=1", "a" * 999]
)
def test_other_codings_are_refused_by_name(coding):
    with pytest.raises(RefusedInputError) as caught:
        decoded(b"", coding, size_bytes_max=MIB)
    assert len(str(caught.value)) < 200


def test_members_and_frames_one_after_another_are_one_text():
    assert decoded(gzip.compress(b"a") + gzip.compress(b"b") + bytes(512), "gzip", size_bytes_max=2) == b"ab"
    skipped = struct.pack("<II", 0x184D2A50, 4) + b"note"
    frames = zstandard.compress(b"a") + skipped + zstandard.compress(b"b")
    assert decoded(frames, "zstd", size_bytes_max=2) == b"ab"


@pytest.mark.parametrize(("coding", "packer"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
def test_the_number_of_members_is_limited(coding, packer):
    with pytest.raises(RefusedInputError, match=str(MEMBERS_MAX)):
        decoded(packer(b"") * (MEMBERS_MAX * 20), coding, size_bytes_max=MIB)


BOMB = """
import resource, sys, zlib, brotli, zstandard
from chronik.bounded import decoded
from chronik.errors import TooLargeError
zeros, limit = bytes(2**22), 16 * 2**20
def packed(add, end):
    return b"".join(add(zeros) for _ in range(256)) + end()
z, d = zlib.compressobj(wbits=31), zlib.compressobj()
b, s = brotli.Compressor(quality=1), zstandard.ZstdCompressor().compressobj()
bombs = {"gzip": packed(z.compress, z.flush), "deflate": packed(d.compress, d.flush),
         "br": packed(b.process, b.finish), "zstd": packed(s.compress, s.flush)}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for coding, bomb in bombs.items():
    try:
        decoded(bomb, coding, size_bytes_max=limit)
    except TooLargeError:
        continue
    sys.exit(f"{coding} went off")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / limit)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is measured as Linux reports it")
def test_bombs_of_a_gibibyte_take_at_most_twice_the_limit_of_memory():
    done = subprocess.run([sys.executable, "-c", BOMB], capture_output=True, text=True, check=True, timeout=120)
    assert float(done.stdout) <= 2
