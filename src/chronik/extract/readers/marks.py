"""What the names that a page's author gave to an element say of it (decides): general words, none of a single site."""

from __future__ import annotations

import re
from functools import lru_cache

NAMES_CHARACTERS_MAX = 400
PIXELS_CHARACTERS_MAX = 6
NAMES_KEPT, WORDS_KEPT = 2**16, 20_000
"""What some hundred sites call their elements: each page of a site calls them the same."""

# Each group is a bit, in this order. A word counts where a name holds it; one after `~` also within other words.
_GROUPS = """
comments: ~comentario ~comment ~commenti ~discussion ~disqus forum ~komentar ~kommentar ~reaction reactions replies
  ~reply ~yorum
related: ~ahnlich also aussi ~correlat ~gerelateerd latest ~lesmer more ~morefrom ~moreon ~mostread ~mostviewed next
  onward ~outbrain ~popular ~promo ~readmore recirc ~recirculation ~recommend ~relacionad ~related ~relatert ~seealso
  ~similar ~suggested ~suggestion ~taboola ~teaser trending ~upnext ~verwandt ~weitere
share: ~addthis ~compartir ~facebook ~follow ~linkedin ~partage ~share ~sharedaddy ~sharing ~social ~teilen ~twitter
  ~whatsapp
navigation: ~breadcrumb ~megamenu menu menus nav ~navbar ~navigation pager ~pagination paging skip ~skiplink ~submenu
  tabs toc ~toolbar
footer: ~colophon ~copyright foot footer ~impressum ~imprint legal ~pagefooter ~sitefooter
header: ~banner branding header logo masthead ~pageheader ~siteheader topbar
side: aside column complementary ~factbox faktabox ~faktaruta gutter ~infobox rail right ~rightcol secondary ~sidebar
  ~widget
advertising: ad ads ~adslot ~adunit adv advert ~advertis ~advertorial ~affiliate ~anzeige ~commercial ~dfp gpt mpu
  ~partner ~pubblicita ~publicidad ~reklam ~sponsor ~werbung
sign_up: ~abo ~abonne ~calltoaction cta ~donate ~donation ~login ~membership ~newsletter ~offer ~paywall ~piano plus
  premium ~register ~registration ~regwall ~signin ~signup ~subscri ~unlock
author: ~author ~autor avatar ~bio byline ~byline ~contributor ~firma ~journalist ~reporter vcard writer
picture: ~bild ~carousel ~figure ~foto ~gallery ~image ~img lightbox ~media ~photo ~picture ~player ~slider ~slideshow
  swiper thumb ~thumbnail ~video
caption: ~attribution ~bildtext ~bildunterschrift ~caption copyrights ~credit cutline ~didascalia ~imagetext ~legend
  ~leyenda ~pie
labels: badge categories ~category ~dachzeile ~eyebrow ~hashtag ~keyword ~kicker ~label ~overline ~rubric ~schlagwort
  tag ~taglist tags topic topics
consent: ~alert ~borlabs cmp ~consent ~cookie ~cookiebot ~dialog ~didomi ~gdpr ~modal ~notice ~notification ~onetrust
  ~optanon ot ~overlay ~popover ~popup ~quantcast ~sourcepoint ~toast ~tooltip ~usercentrics
article: ~article ~articolo ~articulo ~artikel ~beitrag ~entry ~haber hentry ~makale ~newstext ~noticia ~notizia ~nyhet
  post story ~storybody ~storycontent ~wpcontent
content: ~articlebody ~articletext body ~bodytext ~brodtext ~content ~corps ~cuerpo ~detail ~fulltext ~inhalt ~maintext
  ~postbody ~prose ~richtext ~textbody ~wysiwyg
paragraph: ~absatz ~copy p para ~paragraf ~paragraph text
lead: ~abstract ~chapo deck ~dek ~description ~entradilla ~excerpt ~ingress ~intro lead lede ~preamble ~sapo
  ~sottotitolo ~spot ~standfirst ~strapline ~subhead ~subheadline ~subtitle ~summary ~synopsis ~vorspann
title: ~baslik h1 ~heading headline ~headline ~titel title ~titolo ~titre ~titulo
time: date ~dateline ~datetime ~datum ~fecha meta ~metadata ~posted ~pubdate ~published ~readingtime time ~timestamp
  ~updated
quote: ~blockquote ~citat ~citation ~highlight ~pullquote quote ~zitat
live: ~keypoint ~keypoints live ~liveblog ~livepost ~liveticker ~ticker timeline
cards: ~archive card ~cardlist cards feed grid ~headlines items list ~listing ~listitem stream teasers tile tiles
embed: ~datawrapper ~embed ~iframe ~infogram ~instagram ~oembed ~placeholder ~socialpost tweet ~tweet ~youtube
correction: ~correction ~disclaimer ~editornote ~editorsnote ~erratum ~footnote footnotes ~hinweis ~transparency ~trust
print: ~actions ~audio ~bookmark btn button buttons email ~fontsize ~listen ~mailto print ~readaloud ~savearticle
  ~tools ~vorlesen
search: ~buscar ~market ~poll ~quiz ~rating ~recherche ~score ~search ~stars ~stock ~suche ~survey ~umfrage ~weather
  ~wetter
boxes: ~accordion box ~boxout ~collapsible ~expandable ~explainer ~factbox ~glossar ~infobox ~kasten ~spoiler
main: main ~maincontent primary
"""
_LISTS = {
    name: words.split()
    for name, _, words in (line.partition(":") for line in _GROUPS.replace("\n ", " ").strip().split("\n"))
}
BITS = {name: 1 << number for number, name in enumerate(_LISTS)}
"""What a name can say, each a bit."""

