"""Explore: would these two countries sign? One state, and every picture drawn from it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from games.visible import visible
from views import bench_words, game_words, markup, scene, widgets, words
from views.dials import Pair, Settings
from views.figures import canvas, payoffs, regime


def page() -> None:
    """The whole page, from the question down to the pictures that prove the answer."""
    pair, source = _head()
    printed = source == "Printed"
    settings = (*widgets.first_dials(printed=printed), *_more(pair, printed=printed))
    if printed:
        play = widgets.printed(settings[0])
        _answer(play)
        _payment(play)
    else:
        _answer(widgets.model(pair.title, settings)[0])
        _reasons(pair, settings)
        _bench(pair, settings)
    widgets.mark_version()


def _head() -> tuple[Pair, widgets.Source]:
    """The question, with the pair of countries and the source of the payoffs beside it."""
    widgets.note_strangers()
    title, pick = st.columns([6, 6], gap="large", vertical_alignment="center")
    title.title(words.QUESTION, anchor=False)
    with pick.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="pick"):
        place = st.container()
        source = widgets.source_picker()
        with place:
            return widgets.pair_picker(disabled=source == "Printed"), source


def _answer(play: scene.Play) -> None:
    """The verdict with the matrix that proves it, and everything that the two can reach."""
    left, right = st.columns(2, gap="large")
    with left:
        widgets.pieces(
            [
                markup.verdict(game_words.answer(play.game), game_words.shortly(play.game)),
                markup.label(words.SOURCES[play.game.name or ""], words.ORDINAL_BADGE) if play.ordinal else "",
                markup.matrix(scene.shown_matrix(play)),
            ]
        )
    with right:
        reach = scene.shown_reach(play)
        st.html(markup.label(words.SPACE))
        _chart(
            payoffs.polygon(reach, widgets.mode()),
            key="space",
            alt=words.polygon_alt(reach.names, reach.cells, reach.unit),
        )
        st.html(markup.note(words.space(sole=reach.sole)))


def _reasons(pair: Pair, settings: Settings) -> None:
    """The pair's place on the paradox curve, under its dial, and the groups behind the two governments."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(words.HOW_FAR, anchor=False)
        _paradox(widgets.regime(pair.title, settings), settings[0])
    with right:
        st.header(words.WHO, anchor=False)
        _, blocks = widgets.model(pair.title, settings)
        st.html(markup.gains(blocks) + markup.note(words.migrants_note(pair.names[1])))


def _bench(pair: Pair, settings: Settings) -> None:
    """What would turn the answer, with a button that tries it, and whose gain pays for it."""
    st.header(bench_words.TITLE, anchor=False)
    found = widgets.remedies(pair.title, settings)
    if found.idle:
        st.html(markup.note(bench_words.SIGNED))
        return
    widgets.remedy_board(found)
    notes = (f"{bench_words.PRICE} {found.price}".strip(), bench_words.FREE)
    widgets.pieces(markup.note(text) for text in notes)


def _paradox(found: scene.Regime, gap: float) -> None:
    """The curve with "you are here", the facts under it, and the two forms told apart."""
    st.html(markup.note(words.PARADOX))
    possible, signed = found.paradox.at(gap)
    figure = regime.curve(found.paradox, gap, words.values(possible, signed), widgets.mode())
    _chart(figure, key="curve", alt=words.curve_alt(gap, possible, signed))
    facts = (
        ("Possible gain", words.per_cent(possible), ""),
        ("Signed gain", words.per_cent(signed), "agreement"),
        ("Share signed", words.share_signed(possible, signed), "agreement"),
        ("Largest opening that holds", words.per_cent(100 * found.openness_at(gap), 0), ""),
    )
    notes = (words.forms(found.paradox.possible, found.paradox.signed, found.full), words.POSSIBLE_NOTE)
    widgets.pieces([markup.facts(facts), *(markup.note(text) for text in notes)])


def _payment(play: scene.Play) -> None:
    """What money could do for a printed table, if its ranks are read as numbers."""
    st.header(words.PRINTED, anchor=False)
    payment: dict[str, Any] = play.told["side_payment"]
    facts = (
        ("To share if both open", words.number(payment["surplus"], 0, plus=True), ""),
        ("Needed from outside", words.number(payment["outside_money"], 0), ""),
    )
    widgets.pieces([markup.facts(facts), markup.note(payment["note"]), markup.note(words.PRINTED_NOTE)])


def _more(pair: Pair, *, printed: bool) -> Settings:
    """The dials that few need, closed at first; a printed table has no use for them."""
    with st.expander(words.MORE, expanded=False):
        settings = widgets.more_dials(disabled=printed)
        st.html(markup.note(scene.fixed(pair)) + markup.note(words.FIT))
    return settings


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=canvas.CONFIG, key=key, alt=visible(alt))


page()
