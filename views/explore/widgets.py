"""The Streamlit widgets of the page Explore: sliders, pickers, address and cache.

Every widget has a key of its own, and its value is part of the page's address, so that a link restores the page.
Results are cached by title and settings, so that going back to earlier settings needs no computation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from economy.model.payoffs import solve_with_accounts
from games.exact_numbers import parse_integer
from games.messages import message
from views.explore import gains, view_model
from views.explore import remedies as explore_remedies
from views.explore.dials import (
    COVERED,
    EXPANSION,
    KEYS_OF_DIALS,
    LEVY,
    PAIRS,
    CountryPair,
    ExploreDial,
    Settings,
    dials_on_page,
    parameters,
    start_settings,
    start_value,
)
from views.explore.link import KEYS, PAIR_KEY, TABLE_KEY, find_ignored_entries
from views.style import theme
from views.style.group_table import GainBlock
from views.style.html import note_html
from views.wording import link_problems
from views.wording.link_problems import VERSION, VERSION_KEY
from views.wording.translation import translate

LEFT_KEY = "left-out"
"""Key of the session state: the entries just removed from the address, until the note on them is shown."""

FOLLOWED_KEY = "followed"
"""Key of the session state: whether the reader has just chosen another pair of countries or source of payoffs."""

FIRST = 3
"""Number of dials at the top of the page."""

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
    """Set every dial of the new pair to the pair's own value; keys of other dials leave the address with them."""
    pair = PAIRS[st.session_state[PAIR_KEY]]
    for dial in pair.dials:
        st.session_state[dial.key] = _typed(dial, start_value(pair, dial))
    st.session_state[FOLLOWED_KEY] = True


def _typed(dial: ExploreDial, value: float) -> float:
    return int(value) if dial.whole else float(value)


def source_picker() -> Source:
    """Show the picker of the source of the payoffs, and return the choice: "Model", or "Printed" for printed tables."""
    chosen = st.segmented_control(
        translate(message("Payoffs")),
        SOURCES,
        default="Model",
        format_func=_source_label,
        required=True,
        key=TABLE_KEY,
        on_change=_follow_source,
        bind="query-params",
        label_visibility="collapsed",
    )
    return "Printed" if chosen == "Printed" else "Model"


def _follow_source() -> None:
    """Let keys of dials leave the address with their dials, which another source of payoffs does not need."""
    st.session_state[FOLLOWED_KEY] = True


def _source_label(source: Source) -> str:
    return translate(PRINTED if source == "Printed" else MODEL)


def first_dials(pair: CountryPair, *, printed: bool) -> Settings:
    """Show the three dials (sliders) at the top of the page Explore, and return their values in their order.

    With a printed table only the dial of the productivity gap can be moved. The first dial has the left half of the
    width, like the curve below it, so that its thumb stands above the marker of the curve.
    """
    first, *others = dials_on_page(pair, printed=printed)[:FIRST]
    with st.container(key="dials"):
        left, right = st.columns(2, gap="large", vertical_alignment="bottom")
        with left:
            value = _slider(first, pair)
        with right:
            columns = st.columns(2, gap="medium", vertical_alignment="bottom")
            return (value, *_row(columns, others, pair, disabled=printed))


