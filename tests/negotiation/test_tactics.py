"""Software at the table: what no delegation ever does, and what each tactic is known for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, product
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bargaining.frontier import pareto_efficient
from negotiation.protocols.engine import PROTOCOLS, advance, replay_talks
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Request, Shock, Vote, Walk, Withdraw
from negotiation.protocols.playout import run_talks
from negotiation.protocols.state import Rules, Talks, View, open_talks, view
from negotiation.tactics.registry import REGISTRY, TACTICS, Brief, Mover, make_tactic

SHAPE = (4, 4)
GRID = np.indices(SHAPE, dtype=np.int8).reshape(2, -1).T
RISING = np.linspace(0.0, 1.0, 16)
"""Own values that rise with the number of the package."""

Case: TypeAlias = tuple[Talks, tuple[Brief, Brief], tuple[str, str]]
"""Finished talks, what each side brought, and the tactics they played."""

CONCESSIONS = ("boulware", "linear", "conceder")


def rules(protocol: str = "alternating", rounds: int = 6, returns: int = 1) -> Rules:
    """Party 0 alone concedes the first ladder, party 1 the second."""
    return Rules(protocol, 16, ((1,), (1,)), rounds, returns, SHAPE, ((0,), (1,)))


def brief(values: np.ndarray, reserve: float = 0.0, grid: np.ndarray = GRID) -> Brief:
    return Brief(values, values > reserve, grid, reserve)


def seated(name: str, own: Brief, seed: int = 0) -> Mover:
    return make_tactic(name, own, np.random.default_rng(seed))


def offers(talks: Talks, party: int) -> list[int]:
    return [move.package for move in talks.moves if isinstance(move, Offer) and move.party == party]


def steps(talks: Talks) -> Iterator[tuple[Talks, Move]]:
    """Every move, with the talks before it."""
    return zip(accumulate(talks.moves, advance, initial=open_talks(talks.rules)), talks.moves, strict=False)


def agreeable(_: Talks) -> int:
    return 1


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A delegation with any values and any mandate, even a contradictory one."""
    masks = st.lists(st.booleans(), min_size=16, max_size=16).map(np.array)
    tenths = st.lists(st.integers(-10, 10), min_size=16, max_size=16)
    values = np.array(draw(tenths)) / 10
    return Brief(
        values,
        values > 0.0,
        GRID,
        win_set=draw(st.none() | masks),
        red_lines=draw(st.none() | masks),
        priorities=draw(st.sampled_from([(), (1,), (1, 0)])),
    )


@st.composite
def played(draw: st.DrawFn, one: str | None = None, protocols: tuple[str, ...] = PROTOCOLS) -> Case:
    """Talks of any two tactics over any two briefs, with a vote at home that lets only some packages pass."""
    sides = draw(briefs()), draw(briefs())
    names = one or draw(st.sampled_from(TACTICS)), draw(st.sampled_from(TACTICS))
    passing = draw(st.lists(st.sampled_from([-1, 1]), min_size=16, max_size=16))
    set_up = rules(draw(st.sampled_from(protocols)), draw(st.integers(1, 12)), draw(st.integers(0, 2)))
    movers = [seated(name, side, seed) for seed, (name, side) in enumerate(zip(names, sides, strict=True))]

    def choosy(talks: Talks) -> int:
        return passing[talks.standing or 0]

    return run_talks(set_up, movers, [[choosy], [agreeable]]), sides, names


# ---- laws of every tactic


@settings(max_examples=200)
@given(played())
def test_every_move_is_legal_and_nobody_offers_or_accepts_what_it_may_not_sign(case: Case):
    talks, sides, names = case
    assert talks.over
    for before, move in steps(talks):
        if isinstance(move, PhaseEnd | Vote | Shock):
            continue
        own = sides[move.party]
        may_sign = own.ratifiable() if names[move.party] == "mandate-bound" else own.signable()
        if isinstance(move, Offer):
            assert may_sign[move.package]
            assert own.acceptable[move.package]
            assert move.package not in before.rejected
        if isinstance(move, Accept):
            assert may_sign[before.standing]


@pytest.mark.parametrize(("one", "other"), list(product(TACTICS, TACTICS)))
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_tactic_talks_to_every_other(one: str, other: str, protocol: str):
    sides = brief(0.1 + GRID[:, 1] - 0.2 * GRID[:, 0]), brief(0.1 + GRID[:, 0] - 0.3 * GRID[:, 1])
    talks = run_talks(rules(protocol), [seated(one, sides[0]), seated(other, sides[1])], [[agreeable], [agreeable]])
    assert talks.ending
    assert replay_talks(talks.rules, talks.moves) == talks


