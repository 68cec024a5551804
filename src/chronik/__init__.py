"""Chronik, a press archive that people run themselves. Exports the nouns only."""

from chronik.model import (
    Act,
    Article,
    Capture,
    Clip,
    Dossier,
    Edition,
    Feed,
    Lead,
    Source,
)

__version__ = "0.2.0"

__all__ = ["Act", "Article", "Capture", "Clip", "Dossier", "Edition", "Feed", "Lead", "Source", "__version__"]
