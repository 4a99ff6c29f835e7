"""Every clause that explains a game is true of its table, and none that matters is left out.

The sentences are read back with patterns that are written here, and each claim is counted out on the payoffs, for all
576 strict and all tied 2x2 tables, whatever players and actions are called and in whichever order they are listed.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import permutations, product
from typing import Any

import pytest

from games.bimatrix import Bimatrix
from games.errors import InputError
from games.two_by_two.explanation import explain
from games.two_by_two.taxonomy import CLASSES
from tests.views.one_letter_language import OneLetterLanguage
from views.wording import games
from views.wording.translation import translate, use_language

PLAYERS = ("Ann", "Bob")
OWN = (("up", "down"), ("left", "right"))
SHARED = (("Liberalize", "Defect"), ("Liberalize", "Defect"))
CELLS = tuple(product((0, 1), (0, 1)))


def orders():
    """All 75 weak orders of four cells, as ranks from 0 without a gap."""
    ranks = product(range(4), repeat=4)
    return [each for each in ranks if set(each) == set(range(len(set(each))))]


WEAK = orders()
STRICT = list(permutations(range(4)))


def table(row, column, actions=OWN, players=PLAYERS):
    return Bimatrix(([row[:2], row[2:]], [column[:2], column[2:]]), players, actions)


# -- what is true, counted out on the payoffs


class Truth:
    """One table, by the names of its players and actions; cells are (action of the first, action of the second)."""

    def __init__(self, row, column, actions, players=PLAYERS):
        self.players, self.actions = players, actions
        names = list(product(*actions))
        self.pays = {
            players[0]: dict(zip(names, row, strict=True)),
            players[1]: dict(zip(names, column, strict=True)),
        }
        self.cells = names

    def cell(self, player, own, other):
        return (own, other) if player == self.players[0] else (other, own)

    def of(self, player):
        """The actions of a player, and those of the other."""
        return self.actions if player == self.players[0] else self.actions[::-1]

    def best(self, player, other):
        own, _ = self.of(player)
        pays = {action: self.pays[player][self.cell(player, action, other)] for action in own}
        return {action for action, pay in pays.items() if pay == max(pays.values())}

    def stable(self):
        first, second = self.players
        return {(i, j) for i, j in self.cells if i in self.best(first, j) and j in self.best(second, i)}

    def prefers(self, player, one, other):
        return self.pays[player][one] > self.pays[player][other]

    def sign(self, player, one, other):
        return self.prefers(player, one, other) - self.prefers(player, other, one)

    def preferred(self, cell):
        """The cells that both prefer to this one."""
        return {each for each in self.cells if all(self.prefers(player, each, cell) for player in self.players)}


# -- what is said, read back


def cells(text):
    return {tuple(part.split(", ")) for part in re.findall(r"\((\w+, \w+)\)", text)}


def cell(text):
    (only,) = cells(text)
    return only


class Claims:
    """What the sentences of one table have claimed so far; outcomes are checked as they are read."""

    def __init__(self, truth):
        self.truth = truth
        self.replies: dict[Any, Any] = {}
        """By player and action of the other: the best replies."""
        self.stable: set[Any] = set()
        self.better: dict[Any, Any] = {}
        """By stable outcome: what both prefer to it."""
        self.between = self.opening = False
        """Whether two stable outcomes are compared, and whether both open with neither open."""

    def reply(self, said, best):
        """A sentence about one player's replies, or about each of the two."""
        truth = self.truth
        subjects = [(said["player"], said["other"])]
        if said["player"] == "Each":
            assert said["other"] == "the other"
            assert truth.actions[0] == truth.actions[1]
            subjects = [truth.players, truth.players[::-1]]
        for player, other in subjects:
            assert {player, other} == set(truth.players)
            own, others = truth.of(player)
            for there in others:
                assert (player, there) not in self.replies
                self.replies[player, there] = best(said, own, there)

    def stands(self, said):
        self.stable = cells(said["cells"])

    def several(self, said):
        self.stable = cells(said["cells"])
        assert len(self.stable) > 1

    def nowhere(self, said):
        assert not self.truth.stable()

    def preferred(self, said):
        self.better[cell(said["worse"])] = cells(said["better"])

    def unbeaten(self, said):
        (only,) = self.stable
        self.better[only] = set()

    def compared(self, said, *, second):
        """The first player prefers `one` to `other`; `second` says what the second player makes of them."""
        one, other = cell(said["one"]), cell(said["other"])
        assert {one, other} == self.stable
        assert {said["first"], said["second"]} == set(self.truth.players)
        assert self.truth.prefers(said["first"], one, other)
        assert self.truth.sign(said["second"], other, one) == second
        self.between = True

    def equal(self, said):
        one, other = self.stable
        assert [self.truth.sign(player, one, other) for player in PLAYERS] == [0, 0]
        self.between = True

    def opens(self, said, *, gains):
        """What changes from the second actions of both to the first ones; `gains` of the players that are named."""
        truth, before, after = self.truth, cell(said["before"]), cell(said["after"])
        assert (after, before) == tuple(zip(*truth.actions, strict=True))
        named = said.groupdict()
        who = [named.get("first", truth.players[0]), named.get("second", truth.players[1])]
        assert set(who) == set(truth.players)
        assert [truth.sign(player, after, before) for player in who] == gains
        self.opening = True


