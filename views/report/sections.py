"""Sections of a report: what came out, and the course along the first factor.

`views.report.inference` has the sections on drivers and boxes, `views.report.arms` those on baselines and policies,
`views.report.provenance` those on failed runs and on the origin of the numbers. The caption of every figure names the
number of runs, the statistic, the band, and the design's hash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from games.messages import Message, join_messages, message, plural_message
from lab.analysis.bootstrap import LEVEL, Interval, resampling_plan
from lab.analysis.findings import Findings
from lab.analysis.paradox_worlds import GROSS, NET
from lab.analysis.report_document import MeasureCurve
from lab.analysis.summaries import ArmSummary, CurvePoint, all_equal
from lab.design.cases import Kind, scenario_label
from views.figures.sweeps import ArmLine, BarShare, ForestRow, forest_plot, line_plot, stacked_bars
from views.report.arms import baselines_section, policies
from views.report.elements import (
    BAR,
    MEAN_DOT,
    ReportFigure,
    ReportSection,
    bar_parts,
    caption,
    condition_in_words,
    condition_measure,
    condition_word,
    count_runs,
    ends,
    format_number,
    join_sentences,
    list_omitted,
    meaning,
    repeats_points,
    sentences_below,
    text_alternative,
)
from views.report.inference import discovery_section, drivers_section
from views.report.provenance import failures_section, provenance_section
from views.report.tables import accounts_table, net_table, numbers_table, openings_table, words_table, worlds_table
from views.wording.paradox_worlds import NOT_COUNTED, world_sentences
from views.wording.replicates import replicates
from views.wording.screen import design_points, format_share
from views.wording.translation import to_html

SCARCE = 1.0
"""Per cent. Words with a smaller share in every arm are drawn as one part."""
OTHERS = message("others")
HAIRLINE = message("hairline: 5 to 95\u00a0% of the runs")
BANDS = {
    True: message("band: {level}\u00a0% bootstrap interval", level=f"{100 * LEVEL:.0f}"),
    False: message("band: 5 to 95\u00a0% of the runs"),
}
"""What the band of a curve is, by whether the curve has intervals."""


def report_sections(found: Findings) -> Iterator[ReportSection]:
    """Yield the sections of a report on a sweep in the order of the page, without those that have no content.

    Where no run has ended, a note on how to continue takes the place of the results.
    """
    if len(found.harvest.frame):
        for tell in (
            steps,
            outcome_section,
            baselines_section,
            course_section,
            drivers_section,
            discovery_section,
            policies,
        ):
            made = tell(found)
            if made is not None:
                yield made
    else:
        note = message(
            "The design is there, and no run has ended. Continue with: winset resume {folder}",
            folder=found.harvest.folder,
        )
        yield ReportSection(message("Nothing has been run yet"), note)
    if found.failures:
        yield failures_section(found)
    yield provenance_section(found)


def headline(found: Findings) -> str:
    """Render the head of a report on a sweep as HTML: its name, a sentence on what was run, and six numbers."""
    harvest, design = found.harvest, found.harvest.design
    facts = [
        (message("Runs"), f"{len(harvest.frame):,}"),
        (message("Failed"), f"{len(harvest.failures):,}"),
        (message("Points"), f"{design.length:,}"),
        (message("Arms"), f"{len(design.arms):,}"),
        (message("Replicates"), f"{design.replicates:,}"),
        (message("Seed"), f"{design.seed}"),
    ]
    listed = "".join(f"<div><dt>{to_html(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    return (
        f'<header><p class="kick">{to_html(message("Winset sweep"))}</p><h1>{to_html(design.name)}</h1>'
        f'<p class="lede">{to_html(sentence(found))}</p><dl class="facts">{listed}</dl></header>'
    )


def sentence(found: Findings) -> str:
    """Return the text on what the sweep ran and how it ended, for the head of its report.

    Where it was measured, the text also says in how many worlds the part that is signed falls.
    """
    design, made, gone = found.harvest.design, len(found.harvest.frame), len(found.harvest.failures)
    if not made:
        return plural_message(
            "A design of {number} run of {scenario}; none has ended yet.",
            "A design of {number} runs of {scenario}; none has ended yet.",
            design.runs,
            scenario=scenario_title(found),
        )
    ended = ALL_FAILED if gone == made else SOME_FAILED if gone else ALL_ENDED
    first = ended[design.kind].format(
        scenario=scenario_title(found), made=f"{made:,}", runs=f"{design.runs:,}", failed=f"{gone:,}"
    )
    if gone == made:
        return first
    again = message(
        "{points}. A point that is drawn again counts again.", points=design_points(design.length, design.different)
    )
    return join_sentences(
        first, again if repeats_points(found) else "", world_sentences(found.unparadoxical, brief=True)
    )


ALL_ENDED: Mapping[Kind, Message] = {
    "analyse": message("Theory of {scenario}, {made} of {runs} runs; all ended well."),
    "simulate": message("Talks of {scenario}, {made} of {runs} runs; all ended well."),
}
SOME_FAILED: Mapping[Kind, Message] = {
    "analyse": message("Theory of {scenario}, {made} of {runs} runs; {failed} failed and are left out."),
    "simulate": message("Talks of {scenario}, {made} of {runs} runs; {failed} failed and are left out."),
}
ALL_FAILED: Mapping[Kind, Message] = {
    "analyse": message(
        "Theory of {scenario}, {made} of {runs} runs; all of them failed, and there is nothing to measure."
    ),
    "simulate": message(
        "Talks of {scenario}, {made} of {runs} runs; all of them failed, and there is nothing to measure."
    ),
}
"""What was run and how it ended, by the kind of the sweep."""


def scenario_title(found: Findings) -> str:
    """Return the name of the scenario that a sweep ran: its name in the library, or a user's title in quotes."""
    design = found.harvest.design
    name, title = scenario_label(design), design.draft.content.get("title")
    return f"“{title}”" if title and name != design.scenario else name


