"""All sentences that explain a game, on the screen and in a terminal.

The class of a game is only a name. The sentences are built from the facts that `games.two_by_two.explanation` derives
from the payoffs, with the names of the table's players and actions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from games.bimatrix import Bimatrix, Cell
from games.display import join_with_and
from games.messages import join_messages, message
from games.summary import has_liberalize_first
from games.two_by_two.explanation import CLOSED, OPEN, Dominant, Explanation, explain
from games.two_by_two.taxonomy import ALIASES, classify

NAMES: Mapping[str, str] = {
    "stag-hunt": message("Cooperation game (stag hunt)"),
    "bully": message("“Bully” game"),
    "prisoners-dilemma": message("Prisoner’s dilemma"),
    "chicken": message("Chicken"),
    "harmony": message("Harmony"),
    "deadlock": message("Deadlock"),
    "battle-of-the-sexes": message("Battle of the sexes"),
    "coordination": message("Coordination game"),
    "matching-pennies": message("Matching pennies"),
    "unnamed": message("A game without a name"),
}
"""Display names of the classes of 2x2 games."""
NAMES_IN_SENTENCES: Mapping[str, str] = {
    "stag-hunt": message("stag hunt"),
    "bully": message("bully"),
    "prisoners-dilemma": message("prisoner's dilemma"),
    "chicken": message("chicken"),
    "harmony": message("harmony"),
    "deadlock": message("deadlock"),
    "battle-of-the-sexes": message("battle of the sexes"),
    "coordination": message("coordination"),
    "matching-pennies": message("matching pennies"),
    "unnamed": message("a game without a name"),
}
"""The classes of 2x2 games in the middle of a sentence."""
CLASS = message("{name}.")

ALSO = message("Also: {alias}.")
LARGER = message("A game of {rows} × {columns} actions: only 2 × 2 games have a class.")

STRICTLY = message("{player} is better off with {action}, whatever {other} does.")
WEAKLY = message("{action} is never worse for {player}: better if {other} plays {when}, equal if {other} plays {tied}.")
DEPENDS = message(
    "{player} is better off with {first} if {other} plays {left}, and with {second} if {other} plays {right}."
)
SAME = message("{player} is better off doing what {other} does.")
OPPOSITE = message("{player} is better off not doing what {other} does.")
INDIFFERENT = message("Both actions of {player} are equal for {player}, whatever {other} does.")
EACH_STRICTLY = message("Each is better off with {action}, whatever the other does.")
EACH_SAME = message("Each is better off doing what the other does.")
EACH_OPPOSITE = message("Each is better off not doing what the other does.")

ONLY = message("Only at {cell} does neither gain by changing alone.")
SEVERAL = message("At {cells} neither gains by changing alone.")
NOWHERE = message("At every outcome one of the two gains by changing alone.")
PREFERRED = message("Both prefer {better} to {cell}.")
UNBEATEN = message("No other outcome is better for both.")
RIVALS = message("{first} prefers {one}, {second} prefers {other}.")
LEANING = message("{player} prefers {one} to {other}; {indifferent} finds them equal.")
EQUAL = message("Both players find them equal.")

OPENING: Mapping[tuple[int, int], str] = {
    (1, 1): message("From {closed} to {open} both gain."),
    (-1, -1): message("From {closed} to {open} both lose."),
    (1, -1): message("From {closed} to {open} {first} gains and {second} loses."),
    (1, 0): message("From {closed} to {open} {first} gains and nothing changes for {second}."),
    (-1, 0): message("From {closed} to {open} {first} loses and nothing changes for {second}."),
    (0, 0): message("From {closed} to {open} nothing changes for either."),
}
"""Sentences by the sign of the change for the first and for the second player.

