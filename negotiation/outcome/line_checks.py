"""Checks of the lines of a signed text: whether each of them leaves something to negotiate.

They look at the efficient packages that both governments prefer to no agreement:

    h  at least five lines, or all where there are fewer, stand at no level in more than 80 % of them
    i  no line stands at one level in all of them; such a line is no matter of talks and leaves the agenda
    j  within a ladder, what the host loses for a point that the origin gains does not fall from step to step, with all
       other lines at level 1 (a transfer of money has one rate in all its steps); a level that is worse for both than
       another one of its ladder is left out, because nobody would sign it

A line that fails is named with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from games.bargaining.frontier import pareto_efficient
from games.messages import Message, join_messages, message
from negotiation.agenda.package_grid import Agenda
from negotiation.outcome.design_checks import DesignCheck
from negotiation.preferences.values import Floats, Preferences
from negotiation.ratification.win_sets import mutually_preferred

LETTERS = ("h", "i", "j")
MOST_ALIKE = 0.8
"""Largest share of the efficient packages in which a line that is negotiated may stand at one level."""
FEWEST = 5
"""Number of lines that must be negotiated."""
EQUAL = 1e-6
"""Rates that differ by a smaller share are equal."""

Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


class LineSpread(NamedTuple):
    """The levels of one line in the efficient packages that both governments prefer."""

    line: int
    """Place of the line on the agenda."""
    level: int
    """Its most frequent level."""
    share: float
    """Share of the packages in which it stands there."""


def efficient_packages(preferences: Preferences) -> Places:
    """The efficient ones among the packages that both governments prefer to no agreement.

    Parameters
    ----------
    preferences
        Preferences over the agenda.

    Returns
    -------
    ndarray
        Numbers of the packages, (efficient packages,).
    """
    rows = np.flatnonzero(mutually_preferred(preferences))
    return rows[pareto_efficient(preferences.values[rows])]


def line_spreads(agenda: Agenda, preferences: Preferences) -> tuple[LineSpread, ...]:
    """The most frequent level of every line that can leave level 0, in the efficient packages.

    Parameters
    ----------
    agenda
        The agenda.
    preferences
        Preferences over it.

    Returns
    -------
    tuple[LineSpread, ...]
        In the order of the agenda; empty where both governments prefer no package.
    """
    rows = efficient_packages(preferences)
    if not rows.size:
        return ()
    levels = np.stack(np.unravel_index(rows, agenda.shape), axis=1)
    counts = {at: np.bincount(levels[:, at]) for at, size in enumerate(agenda.shape) if size > 1}
    return tuple(LineSpread(at, int(each.argmax()), float(each.max() / rows.size)) for at, each in counts.items())


def step_rates(agenda: Agenda, preferences: Preferences, line: int) -> Floats:
    """What the host loses for a point that the origin gains, from level to level of a line; the others at level 1.

    Parameters
    ----------
    agenda
        The agenda.
    preferences
        Preferences over it; party 0 is the host.
    line
        Place of the line on the agenda.

    Returns
    -------
    ndarray
        (steps,) in the order in which the origin gains, above 0: levels that are no better for one side and worse for
        the other than another level are left out.
    """
    others = [min(1, size - 1) for size in agenda.shape]
    rows = [agenda.package([*others[:line], level, *others[line + 1 :]]) for level in range(agenda.shape[line])]
    values = preferences.values[rows]
    values = values[pareto_efficient(values)]
    steps = np.diff(values[np.argsort(values[:, 1], kind="stable")], axis=0)
    steps = steps[steps[:, 1] > 0]
    return -steps[:, 0] / steps[:, 1]


def check_lines(agenda: Agenda, preferences: Preferences) -> tuple[DesignCheck, ...]:
    """Run the three checks of the lines.

    Parameters
    ----------
    agenda
        Agenda of a signed text.
    preferences
        Preferences over it.

    Returns
    -------
    tuple[DesignCheck, ...]
        In the order of LETTERS.
    """
    spreads = line_spreads(agenda, preferences)
    return (_negotiated(agenda, spreads), _settled(agenda, preferences, spreads), _rising(agenda, preferences))


def _check(letter: str, failed: int, text: str) -> DesignCheck:
    """A check that holds where no line fails."""
    return DesignCheck(check=letter, passed=not failed, measured=failed, text=text)


def _negotiated(agenda: Agenda, spreads: tuple[LineSpread, ...]) -> DesignCheck:
    """Check h."""
    alike = [each for each in spreads if each.share > MOST_ALIKE]
    free, lines = len(spreads) - len(alike), sum(size > 1 for size in agenda.shape)
    text = message(
        "{number} of {lines} lines stand at no level in more than {most} % of the efficient packages",
        number=free,
        lines=lines,
        most=f"{100 * MOST_ALIKE:.0f}",
    )
    named = [
        message(
            "{line}: level {level} in {share} %",
            line=agenda.ladders[each.line].key,
            level=each.level,
            share=f"{100 * each.share:.0f}",
        )
        for each in alike
    ]
    told = join_messages("; ", [text, *named])
    return DesignCheck(check="h", passed=free >= min(FEWEST, lines), measured=free, text=told)


def _settled(agenda: Agenda, preferences: Preferences, spreads: tuple[LineSpread, ...]) -> DesignCheck:
    """Check i."""
    settled = [each for each in spreads if each.share == 1.0]
    if not settled:
        return _check("i", 0, message("no line stands at one level everywhere"))
    named = [
        message(
            "{line} stands at level {level} in all efficient packages: {reason}",
            line=agenda.ladders[each.line].key,
            level=each.level,
            reason=_reason(agenda, preferences, each),
        )
        for each in settled
    ]
    return _check("i", len(settled), join_messages("; ", named))


def _reason(agenda: Agenda, preferences: Preferences, settled: LineSpread) -> Message:
    """Why a line does not leave its level: what a step away from it costs, in the package with the largest product."""
    rows = efficient_packages(preferences)
    gains = preferences.values[rows] - preferences.walk_away
    best = int(rows[gains.prod(axis=1).argmax()])
    levels, step = list(agenda.levels(best)), -1 if settled.level else 1
    levels[settled.line] += step
    change = preferences.values[agenda.package(levels)] - preferences.values[best]
    losers = [name for name, amount in zip(preferences.parties, change, strict=True) if amount < 0]
    if len(losers) == len(preferences.parties):
        return message("a step away from it costs both")
    if not losers:
        return message("a step away from it gains both, and the efficient packages have other lines at other levels")
    loser = preferences.parties.index(losers[0])
    rate = -change[loser] / change[1 - loser]
    return message(
        "a step away from it costs {loser} {rate} for a point that {winner} gains, more than other lines do",
        loser=losers[0],
        rate=f"{rate:.2f}",
        winner=preferences.parties[1 - loser],
    )


def _rising(agenda: Agenda, preferences: Preferences) -> DesignCheck:
    """Check j."""
    falling = list(_falling(agenda, preferences))
    if not falling:
        text = message("the host's loss for a point of the origin falls in no ladder")
        return _check("j", 0, text)
    named = [
        message(
            "{line}: the host's loss for a point of the origin is {rates} from step to step and does not rise",
            line=key,
            rates=", ".join(f"{rate:.3f}" for rate in rates),
        )
        for key, rates in falling
    ]
    return _check("j", len(falling), join_messages("; ", named))


def _falling(agenda: Agenda, preferences: Preferences) -> Iterator[tuple[str, Floats]]:
    """Lines whose rates fall somewhere, with their rates."""
    for at, item in enumerate(agenda.ladders):
        rates = step_rates(agenda, preferences, at) if agenda.shape[at] > 1 else np.zeros(0)
        if (np.diff(rates) < -EQUAL * np.abs(rates[1:])).any():
            yield item.key, rates
