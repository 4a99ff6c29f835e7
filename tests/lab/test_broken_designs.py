"""Designs that do not hold: each is refused before anything runs, where it is broken, with what to write instead."""

import pytest

from games.errors import InputError
from lab import parse_design, plan

TALK = {"schema": 1, "scenario": "one-way-flow", "kind": "simulate", "measure": ["outcome", "rounds"]}
THEORY = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["class", "gain"]}


def factor(key, **how):
    return {"key": key, **how}


def problems(cells):
    with pytest.raises(InputError) as caught:
        parse_design(cells)
    assert all(place and reason and hint for place, reason, hint in caught.value.problems), caught.value.problems
    return [(place.removeprefix("design:"), reason) for place, reason, _ in caught.value.problems]


GAP = factor("economy.gap", values=[1, 4])
BROKEN = [
    ({"schema": 2}, "schema", "from 1 to 1"),
    ({"scenario": 5}, "scenario", "should be a text"),
    ({"kind": "play"}, "kind", "should be one of its words"),
    ({"design": "halton"}, "design", "should be one of its words"),
    ({"desing": "grid"}, "desing", "is not a known key"),
    ({"points": 4}, "points", "draws none"),
    ({"design": "lhs", "factor": [GAP]}, "points", "is missing"),
    ({"design": "lhs", "points": 4}, "factor", "is missing"),
    ({"design": "sobol", "points": 12, "factor": [GAP]}, "points", "powers of two"),
    ({"replicates": 0}, "replicates", "a whole number from 1"),
    ({"replicates": True}, "replicates", "a whole number from 1"),
    ({"replicates": 2}, "replicates", "analyse gives the same every time"),
    ({"trace": True}, "trace", "analyse has none"),
    ({"seed": -1}, "seed", "a whole number from 0"),
    ({"measure": []}, "measure", "a list of names"),
    ({"measure": ["gain", "gain"]}, "measure", "listed twice"),
    ({"measure": ["gains"]}, "measure", "nothing that can be measured by analyse"),
    ({"measure": ["rounds"]}, "measure", "nothing that can be measured by analyse"),
    ({"measure": ["gain.Spain"]}, "measure", "is one figure and ends there"),
    ({"measure": ["payoff.France"]}, "measure", "does not end in what payoff.PARTY asks for"),
    ({"measure": ["change.Spain.nurses"]}, "measure", "does not end in what change.PARTY.GROUP asks for"),
    ({"measure": ["account.nurses"]}, "measure", "does not end in what account.ACCOUNT asks for"),
    ({"scenario": "bully"}, "measure", "gain cannot be measured: bully has no [economy]"),
    ({"factor": "gap"}, "factor", "should be tables"),
    ({"factor": [{"values": [1]}]}, "factor.1.key", "is missing"),
    ({"factor": [factor("economy.gap")]}, "factor.economy.gap", "has none to say what it takes"),
    ({"factor": [GAP | {"range": [1, 2]}]}, "factor.economy.gap", "values or range"),
    ({"factor": [factor("economy.gap", values=[])]}, "factor.economy.gap.values", "should be a list"),
    ({"factor": [factor("economy.gap", values=[2, 2.0])]}, "factor.economy.gap", "takes a value twice"),
    ({"factor": [factor("economy.gap", range=[1, 2])]}, "factor.economy.gap", "has a range"),
    ({"factor": [GAP | {"whole": True}]}, "factor.economy.gap.whole", "says how a range is drawn"),
    ({"factor": [factor("economy.gap", grid=[1, 2])]}, "factor.economy.gap.grid", "should be a table"),
    (
        {"factor": [factor("economy.gap", grid={"low": 2, "high": 1, "count": 3})]},
        "factor.economy.gap.grid",
        "should rise",
    ),
    (
        {"factor": [factor("economy.gap", grid={"low": 1, "high": 2, "count": 1})]},
        "factor.economy.gap.grid.count",
        "a whole number from 2",
    ),
    (
        {"factor": [factor("economy.kappa", grid={"low": 0, "high": 1, "count": 3, "spacing": "log"})]},
        "factor.economy.kappa.grid.low",
        "equal ratios begin above 0",
    ),
    ({"factor": [GAP, factor("economy.gap", name="again", values=[1])]}, "factor.again", "sets economy.gap"),
    ({"factor": [GAP, factor("economy", values=[1])]}, "factor.economy", "sets economy"),
    ({"factor": [GAP, factor("economy.kappa", name="economy.gap", values=[0])]}, "factor.economy.gap", "two columns"),
    ({"factor": [GAP | {"name": "gain"}]}, "factor.gain", "two columns"),
    ({"factor": [GAP | {"name": "seconds"}]}, "factor.seconds", "is a column of every table"),
    ({"factor": [factor("economy.gapp", values=[1])]}, "factor.economy.gapp", "is not a known key"),
    ({"factor": [factor("economy.gap", values=[1, 500])]}, "factor.economy.gap", "is 500, outside"),
    ({"arm": [{"set": {"economy.tax": 0.1}}]}, "arm.1.name", "is missing"),
    ({"arm": [{"name": "a", "set": 3}]}, "arm.a.set", "should be a table"),
    ({"arm": [{"name": "a", "set": {"economy.tax": 3}}]}, "arm.a.set.economy.tax", "is 3, outside"),
    ({"arm": [{"name": "a"}, {"name": "a", "set": {"economy.tax": 0}}]}, "arm.a", "is the name of two arms"),
    (
        {
            "arm": [
                {"name": "a", "set": {"economy": {"tax": 0.1, "kappa": 0}}},
                {"name": "b", "set": {"economy.kappa": 0.0, "economy.tax": 0.1}},
            ]
        },
        "arm.b",
        "sets the same as the arm a",
    ),
    ({"arm": [{"name": "a", "set": {"economy.gap": 2}}], "factor": [GAP]}, "arm.a.set.economy.gap", "is varied by"),
    ({"factor": [factor("economy.gap", grid={"low": 1, "high": 2, "count": 100_000})], "arm": [
        {"name": str(each), "set": {"economy.tax": each / 1000}} for each in range(101)]}, "", "has 10,100,000 runs"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "reason"), BROKEN, ids=[f"{place}: {why}" for _, place, why in BROKEN])
