"""What the screen lets a reader move: dials, and the pairs of countries that set them.

A dial shows a parameter in a unit that a hand can set (whole per cent, steps of a tenth); a pair of countries is
a starting point for all dials, and the source of everything that has no dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from economy.corridors import corridor
from economy.parameters import Array, Parameters, preset
from games.errors import refuse

Settings = tuple[float, ...]
"""The dials' values as shown, in the order of `DIALS`: the one state behind every picture."""


@dataclass(frozen=True, slots=True)
class Dial:
    """One slider: the parameter it moves, its range, and how it writes its value."""

    key: str
    """Its name in the address of the page."""
    field: str
    """The field of `economy.parameters.Parameters`."""
    label: str
    low: float
    high: float
    step: float
    form: str
    """The value in printf style."""
    scale: float = 1.0
    """The parameter is the shown value times this."""

    @property
    def whole(self) -> bool:
        """Whether the dial shows whole numbers only."""
        return float(self.step).is_integer()

    @property
    def steps(self) -> Array:
        """Every value that it can show, from the lowest to the highest."""
        count = round((self.high - self.low) / self.step) + 1
        return np.asarray(np.round(self.low + self.step * np.arange(count), 6), dtype=np.float64)

    def told(self, value: float) -> str:
        """The value as the slider writes it."""
        return self.form % value

    def nearest(self, parameter: float) -> float:
        """The step nearest to a parameter's value, within the dial's range."""
        steps = round((parameter / self.scale - self.low) / self.step)
        value = round(self.low + steps * self.step, 6)
        return min(max(value, self.low), self.high)


GAP = Dial("gap", "gap", "Productivity gap", 1.0, 6.0, 0.1, "%.1f×")
"""The dial that shares its axis with the paradox curve."""

OPEN = Dial("open", "openness", "Willing migrants admitted", 1, 100, 1, "%d\u00a0%%", 0.01)
"""The dial for which the answer is given; the curve takes the best openness instead."""

FIRST = (
    GAP,
    OPEN,
    Dial("levy", "tax", "Share of migrants’ pay to the host", 0, 40, 1, "%d\u00a0%%", 0.01),
)
"""The dials that stand on the first screen."""

MORE = (
    Dial("capital", "kappa", "Capital free to move abroad", 0, 100, 5, "%d\u00a0%%", 0.01),
    Dial("crowding", "chi", "Crowding felt by residents", 0.0, 4.0, 0.1, "%.1f"),
    Dial("loss", "loss", "Weight of a loss over a gain", 1.0, 1.5, 0.05, "%.2f×"),
    Dial("lobby", "w_K", "Weight of capital’s voice", 0.5, 2.0, 0.1, "%.1f×"),
    Dial("moving", "cost", "Cost of moving, log points", 1.5, 3.5, 0.1, "%.1f"),
    Dial("years", "years", "Periods of phasing in", 1, 10, 1, "%d"),
    Dial("trained", "gsp", "Trained before leaving, host pays", 0, 100, 1, "%d\u00a0%%", 0.01),
    Dial("lump", "side", "Lump sum to the host, % of its GDP", 0.0, 2.0, 0.05, "%.2f\u00a0%%", 0.01),
    Dial("voice", "w_X", "Weight of foreign migrants", 0.0, 5.0, 0.05, "%.2f×"),
)
"""The dials behind the expander."""

DIALS = FIRST + MORE


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries to begin with: host first, origin second."""

    title: str
    names: tuple[str, str]
    start: str
    """A preset of the economy, or the code of a corridor."""

    @property
    def measured(self) -> bool:
        """Whether the pair is a real corridor with numbers looked up."""
        return self.start not in ("symmetric", "asymmetric")


INVENTED = ("Northmark", "Sudora")
"""The two countries that stand for any two."""

PAIRS: Mapping[str, Pair] = {
    pair.title: pair
    for pair in (
        Pair("Two alike neighbours", INVENTED, "symmetric"),
        Pair("One rich, one poor", INVENTED, "asymmetric"),
        Pair("Morocco and Spain", ("Spain", "Morocco"), "MAR-ESP"),
        Pair("Germany and France", ("France", "Germany"), "DEU-FRA"),
        Pair("Mexico and the US", ("United States", "Mexico"), "MEX-USA"),
    )
}
"""The pairs by their titles, in the order of the picker; the first is where a new reader begins."""


@cache
def base(pair: Pair) -> Parameters:
    """The economy of a pair before any dial is moved."""
    return corridor(pair.start).parameters if pair.measured else preset(pair.start)


def start(pair: Pair) -> Settings:
    """Every dial at the step nearest to the pair's own value."""
    economy = base(pair)
    return tuple(dial.nearest(float(getattr(economy, dial.field))) for dial in DIALS)


def parameters(pair: Pair, settings: Settings) -> Parameters:
    """The economy that the screen shows: the pair's, with every dial's value in its place.

    Raises InputError when there are not as many settings as dials.
    """
    if len(settings) != len(DIALS):
        raise refuse("settings", f"{len(settings)} settings for {len(DIALS)} dials", "give one value a dial")
    moved = {dial.field: value * dial.scale for dial, value in zip(DIALS, settings, strict=True)}
    return base(pair).replace(**moved)
