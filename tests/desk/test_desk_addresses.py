"""Each address of the desk, four ways: allowed, forbidden, wrong method, bad input."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.desk.material import NOW, place

from chronik.desk import invitations, saved, sign_in, timeline
from chronik.desk.rights import Role
from chronik.model import Act, Source, UnreadEntry, Verb, story_id
from chronik.model.saved import ViewKind

ENTRY = "e" * 64
OPEN = {
    "desk:provider",
    "desk:provider-back",
    "desk:sign-in",
    "desk:sign-in-code",
    "desk:enter",
    "desk:join",
    "desk:language",
}
"""Pages for people who are not signed in."""
PAGES = {
    "desk:inbox",
    "desk:sign-in",
    "desk:article",
    "desk:changes",
    "desk:dossiers",
    "desk:dossier",
    "desk:history",
    "desk:feeds",
    "desk:feed-list",
    "desk:sources",
    "desk:source",
    "desk:unknown-credits",
    "desk:search",
    "desk:saved",
    "desk:story",
    "desk:account",
    "desk:people",
    "desk:person",
    "desk:audit",
    "desk:audit-csv",
    "desk:audit-json",
    "desk:accounts",
    "desk:suggestions",
    "desk:missing",
    "desk:checklist",
    "desk:overview",
    "desk:overview-svg",
    "desk:overview-png",
    "desk:overview-csv",
    "desk:altered",
    "desk:clipper",
    "desk:capture",
    "desk:witnesses",
    "publishing:preview",
    "takedown:page",
}
FILES = {
    "desk:feed-list",
    "desk:overview-svg",
    "desk:overview-png",
    "desk:overview-csv",
    "desk:audit-csv",
    "desk:audit-json",
}
"""Pictures and figures, no pages."""
FORMS = {
    "desk:new-dossier",
    "desk:access",
    "desk:edit-dossier",
    "desk:mend",
    "desk:edit-clip",
    "desk:enter",
    "desk:join",
    "desk:second-factor",
    "desk:sides",
    "desk:names",
    "desk:clip-page",
    "desk:edit-source",
    "desk:new-source",
    "desk:merge-sources",
    "desk:take-in-feeds",
    "desk:saved-view",
    "desk:notices",
    "desk:notice-settings",
    "desk:work",
    "desk:sections",
    "desk:timeline",
    "desk:edit-event",
}
"""Pages that are also posted to themselves."""
ACTS = {
    "desk:sign-out",
    "desk:clip",
    "desk:done",
    "desk:star",
    "desk:row-act",
    "desk:revert",
    "desk:file-clip",
    "desk:pin-clip",
    "desk:move-clip",
    "desk:remove-clip",
    "desk:restore-clip",
    "desk:try-feed",
    "desk:follow",
    "desk:stop-feed",
    "desk:follow-again",
    "desk:ask-feed",
    "desk:password",
    "desk:sign-out-everywhere",
    "desk:end-own-session",
    "desk:recovery-codes",
    "desk:remove-second-factor",
    "desk:passkey-options",
    "desk:add-passkey",
    "desk:remove-passkey",
    "desk:forget-factor",
    "desk:link-provider",
    "desk:time-zone",
    "desk:unlink-provider",
    "desk:invite",
    "desk:withdraw-invitation",
    "desk:change-role",
    "desk:close-account",
    "desk:reopen-account",
    "desk:end-sessions",
    "desk:language",
    "desk:end-tour",
    "desk:judge-report",
    "desk:split-story",
    "desk:merge-stories",
    "desk:undo",
    "desk:decide",
    "desk:remove-side",
    "desk:remove-name",
    "desk:learned-name",
    "desk:note-altered",
    "desk:settle-witness",
    "desk:ask-witnesses",
    "desk:look-again",
    "desk:make-token",
    "desk:revoke-token",
    "desk:save-view",
    "desk:name-credit",
    "desk:put-credit-aside",
    "desk:undo-merging",
    "remove-sample",
    "takedown:act",
    "publishing:publish",
    "publishing:unpublish",
    "publishing:remove",
}
HALFWAY = {"desk:sign-in-code"}
"""Leads to the sign-in page whoever gave no good password before: see tests/desk/test_second_factor.py."""
FOREIGN = {"desk:capture-frame", "desk:capture-file"}
"""Bytes from outside, under a policy of their own: see tests/desk/test_captured_pages.py."""
PROVIDER = {"desk:provider", "desk:provider-back"}
"""Lead to a provider of identities and back, where the settings name one: see tests/desk/test_single_sign_on.py."""
EVERY = sorted(PAGES | FORMS | ACTS | FOREIGN | HALFWAY | PROVIDER)


def routes(resolver=None, prefix="", space=""):
    """Name and path of every address under /desk/, out of the project itself."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if path.startswith("desk/") and pattern.name:
                yield f"{space}{pattern.name}", "/" + path
        else:
            yield from routes(pattern, path, f"{pattern.namespace}:" if pattern.namespace else space)


