"""What is measured on: real pages where the shared data set stands beside the checkout, else the sample newsroom."""

import gzip
from pathlib import Path

from chronik.sample import newsroom
from chronik.sample.pages import article_page

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
GAMES_LANGUAGES = {
    "eng": "en", "spa": "es", "por": "pt", "fra": "fr", "rus": "ru", "deu": "de", "ara": "ar", "slv": "sl", "zho": "zh",
}  # fmt: skip
"""How the set of headlines names its languages."""
PAGES_MAX = 120
SAMPLE_PORT = 8471


def pages():
    """HTML pages as bytes, and where they are from."""
    folder = SHARED / "extraction" / "pages"
    if folder.is_dir():
        files = sorted(folder.glob("*.html.gz"))
        step = max(1, len(files) // PAGES_MAX)
        return [gzip.decompress(path.read_bytes()) for path in files[::step]], "shared extraction set"
    play = newsroom.Play(port=SAMPLE_PORT)
    shown = [article_page(outlet, piece, play=play) for outlet in newsroom.outlets() for piece in outlet.pieces]
    return [page.encode() for page in shown], "sample newsroom"
