"""The dials of the page Explore, and the pairs of countries that set them.

A dial shows a parameter in a unit that is easy to set (whole per cent, steps of a tenth). A pair of countries gives
its dials, the first value of every dial, and the value of every parameter that has no dial. A dial that stands where
its pair puts it means the pair's own value, which may lie between two steps of the dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from economy.corridors.fitting import corridor
from economy.corridors.limits import FARTHEST
from economy.parameters import Array, Parameters, preset
from economy.parameters import unlike as unlike_pair
from games.errors import input_error
from games.messages import message
from scenarios.reading.builder import STAKE

Settings = tuple[float, ...]
"""The shown values of all dials of a pair, in the order of its dials: the state of the whole page."""

Kind = Literal["preset", "unlike", "today", "in force"]
"""Kinds of pairs: a preset of the economy; the dial from alike to unlike; a corridor that starts from today's migrants;
a corridor with free movement in force."""


@dataclass(frozen=True, slots=True)
class ExploreDial:
    """One slider of the page Explore, with its range and step, and the parameter of the economy that it sets."""

    key: str
    """Name of the dial in the address of the page."""
    field: str
    """The field of `economy.parameters.Parameters`; "unlike" for the degree of `economy.parameters.unlike`."""
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


PER_CENT = "%d\u00a0%%"
"""Number format of whole per cent."""

GAP = ExploreDial("gap", "gap", message("Productivity gap"), 1.0, 6.0, 0.1, "%.1f×")
"""The dial of the productivity gap."""

UNLIKE = ExploreDial("unlike", "unlike", message("From alike (0) to unlike (1)"), 0.0, 1.0, 0.05, "%.2f")
"""The dial on which everything that makes two countries unlike changes together: gap, size, skills, capital."""

OPEN = ExploreDial("open", "openness", message("Willing migrants admitted"), 1, 100, 1, PER_CENT, 0.01)
"""The dial of the openness for which the answer holds."""

OPEN_UNLIKE = ExploreDial("admit", "openness", OPEN.label, 5.0, 100.0, 2.5, "%.1f\u00a0%%", 0.01)
"""The same beside the dial from alike to unlike: its steps are levels of `economy.policy.net_gains.FINE`."""

EXPANSION = ExploreDial(
    "expansion", "expansion", message("People beyond today’s number"), 0, 100 * FARTHEST, 5, "+%d\u00a0%%", 0.01
)
"""The dial of the people beyond today's number, as a share of that number."""

COVERED = ExploreDial("covered", "covered", message("Those there whom the terms reach"), 0, 100, 5, PER_CENT, 0.01)
"""The dial of the share of today's migrants whom the terms of a treaty reach."""

LEVY = ExploreDial("levy", "tax", message("Share of migrants’ pay to the host"), 0, 40, 1, PER_CENT, 0.01)
CAPITAL = ExploreDial("capital", "kappa", message("Capital free to move abroad"), 0, 100, 5, PER_CENT, 0.01)

MORE = (
    CAPITAL,
    ExploreDial("crowding", "chi", message("Crowding felt by residents"), 0.0, 4.0, 0.1, "%.1f"),
    ExploreDial("loss", "loss", message("Weight of a loss over a gain"), 1.0, 1.5, 0.05, "%.2f×"),
    ExploreDial("lobby", "w_K", message("Weight of capital’s voice"), 0.5, 2.0, 0.1, "%.1f×"),
    ExploreDial("moving", "cost", message("Cost of moving, log points"), 1.5, 4.0, 0.1, "%.1f"),
    ExploreDial("years", "years", message("Periods of phasing in"), 1, 10, 1, "%d"),
    ExploreDial("trained", "gsp", message("Trained before leaving, host pays"), 0, 100, 1, PER_CENT, 0.01),
    ExploreDial("lump", "side", message("Lump sum to the host, % of its GDP"), 0.0, 2.0, 0.05, "%.2f\u00a0%%", 0.01),
    ExploreDial("voice", "w_X", message("Weight of foreign migrants"), 0.0, 5.0, 0.05, "%.2f×"),
)
"""The dials behind the expander "More dials" of a preset."""

FIRST_DIALS: Mapping[Kind, tuple[ExploreDial, ExploreDial, ExploreDial]] = {
    "preset": (GAP, OPEN, LEVY),
    "unlike": (UNLIKE, OPEN_UNLIKE, LEVY),
    "today": (EXPANSION, LEVY, COVERED),
    "in force": (GAP, OPEN, LEVY),
}
"""The dials at the top of the page. The curve below has the same horizontal axis as the first of them."""

MORE_DIALS: Mapping[Kind, tuple[ExploreDial, ...]] = {
    "preset": MORE,
    "unlike": tuple(dial for dial in MORE if dial is not CAPITAL),
    "today": (GAP, *MORE),
    "in force": MORE,
}
"""The dials behind the expander; capital and the gap belong to the degree of unlikeness where that is a dial."""

KEYS_OF_DIALS = frozenset(dial.key for kind in FIRST_DIALS for dial in (*FIRST_DIALS[kind], *MORE_DIALS[kind]))
"""All keys that some pair's dials have in the address of the page."""

UNLIKE_PAIR = "unlike"
"""Start of the pair that runs from the symmetric preset to the asymmetric one."""