REPLIES = {
    r"(?P<player>\w+) is better off with (?P<action>\w+), whatever (?P<other>.+) does\.": (
        lambda said, own, there: {said["action"]}
    ),
    r"(?P<action>\w+) is never worse for (?P<player>\w+): better if (?P<other>\w+) plays (?P<when>\w+), "
    r"equal if (?P=other) plays (?P<tied>\w+)\.": (
        lambda said, own, there: {said["when"]: {said["action"]}, said["tied"]: set(own)}[there]
    ),
    r"(?P<player>\w+) is better off with (?P<one>\w+) if (?P<other>.+) plays (?P<left>\w+), "
    r"and with (?P<two>\w+) if (?P=other) plays (?P<right>\w+)\.": (
        lambda said, own, there: {said["left"]: {said["one"]}, said["right"]: {said["two"]}}[there]
    ),
    r"(?P<player>\w+) is better off (?P<differs>not )?doing what (?P<other>.+) does\.": (
        lambda said, own, there: {action for action in own if (action == there) != bool(said["differs"])}
    ),
    r"Both actions of (?P<player>\w+) are equal for (?P=player), whatever (?P<other>\w+) does\.": (
        lambda said, own, there: set(own)
    ),
}
"""Sentences about replies: the best ones among the own actions, by the other's action."""

CHANGE = r"From (?P<before>\(.+?\)) to (?P<after>\(.+?\)) "
OUTCOMES = {
    r"Only at (?P<cells>\(\w+, \w+\)) does neither gain by changing alone\.": Claims.stands,
    r"At (?P<cells>\(.+\)) neither gains by changing alone\.": Claims.several,
    r"At every outcome one of the two gains by changing alone\.": Claims.nowhere,
    r"Both prefer (?P<better>.+) to (?P<worse>\(\w+, \w+\))\.": Claims.preferred,
    r"No other outcome is better for both\.": Claims.unbeaten,
    r"(?P<first>\w+) prefers (?P<one>\(.+\)), (?P<second>\w+) prefers (?P<other>\(.+\))\.": (
        partial(Claims.compared, second=1)
    ),
    r"(?P<first>\w+) prefers (?P<one>\(.+\)) to (?P<other>\(.+\)); (?P<second>\w+) finds them equal\.": (
        partial(Claims.compared, second=0)
    ),
    r"Both players find them equal\.": Claims.equal,
    CHANGE + r"both gain\.": partial(Claims.opens, gains=[1, 1]),
    CHANGE + r"both lose\.": partial(Claims.opens, gains=[-1, -1]),
    CHANGE + r"nothing changes for either\.": partial(Claims.opens, gains=[0, 0]),
    CHANGE + r"(?P<first>\w+) gains and (?P<second>\w+) loses\.": partial(Claims.opens, gains=[1, -1]),
    CHANGE + r"(?P<first>\w+) gains and nothing changes for (?P<second>\w+)\.": partial(Claims.opens, gains=[1, 0]),
    CHANGE + r"(?P<first>\w+) loses and nothing changes for (?P<second>\w+)\.": partial(Claims.opens, gains=[-1, 0]),
}
"""All other sentences, with what checks them."""

