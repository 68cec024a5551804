"""What is proved of captures and clips is told in three grades, and none of them claims too much."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from tests.archive.houses import FIRST, SECOND, clipped, street
from tests.preserve.material import NOW

from chronik import model
from chronik.archive import grading, recording
from chronik.archive.grounds import Ground, ground_of, reason
from chronik.model import (
    Act,
    Clip,
    Exchange,
    Grade,
    Hop,
    LeafKind,
    ProofState,
    Verb,
    Witness,
    sha256_hex,
)
from chronik.ports.fixity import FixityMark
from chronik.ports.ledger import LeafMark

URL = "https://talbote.example/sluice"
"""What a site's certificate stands beside."""


def certificate(*hosts, subject="talbote.example", since=NOW - timedelta(days=10), days=90):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=days))
    )
    if hosts:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


SITE = certificate("talbote.example", "*.talbote.example")
AUTHORITY = certificate(subject="An authority of ours")


def kept(archive, *, url=URL, chain=(SITE, AUTHORITY), digest=None, at=NOW, body=FIRST):
    """A capture as fetched, recorded in catalogue and ledger."""
    hop = Hop(
        url=url,
        request=b"GET / HTTP/1.1\r\n\r\n",
        response=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode(),
        status=200,
        headers=(),
        started_at=at,
        elapsed_s=0.5,
        address="192.0.2.7",
        tls_certificate=digest if digest is not None else sha256_hex(chain[0]) if chain else "",
        tls_chain=chain,
        tls_version="TLSv1.3" if chain else "",
    )
    capture = archive.vault.keep(Exchange(asked_url=url, hops=(hop,)))
    archive.catalogue.record_capture(capture)
    return capture


def graded(archive, capture):
    found = grading.proofs_of_capture(archive, capture)
    assert [one.grade for one in found] == list(Grade)
    return dict(zip(Grade, found, strict=True))


