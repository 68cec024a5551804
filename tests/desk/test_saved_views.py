"""Saved views: named, shared, counted, changed by their owner only, removed and brought back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.material import NOW, make_article

from chronik.archive.reading import index_due
from chronik.catalogue.models import SavedViewRow
from chronik.desk import people, saved, saved_bar, saved_counts, saved_terms
from chronik.desk.rights import Role
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model.saved import ViewKind


def client_of(name, role):
    user = User.objects.create_user(name)
    people.give_role(user, role)
    client = Client()
    client.force_login(user)
    return client


def view(name="Deutsch", *, owner="eva", terms=None, kind=ViewKind.INBOX, shared=False):
    given = {"language": "de"} if terms is None else terms
    return saved.save(owner, name=name, kind=kind, terms=given, shared=shared, now=NOW)


@pytest.fixture
def filled(archive):
    for number, language in enumerate(("de", "de", "fr"), 1):
        archive.catalogue.add_article(make_article(number, language=language))
    index_due(archive)
    return archive


# Deciding


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {}),
        ({"show": "inbox", "after": "2026~x", "language": ""}, {}),
        ({"show": "starred", "words": " a   b ", "day": "2026-05-01T10:00", "kind": "pope"}, None),
        ({"language": "de\0", "source": "tass\ud800", "words": "x" * 5_000}, RefusedInputError),
    ],
)
def test_a_view_keeps_what_says_something(given, kept):
    if kept is RefusedInputError:
        with pytest.raises(RefusedInputError):
            saved_terms.terms(ViewKind.INBOX, given)
        return
    expected = {"show": "starred", "words": "a b", "day": "2026-05-01"} if kept is None else kept
    assert saved_terms.terms(ViewKind.INBOX, given) == expected


def test_a_saved_search_needs_words():
    with pytest.raises(RefusedInputError):
        saved_terms.terms(ViewKind.SEARCH, {"q": " \0 "})
    assert saved_terms.terms(ViewKind.SEARCH, {"q": "karab*", "order": "newest", "page": "3"}) == {
        "q": "karab*",
        "order": "newest",
    }


def test_an_address_of_any_length_is_read():
    assert saved_terms.told("?language=de&words=a%20b") == {"language": "de", "words": "a b"}
    assert saved_terms.told("x" * 50_000) == saved_terms.told("&".join("a=b" for _ in range(99))) == {}


# Keeping


def test_a_private_view_is_seen_by_its_owner_only(archive):
    private, shared = view(), view("Alle", shared=True)
    assert [one.id for one in saved.views("eva")] == [shared.id, private.id]
    assert [one.id for one in saved.views("otto")] == [shared.id]
    with pytest.raises(NotFoundError):
        saved.view(private.id, "otto")


def test_two_who_change_a_view_at_once_do_not_undo_each_other(archive):
    first = view()
    changed = saved.change(first.id, "eva", revision=first.revision, now=NOW, name="Neu")
    with pytest.raises(ConflictError):
        saved.change(first.id, "eva", revision=first.revision, now=NOW, name="Anders")
    assert saved.view(first.id, "eva").name == changed.name == "Neu"
    assert saved.change(first.id, "eva", revision=changed.revision, now=NOW, terms={"language": "fr"}).name == "Neu"


@pytest.mark.parametrize("act", ["change", "remove", "restore"])
def test_what_others_share_can_be_copied_but_not_touched(archive, act):
    shared = view(shared=True)
    acts = {
        "change": lambda: saved.change(shared.id, "otto", revision=1, now=NOW, name="Meins"),
        "remove": lambda: saved.remove(shared.id, "otto", now=NOW),
        "restore": lambda: saved.restore(shared.id, "otto"),
    }
    with pytest.raises(NotFoundError):
        acts[act]()
    assert (saved.copy(shared.id, "otto", now=NOW).owner, saved.copy(shared.id, "otto", now=NOW).name) == (
        "otto",
        "Deutsch 2",
    )


def test_a_removed_view_can_be_brought_back_unless_its_name_is_taken(archive):
    first = view()
    saved.remove(first.id, "eva", now=NOW)
    assert saved.views("eva") == []
    assert saved.restore(first.id, "eva").id == first.id
    saved.remove(first.id, "eva", now=NOW)
    view()
    with pytest.raises(ConflictError):
        saved.restore(first.id, "eva")


def test_names_are_one_line_and_taken_once(archive):
    assert view(" a\r\nBcc: x\0 ").name == "a Bcc: x"
    for name, error in (("a Bcc: x", ConflictError), (" \0", RefusedInputError), ("x" * 500, RefusedInputError)):
        with pytest.raises(error):
            view(name)


def test_there_is_a_limit_to_views(archive, monkeypatch):
    monkeypatch.setattr(saved, "VIEWS_A_PERSON_MAX", 1)
    view()
    with pytest.raises(ConflictError):
        view("Zweite")


def test_views_count_what_nobody_put_aside(filled, django_assert_num_queries):
    german, search = view(), view("Bach", kind=ViewKind.SEARCH, terms={"q": "Bach lang:fr"})
    counts = saved_counts.unread([german, search], filled.index)
    assert counts == {german.id: 2, search.id: 1}
    with django_assert_num_queries(0):
        assert saved_counts.unread([german, search], filled.index) == counts


# Pages


def test_a_view_is_saved_opened_renamed_removed_and_brought_back(editor, filled):
    page = editor.get("/desk/?language=de").content.decode()
    assert 'name="terms" value="language=de"' in page
    answer = editor.post("/desk/saved/save/", {"kind": "inbox", "terms": "language=de", "name": "Deutsch"})
    assert answer.headers["Location"] == "/desk/?language=de"
    page = editor.get("/desk/?language=de").content.decode()
    assert 'data-view-key="1" aria-current="true"' in page
    assert ">2</span></a>" in page
    assert 'name="terms"' not in page
    made = SavedViewRow.objects.get()
    path = f"/desk/saved/{made.pk}/"
    assert editor.post(path, {"do": "change", "name": "Neu", "revision": 1, "shared": "on"}).status_code == 302
    late = editor.post(path, {"do": "change", "name": "Spät", "revision": 1})
    assert (late.status_code, b"changed meanwhile" in late.content) == (409, True)
    gone = editor.post(path, {"do": "remove"})
    listed = editor.get(gone.headers["Location"]).content.decode()
    assert 'value="restore" data-undo' in listed
    editor.post(path, {"do": "restore"})
    made.refresh_from_db()
    assert (made.name, made.shared, made.removed_at) == ("Neu", True, None)


def test_a_view_is_changed_to_what_the_page_shows(editor, archive):
    made = view()
    given = {"kind": "inbox", "terms": "language=fr", "name": "", "into": f"{made.id}:{made.revision}"}
    assert editor.post("/desk/saved/save/", given).headers["Location"] == "/desk/?language=fr"
    editor.post("/desk/saved/save/", given | {"terms": "language=en"})
    assert saved.view(made.id, "eva").terms == {"language": "fr"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "search", "terms": "q=", "name": "x"},
        {"kind": "pope", "terms": "", "name": "x"},
        {"kind": "inbox", "terms": "a=" + "x" * 30_000, "name": "x"},
        {"kind": "inbox", "terms": "", "name": "\0"},
        {"kind": "inbox", "terms": "", "name": "x", "into": "../../etc"},
    ],
)
def test_what_cannot_be_saved_is_refused(editor, archive, given):
    assert editor.post("/desk/saved/save/", given).status_code == 302
    assert not SavedViewRow.objects.exists()


def test_a_reader_keeps_views_and_shares_none(archive):
    reader = client_of("rita", Role.READER)
    reader.post("/desk/saved/save/", {"kind": "inbox", "terms": "", "name": "Alles", "shared": "1"})
    made = SavedViewRow.objects.get(owner="rita")
    reader.post(f"/desk/saved/{made.pk}/", {"do": "change", "name": "Alles", "shared": "on", "revision": 1})
    made.refresh_from_db()
    assert (made.shared, made.revision) == (False, 2)


def test_another_persons_view_is_not_there(editor, archive):
    private = view(owner="otto")
    path = f"/desk/saved/{private.id}/"
    assert editor.get(path).status_code == 404
    for act in ("change", "copy", "remove", "restore"):
        assert editor.post(path, {"do": act, "name": "x", "revision": 1}).status_code == 404
    shared = view("Alle", owner="otto", shared=True)
    path = f"/desk/saved/{shared.id}/"
    assert b"Shared by" in editor.get(path).content
    assert editor.post(path, {"do": "remove"}).status_code == 404
    assert editor.post(path, {"do": "copy"}).status_code == 302


def test_a_hostile_name_is_shown_as_text(editor, archive):
    view("<script>\u202ex", terms={"words": "<b>\"'"}, shared=True)
    for path in ("/desk/", "/desk/saved/"):
        page = editor.get(path).content.decode()
        assert "<script>\u202e" not in page
        assert "<b>" not in page


def test_a_bar_offers_what_can_be_saved(archive):
    assert saved_bar.bar("eva", archive.index, kind=ViewKind.SEARCH, given={}).terms == ""
    assert saved_bar.bar("eva", archive.index, kind=ViewKind.SEARCH, given={"q": "a b"}).terms == "q=a+b"
    assert saved_bar.bar("eva", archive.index, kind=ViewKind.INBOX, given={"words": "x" * 3_000}).terms == ""