def test_a_broken_design_is_refused_where_it_is_broken(change, place, reason):
    found = problems(THEORY | change)
    assert any(spot == (place or "design") and reason in why for spot, why in found), found


LONG = 10**400
ENDLESS = [
    ({"seed": LONG}, "seed"),
    ({"replicates": 16**5000}, "replicates"),
    ({"factor": [factor("economy.gap", values=[1, LONG])]}, "factor.1.values.2"),
    ({"factor": [factor("economy.gap", grid={"low": -LONG, "high": LONG, "count": 3})]}, "factor.1.grid.low"),
    ({"design": "lhs", "points": 4, "factor": [factor("economy.gap", range=[1, LONG])]}, "factor.1.range.2"),
    ({"arm": [{"name": "long", "set": {"economy.tax": 16**5000}}]}, "arm.1.set.economy.tax"),
]


@pytest.mark.parametrize(("change", "place"), ENDLESS, ids=[place for _, place in ENDLESS])
def test_a_number_of_hundreds_of_digits_is_refused_in_few_words(change, place):
    ((found, reason),) = problems(THEORY | change)
    assert found == place
    assert "digits" in reason
    assert len(reason) < 100


RANGES = [
    ({"range": [1]}, "range", "should rise"),
    ({"range": [2, 1]}, "range", "should rise"),
    ({"range": [1, float("inf")]}, "range", "should rise"),
    ({"range": [1, 2], "distribution": "cauchy"}, "distribution", "one of its words"),
    ({"range": [1, 2], "peak": 1.5}, "peak", "is no part of the distribution"),
    ({"range": [1, 2], "distribution": "triangular", "peak": 3}, "peak", "outside the range"),
    ({"range": [1, 2], "distribution": "normal", "deviation": 0}, "deviation", "is 0"),
    ({"range": [0, 2], "distribution": "log-uniform"}, "range", "ratios begin above 0"),
    ({"range": [1, 2.5], "whole": True}, "range", "no whole numbers"),
    ({"range": [1, 2], "whole": "yes"}, "whole", "true or false"),
]


