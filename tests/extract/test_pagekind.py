"""Kinds of page: what is an article, in which form, and what is none; structure first, false alarms last."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from chronik.extract import listings, notices, pagekind, structured, walls
from chronik.extract.candidates import Declared
from chronik.extract.encoding import clean, decoded
from chronik.extract.tree import parsed
from chronik.model import ArticleKind

URL = "https://talbote.example/region/schleuse-am-muehlbach-bleibt-bis-abend-zu-4711.html"
PARAGRAPHS = tuple(
    f"Die Schleuse am Mühlbach blieb am {day}. Mai geschlossen, sagte die Sprecherin des Wasserverbands. Anwohner"
    " hatten seit Tagen auf die Entscheidung gewartet, und die Mühle steht seit März still."
    for day in range(1, 12)
)
TEASER = (
    '<div class="teaser"><h3><a href="/a/{0}">Schlagzeile Nummer {0} des Tages</a></h3>'
    "<p>Was dazu zu sagen ist, in einem Satz{1}.</p></div>"
)
TEASERS = "".join(
    TEASER.format(number, ", der etwas länger ist als die anderen" * (number % 2)) for number in range(20)
)


def told(paragraphs=PARAGRAPHS):
    return "<main><article>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article></main>"


def why_not(body, *, head="", url=URL, paragraphs=()):
    tree = parsed(f"<html><head>{head}</head><body>{body}</body></html>")
    title = tree.css_first("title")
    return pagekind.not_an_article(
        tree,
        declared=structured.declared(tree, url=url),
        title=title.text() if title else "",
        paragraphs=paragraphs,
        url=url,
    )


def kind(body="", *, head="", url=URL, paragraphs=PARAGRAPHS):
    tree = parsed(f"<html><head>{head}</head><body>{body}</body></html>")
    return pagekind.kind_of(tree, declared=structured.declared(tree, url=url), paragraphs=paragraphs, url=url)


def ld(kind, **more):
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": kind, "headline": "Schleuse zu", **more})}</script>'
    )


# Notices

ERRORS = (
    "404",
    "404 – Seite nicht gefunden",
    "Error 404",
    "Page not found | Courier",
    "This page does not exist",
    "Seite nicht gefunden - Talbote",
    "Page introuvable | L’Écho",
    "Erreur 404",
    "Página no encontrada",
    "Error 404 - El Eco",
    "Pagina non trovata",
    "Errore 404",
    "Página não encontrada",
    "Erro 404 | Folha",
    "Nie znaleziono strony",
    "Błąd 404",
    "Страница не найдена",
    "Ошибка 404",
    "Сторінку не знайдено",
    "Помилка 404",
    "Sayfa bulunamadı",
    "Hata 404",
    "الصفحة غير موجودة",
    "خطأ 404",
    "صفحه مورد نظر یافت نشد",
    "页面不存在",
    "找不到页面",
    "404错误",
    "ページが見つかりません",
    "お探しのページは見つかりません",
    "페이지를 찾을 수 없습니다",
    "Pagina niet gevonden",
    "Sidan kunde inte hittas",
    "Siden blev ikke fundet",
    "Stránka nenalezena",
    "Էջը չի գտնվել",
    "Səhifə tapılmadı",
    "503 Service Unavailable",
    "Service Temporarily Unavailable",
    "Forbidden",
)
CHECKS = (
    "Just a moment...",
    "Attention Required! | Cloudflare",
    "Access Denied",
    "Access to this page has been denied",
    "Are you a robot?",
    "Pardon Our Interruption",
    "Security check",
    "Ein Moment bitte",
    "Un instant…",
    "Один момент…",
    "Zugriff verweigert",
    "Accès refusé",
    "Доступ ограничен",
    "验证码",
    "安全验证",
)
CONSENTS = (
    ("Before you continue to the site", "x"),
    ("Cookie consent", "x"),
    ("Talbote", "Wir und unsere Partner verarbeiten Daten. Mit Ihrer Zustimmung setzen wir Cookies ein: Datenschutz."),
    ("L’Écho", "Avec votre consentement, nos partenaires utilisent des cookies: accepter ou refuser."),
    ("El Eco", "Con su consentimiento, nuestros socios usan cookies. Aceptar. Privacidad."),
    ("Il Corriere", "I nostri partner usano cookie, con il tuo consenso. Accetta tutto. Privacy: cookies."),
    ("Gazeta", "Nasi partnerzy używają cookies. Akceptuję. Polityka prywatności, zgoda."),
    ("Вести", "Мы и наши партнёры используем файлы cookie. Согласие. Политика конфиденциальности. Принять"),
    ("Haber", "Çerezleri onaylayın. Gizlilik politikası. Kabul ediyorum."),
)
SIGN_INS = (
    "Anmelden",
    "Log in",
    "Sign in to your account",
    "Connexion",
    "Iniciar sesión",
    "Accedi",
    "Zaloguj się",
    "Вход",
    "Увійти",
    "Giriş yap",
    "تسجيل الدخول",
    "登录",
    "ログイン",
)
SCRIPTS = (
    "You need to enable JavaScript to run this app.",
    "Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.",
    "Veuillez activer JavaScript dans votre navigateur.",
    "Para ver esta página necesita activar JavaScript.",
    "Включите JavaScript, чтобы продолжить.",
    "Please enable JavaScript and cookies to continue",
)


@pytest.mark.parametrize("title", ERRORS)
def test_an_error_page_is_no_article(title):
    assert "notice" in why_not("<p>Zur Startseite</p>", head=f"<title>{title}</title>", paragraphs=["Zur Startseite"])
    assert "notice" in why_not(f"<h1>{title}</h1>", head="<title>Talbote</title>", paragraphs=["Zur Startseite"])


@pytest.mark.parametrize("title", CHECKS)
def test_a_check_for_robots_is_no_article(title):
    assert "robots" in why_not("<p>Ray ID</p>", head=f"<title>{title}</title>", paragraphs=["Ray ID: 8f"])


@pytest.mark.parametrize(("title", "text"), CONSENTS)
def test_a_consent_wall_is_no_article(title, text):
    assert "consent" in why_not(f"<p>{text}</p>", head=f"<title>{title}</title>", paragraphs=[text])


@pytest.mark.parametrize("title", SIGN_INS)
def test_a_page_to_sign_in_is_no_article(title):
    form = '<form><input name="user"><input type="password"></form>'
    assert "sign in" in why_not(form, head=f"<title>{title}</title>", paragraphs=[title])
    assert why_not("", head=f"<title>{title}</title>", paragraphs=[title]) == ""


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_page_that_is_nothing_without_scripts_says_so(text):
    assert "scripts" in why_not("", head="<title>Talbote</title>", paragraphs=[text])


@pytest.mark.parametrize(
    "title",
    [
        "500 Menschen demonstrieren für den Erhalt der Schleuse",
        "404 Tage im Amt: die Ministerin zieht Bilanz",
        "403 neue Fälle gemeldet",
        "Ein Moment, der alles änderte",
        "Warum die Seite des Wasserverbands lange nicht gefunden wurde und was der Landrat dazu sagt: eine Spurensuche",
        "Der Fehler im System: wie die Schleuse versagte",
        "Access to clean water denied to thousands",
        "Вход в порт закрыт",
        "Login-Daten von Tausenden gestohlen",
    ],
)
def test_a_short_report_with_such_a_headline_stays_an_article(title):
    head = f"<title>{title} | Talbote</title>"
    assert why_not(f"<h1>{title}</h1>{told(PARAGRAPHS[:3])}", head=head, paragraphs=PARAGRAPHS[:3]) == ""


def test_a_long_article_about_consent_stays_one():
    text = "Cookies und Einwilligung: Der Datenschutz verlangt Zustimmung, sagen unsere Partner im Gespräch. "
    assert why_not(told([text * 4] * 6), paragraphs=[text * 4] * 6) == ""


def test_a_short_report_about_cookies_among_others_stays_an_article():
    about = "Das Gericht verlangt für Cookies eine Einwilligung, der Datenschutz gehe vor."
    assert why_not(told([about, *PARAGRAPHS[:3]]), paragraphs=[about, *PARAGRAPHS[:3]]) == ""


# Lists

PLACES = (
    "https://talbote.example/",
    "https://talbote.example",
    "https://talbote.example/region/",
    "https://talbote.example/politik",
    "https://talbote.example/thema/schleuse-am-muehlbach",
    "https://talbote.example/tag/water",
    "https://e.example/author/ana-torres/",
    "https://e.example/autor/jo",
    "https://e.example/category/news/local/",
    "https://e.example/search?q=sluice",
    "https://e.example/?s=sluice",
    "https://e.example/news/page/3/",
    "https://e.example/suche/?query=x",
    "https://e.example/de/sport",
)


@pytest.mark.parametrize("url", PLACES)
def test_a_page_of_teasers_at_the_address_of_a_section_is_a_list(url):
    teasers = [f"Was dazu zu sagen ist, in einem Satz {number}." for number in range(20)]
    assert "lists articles" in why_not(TEASERS, url=url, paragraphs=teasers)


@pytest.mark.parametrize("kind", ["CollectionPage", "SearchResultsPage", "ProfilePage"])
def test_a_page_of_teasers_that_calls_itself_a_collection_is_a_list(kind):
    assert "lists articles" in why_not(TEASERS, head=ld(kind), paragraphs=["Was dazu zu sagen ist."] * 9)


def test_an_article_beside_many_teasers_stays_one():
    for url in (URL, "https://talbote.example/region/", "https://talbote.example/tag/water/"):
        assert why_not(told() + TEASERS, url=url, paragraphs=PARAGRAPHS) == ""


def test_teasers_at_the_address_of_an_article_are_no_list():
    assert why_not(TEASERS, paragraphs=["Was dazu zu sagen ist, in einem Satz."]) == ""


def test_a_short_report_with_a_date_is_no_list():
    head = '<meta property="article:published_time" content="2026-05-01">'
    assert (
        why_not(told(PARAGRAPHS[:1]) + TEASERS, head=head, url="https://e.example/region/", paragraphs=PARAGRAPHS[:1])
        == ""
    )


def test_a_page_that_calls_itself_a_news_article_is_one():
    assert (
        why_not(TEASERS, head=ld("NewsArticle") + "<title>404</title>", url="https://e.example/", paragraphs=["x"])
        == ""
    )


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://e.example/2026/05/03/sluice",
        "https://e.example/news/articles/clymn8zyrp9o",
        "https://e.example/world/sluice-stays-shut-until-autumn",
        "https://e.example/story.php?id=4711",
        "https://e.example/a/b/c/d",
        "mailto:x",
        "http://[",
        "",
    ],
)
def test_the_address_of_an_article_is_none_of_a_list(url):
    assert not listings.is_place(url)


# Forms of articles


def entries(count, separator=":"):
    return [text for at in range(count) for text in (f"{20 - at // 2}{separator}{10 + at} Uhr", PARAGRAPHS[at % 11])]


@pytest.mark.parametrize(
    ("head", "url", "paragraphs"),
    [
        (ld("LiveBlogPosting"), URL, PARAGRAPHS),
        ("", "https://e.example/news/liveblog-schleuse-4711", entries(5)),
        ("<title>Live: la crue de la Mirre</title>", URL, entries(5)),
        ("<title>Schleuse онлайн</title>", URL, entries(5, ".")),
        ("<title>Flood live: river bursts its banks</title>", URL, entries(5)),
        ("", URL, entries(12)),
    ],
)
def test_a_live_blog_is_recognised(head, url, paragraphs):
    assert kind(told(paragraphs), head=head, url=url, paragraphs=paragraphs) is ArticleKind.LIVE_BLOG


@pytest.mark.parametrize(
    "paragraphs",
    [
        PARAGRAPHS,
        [*PARAGRAPHS, "10:00 Uhr ging es los.", "12:30 Uhr war Schluss."],
        [f"{hour}:00 Halle {hour}" for hour in range(8, 22)],
        [f"{day}.05.2026: {text}" for day, text in enumerate(PARAGRAPHS, start=10)],
        [f"{share}.5 % {text}" for share, text in enumerate(PARAGRAPHS, start=1)],
    ],
)
def test_an_article_with_some_times_in_it_is_no_live_blog(paragraphs):
    assert kind(told(paragraphs), paragraphs=paragraphs) is ArticleKind.ARTICLE


def test_an_article_that_only_links_to_a_live_blog_is_none():
    body = told() + "<a href='/liveblog'>Zum Liveblog</a>" + "<time datetime='2026-05-01T10:00'></time>" * 20
    assert kind(body) is ArticleKind.ARTICLE


@pytest.mark.parametrize(
    ("head", "url", "body", "expected"),
    [
        (ld("VideoObject"), URL, "", ArticleKind.VIDEO),
        ('<meta property="og:type" content="video.other">', URL, "", ArticleKind.VIDEO),
        ("", "https://e.example/video/schleuse-4711", "<video src=x></video>", ArticleKind.VIDEO),
        (
            ld("NewsArticle"),
            "https://e.example/videos/schleuse",
            '<iframe src="https://youtube.com/embed/x">',
            ArticleKind.VIDEO,
        ),
        (ld("PodcastEpisode"), URL, "", ArticleKind.AUDIO),
        ("", "https://e.example/podcast/folge-12", "<audio src=x></audio>", ArticleKind.AUDIO),
        (ld("ImageGallery"), URL, "", ArticleKind.GALLERY),
        ("", "https://e.example/fotostrecke/schleuse-4711", "<figure><img src=x></figure>" * 8, ArticleKind.GALLERY),
        (
            "",
            "https://e.example/photo-gallery/sluice",
            '<div class="slideshow"><img src=x></div>' * 8,
            ArticleKind.GALLERY,
        ),
        ("", URL, "<video src=x></video>", ArticleKind.ARTICLE),
        (ld("NewsArticle"), URL, "<video src=x></video>" + "<figure><img src=x></figure>" * 8, ArticleKind.ARTICLE),
        ("", "https://e.example/video/schleuse-4711", "", ArticleKind.ARTICLE),
        ("", "https://e.example/galerie/schleuse", "<figure><img src=x></figure>", ArticleKind.ARTICLE),
    ],
)
def test_videos_recordings_and_galleries_are_recognised(head, url, body, expected):
    assert kind(body, head=head, url=url, paragraphs=PARAGRAPHS[:2]) is expected


def test_a_long_text_beside_a_video_is_an_article():
    assert (
        kind(told() + "<video src=x></video>", head=ld("VideoObject"), url="https://e.example/video/x")
        is ArticleKind.ARTICLE
    )


# Walls and cuts

OFFERS = (
    "Jetzt weiterlesen mit Plus",
    "Dieser Artikel ist exklusiv für Abonnenten.",
    "Subscribe to continue reading",
    "This article is for subscribers only.",
    "Cet article est réservé aux abonnés",
    "Abonnez-vous pour lire la suite",
    "Suscríbete para seguir leyendo",
    "Contenido exclusivo para suscriptores",
    "Abbonati per continuare a leggere",
    "Contenuto riservato agli abbonati",
    "Exclusivo para assinantes",
    "Assine para continuar lendo",
    "Artykuł dostępny tylko dla prenumeratorów",
    "Статья доступна только подписчикам",
    "Оформите подписку",
    "Матеріал доступний лише за передплатою",
    "Okumaya devam etmek için abone olun",
    "هذا المقال للمشتركين فقط",
    "ویژه مشترکین",
    "订阅后阅读全文",
    "会员专享内容",
    "この記事は有料会員限定です",
    "残り1,234文字",
)
GO_ONS = (
    "Weiterlesen",
    "Weiterlesen →",
    "Continue reading",
    "Read more »",
    "Lire la suite",
    "Leer más",
    "Continua a leggere",
    "Leia mais",
    "Czytaj dalej",
    "Читать далее",
    "Читати далі",
    "Devamını oku",
    "اقرأ المزيد",
    "ادامه مطلب",
    "阅读全文",
    "続きを読む",
)


def wall(body, *, paragraphs=PARAGRAPHS[:3], declared=None):
    html = f"<html><body>{body}</body></html>"
    return walls.paywalled(parsed(html), html=html, declared=declared or Declared(), paragraphs=paragraphs)


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_to_subscribe_behind_a_short_text_is_a_wall_and_a_cut(offer):
    assert wall("", paragraphs=[*PARAGRAPHS[:3], offer]) is True
    assert wall(f'<div class="article-paywall"><p>{offer}</p></div>') is True
    assert "offer" in walls.truncated(declared=Declared(), paragraphs=[*PARAGRAPHS[:3], offer])


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_beside_a_long_or_a_free_text_is_no_wall(offer):
    assert wall(f"<aside><p>{offer}</p></aside>", paragraphs=PARAGRAPHS) is None
    assert wall(f"<aside><p>{offer}</p></aside>") is None
    assert wall("", paragraphs=[*PARAGRAPHS[:3], offer], declared=Declared(paywalled=False)) is False


def test_a_container_called_a_paywall_without_an_offer_is_none():
    assert wall('<div class="paywall-content"><p>Der ganze Text steht hier.</p></div>') is None


def test_what_is_declared_counts():
    assert wall("", declared=Declared(paywalled=True)) is True


def test_each_offer_holds_a_stem_by_which_it_is_found():
    stems = tuple(walls._WORDS["stems"])
    assert [line for line in walls._WORDS["offers"] if not any(stem in line.lower() for stem in stems)] == []


@pytest.mark.parametrize("link", GO_ONS)
def test_a_link_to_the_rest_is_a_cut(link):
    assert "rest" in walls.truncated(declared=Declared(), paragraphs=[*PARAGRAPHS[:3], link])


@pytest.mark.parametrize("end", ["[…]", "[...]", "(…)", "…", "..."])
def test_an_ellipsis_at_the_end_is_a_cut(end):
    assert walls.truncated(declared=Declared(), paragraphs=[*PARAGRAPHS[:2], f"{PARAGRAPHS[2]} {end}"])


@pytest.mark.parametrize("end", ["… Read more", "... weiterlesen", "… Lire la suite", "… Читать далее"])
def test_a_cut_paragraph_with_the_link_to_its_rest_within_it_is_one(end):
    last = f"{PARAGRAPHS[1][:60]} {end}"
    assert "rest" in walls.truncated(declared=Declared(), paragraphs=[PARAGRAPHS[0], last])


def test_a_declared_text_much_longer_than_the_one_shown_tells_a_cut():
    data = structured.declared(
        parsed(f"<html><head>{ld('NewsArticle', articleBody=' '.join(PARAGRAPHS))}</head></html>")
    )
    assert "declares" in walls.truncated(declared=replace(data, paywalled=True), paragraphs=PARAGRAPHS[:2])
    assert walls.truncated(declared=data, paragraphs=PARAGRAPHS[:2]) == ""


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        PARAGRAPHS,
        (*PARAGRAPHS, "Und so weiter …"),
        ("See also …",),
        (*PARAGRAPHS[:3], "You may also like..."),
        ("Weiterlesen",),
    ],
)
def test_a_whole_text_is_no_cut(paragraphs):
    assert walls.truncated(declared=Declared(), paragraphs=paragraphs) == ""


# Floods and real pages


@pytest.mark.parametrize(
    "text", ["a " * 500_000, "cookies " * 100_000, "12:00 " * 100_000, "javascript " * 100_000, "." * 500_000]
)
def test_a_flood_of_words_holds_nothing_up(text):
    tree = parsed("<html><body><p>x</p></body></html>")
    assert isinstance(notices.notice([text], [text[:1_400]], tree=tree), str)
    assert isinstance(pagekind.kind_of(tree, declared=Declared(), paragraphs=[text], url=URL), ArticleKind)
    assert isinstance(walls.truncated(declared=Declared(), paragraphs=[text]), str)


SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "extraction"


@pytest.mark.skipif(not SHARED.exists(), reason="the pages to measure with are not beside this checkout")
def test_no_real_article_is_refused():
    refused = []
    for line in (SHARED / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        html = decoded(gzip.decompress((SHARED / row["page"]).read_bytes()))
        tree = parsed(clean(html))
        title = tree.css_first("title")
        why = pagekind.not_an_article(
            tree,
            declared=structured.declared(tree, url=row["url"]),
            title=title.text() if title else "",
            paragraphs=[text for text in row["text"].split("\n\n") if text.strip()],
            url=row["url"],
        )
        refused += [(row["page"], why)] if why else []
    assert refused == []
