"""The map says at every point what the solver says there, whatever the size of the pieces it is solved in."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.account_names import ACCOUNTS
from economy.model.payoffs import game, solve_accounts, solve_bilateral
from economy.parameters import preset
from economy.policy.largest_openness import largest_openness
from economy.policy.levy_windows import levy_windows
from economy.policy.net_gains import net_gains
from games.errors import InputError
from games.two_by_two.taxonomy import CLASSES, classify
from lab.atlas.axes import AtlasAxis, parse_axis
from lab.atlas.base_economy import AtlasEconomy, read_base_economy
from lab.atlas.grid import define_atlas, solve_pages
from lab.atlas.statistics import solve_atlas
from scenarios import analyse, read
from scenarios.valuation import require_economy

RANGES = {
    "gap": (0.1, 100.0),
    "kappa": (0.0, 1.0),
    "sigma": (0.3, 10.0),
    "openness": (0.0, 1.0),
    "u0": (0.001, 0.999),
    "size": (0.01, 100.0),
    "chi": (0.0, 10.0),
    "loss": (1.0, 3.0),
    "tax": (0.0, 0.5),
    "leak": (0.0, 0.3),
    "old_stock": (0.0, 0.5),
    "today": (0.0, 1.0),
}


def whole(atlas, **sizes):
    """All points of an atlas in one page."""
    parts = list(solve_pages(atlas, **sizes))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def number(low, high):
    """Any number of a range but those below 2e-308, which have too few digits to be divided by."""
    return st.floats(low, high, allow_subnormal=False)


@st.composite
def dials(draw, most=4):
    names = draw(st.lists(st.sampled_from(sorted(RANGES)), min_size=1, max_size=most, unique=True))
    return [
        AtlasAxis(name, np.array(draw(st.lists(number(*RANGES[name]), min_size=1, max_size=4, unique=True))))
        for name in names
    ]


@settings(max_examples=25)
@given(dials())
def test_every_point_is_what_the_solver_says_of_it_alone_bit_for_bit(moved):
    atlas = define_atlas(read_base_economy("asymmetric"), moved, ["class", "gains", "accounts"])
    found = whole(atlas)
    grid = np.meshgrid(*(each.values for each in moved), indexing="ij")
    names = [each.name for each in moved]
    assert atlas.points == grid[0].size
    for point in range(0, atlas.points, max(1, atlas.points // 5)):
        place = {name: float(values.ravel()[point]) for name, values in zip(names, grid, strict=True)}
        assert {name: found[name][point] for name in place} == place
        one = solve_bilateral(preset("asymmetric").replace(**place))
        assert found["gdp_gain"][point] == 100 * one.gdp_gain[0, 0]
        assert found["welfare"][point] == 100 * one.welfare[0, 0]
        assert [found["payoff_host"][point], found["payoff_origin"][point]] == one.payoffs[:, 0, 0].tolist()
        kind = classify(game(one))
        assert CLASSES[found["class"][point]] == kind.name
        assert ("Host", "Origin", None)[found["class_player"][point]] == kind.player
        money = solve_accounts(preset("asymmetric").replace(**place)).cell(0, 0)
        for number, name in enumerate(ACCOUNTS):
            column = name.replace(" ", "_")
            assert found[column][point] == money.total[number]
            assert found[f"{column}_private"][point] == money.private[number]
            assert found[f"{column}_public"][point] == money.public[number]
        sums = [found[name][point] for name in ("income", "cost_of_moving", "sent_home")]
        assert sums == [money.income, money.cost_of_moving, money.sent_home]


@settings(max_examples=15)
@given(dials(most=3), st.integers(1, 70), st.integers(1, 70))
def test_the_size_of_pieces_and_pages_changes_no_bit(moved, rows, at_once):
    atlas = define_atlas(read_base_economy("symmetric"), moved, ["class", "gains"])
    one, other = whole(atlas), whole(atlas, rows=rows, at_once=at_once)
    for name, values in one.items():
        assert values.tobytes() == other[name].tobytes()
    assert [page[moved[0].name].size for page in solve_pages(atlas, rows=rows)][:-1] == [rows] * (
        (atlas.points - 1) // rows
    )


def test_openness_net_and_levy_are_those_of_their_own_searches():
    atlas = define_atlas(
        read_base_economy("asymmetric"),
        [parse_axis("gap=1,4"), parse_axis("openness=.05,.25")],
        ["openness", "net", "tax"],
    )
    found = whole(atlas, at_once=3)
    for point in range(4):
        alone = preset("asymmetric").replace(gap=found["gap"][point], openness=found["openness"][point])
        gains, levy = net_gains(alone), levy_windows([alone])[0].alone or (np.nan, np.nan)
        assert found["largest_openness"][point] == largest_openness(alone).level
        told = [found[name][point] for name in ("signed_gross", "signed_net", "best_net", "potential_gross")]
        assert told == [gains.gross_signed, gains.net_signed, gains.best_net, gains.potential_gross]
        assert found["potential_net"][point] == gains.net[-1]
        assert np.array_equal([found["levy_low"][point], found["levy_high"][point]], levy, equal_nan=True)


def test_the_levy_window_of_the_asymmetric_pair():
    """meaning.md, acceptance 12: ASYM .05, host keeps it: [.142, .272]."""
    found = whole(define_atlas(read_base_economy("asymmetric"), [parse_axis("openness=.05")], ["tax"]))
    assert (found["levy_low"][0], found["levy_high"][0]) == pytest.approx((0.142, 0.272), abs=0.0005)


def test_the_accounts_of_the_asymmetric_pair():
    """meaning.md, acceptance 3: ASYM .05."""
    found = whole(define_atlas(read_base_economy("asymmetric"), [parse_axis("openness=.05")], ["accounts", "gains"]))
    expected = {"host_natives": -0.1262, "old_migrants": 0.0, "origin_natives": 0.3820, "new_migrants": 1.2967}
    expected |= {"sent_home": 0.3492, "income": 1.5526, "welfare": 0.7131, "gdp_gain": 2.8053}
    assert {name: found[name][0] for name in expected} == pytest.approx(expected, abs=5e-5)
    assert found["cost_of_moving"][0] == pytest.approx(1.5526 - 0.7131, abs=1e-4)


def test_a_column_of_two_groups_is_there_once():
    atlas = define_atlas(read_base_economy(), [parse_axis("gap=1,2")], ["gains", "accounts"])
    names = [column.name for column in atlas.columns]
    assert names.count("welfare") == 1
    assert len(names) == len(set(names))


def test_an_atlas_on_a_case_says_what_its_analysis_says():
    case = read("germany-france")
    atlas = define_atlas(
        read_base_economy("germany-france"), [AtlasAxis("openness", np.array([require_economy(case).openness]))]
    )
    found, theory = whole(atlas), analyse(case).to_dict()
    assert CLASSES[found["class"][0]] == theory["game"]["class"] == "stag-hunt"
    assert bool(found["both_gain"][0]) == theory["agreement"]["both_gain"]
    assert bool(found["self_enforcing"][0]) == theory["agreement"]["self_enforcing"]
    assert atlas.ground.players == case.parties


# -- what the map shows


@pytest.mark.parametrize(("kappa", "switch"), [(0, 2.425), (1, 1.55)])
def test_the_gap_at_which_alike_countries_turn_into_a_bully_game(kappa, switch):
    """meaning.md, acceptance 7: the first gap classed bully, 2.425 with fixed and 1.550 with mobile capital."""
    found = whole(
        define_atlas(read_base_economy("symmetric"), [parse_axis(f"kappa={kappa}"), parse_axis("gap=1:4:301")])
    )
    first = int(np.argmax(found["class"] == CLASSES.index("bully")))
    assert found["gap"][first] == pytest.approx(switch, abs=0.02)
    assert set(found["class"][:first]) == {CLASSES.index("stag-hunt")}


REGION = [parse_axis("gap=1,4"), parse_axis("loss=1:1.6:25"), parse_axis("chi=0.02:8:25:log")]


@pytest.mark.parametrize(
    ("changes", "fails"),
    [(["kappa=0"], 0.2960), (["kappa=1"], 0.2048), (["kappa=0", "w_U=.8", "w_K=1.3"], 0.4608)],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_how_much_of_the_map_is_without_the_paradox(changes, fails):
    """Fear of loss x crowding: where crowding is weak, countries four times apart open as far as equals do.

    The shares are those of the prototype of meaning.md (`solve` and `accept`) on the same grid.
    """
    page = whole(define_atlas(read_base_economy("symmetric", changes), REGION, ["openness"]))
    equal, apart = page["largest_openness"].reshape(2, 25, 25)
    assert np.mean((equal > 0) & (equal == apart)) == pytest.approx(fails, abs=1e-9)
    assert not np.any(apart > equal)


def test_the_map_is_continuous_where_the_aggregate_becomes_cobb_douglas():
    """The value at sigma 1 is the middle of its neighbours', on both sides and ever nearer."""
    beside = np.array([1e-3, 1e-4, 1e-6, 1e-9])
    near = np.concatenate([1 - beside, [1.0], 1 + beside])
    found = whole(
        define_atlas(read_base_economy("asymmetric"), [AtlasAxis("sigma", near)], ["class", "gains", "accounts"])
    )
    assert len(set(found["class"])) == 1
    for name in ("gdp_gain", "welfare", "payoff_host", "payoff_origin", "host_natives", "new_migrants"):
        below, at, above = found[name][:4], found[name][4], found[name][5:]
        # A smooth curve leaves its chord with the square of the distance; 1e-10 is where the solver stops.
        assert np.all(np.abs((below + above) / 2 - at) < 20 * beside**2 + 1e-9), name


