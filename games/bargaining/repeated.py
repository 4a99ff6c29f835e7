"""Play without a last round: how patient must the players be to keep to a cell that tempts them today?

The same game is played for ever, and the payoff of the next round counts `discount` times that of this one, with
0 <= discount < 1. Discounted payoffs are averages: a player who gets x in every round has x. Three readings:

- **Grim trigger.** Both play the target cell until somebody leaves it, and a stage equilibrium ever after
  (Friedman 1971). The reversion may be named; else each deviator meets the stage equilibrium that is worst for it,
  which asks for the least patience that any such threat can. These plans are subgame perfect.
- **Tit for tat**, for 2x2 games: begin with the target's action, then do what the other has just done, where an
  action of the target answers an action of the target (Axelrod 1984). Two deviations are enough to look at: to
  leave for ever, and to leave every other round. Where neither pays the pair is a Nash equilibrium, seldom a
  subgame perfect one.
- **Folk theorem.** A player who gets less than its security level leaves at any discount factor, whatever the
  plan. Where both get strictly more some plan works, if they are patient enough (Fudenberg and Maskin 1986).

For the prisoner's dilemma with T > R > P > S the first two are Axelrod's (T - R) / (T - P), and the larger of that
and (T - R) / (R - S). Every test has the form (1 - discount) * today + discount * later >= 0: what keeping to the
target is worth against one deviation, in its first round alone and in the long run. All numbers are exact; payoffs
closer than the game's tolerance count as equal.
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
from games.equilibria.solve import pure_cells, regret, solve
from games.errors import refuse
from games.exact_numbers import glance

Plan: TypeAlias = Literal["grim trigger", "tit for tat"]
Verdict: TypeAlias = Literal["within reach", "at the edge", "out of reach"]


class Patience(NamedTuple):
    """The discount factors with which the target is kept: from `least` up to `most`, both included.

    `least` is the critical discount factor: 0 where no patience is needed, None where none is enough, and then
    `note` says why. `most` is None where every larger one below 1 will do, which is the usual case; it is a number
    where the threat would be a reward for those who can wait for it.
    """

    least: Fraction | None
    most: Fraction | None = None
    note: str | None = None

    def keeps(self, discount: Fraction | float) -> bool:
        """Whether the target is kept at this discount factor, below 1."""
        return self.least is not None and self.least <= discount < 1 and (self.most is None or discount <= self.most)


@dataclass(frozen=True, slots=True)
class Upheld:
    """How much patience one plan asks for."""

    plan: Plan
    target: Cell
    players: tuple[Patience, Patience]
    overall: Patience
    """Both players at once."""
    threats: Pair
    """What each player gets in every round for which it is punished."""
    note: str | None = None
    """What stands between this answer and a full one; None when nothing does."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the folk theorem says of a target cell."""

    target: Cell
    payoffs: Pair
    security: Pair
    """What each player can make sure of alone."""
    verdict: Verdict
    """`within reach` of patient players, `at the edge` (the theorem is silent), `out of reach` at any patience."""
    note: str


class _Test(NamedTuple):
    """Keeping to the target against one deviation."""

    today: Fraction
    later: Fraction
    lost: str
    """Why no patience is enough where both are against the target."""


# --------------------------------------------------------------------------------------------- the three readings


def grim_trigger(
    game: Bimatrix, target: Cell = (0, 0), reversion: Cell | Equilibrium | None = None, timeout: float = 10.0
) -> Upheld:
    """The patience with which reversion to a stage equilibrium keeps both players at the target (Friedman 1971).

    `reversion`: a cell that is an equilibrium, or one of those that `solve` lists; by default the one that is worst
    for whoever deviates, found within `timeout` seconds. Raises InputError for a target that is no cell and for a
    reversion that is no equilibrium.
    """
    start = time.perf_counter()
    _check(game, target)
    threats, note = _worst(game, timeout) if reversion is None else (_named(game, reversion), None)
    tests = [[_leaving(game, player, target, threats[player])] for player in (0, 1)]
    return _upheld(game, "grim trigger", target, tests, threats, note, start + timeout)


