"""A WACZ is a witness where somebody else signed it whom one can name; a forged one never is."""

import json
from dataclasses import replace

import pytest
from tests.archive.houses import FIRST, SECOND, THIRD, captured, later, read, street
from tests.preserve.wacz.packages import files, resigned, zipped

from chronik.archive import importing, known_witnesses, packages_of_others, packing, taking_wacz, witnessing
from chronik.archive.known_witnesses import SUBJECT
from chronik.model import Act, Verb, Witness
from chronik.preserve import signing
from chronik.preserve.wacz.package import SignatureState

STRANGER = signing.new_p384()


def trust(archive, key, *, kind="packages", name="Talbote", verb=Verb.TRUST_WITNESS):
    detail = {"key": key, "kind": kind, "name": name}
    archive.catalogue.record_act(Act(at=archive.clock(), by="ada", verb=verb, subject=SUBJECT, detail=detail))


@pytest.fixture
def build(tmp_path):
    with street(tmp_path) as build:
        yield build


@pytest.fixture
def theirs(tmp_path, build):
    """Somebody else's archive, and the package that it made of the page."""
    archive = later(build("theirs"), hours=1)
    capture = captured(archive, FIRST, SECOND)
    packed = packing.pack(archive, capture.id, to=tmp_path / "theirs.wacz")
    return tmp_path / "theirs.wacz", packed.key, capture


@pytest.fixture
def ours(build):
    archive = build("ours")
    return archive, captured(archive, FIRST, SECOND, THIRD)


def told(archive, capture, passage=SECOND):
    return [(one.witness, one.name, one.agrees) for one in witnessing.testimonies(archive, capture, passage=passage)]


def taken(archive, path, *paragraphs):
    taking_wacz.take(archive, path)
    for capture in archive.catalogue.captures():
        if capture.origin and capture.media_type == "text/html":
            read(archive, capture, *paragraphs)


def test_a_package_counts_once_the_operator_says_whose_key_it_is(ours, theirs):
    archive, capture = ours
    path, key, their_capture = theirs
    taken(archive, path, FIRST, SECOND)
    assert told(archive, capture) == []
    trust(archive, key)
    assert told(archive, capture) == [(Witness.PACKAGE, "Talbote", True)]
    [found] = witnessing.testimonies(archive, capture, passage=SECOND)
    assert found.seen_at == their_capture.captured_at
    assert key[-24:] in found.detail
    assert told(archive, capture, passage=THIRD) == [(Witness.PACKAGE, "Talbote", False)]
    trust(archive, key, verb=Verb.DISTRUST_WITNESS)
    assert told(archive, capture) == []


def test_the_packages_own_capture_is_vouched_for_by_who_signed_it(build, theirs):
    archive = build("empty")
    path, key, their_capture = theirs
    taken(archive, path, FIRST, SECOND)
    trust(archive, key)
    assert told(archive, archive.catalogue.capture(their_capture.id)) == [(Witness.PACKAGE, "Talbote", True)]


def test_a_package_of_our_own_is_no_witness_even_where_the_operator_trusts_the_key(tmp_path, ours):
    archive, capture = ours
    forged = replace(archive, clock=later(archive, minutes=5).clock)
    other = captured(forged, FIRST, SECOND)
    packed = packing.pack(archive, other.id, to=tmp_path / "own.wacz")
    trust(archive, packed.key)
    taken(archive, tmp_path / "own.wacz")
    assert packed.key == known_witnesses.package_key(archive.config)
    assert told(archive, capture) == []


def test_our_own_captures_sent_back_in_anothers_package_are_no_witness(tmp_path, ours):
    archive, capture = ours
    stranger = replace(archive, config=replace(archive.config, state_directory=str(tmp_path / "stranger")))
    packed = packing.pack(stranger, capture.id, to=tmp_path / "back.wacz")
    trust(archive, packed.key)
    taken(archive, tmp_path / "back.wacz")
    assert packed.key != known_witnesses.package_key(archive.config)
    assert told(archive, capture) == []


def test_a_capture_that_only_bears_the_name_of_a_package_is_no_witness(ours, theirs):
    archive, capture = ours
    path, key, _ = theirs
    trust(archive, key)
    taken(archive, path, FIRST, SECOND)
    for one in [one for one in archive.catalogue.captures() if one.media_type == "text/html" and one.origin]:
        archive.catalogue.capture_map[one.id] = replace(one, id="f" * 64)
        archive.catalogue.capture_map.pop(one.id) if one.id != "f" * 64 else None
    archive.catalogue.capture_map = {one.id: one for one in archive.catalogue.capture_map.values()}
    archive.kept.clear()
    assert told(archive, capture) == []


def test_a_row_that_borrows_a_packages_id_is_no_witness(ours, theirs):
    """A row with the id of a packaged capture and other bytes behind it."""
    archive, capture = ours
    path, key, _ = theirs
    trust(archive, key)
    taken(archive, path, FIRST, SECOND)
    forged = captured(archive, THIRD, url=f"{capture.url}?forged")
    [real] = [one for one in archive.catalogue.captures() if one.origin and one.media_type == "text/html"]
    row = replace(forged, id=real.id, url=real.url, origin=real.origin)
    archive.catalogue.capture_map[real.id] = row
    assert told(archive, row, passage=THIRD) == []


