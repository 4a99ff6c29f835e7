"""The library, one case, and the errors in case files, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from games.display import join_with_and
from games.messages import join_messages, message, plural_message
from views.text.charts import ROLES
from views.text.layout import Screen, notes, paragraph, render_table, section_heading
from views.wording.phrases import format_short
from views.wording.screen import number
from views.wording.translation import translate

if TYPE_CHECKING:
    from scenarios import Procedure, Review
    from scenarios.index import LibraryDocument
    from scenarios.scenario_document import CaseDocument, CaseLadder, CaseRedLine, CaseSeat, CaseTeaching
    from views.results.case_check import CaseFindings

PROTOCOLS = {
    "alternating": message("offers in turn"),
    "request_offer": message("sealed requests, sealed first offers, then in turn"),
}
MANDATES = {
    "win-set": message("what passes at home"),
    "red lines": message("across no red line"),
    "both": message("what passes at home, across no red line"),
    "none": message("free"),
}
ROLE_NAMES = {"host": message("host"), "origin": message("origin"), "both": message("both")}
LIBRARY_HEADS = (message("name"), message("no."), message("title"), message("game"), message("packages"))
LIBRARY_HINT = message("winset scenarios show NAME tells more; winset analyse NAME and winset simulate NAME use it.")


def render_library(screen: Screen, cases: LibraryDocument) -> list[str]:
    """Return the cases of the library as a table in lines of text, one case per line, for `winset scenarios list`."""
    rows = [
        (entry.name, entry.preset or "–", entry.title, entry.game or "–", _count(entry.packages))
        for entry in cases.entries
    ]
    return [*render_table(screen, LIBRARY_HEADS, rows, "<<<<>"), "", *notes(screen, [LIBRARY_HINT])]


def _count(packages: int | None) -> str:
    return "–" if packages is None else number(packages, 0)


# -- a case


def render_case(screen: Screen, case: CaseDocument) -> list[str]:
    """Return a whole case as lines of text, for `winset scenarios show`.

    They show countries, agenda, rules, points, delegations, teaching notes and sources.
    """
    preset = f" ({case.preset})" if case.preset else ""
    lines = [screen.ink(translate(case.title) + preset, "strong"), *paragraph(screen, case.summary)]
    if case.countries:
        lines += section_heading(screen, message("Countries"))
        rows = [(country.name, ROLE_NAMES[country.role], country.iso3 or "") for country in case.countries]
        lines += render_table(screen, ("", "", ""), rows)
    if case.agenda is not None and case.packages is not None:
        heading = plural_message("Agenda: {number} package", "Agenda: {number} packages", case.packages)
        lines += [*section_heading(screen, heading), *_ladders(screen, case.agenda)]
    if case.rules is not None:
        lines += paragraph(screen, describe_procedure(case.rules))
    lines += render_points(screen, case)
    for seat, role in zip(case.seats, ROLES, strict=False):
        lines += [*section_heading(screen, seat.country), *render_delegation(screen, case, seat, role)]
    lines += _teaching(screen, case.teaching)
    if case.sources:
        lines += [*section_heading(screen, message("Sources")), *notes(screen, case.sources)]
    return [*lines, "", *notes(screen, case.notes)]


def describe_procedure(procedure: Procedure) -> str:
    """Return the rules of the talks in one or two sentences: protocol, rounds, failed votes, cost of delay."""
    talks = plural_message(
        "Talks: {protocol}; {number} round; {failed_vote}.",
        "Talks: {protocol}; {number} rounds; {failed_vote}.",
        procedure.rounds,
        protocol=PROTOCOLS.get(procedure.protocol, procedure.protocol),
        failed_vote=_after_failed_vote(procedure.returns),
    )
    if procedure.discount == 1:
        return talks
    share = format_short(procedure.discount)
    delay = message("A round of delay leaves {share} of a deal's value.", share=share)
    return join_messages(" ", [talks, delay])


def _after_failed_vote(returns: int) -> str:
    if not returns:
        return message("a failed vote at home ends them")
    return plural_message(
        "a failed vote at home sends them back once",
        "a failed vote at home sends them back up to {number} times",
        returns,
    )


def _ladders(screen: Screen, agenda: Sequence[CaseLadder]) -> list[str]:
    """Every ladder with its levels; the first is today's practice."""
    lines: list[str] = []
    for ladder in agenda:
        levels = message("held at today's practice") if ladder.held else join_messages("; ", ladder.levels)
        lines += [*paragraph(screen, ladder.name), *paragraph(screen, levels, indent=2)]
    return lines


def render_points(screen: Screen, case: CaseDocument) -> list[str]:
    """Return a table, as lines of text, of the points of every level for every delegation and for the migrants.

    A level is one setting of an issue in the talks. Empty for a case without points.
    """
    sheets = [(seat.country, seat.points) for seat in case.seats if seat.points is not None]
    if not sheets:
        return []
    if case.migrants is not None:
        sheets.append((message("those who move"), case.migrants))
    rows = [(item.name, *(_row(points.get(item.key, ())) for _, points in sheets)) for item in case.agenda or ()]
    return [
        *section_heading(screen, message("Points of levels 1, 2, ...")),
        *render_table(screen, ("", *(name for name, _ in sheets)), rows, "<" + ">" * len(sheets)),
        *notes(screen, [*_bonuses(case), *_yields(case)]),
    ]


def _bonuses(case: CaseDocument) -> Iterator[str]:
    """The points of combinations of every seat."""
    for seat in case.seats:
        for bonus in seat.bonuses:
            yield message(
                "{country}: {points} when {condition}",
                country=seat.country,
                points=number(bonus.points, 0, plus=True),
                condition=describe_levels(bonus.least, _names(case)),
            )


