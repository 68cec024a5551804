"""Where places lie: coordinates of what the bridge knows by name, and the outline of the land (decides)."""

from chronik.relate.geography.lying import Place, country_name, place
from chronik.relate.geography.outline import Ring, land, water

__all__ = ["Place", "Ring", "country_name", "land", "place", "water"]
