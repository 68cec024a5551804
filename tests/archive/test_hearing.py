"""Witnesses are asked about clips; what they show is kept as evidence, compared word for word, and told as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.archive.houses import FIRST, SECOND, THIRD, URL, captured, clipped, html, later, read, street
from tests.archive.test_packages_of_others import trust
from tests.fakes.fetch import FakeFetch, FakePage
from tests.fakes.readers import HereAndNow
from tests.preserve.material import NOW

from chronik import config as configuration
from chronik.archive import (
    deposing,
    disagreeing,
    hearing,
    hiding,
    packing,
    recording,
    taking_wacz,
    trusting,
    witnessing,
)
from chronik.archive.disagreeing import Verdict
from chronik.archive.kept_whole import is_to_be_read
from chronik.collect import mementos
from chronik.errors import NotFoundError, RefusedInputError
from chronik.extract import workers
from chronik.model import Act, Failure, FailureKind, TakedownReason, Verb, Witness
from chronik.preserve.witness import deposition

GATE = "https://memories.example/gate/"
MEMENTO = "https://memories.example/20260501/https://talbote.example/sluice"
PEER = "https://hallwerd.example/witness/captures?url=https%3A%2F%2Ftalbote.example%2Fsluice"
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    monkeypatch.setattr(workers, "readings", lambda pages, **_: HereAndNow().read(pages))


@pytest.fixture
def build(tmp_path):
    with street(tmp_path) as build:
        yield build


def set_up(archive, **settings):
    table = {"state_directory": archive.config.state_directory, "pace_s": 0, **settings}
    return replace(archive, config=configuration.from_table(archive.config.archive, table))


@pytest.fixture
def ours(build):
    """An archive with a clip, that knows a web archive."""
    archive = set_up(build("ours"), memento_archives=[f"memories {GATE}"])
    capture = captured(archive, FIRST, SECOND, THIRD)
    return archive, capture, clipped(archive, capture, SECOND, text=TEXT)


def memento(*paragraphs, at=NOW + timedelta(hours=3), original=URL, **others):
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Memento-Datetime", mementos.asked_for(at)),
        ("Link", f'<https://memories.example/list>; rel="timemap", <{original}>; rel="original"'),
    )
    return FakePage(body=html(*paragraphs), headers=headers, **others)


def to(url):
    return FakePage(status=302, headers=(("Location", url), ("Vary", "accept-datetime")))


def look(archive, clip, pages):
    asking = replace(archive, fetch=FakeFetch(pages, clock=archive.clock))
    return list(hearing.look(asking, [clip], by="ada"))


def told(archive, capture, passage=SECOND):
    return [(one.witness, one.name, one.agrees) for one in witnessing.testimonies(archive, capture, passage=passage)]


def test_a_memento_that_says_the_same_is_kept_and_counts(ours):
    archive, capture, clip = ours
    [asked] = look(archive, clip, {f"{GATE}{URL}": to(MEMENTO), MEMENTO: memento(FIRST, SECOND)})
    assert (asked.name, asked.heard.agrees, asked.reason) == ("memories", True, "")
    [found] = witnessing.testimonies(archive, capture, passage=clip.excerpt)
    assert (found.witness, found.name, found.address, found.agrees) == (Witness.MEMENTO, "memories", MEMENTO, True)
    assert found.seen_at == (NOW + timedelta(hours=3)).replace(microsecond=0)
    assert witnessing.evidence_of(archive, capture.id) == [asked.heard.evidence]
    evidence = archive.catalogue.capture(asked.heard.evidence)
    assert b"dead fish" in archive.vault.page(evidence).body
    assert archive.catalogue.reading_in(evidence.id) is None
    assert [act.verb for act in archive.catalogue.acts(subject=capture.id)] == [Verb.HEAR_WITNESS]
    assert told(archive, capture, passage=FIRST) == []


def test_evidence_that_a_killed_process_left_is_read_by_nobody(ours):
    archive, capture, clip = ours
    [asked] = look(archive, clip, {f"{GATE}{URL}": to(MEMENTO), MEMENTO: memento(FIRST, SECOND)})
    kept = archive.catalogue.capture(asked.heard.evidence)
    assert not is_to_be_read(kept, archive.config)
    assert is_to_be_read(capture, archive.config)


def test_the_moment_of_the_capture_is_asked_for(ours):
    archive, _, clip = ours
    fetch = FakeFetch({f"{GATE}{URL}": to(MEMENTO), MEMENTO: memento(SECOND)}, clock=archive.clock)
    list(hearing.look(replace(archive, fetch=fetch), [clip], by="ada"))
    assert {ask.accept_datetime for ask in fetch.asked} == {"Fri, 01 May 2026 12:30:15 GMT"}


def test_asking_twice_adds_nothing(ours):
    archive, _, clip = ours
    pages = {f"{GATE}{URL}": to(MEMENTO), MEMENTO: memento(FIRST, SECOND)}
    look(archive, clip, pages)
    before = len(list(archive.catalogue.captures())), len(archive.catalogue.acts())
    [again] = look(later(archive, hours=5), clip, pages)
    assert (len(list(archive.catalogue.captures())), len(archive.catalogue.acts())) == before
    assert again.heard.agrees is True


def test_a_list_of_mementos_gives_the_nearest(ours):
    archive, capture, clip = ours
    near, far = f"{MEMENTO}?near", f"{MEMENTO}?far"
    text = (
        f'<{URL}>; rel="original",\n<{far}>; rel="first memento"; datetime="Fri, 01 Jan 2021 00:00:00 GMT",\n'
        f'<{near}>; rel="memento"; datetime="{mementos.asked_for(NOW)}",\n<x>; rel="memento"; datetime="never"'
    )
    listed = FakePage(body=text.encode(), headers=(("Content-Type", "application/link-format"),))
    look(archive, clip, {f"{GATE}{URL}": listed, near: memento(SECOND), far: memento(FIRST)})
    assert told(archive, capture) == [(Witness.MEMENTO, "memories", True)]


def test_a_memento_of_the_same_days_that_says_otherwise_is_a_lead(ours):
    archive, capture, clip = ours
    changed = SECOND.replace("300", "3")
    [asked] = look(archive, clip, {f"{GATE}{URL}": to(MEMENTO), MEMENTO: memento(FIRST, changed)})
    assert (asked.heard.agrees, asked.heard.wording) == (False, changed)
    assert told(archive, capture) == [(Witness.MEMENTO, "memories", False)]
    [lead] = disagreeing.disagreements(archive)
    assert (lead.heard.clip, lead.heard.wording, lead.verdict) == (clip.id, changed, None)


def test_a_memento_of_another_time_that_says_otherwise_is_none(ours):
    archive, capture, clip = ours
    late = memento(FIRST, at=NOW + timedelta(days=30))
    [asked] = look(archive, clip, {f"{GATE}{URL}": to(MEMENTO), MEMENTO: late})
    assert (asked.heard.agrees, told(archive, capture), disagreeing.disagreements(archive)) == (None, [], [])


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({}, "404"),
        ({f"{GATE}{URL}": Failure(kind=FailureKind.TIMEOUT)}, "timeout"),
        ({f"{GATE}{URL}": FakePage(body=html(SECOND))}, "is no memento"),
        ({f"{GATE}{URL}": memento(SECOND, original="https://other.example/")}, "of another page"),
        ({f"{GATE}{URL}": to("https://evil.example/"), "https://evil.example/": memento(SECOND)}, "another archive"),
        ({f"{GATE}{URL}": FakePage(body=b"<<<" * 9_000, headers=(("Content-Type", "application/link-format"),))}, "no"),
        (
            {f"{GATE}{URL}": FakePage(body=b"", headers=(("Memento-Datetime", "\xff"), ("Link", "<" * 999)))},
            "no memento",
        ),
    ],
)
def test_what_is_no_memento_of_the_page_is_not_kept(ours, pages, why):
    archive, capture, clip = ours
    before = len(list(archive.catalogue.captures()))
    [asked] = look(archive, clip, pages)
    assert (asked.heard, why in asked.reason) == (None, True), asked.reason
    assert (len(list(archive.catalogue.captures())), told(archive, capture)) == (before, [])


def test_a_memento_that_this_archive_serves_itself_never_counts(ours):
    archive, capture, clip = ours
    settings = {"memento_archives": [f"memories {GATE}"], "public_url": "https://memories.example/"}
    own = set_up(archive, **settings)
    [asked] = look(own, clip, {f"{GATE}{URL}": memento(SECOND)})
    assert "served by this archive itself" in asked.reason
    look(archive, clip, {f"{GATE}{URL}": memento(SECOND)})
    assert told(archive, capture) == [(Witness.MEMENTO, "memories", True)]
    assert told(own, capture) == []


def test_a_memento_that_came_in_a_file_never_counts(ours):
    archive, capture, clip = ours
    look(archive, clip, {f"{GATE}{URL}": memento(SECOND)})
    for one in list(archive.catalogue.captures()):
        if one.url.startswith(GATE):
            archive.catalogue.capture_map[one.id] = replace(one, origin="forged.warc.gz")
    assert told(archive, capture) == []


def test_a_web_archive_that_left_the_settings_counts_no_more(ours):
    archive, capture, clip = ours
    look(archive, clip, {f"{GATE}{URL}": memento(SECOND)})
    assert told(set_up(archive), capture) == []


def test_a_capture_that_says_it_is_a_memento_is_none_where_its_bytes_do_not(ours):
    archive, capture, clip = ours
    plain = captured(archive, SECOND, url=MEMENTO)
    [asked] = look(archive, clip, {f"{GATE}{URL}": memento(SECOND)})
    forged = replace(asked.heard, evidence=plain.id)
    act = Act(at=NOW, by="eve", verb=Verb.HEAR_WITNESS, subject=capture.id, detail=forged.act_detail)
    archive.catalogue.act_list[:] = [act]
    assert told(archive, capture) == []


def test_a_hearing_that_the_bytes_contradict_is_not_believed(ours):
    """Somebody wrote an act that a memento agrees; what the memento shows is something else."""
    archive, capture, clip = ours
    late = memento(FIRST, at=NOW + timedelta(days=30))
    [asked] = look(archive, clip, {f"{GATE}{URL}": to(MEMENTO), MEMENTO: late})
    forged = replace(asked.heard, agrees=True)
    act = Act(at=NOW, by="eve", verb=Verb.HEAR_WITNESS, subject=capture.id, detail=forged.act_detail)
    archive.catalogue.record_act(act)
    assert told(archive, capture) == []


# Another Chronik


@pytest.fixture
def peer(build):
    """Another archive that has the same page, and published a clip of it."""
    return later(build("peer"), hours=2)


def deposing_peer(archive, *paragraphs, quote=SECOND, at=None):
    capture = captured(archive, *paragraphs)
    clipped(archive, capture, quote, text="\n\n".join(paragraphs), published=True)
    recording.record_due(archive)
    return deposing.deposed(archive, URL)


def asking(archive, peer):
    named = set_up(archive, witnesses=[f"{trusting.cosigning_key(peer)} https://hallwerd.example/witness/"])
    return later(named, hours=3)


def said(data):
    return {PEER: FakePage(body=data, headers=(("Content-Type", deposition.MEDIA_TYPE),))}


def test_another_archive_that_published_the_same_words_is_a_witness(ours, peer):
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND)
    archive = asking(archive, peer)
    [asked] = look(archive, clip, said(data))
    assert (asked.heard.agrees, asked.heard.detail) == (True, "it has published the same words")
    name = trusting.cosigning_key(peer).name
    assert told(archive, capture) == [(Witness.ARCHIVE, name, True)]
    assert told(archive, capture, passage="Anglers counted 300 kilograms") == [(Witness.ARCHIVE, name, True)]
    assert told(archive, capture, passage=THIRD) == []
    [same] = look(later(archive, days=1), clip, said(deposing.deposed(later(peer, days=1), URL)))
    assert same.heard.evidence == asked.heard.evidence
    assert len(archive.catalogue.acts(subject=capture.id)) == 1


def test_the_same_bytes_agree_whatever_was_published(ours, peer):
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND, THIRD, quote=FIRST)
    archive = asking(archive, peer)
    look(archive, clip, said(data))
    assert [agrees for *_, agrees in told(archive, capture)] == [True]
    assert [agrees for *_, agrees in told(archive, capture, passage="")] == [True]


def test_a_row_that_claims_the_witness_bytes_is_not_believed(ours, peer):
    """The digest in a row is anybody's who has the database; what counts is the bytes."""
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND, quote=FIRST)
    archive = asking(archive, peer)
    theirs = next(iter(peer.catalogue.captures()))
    archive.catalogue.capture_map[capture.id] = replace(capture, payload_digest=theirs.payload_digest)
    look(archive, clip, said(data))
    assert told(archive, archive.catalogue.capture(capture.id)) == []


