"""Whatever is changed, added, left out, put in another order or put back: `verify` finds it and names it."""

import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.archive.test_recording import act, fill
from tests.preserve.material import NOW, numbered

from chronik.archive import checking, importing, recording
from chronik.desk import actions
from chronik.model import Act, Clip, Dossier, LeafKind, Opening, Verb
from chronik.model.records import clip_record
from chronik.preserve.ledger import Ledger, note, openings
from chronik.preserve.ledger.note import SignerKey

LEAVES = 300
FLIPS = 50
"""`make torture` turns a thousand, in rows and packages, too."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An archive with a full tile, partial ones, several checkpoints and a change of keys."""
    folder = tmp_path_factory.mktemp("sound")
    with archive_in(folder) as archive:
        for number in range(3):
            fill(archive, captures=number + 1, acts=0)
            recording.record_due(archive)
        for number in range(LEAVES):
            archive.catalogue.record_act(act(number))
        recording.record_due(archive)
        recording.rotate_key(archive, salt=bytes(range(32)))
        archive.catalogue.record_act(act(LEAVES))
        recording.record_due(archive)
    return folder, archive.catalogue


@pytest.fixture
def archive(sound, tmp_path):
    folder, catalogue = sound
    shutil.copytree(folder, tmp_path / "archive")
    mine = type(catalogue)(**{name: held.copy() for name, held in vars(catalogue).items() if hasattr(held, "copy")})
    return archive_in(tmp_path / "archive", catalogue=mine)


def findings(archive):
    return [(finding.subject, finding.what) for finding in checking.verify(archive)[1]]


def subjects(archive):
    return {subject for subject, _ in findings(archive)}


def resigned(archive, leaves):
    """The ledger written anew with other leaves, by somebody who has no key of ours."""
    folder, state = archive.config.ledger, archive.config.archive.parent / "thief"
    origin = recording.ledger(archive).terms()[0].key.name
    shutil.rmtree(folder)
    key = state / "stolen.key"
    key.parent.mkdir(parents=True)
    key.write_text(SignerKey(name=origin, seed=bytes(32)).secret)
    with Ledger(folder=folder, state_base=state, key_path=key).writing() as writer:
        writer.append(leaves)


def leaves_of(archive):
    book = recording.ledger(archive)
    return [(one.salt, dict(one.payload)) for one in book.openings.between(0, book.size)]


def test_nothing_is_wrong_with_a_sound_archive(archive):
    assert findings(archive) == []


def test_what_is_due_is_not_wrong(archive):
    archive.catalogue.record_act(act(-1))
    assert findings(archive) == []


def test_every_flipped_bit_is_found_and_its_file_or_leaf_is_named(archive):
    chance = random.Random(5)
    files = [path for path in sorted(archive.config.ledger.rglob("*")) if path.is_file()]
    files += [path for path in sorted(archive.config.vault.rglob("*")) if path.is_file()]
    missed = []
    for _ in range(FLIPS):
        path = chance.choice(files)
        data = path.read_bytes()
        bit = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        found = subjects(archive)
        path.write_bytes(data)
        name = path.relative_to(archive.config.archive).as_posix()
        if not any(_names(subject, name) for subject in found):
            missed.append((name, bit, found))
    assert missed == []


def _names(subject, name):
    """Whether a finding is about this file, or about a leaf or capture in it."""
    if name.startswith("vault/"):
        return name.split("/")[-1].removesuffix(".cdxj").removesuffix(".warc.gz") in subject
    return subject == name or (subject.startswith("leaf ") and name.startswith(("ledger/openings", "ledger/tile")))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"url": "https://elsewhere.example/"}, "url"),
        ({"captured_at": NOW - timedelta(days=365)}, "captured_at"),
        ({"status": 404}, "status"),
        ({"media_type": "text/plain"}, "media_type"),
        ({"block_digest": "0" * 64}, "block_sha256"),
        ({"payload_digest": "0" * 64}, "payload_sha256"),
        ({"truncated": "length"}, "truncated"),
        ({"by_hand": True}, "by_hand"),
    ],
)
def test_a_changed_row_of_a_capture_is_named(archive, change, what):
    capture = next(iter(archive.catalogue.captures()))
    archive.catalogue.capture_map[capture.id] = replace(capture, **change)
    found = dict(findings(archive))
    assert what in found[f"capture {capture.id}"]


@pytest.mark.parametrize(
    "change", [{"at": NOW - timedelta(days=1)}, {"by": "max"}, {"verb": Verb.UNFOLLOW}, {"detail": {"asked": "u"}}]
)
def test_a_changed_row_of_an_act_is_named(archive, change):
    mine = archive.catalogue.act_list[7]
    archive.catalogue.act_list[7] = changed = replace(mine, **change)
    found = dict(findings(archive))
    assert "is in the ledger" in found[f"act {mine.id}"]
    assert "in no leaf" in found[f"act {changed.id}"]


