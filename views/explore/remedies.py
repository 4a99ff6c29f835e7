"""The remedies on the page Explore: the smallest amount of each, who pays, and the dial step that sets it.

`build_remedy_table` computes the lines for one economy, `render_remedy_table` renders them as HTML. This module does
not use Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.account_names import ACCOUNTS, NEW_MIGRANTS
from economy.model.payoffs import agreement_with_accounts, solve_bilateral
from economy.parameters import Parameters
from economy.policy.largest_openness import agreement_margins, conditions_hold
from economy.policy.levy_windows import LevyWindow, levy_windows
from economy.policy.remedies import (
    LEVY,
    LUMP_SUM,
    NO_EFFECT_VALUES,
    PARTNERSHIP,
    PHASING,
    QUOTA,
    WEIGHT,
    Plan,
    Remedy,
    least_amount,
    remove_remedies,
)
from economy.policy.windows import best_phasing
from games.messages import join_messages
from scenarios.analysis.remedies import RemedyNeed, remedy_needs
from views.explore.dials import CountryPair, ExploreDial, Settings, values_by_key
from views.wording import remedies
from views.wording.screen import format_level
from views.wording.translation import to_html

FEWER_PEOPLE = QUOTA._replace(name="newcomers", field="expansion", of="expansion", last=0.0)
"""Fewer people beyond today's number; in a corridor that starts from today's migrants it takes the quota's place."""

FIRST_LEVELS = {
    "openness": np.array([0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2]),
    "expansion": np.array([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0]),
}
"""Small openings at which a lump sum is tried where none is enough at the opening on the dial."""

PURSE = 0.05
"""Largest lump sum that is shown for a small opening, share of the host's GDP."""

TOGETHER = tuple(Plan(LEVY, others) for others in ((PHASING,), (PARTNERSHIP,), (PHASING, PARTNERSHIP)))
"""Other remedies that reduce the levy that is needed; every amount is a step of its dial."""


class RemedyButton(NamedTuple):
    """A button in the table of remedies: its label, and the values to which it sets dials (sliders), by key."""

    words: str
    """Label of the button."""
    spoken: str
    """Label for screen readers, complete without the line in which the button stands."""
    dials: tuple[tuple[str, float], ...]


class RemedyLine(NamedTuple):
    """One line of the table of remedies: one remedy alone, or a levy together with other remedies."""

    name: str
    payer: str
    """Who pays, in words."""
    role: str
    """Role whose colour the bar has; "muted" where nobody pays."""
    amount: str
    """The smallest amount that is enough; or that no amount is enough, or that none is needed."""
    detail: str
    """What is enough in a binding treaty, or what is missing; "" where neither applies."""
    share: tuple[float, float] | None
    """Ends of the bar, as shares of the dial in [0, 1]; None where there is no amount."""
    move: RemedyButton | None
    smallest: bool = False
    """Whether no other combination needs a smaller levy."""


@dataclass(frozen=True, slots=True)
class RemedyTable:
    """The content of the table of remedies on the page Explore, for one setting of the dials (sliders).

    A remedy is a measure, such as a levy, that can make an agreement to open the borders hold.
    """

    alone: tuple[RemedyLine, ...]
    together: tuple[RemedyLine, ...]
    price: str
    """What the migrants keep of their gain at the smallest levy; "" where the levy does not change the answer."""
    held: bool
    """Whether opening is self-enforcing and leaves neither side worse off, with the dials as they are."""

    @property
    def idle(self) -> bool:
        """Return whether opening holds without any remedy, so that the table of remedies has nothing to show."""
        return all(line.amount == remedies.STABLE for line in self.alone)

    @property
    def lines(self) -> tuple[RemedyLine, ...]:
        """Return all lines of the table of remedies in the order of the page: single remedies, then combinations."""
        return self.alone + self.together


def build_remedy_table(pair: CountryPair, economy: Parameters, settings: Settings) -> RemedyTable:
    """Compute the table of remedies for one economy: how much of each remedy makes the opening of both borders hold.

    Every line is computed with all remedies off that it does not name.

    Parameters
    ----------
    pair
        The two countries.
    economy
        Their economy with the dials at `settings`.
    settings
        Shown values of all dials, in the order of the pair's dials.

    Returns
    -------
    RemedyTable
        The lines, the price of the levy, and whether opening holds at the present values of the dials.
    """
    held, economy = conditions_hold(agreement_margins(solve_bilateral(economy))), remove_remedies(economy)
    levies = (Plan(LEVY), *TOGETHER)
    windows = levy_windows([plan.apply_others(economy) for plan in levies])
    bench = _Bench(
        pair,
        economy,
        values_by_key(pair, settings),
        {dial.field: dial for dial in pair.dials},
        {plan: found.alone for plan, found in zip(levies, windows, strict=True) if found.alone is not None},
    )
    fewer = FEWER_PEOPLE if pair.kind == "today" else QUOTA
    plans = tuple(Plan(remedy) for remedy in (LEVY, LUMP_SUM, PHASING, PARTNERSHIP, fewer, WEIGHT))
    alone, together = (remedy_needs(economy, group, joint=False) for group in (plans, TOGETHER))
    least = min((cure.needed for cure in together if cure.needed is not None), default=0.0)
    return RemedyTable(
        tuple(bench.line(cure) for cure in alone),
        tuple(bench.line(cure, best=cure.needed == least > 0) for cure in together),
        _price(economy, alone[0]),
        bool(held),
    )