def test_the_same_bytes_say_nothing_of_a_passage_that_is_not_in_them(ours, peer):
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND, THIRD, quote=FIRST)
    archive = asking(archive, peer)
    look(archive, clip, said(data))
    assert told(archive, capture, passage="The minister resigned on Friday.") == []


def test_words_that_we_do_not_find_are_a_lead(ours, peer):
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND.replace("300", "3"), quote=SECOND.replace("300", "3"))
    archive = asking(archive, peer)
    [asked] = look(archive, clip, said(data))
    assert asked.heard.agrees is False
    [lead] = disagreeing.disagreements(archive)
    assert lead.heard.witness is Witness.ARCHIVE
    assert [agrees for *_, agrees in told(archive, capture)] == [False]


def tampered(data, *, part, other):
    import json

    from chronik.model import canonical

    outer = json.loads(data)
    words = json.loads(outer["deposition"])
    words[part] = other
    return canonical({**outer, "deposition": canonical(words).decode()})


def test_depositions_that_do_not_hold_are_not_kept(ours, peer, build):
    archive, capture, clip = ours
    data = deposing_peer(peer, FIRST, SECOND)
    archive = asking(archive, peer)
    stranger = later(build("stranger"), hours=1)
    flips = [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(0, len(data), 97)]
    hostile = [b"", b"{}", b"[" * 9_000, b"\xff", b'{"a":1e999}', b"x" * (deposition.BYTES_MAX + 1)]
    others = [
        tampered(data, part="address", other="https://other.example/"),
        tampered(data, part="captures", other=[]),
        deposing_peer(stranger, FIRST, SECOND),
    ]
    early = replace(archive, clock=lambda: NOW)
    assert "yet to come" in look(early, clip, said(data))[0].reason
    for wrong in (*flips, *hostile, *others):
        [asked] = look(archive, clip, said(wrong))
        assert asked.heard is None, wrong[:80]
    assert told(archive, capture) == []