PATTERNS: list[tuple[re.Pattern[str], Callable[..., None]]] = [
    *((re.compile(text), partial(Claims.reply, best=best)) for text, best in REPLIES.items()),
    *((re.compile(text), act) for text, act in OUTCOMES.items()),
]


def claims(truth, sentences):
    """Read the sentences; one that is not known here is an error."""
    found = Claims(truth)
    for text in sentences:
        matches = [(act, said) for pattern, act in PATTERNS if (said := pattern.fullmatch(text))]
        assert len(matches) == 1, text
        ((act, said),) = matches
        act(found, said)
    return found


def check(truth, sentences):
    """Every sentence is known here and true; best replies, stable outcomes and what both prefer are complete."""
    found = claims(truth, sentences)
    assert found.replies == {
        (player, other): truth.best(player, other) for player in truth.players for other in truth.of(player)[1]
    }
    stable = truth.stable()
    assert found.stable == stable
    better = {each: truth.preferred(each) for each in stable}
    assert {each: others for each, others in found.better.items() if others} == {
        each: others for each, others in better.items() if others
    }
    assert all(each in found.better for each in stable if len(stable) == 1)
    assert found.between == (len(stable) == 2 and not any(others & stable for others in better.values()))
    return found


@cache
def lines(row, column, actions=OWN, players=PLAYERS):
    return tuple(games.payoff_sentences(table(row, column, actions, players)))


def test_every_clause_is_true_of_all_576_strict_tables():
    assert len(STRICT) ** 2 == 576
    for row, column in product(STRICT, STRICT):
        assert not check(Truth(row, column, OWN), lines(row, column)).opening


def test_every_clause_is_true_of_all_tied_tables():
    assert (len(WEAK), len(WEAK) ** 2) == (75, 5625)
    for row, column in product(WEAK, WEAK):
        check(Truth(row, column, OWN), lines(row, column))


def test_every_clause_is_true_where_both_have_the_same_actions_and_who_gains_by_opening_is_never_left_out():
    """With actions called Liberalize the tables are about opening."""
    for row, column in product(WEAK, WEAK):
        truth = Truth(row, column, SHARED)
        said = lines(row, column, SHARED)
        opened = check(truth, said).opening
        both, neither = (("Liberalize", "Liberalize"), ("Defect", "Defect"))
        stable = truth.stable()
        told = stable == {both, neither} or any(
            better in truth.preferred(worse) and worse in stable for better, worse in ((both, neither), (neither, both))
        )
        assert opened == (not told)


RELABELLED = {
    "rows": lambda row, column: ((row[2], row[3], row[0], row[1]), (column[2], column[3], column[0], column[1])),
    "columns": lambda row, column: ((row[1], row[0], row[3], row[2]), (column[1], column[0], column[3], column[2])),
    "players": lambda row, column: ((column[0], column[2], column[1], column[3]), (row[0], row[2], row[1], row[3])),
}


def renamed(change):
    """Names of actions and players in the order of the changed table."""
    (up, down), (left, right) = OWN
    return {
        "rows": (((down, up), (left, right)), PLAYERS),
        "columns": (((up, down), (right, left)), PLAYERS),
        "players": (OWN[::-1], PLAYERS[::-1]),
    }[change]


