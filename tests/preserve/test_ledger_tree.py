"""The Merkle tree: RFC 6962's own values, and every root and proof up to 1,025 leaves beside another implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from tests.torture.proofs import reading, wrong_proofs

from chronik.preserve.ledger import tree

# The leaves and roots of the Certificate Transparency project's own tests.
LEAVES = [
    bytes.fromhex(text)
    for text in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MANY = 1025


def entry(number):
    return f"leaf {number}".encode()


HASHES = [tree.leaf_hash(entry(number)) for number in range(MANY)]
READ = reading(HASHES)


@pytest.fixture(scope="module")
def other():
    """Another implementation with the same leaves."""
    made = InmemoryTree()
    made.append_entries([entry(number) for number in range(MANY)])
    return made


def naive_inclusion(index, hashes):
    """RFC 6962 §2.1.1 word for word."""
    if len(hashes) == 1:
        return []
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    if index < split:
        return [*naive_inclusion(index, hashes[:split]), tree.root_of(hashes[split:])]
    return [*naive_inclusion(index - split, hashes[split:]), tree.root_of(hashes[:split])]


def naive_consistency(first, hashes, *, whole=True):
    """RFC 6962 §2.1.2 word for word."""
    if first == len(hashes):
        return [] if whole else [tree.root_of(hashes)]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    if first <= split:
        return [*naive_consistency(first, hashes[:split], whole=whole), tree.root_of(hashes[split:])]
    return [*naive_consistency(first - split, hashes[split:], whole=False), tree.root_of(hashes[:split])]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size):
    hashes = [tree.leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert tree.root_of(hashes).hex() == ROOTS[size]
    assert tree.root(reading(hashes), size).hex() == ROOTS[size]


def test_proofs_are_those_of_certificate_transparency():
    read = reading([tree.leaf_hash(leaf) for leaf in LEAVES])
    assert [step.hex() for step in tree.inclusion_proof(read, 0, size=8)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in tree.consistency_proof(read, 6, second=8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_root_up_to_1025_leaves_equals_the_other_implementations(other):
    for size in range(MANY + 1):
        assert tree.root(READ, size) == other.get_root(size)


def test_every_root_and_proof_up_to_256_leaves_is_that_of_the_rfcs_own_words():
    """`make torture` does the same up to 1,025."""
    assert wrong_proofs(256) == (257 * 2 + 256 * 257, [])


def test_every_inclusion_proof_up_to_1025_leaves_holds(other):
    for size in [*range(1, 130), 255, 256, 257, 511, 512, 513, 767, 1000, 1023, 1024, 1025]:
        root = other.get_root(size)
        for index in range(size):
            proof = tree.inclusion_proof(READ, index, size=size)
            assert list(proof) == other.prove_inclusion(index + 1, size).path[1:]
            assert tree.includes(HASHES[index], index, size=size, root_hash=root, proof=proof)


def test_the_first_and_last_leaf_of_every_tree_are_proved_as_the_other_implementation_does(other):
    for size in range(1, MANY + 1):
        for index in {0, size // 3, size // 2, size - 1}:
            proof = tree.inclusion_proof(READ, index, size=size)
            assert list(proof) == other.prove_inclusion(index + 1, size).path[1:]


def test_every_consistency_proof_up_to_256_leaves_holds(other):
    roots = [other.get_root(size) for size in range(257)]
    for second in range(257):
        for first in range(second + 1):
            proof = tree.consistency_proof(READ, first, second=second)
            assert tree.extends(first, second, first_root=roots[first], second_root=roots[second], proof=proof)


def test_consistency_with_every_larger_tree_up_to_1025_leaves_holds(other):
    roots = [other.get_root(size) for size in range(MANY + 1)]
    for first in (1, 2, 3, 127, 128, 129, 255, 256, 257, 512, 700, 1024):
        for second in range(first, MANY + 1):
            proof = tree.consistency_proof(READ, first, second=second)
            assert tree.extends(first, second, first_root=roots[first], second_root=roots[second], proof=proof)


@given(st.integers(1, 80), st.data())
def test_proofs_are_those_of_the_rfcs_definition(size, data):
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert list(tree.inclusion_proof(READ, index, size=size)) == naive_inclusion(index, HASHES[:size])
    assert list(tree.consistency_proof(READ, first, second=size)) == naive_consistency(first, HASHES[:size])


def changed(proof, data):
    """A proof that is not this one."""
    kind = data.draw(st.sampled_from(["flip", "shorter", "longer", "swapped"]))
    steps = list(proof)
    if kind == "flip" and steps:
        at, bit = data.draw(st.integers(0, len(steps) - 1)), data.draw(st.integers(0, 255))
        steps[at] = (int.from_bytes(steps[at], "big") ^ 1 << bit).to_bytes(32, "big")
    elif kind == "shorter" and steps:
        steps.pop(data.draw(st.integers(0, len(steps) - 1)))
    elif kind == "swapped" and len(steps) > 1:
        steps[0], steps[-1] = steps[-1], steps[0]
    else:
        steps.append(hashlib.sha256(b"more").digest())
    return steps


@given(st.integers(1, 200), st.data())
def test_a_changed_proof_never_holds(size, data):
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root = tree.root(READ, size)
    wrong = changed(tree.inclusion_proof(READ, index, size=size), data)
    assert not tree.includes(HASHES[index], index, size=size, root_hash=root, proof=wrong)
    wrong = changed(tree.consistency_proof(READ, first, second=size), data)
    assert not tree.extends(first, size, first_root=tree.root(READ, first), second_root=root, proof=wrong)


@given(st.integers(1, 200), st.data())
def test_a_proof_of_one_leaf_is_none_of_another_place_or_size(size, data):
    index, elsewhere = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-1, size + 1))
    proof = tree.inclusion_proof(READ, index, size=size)
    root = tree.root(READ, size)
    holds = tree.includes(HASHES[index], elsewhere, size=size, root_hash=root, proof=proof)
    assert holds == (elsewhere == index)
    if elsewhere not in {-1, index, size, size + 1}:
        assert not tree.includes(HASHES[elsewhere], index, size=size, root_hash=root, proof=proof)