def test_the_edges_of_the_range_have_answers():
    corners = [
        parse_axis("gap=.1,100"),
        parse_axis("openness=0,1"),
        parse_axis("u0=.001,.999"),
        parse_axis("sigma=.3,1,10"),
    ]
    found = whole(define_atlas(read_base_economy("asymmetric"), corners, ["class", "gains"]))
    assert all(np.isfinite(values).all() for values in found.values())


def test_memory_is_flat():
    """Peak of what is held while a map is counted: pages are what counts, not how many follow each other."""

    def peak(side):
        atlas = define_atlas(
            read_base_economy("symmetric"), [parse_axis(f"chi=0:5:{side}"), parse_axis(f"loss=1:2:{side}")]
        )
        tracemalloc.start()
        solve_atlas(atlas)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(550) < 1.02 * peak(320)


# -- counting


def test_the_survey_counts_every_point_once():
    moved = [parse_axis("gap=1:8:29"), parse_axis("kappa=0:1:11"), parse_axis("loss=1,1.2,1.6")]
    atlas = define_atlas(read_base_economy("symmetric"), moved, ["class", "gains"])
    page, told = whole(atlas), solve_atlas(atlas).to_dict()
    assert sum(found["count"] for found in told["classes"]) == told["points"] == 957
    assert sum(found["share"] for found in told["classes"]) == pytest.approx(1)
    counts = {found["class"]: found["count"] for found in told["classes"]}
    for name, count in counts.items():
        assert count == int(np.sum(page["class"] == CLASSES.index(name)))
    assert told["both_gain"] == pytest.approx(float(np.mean(page["both_gain"])), rel=1e-11)
    assert told["self_enforcing"] == pytest.approx(float(np.mean(page["self_enforcing"])), rel=1e-11)
    reach = {column["name"]: (column["least"], column["most"]) for column in told["columns"]}
    assert reach["gdp_gain"] == pytest.approx((page["gdp_gain"].min(), page["gdp_gain"].max()))
    assert reach["class"] == (None, None)


