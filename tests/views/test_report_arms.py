"""A report drops no arm: one that never varies, or has no number at all, stands in every figure or is named there."""

# pyright: reportOptionalMemberAccess=false, reportOptionalSubscript=false

import json
import re

import jsonschema
import pytest
from sample_sweeps import ARMS, DEADLINE, played, talks

import lab
from lab.analysis.findings import analyse_sweep
from views.cli import contract
from views.cli.commands import report
from views.report.page import render_page
from views.report.sections import report_sections
from views.text import sweep_results
from views.text.layout import Screen


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analyse_sweep(talks(tmp_path_factory.mktemp("arms"), played), most=0)


@pytest.fixture(scope="module")
def told(found):
    return {chapter.title: chapter for chapter in report_sections(found)}


def words(plate):
    """What can be read on a figure and under it."""
    figure = plate.draw("light")
    return " ".join([each.text for each in figure.layout.annotations] + [plate.caption])


def plates(chapter):
    return {plate.title: plate for plate in chapter.plates}


def test_an_arm_that_never_varies_stands_in_the_figure_of_its_measure(told):
    plate = plates(told["What came out"])["agreement, arm by arm"]
    dots = sorted(trace.x[0] for trace in plate.draw("light").data)
    assert dots == [0, 0.5, 1]
    assert all(arm in words(plate) for arm in ARMS)
    assert all(arm in plate.spoken for arm in ARMS)


def test_every_figure_that_sets_arms_side_by_side_has_all_of_them(told, found):
    against = found.differences[0].other
    for title in ("What came out", "Which arm does better", "Along deadline"):
        assert told[title].plates
        for plate in told[title].plates:
            missing = [arm for arm in ARMS if arm not in words(plate) and arm != against]
            assert missing == [], f"{title}: {plate.title}"


def test_an_arm_without_a_number_is_named_and_has_no_bar_and_no_dot(told):
    bars = plates(told["What came out"])["How often: outcome"].draw("light").data
    assert all(trace.x[ARMS.index("broken")] == 0 for trace in bars)
    assert "broken: no number" in words(plates(told["What came out"])["agreement, arm by arm"])
    assert "broken: no number" in words(plates(told["Which arm does better"])["agreement, against never"])
    assert "no number in broken" in plates(told["Along deadline"])["agreement"].caption


def test_a_course_from_arm_to_arm_names_the_arm_that_has_no_place_on_it(tmp_path):
    steps = [{"name": arm, "set": {"agenda.returns": at}} for at, arm in enumerate(ARMS)]
    found = analyse_sweep(talks(tmp_path, played, arm=steps), most=0)
    told = {chapter.title: chapter for chapter in report_sections(found)}["Along agenda.returns"]
    assert "no number in broken" in plates(told)["agreement"].caption


def test_a_measure_is_left_out_only_where_it_is_the_same_in_every_arm_and_a_sentence_says_so(tmp_path):
    found = analyse_sweep(talks(tmp_path, played, ARMS[:3], fail=()), most=0)
    told = {chapter.title: chapter for chapter in report_sections(found)}
    out = told["What came out"]
    assert list(plates(out)) == ["How often: outcome", "agreement, arm by arm", "value.Ardenia, arm by arm"]
    assert "Without a figure, because they never vary: reason (as it was); rounds (5.00)." in out.note
    assert "Without a figure, because no arm differs: rounds." in told["Which arm does better"].note
    assert "The same mean everywhere: rounds" in told["Along deadline"].note


def test_a_measure_that_differs_and_cancels_out_is_no_measure_without_a_difference(tmp_path):
    def swung(arm, point, replicate):
        sign = 0 if arm == "never" else (-1.0) ** replicate
        return 1.0, 5.0 + sign, 1.0, "agreement", "as it was"

    found = analyse_sweep(talks(tmp_path, swung, ARMS[:2], fail=()), most=0)
    told = {chapter.title: chapter for chapter in report_sections(found)}
    assert "rounds, against never" in plates(told["Which arm does better"])


def test_a_measure_without_a_number_anywhere_is_told(tmp_path):
    def empty(arm, point, replicate):
        return *played(arm, point, replicate)[:1], None, 1.0, "agreement", "as it was"

    found = analyse_sweep(talks(tmp_path, empty, ARMS[:2], fail=()), most=0)
    told = {chapter.title: chapter for chapter in report_sections(found)}
    assert "Without a number in any arm: rounds." in told["What came out"].note
    assert "Without a case that has a number in never and in another arm: rounds." in told["Which arm does better"].note


def test_where_arms_cannot_be_weighed_a_sentence_says_why(told):
    assert "No case has a number in every arm: agreement" in told["Which arm does better"].note


# -- where something happens


