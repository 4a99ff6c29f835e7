"""The Streamlit widgets of the page Negotiate: address, cached tables, pickers, board and buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, Literal

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

from agents.table import NegotiationTable
from agents.table import prepare_table as lay
from games.exact_numbers import parse_integer
from games.messages import message
from negotiation.protocols.state import Talks
from negotiation.tactics.registry import TACTICS
from scenarios.index import library
from scenarios.reading import read, source
from views.negotiate import link as talk_link
from views.negotiate import replay
from views.negotiate.link import Address
from views.style import html, theme
from views.wording import negotiate
from views.wording.translation import to_html, translate

__all__ = [
    "add_move",
    "button_bar",
    "cached_states",
    "confirm_leave",
    "confirm_signature",
    "load_table",
    "read_address",
    "set_address",
    "show_board",
    "show_button",
    "show_pickers",
]

FIRST_CASE = "three-purses"
"""Library case that the page shows first; without it, the first of the library."""

CASE, SEAT, FIRST, SECOND, SEED = "table-case", "table-seat", "table-first", "table-second", "table-seed"
MOVES, REASON = "table-moves", "table-reason"
"""Keys of the pickers."""


def library_hash() -> str:
    """Return a hash of the content of all case files of the library.

    Cached results of a case are valid for this content only.
    """
    texts = sorted((case.name, case.read_bytes()) for case in source.LIBRARY.glob("*.toml"))
    return sha256(repr(texts).encode()).hexdigest()


def case_titles() -> dict[str, str]:
    """Return the titles of the library's cases that have a negotiation, by name of the case.

    The default case comes first.
    """
    return _cases(library_hash())


@st.cache_data(max_entries=2, show_spinner=False)
def _cases(_edition: str) -> dict[str, str]:
    found = {entry.name: entry.title for entry in library() if entry.packages}
    first = {FIRST_CASE: found[FIRST_CASE]} if FIRST_CASE in found else {}
    return first | found


def load_table(case: str) -> NegotiationTable:
    """Return the prepared negotiation of a case (parties, agenda, preferences), with the tactics of its file."""
    return _laid(case, library_hash())


@st.cache_resource(max_entries=20, show_spinner=False)
def _laid(case: str, _edition: str) -> NegotiationTable:
    return lay(read(case))


def cached_states(table: NegotiationTable, case: str, seed: int) -> tuple[Talks, ...]:
    """Return the states of the talks of two tactics, one after every event; cached.

    Parameters
    ----------
    table
        The prepared negotiation of the case, with the tactics to use.
    case
        Name of the case.
    seed
        Seed of the talks.

    Returns
    -------
    tuple[Talks, ...]
        The states of the talks, from the opening to the end.
    """
    return _moments(table, case, library_hash(), tuple(seat.tactic for seat in table.scenario.seats), seed)


@st.cache_resource(max_entries=50, show_spinner=False)
def _moments(
    _table: NegotiationTable, case: str, edition: str, tactics: tuple[str, ...], seed: int
) -> tuple[Talks, ...]:
    del case, edition, tactics  # only keys of the cache: a table cannot be hashed
    return replay.list_states(_table, seed)


def read_address() -> tuple[Address, tuple[str, ...]]:
    """Read the state of the page Negotiate from its link. Return it with the keys of the link that were ignored."""
    return talk_link.parse_address(st.query_params.to_dict(), tuple(case_titles()))


def page_ignored_note(keys: Sequence[str], here: Address) -> str:
    """Return the text of a note on the keys of the page's link that were ignored; an empty text when there were none.

    `here` is the state of the page as it was read from the link.
    """
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    return talk_link.render_ignored_note(link, [key for key in keys if key in link], here.moves)


def set_address(there: Address) -> None:
    """Write a state of the page Negotiate to the link of the page, so that the page is drawn from it."""
    st.query_params.from_dict(there.query())


def add_move(here: Address, word: str) -> None:
    """Add a move of the person to the link of the page Negotiate, and remove the draft from it.

    `word` is the move as the link writes it.
    """
    set_address(here._replace(moves=(*here.moves, word), draft=""))


def show_pickers(here: Address, table: NegotiationTable, party: int | None) -> None:
    """Show the pickers of case, seat, tactics and seed of the page Negotiate behind one button.

    Parameters
    ----------
    here
        The present address.
    table
        The table of the case.
    party
        Number of the person's party; None when two tactics are watched.
    """
    parties = table.preferences.parties
    with st.popover(translate(negotiate.CHOOSE), type="tertiary"):
        titles = case_titles()
        _preset(CASE, here.case)
        st.selectbox(
            translate(message("Case")),
            list(titles),
            format_func=lambda name: translate(titles[name]),
            key=CASE,
            on_change=_another_case,
        )
        seats = [*parties, negotiate.WATCH]
        _preset(SEAT, negotiate.WATCH if party is None else parties[party])
        st.selectbox(
            translate(message("Your seat")),
            seats,
            format_func=translate,
            key=SEAT,
            on_change=_another,
            args=(here, parties),
        )
        for at, key in enumerate((FIRST, SECOND)):
            if at != party:
                _preset(key, table.scenario.seats[at].tactic)
                st.selectbox(
                    translate(message("{country} is played by", country=parties[at])),
                    TACTICS,
                    format_func=_tactic_label,
                    key=key,
                    on_change=_another,
                    args=(here, parties),
                )
        _preset(SEED, table.scenario.seed if here.seed is None else here.seed)
        st.number_input(
            translate(message("Seed")), 0, 999_999_999, step=1, key=SEED, on_change=_another, args=(here, parties)
        )
        if party is not None:
            _preset(MOVES, ".".join(here.moves))
            st.text_input(translate(negotiate.MOVES), key=MOVES, on_change=_other_moves, args=(here,))
        st.html(html.note_html(negotiate.CHOOSE_NOTE))


def _tactic_label(name: str) -> str:
    return translate(negotiate.STEPS[name])


def _preset(key: str, value: Any) -> None:
    """Set a picker to the value of the address."""
    st.session_state[key] = value


def _another_case() -> None:
    set_address(Address(st.session_state[CASE]))


def _another(here: Address, parties: tuple[str, ...]) -> None:
    state = st.session_state
    watching = state[SEAT] == negotiate.WATCH
    if watching:
        tactics = tuple(state[key] for key in (FIRST, SECOND) if key in state)
    else:
        opposite = (SECOND, FIRST)[parties.index(state[SEAT])]
        tactics = (state[opposite],) if opposite in state else here.tactics[-1:]
    seat = talk_link.WATCH if watching else talk_link.slug(state[SEAT])
    set_address(Address(here.case, seat, int(state[SEED]), tactics))


def _other_moves(here: Address) -> None:
    text = st.session_state[MOVES].strip()
    set_address(here._replace(moves=tuple(text.split(".")) if text else (), draft="", seen=0))


def show_board(drawn: str, levels: tuple[int, ...], here: Address) -> None:
    """Show the schedule board on the page Negotiate. A level that the reader chooses is stored in the address.

    Parameters
    ----------
    drawn
        HTML of the board.
    levels
        Levels of the present draft, by line.
    here
        The present address.
    """
    mount = component(
        "winset.board",
        html='<div class="w-board"></div>',
        js=theme.asset("board.js").decode(),
        isolate_styles=False,
    )
    mount(key="board", data={"html": drawn}, on_picked_change=lambda: _pick(levels, here))


def _pick(levels: tuple[int, ...], here: Address) -> None:
    """Store the level chosen on the board. A value that is not in our lists is ignored."""
    picked = str(st.session_state["board"]["picked"] or "")
    place, level = map(parse_integer, picked.partition(".")[::2])
    if place is None or level is None:
        return
    if 0 <= place < len(levels) and 0 <= level < len(talk_link.DIGITS):
        draft = (*levels[:place], level, *levels[place + 1 :])
        set_address(here._replace(draft=talk_link.format_levels(draft)))


def button_bar() -> DeltaGenerator:
    """Return the container for the row of buttons at the foot of the page, which is always visible."""
    return st.bottom.container(horizontal=True, horizontal_alignment="right", key="acts")


def show_button(
    label: str,
    key: str,
    follow: Callable[..., None],
    *args: Any,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    able: bool = True,
) -> None:
    """Show one button on the page Negotiate. A click calls a function, or opens a dialog first.

    Parameters
    ----------
    label
        Text of the button; a message is translated.
    key
        Key of the widget.
    follow
        Function to call before the page is drawn again. `confirm_signature` and `confirm_leave` open a dialog instead.
    kind
        Style of the button.
    able
        Whether the button is enabled.
    *args
        Arguments of `follow`.
    """
    label = translate(label)
    if follow in (confirm_signature, confirm_leave):
        if st.button(label, key=key, type=kind, disabled=not able):
            follow(*args)
        return
    st.button(label, key=key, type=kind, disabled=not able, on_click=follow, args=args)


def confirm_signature(here: Address, told: Sequence[str]) -> None:
    """Open a dialog in which the person confirms that they accept the offer, since a signature is binding.

    `told` holds the sentences that the dialog shows. When the person confirms, the move is added to the address `here`.
    """
    st.dialog(translate(negotiate.SIGN))(_show_signature)(here, told)


def _show_signature(here: Address, told: Sequence[str]) -> None:
    st.html("".join(f'<p class="w-text">{to_html(each)}</p>' for each in told))
    if st.button(translate(message("Sign")), key="sign", type="primary", on_click=add_move, args=(here, "a")):
        st.rerun()


def confirm_leave(here: Address) -> None:
    """Open a dialog in which the person chooses a reason and confirms that they walk away from the talks.

    When the person confirms, the move is added to the address `here`.
    """
    st.dialog(translate(negotiate.LEAVE))(_show_leave)(here)


def _show_leave(here: Address) -> None:
    st.html(html.note_html(negotiate.LEAVE_NOTE))
    st.radio(translate(message("Why?")), negotiate.REASONS, format_func=translate, key=REASON)
    if st.button(translate(message("Walk away")), key="leave", type="primary", on_click=_left, args=(here,)):
        st.rerun()


def _left(here: Address) -> None:
    add_move(here, f"x{negotiate.REASONS.index(st.session_state[REASON])}")
