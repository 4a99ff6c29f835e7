"""The library, one case, and the errors in case files, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from views.text.charts import ROLES
from views.text.layout import Screen, notes, paragraph, render_table, section_heading
from views.wording.phrases import format_short, join_words
from views.wording.screen import number

if TYPE_CHECKING:
    from scenarios import Review
    from views.results.case_check import CaseFindings

PROTOCOLS = {"alternating": "offers in turn", "request_offer": "sealed requests, sealed first offers, then in turn"}
MANDATES = {
    "win-set": "what passes at home",
    "red lines": "across no red line",
    "both": "what passes at home, across no red line",
    "none": "free",
}

JsonObject = Mapping[str, Any]
"""A case as in its JSON."""


def render_library(screen: Screen, told: Sequence[JsonObject]) -> list[str]:
    """Render the library, one case per line, for `winset scenarios list`."""
    rows = [
        (entry["name"], entry["preset"] or "–", entry["title"], entry["game"] or "–", _count(entry["packages"]))
        for entry in told
    ]
    hint = "winset scenarios show NAME tells more; winset analyse NAME and winset simulate NAME use it."
    return [
        *render_table(screen, ("name", "no.", "title", "game", "packages"), rows, "<<<<>"),
        "",
        *notes(screen, [hint]),
    ]


def _count(packages: int | None) -> str:
    return "–" if packages is None else number(packages, 0)


# -- a case


def render_case(screen: Screen, told: JsonObject) -> list[str]:
    """Render one case, for `winset scenarios show`."""
    preset = f" ({told['preset']})" if told["preset"] else ""
    lines = [screen.ink(told["title"] + preset, "strong"), *paragraph(screen, told["summary"])]
    if told["countries"]:
        lines += section_heading(screen, "Countries")
        rows = [(country["name"], country["role"], country["iso3"] or "") for country in told["countries"]]
        lines += render_table(screen, ("", "", ""), rows)
    if told["agenda"] is not None:
        lines += section_heading(screen, f"Agenda: {_count(told['packages'])} packages")
        lines += [*_ladders(screen, told["agenda"]), *paragraph(screen, rules(told["rules"]))]
    lines += render_points(screen, told)
    for seat, role in zip(told["seats"], ROLES, strict=False):
        lines += [*section_heading(screen, seat["country"]), *delegation(screen, told, seat, role)]
    lines += _teaching(screen, told["teaching"])
    if told["sources"]:
        lines += [*section_heading(screen, "Sources"), *notes(screen, told["sources"])]
    return [*lines, "", *notes(screen, told["notes"])]


def rules(procedure: JsonObject) -> str:
    """The rules of the talks in a sentence."""
    held = PROTOCOLS.get(procedure["protocol"], procedure["protocol"])
    keeps = f" A round of delay leaves {format_short(procedure['discount'])} of a deal's value."
    times = {0: "ends them", 1: "sends them back once"}.get(procedure["returns"], f"{procedure['returns']} times")
    back = f"a failed vote at home {times if procedure['returns'] < 2 else f'sends them back up to {times}'}"
    return f"Talks: {held}; {procedure['rounds']} rounds; {back}.{keeps if procedure['discount'] != 1 else ''}"


def _ladders(screen: Screen, agenda: Sequence[JsonObject]) -> list[str]:
    """Every ladder with its levels; the first is today's practice."""
    lines: list[str] = []
    for ladder in agenda:
        levels = "held at today's practice" if ladder["held"] else "; ".join(ladder["levels"])
        lines += [*paragraph(screen, ladder["name"]), *paragraph(screen, levels, indent=2)]
    return lines


def render_points(screen: Screen, told: JsonObject) -> list[str]:
    """Render the points of every level for every seat and for the migrants; empty for a case without points."""
    sheets = {seat["country"]: seat["points"] for seat in told["seats"] if seat["points"] is not None}
    if not sheets:
        return []
    if told["migrants"] is not None:
        sheets["those who move"] = told["migrants"]
    rows = [(item["name"], *(_row(sheet.get(item["key"], ())) for sheet in sheets.values())) for item in told["agenda"]]
    lines = [
        *section_heading(screen, "Points of levels 1, 2, ..."),
        *render_table(screen, ("", *sheets), rows, "<" + ">" * len(sheets)),
    ]
    bonuses = [
        f"{seat['country']}: {number(bonus['points'], 0, plus=True)} "
        f"when {describe_levels(bonus['least'], _names(told))}"
        for seat in told["seats"]
        for bonus in seat["bonuses"]
    ]
    return [*lines, *notes(screen, [*bonuses, *_yields(told)])]