@pytest.mark.parametrize("change", RELABELLED)
def test_another_order_of_rows_columns_or_players_changes_no_claim(change):
    """Every order of the first player with every fourth of the second; all of them are counted out above."""
    actions, players = renamed(change)
    for row, column in product(WEAK, WEAK[::4]):
        moved = RELABELLED[change](row, column)
        truth, there = Truth(row, column, OWN), Truth(*moved, actions, players)
        said = lines(*moved, actions, players)
        one, other = check(truth, lines(row, column)), check(there, said)
        way = -1 if change == "players" else 1
        assert one.replies == other.replies
        assert one.stable == {each[::way] for each in other.stable}
        assert one.better == {worse[::way]: {each[::way] for each in better} for worse, better in other.better.items()}


# -- the facts behind the sentences


@pytest.mark.parametrize("column", WEAK[::7])
def test_the_facts_are_those_counted_out(column):
    for row in WEAK:
        game, truth = table(row, column), Truth(row, column, OWN)
        facts = explain(game)
        for player, name in enumerate(PLAYERS):
            own, others = truth.of(name)
            best = [truth.best(name, other) for other in others]
            assert [{own[action] for action in replies} for replies in facts.best_replies[player]] == best
            never_worse = [action for action in own if all(action in replies for replies in best)]
            found = facts.dominant[player]
            if len(never_worse) == 1:
                assert found is not None
                assert (own[found.action], found.strict) == (never_worse[0], best == [{never_worse[0]}] * 2)
            else:
                assert found is None
        named = {(i, j): (OWN[0][i], OWN[1][j]) for i, j in CELLS}
        assert {(OWN[0][i], OWN[1][j]) for i, j in facts.equilibria} == truth.stable()
        assert set(facts.both_prefer) == {
            (one, other) for one, other in permutations(CELLS, 2) if named[one] in truth.preferred(named[other])
        }
        gains = [row[0] - row[3], column[0] - column[3]]
        assert [(gain > 0) - (gain < 0) for gain in gains] == list(facts.opening)


def test_differences_below_the_tolerance_are_ties_in_every_sentence():
    """Noise in the last digits of a derived game changes no sentence; the same noise without a tolerance does."""
    noise = [[[0, 4e-7], [-3e-7, 2e-7]], [[1e-7, 0], [3e-7, -4e-7]]]
    changed = 0
    for row, column in product(WEAK[1::5], WEAK[1::3]):
        plain = table(row, column, SHARED)
        payoffs = [
            [[float(x) + y for x, y in zip(*pair, strict=True)] for pair in zip(*side, strict=True)]
            for side in zip(plain.array().tolist(), noise, strict=True)
        ]
        noisy = Bimatrix(payoffs, PLAYERS, SHARED, tolerance="1e-6")
        assert games.payoff_sentences(noisy) == games.payoff_sentences(plain)
        changed += games.payoff_sentences(Bimatrix(payoffs, PLAYERS, SHARED)) != games.payoff_sentences(plain)
    assert changed


def test_only_tables_of_two_by_two_are_explained():
    large = Bimatrix([[[1, 2, 3]] * 2] * 2)
    assert games.payoff_sentences(large) == []
    assert games.full_explanation(large) == "A game of 2 × 3 actions: only 2 × 2 games have a class."
    with pytest.raises(InputError, match="2 x 3"):
        explain(large)


def test_every_class_of_the_contract_has_a_name_and_bully_its_quotes():
    assert set(games.NAMES) == set(CLASSES)
    assert games.NAMES["bully"] == "“Bully” game"


# -- in another language


@pytest.mark.parametrize("column", WEAK[::11])
def test_every_sentence_can_be_translated(column):
    """Only the names of the table stay as they are."""
    named = {*PLAYERS, *OWN[0], *OWN[1], *SHARED[0], "x"}
    for row, actions in product(WEAK, (OWN, SHARED)):
        game = table(row, column, actions)
        texts = [games.full_explanation(game, aliases=True), games.short_explanation(game), games.signing_answer(game)]
        with use_language(OneLetterLanguage()):
            words = set(re.findall(r"[^\W\d_]+", " ".join(map(translate, texts))))
        assert words <= named, words - named
