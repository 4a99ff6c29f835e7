"""Sections of a report: what came out, the course along the first factor, failed runs, origin of the numbers.

`views.report.inference` has the sections on drivers, boxes and policies. The caption of every figure names the number
of runs, the statistic, the band, and the design's hash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from lab.analysis.bootstrap import Interval, resampling_plan
from lab.analysis.findings import Findings, MeasureCurve
from lab.analysis.summaries import ArmSummary, CurvePoint, all_equal
from lab.design.cases import scenario_label
from views.figures.sweeps import BARE, ArmLine, BarShare, ForestRow, forest_plot, line_plot, stacked_bars
from views.report.elements import (
    BAND,
    NONE,
    SPREAD,
    ReportFigure,
    ReportSection,
    bar_parts,
    caption,
    condition_in_words,
    condition_measure,
    condition_word,
    ends,
    format_number,
    join_sentences,
    list_omitted,
    meaning,
    text_alternative,
)
from views.report.inference import baselines_section, discovery_section, drivers_section, policies
from views.report.tables import numbers_table, openings_table, words_table, worlds_table
from views.wording.paradox_worlds import FULL, NOT_COUNTED, share_with_interval, world_sentences
from views.wording.replicates import replicates
from views.wording.screen import design_points, format_share
from views.wording.translation import to_html

SESSIONS = 5
"""Maximum number of sessions that are listed, the latest ones."""
SCARCE = 1.0
"""Per cent. Words with a smaller share in every arm are drawn as one part."""
OTHERS = "others"
WORDLESS = "nothing was said"
AGAIN = "A point that is drawn again counts again."


def report_sections(found: Findings) -> Iterator[ReportSection]:
    """Yield the sections of a report, without empty ones."""
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
        note = f"The design is there, and no run has ended. Continue with: winset resume {found.harvest.folder}"
        yield ReportSection("Nothing has been run yet", note)
    if found.failures:
        yield failures_section(found)
    yield provenance_section(found)


def headline(found: Findings) -> str:
    """The head of the page as HTML: what was run, in a sentence and six numbers."""
    harvest, design = found.harvest, found.harvest.design
    facts = [
        ("Runs", f"{len(harvest.frame):,}"),
        ("Failed", f"{len(harvest.failures):,}"),
        ("Points", f"{design.length:,}"),
        ("Arms", f"{len(design.arms):,}"),
        ("Replicates", f"{design.replicates:,}"),
        ("Seed", f"{design.seed}"),
    ]
    listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return (
        f'<header><p class="kick">Winset sweep</p><h1>{to_html(design.name)}</h1>'
        f'<p class="lede">{to_html(sentence(found))}</p><dl class="facts">{listed}</dl></header>'
    )


def sentence(found: Findings) -> str:
    """What was run and how it ended; where it was measured, also the share of worlds without paradox."""
    design, made, gone = found.harvest.design, len(found.harvest.frame), len(found.harvest.failures)
    if not made:
        return f"A design of {design.runs:,} runs of {scenario_title(found)}; none has ended yet."
    what = "Theory" if design.kind == "analyse" else "Talks"
    begun = f"{what} of {scenario_title(found)}, {made:,} of {design.runs:,} runs"
    if gone == made:
        return f"{begun}; all of them failed, and there is nothing to measure."
    ended = "all ended well" if not gone else f"{gone:,} failed and are left out"
    again = "" if design.different == design.length else f"{design_points(design.length, design.different)}. {AGAIN}"
    return " ".join(filter(None, (f"{begun}; {ended}.", again, world_sentences(found.unparadoxical, brief=True))))


def scenario_title(found: Findings) -> str:
    """What was run: a scenario of the library by its name, a user's file by its title."""
    design = found.harvest.design
    name, title = scenario_label(design), design.draft.content.get("title")
    return f"“{title}”" if title and name != design.scenario else name


def _openings(found: Findings) -> str:
    """For a figure of openness: the worlds without paradox; where none are counted, how often full opening holds."""
    if found.unparadoxical:
        return world_sentences(found.unparadoxical)
    known = [(each.arm, each.interval) for each in found.full if each.interval is not None]
    listed = "; ".join(
        (f"{arm} " if len(found.harvest.arms) > 1 else "") + share_with_interval(around) for arm, around in known
    )
    return f"{FULL}: {listed} of the points." if listed else ""


# -- from arm to arm


def steps(found: Findings) -> ReportSection | None:
    """Section on means along the one key that the arms set; None where they set several, or nothing varies."""
    varied = [each for each in found.steps if not _level(each)]
    if not varied:
        return None
    note = f"Every arm sets {varied[0].factor}, and meets the same points and the same chance."
    return ReportSection(f"Along {varied[0].factor}", note, tuple(_course_plate(found, each) for each in varied))