MANY = tuple(f"arm {at:02}" for at in range(15))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    def value(arm, point, replicate):
        return float(point > 10), float(point), float(point), "agreement" if point > 10 else "breakdown", "as it was"

    levels = DEADLINE | {"values": list(range(4, 28))}
    return talks(tmp_path_factory.mktemp("many"), value, MANY, fail=(), replicates=1, factor=[levels])


def test_a_condition_is_looked_into_in_every_arm_or_named_as_one_that_is_not(many):
    found = analyse_sweep(many, most=0)
    looked = {}
    for each in found.discoveries:
        looked.setdefault(each.condition, []).append(each.arm)
    assert looked
    assert all(tuple(arms) == MANY for arms in looked.values())
    assert found.passed_over
    told = {chapter.title: chapter for chapter in report_sections(found)}["Where it happens"]
    assert all(re.sub(r"[<>=]+", ".*", condition) for condition in found.passed_over)
    assert "Not looked into" in told.note
    jsonschema.Draft202012Validator(contract.output_schema("report")).validate(
        json.loads(json.dumps(found.document().to_dict()))
    )
    drawn = [plate.title for plate in told.plates]
    assert {title.rpartition(" · ")[2] for title in drawn} == set(MANY)


def test_conditions_that_somebody_names_are_all_looked_into(many):
    wanted = ["rounds <= 3", "rounds >= 20"]
    found = analyse_sweep(many, wanted, most=0)
    assert [(each.condition, each.arm) for each in found.discoveries] == [
        (each, arm) for each in wanted for arm in MANY
    ]
    assert found.passed_over == ()


# -- two folders, and the terminal


def test_arms_and_measures_that_only_one_folder_has_are_named(tmp_path):
    one = talks(tmp_path, played, ("never", "often"), fail=(), name="one")
    other = talks(tmp_path, played, ("never", "always"), fail=(), name="other", measure=["agreement", "moves"])
    said = " ".join(lab.compare(one, other).notes)
    assert "often" in said
    assert "always" in said
    assert "moves" in said
    assert "value.Ardenia" in said


def test_a_table_in_the_terminal_breaks_off_between_measures_never_among_arms(many):
    lines = sweep_results.render_report(Screen(100), report.make_report(str(many), None, baselines=0, figures=True))
    for name in ("agreement", "rounds", "value.Ardenia"):
        shown = [line for line in lines if re.match(rf"{re.escape(name)} +arm", line)]
        arms = {re.search(r"arm \d\d", line)[0] for line in shown}
        assert len(arms) in {0, len(MANY), len(MANY) - 1}, name
    assert any("more, which --json and the page" in line for line in lines)


def test_the_page_is_written_for_arms_without_a_number(found):
    text = render_page(found)
    assert "broken: no number" in text
    assert not re.search(r"\b(nan|NaN)\b", text.split("<script>")[0])


# -- baselines


def test_baselines_are_told_with_the_cases_they_play_and_a_warning_where_these_are_not_like_the_whole(tmp_path):
    def longer(arm, point, replicate):
        return 1.0, 5.0 + 4 * (point == 1), 1.0, "agreement", "as it was"

    folder = talks(tmp_path, longer, ("as it is",), fail=())
    found = analyse_sweep(folder, most=2)
    told = {chapter.title: chapter for chapter in report_sections(found)}["Beside theory, and beside no thought"]
    assert told.note.startswith("2 of 3 points, 1 replicate.")
    assert all("2 of 3 points, 1 replicate;" in plate.caption for plate in told.plates)
    (warning,) = found.warnings
    assert "rounds is 5 there, 6.33 over the whole sweep" in warning
    assert warning in told.note
    written = report.make_report(str(folder), None, baselines=2, figures=True)
    said = re.sub(r"\s+", " ", " ".join(sweep_results.render_report(Screen(80), written)))
    assert "2 of 3 points, 1 replicate." in said
    assert "are not like the whole sweep" in said
    assert warning in written.to_dict()["notes"]
    jsonschema.Draft202012Validator(contract.output_schema("report")).validate(
        json.loads(json.dumps(written.to_dict()))
    )


def test_what_all_baselines_reach_alike_has_a_sentence_in_the_place_of_a_figure(tmp_path):
    def alike(arm, point, replicate):
        return 1.0, 1.0, 1.0, "agreement", "as it was"

    measures, level = ["package", "agreement"], DEADLINE | {"values": [8]}
    found = analyse_sweep(talks(tmp_path, alike, ("as it is",), fail=(), measure=measures, factor=[level]), most=1)
    told = {chapter.title: chapter for chapter in report_sections(found)}["Beside theory, and beside no thought"]
    for name in ("package", "agreement"):
        means = {each.interval.mean for each in found.baselines if each.measure == name}
        assert (name in plates(told)) == (len(means) > 1)
        assert (f"all reach the same: {name}" in told.note) == (len(means) == 1)
    assert "all reach the same: agreement" in told.note