_NAMED = dict.fromkeys(
    ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-qa", "data-type", "name")
)
"""Attributes that name an element, the most telling first."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|h[1-6]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,5}")


def _read_groups() -> tuple[dict[str, int], re.Pattern[str], dict[str, int]]:
    exact: dict[str, int] = {}
    within: dict[str, int] = {}
    for name, words in _LISTS.items():
        for word in words:
            known = within if word.startswith("~") else exact
            plain = word.removeprefix("~")
            known[plain] = known.get(plain, 0) | BITS[name]
    longest_first = sorted(within, key=lambda word: (-len(word), word))
    return exact, re.compile("|".join(map(re.escape, longest_first))), within


_EXACT, _PART, _WITHIN = _read_groups()


def of(tag: str, attributes: dict[str, str | None]) -> int:
    """The groups to which the names of an element belong, as bits."""
    if len(attributes) == 1 and "class" in attributes and "-" not in tag:
        return _groups((attributes["class"] or "")[:NAMES_CHARACTERS_MAX])
    names = [value or "" for name, value in attributes.items() if name in _NAMED]
    if len(names) > 1:
        names = [attributes[name] or "" for name in _NAMED if name in attributes]
    if "-" in tag:
        names.append(tag)
    return _groups(" ".join(names)[:NAMES_CHARACTERS_MAX]) if names else 0


@lru_cache(maxsize=NAMES_KEPT)
def _groups(names: str) -> int:
    found = 0
    before = ""
    for word in _WORD.findall(names):
        plain = word.lower()
        # What one page writes apart, as in `read-more`, another writes as one word.
        found |= _said(plain) | _WITHIN.get(before + plain, 0)
        before = plain
    return found


@lru_cache(maxsize=WORDS_KEPT)
def _said(word: str) -> int:
    """What a single word says."""
    found = _EXACT.get(word, 0)
    for part in _PART.findall(word):
        found |= _WITHIN[part]
    return found


def hides(attributes: dict[str, str | None]) -> bool:
    """Whether an element says of itself that it is not shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING.search(style or "") is not None


def picture_address(attributes: dict[str, str | None]) -> str:
    """Where a picture lies, also where a script would put it into place later."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        url = (attributes.get(name) or "").strip()
        if url and not url.startswith("data:"):
            return url
    several = attributes.get("srcset") or attributes.get("data-srcset") or ""
    return several.strip().partition(" ")[0].rstrip(",")


def pixels(value: str | None) -> int:
    """A width or height that an element states; 0 where it states none."""
    found = _DIGITS.match((value or "")[:PIXELS_CHARACTERS_MAX])
    return int(found[0]) if found else 0