def test_nobody_is_his_own_witness(ours):
    """An archive that names itself, or one that signs with its own keys what it forged."""
    archive, capture, clip = ours
    clipped(archive, capture, FIRST, text=TEXT, published=True, number=5)
    own = asking(archive, archive)
    [asked] = look(own, clip, said(deposing.deposed(archive, URL)))
    assert (asked.heard, "which is not in the setting witnesses" in asked.reason) == (None, True)
    assert told(own, capture) == []


def test_a_deposition_speaks_of_the_witness_own_ledger_and_not_of_ours(ours, peer):
    """A witness's key that signs what stands in our ledger proves nothing about the page."""
    archive, capture, clip = ours
    clipped(archive, capture, SECOND, text=TEXT, published=True, number=6)
    archive = asking(archive, peer)
    book = recording.ledger(archive)
    draft = deposition.Draft(opening=book.openings.at(0), path=book.inclusion_proof(0), passages=())
    forged = deposition.written(
        [draft],
        key=trusting.cosigner(peer).key(),
        address=URL,
        at=NOW,
        terms=book.terms(),
        checkpoint=book.checkpoint(),
    )
    [asked] = look(archive, clip, said(forged))
    assert "own ledger" in asked.reason


def test_only_what_an_archive_fetched_itself_is_told(peer, build):
    with pytest.raises(NotFoundError):
        deposing.deposed(peer, URL)
    capture = captured(peer, FIRST, SECOND)
    clipped(peer, capture, SECOND, text=f"{FIRST}\n\n{SECOND}", published=True)
    peer.catalogue.capture_map[capture.id] = replace(capture, origin="taken-in.warc.gz")
    with pytest.raises(NotFoundError):
        deposing.deposed(peer, URL)
    peer.catalogue.capture_map[capture.id] = replace(capture, asked_url="https://letters.example/?token=secret")
    with pytest.raises(NotFoundError):
        deposing.deposed(peer, URL)
    peer.catalogue.capture_map[capture.id] = capture
    assert deposing.deposed(peer, URL)


