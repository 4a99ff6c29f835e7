"""Where the page Negotiate meets Streamlit: its address, the tables it keeps, its pickers, board and buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, Literal

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

from agents.seating import Table
from agents.seating import laid as lay
from games.visible import escape
from negotiation.tactics import TACTICS
from negotiation.talks import Talks
from scenarios.catalogue import library
from scenarios.reading import files, read
from views import looks, markup, rehearsal, table_words
from views.rehearsal import Address
from views.widgets import mode

__all__ = ["act", "actions", "address", "board", "choose", "go", "laid", "leave", "mode", "moments", "say", "sign"]

FIRST_CASE = "three-purses"

CASE, SEAT, FIRST, SECOND, SEED = "table-case", "table-seat", "table-first", "table-second", "table-seed"
MOVES, REASON = "table-moves", "table-reason"
"""The keys of the pickers."""


def edition() -> str:
    """The content of the library in one word: what is kept of a case is kept for this content only."""
    texts = sorted((case.name, case.read_bytes()) for case in files.LIBRARY.glob("*.toml"))
    return sha256(repr(texts).encode()).hexdigest()


def cases() -> dict[str, str]:
    """The cases with something to negotiate over: their titles by name, the first one first."""
    return _cases(edition())


@st.cache_data(max_entries=2, show_spinner=False)
def _cases(_edition: str) -> dict[str, str]:
    found = {entry.name: entry.title for entry in library() if entry.packages}
    first = {FIRST_CASE: found[FIRST_CASE]} if FIRST_CASE in found else {}
    return first | found


def laid(case: str) -> Table:
    """The table of a case with the tactics of its file."""
    return _laid(case, edition())


@st.cache_resource(max_entries=20, show_spinner=False)
def _laid(case: str, _edition: str) -> Table:
    return lay(read(case))


def moments(table: Table, case: str, seed: int) -> tuple[Talks, ...]:
    """The talks of two tactics, moment by moment."""
    return _moments(table, case, edition(), tuple(seat.tactic for seat in table.scenario.seats), seed)


@st.cache_resource(max_entries=50, show_spinner=False)
def _moments(_table: Table, case: str, edition: str, tactics: tuple[str, ...], seed: int) -> tuple[Talks, ...]:
    del case, edition, tactics  # they are the key: a table cannot be one itself
    return rehearsal.moments(_table, seed)


def address() -> tuple[Address, tuple[str, ...]]:
    """The state of the page as its link holds it, and what was left out of it."""
    return rehearsal.address(st.query_params.to_dict(), tuple(cases()))


def go(there: Address) -> None:
    """Make an address the page's own."""
    st.query_params.from_dict(there.query())


def say(here: Address, word: str) -> None:
    """The person makes a move."""
    go(here._replace(moves=(*here.moves, word), draft=""))


def choose(here: Address, table: Table, party: int | None) -> None:
    """Choose case, seat, the other side's tactic and seed, behind one small button; a new choice begins afresh."""
    parties = table.preferences.parties
    with st.popover(table_words.CHOOSE, type="tertiary"):
        titles = cases()
        _preset(CASE, here.case)
        st.selectbox("Case", list(titles), format_func=titles.__getitem__, key=CASE, on_change=_another_case)
        seats = [*parties, table_words.WATCH]
        _preset(SEAT, table_words.WATCH if party is None else parties[party])
        st.selectbox("Your seat", seats, key=SEAT, on_change=_another, args=(here, parties))
        for at, key in enumerate((FIRST, SECOND)):
            if at != party:
                _preset(key, table.scenario.seats[at].tactic)
                told = table_words.STEPS.__getitem__
                st.selectbox(
                    f"{parties[at]} is played by",
                    TACTICS,
                    format_func=told,
                    key=key,
                    on_change=_another,
                    args=(here, parties),
                )
        _preset(SEED, table.scenario.seed if here.seed is None else here.seed)
        st.number_input("Seed", 0, 999_999_999, step=1, key=SEED, on_change=_another, args=(here, parties))
        if party is not None:
            _preset(MOVES, ".".join(here.moves))
            st.text_input(table_words.MOVES, key=MOVES, on_change=_other_moves, args=(here,))
        st.html(markup.note(table_words.CHOOSE_NOTE))


def _preset(key: str, value: Any) -> None:
    """A picker shows what the address says, whatever it showed before."""
    st.session_state[key] = value


def _another_case() -> None:
    go(Address(st.session_state[CASE]))


def _another(here: Address, parties: tuple[str, ...]) -> None:
    state = st.session_state
    watching = state[SEAT] == table_words.WATCH
    if watching:
        tactics = tuple(state[key] for key in (FIRST, SECOND) if key in state)
    else:
        opposite = (SECOND, FIRST)[parties.index(state[SEAT])]
        tactics = (state[opposite],) if opposite in state else here.tactics[-1:]
    seat = rehearsal.WATCH if watching else rehearsal.slug(state[SEAT])
    go(Address(here.case, seat, int(state[SEED]), tactics))


def _other_moves(here: Address) -> None:
    text = st.session_state[MOVES].strip()
    go(here._replace(moves=tuple(text.split(".")) if text else (), draft="", seen=0))


def board(drawn: str, levels: tuple[int, ...], here: Address) -> None:
    """The schedule board; a level that is picked becomes part of the address."""
    mount = component(
        "winset.board",
        html='<div class="w-board"></div>',
        js=looks.asset("board.js").decode(),
        isolate_styles=False,
    )
    mount(key="board", data={"html": drawn}, on_picked_change=lambda: _pick(levels, here))


def _pick(levels: tuple[int, ...], here: Address) -> None:
    """A level picked on the board; one that came from elsewhere than our own lists is left alone."""
    picked = str(st.session_state["board"]["picked"] or "")
    place, _, level = picked.partition(".")
    if place.isdecimal() and level.isdecimal() and int(place) < len(levels) and int(level) < len(rehearsal.DIGITS):
        draft = (*levels[: int(place)], int(level), *levels[int(place) + 1 :])
        go(here._replace(draft=rehearsal.digits(draft)))


def actions() -> DeltaGenerator:
    """The bar of buttons at the foot of the page, always in reach of a thumb."""
    return st.bottom.container(horizontal=True, horizontal_alignment="right", key="acts")


def act(
    label: str,
    key: str,
    follow: Callable[..., None],
    *args: Any,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    able: bool = True,
) -> None:
    """One button; what follows happens before the page is drawn again, or opens a dialog."""
    if follow in (sign, leave):
        if st.button(label, key=key, type=kind, disabled=not able):
            follow(*args)
        return
    st.button(label, key=key, type=kind, disabled=not able, on_click=follow, args=args)


@st.dialog(table_words.SIGN)
def sign(here: Address, told: Sequence[str]) -> None:
    """Ask once more before a signature that binds."""
    st.html("".join(f'<p class="w-text">{escape(each)}</p>' for each in told))
    if st.button("Sign", key="sign", type="primary", on_click=say, args=(here, "a")):
        st.rerun()


@st.dialog(table_words.LEAVE)
def leave(here: Address) -> None:
    """Ask once more before the talks end, and why."""
    st.html(markup.note(table_words.LEAVE_NOTE))
    st.radio("Why?", table_words.REASONS, key=REASON)
    if st.button("Walk away", key="leave", type="primary", on_click=_left, args=(here,)):
        st.rerun()


def _left(here: Address) -> None:
    say(here, f"x{table_words.REASONS.index(st.session_state[REASON])}")
