"""The Streamlit widgets of the page Explore: sliders, pickers, address and cache.

Every widget has a key of its own, and its value is part of the page's address, so that a link restores the page.
Results are cached by title and settings, so that going back to earlier settings needs no computation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from economy.model.payoffs import solve_bilateral
from games.exact_numbers import parse_integer
from games.messages import message
from views.explore import remedies as explore_remedies
from views.explore import view_model
from views.explore.dials import (
    DIALS,
    FIRST,
    GAP,
    MORE,
    PAIRS,
    CountryPair,
    ExploreDial,
    Settings,
    parameters,
    start_settings,
)
from views.explore.link import KEYS, PAIR_KEY, TABLE_KEY, find_ignored_entries
from views.style import theme
from views.style.html import GainBlock, note_html
from views.wording import link_problems
from views.wording.link_problems import VERSION, VERSION_KEY
from views.wording.translation import translate

LEFT_KEY = "left-out"
"""Key of the session state: the entries just removed from the address, until the note on them is shown."""

Source = Literal["Model", "Printed"]
"""Where the payoffs come from: the economy, or a table of the literature."""

SOURCES: tuple[Source, Source] = ("Model", "Printed")
MODEL, PRINTED = message("Model"), message("Printed")


def pair_picker(*, disabled: bool) -> CountryPair:
    """Show the picker of the pair of countries on the page Explore, and return the pair that is chosen.

    When the reader chooses another pair, every dial (slider) is set to that pair's own value.
    """
    title = st.selectbox(
        translate(message("Countries")),
        list(PAIRS),
        format_func=translate,
        key=PAIR_KEY,
        on_change=_follow_pair,
        bind="query-params",
        label_visibility="collapsed",
        filter_mode=None,
        disabled=disabled,
    )
    return PAIRS[title]


def _follow_pair() -> None:
    for dial, value in zip(DIALS, start_settings(PAIRS[st.session_state[PAIR_KEY]]), strict=True):
        st.session_state[dial.key] = int(value) if dial.whole else value


def source_picker() -> Source:
    """Show the picker of the source of the payoffs, and return the choice: "Model", or "Printed" for printed tables."""
    chosen = st.segmented_control(
        translate(message("Payoffs")),
        SOURCES,
        default="Model",
        format_func=_source_label,
        required=True,
        key=TABLE_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    return "Printed" if chosen == "Printed" else "Model"


def _source_label(source: Source) -> str:
    return translate(PRINTED if source == "Printed" else MODEL)


def first_dials(pair: CountryPair, *, printed: bool) -> Settings:
    """Show the three dials (sliders) at the top of the page Explore, and return their values in the order of `FIRST`.

    With a printed table only the dial of the productivity gap can be moved. That dial has the left half of the width,
    like the paradox curve below it, so that its thumb stands above the marker of the curve.
    """
    with st.container(key="dials"):
        left, right = st.columns(2, gap="large", vertical_alignment="bottom")
        with left:
            gap = _slider(GAP, pair)
        with right:
            columns = st.columns(2, gap="medium", vertical_alignment="bottom")
            return (gap, *_row(columns, FIRST[1:], pair, disabled=printed))


def more_dials(pair: CountryPair, *, disabled: bool) -> Settings:
    """Show the dials (sliders) behind the expander of the page Explore, three in a row, and return their values.

    The values are in the order of `MORE`.
    """
    with st.container(key="more"):
        rows = (MORE[at : at + 3] for at in range(0, len(MORE), 3))
        return tuple(
            value for dials in rows for value in _row(st.columns(3, gap="large"), dials, pair, disabled=disabled)
        )


def _row(
    columns: Iterable[DeltaGenerator], dials: Iterable[ExploreDial], pair: CountryPair, *, disabled: bool
) -> Settings:
    values: list[float] = []
    for column, dial in zip(columns, dials, strict=True):
        with column:
            values.append(_slider(dial, pair, disabled=disabled))
    return tuple(values)


def _slider(dial: ExploreDial, pair: CountryPair, *, disabled: bool = False) -> float:
    """Show one dial. Its default is the pair's own value, so that the address holds only what differs from the pair."""
    kind = int if dial.whole else float
    default = start_settings(pair)[DIALS.index(dial)]
    return float(
        st.slider(
            translate(dial.label),
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


def show_ignored_entries() -> None:
    """Show a note on the keys and values in the address of the page Explore that are ignored, with the reasons.

    Values that a dial or picker cannot take are removed from the address before the widgets read it: Streamlit would
    accept a value between two steps, and drop others without a message.
    """
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    left = find_ignored_entries(
        link, [translate(title) for title in PAIRS], [_source_label(source) for source in SOURCES]
    )
    wrong = [each for each in left if each.key in KEYS]
    if wrong and _taken_out(wrong):
        st.session_state[LEFT_KEY] = wrong
        st.rerun()
    said = [*st.session_state.pop(LEFT_KEY, ()), *left]
    if said:
        st.html(note_html(link_problems.note_on_ignored_entries(said)))


def _taken_out(wrong: Iterable[link_problems.IgnoredEntry]) -> bool:
    """Remove these entries from the address. Return False where a widget is bound to one of them already."""
    try:
        for each in wrong:
            del st.query_params[each.key]
    except StreamlitAPIException:
        return False
    return True


def mark_version() -> None:
    """Add the version of the address format to the page's address when it holds any other known key."""
    moved = any(key in st.query_params for key in KEYS - {VERSION_KEY})
    if moved and VERSION_KEY not in st.query_params:
        st.query_params[VERSION_KEY] = VERSION


@st.cache_data(max_entries=500, show_spinner=False)
def cached_model_game(title: str, settings: Settings) -> tuple[view_model.AnalysedGame, tuple[GainBlock, ...], str]:
    """Return what the page Explore shows for one pair of countries and one setting of its dials; cached.

    The parts are: the analysed game of the model; the changes of welfare by group; and the sentence on why the answer
    and the paradox curve differ ("" where they agree). `title` is the title of the pair in the picker.
    """
    pair = PAIRS[title]
    economy = parameters(pair, settings)
    stakes = solve_bilateral(economy)
    best = cached_openness_curve(title, settings).openness_at(settings[DIALS.index(GAP)])
    beside = view_model.answer_difference(pair, stakes, settings, best)
    return view_model.model_game(pair, stakes), view_model.group_blocks(pair, economy, stakes), beside


@st.cache_data(max_entries=100, show_spinner=False)
def cached_printed_game(gap: float) -> view_model.AnalysedGame:
    """Return the payoff table of the literature for a productivity gap, as an analysed game; cached."""
    return view_model.printed_game(gap)


def cached_openness_curve(title: str, settings: Settings) -> view_model.OpennessCurve:
    """Return the paradox curve for one pair of countries (by its title) and one setting of the dials; cached.

    The gap and the openness of the settings are no part of the cache's key: they only choose a point on the curve.
    """
    blind = (dial.low if dial.field in {"gap", "openness"} else at for dial, at in zip(DIALS, settings, strict=True))
    return _regime(title, tuple(blind))


@st.cache_data(max_entries=200, show_spinner=False)
def _regime(title: str, settings: Settings) -> view_model.OpennessCurve:
    return view_model.compute_openness_curve(parameters(PAIRS[title], settings))


@st.cache_data(max_entries=500, show_spinner=False)
def cached_remedies(title: str, settings: Settings) -> explore_remedies.RemedyTable:
    """Return the table of remedies for one pair of countries (by its title) and one setting of the dials; cached."""
    pair = PAIRS[title]
    return explore_remedies.build_remedy_table(parameters(pair, settings), settings, pair.names)


def remedy_board(found: explore_remedies.RemedyTable) -> None:
    """Show the table of remedies on the page Explore.

    A click on a button of a line sets the dials (sliders) to its remedy.
    """
    mount = component(
        "winset.bench",
        html='<div class="w-bench"></div>',
        js=theme.asset("bench.js").decode(),
        isolate_styles=False,
    )
    mount(key="bench", data={"html": explore_remedies.render_remedy_table(found)}, on_tried_change=lambda: _try(found))


def _try(found: explore_remedies.RemedyTable) -> None:
    """Set the dials of the chosen line. A line number that does not exist is ignored."""
    place = parse_integer(str(st.session_state["bench"]["tried"] or ""))
    move = found.lines[place].move if place is not None and 0 <= place < len(found.lines) else None
    kinds = {dial.key: int if dial.whole else float for dial in DIALS}
    for key, value in move.dials if move else ():
        st.session_state[key] = kinds[key](value)


def show_html(parts: Iterable[str]) -> None:
    """Show several pieces of HTML below each other on the page, as one Streamlit element."""
    st.html("".join(parts))
