"""A case as one JSON document, as `winset scenarios show` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from games.documents import Document, Length, Limits, TextPattern
from negotiation.agenda.ladders import Ladder
from negotiation.preferences.mandates import RedLine
from negotiation.preferences.scored import VALUE_UNIT, ScoredGroup, ScoreSheet
from negotiation.preferences.values import VALUE_UNIT as ECONOMY_UNIT
from scenarios.scenario import Country, Procedure, Scenario, ScheduledShock, Seat, Teaching

Level = Annotated[int, Limits(minimum=0)]
LeastLevels = Mapping[str, Annotated[int, Limits(minimum=1)]]
"""Least level by ladder."""
LevelPoints = Mapping[str, tuple[int, ...]]
"""Points of levels 1, 2, ... by ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLadder(Document):
    """A line of the agenda, with its levels."""

    key: str
    """Key of the ladder in the catalogue."""
    name: str
    """Name of the ladder."""
    kind: str
    """Commitment, or the kind of payment."""
    levels: Annotated[tuple[str, ...], Length(minimum=2)]
    """Its levels in everyday words; the first is today's practice."""
    held: bool
    """Whether it is on the agenda but kept at level 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBonus(Document):
    """Points for a combination of levels."""

    least: LeastLevels
    """Levels that have to be reached, by line."""
    points: int
    """Points of the combination."""
    text: str
    """The reason, in the words of a role card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroup(Document):
    """An interest group at home, with its points."""

    name: str
    """Name of the group."""
    votes: Annotated[int, Limits(minimum=0)]
    """Number of its votes."""
    points: LevelPoints | None
    """Points of levels 1, 2, ... by line."""
    bonuses: tuple[CaseBonus, ...]
    """Points of combinations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRedLine(Document):
    """A limit that a delegation may not cross."""

    ladder: str
    """Key of the line that it limits."""
    low: Level
    """The lowest permitted level."""
    high: Level | None
    """The highest permitted level; null means no upper limit."""
    unless: LeastLevels
    """Levels of other lines that have to be reached to lift the limit, by line."""
    text: str
    """The limit in the words of a role card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeat(Document):
    """A country's delegation, its instructions and its values."""

    country: str
    """Name of its country."""
    tactic: str
    """Name of the tactic by which software plays this seat."""
    mandate: str
    """What binds it: `win-set`, `red lines`, `both` or `none`."""
    walk_away: float
    """Value of no deal."""
    votes: Mapping[str, Annotated[int, Limits(minimum=0)]]
    """Groups of the economy that do not have one vote each, with their votes."""
    reason: str
    """What no deal means, in words."""
    confidential: str
    """The confidential brief of this delegation. No other seat may read it."""
    priorities: tuple[str, ...]
    """Keys of the lines that it is instructed to request, the most important first."""
    red_lines: tuple[CaseRedLine, ...]
    """Limits that its government does not allow it to cross."""
    points: LevelPoints | None
    """Points of levels 1, 2, ... by line; null where packages have no points."""
    bonuses: tuple[CaseBonus, ...]
    """Points of combinations."""
    groups: tuple[CaseGroup, ...]
    """Its interest groups at home in a scored case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTeaching(Document):
    """The purpose of a case, written for trainers."""

    objective: str
    """What participants should learn."""
    family: str
    """The family of games to which the case belongs."""
    level: str
    """The level of the agreement: bilateral, regional, and so on."""
    predicts: str
    """What theory predicts, in words."""
    debrief: tuple[str, ...]
    """Questions for the debriefing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocument(Document):
    """One case. A part that the case does not have is null."""

    NAME = "scenarios-show"

    schema: Literal["winset/scenarios-show/1"] = "winset/scenarios-show/1"
    name: str
    """Name of the case."""
    title: str
    """Title of the case."""
    summary: str
    """What the case is about."""
    path: str | None
    """The file it was read from."""
    corridor: str | None
    """ISO codes of origin and host, for a case with the data of a corridor."""
    countries: tuple[Country, ...]
    """The countries, host first."""
    players: tuple[str, ...]
    """Names of the countries, or of the players of a printed game."""
    agenda: tuple[CaseLadder, ...] | None
    """The lines that are negotiated."""
    packages: Annotated[int, Limits(minimum=1)] | None
    """Number of packages of the agenda."""
    rules: Procedure | None
    """The procedure of the talks."""
    seats: tuple[CaseSeat, ...]
    """The delegations, in the order of the countries."""
    seed: Annotated[int, Limits(minimum=0)]
    """Seed of all random numbers, when the command line gives none."""
    notes: tuple[str, ...]
    """What a reader of any result must know about this case."""
    sources: tuple[str, ...]
    """Sources of its facts and figures."""
    preset: Annotated[str, TextPattern("^S[0-9]{2}$")] | None
    """Its id among the presets of the workshop plans."""
    value_unit: str | None
    """Unit of the values of packages."""
    migrants: LevelPoints | None
    """Points of the migrants for levels 1, 2, ... by line; null where packages have no points."""
    yields: Mapping[str, Mapping[str, tuple[Fraction, ...]]] | None
    """By line, and by the line on which it depends: the factor on its points at levels 0, 1, ... of that line."""
    shocks: tuple[ScheduledShock, ...]
    """Shocks that will strike during the talks."""
    teaching: CaseTeaching | None
    """The purpose of the case, written for trainers."""


