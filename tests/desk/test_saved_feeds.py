"""Feeds of saved views at secret addresses."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from lxml import etree
from tests.desk.material import NOW, TEXT, make_article

from chronik.archive import hiding
from chronik.archive.reading import index_due
from chronik.catalogue.models import ArticleRow, FeedAddressRow
from chronik.desk import notices_matching, saved, saved_feeds
from chronik.desk.views import saved_feeds as views
from chronik.errors import NotFoundError
from chronik.model import TakedownReason
from chronik.model.saved import ViewKind
from chronik.publish import view_feeds

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def filled(archive, eva):
    for number in range(1, 4):
        archive.catalogue.add_article(make_article(number, text=TEXT * 9, language="fr" if number == 3 else "de"))
    index_due(archive)
    return archive


@pytest.fixture
def view(filled):
    return saved.save("eva", name="Deutsch & <x>\0", kind=ViewKind.INBOX, terms={"language": "de"}, now=NOW)


@pytest.fixture
def secret(view):
    return saved_feeds.make(view.id, "eva", now=NOW)


def test_a_feed_holds_title_original_desk_source_and_a_short_excerpt(client, secret):
    answer = client.get(f"/feed/{secret}/feed.json")
    items = json.loads(answer.content)["items"]
    assert [item["title"] for item in items] == ["Meldung 2", "Meldung 1"]
    first = items[0]
    assert first["url"] == make_article(2).url
    assert first["_chronik"]["desk_url"].endswith(f"/desk/articles/{make_article(2).id}/")
    assert len(first["summary"]) <= view_feeds.EXCERPT_CHARACTERS_MAX
    assert first["summary"].startswith("Der Müller hatte")
    atom = etree.fromstring(client.get(f"/feed/{secret}/atom.xml").content)
    assert atom.findtext("a:title", namespaces=ATOM).startswith("Deutsch & <x>")
    entries = atom.findall("a:entry", ATOM)
    assert [one.findtext("a:title", namespaces=ATOM) for one in entries] == ["Meldung 2", "Meldung 1"]
    assert entries[0].find("a:link", ATOM).get("href") == make_article(2).url


def test_a_feed_is_private_and_says_when_nothing_changed(client, secret):
    answer = client.get(f"/feed/{secret}/atom.xml")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    again = client.get(f"/feed/{secret}/atom.xml", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"/feed/{secret}/atom.xml", headers={"if-none-match": '"other"'}).status_code == 200
    assert client.post(f"/feed/{secret}/atom.xml").status_code == 405


def test_what_is_put_aside_stays_and_what_is_hidden_goes(client, secret, filled):
    ArticleRow.objects.filter(pk=make_article(1).id).update(done_at=NOW)
    assert len(json.loads(client.get(f"/feed/{secret}/feed.json").content)["items"]) == 2
    hiding.hide(filled, make_article(2).id, reason=TakedownReason.PRIVACY, by="eva")
    assert len(json.loads(client.get(f"/feed/{secret}/feed.json").content)["items"]) == 1


def test_the_secret_is_kept_as_its_digest_only(secret):
    assert secret not in " ".join(str(value) for value in vars(FeedAddressRow.objects.get()).values())


@pytest.mark.parametrize("gone", ["revoked", "closed", "removed", "private", "kept from"])
def test_an_address_ends_with_the_right_to_see_the_view(client, filled, view, secret, gone, monkeypatch):
    if gone == "revoked":
        saved_feeds.revoke(FeedAddressRow.objects.get().pk, "eva", now=NOW)
    elif gone == "closed":
        User.objects.filter(username="eva").update(is_active=False)
    elif gone == "removed":
        saved.remove(view.id, "eva", now=NOW)
    elif gone == "private":
        FeedAddressRow.objects.update(user_name="otto")
        User.objects.create_user("otto")
    else:
        saved.change(view.id, "eva", revision=1, now=NOW, terms={"dossier": "geheim"})
        monkeypatch.setattr(notices_matching, "hidden_from", lambda *_args: frozenset({"geheim"}))
    assert client.get(f"/feed/{secret}/atom.xml").status_code == 404


@pytest.mark.parametrize("wrong", ["x", "0" * 43, "%00" * 3, "ü" * 43, "a" * 5_000])
def test_a_wrong_secret_leads_nowhere(client, secret, wrong):
    assert client.get(f"/feed/{wrong}/atom.xml").status_code == 404
    assert client.get(f"/feed/{secret}/passwd").status_code == 404


def test_who_asks_too_often_is_told_to_wait(client, secret, monkeypatch):
    monkeypatch.setattr(views, "ASKED_A_MINUTE_MAX", 2)
    monkeypatch.setattr(views, "WRONG_A_MINUTE_MAX", 1)
    assert [client.get(f"/feed/{'0' * 43}/atom.xml").status_code for _ in range(2)] == [404, 429]
    assert [client.get(f"/feed/{secret}/atom.xml").status_code for _ in range(3)] == [200, 200, 429]
    assert client.post(f"/unsubscribe/{'0' * 64}").status_code == 429


def test_an_address_is_made_shown_once_and_revoked_on_the_page_of_its_view(editor, view):
    path = f"/desk/saved/{view.id}/"
    page = editor.post(path, {"do": "feed"}).content.decode()
    assert "/atom.xml" in page
    assert "/atom.xml" not in editor.get(path).content.decode()
    made = FeedAddressRow.objects.get()
    editor.post(path, {"do": "revoke-feed", "feed": made.pk})
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert editor.post(path, {"do": "revoke-feed", "feed": made.pk}).status_code == 404
    with pytest.raises(NotFoundError):
        saved_feeds.revoke(made.pk, "otto", now=NOW)


def test_a_search_is_followed_too_and_use_is_noted_once_an_hour(client, filled, clock):
    found = saved.save("eva", name="Suche", kind=ViewKind.SEARCH, terms={"q": "Schleuse lang:fr"}, now=NOW)
    secret = saved_feeds.make(found.id, "eva", now=NOW)
    assert len(json.loads(client.get(f"/feed/{secret}/feed.json").content)["items"]) == 1
    clock.advance(minutes=5)
    client.get(f"/feed/{secret}/feed.json")
    assert FeedAddressRow.objects.get().used_at == NOW
    clock.advance(hours=2)
    client.get(f"/feed/{secret}/feed.json")
    assert FeedAddressRow.objects.get().used_at == NOW + timedelta(hours=2, minutes=5)


@pytest.mark.parametrize("text", ["", "a" * 5_000, "wort " * 200, "\0\ud800" * 500, "\n\n\t"])
def test_an_excerpt_is_short_whatever_the_text(text):
    assert len(view_feeds.excerpt(text)) <= view_feeds.EXCERPT_CHARACTERS_MAX


def test_an_empty_feed_and_hostile_entries_can_be_written():
    entry = view_feeds.Entry(
        id="x", title="\0\ud800<b>", url="javascript:alert(1)", desk_url="https://desk/x", source="", language="",
        published=NOW, excerpt="\ufffe",
    )  # fmt: skip
    feed = view_feeds.ViewFeed(id="x", title="\ud800", home_url="https://desk/", entries=[entry], made_at=NOW)
    assert b"javascript" not in view_feeds.atom(feed) + view_feeds.json_feed(feed)
    assert etree.fromstring(view_feeds.atom(feed)) is not None
    assert json.loads(view_feeds.json_feed(feed))["items"][0]["url"] == "https://desk/x"
