"""`winset simulate`: talks with the tactics of the case, or with the user's own (`--mover SEAT=TACTIC`).

A user's tactic is a Python callable, `module:name`, imported first from the working folder; `agents.custom_code` says
what it takes and returns, reports its errors, and limits its time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np

import agents
from agents import NegotiationTable
from agents.custom_code import CustomCode, OutOfTime, isolate, load_mover
from games.errors import input_error
from games.messages import message
from games.text.spelling import closest_words
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.state import Mover
from negotiation.tactics.registry import TACTICS, make_tactic
from scenarios import Scenario
from views.cli.contract import Exit

FORM = "write SEAT=TACTIC, as in Spain=conceder, or SEAT=module:name for one of your own"

SECONDS = 60.0
"""Default time limit of a run with the user's own tactics."""
LONGER = "mend the loop that does not end, or give it more time with --timeout SECONDS"


class SeatTactic(NamedTuple):
    """One option `--mover` of `winset simulate`: the tactic with which one seat (one country) negotiates."""

    text: str
    party: int
    tactic: str

    @property
    def place(self) -> str:
        """Return the option as it was typed, such as "--mover Spain=conceder", for the error messages about it."""
        return f"--mover {self.text}"

    @property
    def code(self) -> CustomCode:
        """Return the user's own tactic, given as `module:name` in the option `--mover`, as a `CustomCode` to load."""
        return CustomCode(self.place, self.tactic, LONGER)


def simulate_with_movers(
    case: Scenario, seed: int | None, replicate: int, wanted: Iterable[str] = (), timeout: float = SECONDS
) -> Outcome:
    """Simulate the talks of a case with the tactics that the case names, or with those that the user gives.

    A tactic decides the moves of one party in the talks.

    Parameters
    ----------
    case
        Case with an agenda.
    seed
        Seed of every random number; None for the seed of the case.
    replicate
        Number of the run with this seed, from 0.
    wanted
        Tactics of seats, each as `SEAT=TACTIC` or `SEAT=module:name`.
    timeout
        Seconds for a run with the user's own tactics; it does not limit others.

    Returns
    -------
    Outcome
        Outcome of the talks; its remarks name the given tactics.

    Raises
    ------
    InputError
        When a seat or a tactic does not exist, or when a user's tactic fails or takes too long.
    """
    number = case.seed if seed is None else seed
    words = list(wanted)
    play = agents.simulate  # loads `agents` before the user's folder is in the import path
    if not words:
        return play(case, number, replicate)
    table = agents.prepare_table(case)
    wishes = [_wish(case, text) for text in words]
    foreign = [wish for wish in wishes if wish.tactic not in TACTICS]
    try:
        with isolate(Path.cwd(), timeout if foreign else None, partial(_give_up, timeout)):
            outcome = play(case, number, replicate, build_movers(table, wishes, number, replicate))
    except OutOfTime:
        place = f"--mover {foreign[0].text}" if len(foreign) == 1 else "--mover"
        raise input_error(place, f"the talks took longer than {timeout:g} s", LONGER) from None
    told = tuple(
        message("{country} was played by {tactic}.", country=case.seats[wish.party].country, tactic=wish.tactic)
        for wish in wishes
    )
    return replace(outcome, remarks=told)


def build_movers(table: NegotiationTable, wishes: Sequence[SeatTactic], seed: int, replicate: int) -> dict[str, Mover]:
    """Build, for the seats to which the user gives a tactic, the functions that make their moves in the talks.

    Parameters
    ----------
    table
        Table of the case.
    wishes
        Tactics of seats, at most one per seat.
    seed
        Seed of every random number.
    replicate
        Number of the run with this seed, from 0.

    Returns
    -------
    dict[str, Mover]
        Movers by country; each draws from the random stream of its seat.

    Raises
    ------
    InputError
        When a seat has two tactics, or a tactic does not exist.
    """
    taken = [wish.party for wish in wishes]
    for wish in wishes:
        if taken.count(wish.party) > 1:
            raise input_error(wish.place, "this seat is given away twice", "write one --mover a seat")
    return {
        table.scenario.seats[wish.party].country: _mover(
            wish, table, agents.stream(seed, replicate, f"tactic of seat {wish.party}")
        )
        for wish in wishes
    }


def _wish(case: Scenario, text: str) -> SeatTactic:
    """Parse one `--mover`; the seat is a country's name, role or code."""
    seat, given, name = (part.strip() for part in text.partition("="))
    if not (seat and given and name):
        raise input_error(f"--mover {text}", "is no seat with a tactic", FORM)
    found = [at for at, country in enumerate(case.countries) if country.matches(seat)]
    if not found:
        names = [country.name for country in case.countries]
        near = closest_words(seat, names, 1) or names
        raise input_error(f"--mover {text}", f"nobody sits for {seat!r}", f"write {' or '.join(near)} before the =")
    return SeatTactic(text, found[0], name)


def _mover(wish: SeatTactic, table: NegotiationTable, random: np.random.Generator) -> Mover:
    """Build the mover for a built-in tactic or for the user's own."""
    if wish.tactic in TACTICS:
        return agents.mover_from_brief(table, wish.party, partial(make_tactic, wish.tactic, random=random))
    if ":" not in wish.tactic:
        near = closest_words(wish.tactic, TACTICS) or TACTICS
        hint = f"write {', '.join(near)}, or module:name for one of your own"
        raise input_error(wish.place, f"there is no tactic {wish.tactic!r}", hint)
    return load_mover(wish.code, table, wish.party, random)


def _give_up(seconds: float) -> NoReturn:
    """Print the error for code that cannot be stopped, and exit at once."""
    os.write(2, f"error: --mover: took longer than {seconds:g} s and cannot be stopped\nhint: {LONGER}\n".encode())
    os._exit(Exit.REFUSED)
