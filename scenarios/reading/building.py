"""From a checked form to a frozen scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from economy.parameters import Parameters, defaults, preset
from games.canon import source
from scenarios.reading.conflicts import COUNTRY_DIALS
from scenarios.reading.form import AgendaTable, EconomyTable, FileTable, SeatTable
from scenarios.reading.known import Known
from scenarios.scenario import Country, Procedure, Scenario, Seat


def built(form: FileTable, known: Known, name: str, path: Path | None) -> Scenario:
    """The scenario that a form without problems describes."""
    economy, agenda = form.economy, form.agenda
    countries = () if economy is None else known.countries
    return Scenario(
        name=name,
        title=form.title,
        summary=form.summary,
        path=None if path is None else str(path),
        game=None if form.game is None else form.game.matrix(),
        parameters=None if economy is None else _parameters(form, economy, known),
        corridor=None if economy is None else known.corridor,
        countries=countries,
        agenda=None if agenda is None else agenda.table(),
        rules=Procedure() if agenda is None else Procedure(agenda.protocol, agenda.rounds, agenda.returns),
        seats=_seats(agenda, countries),
        seed=form.seed,
        notes=tuple(_notes(form, known)),
        sources=tuple(_sources(form, known)),
    )


def _parameters(form: FileTable, economy: EconomyTable, known: Known) -> Parameters:
    """The corridor's economy, the preset or the defaults, with the dials of the file moved."""
    ground = known.corridor.parameters if known.corridor else preset(economy.preset) if economy.preset else defaults()
    return ground.replace(**economy.dials, **_country_dials(form, known))


def _country_dials(form: FileTable, known: Known) -> dict[str, float]:
    """The dials that stand in the tables of the countries."""
    return {
        dial: getattr(table, key)
        for table in form.countries
        for (role, key), dial in COUNTRY_DIALS.items()
        if key in table.model_fields_set and role == known.country(table.name).role
    }


def _seats(agenda: AgendaTable | None, countries: tuple[Country, ...]) -> tuple[Seat, ...]:
    """A seat for every country: as written, else the default."""
    if agenda is None:
        return ()
    written = {table.country: table for table in agenda.seats}
    return tuple(_seat(country.name, written.get(country.name)) for country in countries)


def _seat(country: str, table: SeatTable | None) -> Seat:
    if table is None:
        return Seat(country)
    return Seat(country, table.tactic, table.mandate, table.walk_away, tuple(table.votes.items()))


def _notes(form: FileTable, known: Known) -> Iterator[str]:
    """What a reader of results should know: about the data, and about numbers without a source."""
    if form.economy is None:
        return
    dials = {**form.economy.dials, **_country_dials(form, known)}
    if known.corridor is not None:
        yield from known.corridor.notes
        if dials and "openness" not in dials:
            yield "Openness is fitted to the corridor's own dials and stays there when others are moved."
    bare = [dial for dial in dials if dial not in form.economy.sources]
    if bare:
        yield f"No source is given for {', '.join(bare)}."


def _sources(form: FileTable, known: Known) -> Iterator[str]:
    yield from form.sources
    if form.economy is not None:
        yield from (f"{dial}: {text}" for dial, text in form.economy.sources.items())
        yield from known.corridor.sources if known.corridor else ()
    if form.game is not None:
        yield from (text for text in (form.game.source, form.game.canon and source(form.game.canon)) if text)
