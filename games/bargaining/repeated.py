"""Infinitely repeated games: how patient must the players be to keep to a cell that tempts them to deviate?

The same stage game is played for ever, and the payoff of the next round counts `discount` times that of this one, with
0 <= discount < 1. Discounted payoffs are averages: a player who gets x in every round has x. Three results:

- **Grim trigger.** Both play the target cell until somebody deviates, and a stage equilibrium ever after (Friedman
  1971). The reversion may be named. By default each deviator is punished by the stage equilibrium that is worst for it,
  which needs the least patience of all such threats. These strategies are subgame perfect.
- **Tit for tat**, for 2x2 games: begin with the target's action, then copy the last action of the other; an action of
  the target answers an action of the target (Axelrod 1984). It is enough to check two deviations: to leave for ever,
  and to leave every other round. If neither pays, the pair is a Nash equilibrium; it is seldom subgame perfect.
- **Folk theorem.** A player whose payoff is below its security level deviates at any discount factor, whatever the
  strategies. If both get strictly more, some strategies work for patient players (Fudenberg and Maskin 1986).

For the prisoner's dilemma with T > R > P > S the critical discount factors are Axelrod's: (T - R) / (T - P) for grim
trigger, and the larger of that and (T - R) / (R - S) for tit for tat. Every test has the form (1 - discount) * today +
discount * later >= 0: the gain from keeping to the target over one deviation, in its first round and in the long run.
All numbers are exact; payoffs closer than the game's tolerance count as equal.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, Literal, NamedTuple, TypeAlias

from games.bargaining.side_payments import ORDINAL
from games.bimatrix import Bimatrix, Cell, Pair
from games.equilibria.equilibrium import Equilibrium
from games.equilibria.security import security
from games.equilibria.solve import profile_regret, pure_cells, solve
from games.errors import input_error
from games.exact_numbers import format_rounded
from games.messages import join_messages, message

Plan: TypeAlias = Literal["grim trigger", "tit for tat"]
Verdict: TypeAlias = Literal["within reach", "at the edge", "out of reach"]

WITHIN_REACH = message("Both get more at {cell} than alone: patient players can keep to it (folk theorem).")
OUT_OF_REACH = message(
    "{player} gets {payoff} at {cell} and can make sure of {alone} alone: no plan keeps it there, at any patience."
)
AT_THE_EDGE = message(
    "{player} gets {payoff} at {cell}, no more than alone: no threat can make it worse off, and the folk theorem is "
    "silent."
)
NONE_FOR_BOTH = message("No one discount factor keeps both players at {cell}.")
NOT_ALL_KNOWN = message("Not all stage equilibria are known: a harsher threat may exist, and less patience may do.")
THREAT_REWARDS = message("{player} gets {payoff} at {cell}, and the threat gives it more: {threat}.")
THREAT_IS_EMPTY = message("{player} gets {payoff} at {cell}, and the threat is no worse.")
LEAVES_IN_TURNS = message(
    "{player} does no worse by leaving {cell} every other round: {tempted} and {exploited} in turns for {payoff}."
)


class Patience(NamedTuple):
    """The discount factors at which the target is kept: from `least` to `most`, both included.

    `least` is the critical discount factor: 0 where no patience is needed, None where none is enough, with the reason
    in `note`. `most` is None in the usual case, where every larger discount factor below 1 works. It is a number where
    the threat is in fact a reward for patient players.
    """

    least: Fraction | None
    most: Fraction | None = None
    note: str | None = None

    def keeps(self, discount: Fraction | float) -> bool:
        """Return whether the target is kept at this discount factor; false for 1 and above."""
        return self.least is not None and self.least <= discount < 1 and (self.most is None or discount <= self.most)


@dataclass(frozen=True, slots=True)
class SupportByThreat:
    """How much patience one strategy needs to keep the target."""

    plan: Plan
    target: Cell
    players: tuple[Patience, Patience]
    overall: Patience
    """The discount factors at which both players keep the target."""
    threats: Pair
    """The payoff of each player in every round of its punishment."""
    note: str | None = None
    """Why the answer is not complete; None when it is."""


@dataclass(frozen=True, slots=True)
class FolkTheoremResult:
    """What the folk theorem says about a target cell."""

    target: Cell
    payoffs: Pair
    security: Pair
    """The payoff that each player can guarantee alone."""
    verdict: Verdict
    """`within reach` of patient players, `at the edge` (the theorem is silent), or `out of reach` at any patience."""
    note: str


class _Test(NamedTuple):
    """The comparison of keeping to the target with one deviation."""

    today: Fraction
    later: Fraction
    lost: str
    """Why no patience is enough, for the case in which both numbers are against the target."""


# ---------------------------------------------------------------------------------------------- the three results


def grim_trigger(
    game: Bimatrix, target: Cell = (0, 0), reversion: Cell | Equilibrium | None = None, timeout: float = 10.0
) -> SupportByThreat:
    """Return the discount factors at which the threat of a stage equilibrium keeps both players at the target.

    Parameters
    ----------
    game
        The stage game.
    target
        The cell (row, column), counted from 0, that the players are to keep.
    reversion
            The stage equilibrium that follows a deviation: a cell, or one of those that `solve` lists. None: for each
        deviator the equilibrium that is worst for it.
    timeout
        Seconds for the search of that equilibrium, above 0.

    Returns
    -------
    SupportByThreat
        Critical discount factors of each player and of both; its note says when not all stage equilibria are known.

    Raises
    ------
    InputError
            For a target that is not a cell, for a reversion that is not an equilibrium, and when no equilibrium was
        found in time.

    References
    ----------
    Friedman 1971.
    """
    start = time.perf_counter()
    _check(game, target)
    threats, note = _worst(game, timeout) if reversion is None else (_named(game, reversion), None)
    tests = [[_leaving(game, player, target, threats[player])] for player in (0, 1)]
    return _upheld(game, "grim trigger", target, tests, threats, note, start + timeout)


def tit_for_tat(game: Bimatrix, target: Cell = (0, 0)) -> SupportByThreat:
    """Return the discount factors at which tit for tat is a best reply to itself.

    Parameters
    ----------
    game
        A 2x2 stage game; in larger games "the last action of the other" has no single counterpart.
    target
        The cell (row, column), counted from 0, with which the players begin.

    Returns
    -------
    SupportByThreat
        Critical discount factors of each player and of both.

    Raises
    ------
    InputError
        For a game that is not 2x2, and for a target that is not a cell.

    References
    ----------
    Axelrod 1984.
    """
    if game.shape != (2, 2):
        raise input_error(
            "game", f"tit for tat needs a 2x2 game, this one is {game.shape[0]} x {game.shape[1]}", "use grim trigger"
        )
    _check(game, target)
    threats = game.at((1 - target[0], 1 - target[1]))
    tests = [[_leaving(game, player, target, threats[player]), _alternating(game, player, target)] for player in (0, 1)]
    return _upheld(game, "tit for tat", target, tests, threats)


def folk_theorem(game: Bimatrix, target: Cell = (0, 0), deadline: float = inf) -> FolkTheoremResult:
    """Return whether any strategies can keep patient players at the target: its payoffs against the security levels.

    Parameters
    ----------
    game
        The stage game.
    target
        The cell (row, column), counted from 0.
    deadline
        A reading of `time.perf_counter()`; infinity for no limit.

    Returns
    -------
    FolkTheoremResult
        The verdict, with the payoffs and security levels that it compares.

    Raises
    ------
    InputError
        For a target that is not a cell.
    TimeoutError
        Once the deadline has passed, and as `GameTooLarge` for numbers that are too long.

    References
    ----------
    Fudenberg and Maskin 1986.
    """
    _check(game, target)
    payoffs, levels = game.at(target), security(game, deadline)
    signs = [_gap(game, player, payoffs[player], levels[player]) for player in (0, 1)]
    cell = game.cell_name(target)
    if min(signs) > 0:
        return FolkTheoremResult(target, payoffs, levels, "within reach", WITHIN_REACH.format(cell=cell))
    least = signs.index(min(signs))
    player, payoff, alone = game.players[least], format_rounded(payoffs[least]), format_rounded(levels[least])
    if signs[least]:
        note = OUT_OF_REACH.format(player=player, payoff=payoff, cell=cell, alone=alone)
        return FolkTheoremResult(target, payoffs, levels, "out of reach", note)
    note = AT_THE_EDGE.format(player=player, payoff=payoff, cell=cell)
    return FolkTheoremResult(target, payoffs, levels, "at the edge", note)


def _check(game: Bimatrix, target: Cell) -> None:
    if target not in game.cells():
        rows, columns = game.shape
        raise input_error("target", f"{target} is not a cell of a {rows} x {columns} game", "count from 0: row,column")


# ----------------------------------------------------------------------------------------- from tests to strategies


def _upheld(
    game: Bimatrix,
    plan: Plan,
    target: Cell,
    tests: Sequence[Sequence[_Test]],
    threats: Pair,
    note: str | None = None,
    deadline: float = inf,
) -> SupportByThreat:
    first, second = (_patience(tests[player]) for player in (0, 1))
    overall = _both(game, target, (first, second), deadline)
    notes = [told for told in (note, ORDINAL if game.scale == "ordinal" else None) if told]
    return SupportByThreat(
        plan, target, (first, second), overall, threats, join_messages(" ", notes) if notes else None
    )


def _both(game: Bimatrix, target: Cell, players: tuple[Patience, Patience], deadline: float) -> Patience:
    notes = [one.note for one in players if one.note]
    if not notes:
        return _shared(players, NONE_FOR_BOTH.format(cell=game.cell_name(target)))
    return Patience(None, None, _hopeless(game, target, deadline) or join_messages(" ", notes))


def _hopeless(game: Bimatrix, target: Cell, deadline: float) -> str | None:
    """Return why no strategies can keep the target; None where some may, or where time ran out."""
    try:
        found = folk_theorem(game, target, deadline)
    except TimeoutError:
        return None
    return found.note if found.verdict == "out of reach" else None


# ------------------------------------------------------------------------------------------------------- threats


def _worst(game: Bimatrix, timeout: float) -> tuple[Pair, str | None]:
    """Return for each player its worst payoff in a stage equilibrium, and a note when the list is not complete.

    In a continuum the worst point is one of its extreme equilibria.
    """
    found = solve(game, timeout, opinion=False)
    if not found.equilibria:
        raise input_error(
            "timeout", f"no equilibrium was found in {timeout:g} s", "allow more time or name a reversion"
        )
    threats = tuple(min(one.payoffs[player] for one in found.equilibria) for player in (0, 1))
    return (threats[0], threats[1]), None if found.complete else NOT_ALL_KNOWN


def _named(game: Bimatrix, reversion: Any) -> Pair:
    settled = game.with_exact_ties()
    if isinstance(reversion, Equilibrium):
        fits = (len(reversion.row), len(reversion.column)) == game.shape
        holds, payoffs = fits and not any(profile_regret(settled, (reversion.row, reversion.column))), reversion.payoffs
    else:
        holds = reversion in pure_cells(settled)
        payoffs = game.at(reversion) if holds else (Fraction(0), Fraction(0))
    if not holds:
        raise input_error(
            "reversion",
            f"{reversion} is not an equilibrium of the stage game: nobody would believe the threat",
            f"name one of {pure_cells(settled)[:4] or 'those that `solve` lists'}",
        )
    return payoffs


# --------------------------------------------------------------------------------------------- one player's tests


def _own(game: Bimatrix, player: int, own: int, other: int) -> Fraction:
    """Return the payoff of the player for its own action and the action of the other."""
    return game.payoffs[0][own][other] if player == 0 else game.payoffs[1][other][own]


def _gap(game: Bimatrix, player: int, first: Fraction, second: Fraction) -> Fraction:
    """Return by how much the first payoff is better; 0 for a tie."""
    return first - second if game.comparison(player)(first, second) else Fraction(0)


def _leaving(game: Bimatrix, player: int, target: Cell, threat: Fraction) -> _Test:
    """Return the test against the best other action once and the threat ever after."""
    own, other = target[player], target[1 - player]
    reward = _own(game, player, own, other)
    others = [_own(game, player, action, other) for action in range(game.shape[player]) if action != own]
    if not others:
        return _Test(Fraction(0), Fraction(0), "")
    later = _gap(game, player, reward, threat)
    facts = {"player": game.players[player], "payoff": format_rounded(reward), "cell": game.cell_name(target)}
    lost = THREAT_REWARDS.format(**facts, threat=format_rounded(threat)) if later else THREAT_IS_EMPTY.format(**facts)
    return _Test(_gap(game, player, reward, max(others)), later, lost)


def _alternating(game: Bimatrix, player: int, target: Cell) -> _Test:
    """Return the test against leaving every other round: tempted in one round, exploited in the next."""
    own, other = target[player], target[1 - player]
    reward, tempted = _own(game, player, own, other), _own(game, player, 1 - own, other)
    exploited = _own(game, player, own, 1 - other)
    lost = LEAVES_IN_TURNS.format(
        player=game.players[player],
        cell=game.cell_name(target),
        tempted=format_rounded(tempted),
        exploited=format_rounded(exploited),
        payoff=format_rounded(reward),
    )
    half = _gap(game, player, reward, (tempted + exploited) / 2)
    return _Test(_gap(game, player, reward, tempted), 2 * half, lost)


def _patience(tests: Sequence[_Test]) -> Patience:
    """Return the discount factors that pass every test of one player."""
    passed = [_passing(test) for test in tests]
    # All tests of one player have the same first round, so all of them set a lower bound or all set an upper bound.
    return next((one for one in passed if one.least is None), None) or _shared(passed)


def _passing(test: _Test) -> Patience:
    """Return the discount factors with (1 - discount) * today + discount * later >= 0."""
    today, later = test.today, test.later
    if today >= 0 <= later:
        return Patience(Fraction(0))
    if today < 0 >= later:
        return Patience(None, None, test.lost)
    limit = today / (today - later)
    return Patience(limit) if later > 0 else Patience(Fraction(0), limit)


def _shared(passed: Sequence[Patience], clash: str | None = None) -> Patience:
    """Return the discount factors in all of several ranges, none of which is empty.

    `clash` is the note of the result where the ranges do not overlap.
    """
    least = max(one.least or Fraction(0) for one in passed)
    ends = [one.most for one in passed if one.most is not None]
    most = min(ends, default=None)
    return Patience(None, None, clash) if most is not None and least > most else Patience(least, most)
