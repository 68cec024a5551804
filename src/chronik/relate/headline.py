"""Decides: a headline without the name of the house that stands behind it."""

from __future__ import annotations

TAIL_WORDS_MAX = 4
HEAD_WORDS_MIN = 4
BAR_HEAD_WORDS_MIN = 3
PARTS_MAX = 3
_LITTLE_WORD_CHARACTERS = 3
"""`of`, `der`, `y`: small in a name, too."""
_DASHES = (" - ", " – ", " — ")


def without_tail(title: str) -> str:
    """The title without `| The Post`, `- Evening News` and the like; such names would make reports look alike."""
    for _ in range(PARTS_MAX):
        shorter = _without_last_part(title)
        if shorter == title:
            return title
        title = shorter
    return title


def _without_last_part(title: str) -> str:
    head, bar, _ = title.rpartition(" | ")
    if bar and len(head.split()) >= BAR_HEAD_WORDS_MIN:
        return head.rstrip()
    dash = max(_DASHES, key=title.rfind)
    head, found, tail = title.rpartition(dash)
    words = tail.split()
    is_name = 0 < len(words) <= TAIL_WORDS_MAX and all(map(_may_be_of_a_name, words))
    return head.rstrip() if found and is_name and len(head.split()) >= HEAD_WORDS_MIN else title


def _may_be_of_a_name(word: str) -> bool:
    return word[0].isupper() or not word[0].isalpha() or len(word) <= _LITTLE_WORD_CHARACTERS
