"""Posts of networks: Telegram, Mastodon, Bluesky, X, and posts in JSON."""

import json

import pytest

from chronik.extract.article import article
from chronik.model import Article, ArticleKind, Failure, FailureKind, Page

TEXT = "Die Schleuse bei Hallwerd bleibt zu."
MORE = "Niemand weiß, wie lange das dauern wird, sagen die Schiffer."


BLOG = (
    "Der Gemeinderat will in der kommenden Woche über den Antrag beraten und dann eine Frist setzen, wie er mitteilte.",
    "Anwohner hatten seit Tagen auf die Entscheidung gewartet. Die Mühle steht seit März still, wie es hieß.",
    "Die Schleuse am Mühlbach blieb bis zum Abend geschlossen, sagte die Sprecherin des Wasserverbands am Donnerstag.",
)


def read(html, url=""):
    body = html if isinstance(html, bytes) else f"<!doctype html><html><head>{html}</html>".encode()
    found = article(Page(url=url, body=body, media_type="" if isinstance(html, bytes) else "text/html"))
    assert isinstance(found, Article), str(found)
    assert found.kind is ArticleKind.POST
    return found


def message(number, text, *, reply=""):
    return f"""
<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="wasserverband/{number}">
 <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name"
  href="https://t.me/wasserverband"><span dir="auto">Wasserverband Mirre</span></a></div>{reply}
 <div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
 <div class="tgme_widget_message_footer"><div class="tgme_widget_message_info short"><a class="tgme_widget_message_date"
  href="https://t.me/wasserverband/{number}"><time datetime="2026-05-03T08:15:00+00:00" class="time">08:15</time></a>
</div></div></div></div>"""


REPLY = """<a class="tgme_widget_message_reply" href="https://t.me/wasserverband/6"><div
 class="tgme_widget_message_text js-message_reply_text" dir="auto">Eine Antwort auf etwas</div></a>"""
WORDS = f'<b>{TEXT}</b><br/><br/>{MORE}<br/>Mehr: <a href="https://example.org/x">example.org/x</a>'


@pytest.mark.parametrize("url", ["https://t.me/wasserverband/7?embed=1&mode=tme", ""])
def test_a_message_of_telegram_is_a_post(url):
    found = read(f"</head><body>{message(7, WORDS, reply=REPLY)}", url)
    assert found.authors == ("Wasserverband Mirre",)
    assert found.published == "2026-05-03T08:15:00+00:00"
    assert found.paragraphs == (TEXT, MORE, "Mehr: example.org/x")
    assert found.source == "Telegram"
    assert found.language == "de"
    assert found.url in {url, "https://t.me/wasserverband/7"}
    link = found.links[0]
    assert (found.text[link.start : link.end], link.url) == ("example.org/x", "https://example.org/x")


def test_the_message_that_was_asked_for_is_taken_out_of_a_channel():
    page = f"</head><body>{message(6, 'Etwas anderes.')}{message(7, WORDS)}{message(8, 'Noch etwas.')}"
    assert read(page, "https://t.me/s/wasserverband/7").paragraphs[0] == TEXT


def test_a_channel_is_a_list_of_posts():
    page = f"<html><body>{message(6, 'Etwas anderes.')}{message(7, WORDS)}</body></html>".encode()
    found = article(Page(url="https://t.me/s/wasserverband", body=page, media_type="text/html"))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.NOT_AN_ARTICLE
    assert "t.me/CHANNEL/NUMBER" in found.detail


def test_a_message_by_what_its_page_declares():
    head = (
        f'<meta property="og:title" content="Wasserverband"><meta property="og:description" content="{TEXT}\n\n{MORE}">'
    )
    found = read(f"{head}</head><body><div class=tgme_page>", "https://t.me/wasserverband/7")
    assert found.paragraphs == (TEXT, MORE)
    assert found.authors == ("Wasserverband",)


MASTODON = f"""<title>Wasserverband: "{TEXT}"</title>
<link href="https://social.example/users/wv/statuses/1" rel="alternate" type="application/activity+json">
<meta content="Social Example" property="og:site_name"><meta content="article" property="og:type">
<meta content="Wasserverband (@wv@social.example)" property="og:title">
<meta content="https://social.example/@wv/1" property="og:url">
<meta content="2026-05-03T08:15:00Z" property="og:published_time">
<meta content="wv@social.example" property="profile:username">
<meta content="Attached: 1 image\n\n{TEXT}\n\n{MORE}" property="og:description">"""