def test_what_is_hidden_from_readers_is_hidden_from_archives(peer):
    deposing_peer(peer, FIRST, SECOND)
    hiding.hide(peer, f"{1:064x}", reason=TakedownReason.COURT_ORDER, by="ada")
    with pytest.raises(NotFoundError):
        deposing.deposed(peer, URL)


# Packages, disagreements


def test_a_package_whose_text_was_known_is_read_and_compared(ours, peer, tmp_path):
    archive, capture, clip = ours
    packed = packing.pack(peer, captured(peer, FIRST, SECOND).id, to=tmp_path / "peer.wacz")
    taking_wacz.take(archive, tmp_path / "peer.wacz")
    trust(archive, packed.key)
    assert told(archive, capture) == []
    look(archive, clip, {})
    assert told(archive, capture) == [(Witness.PACKAGE, "Talbote", True)]
    [other] = witnessing.packaged(archive, capture)
    read(archive, other, FIRST, SECOND)
    assert told(archive, capture) == [(Witness.PACKAGE, "Talbote", True)]


def test_an_editors_word_settles_a_disagreement(ours):
    archive, capture, clip = ours
    look(archive, clip, {f"{GATE}{URL}": memento(FIRST)})
    [lead] = disagreeing.disagreements(archive)
    settled = disagreeing.settle(archive, lead.act.id[:8], verdict=Verdict.DISMISSED, by="eva", note="Regional.")
    assert (settled.verdict, settled.by, settled.note) == (Verdict.DISMISSED, "eva", "Regional.")
    assert disagreeing.disagreements(archive) == []
    assert [one.verdict for one in disagreeing.disagreements(archive, settled=True)] == [Verdict.DISMISSED]
    assert told(archive, capture) == []
    disagreeing.settle(later(archive, hours=1), lead.act.id, verdict=Verdict.UPHELD, by="eva")
    assert told(archive, capture) == [(Witness.MEMENTO, "memories", False)]


def test_what_cannot_be_settled_is_told(ours):
    archive, _, clip = ours
    look(archive, clip, {f"{GATE}{URL}": memento(FIRST)})
    [lead] = disagreeing.disagreements(archive)
    for name in ("", "0", "nothing", lead.act.id[:3]):
        with pytest.raises(NotFoundError):
            disagreeing.settle(archive, name, verdict=Verdict.DISMISSED, by="eva")
    with pytest.raises(RefusedInputError):
        disagreeing.settle(archive, lead.act.id, verdict=Verdict.DISMISSED, by="eva", note="x" * 3_000)


def test_a_clip_without_a_capture_is_told(ours):
    archive, _, clip = ours
    [asked] = look(archive, replace(clip, capture_id=""), {})
    assert "rests on no capture" in asked.reason
