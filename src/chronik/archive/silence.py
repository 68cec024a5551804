"""Whether a source has fallen silent, by its own weekly rhythm. Decides.

For each weekday it is known how often the source said anything. How likely it is that it says nothing for so long is
the product over the days that passed; bursts count as one day, and days on which it never speaks count for nothing.
A silence that is no longer than one before is none: holidays come again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DAYS_LOOKED_BACK = 182
KNOWN_DAYS_MIN = 28
"""Of a source that is known for less time nobody knows its rhythm."""
SPEAKING_DAYS_MIN = 8
CHANCE_MAX = 0.001
"""So unlikely must a silence be that somebody is told."""
DAYS_A_WEEK = 7
DAYS_A_MONTH = 30.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A source that says nothing any more, and why that is odd."""

    days: int
    """Whole days without a report."""
    a_week: float
    """How many reports it had, a week, until then."""
    longest_days: int
    """The longest silence before."""
    chance: float
    """How likely it is that nothing comes for so long by chance."""

    @property
    def words(self) -> str:
        """The reasoning in a line."""
        if self.a_week >= 1:
            usual = f"usually {self.a_week:.0f} a week"
        else:
            usual = f"usually {self.a_week * DAYS_A_MONTH / DAYS_A_WEEK:.0f} a month"
        before = f"; never silent for more than {self.longest_days} before" if self.longest_days else ""
        return f"nothing for {self.days} days; {usual}{before}"


def silence(reports: Mapping[date, int], *, today: date) -> Silence | None:
    """Whether a source with so many reports a day is silent now; the day that is not over yet counts for nothing."""
    first_looked_at = today - timedelta(days=DAYS_LOOKED_BACK)
    spoken = sorted(day for day, number in reports.items() if number > 0 and first_looked_at <= day <= today)
    if len(spoken) < SPEAKING_DAYS_MIN:
        return None
    first, last = spoken[0], spoken[-1]
    days = (today - last).days - 1
    if days < 1 or (last - first).days < KNOWN_DAYS_MIN:
        return None
    longest = max((later - earlier).days - 1 for earlier, later in pairwise(spoken))
    chance = _chance(set(spoken), first=first, last=last, days=days)
    if days <= longest or chance > CHANCE_MAX:
        return None
    weeks = ((last - first).days + 1) / DAYS_A_WEEK
    a_week = sum(reports[day] for day in spoken) / weeks
    return Silence(days=days, a_week=a_week, longest_days=longest, chance=chance)


def _chance(spoken: set[date], *, first: date, last: date, days: int) -> float:
    """How likely nothing comes on each of the days after the last; a day that never was quiet may be once."""
    seen = [0] * DAYS_A_WEEK
    heard = [0] * DAYS_A_WEEK
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        seen[day.weekday()] += 1
        heard[day.weekday()] += day in spoken
    chance = 1.0
    for number in range(1, days + 1):
        weekday = (last + timedelta(days=number)).weekday()
        chance *= 1 - heard[weekday] / (seen[weekday] + 1)
    return chance