# -- what came out


def outcome_section(found: Findings) -> ReportSection:
    """Section on words and numbers, arm by arm; a measure that never varies has a sentence instead of a figure."""
    plates, never, bare = [*_word_plates(found)], _single_words(found), list[str]()
    along_arms = {each.measure for each in found.steps if not _level(each)}
    for name, rows in _by_measure(found.summaries).items() if len(found.harvest.arms) > 1 else ():
        if all(each.interval is None for each in rows):
            bare.append(name)
        elif all_equal(rows):
            never.append(f"{name} ({format_number(rows[0].least)})")
        elif name not in along_arms:
            plates.append(_arms_plate(found, name, rows))
    note = join_sentences(
        f"Means over points and replicates. {resampling_plan(found.harvest.design, found.harvest.different).sentence}",
        replicates(found.harvest.design.replicates, found.harvest.different, found.enough),
        list_omitted("Without a figure, because they never vary", never),
        list_omitted("Without a number in any arm", bare),
        NOT_COUNTED if found.full and not found.unparadoxical else "",
    )
    tables = numbers_table(found) + words_table(found) + openings_table(found) + worlds_table(found)
    return ReportSection("What came out", note, tuple(plates), tables)


def _by_measure(rows: Sequence[ArmSummary]) -> dict[str, list[ArmSummary]]:
    """The rows of every measure, one per arm."""
    names = dict.fromkeys(each.measure for each in rows)
    return {name: [each for each in rows if each.measure == name] for name in names}