@pytest.fixture
def address(article, dossier, clip, archive, eva):
    """The path of an address by its name, everything in it being there."""
    entry = UnreadEntry(id=ENTRY, dossier=dossier.slug, position=9, line=3, reason="no time", text="x\n")
    archive.catalogue.take_in(dossier, [], [entry], Act(at=NOW, by="eva", verb=Verb.IMPORT, subject=dossier.slug))
    known = dict(routes())
    parts = {
        "article_id": article.id,
        "slug": dossier.slug,
        "clip_id": clip.id,
        "entry_id": ENTRY,
        "source_id": "talbote",
        "chart": "languages",
    }
    archive.catalogue.add_sources([Source(id="talbote", names={"de": "Talbote"})])
    place(archive.catalogue, article)
    words = timeline.EventWords(begins="2020-09", labels={"de": "Der Bach steht"}, clips=[clip.id])
    done = timeline.add_event(archive.catalogue, dossier.slug, words=words, by="eva", now=NOW)
    parts["event_id"] = done.detail["item"]
    parts["story_id"] = story_id(article.id)
    parts["number"] = str(eva.pk)
    kept = archive.vault.keep_resource(
        b"<p>Page</p>", url="urn:x:1", media_type="text/html", taken_at=NOW, origin="page.html"
    )
    archive.catalogue.record_capture(kept)
    parts["capture_id"] = kept.id
    parts["view_id"] = saved.save(
        "eva", name="Bach", kind=ViewKind.SEARCH, terms={"q": "Bach"}, shared=True, now=NOW
    ).id

    def path_of(name):
        parts["secret"] = sign_in.sign_in_link("eva", NOW) if name == "desk:enter" else ""
        if name == "desk:join":
            parts["secret"] = invitations.invite(archive.catalogue, eva, role=Role.READER, now=NOW)[1]
        return re.sub(r"<\w+:(\w+)>", lambda found: parts[found[1]], known[name])

    return path_of


def test_the_matrix_holds_every_address():
    assert {name for name, _path in routes()} == set(EVERY)


@pytest.mark.parametrize("name", sorted(set(EVERY) - OPEN))
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_strangers_are_asked_to_sign_in(name, method, address):
    answer = getattr(Client(), method)(address(name))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("name", sorted(PAGES | FORMS))
def test_a_page_is_shown_to_its_editor(name, address, editor):
    answer = editor.get(address(name))
    assert answer.status_code in ({302} if name == "desk:sign-in" else {200})
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_what_acts_is_not_done_by_looking(name, address, editor):
    for method in ("get", "head", "put", "delete"):
        assert getattr(editor, method)(address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted((PAGES | FOREIGN) - {"desk:sign-in"}))
def test_what_shows_takes_no_forms(name, address, editor):
    for method in ("post", "put", "delete"):
        assert getattr(editor, method)(address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted(FORMS | ACTS | {"desk:sign-in"}))
def test_a_form_from_elsewhere_is_refused(name, address, eva):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva)
    answer = strict.post(address(name), {"next": "/desk/"})
    assert answer.status_code == 403
    assert b"expired" in answer.content


@pytest.mark.parametrize(
    "name",
    [
        "desk:article",
        "desk:changes",
        "desk:capture",
        "desk:capture-file",
        "desk:dossier",
        "desk:access",
        "desk:history",
        "desk:edit-dossier",
        "desk:edit-clip",
        "desk:mend",
        "desk:story",
        "desk:suggestions",
        "desk:missing",
        "desk:checklist",
        "desk:overview",
        "desk:overview-svg",
        "desk:overview-png",
        "desk:overview-csv",
        "desk:sides",
        "desk:source",
        "desk:edit-source",
        "desk:saved-view",
        "desk:sections",
        "desk:timeline",
        "desk:edit-event",
    ],
)
@pytest.mark.parametrize(
    "nowhere", ["0" * 64, "nirgends", "%00", "..%2f..%2fetc", "%F0%9F%98%80", "<script>", "a" * 3_000]
)
def test_what_is_not_there_is_a_404(name, nowhere, editor):
    known = dict(routes())
    answer = editor.get(re.sub(r"<str:\w+>", nowhere, known[name]))
    assert answer.status_code == 404
    assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    "name",
    [
        "desk:clip",
        "desk:done",
        "desk:star",
        "desk:revert",
        "desk:file-clip",
        "desk:pin-clip",
        "desk:move-clip",
        "desk:remove-clip",
        "desk:restore-clip",
        "desk:ask-witnesses",
        "desk:judge-report",
        "desk:merge-stories",
        "desk:decide",
        "desk:remove-side",
    ],
)
def test_nothing_can_be_done_to_what_is_not_there(name, editor, archive):
    answer = editor.post(re.sub(r"<str:\w+>", "0" * 64, dict(routes())[name]), {"to": "up"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/desk/nirgends", "/desk/nirgends/", "/desk/articles/", "/desk/a//b"])
def test_an_address_under_the_desk_that_is_nobodys_is_a_404(path, editor):
    assert editor.get(path).status_code == 404


def test_a_missing_slash_is_forgiven(editor, dossier):
    assert editor.get("/desk").headers["Location"] == "/desk/"
    assert editor.get("/desk/feeds?x=1").headers["Location"] == "/desk/feeds/?x=1"
    assert editor.get("/desk/dossiers/die-schleuse").headers["Location"] == "/desk/dossiers/die-schleuse/"


@pytest.mark.parametrize("name", sorted((PAGES | FORMS) - FILES))
@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_page_can_be_shown_in_every_language(name, language, address, editor):
    answer = editor.get(address(name), headers={"accept-language": language})
    if answer.status_code == 200 and not name.startswith("publishing"):
        assert f'<html lang="{language}"' in answer.content.decode()


def test_pages_load_nothing_from_elsewhere_and_hold_no_code(address, editor):
    for name in sorted((PAGES | FORMS) - FILES - {"publishing:preview", "desk:sign-in"}):
        page = editor.get(address(name)).content.decode()
        assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)", page), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), name
        for loaded in re.findall(r"<(?:script|link|img|iframe|use)[^>]*?(?:src|href)=\"([^\"]*)\"", page):
            assert loaded.startswith(("/static/", "/desk/captures/", "/desk/dossiers/")), (name, loaded)