@dataclass(frozen=True, slots=True)
class _Bench:
    """What the lines of the table have in common: the pair, its economy without remedies, and its dials."""

    pair: CountryPair
    economy: Parameters
    at: Mapping[str, float]
    """Shown values by key."""
    dials: Mapping[str, ExploreDial]
    """Dial by the parameter that it sets."""
    windows: Mapping[Plan, LevyWindow]
    """The smallest and the largest levy of each plan with one, where some levy is enough."""

    @property
    def off(self) -> dict[ExploreDial, float]:
        """Return the value at which each remedy's dial has no effect; a line holds with all other remedies off."""
        return self.shown({field: nothing for field, nothing in NO_EFFECT_VALUES.items() if field in self.dials})

    def line(self, cure: RemedyNeed, *, best: bool = False) -> RemedyLine:
        """Return the line of one plan of remedies."""
        window = self.windows.get(cure.plan)
        return RemedyLine(
            name=remedies.plan_heading(cure.plan),
            payer=remedies.payment_phrase(cure, self.pair.names),
            role=cure.plan.remedy.payer or "muted",
            amount=remedies.amount_needed(cure, window),
            detail=self.detail(cure, window),
            share=self.bar(cure, window),
            move=self.button(cure),
            smallest=best,
        )

    def detail(self, cure: RemedyNeed, window: LevyWindow | None) -> str:
        """Return what is missing, what is enough in a binding treaty, and what else is known of a remedy."""
        told = [text for text in (remedies.detail(cure, self.pair.names), self.beside(cure, window)) if text]
        return join_messages(" ", told) if told else ""

    def beside(self, cure: RemedyNeed, window: LevyWindow | None) -> str:
        """Return what else is known of a remedy: the end of a window, the best phasing, a small opening."""
        if cure.plan == Plan(PHASING):
            return self.phasing()
        if cure.plan == Plan(LUMP_SUM) and cure.needed is None:
            return self.small_opening()
        return remedies.largest_levy(window[1]) if window and remedies.is_needless(cure) else ""

    def phasing(self) -> str:
        """Return the number of periods with the largest welfare, and what it changes."""
        periods = float(best_phasing(self.economy))
        tried = self.economy.replace(years=np.array([1.0, periods]))
        at_once, phased = (float(value) for value in agreement_with_accounts(tried)[1].welfare)
        return remedies.best_phasing_sentence(periods, at_once, phased)

    def small_opening(self) -> str:
        """Return at which smaller opening a lump sum is enough; "" where at none that is tried."""
        level = self.pair.level
        here = float(np.asarray(getattr(self.economy, level.field)))
        levels = FIRST_LEVELS[level.field]
        levels = levels[levels < here]
        if not levels.size:
            return ""
        needed = least_amount(self.economy.replace(**{level.field: levels}), LUMP_SUM).needed
        some = np.flatnonzero((needed > 0) & (needed <= PURSE))
        if not some.size:
            return ""
        at = format_level(float(levels[some[-1]]), people=self.pair.kind == "today")
        return remedies.lump_sum_at(at, float(needed[some[-1]]))

    def value(self, remedy: Remedy, amount: float) -> float:
        """Return an amount in the unit of the remedy's dial."""
        return float(getattr(remedy.apply(self.economy, amount), remedy.field)) / self.dials[remedy.field].scale

    def bar(self, cure: RemedyNeed, window: LevyWindow | None) -> tuple[float, float] | None:
        """Return the ends of the bar on the dial; values beyond the dial count as its end."""
        remedy = cure.plan.remedy
        if cure.needed is None or remedies.is_needless(cure):
            return None
        dial = self.dials[remedy.field]
        ends = window or (None, cure.needed)
        low, high = (dial.low if end is None else self.value(remedy, end) for end in ends)
        return tuple(min((end - dial.low) / (dial.high - dial.low), 1.0) for end in (low, high))  # type: ignore[return-value]

    def button(self, cure: RemedyNeed) -> RemedyButton | None:
        """Return the button of a line: it sets the dials, or resets them when they are set already."""
        step = self.step(cure)
        if step is None:
            return None
        plan, nothing = cure.plan, self.off
        there = (
            nothing
            | self.shown({other.field: other.dose for other in plan.beside})
            | {self.dials[plan.remedy.field]: step}
        )
        if all(self.at[dial.key] == value for dial, value in there.items()):
            return self.name_button(nothing)
        return self.name_button(there)

    def shown(self, amounts: Mapping[str, float]) -> dict[ExploreDial, float]:
        """Convert parameters by name to dial values."""
        return {self.dials[field]: round(amount / self.dials[field].scale, 6) for field, amount in amounts.items()}

    def step(self, cure: RemedyNeed) -> float | None:
        """Return the first dial step, from the needed amount towards more of the remedy, that is enough.

        None where no step is enough, and where nothing is needed and the plan holds no other remedy.
        """
        remedy, laid = cure.plan.remedy, cure.plan.apply_others(self.economy)
        needless = remedies.is_needless(cure)
        if cure.needed is None or (needless and not cure.plan.beside):
            return None
        dial, least = self.dials[remedy.field], 0.0 if needless else self.value(remedy, cure.needed)
        more = remedy.last > remedy.first
        steps = dial.steps[dial.steps >= least - 1e-9] if more else dial.steps[dial.steps <= least + 1e-9][::-1]
        works = conditions_hold(agreement_margins(solve_bilateral(laid.replace(**{remedy.field: steps * dial.scale}))))
        return float(steps[works.argmax()]) if works.any() else None

    def name_button(self, dials: Mapping[ExploreDial, float]) -> RemedyButton:
        """Return the button for some dials. Its label shows the dials with an effect, the spoken label all changes."""
        nothing = self.off
        placed = [dial.format_value(value) for dial, value in dials.items() if value != nothing.get(dial)]
        one = remedies.ADMIT if self.pair.level in dials else remedies.SET
        words = remedies.button_label(placed, one)
        spoken = remedies.screen_reader_label(
            words,
            [(dial.label, dial.format_value(value)) for dial, value in dials.items() if value != self.at[dial.key]],
        )
        return RemedyButton(words, spoken, tuple((dial.key, value) for dial, value in dials.items()))


