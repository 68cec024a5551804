"""Values out of the row that Nuxt and SvelteKit write them in, where places stand for parts (decides)."""

from __future__ import annotations

from typing import Any

VALUES_MAX = 200_000
WRAPPED_MAX = 10
WRAPPERS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef"})


def unflattened(value: Any) -> Any:
    """The value that a row stands for; what is no such row stays as it is."""
    if not _is_row(value):
        return value
    built = [{} if isinstance(item, dict) else [] if isinstance(item, list) else item for item in value]
    for number, item in enumerate(value):
        if isinstance(item, dict):
            built[number].update({key: _part(place, value, built) for key, place in item.items()})
        elif isinstance(item, list):
            built[number].extend(_part(place, value, built) for place in item)
    return _part(0, value, built)


def _part(place: Any, row: list[Any], built: list[Any]) -> Any:
    """The value at a place, out of what is only wrapped around it; none where there is no such place."""
    for _ in range(WRAPPED_MAX):
        if not _is_place(place) or not 0 <= place < len(row):
            return None
        if not _is_wrapper(row[place]):
            return built[place]
        place = row[place][1]
    return None


def _is_wrapper(item: Any) -> bool:
    return isinstance(item, list) and len(item) > 1 and isinstance(item[0], str) and item[0] in WRAPPERS


def _is_row(value: Any) -> bool:
    """Whether a list is such a row: its first part names places only, and other parts are texts."""
    if not isinstance(value, list) or not 4 <= len(value) <= VALUES_MAX:
        return False
    first = value[0]
    return _is_wrapper(first) or (isinstance(first, dict) and bool(first) and all(map(_is_place, first.values())))


def _is_place(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
