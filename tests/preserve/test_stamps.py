"""Stamps: what a sound authority says is taken, and everything else is refused with its reason."""

import random
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.preserve.authorities import (
    OTHER_POLICY,
    POLICY,
    STAMPING,
    der,
    make_authority,
    needs_openssl,
)

from chronik.errors import RefusedInputError
from chronik.preserve import stamps

NOTE = b"chronik.example/ledger\n3\nq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\n"

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("authority") / "clock")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("authority") / "stranger", "stranger")


@pytest.fixture
def signer(clock):
    """Lets a test give the authority another certificate, and gives it back its own."""
    before = clock.signer
    yield clock
    clock.use(before)


def taken(answer, asked, clock, *, now=None, **authority):
    return stamps.fresh_stamp(answer, asked=asked, authority=clock.authority(**authority), now=now or datetime.now(UTC))


def test_a_sound_answer_is_a_stamp(clock):
    asked = stamps.question(NOTE, size=3)
    answer = clock.answer(asked.body)
    stamp = taken(answer, asked, clock, policy=POLICY)
    assert (stamp.size, stamp.authority, stamp.token) == (3, "clock", answer)
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    again = stamps.stored_stamp(answer, note=NOTE, size=3, authority=clock.authority(), now=stamp.at + timedelta(9999))
    assert again == stamp


def test_what_is_asked_has_the_digest_only_and_a_new_nonce_each_time():
    first, second = stamps.question(NOTE, size=3), stamps.question(NOTE, size=3)
    assert first.nonce != second.nonce
    assert NOTE not in first.body


def test_a_token_of_another_authority_is_refused(clock, stranger):
    asked = stamps.question(NOTE, size=3)
    with pytest.raises(RefusedInputError, match="certificates"):
        taken(stranger.answer(asked.body), asked, clock)


def test_a_token_over_other_bytes_is_refused(clock):
    other = stamps.question(b"another note", size=3)
    asked = replace(stamps.question(NOTE, size=3), nonce=other.nonce)
    with pytest.raises(RefusedInputError, match="Mismatch between messages"):
        taken(clock.answer(other.body), asked, clock)


def test_a_token_over_another_kind_of_digest_is_refused(clock, tmp_path):
    (tmp_path / "note").write_bytes(NOTE)
    command = ["openssl", "ts", "-query", "-data", str(tmp_path / "note"), "-sha512", "-cert"]
    question = subprocess.run(command, capture_output=True, check=True).stdout
    with pytest.raises(RefusedInputError, match="SHA-256"):
        taken(clock.answer(question), stamps.question(NOTE, size=3), clock)


def test_an_answer_to_an_earlier_question_is_refused(clock):
    earlier = clock.answer(stamps.question(NOTE, size=3).body)
    with pytest.raises(RefusedInputError, match="Nonce"):
        taken(earlier, stamps.question(NOTE, size=3), clock)


@pytest.mark.parametrize("away", [timedelta(hours=1), -timedelta(hours=1), timedelta(days=365)])
def test_a_time_that_is_not_now_is_refused(clock, away):
    asked = stamps.question(NOTE, size=3)
    with pytest.raises(RefusedInputError, match="is not ours"):
        taken(clock.answer(asked.body), asked, clock, now=datetime.now(UTC) + away)


def test_a_kept_token_of_the_future_is_refused(clock):
    answer = clock.answer(stamps.question(NOTE, size=3).body)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with pytest.raises(RefusedInputError, match="future"):
        stamps.stored_stamp(answer, note=NOTE, size=3, authority=clock.authority(), now=yesterday)


def test_an_expired_certificate_is_refused(signer):
    signer.use(signer.certificate(since=datetime.now(UTC) - timedelta(days=9), days=2))
    asked = stamps.question(NOTE, size=3)
    with pytest.raises(RefusedInputError, match="certificate"):
        taken(signer.answer(asked.body), asked, signer)


def test_a_certificate_that_is_not_valid_yet_is_refused(signer):
    signer.use(signer.certificate(since=datetime.now(UTC) + timedelta(days=9)))
    asked = stamps.question(NOTE, size=3)
    with pytest.raises(RefusedInputError, match="certificate"):
        taken(signer.answer(asked.body), asked, signer)