def case_document(scenario: Scenario) -> CaseDocument:
    """Return the content of `winset scenarios show --json`."""
    agenda = scenario.agenda
    return CaseDocument(
        name=scenario.name,
        title=scenario.title,
        summary=scenario.summary,
        path=scenario.path,
        corridor=None if scenario.corridor is None else scenario.corridor.code,
        countries=scenario.countries,
        players=scenario.parties,
        agenda=None
        if agenda is None
        else tuple(_ladder(item, held=item.key in agenda.without) for item in agenda.ladders),
        packages=None if agenda is None else agenda.count,
        rules=None if agenda is None else scenario.rules,
        seats=tuple(_seat(seat) for seat in scenario.seats),
        seed=scenario.seed,
        notes=scenario.notes,
        sources=scenario.sources,
        preset=scenario.preset,
        value_unit=None if agenda is None else VALUE_UNIT if scenario.has_points else ECONOMY_UNIT,
        migrants=_points(scenario.migrants),
        yields={key: dict(on) for key, on in scenario.yields.factors} if scenario.has_points else None,
        shocks=scenario.shocks,
        teaching=None if scenario.teaching is None else _teaching(scenario.teaching),
    )


def _ladder(item: Ladder, *, held: bool) -> CaseLadder:
    return CaseLadder(key=item.key, name=item.name, kind=item.kind, levels=item.plain, held=held)


def _seat(seat: Seat) -> CaseSeat:
    return CaseSeat(
        country=seat.country,
        tactic=seat.tactic,
        mandate=seat.mandate,
        walk_away=seat.walk_away,
        votes=dict(seat.votes),
        reason=seat.reason,
        confidential=seat.confidential,
        priorities=seat.priorities,
        red_lines=tuple(_red_lines(seat.red_lines)),
        points=_points(seat.sheet),
        bonuses=_bonuses(seat.sheet),
        groups=tuple(_group(group) for group in seat.groups),
    )


def _red_lines(lines: Iterable[RedLine]) -> Iterable[CaseRedLine]:
    return (
        CaseRedLine(ladder=line.ladder, low=line.low, high=line.high, unless=dict(line.unless), text=line.text)
        for line in lines
    )


def _group(group: ScoredGroup) -> CaseGroup:
    return CaseGroup(name=group.name, votes=group.votes, points=_points(group.sheet), bonuses=_bonuses(group.sheet))


def _points(sheet: ScoreSheet | None) -> LevelPoints | None:
    return None if sheet is None else dict(sheet.points)


def _bonuses(sheet: ScoreSheet | None) -> tuple[CaseBonus, ...]:
    bonuses = () if sheet is None else sheet.bonuses
    return tuple(CaseBonus(least=dict(bonus.least), points=bonus.points, text=bonus.text) for bonus in bonuses)


def _teaching(notes: Teaching) -> CaseTeaching:
    return CaseTeaching(
        objective=notes.objective,
        family=notes.family,
        level=notes.level,
        predicts=notes.predicts,
        debrief=notes.debrief,
    )