@given(st.sampled_from(TACTICS), st.sampled_from(PROTOCOLS), briefs(), briefs())
def test_a_delegation_remembers_nothing_but_what_lies_on_the_table(name: str, protocol: str, mine: Brief, yours: Brief):
    """Made anew before every move, on the same random stream, it says the same."""
    stream = np.random.default_rng(1)

    def forgetful(seen: View) -> Move:
        mover = make_tactic(name, mine, stream)
        return mover(seen)

    yes = [[agreeable], [agreeable]]
    talks = run_talks(rules(protocol), [seated(name, mine, 1), seated("linear", yours)], yes)
    assert run_talks(rules(protocol), [forgetful, seated("linear", yours)], yes) == talks


@pytest.mark.parametrize("name", TACTICS)
def test_with_nothing_acceptable_a_delegation_hears_one_proposal_and_walks(name: str):
    poor = seated(name, brief(RISING, reserve=2.0))
    start = open_talks(rules())
    assert poor(view(start, 0)) == Hold(0)
    heard = advance(start, Offer(0, 3))
    assert isinstance(poor(view(heard, 1)), Walk)


@pytest.mark.parametrize("name", TACTICS)
def test_what_has_failed_at_home_is_not_offered_again(name: str):
    talks = open_talks(rules())._replace(rejected=tuple(range(1, 15)))
    mover = seated(name, brief(RISING))
    assert mover(view(talks, 0)) == Offer(0, 15)
    spent = talks._replace(rejected=tuple(range(1, 16)))
    assert isinstance(mover(view(spent, 0)), Walk)


@pytest.mark.parametrize("name", TACTICS)
def test_whoever_is_offered_the_best_takes_it(name: str):
    talks = advance(open_talks(rules()), Offer(0, 15))
    assert seated(name, brief(RISING))(view(talks, 1)) == Accept(1)


def test_every_tactic_has_a_label_a_summary_and_its_name():
    assert {name: tactic.name for name, tactic in REGISTRY.items()} == {name: name for name in TACTICS}
    assert len({tactic.label for tactic in REGISTRY.values()}) == len(TACTICS)
    assert REGISTRY["mandate-bound"].description == "Mandate-bound: only what passes at home"


def test_every_tactic_names_its_source():
    assert all(tactic.source.endswith(")") for tactic in REGISTRY.values())


# ---- concessions


@pytest.mark.parametrize("name", CONCESSIONS)
def test_concessions_run_from_the_best_to_the_worst_acceptable_package(name: str):
    talks = run_talks(rules(rounds=9), [seated(name, brief(RISING)), lambda seen: Hold(seen.party)], [[agreeable]] * 2)
    own = offers(talks, 0)
    assert (own[0], own[-1]) == (15, 1)
    assert own == sorted(own, reverse=True)


def test_boulware_concedes_later_than_linear_and_linear_later_than_conceder():
    silent = [
        run_talks(rules(rounds=9), [seated(name, brief(RISING)), lambda seen: Hold(seen.party)], [[agreeable]] * 2)
        for name in CONCESSIONS
    ]
    for late, even, early in zip(*(offers(talks, 0) for talks in silent), strict=True):
        assert late >= even >= early
    assert offers(silent[0], 0)[4] > offers(silent[1], 0)[4] > offers(silent[2], 0)[4]


@given(played("hardliner"))
def test_a_hardliner_gives_up_nothing_but_what_failed_at_home(case: Case):
    talks, sides, _ = case
    own = sides[0].values
    for before, move in steps(talks):
        if isinstance(move, Offer) and move.party == 0:
            still = sides[0].signable() & ~np.isin(np.arange(16), [0, *before.rejected])
            pledge = before.pledges[0] if before.pledges else None
            if pledge is not None:
                still &= GRID[:, 0] >= GRID[pledge, 0]
            assert own[move.package] == own[still].max()


@given(played("micro", ("alternating",)))
def test_micro_stays_at_most_one_package_ahead(case: Case):
    """de Jonge (2022): a new package only for a new package. An acceptance counts as an offer of what it accepts."""
    talks, _, _ = case
    mine: set[int] = set()
    yours: set[int] = set()
    for before, move in steps(talks):
        match move:
            case Offer(party, package):
                (yours if party else mine).add(package)
            case Accept(party) if party == 1 and before.standing is not None:
                yours.add(before.standing)
            case _:
                continue
        assert len(mine) <= len(yours) + 1


def test_two_micros_walk_down_their_rankings_until_these_meet():
    """On opposed rankings of the same 15 packages each concedes one a round: they meet in the middle."""
    sides = brief(RISING), brief(1.0 - RISING, reserve=-1.0)
    talks = run_talks(rules(rounds=12), [seated("micro", side) for side in sides], [[agreeable]] * 2)
    assert offers(talks, 0) == [15, 14, 13, 12, 11, 10, 9, 8]
    assert offers(talks, 1) == [1, 2, 3, 4, 5, 6, 7]
    assert (talks.deal, talks.moves[-3]) == (8, Accept(1))