def tit_for_tat(game: Bimatrix, target: Cell = (0, 0)) -> Upheld:
    """The patience with which tit for tat is a best reply to itself (Axelrod 1984).

    Raises InputError for a game that is not 2x2, where "what the other has done" has no one meaning, and for a
    target that is no cell.
    """
    if game.shape != (2, 2):
        raise refuse(
            "game", f"tit for tat needs a 2x2 game, this one is {game.shape[0]} x {game.shape[1]}", "use grim trigger"
        )
    _check(game, target)
    threats = game.at((1 - target[0], 1 - target[1]))
    tests = [[_leaving(game, player, target, threats[player]), _alternating(game, player, target)] for player in (0, 1)]
    return _upheld(game, "tit for tat", target, tests, threats)


def reach(game: Bimatrix, target: Cell = (0, 0), deadline: float = inf) -> Reach:
    """Whether any plan at all can keep patient players at the target: its payoffs beside the security levels.

    Raises InputError for a target that is no cell; TimeoutError as in `games.equilibria.security`.
    """
    _check(game, target)
    payoffs, levels = game.at(target), security(game, deadline)
    signs = [_gap(game, player, payoffs[player], levels[player]) for player in (0, 1)]
    if min(signs) > 0:
        note = f"Both get more at {game.named(target)} than alone: patient players can keep to it (folk theorem)."
        return Reach(target, payoffs, levels, "within reach", note)
    player = signs.index(min(signs))
    gets = f"{game.players[player]} gets {glance(payoffs[player])} at {game.named(target)}"
    if signs[player]:
        note = f"{gets} and can make sure of {glance(levels[player])} alone: no plan keeps it there, at any patience."
        return Reach(target, payoffs, levels, "out of reach", note)
    note = f"{gets}, no more than alone: no threat can make it worse off, and the folk theorem is silent."
    return Reach(target, payoffs, levels, "at the edge", note)


def _check(game: Bimatrix, target: Cell) -> None:
    if target not in game.cells():
        rows, columns = game.shape
        raise refuse("target", f"{target} is not a cell of a {rows} x {columns} game", "count from 0: row,column")


# ---------------------------------------------------------------------------------------------- from tests to plan


def _upheld(
    game: Bimatrix,
    plan: Plan,
    target: Cell,
    tests: Sequence[Sequence[_Test]],
    threats: Pair,
    note: str | None = None,
    deadline: float = inf,
) -> Upheld:
    first, second = (_patience(tests[player]) for player in (0, 1))
    overall = _both(game, target, (first, second), deadline)
    notes = [told for told in (note, ORDINAL if game.scale == "ordinal" else None) if told]
    return Upheld(plan, target, (first, second), overall, threats, " ".join(notes) or None)


def _both(game: Bimatrix, target: Cell, players: tuple[Patience, Patience], deadline: float) -> Patience:
    notes = [one.note for one in players if one.note]
    if not notes:
        return _shared(players, f"No one discount factor keeps both players at {game.named(target)}.")
    return Patience(None, None, _hopeless(game, target, deadline) or " ".join(notes))


def _hopeless(game: Bimatrix, target: Cell, deadline: float) -> str | None:
    """Why no other plan would do better, if time allows to tell."""
    try:
        found = reach(game, target, deadline)
    except TimeoutError:
        return None
    return found.note if found.verdict == "out of reach" else None


# ------------------------------------------------------------------------------------------------------- threats


def _worst(game: Bimatrix, timeout: float) -> tuple[Pair, str | None]:
    """For each player the worst stage equilibrium; in a continuum the worst point is one of its extremes."""
    found = solve(game, timeout, opinion=False)
    if not found.equilibria:
        raise refuse("timeout", f"no equilibrium was found in {timeout:g} s", "allow more time or name a reversion")
    threats = tuple(min(one.payoffs[player] for one in found.equilibria) for player in (0, 1))
    note = "Not all stage equilibria are known: a harsher threat may exist, and less patience may do."
    return (threats[0], threats[1]), None if found.complete else note


