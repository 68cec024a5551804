"""Notes, keys, checkpoints, proofs, tiles: the examples of C2SP and of Go's note package, and bad input."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError
from chronik.preserve.ledger import note, proof, tiles
from chronik.preserve.ledger.note import SignerKey, VerifierKey
from chronik.preserve.ledger.tree import EMPTY_ROOT

# golang.org/x/mod/sumdb/note: the key and note of its own documentation.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# c2sp.org/tlog-checkpoint
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
).encode()
KEY = SignerKey(name="press.example/ledger", seed=bytes(range(32)))


def signed(size=3, root=EMPTY_ROOT, *keys):
    text = note.checkpoint_text(origin=KEY.name, size=size, root=root)
    return note.signed(text, *(keys or [KEY]))


def test_keys_are_written_as_go_writes_them():
    key = note.signer_key(NEUMANN_PRIVATE)
    assert str(key.verifier) == NEUMANN
    assert key.secret == NEUMANN_PRIVATE
    assert note.verifier_key(NEUMANN) == key.verifier


def test_the_go_checksum_databases_key_is_read():
    text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert str(note.verifier_key(text)) == text


def test_a_note_is_signed_as_go_signs_it():
    assert note.signed(TEXT, note.signer_key(NEUMANN_PRIVATE)).decode() == SIGNED


def test_the_checkpoint_of_the_specification_is_read():
    found = note.checkpoint(EXAMPLE)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.signatures[0].key_id.hex() == "033de0ae"
    assert found.note == EXAMPLE


def test_a_private_key_is_never_shown():
    assert KEY.seed.hex() not in repr(KEY)
    with pytest.raises(RefusedInputError) as refusal:
        note.signer_key(NEUMANN_PRIVATE.replace("c74f", "c74e"))
    assert "AYEK" not in str(refusal.value)


def test_a_checkpoint_holds_under_its_key_alone():
    found = note.checkpoint(signed())
    assert note.fault(found, KEY.verifier) == ""
    other = VerifierKey(name=KEY.name, key=note.verifier_key(NEUMANN).key)
    assert "not signed by the key" in note.fault(found, other)


def test_signatures_by_unknown_keys_are_left_alone():
    other = SignerKey(name="witness.example", seed=bytes(32))
    found = note.checkpoint(signed(3, EMPTY_ROOT, KEY, other))
    assert len(found.signatures) == 2
    assert note.fault(found, KEY.verifier) == note.fault(found, other.verifier) == ""


@given(st.integers(0, len(signed()) * 8 - 1))
def test_no_bit_of_a_checkpoint_can_be_flipped(bit):
    data = bytearray(signed())
    data[bit // 8] ^= 1 << bit % 8
    try:
        found = note.checkpoint(bytes(data))
    except RefusedInputError:
        return
    assert note.fault(found, KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n1\nAAAA\n\n",
        "a\n01\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n",
        "a\n-1\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n",
        "a\n1\nAAAA\n\n— a AAAAAAAA\n",
        "a\n1\n" + "A" * 43 + "=\n\nno signature\n",
        "a\n1\n" + "A" * 43 + "=\n\n— a AAAAAAAA",
        "a\r\n1\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n",
        "a\n1\n" + "A" * 43 + "=\n\n" + "— a AAAAAAAA\n" * 100,
        "a\n" + "9" * 5000 + "\n" + "A" * 43 + "=\n\n— a AAAAAAAA\n",
        "x" * 100_000,
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(RefusedInputError):
        note.checkpoint(text.encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_checkpoint_or_refused(data):
    with contextlib.suppress(RefusedInputError):
        note.checkpoint(data)


@given(st.text(max_size=300))
def test_any_text_is_a_key_or_refused(text):
    for read in (note.verifier_key, note.signer_key, proof.read):
        with pytest.raises(RefusedInputError):
            read(text)


def test_a_proof_comes_back_as_it_was_written():
    made = proof.Proof(index=2, path=(bytes(32), b"\x01" * 32), checkpoint=note.checkpoint(signed()), extra=b"who")
    assert proof.read(proof.written(made)) == made
    text = proof.written(made)
    assert text.startswith("c2sp.org/tlog-proof@v1\nextra d2hv\nindex 2\nAAAA")
    assert text.endswith(signed().decode())


@pytest.mark.parametrize("change", [("index 2", "index 02"), ("index 2", "index"), ("AAAA", "AA=A"), ("@v1", "@v2")])
def test_a_damaged_proof_is_refused(change):
    made = proof.Proof(index=2, path=(bytes(32),), checkpoint=note.checkpoint(signed()))
    with pytest.raises(RefusedInputError):
        proof.read(proof.written(made).replace(*change))


def test_tiles_are_named_as_the_specification_says():
    assert tiles.numbered(1234067) == "x001/x234/067"
    assert tiles.numbered(0) == "000"
    assert tiles.numbered(999) == "999"
    assert tiles.numbered(1000) == "x001/000"
    assert tiles.Tile(level=1, index=5, width=17).name == "tile/1/005.p/17"
    assert tiles.Tile(level=0, index=273, width=112).bundle_name == "tile/entries/273.p/112"


def test_a_tree_of_70000_has_the_tiles_that_the_specification_names():
    found = list(tiles.tiles_between(0, 70_000))
    full = [tile.level for tile in found if tile.width == 256]
    assert (full.count(0), full.count(1), len(full)) == (273, 1, 274)
    assert [(tile.level, tile.width) for tile in found if tile.width < 256] == [(0, 112), (1, 17), (2, 1)]


def test_a_tree_of_256_has_a_full_tile_and_one_above_it():
    assert [(tile.level, tile.width) for tile in tiles.tiles_between(0, 256)] == [(0, 256), (1, 1)]


@given(st.lists(st.binary(max_size=400), max_size=256))
def test_a_bundle_comes_back_as_it_was_written(entries):
    assert tiles.entries_in(tiles.bundle(entries)) == entries


def test_a_torn_bundle_is_refused():
    with pytest.raises(ValueError, match="torn"):
        tiles.entries_in(tiles.bundle([b"entry"])[:-1])
    with pytest.raises(ValueError, match="too many"):
        tiles.entries_in(tiles.bundle([b""] * 257))