def _yields(case: CaseDocument) -> Iterator[str]:
    """Which ladders depend on which others, and the factor on their points at each level of these."""
    names = _names(case)
    for key, grounds in (case.yields or {}).items():
        for other, factors in grounds.items():
            yield message(
                "{line}: times {factors} at levels 0, 1, ... of {other}.",
                line=names[key],
                factors=join_with_and(format_short(float(factor)) for factor in factors),
                other=names[other],
            )


def _row(levels: Sequence[int]) -> str:
    return " ".join(f"{number(level, 0):>3}" for level in levels) or "–"


def render_delegation(screen: Screen, case: CaseDocument, seat: CaseSeat, role: str) -> list[str]:
    """Return, as lines of text, what one delegation brings to the talks, and which groups vote at home.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    case
        The case.
    seat
        The seat of the delegation.
    role
        Ink of the seat: `host` or `origin`.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    names, worth = _names(case), format_short(seat.walk_away)
    told = message(
        "Tactic {tactic}. May sign: {limit}. Without a deal: {walk_away}; {reason}.",
        tactic=seat.tactic,
        limit=MANDATES.get(seat.mandate, seat.mandate),
        walk_away=message("{number} {unit}", number=worth, unit=case.value_unit) if case.value_unit else worth,
        reason=seat.reason,
    )
    lines = paragraph(screen, told)
    if seat.priorities:
        wanted = join_messages("; ", (names[key] for key in seat.priorities))
        lines += paragraph(screen, message("Told to request: {lines}.", lines=wanted))
    if seat.red_lines:
        lines += [screen.ink(message("Red lines"), role)]
        limits = (describe_red_line(each, names) for each in seat.red_lines)
        lines += [line for limit in limits for line in paragraph(screen, limit, first="· ")]
    if seat.groups:
        rows = [(group.name, number(group.votes, 0)) for group in seat.groups]
        lines += [screen.ink(message("Votes at home"), role), *render_table(screen, ("", ""), rows, "<>")]
    return lines


def describe_red_line(limit: CaseRedLine, names: Mapping[str, str]) -> str:
    """Return a text on a red line (a limit that a delegation may not cross), in words of the case and as levels.

    `names` holds the names of the ladders by key; a ladder is an issue with its ordered levels.
    """
    levels = message("{line}: {levels}", line=names[limit.ladder], levels=_permitted_levels(limit.low, limit.high))
    if limit.unless:
        condition = describe_levels(limit.unless, names)
        levels = message("{limit}, unless {condition}", limit=levels, condition=condition)
    if limit.text:
        return message("{text} ({limit}).", text=limit.text.rstrip("."), limit=levels)
    return message("{limit}.", limit=levels)


def _permitted_levels(low: int, high: int | None) -> str:
    if high is None:
        return message("level {low} or above", low=low)
    return message("level {low}", low=low) if low == high else message("level {low} to {high}", low=low, high=high)


def describe_levels(least: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Return a text that says which level each ladder has to reach, joined by "and".

    A ladder is an issue of the talks with its ordered levels. `least` holds the lowest level, `names` the name, by key
    of the ladder.
    """
    return join_with_and(
        message("{line} stands at level {level} or above", line=names[key], level=level) for key, level in least.items()
    )


def _names(case: CaseDocument) -> dict[str, str]:
    return {item.key: item.name for item in case.agenda or ()}


def _teaching(screen: Screen, teaching: CaseTeaching | None) -> list[str]:
    """The objective of the case, the prediction of theory, and questions for the debriefing."""
    if teaching is None:
        return []
    lines = section_heading(screen, message("For trainers"))
    if teaching.objective:
        lines += paragraph(screen, message("Objective: {text}", text=teaching.objective))
    if teaching.predicts:
        lines += paragraph(screen, message("Prediction: {text}", text=teaching.predicts))
    if teaching.debrief:
        lines += [translate(message("Questions for afterwards")), *notes(screen, teaching.debrief)]
    return lines


# -- files that were checked


def render_case_checks(screen: Screen, findings: CaseFindings) -> list[str]:
    """Return the result of checking case files as lines of text, one line per file, for `winset scenarios check`.

    Below a valid case with points are the number of packages and the results of the checks of its design.
    """
    lines: list[str] = []
    for found in findings.files:
        verdict = message("{file}: not a case yet") if found.problems else message("{file}: ok")
        lines.append(verdict.format(file=found.file))
        if found.review is not None:
            lines += render_review(screen, found.review)
    return lines


def render_review(screen: Screen, review: Review) -> list[str]:
    """Return, as lines of text, the numbers of packages of a case with points, and its four design checks.

    A package is one combination of what the talks can decide.
    """
    counted = review.tally
    text = plural_message(
        "{number} package. {beat} beat every walk-away, {without} of them without side payments; {within} also cross "
        "no red line; {ratifiable} would be ratified.",
        "{number} packages. {beat} beat every walk-away, {without} of them without side payments; {within} also cross "
        "no red line; {ratifiable} would be ratified.",
        counted.packages,
        beat=number(counted.beat_walk_away, 0),
        without=number(counted.beat_without_side_payments, 0),
        within=number(review.within_mandates, 0),
        ratifiable=number(counted.ratifiable, 0),
    )
    lines = paragraph(screen, text, indent=2)
    for check in review.checks:
        verdict = translate(message("holds") if check.passed else message("fails"))
        finding = message("{finding}.", finding=check.text)
        lines += paragraph(screen, finding, indent=2, first=f"{check.letter} {verdict}  ")
    return lines
