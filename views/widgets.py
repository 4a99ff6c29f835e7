"""Sliders, pickers and the cache: where the pages meet Streamlit.

Every piece of state has one typed key here and lives in the page's address, so that a link gives back exactly
this picture. What is computed is kept by its plain numbers: moving a dial back costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

from economy.stakes import solve
from views import bench, looks, scene, words
from views.dials import DIALS, FIRST, GAP, MORE, PAIRS, Dial, Pair, Settings, parameters, start
from views.looks import Mode
from views.markup import Block, note

PAIR_KEY = "pair"
TABLE_KEY = "table"
VERSION_KEY = "v"

PAGE, ADDRESSES = "page", "addresses"
"""The page that is shown, and the last address of every page."""

VERSION = "1"
"""The version of the page's address; an address of another version is read as far as its keys are known."""

KEYS = frozenset({PAIR_KEY, TABLE_KEY, VERSION_KEY, *(dial.key for dial in DIALS)})
"""Every key that the address of Explore may hold."""

Source = Literal["Model", "Printed"]
"""Where the payoffs come from: the economy, or a table of the literature."""

SOURCES: tuple[Source, Source] = ("Model", "Printed")

FIRST_PAIR = next(iter(PAIRS.values()))


def serve_fonts() -> None:
    """Serve `views/static` under `looks.FONTS_URL`.

    Streamlit's own static folder stands beside the script that runs, which an installed wheel does not have;
    the folder of a component is served from wherever the package lies. No component is ever shown.
    """
    declare_component("fonts", path=str(Path(__file__).with_name("static")))


def carry_address(page: str) -> None:
    """Give a page back the address that it had before the reader changed to another page.

    The links of the navigation hold no address: without this, changing to Explore and back would end the talks. An
    address that the reader brings wins over the one that was kept.
    """
    state = st.session_state
    kept: dict[str, dict[str, str]] = state.setdefault(ADDRESSES, {})
    changed = state.get(PAGE) != page
    state[PAGE] = page
    if changed and not st.query_params:
        st.query_params.from_dict(kept.get(page, {}))
    else:
        kept[page] = st.query_params.to_dict()


def mode() -> Mode:
    """The face of the screen that the reader's system asks for."""
    return "dark" if st.context.theme.type == "dark" else "light"


def pair_picker(*, disabled: bool) -> Pair:
    """Choose the two countries; choosing sets every dial to the pair's own values."""
    title = st.selectbox(
        "Countries",
        list(PAIRS),
        key=PAIR_KEY,
        on_change=_follow_pair,
        bind="query-params",
        label_visibility="collapsed",
        filter_mode=None,
        disabled=disabled,
    )
    return PAIRS[title]


def _follow_pair() -> None:
    for dial, value in zip(DIALS, start(PAIRS[st.session_state[PAIR_KEY]]), strict=True):
        st.session_state[dial.key] = int(value) if dial.whole else value


def source_picker() -> Source:
    """Choose between the model's payoffs and the printed tables."""
    chosen = st.segmented_control(
        "Payoffs",
        SOURCES,
        default="Model",
        required=True,
        key=TABLE_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    return "Printed" if chosen == "Printed" else "Model"


def first_dials(*, printed: bool) -> Settings:
    """The three dials of the first screen; a printed table leaves only the gap to move.

    The gap has the left half for itself, as wide as the paradox curve below: line and thumb stand under each other.
    """
    with st.container(key="dials"):
        left, right = st.columns(2, gap="large", vertical_alignment="bottom")
        with left:
            gap = _slider(GAP)
        with right:
            columns = st.columns(2, gap="medium", vertical_alignment="bottom")
            return (gap, *_row(columns, FIRST[1:], disabled=printed))


def more_dials(*, disabled: bool) -> Settings:
    """The dials behind the expander, three across; a printed table leaves none to move."""
    with st.container(key="more"):
        rows = (MORE[at : at + 3] for at in range(0, len(MORE), 3))
        return tuple(value for dials in rows for value in _row(st.columns(3, gap="large"), dials, disabled=disabled))


def _row(columns: Iterable[DeltaGenerator], dials: Iterable[Dial], *, disabled: bool) -> Settings:
    values: list[float] = []
    for column, dial in zip(columns, dials, strict=True):
        with column:
            values.append(_slider(dial, disabled=disabled))
    return tuple(values)


def _slider(dial: Dial, *, disabled: bool = False) -> float:
    """One dial; the default it shows is the first pair's, so that the address holds only what differs."""
    kind = int if dial.whole else float
    default = start(FIRST_PAIR)[DIALS.index(dial)]
    return float(
        st.slider(
            dial.label,
            kind(dial.low),
            kind(dial.high),
            kind(default),
            kind(dial.step),
            format=dial.form,
            key=dial.key,
            bind="query-params",
            disabled=disabled,
        )
    )


def note_strangers() -> None:
    """Say which keys of the address this page does not know; they are left out."""
    strangers = sorted(set(st.query_params) - KEYS)
    if strangers:
        st.html(note(words.unknown_keys(strangers)))


def mark_version() -> None:
    """Write the address's version beside the dials that differ from the default."""
    moved = any(key in st.query_params for key in KEYS - {VERSION_KEY})
    if moved and VERSION_KEY not in st.query_params:
        st.query_params[VERSION_KEY] = VERSION


@st.cache_data(max_entries=500, show_spinner=False)
def model(title: str, settings: Settings) -> tuple[scene.Play, tuple[Block, ...]]:
    """The game that the economy derives at these dials, and who gains in it."""
    pair = PAIRS[title]
    economy = parameters(pair, settings)
    stakes = solve(economy)
    return scene.model_play(pair, stakes), scene.blocks(pair, economy, stakes)


@st.cache_data(max_entries=100, show_spinner=False)
def printed(gap: float) -> scene.Play:
    """The printed table nearer to the gap."""
    return scene.printed_play(gap)


def regime(title: str, settings: Settings) -> scene.Regime:
    """The paradox curve at these dials; gap and openness only choose a point on it, so it is kept without them."""
    blind = (dial.low if dial.field in {"gap", "openness"} else at for dial, at in zip(DIALS, settings, strict=True))
    return _regime(title, tuple(blind))


@st.cache_data(max_entries=200, show_spinner=False)
def _regime(title: str, settings: Settings) -> scene.Regime:
    return scene.regime(parameters(PAIRS[title], settings))


@st.cache_data(max_entries=500, show_spinner=False)
def remedies(title: str, settings: Settings) -> bench.Bench:
    """What would change the answer at these dials."""
    pair = PAIRS[title]
    return bench.bench(parameters(pair, settings), settings, pair.names)


def remedy_board(found: bench.Bench) -> None:
    """The remedies bench; a button in it sets the dials above."""
    mount = component(
        "winset.bench",
        html='<div class="w-bench"></div>',
        js=looks.asset("bench.js").decode(),
        isolate_styles=False,
    )
    mount(key="bench", data={"html": bench.table(found)}, on_tried_change=lambda: _try(found))


def _try(found: bench.Bench) -> None:
    """Set the dials that a line of the bench names; a line that came from elsewhere is left alone."""
    place = str(st.session_state["bench"]["tried"] or "")
    move = found.lines[int(place)].move if place.isdecimal() and int(place) < len(found.lines) else None
    kinds = {dial.key: int if dial.whole else float for dial in DIALS}
    for key, value in move.dials if move else ():
        st.session_state[key] = kinds[key](value)


def pieces(parts: Iterable[str]) -> None:
    """Several pieces of HTML under each other, as one element."""
    st.html("".join(parts))