def _arms_plate(found: Findings, name: str, rows: Sequence[ArmSummary]) -> ReportFigure:
    rungs = [ForestRow(each.arm, _mean(each.interval), ends(each.interval), _spread(each)) for each in rows]
    banded = any(rung.interval for rung in rungs)
    runs = sum(each.interval.n for each in rows if each.interval is not None)
    under = caption(found, runs, "dot: mean", f"bar: {BAND}" if banded else None, f"hairline: {SPREAD}")
    return ReportFigure(
        f"{name}, arm by arm",
        meaning(found, name) + under,
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


def _single_words(found: Findings) -> list[str]:
    """Measures with the same single word in every run, and that word."""
    return [
        f"{name} ({condition_word(rows[0].measure)})"
        for name, rows in _said(found).items()
        if len({each.measure for each in rows}) == 1 and all_equal(rows)
    ]


def _word_plates(found: Findings) -> Iterator[ReportFigure]:
    """One figure per measure in words, with one bar per arm; none where all runs have the same word."""
    several, arms = len(found.harvest.arms) > 1, found.harvest.arms
    single = {each.partition(" (")[0] for each in _single_words(found)}
    for name, known in _said(found).items():
        if name in single:
            continue
        bare = {each.arm for each in known if each.interval is None}
        parts = _parts(known, arms, bare)
        runs = max(each.interval.n for each in known if each.interval)
        names = [f"{arm}: {WORDLESS}" if arm in bare else arm for arm in arms]
        units = "runs an arm" if several else "runs"
        small = f"{OTHERS}: below {SCARCE:g} % everywhere" if parts[-1].name == OTHERS else None
        under = caption(found, runs, "length: share of them", small, "intervals in the table", units=units)
        said = "; ".join(each if arms[at] in bare else _bar(each, at, parts) for at, each in enumerate(names))
        draw = partial(stacked_bars, names if several else [""], parts, f"% of {units}")
        yield ReportFigure(f"How often: {name}", meaning(found, name) + under, f"{name}: {said}.", draw)


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
    return f"{arm} " + ", ".join(f"{part.name} {format_share(part.shares[at] / 100)}" for part in parts)


# -- along the first factor


def course_section(found: Findings) -> ReportSection | None:
    """Section on the course of every measure along the design's first ordered factor; None without such a factor."""
    if not found.courses:
        return None
    rest = "design" if len(found.harvest.design.factors) > 1 else "scenario"
    same = list_omitted(
        "The same mean everywhere", [condition_in_words(each.measure) for each in found.courses if _level(each)]
    )
    plates = tuple(_course_plate(found, each) for each in found.courses if not _level(each))
    return ReportSection(
        f"Along {found.courses[0].factor}", join_sentences(f"Everything else as the {rest} has it.", same), plates
    )


def _level(shown: MeasureCurve) -> bool:
    means = [each.interval.mean for _, path in shown.arms for each in path if each.interval is not None]
    return not means or max(means) - min(means) <= 1e-12 * max(1.0, *map(abs, means))


def _course_plate(found: Findings, shown: MeasureCurve) -> ReportFigure:
    paths = [(arm, [(each, each.interval) for each in path if each.interval]) for arm, path in shown.arms if path]
    lines: list[ArmLine] = []
    for arm, path in paths:
        low, high = zip(*(_band(each, around, unsure=shown.has_intervals) for each, around in path), strict=True)
        lines.append(ArmLine(arm, [each.at for each, _ in path], [around.mean for _, around in path], low, high))
    runs = sum(around.n for _, path in paths for _, around in path)
    bare = [arm for arm, path in shown.arms if not path]
    if len(shown.arms) == 1:  # a course from arm to arm
        bare = [each.arm for each in found.summaries if each.measure == shown.measure and each.interval is None]
    lacking = f"{BARE} in {', '.join(bare)}" if bare else None
    under = caption(found, runs, "line: mean", f"band: {BAND if shown.has_intervals else SPREAD}", lacking)
    if shown.measure == "largest_openness":
        under = f"{under} {_openings(found)}"
    title = condition_in_words(shown.measure)
    said = "; ".join(f"{line.name}: {_end(line, 0)} to {_end(line, -1)}" for line in lines)
    draw = partial(line_plot, lines, shown.factor, "share of runs" if title != shown.measure else "mean")
    return ReportFigure(title, meaning(found, shown.measure) + under, f"{title} along {shown.factor}. {said}.", draw)


def _end(line: ArmLine, at: int) -> str:
    return f"{format_number(line.means[at])} at {format_number(line.at[at])}"


def _band(each: CurvePoint, around: Interval, *, unsure: bool) -> tuple[float, float]:
    """The ends of the band: of the interval where there are intervals, else of the runs."""
    return (ends(around) or (around.mean, around.mean)) if unsure else each.spread


# -- failures, and origin of the numbers


def failures_section(found: Findings) -> ReportSection:
    """Section on failed runs: the last lines of each traceback, and the command that makes the run again."""
    total, shown = len(found.harvest.failures), len(found.failures)
    listed = "".join(
        f"<details><summary><code>{to_html(each.run_id[:12])}</code> {to_html(each.status)}: "
        f"{to_html(each.error_type or 'no error was told')}</summary><p>{to_html(each.error or '')}</p>"
        f"<pre>{to_html(each.traceback or 'no traceback')}</pre>"
        f'<p class="note">Again:</p><pre>{to_html(each.command)}</pre></details>'
        for each in found.failures
    )
    runs = "1 run" if total == 1 else f"{total:,} runs"
    note = f"{runs} did not end well" + (f"; the first {shown} of them:" if shown < total else ":")
    return ReportSection("Runs that failed", note, (), listed)


def provenance_section(found: Findings) -> ReportSection:
    """Section on the origin of the numbers: design, scenario, seed, versions, sessions, and how to read the rows."""
    harvest, design = found.harvest, found.harvest.design
    last = harvest.sessions[-1] if harvest.sessions else {}
    versions: dict[str, str | None] = last.get("versions") or {}
    listed = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    sessions = [f"{each.get('start', '')[:19]} {each.get('reason') or 'has no end'}" for each in harvest.sessions]
    facts = [
        ("Design", f"{design.name}, {design.method}, hash {harvest.mark}"),
        ("Scenario", scenario_label(design)),
        ("Made by", f"winset {design.kind}"),
        ("Factors", "; ".join(f"{each.name} ({each.key})" for each in design.factors) or "none"),
        ("Arms", ", ".join(harvest.arms)),
        ("Measures", "; ".join(f"{name}: {harvest.meaning(name)}" for name in design.measures)),
        ("Seed", f"{design.seed}; every random number follows from it"),
        ("Intervals", resampling_plan(design, found.harvest.different).sentence),
        ("Model", f"version {last.get('model', NONE)}, commit {last.get('commit') or 'not known'}"),
        ("Versions", ", ".join(filter(None, (f"Python {last.get('python', NONE)}", listed)))),
        ("Platform", str(last.get("platform", NONE))),
        ("Sessions", "; ".join(sessions[-SESSIONS:]) or NONE),
        ("Rows", f'lab.results("{harvest.folder}"), a row a case; the files in runs/ have a row a run and its weight'),
    ]
    told_of = "".join(f"<dt>{name}</dt><dd>{to_html(value)}</dd>" for name, value in facts)
    return ReportSection("Where it comes from", " ".join(harvest.notes), (), f'<dl class="made">{told_of}</dl>')