# -- from arm to arm


def steps(found: Findings) -> ReportSection | None:
    """Return the section of a report on means along the one key of the scenario that all arms set, such as a levy.

    An arm is a variant of the case that is compared. The result is None where arms set several keys or nothing varies.
    """
    varied = [each for each in found.steps if not _level(each)]
    if not varied:
        return None
    note = message("Every arm sets {factor}, and meets the same points and the same chance.", factor=varied[0].factor)
    title = message("Along {factor}", factor=varied[0].factor)
    return ReportSection(title, note, tuple(_course_plate(found, each) for each in varied))


# -- what came out


def outcome_section(found: Findings) -> ReportSection:
    """Return the section of a report on the results of a sweep: words and numbers of every measure, by arm.

    A measure that never varies has a sentence instead of a figure.
    """
    single = _single_words(found)
    plates, bare = [*_word_plates(found, single)], list[str]()
    never: list[str] = [message("{measure} ({value})", measure=name, value=word) for name, word in single.items()]
    along_arms = {each.measure for each in found.steps if not _level(each)}
    for name, rows in _by_measure(found.summaries).items() if len(found.harvest.arms) > 1 else ():
        if all(each.interval is None for each in rows):
            bare.append(name)
        elif all_equal(rows):
            never.append(message("{measure} ({value})", measure=name, value=format_number(rows[0].least)))
        elif name not in along_arms:
            plates.append(_arms_plate(found, name, rows))
    note = join_sentences(
        message("Means over points and replicates."),
        resampling_plan(found.harvest.design, found.harvest.different).sentence,
        replicates(found.harvest.design.replicates, found.harvest.different, found.enough),
        list_omitted(message("Without a figure, because they never vary: {names}."), never),
        list_omitted(message("Without a number in any arm: {names}."), bare),
        NOT_COUNTED if _parts_measured(found) and not found.unparadoxical else "",
        *(() if found.baselines else found.warnings),
    )
    tables = "".join(
        table(found) for table in (net_table, accounts_table, numbers_table, words_table, openings_table, worlds_table)
    )
    return ReportSection(message("What came out"), note, tuple(plates), tables)