def _price(economy: Parameters, levy: RemedyNeed) -> str:
    """Return what new migrants keep of their gain at the smallest levy; "" where no levy is needed or enough."""
    if levy.needed is None or not levy.needed:
        return ""
    accounts = agreement_with_accounts(economy.replace(tax=np.array([0.0, levy.needed])))[1]
    before, kept = (float(value) for value in accounts.total[:, ACCOUNTS.index(NEW_MIGRANTS)])
    return remedies.price(levy, kept, before)


def render_remedy_table(found: RemedyTable) -> str:
    """Render a table of remedies as HTML. A line has a button when a dial (slider) can be set to its remedy."""
    sections = ((remedies.ALONE, 0, found.alone), (remedies.TOGETHER, len(found.alone), found.together))
    rows = "".join(
        f'<tr class="w-sec"><th colspan="3" scope="colgroup">{to_html(heading)}</th></tr>'
        + "".join(_row(line, place) for place, line in enumerate(lines, first))
        for heading, first, lines in sections
    )
    heads = "".join(f'<th scope="col">{to_html(head)}</th>' for head in remedies.HEADS)
    return (
        f'<table class="w-t w-remedies"><caption class="w-note">{to_html(remedies.CAPTION)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(line: RemedyLine, place: int) -> str:
    badge = f' <span class="w-pill">{to_html(remedies.SMALLEST)}</span>' if line.smallest else ""
    payer = f'<br><span class="w-muted w-small">{to_html(line.payer)}</span>'
    detail = f'<span class="w-muted w-small">{to_html(line.detail)}</span>' if line.detail else ""
    head = f'<tr><th scope="row">{to_html(line.name)}{badge}{payer}</th>'
    if line.move is None:
        return f'{head}<td colspan="2">{_amount(line)}{detail}</td></tr>'
    return f"{head}<td>{_amount(line)}{detail}</td><td>{_button(line.move, place)}</td></tr>"


def _amount(line: RemedyLine) -> str:
    """Render the bar with the amount at its end, or the words alone where there is no amount."""
    words = to_html(line.amount)
    if line.share is None:
        return f'<p class="w-need"><span>{words}</span></p>'
    first, last = line.share
    bar = f'<i style="--c:var(--{line.role});--from:{first:.3f};--share:{max(last - first, 0.01):.3f}"></i>'
    return f'<p class="w-need">{bar}<b>{words}</b></p>'


def _button(move: RemedyButton, place: int) -> str:
    spoken, words = to_html(move.spoken), to_html(move.words)
    return f'<button type="button" class="w-set" name="{place}" aria-label="{spoken}">{words}</button>'