def _yields(told: JsonObject) -> list[str]:
    """Which ladders depend on which others, and the factor on their points at each level of these."""
    names = _names(told)
    yields: Mapping[str, Mapping[str, Sequence[float]]] = told["yields"] or {}
    return [
        f"{names[key]}: times {join_words([format_short(factor) for factor in factors])} "
        f"at levels 0, 1, ... of {names[other]}."
        for key, grounds in yields.items()
        for other, factors in grounds.items()
    ]


def _row(levels: Sequence[int]) -> str:
    return " ".join(f"{number(level, 0):>3}" for level in levels) or "–"


def delegation(screen: Screen, told: JsonObject, seat: JsonObject, role: str) -> list[str]:
    """Render what one delegation brings to the talks, and which groups vote at home.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The case, as in its JSON.
    seat
        The seat of the delegation, from the same JSON.
    role
        Ink of the seat: `host` or `origin`.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    names, unit = _names(told), told["value_unit"]
    walk_away = f"{format_short(seat['walk_away'])} {unit}" if unit else format_short(seat["walk_away"])
    bound = MANDATES.get(seat["mandate"], seat["mandate"])
    lines = paragraph(
        screen, f"Tactic {seat['tactic']}. May sign: {bound}. Without a deal: {walk_away}; {seat['reason']}."
    )
    if seat["priorities"]:
        lines += paragraph(screen, f"Told to request: {'; '.join(names[key] for key in seat['priorities'])}.")
    if seat["red_lines"]:
        lines += [screen.ink("Red lines", role)]
        lines += [line for each in seat["red_lines"] for line in paragraph(screen, red_line(each, names), first="· ")]
    if seat["groups"]:
        lines += [screen.ink("Votes at home", role)]
        lines += render_table(
            screen, ("", ""), [(group["name"], number(group["votes"], 0)) for group in seat["groups"]], "<>"
        )
    return lines


def red_line(told: JsonObject, names: Mapping[str, str]) -> str:
    """A red line in the words of the role card, and as levels; `names` are the names of the ladders by key."""
    low, high = told["low"], told["high"]
    levels = f"level {low} or above" if high is None else f"level {low} to {high}" if low != high else f"level {low}"
    unless = f", unless {describe_levels(told['unless'], names)}" if told["unless"] else ""
    limit = f"{names[told['ladder']]}: {levels}{unless}"
    return f"{told['text'].rstrip('.')} ({limit})." if told["text"] else f"{limit}."


def describe_levels(least: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Levels that have to be reached, with the names of their ladders."""
    return join_words([f"{names[key]} stands at level {level} or above" for key, level in least.items()])


def _names(told: JsonObject) -> dict[str, str]:
    return {item["key"]: item["name"] for item in told["agenda"]}


def _teaching(screen: Screen, told: JsonObject | None) -> list[str]:
    """The objective of the case, the prediction of theory, and questions for the debriefing."""
    if told is None:
        return []
    said = [("Objective", told["objective"]), ("Prediction", told["predicts"])]
    lines = [line for title, text in said if text for line in paragraph(screen, f"{title}: {text}")]
    asked = notes(screen, told["debrief"])
    return [*section_heading(screen, "For trainers"), *lines, *(["Questions for afterwards", *asked] if asked else [])]


# -- files that were checked


def render_case_checks(screen: Screen, findings: CaseFindings) -> list[str]:
    """Render one line per file; below a scored case the number of packages and the results of its design checks."""
    lines: list[str] = []
    for found in findings.files:
        lines.append(f"{found.file}: {'not a case yet' if found.problems else 'ok'}")
        if found.review is not None:
            lines += render_review(screen, found.review)
    return lines


def render_review(screen: Screen, review: Review) -> list[str]:
    """Render the numbers of a scored case, and its four design checks."""
    told = review.to_dict()
    counted = (
        f"{number(told['count'], 0)} packages. {number(told['beat_walk_away'], 0)} beat every walk-away, "
        f"{number(told['beat_without_side_payments'], 0)} of them without side payments; "
        f"{number(told['within_mandates'], 0)} also cross no red line; "
        f"{number(told['ratifiable'], 0)} would be ratified."
    )
    lines = paragraph(screen, counted, indent=2)
    for check in told["design_checks"]:
        verdict = "holds" if check["passed"] else "fails"
        lines += paragraph(screen, f"{check['text']}.", indent=2, first=f"{check['check']} {verdict}  ")
    return lines
