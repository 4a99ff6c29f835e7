"""Build a frozen scenario from the checked model of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from economy.convention_notes import convention_notes
from economy.corridors.fitting import Corridor
from economy.parameters import Parameters, defaults, preset
from economy.policy.shocks import shocks as catalogue
from games.canon import source
from games.messages import message
from negotiation.agenda.ladders import Ladder, ladder
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.mandates import RedLine
from negotiation.preferences.scored import NO_YIELDS, Bonus, ScoredGroup, ScoreSheet, Yields
from scenarios.reading.checks.cross_checks import COUNTRY_DIALS
from scenarios.reading.known_names import SCORED, FileContext
from scenarios.reading.schema import EconomyTable, FileTable
from scenarios.reading.source import corridor_texts
from scenarios.reading.tables.agenda_table import AgendaTable
from scenarios.reading.tables.seat_table import BonusTable, RedLineTable, SeatTable
from scenarios.reading.tables.text_tables import EntryTable, ShockTable, TeachingTable
from scenarios.scenario import TODAY, Country, EntryIntoForce, Procedure, Scenario, ScheduledShock, Seat, Teaching

Value = TypeVar("Value")

UNPLAYED = message("[entry_into_force] is kept with the case and not played: talks end with the votes at home.")
"""Note for a case with [entry_into_force]."""
STAKE = 0.5
"""Stake of a corridor with migrants today whose file names none, share of today's number (policy)."""


def build_scenario(form: FileTable, known: FileContext, name: str, path: Path | None) -> Scenario:
    """Build the scenario that a model without problems describes.

    Parameters
    ----------
    form
        The validated file.
    known
        Its countries and corridor.
    name
        The name of the scenario.
    path
        The file it was read from; None if there is none.

    Returns
    -------
    Scenario
        The scenario.
    """
    economy, agenda = form.economy, form.agenda
    countries = () if economy is None and agenda is None else _countries(form, known)
    parameters = None if economy is None else _parameters(form, economy, known)
    return Scenario(
        name=name,
        title=form.title if path else _marked(form.title, known),
        summary=form.summary if path else _marked(form.summary, known),
        path=None if path is None else str(path),
        game=None if form.game is None else form.game.matrix(),
        parameters=parameters,
        corridor=None if economy is None else known.corridor,
        countries=countries,
        agenda=None if agenda is None else _paid(agenda, countries),
        rules=Procedure() if agenda is None else _procedure(agenda),
        seats=_seats(agenda, countries),
        seed=form.seed,
        notes=(*_notes(form, known), *(() if parameters is None else convention_notes(parameters))),
        sources=tuple(_sources(form, known)),
        preset=form.preset,
        teaching=None if form.teaching is None else _teaching(form.teaching),
        shocks=tuple(_shock(table) for table in form.shocks),
        entry_into_force=None if form.entry_into_force is None else _entry(form.entry_into_force),
        yields=NO_YIELDS if agenda is None else _yields(agenda),
        migrants=None if agenda is None or agenda.migrants is None else _sheet(agenda.migrants),
        stands="income" if agenda is None or agenda.stands == "income" else "gdp",
    )


def _marked(text: str, known: FileContext) -> str:
    """A text of a case without a file; title and summary of a corridor are our texts, and become messages again."""
    ours = corridor_texts(known.corridor) if known.corridor else ()
    return next((each for each in ours if each == text), text)


def _parameters(form: FileTable, economy: EconomyTable, known: FileContext) -> Parameters:
    """The parameters of the corridor, of the preset, or the defaults, with the values that the file sets."""
    ground = _ground(known.corridor, economy, _stake(form))
    conventions = ground.conventions.replace(**economy.conventions)
    return ground.replace(**economy.dials, **_country_dials(form, known), conventions=conventions)


def _ground(corridor: Corridor | None, economy: EconomyTable, stake: float) -> Parameters:
    """The parameters to which the file's values are added; a corridor with migrants today has a stake."""
    if corridor is None:
        return preset(economy.preset) if economy.preset else defaults()
    return corridor.parameters.replace(expansion=stake) if corridor.kind == "today" else corridor.parameters


def _country_dials(form: FileTable, known: FileContext) -> dict[str, float]:
    """Parameters of the economy that stand in the tables of the countries."""
    return {
        dial: getattr(table, key)
        for table in form.countries
        for (role, key), dial in COUNTRY_DIALS.items()
        if key in table.model_fields_set and role == known.country(table.name).role
    }


def _countries(form: FileTable, known: FileContext) -> tuple[Country, ...]:
    """The countries in the order of `ROLES`, with their public information."""
    public = {known.country(table.name).name: table.public for table in form.countries}
    return tuple(replace(country, public=public.get(country.name, "")) for country in known.countries)


def _paid(agenda: AgendaTable, countries: tuple[Country, ...]) -> Agenda:
    """The agenda, with payer and payee in the lines that the catalogue leaves open."""
    laid = agenda.table()
    payers = {ladder(word).key: payer for word, payer in agenda.payers.items()}
    others = {country.name: other.name for country, other in zip(countries, countries[::-1], strict=True)}
    named = (
        _payable(line, payers[line.key], others[payers[line.key]], countries) if line.key in payers else line
        for line in laid.ladders
    )
    return replace(laid, ladders=tuple(named))