def test_a_status_of_mastodon_by_what_its_page_declares():
    found = read(f"{MASTODON}</head><body><div id=mastodon></div>", "https://social.example/@wv/1")
    assert found.authors == ("Wasserverband",)
    assert found.paragraphs == (TEXT, MORE)
    assert found.published == "2026-05-03T08:15:00+00:00"
    assert found.source == "Social Example"


def test_a_status_of_mastodon_as_it_is_shown():
    shown = f"""<div class="detailed-status h-entry"><a class="detailed-status__display-name p-author h-card">
    <strong class="display-name__html p-name">Wasserverband</strong></a><div class="status__content e-content">
    <p>{TEXT}</p><p>{MORE}</p></div><a><time
    class="formatted dt-published" datetime="2026-05-03T08:15:00Z">x</time></a></div>"""
    found = read(f"{MASTODON}</head><body>{shown}")
    assert found.url == "https://social.example/@wv/1"
    assert found.paragraphs == (TEXT, MORE)


def test_a_profile_is_no_post():
    page = MASTODON.replace('content="article"', 'content="profile"').replace("og:published_time", "x")
    found = article(Page(url="https://social.example/@wv", body=f"<html><head>{page}".encode(), media_type="text/html"))
    assert getattr(found, "kind", None) is not ArticleKind.POST


def test_a_post_of_bluesky_is_read():
    page = f"""<meta property="og:title" content="Wasserverband (@wv.example)"></head><body><noscript>
    <div id="bsky_post_summary"><h3>Post</h3><p id="bsky_display_name">Wasserverband</p>
    <p id="bsky_handle">wv.example</p><p id="bsky_post_text">{TEXT}\n\n{MORE}</p>
    <p id="bsky_post_indexedat">2026-05-03T08:15:00.123Z</p></div></noscript>"""
    found = read(page, "https://bsky.app/profile/wv.example/post/3k")
    assert (found.authors, found.paragraphs) == (("Wasserverband",), (TEXT, MORE))
    assert found.published == "2026-05-03T08:15:00+00:00"


def tweet(number, name, text, *, focal=False):
    return f"""<article data-testid="tweet" tabindex="{-1 if focal else 0}"><div data-testid="User-Name"><a href="/wv">
    <span>{name}</span></a><a href="/wv/status/{number}"><time datetime="2026-05-03T08:15:00.000Z">3h</time></a></div>
    <div data-testid="tweetText">{text}</div></article>"""


@pytest.mark.parametrize("url", ["https://x.com/wv/status/22", ""])
def test_a_post_of_x_in_a_saved_page_is_read(url):
    shown = tweet(21, "Jemand", "Eine Frage.") + tweet(22, "Wasserverband", f"{TEXT}\n\n{MORE}", focal=True)
    found = read(f"<title>x</title></head><body><main>{shown}</main>", url)
    assert found.authors == ("Wasserverband",)
    assert found.text.startswith(TEXT)
    assert found.published == "2026-05-03T08:15:00+00:00"


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://x.com/wv/status/22", f"Wasserverband on X: &quot;{TEXT}&quot; / X"),
        ("https://www.threads.net/@wv/post/x", "Wasserverband (@wv) on Threads"),
        ("https://www.facebook.com/wv/posts/123", "Wasserverband"),
        ("https://www.instagram.com/p/abc/", f"Wasserverband on Instagram: &quot;{TEXT}&quot;"),
    ],
)
def test_a_post_by_what_its_page_declares(url, title):
    head = f'<meta property="og:title" content="{title}"><meta property="og:description" content="{TEXT}">'
    found = read(f"{head}</head><body>", url)
    assert (found.authors, found.text) == (("Wasserverband",), TEXT)


def test_a_blog_that_speaks_activitypub_is_no_post():
    page = f"""<html><head><link rel=alternate type="application/activity+json" href=x><meta property=og:title
    content="Schleuse bleibt zu"><meta property=og:type content=article></head><body><article>
    {"".join(f"<p>{text}</p>" for text in BLOG)}</article></body></html>"""
    found = article(Page(url="https://blog.example/schleuse-bleibt-zu", body=page.encode(), media_type="text/html"))
    assert isinstance(found, Article)
    assert found.kind is ArticleKind.ARTICLE


