"""What a file may say, what `--set` changes, and that nothing a file holds can do worse than be refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from economy.corridors.fitting import corridor
from economy.parameters import defaults, entries, preset
from games.canon import canon
from games.errors import InputError, Problem
from negotiation.agenda.ladders import CORRIDOR_FIXED, NEGOTIATED
from scenarios import Country, Procedure, Scenario, Seat, read
from tests.present import present

HEAD = 'schema = 1\ntitle = "A case"\n'


def case(folder: Path, text: str, *changes: str) -> Scenario:
    file = folder / "case.toml"
    file.write_text(HEAD + text)
    return read(file, changes)


def test_a_printed_game_by_name(tmp_path: Path):
    scenario = case(tmp_path, '[game]\ncanon = "bully"\n')
    assert scenario.game == canon("bully")
    assert scenario.parties == ("Developed", "Developing")
    assert (scenario.parameters, scenario.agenda, scenario.countries, scenario.seats) == (None, None, (), ())


def test_a_matrix_of_ones_own_is_exact(tmp_path: Path):
    matrices = 'payoffs = [[["1/3", 0], [2, 2]], [[3, 2], [1, 0.1]]]\n'
    text = f'[game]\nplayers = ["Ardenia", "Borvia"]\n{matrices}source = "here"\n'
    scenario = case(tmp_path, text)
    assert scenario.game is not None
    assert str(scenario.game.payoffs[0][0][0]) == "1/3"
    assert str(scenario.game.payoffs[1][1][1]) == "1/10"
    assert scenario.parties == ("Ardenia", "Borvia")
    assert scenario.sources == ("here",)


def test_an_economy_starts_from_the_defaults_or_a_preset(tmp_path: Path):
    assert case(tmp_path, "[economy]\n").parameters == defaults()
    assert case(tmp_path, '[economy]\npreset = "asymmetric"\nkappa = 0\n').parameters == preset("asymmetric").replace(
        kappa=0.0
    )


def test_a_corridor_brings_countries_openness_and_notes(tmp_path: Path):
    scenario = case(tmp_path, '[economy]\ncorridor = "MAR-ESP"\n[agenda]\n')
    assert scenario.parameters == corridor("MAR-ESP").parameters.replace(expansion=0.5)
    assert scenario.countries == (Country("Spain", "host", "ESP"), Country("Morocco", "origin", "MAR"))
    assert scenario.agenda is not None
    assert tuple(ladder.key for ladder in scenario.agenda.ladders) == NEGOTIATED
    assert {item.key: level for item, level in scenario.agenda.fixed} == CORRIDOR_FIXED
    assert scenario.seats == (Seat("Spain"), Seat("Morocco"))
    assert scenario.rules == Procedure("alternating", 40, 1)
    assert set(corridor("MAR-ESP").notes) <= set(scenario.notes)


def test_the_stake_of_a_corridor_is_its_expansion(tmp_path: Path):
    """Half as many again if nothing is written; a case, the command line and the economy can say another number."""
    head = '[economy]\ncorridor = "MAR-ESP"\n'
    for text, stake in (("", 0.5), ("[agenda]\n", 0.5), ("[agenda]\nstake = 2\n", 2.0), ("expansion = 1.5\n", 1.5)):
        assert present(case(tmp_path, head + text).parameters).expansion == stake
    twice = case(tmp_path, head + "expansion = 2.0\n[agenda]\nstake = 2\n")
    assert present(twice.parameters).expansion == 2.0
    assert [present(read(name).parameters).expansion for name in ("morocco-spain", "mexico-usa")] == [1.0, 1.0]
    assert present(read("morocco-spain", "agenda.stake=0.25").parameters).expansion == 0.25
    assert present(read("corridor:MAR-ESP", {"agenda.stake": 0}).parameters).expansion == 0.0


def test_the_stake_of_a_treaty_in_force_is_the_treaty():
    parameters = present(read("germany-france").parameters)
    assert (parameters.openness, parameters.today, parameters.expansion) == (1.0, 0.0, 0.0)


def test_countries_carry_the_dials_that_belong_to_them(tmp_path: Path):
    scenario = case(
        tmp_path,
        '[economy]\n[[countries]]\nname = "South"\nrole = "origin"\nsize = 2\nunskilled = 0.7\n'
        '[[countries]]\nname = "North"\nrole = "host"\ngap = 4\nunskilled = 0.3\n',
    )
    assert scenario.parties == ("North", "South")
    assert scenario.parameters == defaults().replace(gap=4.0, size=2.0, u0=0.3, u1=0.7)


def test_seats_answer_to_name_role_and_code(tmp_path: Path):
    facts = 'tactic = "linear"\nwalk_away = 0.1\nvotes = { capital = 2 }\n'
    for word in ("Spain", "spain", "host", "ESP"):
        text = f'[economy]\ncorridor = "MAR-ESP"\n[[agenda.seats]]\ncountry = "{word}"\n'
        seat = case(tmp_path, text + facts).seats[0]
        assert seat == Seat("Spain", "linear", "win-set", 0.1, (("capital", 2),))


def test_a_dial_without_a_source_is_noted(tmp_path: Path):
    bare = case(tmp_path, "[economy]\ngap = 2\nkappa = 0.5\n")
    assert "No source is given for gap, kappa." in bare.notes
    told = case(tmp_path, '[economy]\ngap = 2\n[economy.sources]\ngap = "assumption"\n')
    assert not any("No source" in note for note in told.notes)
    assert "gap: assumption" in told.sources


def test_a_file_stands_on_its_base(tmp_path: Path):
    (tmp_path / "base.toml").write_text(
        'schema = 1\ntitle = "Below"\nsummary = "kept"\n[economy]\ngap = 2\nkappa = 0.5\n[agenda]\nrounds = 7\n'
    )
    scenario = case(tmp_path, 'extends = "base"\n[economy]\ngap = 3\n[agenda]\nwithout = ["fee"]\n')
    assert (scenario.title, scenario.summary, scenario.rules.rounds) == ("A case", "kept", 7)
    assert scenario.parameters == defaults().replace(gap=3.0, kappa=0.5)
    assert scenario.agenda is not None
    assert scenario.agenda.without == {"fee"}


def test_the_base_of_the_library_is_the_corridor_agenda():
    tables = {"schema": 1, "title": "A", "economy": {"corridor": "MAR-ESP"}, "agenda": {}}
    drawn, plain = read("corridor:MAR-ESP"), read(tables)
    assert drawn.agenda == plain.agenda
    assert tuple(item.key for item in present(drawn.agenda).ladders) == NEGOTIATED


def test_a_scenario_can_be_a_key():
    assert hash(read("morocco-spain")) == hash(read("morocco-spain"))


def test_set_reads_toml_else_text():
    changes = (
        "economy.gap=2.5",
        'agenda.without=["levy"]',
        "agenda.seats.spain.tactic=conceder",
        'title="X=Y"',
        "seed = 4",
    )
    scenario = read("morocco-spain", changes)
    assert scenario.parameters == corridor("MAR-ESP").parameters.replace(gap=2.5, expansion=1.0)
    assert scenario.agenda is not None
    assert [(item.key, level) for item, level in scenario.agenda.fixed] == [("levy", 0)]
    assert [seat.tactic for seat in scenario.seats] == ["conceder", "boulware"]
    assert (scenario.title, scenario.seed) == ("X=Y", 4)


@pytest.mark.parametrize("word", ["spain", "Spain", "ESP", "host", "1"])
def test_set_finds_items_by_name(word: str):
    scenario = read("morocco-spain", [f"countries.{word}.gap=2", ("agenda.seats.morocco.walk_away", 0.5)])
    assert scenario.parameters == corridor("MAR-ESP").parameters.replace(gap=2.0, expansion=1.0)
    assert scenario.seats[1] == Seat("Morocco", walk_away=0.5)


def test_set_comes_after_the_bases_and_the_last_one_wins():
    scenario = read("corridor:MAR-ESP", ["economy.openness=0.3", "economy.openness=0.25"])
    assert scenario.parameters == corridor("MAR-ESP").parameters.replace(openness=0.25, expansion=0.5)


@pytest.mark.parametrize(
    ("change", "place", "reason", "hint"),
    [
        ("economy.gap", "--set economy.gap", "KEY=VALUE", "economy.gap=2"),
        ("=3", "--set ", "KEY=VALUE", "economy.gap=2"),
        ("economy.gapp=2", "--set economy.gapp", "not a known key", "gap"),
        ("economy.openness=3", "--set economy.openness", "outside 0 to 1", "0.03"),
        ("economy.openness=3 %", "--set economy.openness", "'3 %'", "0.03"),
        ("economy.gap=nan", "--set economy.gap", "nan", "0.1"),
        (
            "countries.spian.gap=2",
            "--set countries.spian.gap",
            "no 'spian' among Spain, Morocco: meant 'Spain'?",
            "show",
        ),
        ("agenda.rounds.x=2", "--set agenda.rounds.x", "has no keys", "show"),
        ("agenda.ladders.fee=2", "--set agenda.ladders.fee", "set the whole list", "show"),
        ("agenda.seats.atlantis.tactic=linear", "--set agenda.seats.atlantis.tactic", "no country", "Spain"),
        ("x.y.z=1", "--set x.y.z", "not a known key", "economy"),
    ],
)
def test_set_says_what_is_wrong_at_the_change(change: str, place: str, reason: str, hint: str):
    with pytest.raises(InputError) as caught:
        read("morocco-spain", [change])
    (problem,) = caught.value.problems
    assert problem.place == place
    assert reason in problem.reason
    assert hint in problem.hint


def refused_or_read(name: str | Path, changes: list[tuple[str, object]] | None = None) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        read(name, changes or ())
    except InputError as error:
        problems = error.problems
    assert all(problem.place and problem.reason for problem in problems)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "role", "country", "gap"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    *("title", "seed", "sources", "extends", "game", "game.payoffs", "game.canon", "economy", "economy.corridor"),
    *("economy.gap", "countries", "countries.spain.gap", "agenda", "agenda.ladders", "agenda.without"),
    *("agenda.seats", "agenda.seats.spain.votes"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "any.toml"
    file.write_bytes(content)
    refused_or_read(file)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(KEYS), VALUES), min_size=1, max_size=4))
def test_any_values_are_read_or_refused(changes: list[tuple[str, object]]):
    refused_or_read("morocco-spain", changes)


@given(name=st.sampled_from(sorted(set(entries()) - {"openness"})), share=st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_every_dial_can_be_set_within_its_limits(name: str, share: float):
    entry = entries()[name]
    value = min(entry.high, entry.low + share * (entry.high - entry.low))
    scenario = read("morocco-spain", [(f"economy.{name}", value)])
    assert getattr(scenario.parameters, name) == value