def ground(proof):
    return ground_of(proof.reason)[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street")) as found:
        yield found("house")


def test_a_recorded_capture_is_unchanged_as_far_as_our_own_key_goes(house):
    capture = kept(house, url=f"{URL}/own-key")
    assert ground(graded(house, capture)[Grade.UNCHANGED_SINCE]) is Ground.LEAF_DUE
    recording.record_due(house)
    found = graded(house, capture)[Grade.UNCHANGED_SINCE]
    assert (found.state, ground(found), found.since) == (ProofState.PROVED, Ground.OWN_KEY_ONLY, NOW)
    assert found.leaf == house.catalogue.leaf_mark(LeafKind.CAPTURE, capture.id).index
    assert "nobody outside says since when" in found.reason


def test_with_authorities_set_a_leaf_waits_for_its_stamp(house):
    capture = kept(house, url=f"{URL}/due")
    recording.record_due(house)
    (house.config.archive / "root.pem").write_bytes(b"")
    asked = replace(house.config, timestamp_authorities=("one https://one.example/tsr root.pem",))
    found = graded(replace(house, config=asked), capture)[Grade.UNCHANGED_SINCE]
    assert (found.state, ground(found), found.since) == (ProofState.WAITING, Ground.STAMP_DUE, None)


def test_a_row_that_is_not_what_its_leaf_says_is_contradicted(house):
    capture = kept(house, url=f"{URL}/row")
    recording.record_due(house)
    forged = replace(capture, captured_at=NOW - timedelta(days=400))
    found = graded(house, forged)[Grade.UNCHANGED_SINCE]
    assert (found.state, ground(found)) == (ProofState.CONTRADICTED, Ground.LEAF_DIFFERS)


def test_a_mark_beyond_the_ledger_or_of_another_leaf_is_contradicted(house):
    capture = kept(house, url=f"{URL}/mark")
    recording.record_due(house)
    mark = house.catalogue.leaf_mark(LeafKind.CAPTURE, capture.id)
    for index, expected in ((10_000, Ground.LEAF_MISSING), (mark.index - 1, Ground.LEAF_DIFFERS)):
        house.catalogue.mark_leaves([LeafMark(kind=mark.kind, subject=mark.subject, salt=mark.salt, index=index)])
        found = graded(house, capture)[Grade.UNCHANGED_SINCE]
        assert (found.state, ground(found)) == (ProofState.CONTRADICTED, expected)
    house.catalogue.mark_leaves([mark])


def test_damage_found_by_fixity_contradicts_the_captures_that_it_names(house):
    hurt, well = kept(house, url=f"{URL}/hurt"), kept(house, url=f"{URL}/well")
    recording.record_due(house)
    file = hurt.location.file
    told = f"{file} at byte 7, capture {hurt.id} ({hurt.url}): a digest is wrong"
    house.catalogue.keep_fixity_marks([FixityMark(file=file, read_at=NOW, damage=told)])
    states = [graded(house, one)[Grade.UNCHANGED_SINCE].state for one in (hurt, well)]
    house.catalogue.keep_fixity_marks([FixityMark(file=file, read_at=NOW, damage="the file is missing")])
    states.append(graded(house, well)[Grade.UNCHANGED_SINCE].state)
    house.catalogue.forget_fixity_marks([file])
    assert states == [ProofState.CONTRADICTED, ProofState.PROVED, ProofState.CONTRADICTED]


def test_the_sites_certificates_are_named_as_they_were_sent(house):
    found = graded(house, kept(house, url=f"{URL}/named"))[Grade.SAID_BY_THE_SITE]
    assert (found.state, found.since) == (ProofState.PROVED, NOW)
    assert found.by == ("talbote.example", "An authority of ours")
    sub = kept(house, url="https://www.talbote.example/")
    assert graded(house, sub)[Grade.SAID_BY_THE_SITE].state is ProofState.PROVED


@pytest.mark.parametrize(
    ("url", "options", "state", "expected"),
    [
        ("http://talbote.example/plain", {"chain": ()}, ProofState.NOTHING, Ground.NO_TLS),
        (f"{URL}/old", {"chain": (), "digest": ""}, ProofState.NOTHING, Ground.NOTHING_RECORDED),
        (f"{URL}/older", {"chain": (), "digest": "ab" * 32}, ProofState.NOTHING, Ground.DIGEST_ONLY),
        ("https://other.example/", {}, ProofState.CONTRADICTED, Ground.CERTIFICATE_OF_ANOTHER),
        ("https://a.b.talbote.example/", {}, ProofState.CONTRADICTED, Ground.CERTIFICATE_OF_ANOTHER),
        (f"{URL}/x", {"digest": "ab" * 32}, ProofState.CONTRADICTED, Ground.CERTIFICATE_OF_ANOTHER),
        (f"{URL}/y", {"chain": (b"no certificate",)}, ProofState.CONTRADICTED, Ground.CERTIFICATE_UNREADABLE),
        (
            f"{URL}/z",
            {"at": datetime(2031, 1, 1, tzinfo=UTC)},
            ProofState.CONTRADICTED,
            Ground.CERTIFICATE_OUT_OF_DATE,
        ),
    ],
)
def test_no_certificate_counts_that_cannot_have_been_the_sites(house, url, options, state, expected):
    found = graded(house, kept(house, url=url, **options))[Grade.SAID_BY_THE_SITE]
    assert (found.state, ground(found)) == (state, expected)


def test_what_was_taken_in_from_a_file_was_said_by_nobody(house):
    given = house.vault.keep_resource(b"x", url="file:///x", media_type="text/plain", taken_at=NOW, origin="x.txt")
    found = graded(house, given)[Grade.SAID_BY_THE_SITE]
    assert (found.state, ground(found)) == (ProofState.NOTHING, Ground.TAKEN_IN)


def test_a_forged_capture_of_this_archive_is_never_seen_by_others(house):
    first = kept(house, url=f"{URL}/forged")
    kept(house, url=f"{URL}/forged", at=NOW + timedelta(seconds=1))
    kept(house, url=f"https://web.archive.org/web/20260501000000id_/{URL}/forged")
    found = graded(house, first)[Grade.SEEN_BY_OTHERS]
    assert (found.state, found.by, ground(found)) == (ProofState.NOTHING, (), Ground.NOBODY)


def test_witnesses_are_named_and_one_that_differs_outweighs_the_others(house, monkeypatch):
    capture = kept(house, url=f"{URL}/witnessed")
    said = [model.Testimony(witness=Witness.ARCHIVE, name="b.example", seen_at=NOW, detail="its bytes are the same")]
    heard = Act(at=NOW, by="chronik", verb=Verb.HEAR_WITNESS, subject=capture.id)
    house.catalogue.record_act(heard)
    monkeypatch.setattr(grading, "testimonies", lambda *_, **__: tuple(said))
    found = graded(house, capture)[Grade.SEEN_BY_OTHERS]
    assert (found.state, found.by, found.since) == (ProofState.PROVED, ("b.example",), NOW)
    said.append(model.Testimony(witness=Witness.MEMENTO, name="web.archive.org", seen_at=NOW, agrees=False))
    found = graded(house, capture)[Grade.SEEN_BY_OTHERS]
    assert (found.state, found.by) == (ProofState.CONTRADICTED, ("web.archive.org",))


def test_clips_are_graded_by_their_captures_and_in_few_questions(house):
    capture = kept(house, url=f"{URL}/clip")
    recording.record_due(house)
    clip = clipped(house, capture, SECOND, text=f"{FIRST}\n\n{SECOND}", number=1)
    bare = Clip(id="f" * 64, dossier="sluice", excerpt="Words", clipped_at=NOW)
    found = grading.proofs_of_clips(house, [clip, bare])
    assert [one.state for one in found[clip.id]] == [ProofState.PROVED, ProofState.NOTHING, ProofState.PROVED]
    assert {ground(one) for one in found[bare.id]} == {Ground.NO_CAPTURE}
    assert grading.proofs_of_clip(house, clip) == found[clip.id]


def test_every_reason_is_a_sentence_that_can_be_told_apart_from_its_detail():
    assert [ground_of(reason(one, "a: b")) for one in Ground] == [(one, "a: b") for one in Ground]
    assert [ground_of(reason(one)) for one in Ground] == [(one, "") for one in Ground]
    assert ground_of("said elsewhere") == (None, "said elsewhere")