NOTE = {
    "@context": ["https://www.w3.org/ns/activitystreams", {}],
    "id": "https://social.example/users/wv/statuses/1",
    "type": "Note",
    "url": "https://social.example/@wv/1",
    "attributedTo": "https://social.example/users/wv",
    "published": "2026-05-03T08:15:00Z",
    "updated": "2026-05-03T09:15:00Z",
    "content": f"<p>{TEXT}</p><p>{MORE}<br>Mehr dazu <a href='/x'>hier</a></p>",
    "contentMap": {"de": "x"},
    "attachment": [
        {"type": "Document", "mediaType": "image/png", "url": "https://social.example/x.png", "name": "Tor"}
    ],
}
STATUS = {
    "id": "1",
    "created_at": "2026-05-03T08:15:00.000Z",
    "spoiler_text": "",
    "language": "de",
    "url": "https://social.example/@wv/1",
    "content": f"<p>{TEXT}</p>",
    "account": {"username": "wv", "display_name": "Wasserverband"},
    "media_attachments": [{"type": "image", "url": "https://social.example/x.png", "description": "Tor"}],
}


def test_a_note_of_activitypub_is_a_post():
    found = read(json.dumps(NOTE).encode())
    assert found.paragraphs == (TEXT, MORE, "Mehr dazu hier")
    assert (found.authors, found.url) == (("@wv",), "https://social.example/@wv/1")
    assert (found.published, found.modified) == ("2026-05-03T08:15:00+00:00", "2026-05-03T09:15:00+00:00")
    assert (found.pictures[0].url, found.pictures[0].caption) == ("https://social.example/x.png", "Tor")
    assert found.links[0].url == "https://social.example/x"


def test_a_note_within_its_creation_is_the_same_post():
    create = {"@context": "https://www.w3.org/ns/activitystreams", "type": "Create", "object": NOTE}
    assert read(json.dumps(create).encode()).text == read(json.dumps(NOTE).encode()).text


def test_a_note_may_say_that_it_is_more_than_that():
    assert read(json.dumps({**NOTE, "type": ["Note", "ex:Release"]}).encode()).paragraphs == (
        TEXT,
        MORE,
        "Mehr dazu hier",
    )


def test_a_status_of_mastodons_api_is_a_post():
    found = read(json.dumps(STATUS).encode())
    assert (found.authors, found.text, found.language) == (("Wasserverband",), TEXT, "de")


@pytest.mark.parametrize(
    "data",
    [
        {**NOTE, "type": "Person"},
        {**NOTE, "type": ["Person", {}]},
        {**NOTE, "type": {"Note": 1}},
        {**NOTE, "content": None},
        {**NOTE, "content": ""},
        {**NOTE, "attributedTo": [], "attachment": "x", "contentMap": 3, "url": {"href": 4}, "content": 5},
        {**STATUS, "account": None},
        {**STATUS, "content": {}},
        {"@context": "https://www.w3.org/ns/activitystreams", "type": "Create", "object": "https://x.example/1"},
    ],
)
def test_odd_posts_in_json_are_refused(data):
    found = article(Page(url="", body=json.dumps(data).encode(), media_type="application/activity+json"))
    assert isinstance(found, Failure)


def test_a_post_in_json_nested_very_deep_is_refused():
    body = b'{"@context": "https://www.w3.org/ns/activitystreams", "a": ' + b"[" * 500_000
    assert isinstance(article(Page(url="", body=body)), Failure)


def test_html_nested_very_deep_within_a_post_does_no_harm():
    data = {**NOTE, "content": "<p>A beginning</p>" + "<b><i>" * 4_000 + "deep"}
    found = article(Page(url="", body=json.dumps(data).encode()))
    assert isinstance(found, Article | Failure)


@pytest.mark.parametrize(
    "post",
    [
        '<a class="pi_author">Орле</a><a class="wi_date">5.03.2024</a><div class="pi_text">{}</div>',
        '<a class=PostHeaderTitle__authorLink>Орле</a><time datetime="2024-03-05"></time><p class=pi_text>{}</p>',
    ],
)
def test_a_post_of_vk_is_read(post):
    page = (
        f"<html><body>{post.format('В городе открыли вокзал.<br>Поезд прибыл.')}<p class='reply'>Ура</p></body></html>"
    )
    found = read(page, url="https://vk.com/wall-123_456")
    assert found.kind is ArticleKind.POST
    assert (found.authors, found.published) == (("Орле",), "2024-03-05")
    assert found.paragraphs == ("В городе открыли вокзал.", "Поезд прибыл.")


def test_a_post_in_a_file_is_known_by_the_address_that_it_declares():
    page = (
        '<html><head><link rel="canonical" href="https://www.facebook.com/mairie/posts/123">'
        '<meta property="og:title" content="Mairie"><meta property="og:description" content="Nous luttons.">'
        "</head><body><p>Connectez-vous</p></body></html>"
    )
    assert read(page).text == "Nous luttons."
