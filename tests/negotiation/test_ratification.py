"""Two-level games: laws over arbitrary votes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model.group_gains import GROUPS
from economy.parameters import preset
from games.errors import InputError
from negotiation.agenda.package_grid import STATUS_QUO, build_agenda
from negotiation.preferences.values import (
    Preferences,
    _choices,
    relative_positions,
    structural_preferences,
    voting_groups,
)
from negotiation.protocols.engine import passes
from negotiation.ratification.win_sets import (
    find_blocking_group,
    marginal_groups,
    mutually_preferred,
    ratifiable,
    support,
    win_sets,
    zone_of_agreement,
)


def test_without_places_every_package_of_a_positive_list_is_the_status_quo_exactly():
    table = build_agenda(["quota_unskilled", "fee", "levy"])
    stakes = structural_preferences(table, preset("asymmetric"), ("North", "South"))
    closed = table.grid()[:, 0] == 0
    assert stakes.status_quo == STATUS_QUO
    assert not stakes.values[closed].any()
    assert not stakes.accounts[closed].any()
    assert not any(votes[closed].any() for votes in stakes.votes)
    assert stakes.values[~closed].all()


def test_what_the_economy_cannot_measure_is_refused():
    with pytest.raises(InputError, match=r"no number for family .*stay at home"):
        structural_preferences(build_agenda(["places", "family"]), preset("asymmetric"), ("host", "origin"))


@pytest.mark.parametrize("country", [0, 1])
def test_the_voting_groups_share_out_the_money_groups(country: int):
    members = [member for group in voting_groups(preset("asymmetric"), country) for member in group.members]
    assert len(members) == len(set(members))
    assert set(GROUPS) - set(members) == {"old_migrants", "movers"}, "those who move have no vote"


def test_scarce_labour_is_the_kind_that_a_country_has_less_of_than_its_partner():
    host, origin = (voting_groups(preset("asymmetric"), country)[0] for country in (0, 1))
    assert (host.members, origin.members) == (("scarce_U",), ("skilled_S",))


def test_positions_are_relative_to_the_largest_of_the_four_table_groups():
    placed = relative_positions(np.array([[2.0, -4.0, 0.0, 1.0, 8.0], [0.0, 0.0, 0.0, 0.0, 0.0]]))
    assert placed.tolist() == [[0.5, -1.0, 0.0, 0.25, 2.0], [0.0, 0.0, 0.0, 0.0, 0.0]]


def test_a_group_abstains_up_to_a_twentieth_of_the_largest_change():
    """The limit .05 itself is neutral on both sides, as in the tables of the economy."""
    assert _choices(np.array([[0.05, -0.05, 0.0501, -0.0501, 0.0]])).tolist() == [[0, 0, 1, -1, 0]]


@st.composite
def votings(draw: st.DrawFn) -> Preferences:
    """Two countries with arbitrary groups, votes and weights over a few packages."""
    count = draw(st.integers(1, 6))
    sizes = (draw(st.integers(1, 4)), draw(st.integers(1, 3)))
    points = [
        np.array(draw(st.lists(st.lists(st.integers(-5, 5), min_size=n, max_size=n), min_size=count, max_size=count)))
        for n in sizes
    ]
    points = [np.where(np.arange(count)[:, None] == STATUS_QUO, 0, table).astype(float) for table in points]
    return Preferences(
        parties=("A", "B"),
        groups=tuple(tuple(f"group {at}" for at in range(n)) for n in sizes),
        unit="points",
        values=np.stack([table.sum(axis=1) for table in points], axis=1),
        walk_away=np.zeros(2),
        worth=np.ones(2),
        stakes=tuple(points),
        votes=tuple(np.sign(table).astype(np.int8) for table in points),
        weights=tuple(tuple(draw(st.lists(st.integers(1, 4), min_size=n, max_size=n))) for n in sizes),
        accounts=np.zeros((count, 3)),
    )


@given(votings())
def test_a_win_set_is_what_a_count_of_hands_would_pass(stakes: Preferences):
    sets = win_sets(stakes)
    for party, votes in enumerate(stakes.votes):
        for package, cast in enumerate(votes):
            assert sets[package, party] == passes(stakes.weights[party], [int(vote) for vote in cast])


@given(votings())
def test_the_marginal_group_is_the_cheapest_single_vote_that_would_be_enough(stakes: Preferences):
    for party, votes in enumerate(stakes.votes):
        found = marginal_groups(stakes, party)
        for package, cast in enumerate(votes):
            against = [at for at, vote in enumerate(cast) if vote < 0]
            enough = [at for at in against if _turned(stakes, party, package, at) > 0]
            if support(stakes, party)[package] > 0 or not enough:
                assert found[package] == -1
            else:
                cost = {at: -stakes.stakes[party][package, at] for at in enough}
                assert cost[int(found[package])] == min(cost.values())


def one_government(values: list[float], walk_away: float = 0.0) -> Preferences:
    """A country with one group, which votes for every package, and its government's values."""
    table = np.array(values)[:, None]
    return Preferences(
        parties=("A",),
        groups=(("everybody",),),
        unit="points",
        values=table,
        walk_away=np.array([walk_away]),
        worth=np.ones(1),
        stakes=(np.ones_like(table),),
        votes=(np.ones(table.shape, dtype=np.int8),),
        weights=((1,),),
        accounts=np.zeros((len(values), 3)),
    )


def test_values_within_a_billionth_of_walking_away_count_as_equal_to_it():
    """Equal is not preferred, and is in the zone of agreement; package 0 is the status quo."""
    preferences = one_government([0.0, 5e-10, 2e-9, -5e-10, -2e-9, 0.0])
    assert mutually_preferred(preferences).tolist() == [False, False, True, False, False, False]
    assert zone_of_agreement(preferences).tolist() == [True, True, True, True, False, True]


def test_the_status_quo_is_never_preferred_to_walking_away_even_where_walking_away_is_worse():
    assert mutually_preferred(one_government([0.0, 0.0], walk_away=-1.0)).tolist() == [False, True]


def _turned(stakes: Preferences, party: int, package: int, group: int) -> int:
    cast = [int(vote) for vote in stakes.votes[party][package]]
    cast[group] = 1
    return sum(weight * vote for weight, vote in zip(stakes.weights[party], cast, strict=True))


@given(votings())
def test_who_blocks_is_somebody_who_loses(stakes: Preferences):
    for party, table in enumerate(stakes.stakes):
        for package, row in enumerate(table):
            name = find_blocking_group(stakes, party, package)
            assert (name is None) == (not (row < 0).any())
            assert name is None or row[stakes.groups[party].index(name)] < 0


@given(votings())
def test_the_zone_holds_the_status_quo_and_everything_ratifiable(stakes: Preferences):
    inside = zone_of_agreement(stakes)
    assert inside[STATUS_QUO]
    assert not (ratifiable(stakes) & ~inside).any()
