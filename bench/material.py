"""What is measured on: real pages where the shared data set stands beside the checkout, else the sample newsroom."""

import gzip
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
PAGES_MAX = 120


def pages():
    """HTML pages as bytes, and where they are from."""
    folder = SHARED / "extraction" / "pages"
    if folder.is_dir():
        files = sorted(folder.glob("*.html.gz"))
        step = max(1, len(files) // PAGES_MAX)
        return [gzip.decompress(path.read_bytes()) for path in files[::step]], "shared extraction set"
    from chronik.sample import newsroom, pages as sample_pages  # noqa: I001

    return sample_pages.every_article_page(newsroom.outlets()), "sample newsroom"