def test_a_levy_that_none_is_enough_is_counted_as_missing():
    atlas = define_atlas(read_base_economy("asymmetric"), [parse_axis("openness=.05,1")], ["tax"])
    low, high = solve_atlas(atlas).to_dict()["columns"]
    assert low["missing"] == high["missing"] == int(np.isnan(whole(atlas)["levy_low"]).sum()) == 1
    assert low["least"] == low["most"] < high["least"]


def test_progress_is_told_to_the_last_point():
    heard = []
    atlas = define_atlas(read_base_economy("symmetric"), [parse_axis("chi=0:1:200"), parse_axis("loss=1:2:101")])
    solve_atlas(atlas, tick=heard.append)
    assert sum(heard) == atlas.points == 20_200
    assert len(heard) > 1


# -- what cannot be mapped


def refused(call, *words):
    with pytest.raises(InputError) as wrong:
        call()
    (problem,) = wrong.value.problems
    text = " ".join(problem)
    assert problem.hint
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gap", ["'gap'", "NAME=LOW:HIGH:COUNT"]),
        ("=1:2:3", ["no dial"]),
        ("gpa=1:8:5", ["'gpa'", "gap"]),
        ("xyzzy=1:8:5", ["'xyzzy'", "kappa", "loss"]),
        ("gap=1:8", ["'1:8'", "NAME=LOW:HIGH:COUNT"]),
        ("gap=1:8:5:lin", ["'1:8:5:lin'"]),
        ("gap=1:8:5:log:log", ["no range"]),
        ("gap=8:1:5", ["does not rise"]),
        ("gap=1:8:1", ["does not rise"]),
        ("gap=2:2:3", ["does not rise"]),
        ("gap=1:8:0", ["'0'", "count"]),
        ("gap=1:8:2.5", ["'2.5'", "count"]),
        ("gap=1:8:9999999", ["1,000,000"]),
        ("gap=1:high:5", ["'high'", "number"]),
        ("gap=1:inf:5", ["'inf'", "finite"]),
        ("gap=1,nan", ["'nan'", "finite"]),
        ("gap=1,,2", ["''", "number"]),
        ("gap=1_0:20:5", ["'1_0'", "finite"]),
        ("gap=1:1e999999999:5", ["'1e999999999'", "finite"]),
        ("gap=1:" + "9" * 5000 + ":5", ["'999", "finite"]),
        ("gap=1:8:" + "9" * 5000, ["'999", "count"]),
        ("gap=1:8:\u0665", ["count"]),
        ("gap=1,2,1", ["twice"]),
        ("kappa=0:2:5", ["0 to 1"]),
        ("gap=0.01:8:5", ["0.1 to 100"]),
        ("sigma=0,1", ["0.3 to 10"]),
        ("chi=0:8:5:log", ["equal ratios", "above 0"]),
    ],
)
def test_a_dial_that_is_none_is_refused_with_what_to_write(text, words):
    refused(lambda: parse_axis(text), "--vary", *words)


