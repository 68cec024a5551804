"""The nouns of Chronik: frozen values that every other module speaks in.

All instants are aware datetimes in UTC unless a field says otherwise. All digests are lower-case hex SHA-256.
Languages are BCP 47 tags, mostly ISO 639-1 codes (``de``), and ``und`` where undetermined (ISO 639-2).
"""

from chronik.model.captures import Article, Capture, Location, Page, RecordKind, article_id, capture_id, paragraphs
from chronik.model.collecting import (
    PASSING,
    Exchange,
    Failure,
    FailureKind,
    Feed,
    FeedHealth,
    FeedKind,
    Hop,
    Lead,
    Source,
    SourceKind,
)
from chronik.model.dossiers import (
    Act,
    Clip,
    Dossier,
    DossierOrder,
    Edition,
    Passage,
    TextPositionSelector,
    TextQuoteSelector,
    UnreadEntry,
    Verb,
)
from chronik.model.identity import UNDETERMINED, content_id, sha256_hex

__all__ = [
    "PASSING",
    "UNDETERMINED",
    "Act",
    "Article",
    "Capture",
    "Clip",
    "Dossier",
    "DossierOrder",
    "Edition",
    "Exchange",
    "Failure",
    "FailureKind",
    "Feed",
    "FeedHealth",
    "FeedKind",
    "Hop",
    "Lead",
    "Location",
    "Page",
    "Passage",
    "RecordKind",
    "Source",
    "SourceKind",
    "TextPositionSelector",
    "TextQuoteSelector",
    "UnreadEntry",
    "Verb",
    "article_id",
    "capture_id",
    "content_id",
    "paragraphs",
    "sha256_hex",
]
