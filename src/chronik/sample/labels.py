"""The words and dates with which the sample's pages surround an article, per language. Decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Everything on a page that is not the outlet's own text."""

    home: str
    region: str
    archive: str
    subscribe: str
    more: str
    by: str
    newsroom: str
    """Stands where a piece names no author."""
    consent: str
    sample_note: str
    imprint: str
    missing: str
    months: tuple[str, ...]
    moment: str
    """Format of a date with day, month, year, hour and minute."""


LABELS: Mapping[str, Labels] = {
    "de": Labels(
        home="Startseite",
        region="Region",
        archive="Archiv",
        subscribe="Abonnieren",
        more="Mehr zum Thema",
        by="Von",
        newsroom="Redaktion",
        consent="Wir setzen keine Cookies. Hier stünde sonst die Frage, ob Sie 214 Partnern zustimmen.",
        sample_note="Orte, Menschen und Zeitungen sind erfunden. Diese Seiten kommen von Ihrem eigenen Rechner.",
        imprint="Impressum und Datenschutz",
        missing="Diese Seite gibt es nicht.",
        months=(
            *("Januar", "Februar", "März", "April", "Mai", "Juni"),
            *("Juli", "August", "September", "Oktober", "November", "Dezember"),
        ),
        moment="{day}. {month} {year}, {hour}.{minute:02} Uhr",
    ),
    "en": Labels(
        home="Front page",
        region="The valley",
        archive="Archive",
        subscribe="Subscribe",
        more="More on this",
        by="By",
        newsroom="Newsroom",
        consent="We set no cookies. Elsewhere you would be asked here to agree to 214 partners.",
        sample_note="Places, people and papers are invented. These pages come from your own computer.",
        imprint="About and privacy",
        missing="There is no such page.",
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        moment="{day} {month} {year}, {hour:02}:{minute:02}",
    ),
    "fr": Labels(
        home="À la une",
        region="La vallée",
        archive="Archives",
        subscribe="S’abonner",
        more="À lire aussi",
        by="Par",
        newsroom="La rédaction",
        consent="Nous ne déposons aucun cookie. Ailleurs, on vous prierait ici d’accepter 214 partenaires.",
        sample_note="Lieux, personnes et journaux sont inventés. Ces pages viennent de votre propre ordinateur.",
        imprint="Mentions légales",
        missing="Cette page n’existe pas.",
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        moment="{day} {month} {year} à {hour}\u00a0h\u00a0{minute:02}",
    ),
    "ar": Labels(
        home="الصفحة الأولى",
        region="الوادي",
        archive="الأرشيف",
        subscribe="اشتراك",
        more="اقرأ أيضًا",
        by="بقلم",
        newsroom="هيئة التحرير",
        consent="لا نستخدم ملفات تعريف الارتباط. في مواقع أخرى كنا سنسألك هنا عن موافقتك على 214 شريكًا.",
        sample_note="الأماكن والأشخاص والصحف كلها من وحي الخيال. وهذه الصفحات تأتي من حاسوبك أنت.",
        imprint="عن النشرة والخصوصية",
        missing="هذه الصفحة غير موجودة.",
        months=(
            *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
            *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
        ),
        moment="{day} {month} {year}، {hour:02}:{minute:02}",
    ),
}


def moment(instant: datetime, language: str) -> str:
    """A date and time as people write them, in the zone that the instant carries."""
    labels = LABELS[language]
    return labels.moment.format(
        day=instant.day,
        month=labels.months[instant.month - 1],
        year=instant.year,
        hour=instant.hour,
        minute=instant.minute,
    )