The other three cases swap the players.
"""

SIGN = message("Yes, if each trusts the other.")
OPEN_ALONE = message("Yes. Opening is the only stable outcome.")
OPEN_STABLE = message("Yes. Opening is stable, staying closed is not.")
RELUCTANT = message("Opening is stable, but {who} would be better off with neither open.")
RELUCTANT_BOTH = message("Opening is stable, but both would be better off with neither open.")
ALIKE = message("Opening and staying closed are both stable, and worth the same to both.")
CLOSED_ALONE = message("No. Staying closed is the only stable outcome.")
CLOSED_STABLE = message("No. Staying closed is stable, opening is not.")
ONE_SIDED = message("No. One side would open alone.")
RESTLESS = message("Neither: no outcome is stable.")


def class_sentence(game: Bimatrix) -> str:
    """Return the class of a game of two players as a sentence, such as "Chicken." for a game of that name.

    A game that is not 2x2 has no class: the sentence tells its size.
    """
    if game.shape != (2, 2):
        rows, columns = game.shape
        return LARGER.format(rows=rows, columns=columns)
    return CLASS.format(name=NAMES[classify(game).name])


def full_explanation(game: Bimatrix, *, aliases: bool = False) -> str:
    """Return the text that explains a game: the name of its class, and the sentences on its payoffs.

    With `aliases` the other names of the class are part of the text.
    """
    called = class_sentence(game)
    alias = ALIASES.get(classify(game).name, "") if aliases else ""
    also = [ALSO.format(alias=alias)] if alias and alias not in called.lower() else []
    return join_messages(" ", [called, *also, *payoff_sentences(game)])


def short_explanation(game: Bimatrix) -> str:
    """Return the short text that explains a game: the name of its class, and how each player replies to the other."""
    return (
        join_messages(" ", [class_sentence(game), *_replies(game, explain(game))])
        if game.shape == (2, 2)
        else class_sentence(game)
    )


def payoff_sentences(game: Bimatrix) -> list[str]:
    """Return the sentences on the payoffs of a 2x2 game, one text each; an empty list for a larger game.

    They tell how each player replies to the other, which outcomes are stable, and what both prefer.
    """
    if game.shape != (2, 2):
        return []
    facts = explain(game)
    return [*_replies(game, facts), *_stable(game, facts), *_compared(game, facts), *_opening(game, facts)]


def signing_answer(game: Bimatrix) -> str:
    """Return the answer to the question whether both players of a 2x2 game would sign an agreement to open.

    The first action of each player is to open, the second is to stay closed.
    """
    facts = explain(game)
    stable = set(facts.equilibria)
    if OPEN in stable:
        return _opened(game, facts, stable)
    if not stable:
        return RESTLESS
    if CLOSED not in stable:
        return ONE_SIDED
    return CLOSED_ALONE if stable == {CLOSED} else CLOSED_STABLE


def _opened(game: Bimatrix, facts: Explanation, stable: Collection[Cell]) -> str:
    losers = [player for player, sign in zip(game.players, facts.opening, strict=True) if sign < 0]
    if losers:
        return RELUCTANT_BOTH if len(losers) == 2 else RELUCTANT.format(who=losers[0])
    if CLOSED in stable:
        return SIGN if any(facts.opening) else ALIKE
    return OPEN_ALONE if len(stable) == 1 else OPEN_STABLE


# -- who replies how


def _replies(game: Bimatrix, facts: Explanation) -> list[str]:
    """Return one sentence per player; one for both where it is the same."""
    alike = game.actions[0] == game.actions[1]
    if alike and facts.best_replies[0] == facts.best_replies[1] and len(_distinct(facts)) == 2:
        return [_common_reply(game, facts)]
    first, second = game.players
    columns_first = (game.actions[1], game.actions[0])
    return [_reply(first, second, game.actions, facts, 0), _reply(second, first, columns_first, facts, 1)]


def _common_reply(game: Bimatrix, facts: Explanation) -> str:
    """Return how both reply, where the two have the same actions and the same unique best replies."""
    dominant = facts.dominant[0]
    if dominant is not None:
        return EACH_STRICTLY.format(action=game.actions[0][dominant.action])
    return EACH_SAME if 0 in facts.best_replies[0][0] else EACH_OPPOSITE


def _distinct(facts: Explanation) -> list[int]:
    """Return the first player's best replies that are unique."""
    return [min(best) for best in facts.best_replies[0] if len(best) == 1]