def test_a_dial_takes_its_values_from_end_to_end():
    assert parse_axis("gap=1:8:57").values.tolist() == pytest.approx([1 + k / 8 for k in range(57)])
    assert parse_axis("chi = 0.02 : 8 : 4 : log").values == pytest.approx([0.02, 0.147361, 1.085767, 8], rel=1e-5)
    assert parse_axis("kappa=1,0,.5").values.tolist() == [1, 0, 0.5]
    assert parse_axis("side=-0.5:0.5:3").values.tolist() == [-0.5, 0, 0.5]
    assert parse_axis("gap=3").values.tolist() == [3]
    assert parse_axis("gap=2:2:1").values.tolist() == [2]


@pytest.mark.parametrize(
    ("texts", "measures", "words"),
    [
        ([], ["class"], ["0 dials", "one to 4"]),
        (["gap=1", "kappa=1", "chi=1", "loss=1", "eta=0"], ["class"], ["5 dials"]),
        (["gap=1,2", "kappa=1", "gap=3"], ["class"], ["gap is moved twice"]),
        (["gap=1:8:20000", "kappa=0:1:20000"], ["class"], ["20,000 x 20,000", "400,000,000", "100,000,000"]),
        (["gap=1"], ["class", "weather"], ["'weather'", "class,gains,openness,net,limits,tax,accounts,flows"]),
        (["gap=1"], [], ["nothing to measure"]),
        (["expansion=0:4:5"], ["class"], ["expansion", "nobody moves today", "openness"]),
        (["gap=1,2", "covered=0,1"], ["class"], ["covered", "nobody moves today"]),
    ],
)
def test_an_atlas_that_is_none_is_refused(texts, measures, words):
    refused(lambda: define_atlas(read_base_economy(), [parse_axis(text) for text in texts], measures), *words)


