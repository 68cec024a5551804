"""A published folder is held against its seals, by us and by a program that shares no line with us."""

import base64
import importlib.util
import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.preserve.authorities import make_authority, needs_openssl
from tests.publish.material import NOW
from tests.publish.sealed_folder import CLIPS, OTHERS, Press, two_dossiers

from chronik.archive.checking_published import check_stamps, checked
from chronik.archive.published_files import AddressFiles, FolderFiles
from chronik.collect.fetch import Fetcher
from chronik.errors import NotFoundError
from chronik.model import canonical
from chronik.preserve.ledger import note
from chronik.public import freeze as freezing
from chronik.publish import manifest

TOOLS = Path(__file__).parents[2] / "tools"
FIRST, SECOND = (clip.id for clip in CLIPS[:2])
PAGE = f"mill-stream/c/{FIRST[:12]}/index.html"


@pytest.fixture(scope="module")
def second_program():
    """The independent verifier."""
    sys.path.insert(0, str(TOOLS))
    try:
        spec = importlib.util.spec_from_file_location("verify_folder", TOOLS / "verify_folder.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOOLS))
    return module


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return two_dossiers(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """Somebody else with a ledger of the same name, who publishes the same."""
    return two_dossiers(tmp_path_factory.mktemp("stranger"))


@pytest.fixture(scope="module")
def older(tmp_path_factory, published):
    """The folder as it was an edition before; the newer one is the one that `published` holds."""
    kept = tmp_path_factory.mktemp("older") / "site"
    press = Press(tmp_path_factory.mktemp("newer"))
    press.publish(*CLIPS[:2])
    shutil.copytree(press.site, kept)
    press.publish(*CLIPS, at=NOW + timedelta(days=1))
    return kept, press.site


@pytest.fixture
def site(published, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(published.site, folder)
    return folder


def found(site, second_program, *, key="", clips=True):
    """What both programs say is wrong; they must agree on files and clips."""
    ours = checked(FolderFiles(site), key=note.verifier_key(key) if key else None).faults
    theirs = [fault for one in second_program.checked(site.resolve(), key) for fault in one.faults]
    assert {one.file for one in ours} == {one["file"] for one in theirs}
    assert not clips or {(one.file, one.clip) for one in ours} == {(one["file"], one["clip"]) for one in theirs}
    return ours


def told(faults):
    return "\n".join(f"{fault.subject}: {fault.what}" for fault in faults)


def change(path, old, new):
    data = path.read_bytes()
    assert data.count(old) >= 1
    path.write_bytes(data.replace(old, new))


def sealed_anew(site, slug="mill-stream"):
    """Rewrite the manifest to what lies there, as who has no key can."""
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in [*(site / slug).rglob("*"), site / "style.css", site / "verify.js"]
        if path.is_file() and path.name not in {"manifest.json", "proof.json"} and "proofs" not in path.parts
    }
    old = manifest.read((site / slug / "manifest.json").read_bytes())
    (site / slug / "manifest.json").write_bytes(manifest.written(slug, edition=old.edition, files=files))


def test_what_was_published_holds(published, second_program):
    assert found(published.site, second_program) == ()
    assert found(published.site, second_program, key=published.key) == ()
    result = checked(FolderFiles(published.site))
    assert [one.slug for one in result.dossiers] == ["bridge", "mill-stream"]
    assert [one.seal.leaf for one in result.dossiers] == [1, 0]
    assert result.others == ("index.html",)


def test_one_dossier_of_a_folder_can_be_checked_alone(published):
    result = checked(FolderFiles(published.site / "bridge"), key=note.verifier_key(published.key))
    assert ([one.slug for one in result.dossiers], result.faults, result.others) == (["bridge"], (), ())


FILES = [
    PAGE,
    "mill-stream/index.html",
    "mill-stream/de/index.html",
    "mill-stream/feed.atom",
    "mill-stream/de/feed.atom",
    "mill-stream/dossier.json",
    "mill-stream/manifest.json",
    "mill-stream/proof.json",
    "style.css",
    "verify.js",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, -2])
def test_one_bit_in_any_file_is_found_and_the_file_named(site, second_program, name, place):
    data = bytearray((site / name).read_bytes())
    data[place] ^= 1
    (site / name).write_bytes(data)
    assert name in {fault.file for fault in found(site, second_program)}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(site, second_program, name):
    (site / name).unlink()
    assert any(fault.file == name and "missing" in fault.what for fault in found(site, second_program))


def test_other_words_in_a_clip_are_told_of_the_clip(site, second_program):
    change(site / PAGE, b"Die Schleuse blieb zu.", b"Die Schleuse stand offen.")
    faults = found(site, second_program)
    assert {(fault.file, fault.clip) for fault in faults} == {(PAGE, FIRST)}
    assert "its passage there and in dossier.json differ" in told(faults)
    assert "was changed" in told(faults)


def test_other_words_on_the_page_of_all_clips_are_told_of_the_clip(site, second_program):
    change(site / "mill-stream/de/index.html", b"Meldung 2", b"Meldung 9")
    faults = found(site, second_program)
    assert {(fault.file, fault.clip) for fault in faults} == {
        ("mill-stream/de/index.html", ""),
        ("mill-stream/de/index.html", SECOND),
    }
    assert "its title there" in told(faults)


def test_a_clip_that_is_taken_out_everywhere_is_told(site, second_program):
    data = json.loads((site / "mill-stream/dossier.json").read_bytes())
    del data["clips"][0]
    (site / "mill-stream/dossier.json").write_text(json.dumps(data))
    shutil.rmtree(site / "mill-stream/c" / FIRST[:12])
    sealed_anew(site)
    words = told(found(site, second_program))
    assert "mill-stream/dossier.json: is not the edition that it says" in words
    assert "mill-stream/manifest.json: is not the one that leaf 0 seals" in words
    assert f"shows a clip ({FIRST[:12]}) that is not in dossier.json" in words


def test_a_clip_whose_page_is_taken_away_is_named(site, second_program):
    (site / PAGE).unlink()
    sealed_anew(site)
    assert f"clip {FIRST}, mill-stream/manifest.json: the manifest lists no page of it" in told(
        found(site, second_program)
    )


def test_a_clip_that_is_put_in_is_told(site, second_program):
    page = (site / PAGE).read_bytes()
    new = site / "mill-stream/c/000000000000/index.html"
    new.parent.mkdir()
    new.write_bytes(page)
    assert "c/000000000000/index.html: is there, and the manifest does not name it" in told(found(site, second_program))
    sealed_anew(site)
    words = told(found(site, second_program))
    assert "c/000000000000/index.html: is the page of a clip that is not in dossier.json" in words
    assert "manifest.json: is not the one that leaf 0 seals" in words


@pytest.mark.parametrize("name", ["index.html", "dossier.json", "manifest.json", "proof.json", "en/index.html"])
def test_a_file_of_another_dossier_in_its_place_is_found(site, second_program, name):
    shutil.copy(site / "bridge" / name, site / "mill-stream" / name)
    assert f"mill-stream/{name}" in {fault.file for fault in found(site, second_program)}


def test_a_proof_of_another_dossier_says_of_which(site, second_program):
    shutil.copy(site / "bridge/proof.json", site / "mill-stream/proof.json")
    [fault] = found(site, second_program)
    assert (fault.leaf, fault.what) == (1, "is the proof of another dossier: leaf 1 seals 'bridge'")


def test_a_whole_dossier_under_another_name_is_found(site, second_program):
    shutil.copytree(site / "bridge", site / "tunnel")
    words = told(found(site, second_program))
    assert "tunnel/manifest.json: is that of another dossier, bridge" in words


@pytest.mark.parametrize(
    "parts",
    [
        ["dossier.json"],
        ["manifest.json"],
        ["proof.json"],
        ["manifest.json", "proof.json"],
        ["index.html", "dossier.json", "manifest.json"],
    ],
)
def test_parts_of_an_older_edition_put_back_are_found(older, tmp_path, second_program, parts):
    old, new = older
    folder = tmp_path / "mixed"
    shutil.copytree(new, folder)
    for part in parts:
        shutil.copy(old / "mill-stream" / part, folder / "mill-stream" / part)
    assert found(folder, second_program)


def test_a_whole_older_edition_is_as_genuine_as_the_newer(older, second_program):
    old, new = older
    assert found(old, second_program) == found(new, second_program) == ()


def test_a_manifest_that_is_written_anew_does_not_fit_the_seal(site, second_program):
    change(site / PAGE, b"Meldung 1", b"Meldung 7")
    sealed_anew(site)
    words = told(found(site, second_program))
    assert "mill-stream/manifest.json: is not the one that leaf 0 seals" in words
    assert f"clip {FIRST}, {PAGE}: its title there" in words


def test_a_folder_that_a_stranger_sealed_fits_itself_and_not_the_key(stranger, published, second_program):
    assert found(stranger.site, second_program) == ()
    faults = found(stranger.site, second_program, key=published.key)
    assert "the trusted key is none of the bundle's" in told(faults)
    assert {fault.file for fault in faults} == {"mill-stream/proof.json", "bridge/proof.json"}


def test_one_dossier_that_a_stranger_sealed_among_others_is_found_without_a_key(site, stranger, second_program):
    shutil.copytree(stranger.site / "mill-stream", site / "mill-stream", dirs_exist_ok=True)
    assert "is sealed by another ledger" in told(found(site, second_program))


def test_a_checkpoint_that_another_key_signed_is_found(site, stranger, second_program):
    ours, theirs = (json.loads((where / "mill-stream/proof.json").read_bytes()) for where in (site, stranger.site))
    (site / "mill-stream/proof.json").write_bytes(canonical({**ours, "keys": theirs["keys"]}))
    assert "mill-stream/proof.json: proves nothing" in told(found(site, second_program))


@pytest.mark.parametrize(
    "name",
    ["evil.html", "c/index.html", "fr/index.html", "c/0/1/index.html", ".hidden", "proofs/more.html", "a\nb", "ü.html"],
)
def test_a_file_that_no_manifest_names_is_told(site, second_program, name):
    path = site / "mill-stream" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("more")
    [fault] = found(site, second_program)
    assert (fault.file, fault.what) == (f"mill-stream/{name}", "is there, and the manifest does not name it")


def test_names_that_are_no_text_are_told_in_text(site, second_program):
    Path(os.fsdecode(os.fsencode(site) + b"/mill-stream/\xff.html")).write_text("more")
    [fault] = found(site, second_program)
    assert fault.file == "mill-stream/�.html"


def test_pages_without_a_manifest_are_told(site, second_program):
    (site / "hill").mkdir()
    (site / "hill/index.html").write_text("pages")
    assert "hill/manifest.json: is missing" in told(found(site, second_program))


def test_links_and_pipes_are_not_followed(site, second_program, tmp_path):
    (tmp_path / "elsewhere").write_text("x")
    (site / PAGE).unlink()
    (site / PAGE).symlink_to(tmp_path / "elsewhere")
    (site / "mill-stream/feed.atom").unlink()
    os.mkfifo(site / "mill-stream/feed.atom")
    (site / "mill-stream/away").symlink_to(tmp_path)
    assert {fault.file for fault in found(site, second_program)} == {
        PAGE,
        "mill-stream/feed.atom",
        "mill-stream/away",
    }


def test_what_stands_for_a_redacted_clip_may_lie_beside(site, second_program):
    stone = site / "mill-stream/c/111111111111/index.html"
    stone.parent.mkdir()
    stone.write_bytes(b"<html>" + manifest.GONE)
    assert found(site, second_program) == ()
    beside = [path for one in checked(FolderFiles(site)).dossiers for path in one.beside]
    assert "mill-stream/c/111111111111/index.html" in beside


def test_a_style_sheet_that_a_later_version_brought_is_no_fault(tmp_path, second_program, monkeypatch):
    press = two_dossiers(tmp_path)
    later = tmp_path / "static"
    shutil.copytree(freezing.STATIC, later)
    (later / "style.css").write_text("/* Chronik: later */")
    monkeypatch.setattr(freezing, "STATIC", later)
    press.publish(*OTHERS, slug="bridge", names={"en": "The bridge"})
    assert found(press.site, second_program) == ()
    (press.site / "bridge/proof.json").unlink()
    assert ("mill-stream", "style.css") in {(one.dossier, one.file) for one in found(press.site, second_program)}


HOSTILE = [
    b"",
    b"\0",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'"\\ud800"',
    b"9" * 5_000,
    b"NaN",
    b'{"kind":"chronik-dossier","version":1,"slug":1,"languages":1,"published_at":1,"digest":1,"clips":1}',
    b'{"kind":"chronik-dossier","version":1,"slug":"a","languages":[],"published_at":"","digest":"","clips":[{}]}',
    b"<article class=clip>" * 50_000,
    b"<!--" * 50_000,
    b"<a " * 50_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["dossier.json", "manifest.json", "proof.json", "index.html"])
def test_any_bytes_give_a_clear_answer(site, second_program, name, data):
    (site / "mill-stream" / name).write_bytes(data)
    faults = found(site, second_program, clips=False)
    assert f"mill-stream/{name}" in {fault.file for fault in faults}


def test_a_folder_without_dossiers_is_refused(tmp_path, second_program):
    (tmp_path / "pictures").mkdir()
    for empty in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotFoundError):
            FolderFiles(empty)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A plain web server over the loopback: its folder, its address, and what asks it."""
    folder = tmp_path_factory.mktemp("served")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        fetch = Fetcher(
            user_agent="Chronik",
            timeout_s=10,
            size_bytes_max=1_000,
            permitted_endpoints=frozenset({("127.0.0.1", serving.server_port)}),
        )
        yield folder, f"http://127.0.0.1:{serving.server_port}", fetch
        serving.shutdown()


@pytest.mark.parametrize("name", ["", "/", "/index.html", "/de/", f"/c/{FIRST[:12]}/index.html", "/?x=1#y"])
def test_a_dossier_on_a_web_server_is_found_from_any_of_its_pages(published, server, name):
    folder, address, fetch = server
    shutil.copytree(published.site, folder, dirs_exist_ok=True)
    result = checked(AddressFiles(f"{address}/mill-stream{name}", fetch=fetch), key=note.verifier_key(published.key))
    assert ([one.slug for one in result.dossiers], result.faults) == (["mill-stream"], ())


def test_what_a_web_server_gives_otherwise_is_told_as_in_a_folder(published, server):
    folder, address, fetch = server
    shutil.copytree(published.site, folder, dirs_exist_ok=True)
    change(folder / PAGE, b"Meldung 1", b"Meldung 7")
    (folder / "mill-stream/feed.atom").unlink()
    (folder / "style.css").write_bytes(b"/* other */")
    faults = checked(AddressFiles(f"{address}/mill-stream/", fetch=fetch)).faults
    assert {(fault.file, fault.clip) for fault in faults} == {
        (PAGE, FIRST),
        ("mill-stream/feed.atom", ""),
        ("style.css", ""),
    }


@pytest.mark.parametrize("name", ["", "/", "/nowhere/", "/nowhere/de/index.html", "/style.css"])
def test_an_address_without_a_dossier_is_refused(server, name):
    _, address, fetch = server
    with pytest.raises(NotFoundError, match="no published dossier"):
        AddressFiles(f"{address}{name}", fetch=fetch)


@pytest.mark.parametrize(
    "payload", ['"\\ud800"', '{"id":"a","kind":"act","x":1' + "0" * 400 + "}", "1e400", "[" * 9_999]
)
def test_a_payload_without_canonical_form_proves_nothing(site, second_program, payload):
    proof = json.loads((site / "mill-stream/proof.json").read_bytes())
    proof["leaves"][0]["payload"] = payload
    (site / "mill-stream/proof.json").write_bytes(canonical(proof))
    [fault] = found(site, second_program)
    assert (fault.file, "proves nothing" in fault.what) == ("mill-stream/proof.json", True)


@needs_openssl
def test_stamps_are_believed_only_where_they_lead_to_a_root_that_was_given(tmp_path, second_program):
    clock, other = make_authority(tmp_path / "clock"), make_authority(tmp_path / "other")
    press = Press(tmp_path)
    press.authorities = (clock,)
    press.publish(*CLIPS)
    assert found(press.site, second_program) == ()

    def stamps(*trusted):
        result = checked(FolderFiles(press.site))
        check_stamps(result, trusted=[one.authority() for one in trusted], now=datetime.now(UTC))
        [one] = result.dossiers
        return [stamp.authority for stamp in one.stamps], told(result.faults)

    assert stamps(clock) == ([clock.name], "")
    assert stamps(other, clock) == ([clock.name], "")
    assert "mill-stream/proof.json: the stamp of 'clock' does not hold" in stamps(other)[1]
    proof = json.loads((press.site / "mill-stream/proof.json").read_bytes())
    token = bytearray(base64.b64decode(proof["stamps"][0]["token"]))
    year = token.index(b"Z", token.index(b"\x18\x0f")) - 14
    token[year + 3] ^= 1
    proof["stamps"][0]["token"] = base64.b64encode(token).decode()
    (press.site / "mill-stream/proof.json").write_bytes(canonical(proof))
    assert stamps(clock)[0] == []