def _reply(player: str, other: str, actions: Sequence[Sequence[str]], facts: Explanation, side: int) -> str:
    """Return how one player replies; `actions` holds the player's own actions, then the other's."""
    own, others = actions
    best, dominant = facts.best_replies[side], facts.dominant[side]
    if dominant is not None:
        return _dominated(player, other, (own[dominant.action], others), dominant, best)
    if len(best[0]) == 2:
        return INDIFFERENT.format(player=player, other=other)
    first, second = (min(replies) for replies in best)
    if own == others:
        return (SAME if first == 0 else OPPOSITE).format(player=player, other=other)
    left, right = others
    return DEPENDS.format(player=player, other=other, first=own[first], second=own[second], left=left, right=right)


def _dominated(
    player: str,
    other: str,
    names: tuple[str, Sequence[str]],
    dominant: Dominant,
    best: tuple[frozenset[int], frozenset[int]],
) -> str:
    """Return the sentence on a dominant action; `names` holds that action and the actions of the other player."""
    action, others = names
    if dominant.strict:
        return STRICTLY.format(player=player, action=action, other=other)
    tied = 0 if len(best[0]) == 2 else 1
    return WEAKLY.format(player=player, action=action, other=other, when=others[1 - tied], tied=others[tied])


# -- what is stable, and what both prefer


def _stable(game: Bimatrix, facts: Explanation) -> list[str]:
    cells = [game.cell_name(cell) for cell in facts.equilibria]
    if not cells:
        return [NOWHERE]
    return [ONLY.format(cell=cells[0]) if len(cells) == 1 else SEVERAL.format(cells=join_with_and(cells))]


def _compared(game: Bimatrix, facts: Explanation) -> list[str]:
    """Return what both prefer to a stable outcome, and how they differ between two stable outcomes."""
    better = {cell: facts.better_for_both(cell) for cell in facts.equilibria}
    told = [
        PREFERRED.format(better=join_with_and([game.cell_name(other) for other in others]), cell=game.cell_name(cell))
        for cell, others in better.items()
        if others
    ]
    if len(better) == 1 and not told:
        return [UNBEATEN]
    return [*told, *_differing(game, facts)]


def _differing(game: Bimatrix, facts: Explanation) -> list[str]:
    """Return how the players compare two stable outcomes of which neither is better for both."""
    if facts.choice is None or abs(sum(facts.choice)) == 2:
        return []
    cells = [game.cell_name(cell) for cell in facts.equilibria]
    favourite = [cells[0] if sign > 0 else cells[1] for sign in facts.choice]
    if not any(facts.choice):
        return [EQUAL]
    if all(facts.choice):
        (first, second), (one, other) = game.players, favourite
        return [RIVALS.format(first=first, one=one, second=second, other=other)]
    leans = 0 if facts.choice[0] else 1
    (other,) = set(cells) - {favourite[leans]}
    player, indifferent = game.players[leans], game.players[1 - leans]
    return [LEANING.format(player=player, one=favourite[leans], other=other, indifferent=indifferent)]


def _opening(game: Bimatrix, facts: Explanation) -> list[str]:
    """Return who gains and who loses when both open; [] for other games and where this has been stated."""
    if not has_liberalize_first(game) or _said(facts):
        return []
    players, signs = game.players, facts.opening
    if signs not in OPENING:
        players, signs = (players[1], players[0]), (signs[1], signs[0])
    first, second = players
    return [OPENING[signs].format(open=game.cell_name(OPEN), closed=game.cell_name(CLOSED), first=first, second=second)]


def _said(facts: Explanation) -> bool:
    """Return whether the sentences on stable outcomes already compare "both open" with "neither opens"."""
    stable = set(facts.equilibria)
    if len(stable) == 2 and stable == {OPEN, CLOSED}:
        return True
    pairs = ((OPEN, CLOSED), (CLOSED, OPEN))
    return any(pair in facts.both_prefer and pair[1] in stable for pair in pairs)
