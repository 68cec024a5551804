"""One entity, many spellings and scripts: which names stand in a text, and which of them are one (decides).

Two layers. Entities that the data know (countries, regions, cities, organisations, some persons) are found under any
of their names; every other word that may be a name is turned into a skeleton of its sounds, which spellings of one
name share whatever their script.
"""

from chronik.relate.bridge.bridge import Bridge
from chronik.relate.bridge.named import Kind, Named

__all__ = ["Bridge", "Kind", "Named"]
