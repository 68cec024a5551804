"""A page that shows one post of a network (Telegram, Mastodon, Bluesky, X, Facebook) as an article (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.extract.candidates import Declared
    from chronik.extract.forms.reading import FormReading
    from chronik.extract.tree import Tree
    from chronik.model import Failure


def post(tree: Tree, *, declared: Declared, url: str) -> FormReading | Failure | None:  # noqa: ARG001 - one shape
    """The post; a list of posts is refused; None where the page is of no network."""
    return None
