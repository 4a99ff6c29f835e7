"""The section with the means of measures along the first factor."""

from __future__ import annotations

from functools import partial

from lab.analysis.bootstrap import Interval
from lab.analysis.findings import Findings, MeasureCurve
from lab.analysis.summaries import CurvePoint
from views.figures.sweeps import BARE, ArmLine, line_plot
from views.report.elements import (
    BAND,
    SPREAD,
    ReportFigure,
    ReportSection,
    caption,
    condition_in_words,
    ends,
    format_number,
    join_sentences,
    list_omitted,
    meaning,
)
from views.wording.worlds import FULL, share_with_interval, world_sentences


def course_section(found: Findings) -> ReportSection | None:
    """Section on the course of every measure along the design's first ordered factor; None without such a factor."""
    if not found.courses:
        return None
    rest = "design" if len(found.harvest.design.factors) > 1 else "scenario"
    same = list_omitted(
        "The same mean everywhere", [condition_in_words(each.measure) for each in found.courses if is_flat(each)]
    )
    plates = tuple(curve_figure(found, each) for each in found.courses if not is_flat(each))
    return ReportSection(
        f"Along {found.courses[0].factor}", join_sentences(f"Everything else as the {rest} has it.", same), plates
    )


def is_flat(shown: MeasureCurve) -> bool:
    """Whether the means of a measure are the same, to rounding, at every level of the factor and in every arm."""
    means = [each.interval.mean for _, path in shown.arms for each in path if each.interval is not None]
    return not means or max(means) - min(means) <= 1e-12 * max(1.0, *map(abs, means))


def curve_figure(found: Findings, shown: MeasureCurve) -> ReportFigure:
    """Return the figure of a measure along a factor: one line for each arm, with its band."""
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
        under = f"{under} {openings_sentence(found)}"
    title = condition_in_words(shown.measure)
    said = "; ".join(f"{line.name}: {_end(line, 0)} to {_end(line, -1)}" for line in lines)
    draw = partial(line_plot, lines, shown.factor, "share of runs" if title != shown.measure else "mean")
    return ReportFigure(title, meaning(found, shown.measure) + under, f"{title} along {shown.factor}. {said}.", draw)


def _end(line: ArmLine, at: int) -> str:
    return f"{format_number(line.means[at])} at {format_number(line.at[at])}"


def _band(each: CurvePoint, around: Interval, *, unsure: bool) -> tuple[float, float]:
    """The ends of the band: of the interval where there are intervals, else of the runs."""
    return (ends(around) or (around.mean, around.mean)) if unsure else each.spread


def steps(found: Findings) -> ReportSection | None:
    """Section on means along the one key that the arms set; None where they set several, or nothing varies."""
    varied = [each for each in found.steps if not is_flat(each)]
    if not varied:
        return None
    note = f"Every arm sets {varied[0].factor}, and meets the same points and the same chance."
    return ReportSection(f"Along {varied[0].factor}", note, tuple(curve_figure(found, each) for each in varied))


def openings_sentence(found: Findings) -> str:
    """For a figure of openness: the worlds without paradox; where none are counted, how often full opening holds."""
    if found.unparadoxical:
        return world_sentences(found.unparadoxical)
    known = [(each.arm, each.interval) for each in found.full if each.interval is not None]
    listed = "; ".join(
        (f"{arm} " if len(found.harvest.arms) > 1 else "") + share_with_interval(around) for arm, around in known
    )
    return f"{FULL}: {listed} of the points." if listed else ""
