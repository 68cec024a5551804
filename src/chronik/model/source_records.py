"""How acts and dumps hold sources: as JSON objects, so that what was done can be replayed and taken back. Decides."""

from __future__ import annotations

from dataclasses import asdict, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from chronik.model.collecting import Source, SourceKind
from chronik.model.identity import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITTEN_WHEN_SET: Mapping[str, Any] = MappingProxyType(
    {"owner": "", "credit_style": "", "quotation_characters": 0, "quotation_percent": 0, "quotation_reason": ""}
)
"""Later fields, with what they are where they are not written: older records stay as they were."""


def whole_source_record(source: Source) -> dict[str, Any]:
    """A source as JSON, every field written: for telling what differs."""
    record = asdict(source)
    record["names"] = dict(source.names)
    record["kind"] = str(source.kind)
    for several in ("aliases", "hosts"):
        record[several] = list(record[several])
    return record


def source_record(source: Source) -> dict[str, Any]:
    """A source as JSON; fields that came later stand in it where they are set."""
    return {key: value for key, value in whole_source_record(source).items() if value or key not in WRITTEN_WHEN_SET}


def source_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """The source's fields that a record holds, all or some; what else it holds is left out. Raises ValueError."""
    names = {field.name for field in fields(Source)}
    values = {key: value for key, value in record.items() if key in names}
    if "kind" in values:
        values["kind"] = SourceKind(values["kind"])
    for several in {"aliases", "hosts"} & values.keys():
        values[several] = tuple(values[several])
    return values


def source_state(source: Source) -> str:
    """Digest of all that is known of a source: a form says by it what it was filled in from."""
    return content_id(whole_source_record(source))