def test_an_act_that_was_put_in_or_taken_out_is_named(archive):
    taken = archive.catalogue.act_list.pop(7)
    archive.catalogue.act_list.append(put := act("put in"))
    assert {f"act {taken.id}", f"act {put.id}"} <= subjects(archive)


def test_a_capture_that_was_taken_out_is_named(archive):
    capture = archive.catalogue.capture_map.popitem()[1]
    assert f"capture {capture.id}" in subjects(archive)


def test_two_marks_that_were_swapped_are_named(archive):
    marks = archive.catalogue.leaf_map
    first, second = list(marks)[10], list(marks)[11]
    marks[first], marks[second] = (
        replace(marks[first], index=marks[second].index),
        replace(marks[second], index=marks[first].index),
    )
    assert {" ".join(first), " ".join(second)} <= subjects(archive)


def test_records_put_in_the_place_of_others_are_named(archive, tmp_path):
    """Vault, index and catalogue agree on another page; the leaf does not."""
    with archive_in(tmp_path / "other") as other:
        captures = list(archive.catalogue.captures())
        for capture in captures:
            shown = numbered(int(capture.url.rpartition("=")[2]))
            hop = replace(shown.hops[0], request=b"GET /forged HTTP/1.1\r\n\r\n")
            other.catalogue.record_capture(other.vault.keep(replace(shown, hops=(hop,))))
    shutil.rmtree(archive.config.vault)
    shutil.copytree(other.config.vault, archive.config.vault)
    archive.catalogue.capture_map = dict(other.catalogue.capture_map)
    assert subjects(archive) == {f"capture {capture.id}" for capture in captures}


@pytest.mark.parametrize("forgery", ["inserted", "deleted", "reordered", "truncated", "backdated", "repeated", "same"])
def test_a_ledger_written_anew_without_the_key_is_found(archive, forgery):
    leaves = leaves_of(archive)
    if forgery == "inserted":
        leaves.insert(5, (bytes(32), {"kind": "act", "id": "f" * 64, "act": {}}))
    elif forgery == "deleted":
        del leaves[5]
    elif forgery == "reordered":
        leaves[5], leaves[6] = leaves[6], leaves[5]
    elif forgery == "truncated":
        del leaves[-5:]
    elif forgery == "repeated":
        leaves.append(leaves[5])
    elif forgery == "backdated":
        leaves[5] = (leaves[5][0], {**leaves[5][1], "recorded_at": "2020-01-01T00:00:00+00:00"})
    resigned(archive, [leaf for leaf in leaves if leaf[1]["kind"] != "key-rotation"])
    found = dict(findings(archive))
    assert "the key of this ledger is not the trusted one" in found["ledger/keys"]
    assert any(subject.startswith(("tree of", "ledger")) for subject in found)


def test_a_ledger_written_anew_with_the_stolen_key_is_found_by_the_mark(archive):
    leaves = leaves_of(archive)
    recording_leaves = [leaf for leaf in leaves if leaf[1]["kind"] != "key-rotation"]
    recording_leaves[5] = (bytes(32), recording_leaves[5][1])
    book = recording.ledger(archive)
    [secret] = archive.config.state.glob(f"{book.terms()[0].key.name.rpartition('/')[2]}/ledger.key")
    shutil.rmtree(book.folder)
    stolen = archive.config.archive.parent / "stolen.key"
    shutil.copy(secret, stolen)
    with Ledger(
        folder=book.folder, state_base=archive.config.archive.parent / "thief", key_path=stolen
    ).writing() as one:
        one.append([*recording_leaves, (bytes(32), {"kind": "act", "id": "x"})])
    assert any(subject.startswith("tree of") for subject in subjects(archive))


@pytest.mark.parametrize("part", ["ledger", "everything"])
def test_an_older_state_put_back_is_found(archive, tmp_path, part):
    shutil.copytree(archive.config.archive, tmp_path / "old")
    before = {name: held.copy() for name, held in vars(archive.catalogue).items() if hasattr(held, "copy")}
    archive.catalogue.record_act(act("later"))
    recording.record_due(archive)
    if part == "everything":
        archive.catalogue.__dict__.update(before)
    shutil.rmtree(archive.config.ledger)
    shutil.copytree(tmp_path / "old" / "ledger", archive.config.ledger)
    assert "an old state was put in its place" in dict(findings(archive))["ledger"]
    # The mark is shared by the tests of this module.
    shutil.rmtree(archive.config.ledger)
    state = next(archive.config.state.glob(f"{recording.ledger(archive_of(tmp_path)).terms()[0].key.name[-16:]}"))
    text = (tmp_path / "old" / "ledger" / "checkpoint").read_text().partition("\n\n")[0] + "\n"
    (state / "high-water").write_text(text)