def _named(game: Bimatrix, reversion: Any) -> Pair:
    settled = game.settled()
    if isinstance(reversion, Equilibrium):
        fits = (len(reversion.row), len(reversion.column)) == game.shape
        holds, payoffs = fits and not any(regret(settled, (reversion.row, reversion.column))), reversion.payoffs
    else:
        holds = reversion in pure_cells(settled)
        payoffs = game.at(reversion) if holds else (Fraction(0), Fraction(0))
    if not holds:
        raise refuse(
            "reversion",
            f"{reversion} is not an equilibrium of the stage game: nobody would believe the threat",
            f"name one of {pure_cells(settled)[:4] or 'those that `solve` lists'}",
        )
    return payoffs


# --------------------------------------------------------------------------------------------- one player's tests


def _own(game: Bimatrix, player: int, own: int, other: int) -> Fraction:
    """What the player gets from its own action against that of the other."""
    return game.payoffs[0][own][other] if player == 0 else game.payoffs[1][other][own]


def _gap(game: Bimatrix, player: int, first: Fraction, second: Fraction) -> Fraction:
    """How much better the first payoff is; 0 where the player does not notice."""
    return first - second if game.comparison(player)(first, second) else Fraction(0)


def _leaving(game: Bimatrix, player: int, target: Cell, threat: Fraction) -> _Test:
    """To take the best other action once and the threat ever after."""
    own, other = target[player], target[1 - player]
    reward = _own(game, player, own, other)
    others = [_own(game, player, action, other) for action in range(game.shape[player]) if action != own]
    if not others:
        return _Test(Fraction(0), Fraction(0), "")
    later = _gap(game, player, reward, threat)
    turn = f"gives it more: {glance(threat)}" if later else "is no worse"
    lost = f"{game.players[player]} gets {glance(reward)} at {game.named(target)}, and the threat {turn}."
    return _Test(_gap(game, player, reward, max(others)), later, lost)


def _alternating(game: Bimatrix, player: int, target: Cell) -> _Test:
    """To leave and to come back in turns, against tit for tat: tempted in one round, exploited in the next."""
    own, other = target[player], target[1 - player]
    reward, tempted = _own(game, player, own, other), _own(game, player, 1 - own, other)
    exploited = _own(game, player, own, 1 - other)
    lost = (
        f"{game.players[player]} does no worse by leaving {game.named(target)} every other round: "
        f"{glance(tempted)} and {glance(exploited)} in turns for {glance(reward)}."
    )
    half = _gap(game, player, reward, (tempted + exploited) / 2)
    return _Test(_gap(game, player, reward, tempted), 2 * half, lost)


def _patience(tests: Sequence[_Test]) -> Patience:
    """The discount factors that pass every test of one player."""
    passed = [_passing(test) for test in tests]
    # All tests of one player share the first round, so that they ask for patience together or for haste together.
    return next((one for one in passed if one.least is None), None) or _shared(passed)


def _passing(test: _Test) -> Patience:
    """Where (1 - discount) * today + discount * later >= 0."""
    today, later = test.today, test.later
    if today >= 0 <= later:
        return Patience(Fraction(0))
    if today < 0 >= later:
        return Patience(None, None, test.lost)
    limit = today / (today - later)
    return Patience(limit) if later > 0 else Patience(Fraction(0), limit)


def _shared(passed: Sequence[Patience], clash: str | None = None) -> Patience:
    """The discount factors in all of several ranges, none of which is empty; `clash` where they do not meet."""
    least = max(one.least or Fraction(0) for one in passed)
    ends = [one.most for one in passed if one.most is not None]
    most = min(ends, default=None)
    return Patience(None, None, clash) if most is not None and least > most else Patience(least, most)
