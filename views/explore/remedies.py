"""The remedies on the page Explore: the smallest amount of each, who pays, and the dial step that sets it.

`build_remedy_table` computes the lines for one economy, `render_remedy_table` renders them as HTML. This module does
not use Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import Parameters
from economy.policy.largest_openness import agreement_margins, conditions_hold
from economy.policy.remedies import (
    LEVY,
    LUMP_SUM,
    NO_EFFECT_VALUES,
    PARTNERSHIP,
    PHASING,
    QUOTA,
    WEIGHT,
    Plan,
    remove_remedies,
)
from scenarios.analysis.remedies import RemedyNeed, remedy_effect, remedy_needs
from views.explore.dials import DIALS, ExploreDial, Settings
from views.wording import remedies
from views.wording.translation import to_html

ALONE = tuple(Plan(remedy) for remedy in (LEVY, LUMP_SUM, PHASING, PARTNERSHIP, QUOTA, WEIGHT))
"""The remedies that are shown one at a time."""

TOGETHER = tuple(Plan(LEVY, others) for others in ((PHASING,), (PARTNERSHIP,), (PHASING, PARTNERSHIP)))
"""Other remedies that reduce the levy that is needed; every amount is a step of its dial."""

DIAL_BY_FIELD = {dial.field: dial for dial in DIALS}
"""The dial of each remedy, by the parameter that it sets."""

OFF_VALUES = {field: nothing for field, nothing in NO_EFFECT_VALUES.items() if field in DIAL_BY_FIELD}
"""The value at which each remedy's dial has no effect, by parameter. A line holds with all other remedies off."""


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
    share: float | None
    """Length of the bar, as a share of the dial in [0, 1]; None where there is no amount."""
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


def build_remedy_table(economy: Parameters, settings: Settings, parties: tuple[str, str]) -> RemedyTable:
    """Compute the table of remedies for one economy: how much of each remedy makes the opening of both borders hold.

    Every line is computed with all remedies off that it does not name.

    Parameters
    ----------
    economy
        The economy with the dials at `settings`.
    settings
        Shown values of all dials, in the order of `DIALS`.
    parties
        Names of the two countries: host, then origin.

    Returns
    -------
    RemedyTable
        The lines, the price of the levy, and whether opening holds at the present values of the dials.
    """
    at = dict(zip((dial.key for dial in DIALS), settings, strict=True))
    held, economy = conditions_hold(agreement_margins(solve_bilateral(economy))), remove_remedies(economy)
    alone, together = (remedy_needs(economy, plans, joint=False) for plans in (ALONE, TOGETHER))
    least = min((cure.needed for cure in together if cure.needed is not None), default=0.0)
    return RemedyTable(
        tuple(_line(economy, cure, at, parties) for cure in alone),
        tuple(_line(economy, cure, at, parties, best=cure.needed == least > 0) for cure in together),
        _price(economy, alone[0], parties),
        bool(held),
    )


def _line(
    economy: Parameters, cure: RemedyNeed, at: Mapping[str, float], parties: tuple[str, str], *, best: bool = False
) -> RemedyLine:
    value = _value(economy, cure)
    return RemedyLine(
        name=remedies.plan_heading(cure.plan),
        payer=remedies.payment_phrase(cure, parties),
        role=cure.plan.remedy.payer or "muted",
        amount=remedies.amount_needed(cure),
        detail=remedies.detail(cure, parties),
        share=None if value is None else _share(DIAL_BY_FIELD[cure.plan.remedy.field], value),
        move=_move(economy, cure, at),
        smallest=best,
    )


def _value(economy: Parameters, cure: RemedyNeed) -> float | None:
    """Return the amount that is needed in the unit of its dial; None where no amount is needed or enough."""
    if cure.needed is None or remedies.is_needless(cure):
        return None
    remedy = cure.plan.remedy
    return float(getattr(remedy.apply(economy, cure.needed), remedy.field)) / DIAL_BY_FIELD[remedy.field].scale


def _share(dial: ExploreDial, value: float) -> float:
    """Return the position of a value on its dial, at most 1. Values beyond the end count as 1."""
    return min((value - dial.low) / (dial.high - dial.low), 1.0)


def _move(economy: Parameters, cure: RemedyNeed, at: Mapping[str, float]) -> RemedyButton | None:
    """Return the button of a line: it sets the dials, or resets them when they are set already."""
    step = _step(economy, cure)
    if step is None:
        return None
    plan, nothing = cure.plan, _shown(OFF_VALUES)
    there = (
        nothing | _shown({other.field: other.dose for other in plan.beside}) | {DIAL_BY_FIELD[plan.remedy.field]: step}
    )
    if all(at[dial.key] == value for dial, value in there.items()):
        return _told(nothing, nothing, at)
    return _told(there, nothing, at)


def _shown(amounts: Mapping[str, float]) -> dict[ExploreDial, float]:
    """Convert parameters by name to dial values."""
    return {DIAL_BY_FIELD[field]: round(amount / DIAL_BY_FIELD[field].scale, 6) for field, amount in amounts.items()}


def _step(economy: Parameters, cure: RemedyNeed) -> float | None:
    """Return the first dial step, from the needed amount towards more of the remedy, that is enough.

    None where no step is enough, and where nothing is needed and the plan holds no other remedy.
    """
    remedy, laid = cure.plan.remedy, cure.plan.apply_others(economy)
    if cure.needed is None or (remedies.is_needless(cure) and not cure.plan.beside):
        return None
    dial, least = DIAL_BY_FIELD[remedy.field], _value(laid, cure) or 0.0
    steps = dial.steps[dial.steps >= least] if remedy.last > remedy.first else dial.steps[dial.steps <= least][::-1]
    works = conditions_hold(agreement_margins(solve_bilateral(laid.replace(**{remedy.field: steps * dial.scale}))))
    return float(steps[works.argmax()]) if works.any() else None


def _told(
    dials: Mapping[ExploreDial, float], nothing: Mapping[ExploreDial, float], at: Mapping[str, float]
) -> RemedyButton:
    """Return the button for some dials. Its label shows the dials with an effect, the spoken label all that change."""
    placed = [dial.format_value(value) for dial, value in dials.items() if value != nothing.get(dial)]
    one = remedies.ADMIT if DIAL_BY_FIELD[QUOTA.field] in dials else remedies.SET
    words = remedies.button_label(placed, one)
    spoken = remedies.screen_reader_label(
        words, [(dial.label, dial.format_value(value)) for dial, value in dials.items() if value != at[dial.key]]
    )
    return RemedyButton(words, spoken, tuple((dial.key, value) for dial, value in dials.items()))


def _price(economy: Parameters, levy: RemedyNeed, parties: tuple[str, str]) -> str:
    """Return what the migrants keep of their gain at the smallest levy; "" where no levy is needed or enough."""
    if levy.effect is None or levy.needed is None or not levy.needed:
        return ""
    before = remedy_effect(agreement(levy.plan.remedy.apply(economy, 0.0))).migrants
    return remedies.price(levy, levy.effect.migrants, before, parties[1])


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
    bar = f'<i style="--c:var(--{line.role});--share:{max(line.share, 0.01):.3f}"></i>'
    return f'<p class="w-need">{bar}<b>{words}</b></p>'


def _button(move: RemedyButton, place: int) -> str:
    spoken, words = to_html(move.spoken), to_html(move.words)
    return f'<button type="button" class="w-set" name="{place}" aria-label="{spoken}">{words}</button>'
