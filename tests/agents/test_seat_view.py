"""What a seat may know: its facts are its own, and they are those of the preferences."""

from dataclasses import fields, replace

import numpy as np
import pytest

from agents.seat_view import SeatView, positions_around_shocks
from agents.solo_play import run_solo_talks
from agents.table import prepare_table
from negotiation.preferences.mandates import within_red_lines
from negotiation.protocols import history
from negotiation.protocols.moves import Hold, Offer, Request
from negotiation.protocols.state import view
from negotiation.ratification.win_sets import win_set
from scenarios.reading import read

LEVELS = (3, 0, 3, 1, 2, 2, 2, 3)
OPENING = Request(0, ((2, 3), (3, 3), (7, 3)))


@pytest.fixture(scope="module")
def purses(frozen_library):
    table = prepare_table(read(frozen_library / "three-purses.toml"))
    seats = table.scenario.seats
    return replace(table, scenario=replace(table.scenario, seats=(seats[0], replace(seats[1], tactic="conceder"))))


def talks_after(table, count):
    moves = (OPENING, Offer(0, table.agenda.package(LEVELS)), Hold(0), Hold(0))
    return view(run_solo_talks(table, 0, 0, moves[:count]), 0).talks


def spoil_other_side(table):
    """The same table without a number of the other side that could be right."""
    preferences = table.preferences
    values = preferences.values.copy()
    values[:, 1] = np.nan
    spoilt = replace(
        preferences,
        values=values,
        walk_away=np.array([preferences.walk_away[0], np.nan]),
        stakes=(preferences.stakes[0], preferences.stakes[1] * np.nan),
        votes=(preferences.votes[0], preferences.votes[1] * 0 + 7),
        accounts=preferences.accounts * np.nan,
    )
    return replace(table, preferences=spoilt)


def facts(side):
    """Every fact of a seat, by its name."""
    draft = side.table.agenda.package((1,) * 8)
    packages = (draft, history.find_facing_offer(side.talks, side.party), None)
    return {
        **{name: getattr(side, name) for name in ("names", "seat", "unit", "walk_away", "range")},
        **{name: getattr(side, name)() for name in ("offer_values", "vote_forecast", "package_split", "position")},
        **{name: [getattr(side, name)(each) for each in packages[:2] if each] for name in ("passes", "home_vote")},
        **{name: [getattr(side, name)(each) for each in packages] for name in ("gain", "vote_turning")},
        "own_groups": side.own_groups(packages),
        "red_lines_crossed": [side.red_lines_crossed(each) for each in packages],
    }


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_no_fact_of_a_seat_depends_on_what_the_other_side_values(purses, count):
    talks, spoilt = talks_after(purses, count), spoil_other_side(purses)
    assert facts(SeatView(purses, 0, talks)) == facts(SeatView(spoilt, 0, talks))
    assert positions_around_shocks(purses, 0, talks, 0) == positions_around_shocks(spoilt, 0, talks, 0)


def test_the_law_covers_every_fact(purses):
    told = {name for name in dir(SeatView) if not name.startswith("_")} - {each.name for each in fields(SeatView)}
    assert facts(SeatView(purses, 0, talks_after(purses, 0))).keys() == told


@pytest.mark.parametrize("party", [0, 1])
def test_every_package_is_counted_once_and_signable_ones_keep_all_conditions(purses, party):
    split = SeatView(purses, party, talks_after(purses, 0)).package_split()
    preferences, seat = purses.preferences, purses.scenario.seats[party]
    better = preferences.values[:, party] > preferences.walk_away[party] + 1e-9
    allowed = within_red_lines(purses.agenda, seat.red_lines)
    assert sum(split) == purses.agenda.count
    assert split.signable == int((better & win_set(preferences, party) & allowed).sum()) > 0
    assert split.barred == int((~allowed).sum()) > 0


def test_the_forecast_is_the_vote_on_the_package_on_the_table(purses):
    talks = talks_after(purses, 4)
    side, package = SeatView(purses, 0, talks), history.find_facing_offer(talks, 0)
    assert package is not None
    found = side.vote_forecast()
    assert found is not None
    assert found.vote == side.home_vote(package) == (8, 3, True)
    assert (found.failed, found.left, found.is_last) == (0, talks.rules.returns, False)
    assert side.position().facing == side.gain(package) == pytest.approx(6.0)


def test_a_package_that_fails_at_home_has_something_that_turns_the_vote(purses):
    side = SeatView(purses, 0, talks_after(purses, 0))
    failing = next(package for package in range(1, purses.agenda.count) if not side.passes(package))
    found = side.vote_turning(failing)
    assert found is not None
    assert (found.payments == ()) == (found.reason is not None)
    assert side.vote_turning(0) is None
    assert side.vote_turning(None) is None


def test_groups_stand_with_their_votes_and_changes(purses):
    preferences = purses.preferences
    (group, *_) = SeatView(purses, 0, talks_after(purses, 0)).own_groups((5, None))
    assert (group.key, group.votes) == (preferences.groups[0][0], preferences.weights[0][0])
    assert group.positions == ((int(preferences.votes[0][5, 0]), float(preferences.stakes[0][5, 0])), None)