def test_micro_repeats_itself_before_a_wall():
    sides = brief(RISING), brief(1.0 - RISING, reserve=-1.0)
    talks = run_talks(rules(rounds=12), [seated("micro", sides[0]), seated("hardliner", sides[1])], [[agreeable]] * 2)
    assert set(offers(talks, 0)) == {15, 14}
    assert talks.ending
    assert talks.ending.outcome == "breakdown"


def test_tit_for_tat_answers_half_with_half():
    """It opens with its best, gives a tenth unasked, and then halves its demand when the other side halves its own."""
    pie = np.arange(101) / 100
    grid = np.arange(101, dtype=np.int8)[:, None]
    start = open_talks(Rules("alternating", 101, ((1,), (1,)), 40))
    mover = seated("tit-for-tat", replace(brief(pie, grid=grid), acceptable=pie >= 0.0))
    assert mover(view(start, 0)) == Offer(0, 100)
    told = replay_talks(start.rules, [Offer(0, 100), Offer(1, 20)])
    assert mover(view(told, 0)) == Offer(0, 91)  # 1 + 99 x .9 = 90.1, to the next package above
    halved = replay_talks(start.rules, [Offer(0, 100), Offer(1, 20), Offer(0, 91), Offer(1, 60)])
    assert mover(view(halved, 0)) == Accept(0)  # 1 + 99 x .45 = 45.55, and 60 is on the table
    quarter = replay_talks(start.rules, [Offer(0, 100), Offer(1, 20), Offer(0, 91), Offer(1, 40)])
    assert mover(view(quarter, 0)) == Offer(0, 68)  # a quarter less: 1 + 99 x .9 x .75 = 67.8


def test_the_mandate_bound_sign_nothing_that_would_fail_at_home():
    win_set = RISING < 0.5
    bound = seated("mandate-bound", replace(brief(RISING), win_set=win_set))
    start = open_talks(rules())
    best = int(np.flatnonzero(win_set)[-1])
    assert bound(view(start, 0)) == Offer(0, best)
    assert isinstance(bound(view(advance(start, Offer(0, 15)), 1)), Offer)


# ---- trading


def test_loggers_roll_to_an_efficient_deal():
    """Two issues, opposite priorities: each gives way on the issue that the other cares about (Raiffa 1982).

    Everything is in conflict, but not equally: .8 and .2 against .2 and .8. The even split of both issues is worth
    .5 to each, the trade .8.
    """
    mine = 0.8 * GRID[:, 0] / 3 + 0.2 * GRID[:, 1] / 3
    yours = 1 - 0.2 * GRID[:, 0] / 3 - 0.8 * GRID[:, 1] / 3
    values = np.stack([mine, yours], axis=1)
    talks = run_talks(
        rules(rounds=20),
        [seated("logrolling", brief(mine)), seated("logrolling", brief(yours, reserve=-1.0))],
        [[agreeable]] * 2,
    )
    assert talks.deal is not None
    assert pareto_efficient(values)[talks.deal]
    assert GRID[talks.deal].tolist() == [3, 0]
    assert values[talks.deal] == pytest.approx([0.8, 0.8])


# ---- requests and offers


def test_a_request_names_the_priorities_or_else_what_matters_on_the_other_list():
    values = GRID[:, 1] - 0.1 * GRID[:, 0] + 0.05
    start = open_talks(rules("request_offer"))
    assert seated("linear", brief(values))(view(start, 0)) == Request(0, ((1, 3),))
    urged = replace(brief(values), priorities=(0, 1))
    assert seated("linear", urged)(view(start, 0)) == Request(0, ((0, 1), (1, 3)))


def test_a_draft_leans_towards_what_was_requested():
    values = np.where(GRID[:, 0] == 3, 1.0, 0.5)
    asked = replay_talks(
        rules("request_offer"), [Request(0, ()), Request(1, ((1, 2),)), PhaseEnd("all requests are in")]
    )
    draft = seated("linear", brief(values))(view(asked, 0))
    assert isinstance(draft, Offer)
    assert GRID[draft.package].tolist() in ([3, 2], [3, 3])


def test_a_promise_is_kept_or_withdrawn_in_the_open():
    """Party 0 alone concedes the first ladder: what it promised there stays in its next offers."""
    values = np.where(GRID[:, 0] > 1, 0.5, 1.0) + 0.01 * GRID[:, 1]
    start = replay_talks(
        rules("request_offer"),
        [Hold(0), Hold(1), PhaseEnd("all requests are in"), Offer(0, 8), Hold(1), PhaseEnd("all first offers are in")],
    )
    mover = seated("hardliner", brief(values))
    kept = mover(view(start, 0))
    assert isinstance(kept, Offer)
    assert GRID[kept.package, 0] >= 2
    trapped = start._replace(rejected=tuple(range(8, 16)))
    assert mover(view(trapped, 0)) == Withdraw(0)