def _parts_measured(found: Findings) -> bool:
    return any(name in found.harvest.design.measures for name in (GROSS, NET))


def _by_measure(rows: Sequence[ArmSummary]) -> dict[str, list[ArmSummary]]:
    """The rows of every measure, one per arm."""
    names = dict.fromkeys(each.measure for each in rows)
    return {name: [each for each in rows if each.measure == name] for name in names}


def _arms_plate(found: Findings, name: str, rows: Sequence[ArmSummary]) -> ReportFigure:
    rungs = [ForestRow(each.arm, _mean(each.interval), ends(each.interval), _spread(each)) for each in rows]
    banded = any(rung.interval for rung in rungs)
    runs = sum(each.interval.n for each in rows if each.interval is not None)
    under = caption(found, count_runs(found, runs), MEAN_DOT, BAR if banded else None, HAIRLINE)
    return ReportFigure(
        message("{measure}, arm by arm", measure=name),
        join_sentences(meaning(found, name), under),
        text_alternative(name, rungs),
        partial(forest_plot, rungs, name),
    )


def _mean(around: Interval | None) -> float | None:
    return None if around is None else around.mean


def _spread(each: ArmSummary) -> tuple[float, float] | None:
    return None if each.quantiles is None else (each.quantiles[0], each.quantiles[-1])


def _said(found: Findings) -> dict[str, list[ArmSummary]]:
    """The shares of the words of every measure in words."""
    names = dict.fromkeys(condition_measure(each.measure) for each in found.shares)
    return {name: [each for each in found.shares if condition_measure(each.measure) == name] for name in names}


def _single_words(found: Findings) -> dict[str, str]:
    """Measures with the same single word in every run, and that word."""
    return {
        name: condition_word(rows[0].measure)
        for name, rows in _said(found).items()
        if len({each.measure for each in rows}) == 1 and all_equal(rows)
    }


def _word_plates(found: Findings, single: Collection[str]) -> Iterator[ReportFigure]:
    """One figure per measure in words, with one bar per arm; none for measures with a `single` word."""
    several, arms = len(found.harvest.arms) > 1, found.harvest.arms
    for name, known in _said(found).items():
        if name in single:
            continue
        bare = {each.arm for each in known if each.interval is None}
        parts = _parts(known, arms, bare)
        runs = max(each.interval.n for each in known if each.interval)
        names: list[str] = [message("{arm}: nothing was said", arm=arm) if arm in bare else arm for arm in arms]
        small = message("others: below {share} % everywhere", share=f"{SCARCE:g}") if parts[-1].name == OTHERS else None
        under = caption(
            found,
            _count_an_arm(found, runs) if several else count_runs(found, runs),
            message("length: share of them"),
            small,
            message("intervals in the table"),
        )
        said = [each if arms[at] in bare else _bar(each, at, parts) for at, each in enumerate(names)]
        across = message("% of runs an arm") if several else message("% of runs")
        yield ReportFigure(
            message("How often: {measure}", measure=name),
            join_sentences(meaning(found, name), under),
            message("{measure}: {shares}.", measure=name, shares=join_messages("; ", said)),
            partial(stacked_bars, names if several else [""], parts, across),
        )


def _count_an_arm(found: Findings, n: int) -> Message:
    """The number of runs of each arm; of cases where a run counts once for each of its equal points."""
    if repeats_points(found):
        return plural_message("n = {number} case an arm", "n = {number} cases an arm", n)
    return plural_message("n = {number} run an arm", "n = {number} runs an arm", n)