def more_dials(pair: CountryPair, *, printed: bool) -> Settings:
    """Show the dials (sliders) behind the expander of the page Explore, three in a row, and return their values.

    They are disabled for a printed table.
    """
    more = dials_on_page(pair, printed=printed)[FIRST:]
    with st.container(key="more"):
        rows = (more[at : at + 3] for at in range(0, len(more), 3))
        return tuple(
            value
            for dials in rows
            for value in _row(st.columns(3, gap="large")[: len(dials)], dials, pair, disabled=printed)
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
    low, high, default, step = (
        _typed(dial, value) for value in (dial.low, dial.high, start_value(pair, dial), dial.step)
    )
    return float(
        st.slider(
            translate(dial.label),
            low,
            high,
            default,
            step,
            format=dial.form,
            key=dial.key,
            bind="query-params",
            disabled=disabled,
        )
    )


def show_ignored_entries() -> None:
    """Show a note on the keys and values in the address of the page Explore that are ignored, with the reasons.

    Values that a dial or picker cannot take are removed from the address before the widgets read it: Streamlit would
    accept a value between two steps, and drop others without a message. Keys of dials that went with their pair are no
    entries of a link.
    """
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    if st.session_state.pop(FOLLOWED_KEY, False):
        link = {key: values for key, values in link.items() if key not in KEYS_OF_DIALS}
    titles = {translate(title): pair for title, pair in PAIRS.items()}
    dials = dials_on_page(_linked_pair(link, titles), printed=_linked_source(link) == _source_label("Printed"))
    left = find_ignored_entries(link, titles, [_source_label(source) for source in SOURCES], dials)
    wrong = [each for each in left if each.key in KEYS]
    if wrong and _taken_out(wrong):
        st.session_state[LEFT_KEY] = wrong
        st.rerun()
    said = [*st.session_state.pop(LEFT_KEY, ()), *left]
    if said:
        st.html(note_html(link_problems.note_on_ignored_entries(said)))


def _linked_pair(link: Mapping[str, list[str]], titles: Mapping[str, CountryPair]) -> CountryPair:
    """Return the pair that the page shows already, else that of the link, else the first."""
    shown = str(st.session_state.get(PAIR_KEY))
    if shown in PAIRS:
        return PAIRS[shown]
    return titles.get("".join(link.get(PAIR_KEY, ())), next(iter(PAIRS.values())))


def _linked_source(link: Mapping[str, list[str]]) -> str:
    """Return the label of the source of payoffs that the page shows already, else that of the link."""
    shown = st.session_state.get(TABLE_KEY)
    return _source_label(shown) if shown in SOURCES else "".join(link.get(TABLE_KEY, ()))


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


class ShownGame(NamedTuple):
    """What the page Explore shows for one pair of countries and one setting of its dials."""

    play: view_model.AnalysedGame
    blocks: tuple[GainBlock, ...]
    """Changes of money by group."""
    accounts: view_model.AccountsView
    """Money accounts of both opening."""
    flows: view_model.FlowBalance
    beside: str
    """Why the answer and the curve differ; "" where they agree."""


@st.cache_data(max_entries=500, show_spinner=False)
def cached_model_game(title: str, settings: Settings) -> ShownGame:
    """Return what the page Explore shows for one pair of countries and one setting of its dials; cached.

    `title` is the title of the pair in the picker.
    """
    pair = PAIRS[title]
    economy = parameters(pair, settings)
    stakes, accounts = solve_with_accounts(economy)
    best = cached_levels(title, settings).level_both_sign
    return ShownGame(
        view_model.model_game(pair, stakes),
        view_model.group_blocks(pair, economy, stakes),
        view_model.view_accounts(accounts),
        view_model.balance_flows(pair, stakes),
        view_model.answer_difference(pair, stakes, settings, best),
    )


@st.cache_data(max_entries=100, show_spinner=False)
def cached_printed_game(gap: float) -> view_model.AnalysedGame:
    """Return the payoff table of the literature for a productivity gap, as an analysed game; cached."""
    return view_model.printed_game(gap)


def cached_curve(title: str, settings: Settings) -> gains.UnlikeGains:
    """Return the gains along the first dial for one pair of countries (by its title); cached.

    The first dial and the openness are no part of the cache's key: they only choose a point on the curves.
    """
    pair = PAIRS[title]
    return _curve(title, _without(pair, settings, {pair.first[0].key, pair.level.key}))


@st.cache_data(max_entries=60, show_spinner=False)
def _curve(title: str, settings: Settings) -> gains.UnlikeGains:
    pair = PAIRS[title]
    return gains.trace_first_dial(pair, parameters(pair, settings))


def cached_levels(title: str, settings: Settings) -> gains.LevelGains:
    """Return the gains at every level for one pair of countries (by its title) and one setting of the dials; cached.

    The level on the dial is no part of the cache's key.
    """
    pair = PAIRS[title]
    if pair.kind == "today":
        return _expansion(title, _without(pair, settings, {EXPANSION.key}))
    return cached_curve(title, settings).at(settings[0])


@st.cache_data(max_entries=200, show_spinner=False)
def _expansion(title: str, settings: Settings) -> gains.LevelGains:
    return gains.trace_expansion(parameters(PAIRS[title], settings))


def cached_classes(title: str, settings: Settings) -> gains.ClassList:
    """Return the classes of the game at several levels for one pair (by its title) and one setting; cached."""
    pair = PAIRS[title]
    return _classes(title, _without(pair, settings, {pair.level.key}))


@st.cache_data(max_entries=200, show_spinner=False)
def _classes(title: str, settings: Settings) -> gains.ClassList:
    pair = PAIRS[title]
    return gains.list_classes(pair, parameters(pair, settings))


def cached_limits(title: str, settings: Settings) -> gains.CoveredLimits:
    """Return the limits of a corridor by whom a treaty reaches, for one pair (by its title) and one setting; cached."""
    return _limits(title, _without(PAIRS[title], settings, {EXPANSION.key, LEVY.key, COVERED.key}))


@st.cache_data(max_entries=200, show_spinner=False)
def _limits(title: str, settings: Settings) -> gains.CoveredLimits:
    return gains.trace_limits(parameters(PAIRS[title], settings))


def _without(pair: CountryPair, settings: Settings, keys: set[str]) -> Settings:
    """Return the settings with some dials at the pair's own value: results do not depend on them."""
    own = start_settings(pair)
    return tuple(
        start if dial.key in keys else value for dial, value, start in zip(pair.dials, settings, own, strict=True)
    )


@st.cache_data(max_entries=500, show_spinner=False)
def cached_remedies(title: str, settings: Settings) -> explore_remedies.RemedyTable:
    """Return the table of remedies for one pair of countries (by its title) and one setting of the dials; cached."""
    pair = PAIRS[title]
    return explore_remedies.build_remedy_table(pair, parameters(pair, settings), settings)


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
    pair = PAIRS[str(st.session_state[PAIR_KEY])]
    place = parse_integer(str(st.session_state["bench"]["tried"] or ""))
    move = found.lines[place].move if place is not None and 0 <= place < len(found.lines) else None
    dials = {dial.key: dial for dial in pair.dials}
    for key, value in move.dials if move else ():
        st.session_state[key] = _typed(dials[key], value)


def show_html(parts: Iterable[str]) -> None:
    """Show several pieces of HTML below each other on the page, as one Streamlit element."""
    st.html("".join(parts))