def swapped(clock, **other):
    """A sound answer in which the signer's certificate has been exchanged for one of the same length."""
    asked = stamps.question(NOTE, size=3)
    answer, held = clock.answer(asked.body), der(clock.signer)
    begin = clock.signer.not_valid_before_utc
    for length in range(1, 64):
        wanted = der(clock.certificate(since=begin, subject="x" * length, **other))
        if len(wanted) == len(held):
            assert held in answer
            return asked, answer.replace(held, wanted)
    raise AssertionError("no certificate of the same length")


@pytest.mark.parametrize(
    "other",
    [
        {"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)},
        {"purposes": STAMPING, "critical": False},
        {"purposes": (*STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
        {"purposes": ()},
    ],
    ids=["for code", "not critical", "for more than stamping", "for anything"],
)
def test_a_certificate_for_something_else_is_refused(signer, other):
    signer.use(signer.certificate(subject="a clock with a longer name"))
    asked, answer = swapped(signer, **other)
    with pytest.raises(RefusedInputError, match=r"certificate|EKU"):
        taken(answer, asked, signer)


def test_another_policy_than_the_one_agreed_on_is_refused(clock):
    asked = stamps.question(NOTE, size=3)
    with pytest.raises(RefusedInputError, match="Policy"):
        taken(clock.answer(asked.body), asked, clock, policy=OTHER_POLICY)


def test_a_refusal_is_told_in_the_authority_s_words(clock, tmp_path):
    (tmp_path / "note").write_bytes(NOTE)
    command = ["openssl", "ts", "-query", "-data", str(tmp_path / "note"), "-sha256", "-tspolicy", "1.9.9"]
    question = subprocess.run(command, capture_output=True, check=True).stdout
    with pytest.raises(RefusedInputError, match=r"the authority refused \(status 2: .*policy"):
        taken(clock.answer(question), stamps.question(NOTE, size=3), clock)


def test_an_answer_without_the_signer_s_certificate_is_refused(clock, tmp_path):
    (tmp_path / "note").write_bytes(NOTE)
    command = ["openssl", "ts", "-query", "-data", str(tmp_path / "note"), "-sha256"]
    question = subprocess.run(command, capture_output=True, check=True).stdout
    with pytest.raises(RefusedInputError, match=r"[Cc]ertificate"):
        stamps.stored_stamp(
            clock.answer(question), note=NOTE, size=3, authority=clock.authority(), now=datetime.now(UTC)
        )


def test_an_answer_cut_short_anywhere_is_refused(clock):
    asked = stamps.question(NOTE, size=3)
    answer = clock.answer(asked.body)
    for end in range(0, len(answer), 7):
        with pytest.raises(RefusedInputError):
            taken(answer[:end], asked, clock)


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0", b"<html>502 Bad Gateway</html>", b"0" * 100, bytes(1000), b"0\x84\xff\xff\xff\xff", b"0\x80" * 5000],
)
def test_garbage_is_refused(clock, answer):
    with pytest.raises(RefusedInputError, match=r"no time stamp|does not hold|refused"):
        taken(answer, stamps.question(NOTE, size=3), clock)


def test_an_answer_without_end_is_refused(clock):
    with pytest.raises(RefusedInputError, match="larger than"):
        taken(bytes(stamps.ANSWER_BYTES_MAX + 1), stamps.question(NOTE, size=3), clock)


def test_a_changed_answer_never_says_another_time(clock):
    """Some bytes of the wrapping are not signed; what the token says of bytes and time is."""
    chance = random.Random(3)
    asked = stamps.question(NOTE, size=3)
    answer = clock.answer(asked.body)
    honest = taken(answer, asked, clock)
    for _ in range(2000):
        bad = bytearray(answer)
        for _ in range(chance.randint(1, 3)):
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        try:
            found = taken(bytes(bad), asked, clock)
        except RefusedInputError:
            continue
        assert (found.at, found.authority) == (honest.at, honest.authority)


def test_roots_are_read_from_pem(clock):
    assert stamps.certificates(b"Root\n" + clock.root_pem()) == (der(clock.root),)


@pytest.mark.parametrize("pem", [b"", b"\0\xff", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_without_certificate_is_refused(pem):
    with pytest.raises(RefusedInputError, match="no certificate"):
        stamps.certificates(pem)


def test_a_file_without_root_is_refused(clock):
    from cryptography.hazmat.primitives.serialization import Encoding

    with pytest.raises(RefusedInputError, match="no root"):
        stamps.certificates(clock.signer.public_bytes(Encoding.PEM))


def test_two_authorities_under_one_root_stand_on_the_same_trust(clock, stranger):
    assert clock.authority(name="a").root == clock.authority(name="b").root != stranger.authority().root