def _payable(line: Ladder, payer: str, payee: str, countries: tuple[Country, ...]) -> Ladder:
    """A line with its payer. The economy counts transfers from origin to host as positive, the host's as negative."""
    sign = -1 if line.field == "transfer" and payer == countries[0].name else 1
    return replace(line, payer=payer, payee=payee, values=tuple(sign * value for value in line.values))


def _procedure(agenda: AgendaTable) -> Procedure:
    return Procedure(agenda.protocol, agenda.rounds, agenda.returns, agenda.discount)


def _seats(agenda: AgendaTable | None, countries: tuple[Country, ...]) -> tuple[Seat, ...]:
    """A seat for every country: as written, else the default; () without an agenda."""
    if agenda is None:
        return ()
    written = {table.country: table for table in agenda.seats}
    return tuple(_seat(country.name, written.get(country.name)) for country in countries)


def _seat(country: str, table: SeatTable | None) -> Seat:
    if table is None:
        return Seat(country)
    return Seat(
        country=country,
        tactic=table.tactic,
        mandate=table.mandate,
        walk_away=table.walk_away,
        votes=tuple(table.votes.items()),
        reason=TODAY if table.reason is None else table.reason,
        confidential=table.confidential,
        priorities=tuple(ladder(word).key for word in table.priorities),
        red_lines=tuple(_red_line(line) for line in table.red_lines),
        sheet=None if table.points is None else _sheet(table.points, table.bonuses),
        groups=tuple(
            ScoredGroup(group.name, group.votes, _sheet(group.points, group.bonuses)) for group in table.groups
        ),
    )


def _red_line(table: RedLineTable) -> RedLine:
    unless = tuple(_keyed(table.unless).items())
    return RedLine(ladder(table.ladder).key, table.low or 0, table.high, unless, table.text)


def _sheet(points: Mapping[str, list[int]], bonuses: Iterable[BonusTable] = ()) -> ScoreSheet:
    return ScoreSheet(_keyed(points), [Bonus(_keyed(bonus.least), bonus.points, bonus.text) for bonus in bonuses])


def _yields(agenda: AgendaTable) -> Yields:
    return Yields({key: _keyed(on) for key, on in _keyed(agenda.yields).items()})


def _keyed(lines: Mapping[str, Value]) -> dict[str, Value]:
    """A table of lines, with each line by its key in the catalogue."""
    return {ladder(word).key: value for word, value in lines.items()}


def _teaching(table: TeachingTable) -> Teaching:
    return Teaching(
        objective=table.objective,
        family=table.family,
        level=table.level,
        predicts=table.predicts,
        debrief=tuple(table.debrief),
        evidence=tuple(table.evidence),
        demonstration=tuple(sorted(table.demonstration.items())),
    )


def _shock(table: ShockTable) -> ScheduledShock:
    """A shock with its own text, or that of the economy's catalogue."""
    text = catalogue()[table.name].text if table.text is None else table.text
    return ScheduledShock(table.name, table.round, text, table.lasts)


def _entry(table: EntryTable) -> EntryIntoForce:
    return EntryIntoForce(table.text, table.alone, table.other_alone, table.neither)


def _notes(form: FileTable, known: FileContext) -> Iterator[str]:
    """Notes for readers of results: what is not played, notes on the data, and numbers without a source."""
    if form.entry_into_force is not None:
        yield UNPLAYED
    if form.economy is None:
        return
    dials = {**form.economy.dials, **_country_dials(form, known)}
    if known.corridor is not None:
        yield from known.corridor.notes
        if dials.keys() - {"expansion"}:
            yield message("Today's flows are fitted to the corridor's own dials and stay there when others are moved.")
        yield from _stake_notes(form, known.corridor, dials)
    bare = [dial for dial in dials if dial not in form.economy.sources]
    if bare:
        yield message("No source is given for {dials}.", dials=", ".join(bare))


def _stake_notes(form: FileTable, facts: Corridor, dials: Mapping[str, float]) -> Iterator[str]:
    """What every text of a corridor says, whatever is negotiated: the number of people, and the fixed lines."""
    if form.agenda is None or form.agenda.preferences == SCORED:
        return
    if facts.kind == "in force":
        yield message("Every text is the treaty of free movement that is in force.")
    else:
        stake = dials.get("expansion", _stake(form))
        yield message(
            "Every text admits {share} % more people than today: {people} beyond the {today} who are there.",
            share=f"{100 * stake:.0f}",
            people=f"{1000 * round(stake * facts.migrants[0] / 1000):,}",
            today=f"{facts.migrants[0]:,}",
        )
    for item, level in form.agenda.table().fixed:
        yield message("Not negotiated, and in every text: {line}, {words}.", line=item.name, words=item.levels[level])


def _stake(form: FileTable) -> float:
    """People beyond today's number whom the text of a corridor admits, share of that number."""
    return STAKE if form.agenda is None or form.agenda.stake is None else form.agenda.stake


def _sources(form: FileTable, known: FileContext) -> Iterator[str]:
    """Sources of the file, its parameters, its corridor and its printed game."""
    yield from form.sources
    if form.economy is not None:
        yield from (f"{dial}: {text}" for dial, text in form.economy.sources.items())
        yield from known.corridor.sources if known.corridor else ()
    if form.game is not None:
        yield from (text for text in (form.game.source, form.game.canon and source(form.game.canon)) if text)
