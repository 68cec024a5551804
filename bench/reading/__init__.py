"""How well and how fast pages are read, beside every open peer. Not a test: nothing here fails."""

from bench.reading.command import measure

__all__ = ["measure"]