def test_a_reading_that_the_bytes_contradict_is_not_believed(ours, theirs):
    archive, capture = ours
    path, key, _ = theirs
    trust(archive, key)
    taken(archive, path, FIRST, SECOND, f"{THIRD} Nor who paid.")
    assert told(archive, capture, passage=SECOND) == [(Witness.PACKAGE, "Talbote", True)]
    assert told(archive, capture, passage=THIRD) == []


def test_hearings_that_rest_on_nothing_say_nothing(ours):
    archive, capture = ours
    detail = {"witness": "memento", "name": "x", "evidence": capture.id, "seen_at": "2020-01-01T00:00:00+00:00"}
    rest = {"address": "", "agrees": True, "passage": witnessing.passage_digest(SECOND), "clip": "", "wording": ""}
    for witness in ("memento", "archive", "package", "nobody"):
        for evidence in (capture.id, "0" * 64):
            made = {**detail, **rest, "detail": "", "witness": witness, "evidence": evidence}
            act = Act(at=archive.clock(), by="ada", verb=Verb.HEAR_WITNESS, subject=capture.id, detail=made)
            archive.catalogue.record_act(act)
    assert told(archive, capture) == []


def unsigned(contents):
    about = json.loads(contents["datapackage-digest.json"])
    del about["signedData"]
    return {**contents, "datapackage-digest.json": json.dumps(about).encode()}


def twice_signed(contents):
    """Another signature beside the first: only what wacz-auth calls `signedData` is one."""
    about = json.loads(contents["datapackage-digest.json"])
    about["signedData2"] = about["signedData"]
    return {**contents, "datapackage-digest.json": json.dumps(about).encode()}


def wrongly_signed(contents):
    """The signature of something else."""
    about = json.loads(contents["datapackage-digest.json"])
    about["signedData"] |= signing.p384_signed(b"something else", pem=STRANGER)
    return {**contents, "datapackage-digest.json": json.dumps(about).encode()}


def without_digest(contents):
    return {name: data for name, data in contents.items() if name != "datapackage-digest.json"}


def within(contents):
    """A package that holds another, which is a file like any other."""
    about = json.loads(contents["datapackage.json"])
    about["resources"].append({"path": "archive/b.wacz"})
    whole = {**contents, "archive/b.wacz": zipped(contents), "datapackage.json": json.dumps(about).encode()}
    return resigned(whole, key=STRANGER)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (dict, SignatureState.BY_KEY),
        (unsigned, SignatureState.UNSIGNED),
        (without_digest, SignatureState.UNSIGNED),
        (wrongly_signed, SignatureState.WRONG),
        (twice_signed, SignatureState.BY_KEY),
        (within, SignatureState.BY_KEY),
    ],
)
def test_a_capture_says_in_which_package_it_came_and_who_signed_that(tmp_path, build, theirs, change, state):
    archive, (path, _, their_capture) = build("empty"), theirs
    contents = files(path.read_bytes())
    about = json.loads(contents["datapackage.json"]) | {"software": "somebody"}
    foreign = resigned({**contents, "datapackage.json": json.dumps(about).encode()}, key=STRANGER)
    other = tmp_path / "other.wacz"
    other.write_bytes(zipped(change(foreign)))
    importing.import_file(archive, other, by="ada")
    [came] = packages_of_others.came_in(archive, archive.catalogue.capture(their_capture.id))
    assert (came.file, came.signature.state, came.counts_as, came.own) == ("other.wacz", state, "", False)
    assert told(archive, archive.catalogue.capture(their_capture.id)) == []


def test_who_the_operator_knows_and_what_is_our_own_is_told_apart(tmp_path, build, theirs, ours):
    path, key, their_capture = theirs
    archive = build("empty")
    trust(archive, key)
    importing.import_file(archive, path, by="ada")
    [came] = packages_of_others.came_in(archive, archive.catalogue.capture(their_capture.id))
    assert (came.counts_as, came.own, came.checked) == ("Talbote", False, True)
    archive, capture = ours
    packing.pack(archive, capture.id, to=tmp_path / "own.wacz")
    importing.import_file(archive, tmp_path / "own.wacz", by="ada")
    assert packages_of_others.came_in(archive, capture) == ()


def test_a_package_that_is_too_large_to_look_into_again_tells_what_its_act_says(build, theirs, monkeypatch):
    archive, (path, key, their_capture) = build("empty"), theirs
    importing.import_file(archive, path, by="ada")
    monkeypatch.setattr(packages_of_others, "PACKAGE_BYTES_MAX", 100)
    trust(archive, key)
    [came] = packages_of_others.came_in(archive, archive.catalogue.capture(their_capture.id))
    assert (came.signature.state, came.signature.key, came.checked) == (SignatureState.BY_KEY, key, False)
    assert (came.counts_as, came.identity) == ("", "")
