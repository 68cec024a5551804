"""Every changed byte is found, and the report says whose it is."""

from contextlib import closing, suppress

import pytest
from tests.preserve.material import exchange, numbered, vault_in, warcs

from chronik.errors import DamagedCaptureError
from chronik.preserve.writer import index_path


@pytest.fixture
def sealed(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        kept = [vault.keep(numbered(0, size=5)), vault.keep(exchange(url="http://a.example/"))]
    return vault, kept, warcs(tmp_path)[0]


def changed(path, offset, *, bit):
    data = bytearray(path.read_bytes())
    data[offset] ^= 1 << bit
    path.write_bytes(data)
    return bytes(data)


def test_a_flipped_bit_anywhere_in_a_file_is_found(sealed):
    vault, _, path = sealed
    whole = path.read_bytes()
    for offset in range(0, len(whole), 7):
        changed(path, offset, bit=offset % 8)
        assert list(vault.damages()), f"byte {offset}"
        path.write_bytes(whole)
    assert list(vault.damages()) == []


def test_a_flipped_bit_in_a_capture_is_reported_with_its_name(sealed):
    vault, kept, path = sealed
    whole = path.read_bytes()
    for capture in kept:
        for offset in range(capture.location.offset, capture.location.offset + capture.location.length, 11):
            changed(path, offset, bit=offset % 8)
            found = list(vault.damages())
            assert any(capture.id in subject and capture.url in subject for subject, _ in found), offset
            assert all(path.name in subject for subject, _ in found)
            path.write_bytes(whole)


def test_a_flipped_bit_anywhere_in_an_index_is_found(sealed):
    vault, _, path = sealed
    index = index_path(path)
    whole = index.read_bytes()
    for offset in range(0, len(whole), 13):
        changed(index, offset, bit=offset % 8)
        assert list(vault.damages()), f"byte {offset}"
        index.write_bytes(whole)


def test_a_file_cut_anywhere_is_found(sealed):
    vault, _, path = sealed
    whole = path.read_bytes()
    for length in range(0, len(whole), 41):
        path.write_bytes(whole[:length])
        assert list(vault.damages()), f"cut at {length}"


def test_bytes_added_are_found(sealed):
    vault, _, path = sealed
    whole = path.read_bytes()
    for extra in (b"\0", b"\0" * 1000, b"junk", whole):
        path.write_bytes(whole + extra)
        assert list(vault.damages())


def test_a_missing_file_is_found(sealed):
    vault, kept, path = sealed
    path.unlink()
    ((subject, reason),) = vault.damages()
    assert subject == path.name
    assert "missing" in reason
    with pytest.raises(DamagedCaptureError, match=kept[0].id):
        vault.page(kept[0])


def test_a_page_of_a_damaged_capture_is_not_given(sealed):
    vault, kept, path = sealed
    whole = path.read_bytes()
    start = kept[0].location.offset
    for offset in range(start, start + kept[0].location.length, 3):
        data = changed(path, offset, bit=offset % 8)
        with suppress(DamagedCaptureError):
            assert vault.page(kept[0]).body == b"0 " * 5, "only bits of the gzip head that mean nothing may pass"
        assert len(data) == len(whole)
        path.write_bytes(whole)


def test_a_damaged_file_gives_the_captures_that_are_whole(sealed):
    vault, kept, path = sealed
    changed(path, kept[0].location.offset + 30, bit=2)
    assert list(vault.captures()) == kept[1:]
    assert vault.page(kept[1]).body == b"Text"