def test_openness_is_no_axis_where_people_are_the_ceiling():
    refused(lambda: define_atlas("corridor:MEX-USA", "openness=.1,1"), "openness", "ceiling", "expansion=0:4:33")
    define_atlas("corridor:DEU-FRA", "openness=.1,1")  # free movement: nobody moves today
    define_atlas("corridor:MEX-USA", ["openness=.1,1", "today=0,.2"])


def test_a_map_over_people_beyond_todays_number():
    """meaning.md section 5: Morocco and Spain at x = 0, .25, .5, 1, 2, 4 are S S S B B B, and section 7 their welfare.

    Openness is not read, so that the share of points at which it is not is all of them.
    """
    atlas = define_atlas("corridor:MAR-ESP", "expansion=0,.25,.5,1,2,4", ["class", "gains", "openness"])
    found, told = whole(atlas), solve_atlas(atlas).to_dict()
    assert [CLASSES[code] for code in found["class"]] == ["stag-hunt"] * 3 + ["bully"] * 3
    assert found["welfare"] == pytest.approx([0.2899, 0.5085, 0.7076, 1.0487, 1.5090, 1.6378], abs=5e-5)
    assert found["gdp_gain"] == pytest.approx([0.4418, 1.0569, 1.6669, 2.8726, 5.2345, 9.8046], abs=5e-5)
    assert found["payoff_host"] == pytest.approx([0.0828, 0.0625, 0.0253, -0.1121, -0.6733, -2.7253], abs=5e-5)
    assert told["openness"] == {"none": 0, "full": 0, "not_read": 1}


def test_grounds():
    assert read_base_economy() == AtlasEconomy("symmetric", preset("symmetric"), ("Host", "Origin"))
    assert read_base_economy("asymmetric", ["gap=2", "economy.kappa=0"]).parameters == preset("asymmetric").replace(
        gap=2.0, kappa=0.0
    )
    spain = read_base_economy("morocco-spain", ["kappa=1"])
    assert spain.parameters == read("morocco-spain", ["economy.kappa=1"]).parameters
    assert spain.players == ("Spain", "Morocco")
    assert read_base_economy("corridor:DEU-FRA").parameters.gap == require_economy(read("corridor:DEU-FRA")).gap


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("symmetric", ["weather=1"], ["--set weather", "gap, size"]),
        ("symmetric", ["gap"], ["--set gap", "no number"]),
        ("symmetric", ["gap=wide"], ["'wide'"]),
        ("symmetric", ["gap=nan"], ["--set gap", "no number"]),
        ("symmetric", ["gap=1_0"], ["--set gap", "no number"]),
        ("symmetric", ["gap=" + "9" * 5000], ["--set gap", "no number"]),
        ("symmetric", ["gap=1000"], ["gap", "0.1 to 100"]),
        ("bully", [], ["no economy", "symmetric or asymmetric"]),
        ("atlantis", [], ["atlantis"]),
    ],
)
def test_a_ground_that_is_none_is_refused(name, changes, words):
    refused(lambda: read_base_economy(name, changes), *words)