def archive_of(tmp_path):
    return archive_in(tmp_path / "old")


def test_an_older_checkpoint_put_back_is_found(archive):
    book = recording.ledger(archive)
    older = book.checkpoint_at(book.checkpoint_sizes()[1])
    (book.folder / "checkpoint").write_bytes(older.note)
    assert "rolled back" in dict(findings(archive))["ledger/checkpoint"]


def test_a_tree_that_was_cut_off_is_found(archive):
    book = recording.ledger(archive)
    (book.folder / "tile/entries/000").unlink()
    (book.folder / "tile/0/000").unlink()
    assert {"ledger/tile/entries/000", "ledger/tile/0/000"} <= subjects(archive)


def test_a_checkpoint_may_claim_any_number_of_leaves(archive):
    book = recording.ledger(archive)
    text = note.checkpoint_text(origin=book.terms()[0].key.name, size=10**18, root=bytes(32))
    (book.folder / "checkpoint").write_bytes(note.signed(text, SignerKey(name="a", seed=bytes(32))))
    assert "ledger/checkpoint" in subjects(archive)


def test_openings_that_no_leaf_has_are_found(archive):
    book = recording.ledger(archive)
    book.openings.append([Opening(index=book.size, salt=bytes(32), payload={"kind": "act", "id": "x"})])
    assert any(subject.startswith("ledger/openings") for subject in subjects(archive))


def test_an_opening_destroyed_without_an_act_is_named(archive):
    recording.ledger(archive).openings.redact(7, by=3)
    assert ("leaf 7", "its opening was destroyed, and no act asked for that") in findings(archive)


def test_an_opening_destroyed_by_an_act_is_no_fault_of_the_ledger(archive):
    book = recording.ledger(archive)
    line = book.openings.at(7)
    assert isinstance(line, Opening)
    written = openings.redacted_line(openings.Redacted(index=7, by=3))
    assert openings.parsed(written[:-1], 7) == openings.Redacted(index=7, by=3)


def test_a_leaf_more_in_the_openings_and_nowhere_else_is_named(archive):
    path = archive.config.ledger / "openings" / "000"
    lines = path.read_bytes().split(b"\n")
    lines[3], lines[4] = lines[4], lines[3]
    path.write_bytes(b"\n".join(lines))
    assert {"leaf 3", "leaf 4"} <= subjects(archive)


def test_another_key_is_not_trusted(archive):
    other = SignerKey(name=recording.ledger(archive).terms()[0].key.name, seed=bytes(32)).verifier
    found = {finding.subject: finding.what for finding in checking.verify(archive, key=other)[1]}
    assert "not the trusted one" in found["ledger/keys"]


def test_where_no_key_is_known_that_is_told(archive, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "nowhere"))
    assert "name it with --key" in dict(findings(archive))["ledger/keys"]
    key = recording.ledger(archive).terms()[-1].key
    assert checking.verify(archive, key=key)[1] == ()


CLIP = Clip(id="c" * 64, dossier="tal", title="Titel", excerpt="Wort", credit="Talbote", clipped_at=NOW)


@pytest.mark.parametrize("change", [{"excerpt": "Word"}, {"credit": "Anderer"}, {"published": "2020"}, {"note": "x"}])
def test_a_changed_clip_is_named(tmp_path, change):
    with archive_in(tmp_path) as archive:
        detail = {"dossier": "tal", "new": clip_record(CLIP)}
        archive.catalogue.add_dossier(
            Dossier(slug="tal", names={"de": "Tal"}), Act(at=NOW, by="lena", verb=Verb.CREATE_DOSSIER, subject="tal")
        )
        archive.catalogue.add_clip(CLIP, Act(at=NOW, by="lena", verb=Verb.CLIP, subject=CLIP.id, detail=detail))
        recording.record_due(archive)
        assert findings(archive) == []
        archive.catalogue.clip_map[CLIP.id].clip = replace(CLIP, **change)
        [(subject, what)] = findings(archive)
        assert (subject, next(iter(change)) in what) == (f"clip {CLIP.id}", True)