@dataclass(frozen=True, slots=True)
class CountryPair:
    """Two countries with which the page Explore can begin, and the economy that they start from.

    The first name is the host, the second the origin.
    """

    title: str
    names: tuple[str, str]
    start: str
    """Name of a preset of the economy, code of a corridor, or `UNLIKE_PAIR`."""

    @property
    def has_data(self) -> bool:
        """Return whether the pair of countries is a real migration corridor with published data, not invented."""
        return self.start not in ("symmetric", "asymmetric", UNLIKE_PAIR)

    @property
    def kind(self) -> Kind:
        """Return what the pair starts from, which decides its dials."""
        if self.has_data:
            return corridor(self.start).kind
        return "unlike" if self.start == UNLIKE_PAIR else "preset"

    @property
    def has_treaty(self) -> bool:
        """Return whether free movement is in force between the two countries."""
        return self.kind == "in force"

    @property
    def first(self) -> tuple[ExploreDial, ExploreDial, ExploreDial]:
        """Return the three dials at the top of the page."""
        return FIRST_DIALS[self.kind]

    @property
    def more(self) -> tuple[ExploreDial, ...]:
        """Return the dials behind the expander."""
        return MORE_DIALS[self.kind]

    @property
    def dials(self) -> tuple[ExploreDial, ...]:
        """Return all dials of the pair; the order of its settings."""
        return self.first + self.more

    @property
    def level(self) -> ExploreDial:
        """Return the dial that says how far both open: openness, or people beyond today's number."""
        return self.first[0] if self.kind == "today" else self.first[1]


INVENTED = ("Northmark", "Sudora")
"""Names of two invented countries."""

PAIRS: Mapping[str, CountryPair] = {
    pair.title: pair
    for pair in (
        CountryPair(message("Two alike neighbours"), INVENTED, "symmetric"),
        CountryPair(message("One rich, one poor"), INVENTED, "asymmetric"),
        CountryPair(message("From alike to unlike"), INVENTED, UNLIKE_PAIR),
        CountryPair(message("Morocco and Spain"), ("Spain", "Morocco"), "MAR-ESP"),
        CountryPair(message("Mexico and the US"), ("United States", "Mexico"), "MEX-USA"),
        CountryPair(message("Germany and France"), ("France", "Germany"), "DEU-FRA"),
        CountryPair(message("Two in West Africa"), ("Côte d’Ivoire", "Burkina Faso"), "BFA-CIV"),
    )
}
"""The pairs by title, in the order of the picker. A new reader begins with the first."""


@cache
def base(pair: CountryPair) -> Parameters:
    """Return the parameters of the economy of a pair of countries before the reader moves any dial (slider).

    A corridor that starts from today's migrants begins with half as many again, like a case on it.
    """
    if pair.kind == "unlike":
        return unlike_pair(0.0)
    if not pair.has_data:
        return preset(pair.start)
    fitted = corridor(pair.start).parameters
    return fitted.replace(expansion=STAKE) if pair.kind == "today" else fitted


def start_settings(pair: CountryPair) -> Settings:
    """Return the values that all dials (sliders) show for a pair of countries before the reader moves one.

    Each is the step of the dial nearest to the pair's own parameter. The values are in the order of the pair's dials.
    """
    return tuple(start_value(pair, dial) for dial in pair.dials)


def start_value(pair: CountryPair, dial: ExploreDial) -> float:
    """Return the value that a dial (slider) shows for a pair of countries before the reader moves it."""
    return dial.low if dial is UNLIKE else dial.nearest(float(getattr(base(pair), dial.field)))


def dials_on_page(pair: CountryPair, *, printed: bool) -> tuple[ExploreDial, ...]:
    """Return the dials that the page shows: those of the pair, or beside a printed table those of a preset.

    A printed table needs the productivity gap, which is no first dial of every pair.
    """
    return (*FIRST_DIALS["preset"], *MORE) if printed else pair.dials


def values_by_key(pair: CountryPair, settings: Settings) -> dict[str, float]:
    """Return the shown values of a pair's dials by key.

    Raises InputError where the number of settings differs from the number of dials.
    """
    if len(settings) != len(pair.dials):
        raise input_error("settings", f"{len(settings)} settings for {len(pair.dials)} dials", "give one value a dial")
    return {dial.key: value for dial, value in zip(pair.dials, settings, strict=True)}


def parameters(pair: CountryPair, settings: Settings) -> Parameters:
    """Return the parameters of the economy of a pair of countries, with the dials (sliders) at given values.

    Parameters
    ----------
    pair
        Two countries.
    settings
        Shown values, one per dial, in the order of the pair's dials.

    Returns
    -------
    economy.parameters.Parameters
        The parameters of the pair, with those of the dials that were moved replaced.

    Raises
    ------
    InputError
        If the number of settings differs from the number of dials.
    """
    values, start = values_by_key(pair, settings), values_by_key(pair, start_settings(pair))
    economy = unlike_pair(values[UNLIKE.key]) if pair.kind == "unlike" else base(pair)
    moved = {
        dial.field: values[dial.key] * dial.scale
        for dial in pair.dials
        if dial is not UNLIKE and values[dial.key] != start[dial.key]
    }
    return economy.replace(**moved)


def along_first_dial(pair: CountryPair, economy: Parameters) -> Parameters:
    """Return economies at all steps of the first dial, in their order; the other parameters are those of `economy`.

    For pairs whose first dial is the productivity gap or the degree of unlikeness. Where the pair puts the dial, the
    gap is the pair's own.
    """
    dial = pair.first[0]
    if dial is UNLIKE:
        steps = unlike_pair(dial.steps)
        fields = ("gap", "size", "u0", "u1", "theta", "kappa", "eta", "train")
        return economy.replace(**{field: getattr(steps, field) for field in fields})
    own = float(base(pair).gap)
    return economy.replace(gap=np.where(dial.steps == dial.nearest(own), own, dial.steps))
