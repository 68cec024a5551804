"""Articles that stand only in the data from which a page's scripts build it."""

ORIGIN = "data of scripts"
"""With which the origin of all that is found there begins."""
