"""The dials of the page Explore, and the pairs of countries that set them.

A dial shows a parameter in a unit that is easy to set (whole per cent, steps of a tenth). A pair of countries gives
the first value of every dial, and the value of every parameter that has no dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from economy.corridors.fitting import corridor
from economy.parameters import Array, Parameters, preset
from games.errors import input_error
from games.messages import message

Settings = tuple[float, ...]
"""The shown values of all dials, in the order of `DIALS`. All figures of the page are computed from them."""


@dataclass(frozen=True, slots=True)
class ExploreDial:
    """One slider of the page Explore, with its range and step, and the parameter of the economy that it sets."""

    key: str
    """Name of the dial in the address of the page."""
    field: str
    """The field of `economy.parameters.Parameters`."""
    label: str
    low: float
    high: float
    step: float
    form: str
    """Number format, in printf style."""
    scale: float = 1.0
    """Factor from the shown value to the parameter."""

    @property
    def whole(self) -> bool:
        """Return whether the slider shows whole numbers only, that is, whether its step is a whole number."""
        return float(self.step).is_integer()

    @property
    def steps(self) -> Array:
        """Return an array of all values that the slider can show, in its own unit, from the lowest to the highest."""
        count = round((self.high - self.low) / self.step) + 1
        return np.asarray(np.round(self.low + self.step * np.arange(count), 6), dtype=np.float64)

    def format_value(self, value: float) -> str:
        """Format a value of the slider as the text that the slider shows, such as "2.0×" or "40 %"."""
        return self.form % value

    def nearest(self, parameter: float) -> float:
        """Return the value of the slider that is nearest to the given value of its parameter.

        The result is in the unit of the slider and lies within its range.
        """
        steps = round((parameter / self.scale - self.low) / self.step)
        value = round(self.low + steps * self.step, 6)
        return min(max(value, self.low), self.high)


GAP = ExploreDial("gap", "gap", message("Productivity gap"), 1.0, 6.0, 0.1, "%.1f×")
"""The dial of the productivity gap; the paradox curve has the same horizontal axis."""

OPEN = ExploreDial("open", "openness", message("Willing migrants admitted"), 1, 100, 1, "%d\u00a0%%", 0.01)
"""The dial of the openness for which the answer holds. The paradox curve uses the best openness instead."""

FIRST = (
    GAP,
    OPEN,
    ExploreDial("levy", "tax", message("Share of migrants’ pay to the host"), 0, 40, 1, "%d\u00a0%%", 0.01),
)
"""The dials at the top of the page."""

MORE = (
    ExploreDial("capital", "kappa", message("Capital free to move abroad"), 0, 100, 5, "%d\u00a0%%", 0.01),
    ExploreDial("crowding", "chi", message("Crowding felt by residents"), 0.0, 4.0, 0.1, "%.1f"),
    ExploreDial("loss", "loss", message("Weight of a loss over a gain"), 1.0, 1.5, 0.05, "%.2f×"),
    ExploreDial("lobby", "w_K", message("Weight of capital’s voice"), 0.5, 2.0, 0.1, "%.1f×"),
    ExploreDial("moving", "cost", message("Cost of moving, log points"), 1.5, 3.5, 0.1, "%.1f"),
    ExploreDial("years", "years", message("Periods of phasing in"), 1, 10, 1, "%d"),
    ExploreDial("trained", "gsp", message("Trained before leaving, host pays"), 0, 100, 1, "%d\u00a0%%", 0.01),
    ExploreDial("lump", "side", message("Lump sum to the host, % of its GDP"), 0.0, 2.0, 0.05, "%.2f\u00a0%%", 0.01),
    ExploreDial("voice", "w_X", message("Weight of foreign migrants"), 0.0, 5.0, 0.05, "%.2f×"),
)
"""The dials behind the expander "More dials"."""

DIALS = FIRST + MORE


@dataclass(frozen=True, slots=True)
class CountryPair:
    """Two countries with which the page Explore can begin, and the economy that they start from.

    The first name is the host, the second the origin.
    """

    title: str
    names: tuple[str, str]
    start: str
    """Name of a preset of the economy, or code of a corridor."""

    @property
    def has_data(self) -> bool:
        """Return whether the pair of countries is a real migration corridor with published data, not invented."""
        return self.start not in ("symmetric", "asymmetric")


INVENTED = ("Northmark", "Sudora")
"""Names of two invented countries."""

PAIRS: Mapping[str, CountryPair] = {
    pair.title: pair
    for pair in (
        CountryPair(message("Two alike neighbours"), INVENTED, "symmetric"),
        CountryPair(message("One rich, one poor"), INVENTED, "asymmetric"),
        CountryPair(message("Morocco and Spain"), ("Spain", "Morocco"), "MAR-ESP"),
        CountryPair(message("Germany and France"), ("France", "Germany"), "DEU-FRA"),
        CountryPair(message("Mexico and the US"), ("United States", "Mexico"), "MEX-USA"),
    )
}
"""The pairs by title, in the order of the picker. A new reader begins with the first."""


@cache
def base(pair: CountryPair) -> Parameters:
    """Return the parameters of the economy of a pair of countries before the reader moves any dial (slider)."""
    return corridor(pair.start).parameters if pair.has_data else preset(pair.start)


def start_settings(pair: CountryPair) -> Settings:
    """Return the values that all dials (sliders) show for a pair of countries before the reader moves one.

    Each is the step of the dial nearest to the pair's own parameter. The values are in the order of `DIALS`.
    """
    economy = base(pair)
    return tuple(dial.nearest(float(getattr(economy, dial.field))) for dial in DIALS)


def parameters(pair: CountryPair, settings: Settings) -> Parameters:
    """Return the parameters of the economy of a pair of countries, with the dials (sliders) at given values.

    Parameters
    ----------
    pair
        Two countries.
    settings
        Shown values, one per dial, in the order of `DIALS`.

    Returns
    -------
    economy.parameters.Parameters
        The parameters of the pair, with those of the dials replaced.

    Raises
    ------
    InputError
        If the number of settings differs from the number of dials.
    """
    if len(settings) != len(DIALS):
        raise input_error("settings", f"{len(settings)} settings for {len(DIALS)} dials", "give one value a dial")
    moved = {dial.field: value * dial.scale for dial, value in zip(DIALS, settings, strict=True)}
    return base(pair).replace(**moved)
