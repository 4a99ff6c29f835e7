"""Cases as the command line shows them: the library, one case, and what is wrong in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from games.errors import InputError, Problem
from negotiation.ladders import Ladder
from scenarios import Scenario, Seat, library, read
from views.terminal import Screen


def shelf() -> list[dict[str, Any]]:
    """The library as `winset scenarios list --json` prints it: an array, one object a case."""
    return [entry.to_dict() for entry in library()]


def case(scenario: Scenario) -> dict[str, Any]:
    """One case as `winset scenarios show --json` prints it; what it does not have is null."""
    agenda, rules = scenario.agenda, scenario.rules
    procedure = {"protocol": rules.protocol, "rounds": rules.rounds, "returns": rules.returns}
    return {
        "schema": "winset/scenarios-show/1",
        "name": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "path": scenario.path,
        "corridor": None if scenario.corridor is None else scenario.corridor.code,
        "countries": [
            {"name": country.name, "role": country.role, "iso3": country.iso3} for country in scenario.countries
        ],
        "players": list(scenario.parties),
        "agenda": None if agenda is None else [_ladder(item, item.key in agenda.without) for item in agenda.ladders],
        "packages": None if agenda is None else agenda.count,
        "rules": None if agenda is None else procedure,
        "seats": [_seat(seat) for seat in scenario.seats],
        "seed": scenario.seed,
        "notes": list(scenario.notes),
        "sources": list(scenario.sources),
    }


def _ladder(item: Ladder, held: bool) -> dict[str, Any]:
    return {"key": item.key, "name": item.name, "kind": item.kind, "levels": list(item.plain), "held": held}


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "country": seat.country,
        "tactic": seat.tactic,
        "mandate": seat.mandate,
        "walk_away": seat.walk_away,
        "votes": dict(seat.votes),
    }


class Findings(NamedTuple):
    """What was found in the files that somebody wanted checked."""

    files: tuple[tuple[str, tuple[Problem, ...]], ...]
    """Each file with everything that is wrong in it."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the files."""
        return tuple(problem for _, found in self.files for problem in found)

    def to_dict(self) -> dict[str, Any]:
        """The findings as `winset scenarios check --json` prints them."""
        return {
            "schema": "winset/scenarios-check/1",
            "ok": not self.problems,
            "files": [
                {"file": file, "ok": not found, "problems": [problem._asdict() for problem in found]}
                for file, found in self.files
            ],
        }


def checked(files: Iterable[str]) -> Findings:
    """Read each file as a case and keep every problem."""
    return Findings(tuple((file, _problems(file)) for file in files))


def verdicts(_: Screen, findings: Findings) -> list[str]:
    """One line a file."""
    return [f"{file}: {'not a case yet' if found else 'ok'}" for file, found in findings.files]


def _problems(file: str) -> tuple[Problem, ...]:
    try:
        read(file)
    except InputError as wrong:
        return wrong.problems
    return ()
