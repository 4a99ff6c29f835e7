"""`winset scenarios`: the library, one case, the errors in a file, and a template for a new case."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from games.errors import InputError, input_error, write_error
from games.json_values import to_json_value
from negotiation.agenda.ladders import Ladder
from negotiation.preferences.mandates import RedLine
from negotiation.preferences.scored import VALUE_UNIT, Bonus, ScoredGroup, ScoreSheet
from negotiation.preferences.values import VALUE_UNIT as ECONOMY_UNIT
from scenarios import Country, Scenario, ScheduledShock, Seat, library, read, review, template
from scenarios.reading.source import is_case_file
from views.results.case_check import CaseFindings, Finding


def library_document() -> list[dict[str, Any]]:
    """The content of `winset scenarios list --json`: a list with one object per case."""
    return [entry.to_dict() for entry in library()]


def case_document(scenario: Scenario) -> dict[str, Any]:
    """The content of `winset scenarios show --json`; a part that the case does not have is null."""
    agenda, rules = scenario.agenda, scenario.rules
    procedure = {
        "protocol": rules.protocol,
        "rounds": rules.rounds,
        "returns": rules.returns,
        "discount": rules.discount,
    }
    return {
        "schema": "winset/scenarios-show/1",
        "name": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "path": scenario.path,
        "corridor": None if scenario.corridor is None else scenario.corridor.code,
        "countries": [_country(country) for country in scenario.countries],
        "players": list(scenario.parties),
        "agenda": None if agenda is None else [_ladder(item, item.key in agenda.without) for item in agenda.ladders],
        "packages": None if agenda is None else agenda.count,
        "rules": None if agenda is None else procedure,
        "seats": [_seat(seat) for seat in scenario.seats],
        "seed": scenario.seed,
        "notes": list(scenario.notes),
        "sources": list(scenario.sources),
        "preset": scenario.preset,
        "value_unit": None if agenda is None else VALUE_UNIT if scenario.has_points else ECONOMY_UNIT,
        "migrants": _points(scenario.migrants),
        "yields": _yields(scenario),
        "shocks": [_shock(shock) for shock in scenario.shocks],
        "teaching": _teaching(scenario),
    }


def _country(country: Country) -> dict[str, Any]:
    return {"name": country.name, "role": country.role, "iso3": country.iso3, "public": country.public}


def _ladder(item: Ladder, held: bool) -> dict[str, Any]:
    return {"key": item.key, "name": item.name, "kind": item.kind, "levels": list(item.plain), "held": held}


def _shock(shock: ScheduledShock) -> dict[str, Any]:
    return {"name": shock.name, "round": shock.round, "text": shock.text, "lasts": shock.lasts}


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "country": seat.country,
        "tactic": seat.tactic,
        "mandate": seat.mandate,
        "walk_away": seat.walk_away,
        "votes": dict(seat.votes),
        "reason": seat.reason,
        "confidential": seat.confidential,
        "priorities": list(seat.priorities),
        "red_lines": [_red_line(line) for line in seat.red_lines],
        "points": _points(seat.sheet),
        "bonuses": _bonuses(seat.sheet),
        "groups": [_group(group) for group in seat.groups],
    }


def _red_line(line: RedLine) -> dict[str, Any]:
    return {"ladder": line.ladder, "low": line.low, "high": line.high, "unless": dict(line.unless), "text": line.text}


def _group(group: ScoredGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "votes": group.votes,
        "points": _points(group.sheet),
        "bonuses": _bonuses(group.sheet),
    }


def _points(sheet: ScoreSheet | None) -> dict[str, list[int]] | None:
    """Points of levels 1, 2, ... by ladder; None when packages have no points."""
    return None if sheet is None else {key: list(row) for key, row in sheet.points}


def _yields(scenario: Scenario) -> dict[str, Any] | None:
    """Multipliers of a ladder's points by the levels of other ladders; None when packages have no points."""
    return (
        to_json_value({key: dict(grounds) for key, grounds in scenario.yields.factors}) if scenario.has_points else None
    )


def _bonuses(sheet: ScoreSheet | None) -> list[dict[str, Any]]:
    return [_bonus(bonus) for bonus in sheet.bonuses] if sheet else []


def _bonus(bonus: Bonus) -> dict[str, Any]:
    return {"least": dict(bonus.least), "points": bonus.points, "text": bonus.text}


def _teaching(scenario: Scenario) -> dict[str, Any] | None:
    """The teaching notes of the case."""
    told = scenario.teaching
    if told is None:
        return None
    return {
        "objective": told.objective,
        "family": told.family,
        "level": told.level,
        "predicts": told.predicts,
        "debrief": list(told.debrief),
    }


def check_case_files(files: Iterable[str]) -> CaseFindings:
    """Read each file as a case and collect every problem; a scored case is also counted and reviewed."""
    return CaseFindings(tuple(_finding(file) for file in files))


def _finding(file: str) -> Finding:
    try:
        return Finding(file, (), review(read(file)))
    except InputError as wrong:
        return Finding(file, wrong.problems, None)


def create_case_file(name: str) -> Path:
    """Write the template of a case to a new file and return its path; a bare name gets the ending `.toml`.

    InputError when the file exists already, or cannot be written.
    """
    path = Path(name if is_case_file(name) else f"{name}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise input_error(str(path), "exists already and is not overwritten", "choose another name") from None
    except OSError as wrong:
        raise write_error(wrong, str(path), "name a file in a folder that exists and is yours") from None
    except ValueError as wrong:
        raise input_error(str(path), f"cannot be written: {wrong}", "name a file in a folder that is yours") from None
    return path