@pytest.fixture
def edited(tmp_path):
    """A dossier that was opened, changed, clipped into and out of."""
    with archive_in(tmp_path) as archive:
        told = {"by": "lena", "now": NOW}
        actions.new_dossier(archive.catalogue, names={"de": "Tal", "en": "Valley"}, slug="tal", **told)
        actions.edit_dossier(archive.catalogue, "tal", names={"de": "Das Tal", "en": "The valley"}, **told)
        for number in range(3):
            clip = replace(CLIP, id=f"{number}" * 64, position=number)
            detail = {"dossier": "tal", "new": clip_record(clip)}
            archive.catalogue.add_clip(clip, Act(at=NOW, by="lena", verb=Verb.CLIP, subject=clip.id, detail=detail))
        actions.move_clip(archive.catalogue, "0" * 64, places=1, **told)
        actions.remove_clip(archive.catalogue, "2" * 64, **told)
        recording.record_due(archive)
        yield archive


def test_a_dossier_that_is_what_its_acts_say_has_no_fault(edited):
    assert findings(edited) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"names": {"en": "The valley", "de": "Das Tal"}}, "names"),
        ({"names": {"de": "Das Tal"}}, "names"),
        ({"introductions": {"de": "Ein Satz."}}, "introductions"),
        ({"notes": "x"}, "notes"),
        ({"order": "by-hand"}, "order"),
        ({"created_at": None}, "created_at"),
    ],
)
def test_a_changed_dossier_is_named(edited, change, what):
    edited.catalogue.dossier_map["tal"] = replace(edited.catalogue.dossier_map["tal"], **change)
    [(subject, words)] = findings(edited)
    assert (subject, what in words) == ("dossier tal", True)


def test_clips_that_were_put_in_out_or_elsewhere_past_the_acts_are_named(edited):
    clips = edited.catalogue.clip_map
    clips["2" * 64].removed, clips["1" * 64].removed = False, True
    clips["0" * 64].clip = replace(clips["0" * 64].clip, position=7)
    clips["9" * 64] = type(clips["0" * 64])(clip=replace(CLIP, id="9" * 64))
    assert {subject for subject, _ in findings(edited)} == {f"clip {sign * 64}" for sign in "0129"}


def test_a_removed_clip_is_held_against_its_acts_too(edited):
    edited.catalogue.clip_map["2" * 64].clip = replace(edited.catalogue.clip_map["2" * 64].clip, excerpt="Word")
    assert {subject for subject, _ in findings(edited)} == {f"clip {'2' * 64}"}


def test_a_dossier_that_vanished_is_named(edited):
    del edited.catalogue.dossier_map["tal"]
    assert "dossier tal" in subjects(edited)


def test_a_mark_that_vanished_or_holds_another_salt_is_named(edited):
    marks = edited.catalogue.leaf_map
    first, second = list(marks)[:2]
    del marks[first]
    marks[second] = replace(marks[second], salt=bytes(32))
    assert {" ".join(first), " ".join(second)} <= subjects(edited)


def test_a_sample_that_was_removed_is_no_fault(tmp_path):
    from chronik.sample import newsroom

    with archive_in(tmp_path) as archive:
        shown = numbered(1)
        url = f"http://{min(newsroom.hosts())}:8471/a"
        kept = archive.vault.keep(replace(shown, asked_url=url, hops=(replace(shown.hops[0], url=url),)))
        archive.catalogue.record_capture(kept)
        recording.record_due(archive)
        archive.catalogue.capture_map.clear()
        gone = [what for subject, what in findings(archive) if "not in the catalogue" in what and "leaf" in what]
        assert len(gone) == 1
        archive.catalogue.record_act(Act(at=NOW, by="lena", verb=Verb.REMOVE_SAMPLE, subject=""))
        gone = [what for subject, what in findings(archive) if "not in the catalogue" in what and "leaf" in what]
        assert gone == []
        assert recording.ledger(archive).openings.at(0).kind == LeafKind.CAPTURE


PAGE = """Archiv: Das Tal / The valley 2020

02.10.2020 - 10:15 [ Talbote ]
Die Brücke bleibt gesperrt

Ab Montag ist die Brücke gesperrt.

01.10.2020 - 09:05 [ Talbote ]
Die Mühle wird verkauft

Der Rat hat den Verkauf beschlossen.
"""


@pytest.mark.parametrize(
    "change", [{"excerpt": "Ab Dienstag"}, {"credit": "Bote"}, {"title": "x"}, {"clipped_at": NOW}, {}]
)
def test_a_changed_clip_of_a_press_page_is_named(tmp_path, change):
    path = tmp_path / "tal.txt"
    path.write_text(PAGE, encoding="utf-8")
    with archive_in(tmp_path) as archive:
        importing.import_file(archive, path, by="lena")
        recording.record_due(archive)
        assert findings(archive) == []
        identity, state = next(iter(archive.catalogue.clip_map.items()))
        state.clip = replace(state.clip, **change)
        found = dict(findings(archive))
        assert list(found) == ([f"clip {identity}"] if change else [])
        assert all(name in found[f"clip {identity}"] for name in change)