def _parts(known: Sequence[ArmSummary], arms: Sequence[str], bare: Collection[str]) -> list[BarShare]:
    """The words of a measure as parts of bars, in the order of their inks; rare words are one part, the last.

    Arms without any word, `bare`, have no bar.
    """
    shares = {name: dict.fromkeys(arms, 0.0) for name in (condition_word(each.measure) for each in known)}
    for each in known:
        if each.interval is not None:
            shares[condition_word(each.measure)][each.arm] = 100 * each.interval.mean
    kept = {name: list(told.values()) for name, told in shares.items() if max(told.values()) >= SCARCE}
    parts = bar_parts(kept)
    # The rest also contains the words that are too many to be listed.
    sums = [0.0 if arm in bare else 100 - sum(part.shares[at] for part in parts) for at, arm in enumerate(arms)]
    rest = [max(0.0, each) for each in sums]
    return [*parts, BarShare(OTHERS, rest, "breakdown", strength=0.45)] if max(rest) > 1e-9 else parts


def _bar(arm: str, at: int, parts: Sequence[BarShare]) -> str:
    shares = [join_messages(" ", [part.name, format_share(part.shares[at] / 100)]) for part in parts]
    return join_messages(" ", [arm, join_messages(", ", shares)])


# -- along the first factor


def course_section(found: Findings) -> ReportSection | None:
    """Return the section of a report on the mean of every measure along the first ordered factor of the design.

    The result is None without such a factor.
    """
    if not found.courses:
        return None
    rest = (
        message("Everything else as the design has it.")
        if len(found.harvest.design.factors) > 1
        else message("Everything else as the scenario has it.")
    )
    same = list_omitted(
        message("The same mean everywhere: {names}."),
        [condition_in_words(each.measure) for each in found.courses if _level(each)],
    )
    plates = tuple(_course_plate(found, each) for each in found.courses if not _level(each))
    title = message("Along {factor}", factor=found.courses[0].factor)
    return ReportSection(title, join_sentences(rest, same), plates)


def _level(shown: MeasureCurve) -> bool:
    means = [each.interval.mean for path in shown.arms for each in path.points if each.interval is not None]
    return not means or max(means) - min(means) <= 1e-12 * max(1.0, *map(abs, means))


def _course_plate(found: Findings, shown: MeasureCurve) -> ReportFigure:
    paths = [
        (path.arm, [(each, each.interval) for each in path.points if each.interval])
        for path in shown.arms
        if path.points
    ]
    lines: list[ArmLine] = []
    for arm, path in paths:
        low, high = zip(*(_band(each, around, unsure=shown.has_intervals) for each, around in path), strict=True)
        lines.append(ArmLine(arm, [each.at for each, _ in path], [around.mean for _, around in path], low, high))
    runs = sum(around.n for _, path in paths for _, around in path)
    bare = [path.arm for path in shown.arms if not path.points]
    if len(shown.arms) == 1:  # a course from arm to arm
        bare = [each.arm for each in found.summaries if each.measure == shown.measure and each.interval is None]
    lacking = message("no number in {arms}", arms=", ".join(bare)) if bare else None
    counted = count_runs(found, runs)
    under = caption(found, counted, message("line: mean"), BANDS[shown.has_intervals], lacking)
    below = sentences_below(found, shown.measure)
    title = condition_in_words(shown.measure)
    upward = message("share of runs") if title != shown.measure else message("mean")
    return ReportFigure(
        title,
        join_sentences(meaning(found, shown.measure), under, below),
        message(
            "{measure} along {factor}. {ends}.",
            measure=title,
            factor=shown.factor,
            ends=join_messages("; ", map(_line_ends, lines)),
        ),
        partial(line_plot, lines, shown.factor, upward),
    )


def _line_ends(line: ArmLine) -> Message:
    """The first and the last mean of a line, in words."""
    return message(
        "{arm}: {first} at {start} to {last} at {end}",
        arm=line.name,
        first=format_number(line.means[0]),
        start=format_number(line.at[0]),
        last=format_number(line.means[-1]),
        end=format_number(line.at[-1]),
    )


def _band(each: CurvePoint, around: Interval, *, unsure: bool) -> tuple[float, float]:
    """The ends of the band: of the interval where there are intervals, else of the runs."""
    return (ends(around) or (around.mean, around.mean)) if unsure else each.spread