@pytest.mark.parametrize(("how", "place", "reason"), RANGES, ids=[why for _, _, why in RANGES])
def test_a_range_that_cannot_be_drawn_is_refused(how, place, reason):
    found = problems(THEORY | {"design": "lhs", "points": 4, "factor": [factor("economy.gap", **how)]})
    assert any(spot == f"factor.economy.gap.{place}" and reason in why for spot, why in found), found


ABOVE = "put it above the first [table]"
MEASURE = THEORY["measure"]
REST = {key: value for key, value in THEORY.items() if key != "measure"}
LHS = {"points": 4, "factor": [factor("economy.gap", range=[1, 2])]}
SLIPS = [
    # a key below the wrong header: one error, and nobody says that it is missing
    (REST | {"factor": [GAP | {"measure": MEASURE}]}, "factor.economy.gap.measure", "not a known key here", ABOVE),
    (REST | {"arm": [{"name": "a", "measure": MEASURE}]}, "arm.a.measure", "not a known key here", ABOVE),
    (
        REST | {"arm": [{"name": "a", "set": {"economy.tax": 0.1, "measure": MEASURE}}]},
        "arm.a.set.measure",
        "not a known key here",
        ABOVE,
    ),
    (THEORY | {"arm": [{"name": "a", "values": [1]}]}, "arm.a.values", "not a known key here", "[[factor]]"),
    (THEORY | {"low": 3}, "low", "not a known key here", "put it under [factor.grid]"),
    # misspelt keys
    (THEORY | LHS | {"desing": "lhs"}, "desing", "not a known key", "write design"),
    (REST | {"mesure": MEASURE}, "mesure", "not a known key", "write measure"),
    (THEORY | {"factors": [GAP]}, "factors", "not a known key", "write factor"),
    (THEORY | {"factor": [{"key": "economy.gap", "value": [1]}]}, "factor.economy.gap.value", "not a known", "values"),
    (THEORY | {"factor": [factor("gap", values=[1])]}, "factor.gap", "not a known key here", "write economy.gap or"),
    (THEORY | LHS | {"design": "lhs", "factor": []}, "factor", "is missing", "[[factor]]"),
    (THEORY | {"mediator": 3}, "mediator", "not a known key", "keys here are schema, scenario"),
    # misspelt words: what they may have meant is not held against them
    (TALK | {"kind": "simulat", "replicates": 3, "trace": True}, "kind", "'simulat'", 'write kind = "simulate"'),
    (TALK | {"kind": "play", "replicates": 3, "trace": True}, "kind", "'play'", '"analyse" or "simulate"'),
    (THEORY | LHS | {"design": "LHS"}, "design", "'LHS'", 'write design = "lhs"'),
    (THEORY | LHS | {"design": "random"}, "design", "'random'", '"lhs", "sobol" or "morris"'),
    # numbers
    (TALK | {"replicates": "100"}, "replicates", "the text '100'", "write replicates = 100, without quotation marks"),
    (TALK | {"replicates": -3}, "replicates", "a whole number from 1", "write replicates = 1"),
    (
        THEORY
        | LHS
        | {"design": "lhs", "factor": [factor("economy.gap", range=[1, 2], distribution="normal", mean="1,5")]},
        "factor.economy.gap.mean",
        "the text '1,5'",
        "write mean = 1.5",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "place", "reason", "hint"), SLIPS, ids=[f"{slip[1]}: {slip[2]}" for slip in SLIPS])
