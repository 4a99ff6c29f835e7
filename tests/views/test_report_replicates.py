"""What a report says of replicates: how many differ, how many are enough, and on how many draws an interval stands."""

import re

import pytest
from sample_sweeps import played, talks

from lab.analysis.findings import analyse_sweep
from lab.design.measure_catalogue import measures_by_kind
from views.cli.commands import report
from views.report.sections import report_sections
from views.text import sweep_results
from views.text.layout import Screen


def alike(arm, point, replicate):
    """Chance changes nothing: all replicates of a case are the same."""
    return played(arm, point, 0)


@pytest.fixture(scope="module")
def chanceless(tmp_path_factory):
    return analyse_sweep(talks(tmp_path_factory.mktemp("alike"), alike, fail=()), most=0)


@pytest.fixture(scope="module")
def chancy(tmp_path_factory):
    return analyse_sweep(talks(tmp_path_factory.mktemp("chance"), played, fail=()), most=0)


def note(found):
    return next(chapter for chapter in report_sections(found) if chapter.title == "What came out").note


def test_replicates_that_differ_are_counted_and_told(chancy):
    assert chancy.harvest.different == 2
    assert "2 of 4 replicates differ. Enough for narrow intervals" in note(chancy)
    assert chancy.document().different_replicates == 2
    told = {each.measure: each for each in chancy.document().enough}
    assert told["agreement"].width == 0.1
    assert told["agreement"].replicates > 4
    assert "rounds" not in told


def test_replicates_that_are_alike_are_no_draws(chanceless):
    assert chanceless.harvest.different == 1
    assert "1 of 4 replicates differ. Chance changes nothing here" in note(chanceless)
    assert "all replicates came out the same" in note(chanceless)
    assert {each.interval.low for each in chanceless.summaries} == {None}


def test_a_share_of_nought_has_an_interval_and_the_tables_show_its_draws(chancy):
    (never,) = (each.interval for each in chancy.summaries if (each.measure, each.arm) == ("agreement", "never"))
    assert (never.mean, never.low, never.n, never.draws) == (0, 0, 12, 4)
    assert 0.4 < never.high < 0.5  # Wilson, 0 of 4
    page = next(chapter for chapter in report_sections(chancy) if chapter.title == "What came out")
    assert re.search(r"<th[^>]*>Draws</th>", page.tables)


def test_the_terminal_shows_n_draws_and_replicates(tmp_path):
    folder = talks(tmp_path, played, fail=())
    lines = "\n".join(
        sweep_results.render_report(Screen(140, colour=False), report.make_report(str(folder), None, figures=False))
    )
    assert "draws" in lines
    assert "2 of 4 replicates differ." in lines


def test_a_grid_has_rows_for_arm_and_chance_and_the_sentence_follows_from_the_replicates(tmp_path):
    factors = [
        {"key": "agenda.rounds", "name": "deadline", "values": [4, 6, 8]},
        {"key": "agenda.returns", "name": "returns", "values": [0, 1]},
    ]
    names = ("never", "often", "always")
    arms = [{"name": name, "set": {"agenda.discount": 1 - at / 20}} for at, name in enumerate(names)]
    found = analyse_sweep(talks(tmp_path, played, fail=(), factor=factors, arm=arms), most=0)
    told = {each.measure: each for each in found.sensitivities}
    assert [share.factor for share in told["agreement"].factors] == ["deadline", "returns", "arm", "chance"]
    assert all(share.total.low is not None for share in told["agreement"].factors)
    drives = next(chapter for chapter in report_sections(found) if chapter.title == "What drives it")
    assert "Over 4 replicates" in drives.note
    assert "The arm counts as a factor." in drives.note
    once = analyse_sweep(talks(tmp_path, played, fail=(), name="once", factor=factors, arm=arms, replicates=1), most=0)
    drives = next(chapter for chapter in report_sections(once) if chapter.title == "What drives it")
    assert "Each case entered once" in drives.note


def test_the_measures_that_are_shares_are_known():
    """Their meaning begins alike, and nobody else's does."""
    known = [each for kind in ("analyse", "simulate") for each in measures_by_kind(kind).values()]
    names = {each.stem for each in known if each.form == "truth"}
    assert names == {"self_enforcing", "both_gain", "agreement", "ratified"}