def test_a_slip_is_one_error_with_its_remedy(cells, place, reason, hint):
    with pytest.raises(InputError) as caught:
        parse_design(cells)
    (problem,) = caught.value.problems
    assert problem.place == f"design:{place}"
    assert reason in problem.reason
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("line", "reason", "hint"),
    [
        ("values = [5%, 10%]", "per cent", "write values = [0.05, 0.1]"),
        ("range = [0,5; 2]", "line 8", ""),
        ("values = [True]", "true in TOML", "write values = [true]"),
        ("values = [“low”]", "not straight", 'write values = ["low"]'),
        ("key = 'economy.size'", "line 8 writes factor.key a second time, after line 7", "keep one of the two"),
        ("grid = { low = 0,5, high = 8, count = 3 }", "decimal comma", "low = 0.5"),
        ("grid: 3", "colon after its key", "write grid = 3"),
    ],
)
def test_a_design_that_is_no_toml_is_told_its_line(tmp_path, line, reason, hint):
    file = tmp_path / "sweep.toml"
    text = 'schema = 1\nscenario = "morocco-spain"\nkind = "analyse"\nmeasure = ["gain"]\n\n[[factor]]\n'
    file.write_text(f'{text}key = "economy.gap"\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        plan(file)
    (problem,) = caught.value.problems
    assert problem.place == str(file)
    assert reason in problem.reason
    assert hint in problem.hint
    assert problem.hint


def test_all_problems_come_at_once():
    cells = THEORY | {"kind": "x", "seed": -1, "measure": [], "factor": [factor("economy.gap", values=[])]}
    assert [place for place, _ in problems(cells)] == ["kind", "factor.economy.gap.values", "seed", "measure"]
    within = THEORY | {"measure": ["nothing"], "factor": [factor("economy.gap", values=[1, 500])]}
    within |= {"arm": [{"name": "a", "set": {"economy.tax": 2}}]}
    assert [place for place, _ in problems(within)] == ["arm.a.set.economy.tax", "factor.economy.gap", "measure"]


def test_lists_say_as_much_as_they_vary():
    short = [factor("economy.gap", values=[1, 2]), factor("economy.kappa", values=[0])]
    assert problems(THEORY | {"design": "list", "factor": short}) == [
        ("factor", "should have one length in a list, but has: economy.gap 2, economy.kappa 1")
    ]
    twice = [factor("economy.gap", values=[1, 1]), factor("economy.kappa", values=[0, 0])]
    assert "in two rows" in problems(THEORY | {"design": "list", "factor": twice})[0][1]


def test_a_range_that_only_holds_at_its_ends_is_found():
    """Half a round is no round: both ends are whole, and what lies between is looked at, too."""
    cells = TALK | {"design": "lhs", "points": 4, "factor": [factor("agenda.rounds", range=[5, 40])]}
    assert problems(cells)[0][0] == "factor.agenda.rounds"
    assert parse_design(cells | {"factor": [factor("agenda.rounds", range=[5, 40], whole=True)]}).count == 4


def test_talks_need_something_to_talk_about():
    assert "no [agenda]" in problems(TALK | {"scenario": "bully", "measure": ["rounds"]})[0][1]


def test_a_factor_that_breaks_another_part_of_the_case_is_named():
    """Two rounds end the talks before the shock of round 3: the deadline is at fault, and the library's case is not."""
    cells = TALK | {"scenario": "alike-neighbours", "measure": ["rounds"]}
    deadline = factor("agenda.rounds", name="deadline", values=[2, 12])
    protocol = factor("agenda.protocol", name="protocol", values=["alternating", "request_offer"])
    reason = "with agenda.rounds = 2, alike-neighbours.toml:shocks.rumour.round is 3, after the last round"
    assert problems(cells | {"factor": [deadline, protocol]}) == [("factor.deadline", reason)]
    arm = {"name": "short", "set": {"agenda.rounds": 2}}
    assert problems(cells | {"factor": [protocol], "arm": [arm]}) == [("arm.short.set.agenda.rounds", reason)]


def test_a_scenario_that_is_broken_by_itself_says_so(tmp_path):
    (tmp_path / "case.toml").write_text('schema = 1\ntitle = "?"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"case\.toml"):
        parse_design(TALK | {"scenario": str(tmp_path / "case.toml")})
    with pytest.raises(InputError, match="there is no scenario"):
        parse_design(TALK | {"scenario": "atlantis"})
