"""The page Explore: would these two countries sign? All figures are drawn from one state."""

from __future__ import annotations

from typing import Any

import streamlit as st

from games.bargaining.side_payments import SidePayment
from games.messages import join_messages, message
from games.visible_text import visible
from views import page_widgets
from views.explore import view_model, widgets
from views.explore.dials import CountryPair, Settings
from views.figures import base, paradox_curve, payoffs
from views.style import html
from views.wording import games, remedies, screen
from views.wording.translation import translate


def draw_explore() -> None:
    """Draw the page Explore: would two countries sign? It shows the dials, the answer and the figures behind it."""
    pair, source = _head()
    printed = source == "Printed"
    settings = (*widgets.first_dials(pair, printed=printed), *_more(pair, printed=printed))
    if printed:
        play = widgets.cached_printed_game(settings[0])
        _answer(play)
        _payment(play)
    else:
        play, _, beside = widgets.cached_model_game(pair.title, settings)
        _answer(play, beside)
        _reasons(pair, settings)
        _bench(pair, settings)
    widgets.mark_version()


def _head() -> tuple[CountryPair, widgets.Source]:
    """Show the question, with the pickers of the pair and of the source of payoffs beside it."""
    widgets.show_ignored_entries()
    title, pick = st.columns([6, 6], gap="large", vertical_alignment="center")
    title.title(translate(screen.QUESTION), anchor=False)
    with pick.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="pick"):
        place = st.container()
        source = widgets.source_picker()
        with place:
            return widgets.pair_picker(disabled=source == "Printed"), source


def _answer(play: view_model.AnalysedGame, beside: str = "") -> None:
    """Show the answer with the payoff matrix, and beside it the payoff polygon."""
    left, right = st.columns(2, gap="large")
    with left:
        widgets.show_html(
            [
                html.answer_html(games.signing_answer(play.game), games.short_explanation(play.game), beside=beside),
                html.heading_html(screen.SOURCES[play.game.name or ""], screen.ORDINAL_BADGE) if play.ordinal else "",
                html.payoff_matrix_html(view_model.build_matrix(play)),
            ]
        )
    with right:
        reach = view_model.build_polygon(play)
        st.html(html.heading_html(screen.SPACE))
        _chart(
            payoffs.polygon(reach, page_widgets.mode()),
            key="space",
            alt=payoffs.polygon_alt(reach),
        )
        st.html(html.note_html(screen.polygon_note(sole=reach.has_single_best)))


def _reasons(pair: CountryPair, settings: Settings) -> None:
    """Show the pair's point on the paradox curve, and the gains of the groups in both countries."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(translate(screen.HOW_FAR), anchor=False)
        _paradox(widgets.cached_openness_curve(pair.title, settings), settings)
    with right:
        st.header(translate(screen.WHO), anchor=False)
        _, blocks, _ = widgets.cached_model_game(pair.title, settings)
        st.html(html.gains_html(blocks) + html.note_html(screen.migrants_note(pair.names[1])))


def _bench(pair: CountryPair, settings: Settings) -> None:
    """Show what would change the answer, with a button per remedy, and who pays for it."""
    st.header(translate(remedies.TITLE), anchor=False)
    found = widgets.cached_remedies(pair.title, settings)
    if found.idle:
        st.html(html.note_html(remedies.SIGNED if found.held else remedies.BACK))
        return
    if found.held:
        st.html(html.note_html(remedies.HELD))
    widgets.remedy_board(found)
    price = join_messages(" ", [remedies.PRICE, found.price]) if found.price else remedies.PRICE
    notes = (price, remedies.FREE)
    widgets.show_html(html.note_html(text) for text in notes)


def _paradox(found: view_model.OpennessCurve, settings: Settings) -> None:
    """Show the curve with its marker, the facts below it, and whether the weak and the strong form hold."""
    gap = settings[0]
    best = found.openness_at(gap)
    st.html(html.note_html(screen.PARADOX))
    possible, signed = found.paradox.at(gap)
    figure = paradox_curve.curve(found.paradox, gap, screen.values(possible, signed), page_widgets.mode())
    _chart(figure, key="curve", alt=paradox_curve.curve_alt(gap, possible, signed))
    could, would = screen.numbers((possible, signed), unit="%")
    facts = (
        (message("Possible gain"), could, ""),
        (message("Signed gain"), would, "agreement"),
        (message("Share signed"), screen.share_signed(possible, signed), "agreement"),
        (message("Largest opening that holds"), screen.openness(best), ""),
    )
    speaks = screen.curve_note(view_model.dial_openness(settings), best)
    notes = (speaks, screen.forms(found.paradox.possible, found.paradox.signed, found.full), screen.POSSIBLE_NOTE)
    widgets.show_html([html.facts_html(facts), *(html.note_html(text) for text in notes)])


def _payment(play: view_model.AnalysedGame) -> None:
    """Show what a payment could do in a printed table, if its ranks are read as numbers."""
    st.header(translate(screen.PRINTED), anchor=False)
    payment = play.summary.side_payment
    found = [] if payment is None else [html.facts_html(_payment_facts(payment)), html.note_html(payment.note)]
    widgets.show_html([*found, html.note_html(screen.PRINTED_NOTE)])


def _payment_facts(payment: SidePayment) -> tuple[tuple[str, str, str], ...]:
    return (
        (message("To share if both open"), screen.number(float(payment.surplus), 0, plus=True), ""),
        (message("Needed from outside"), screen.number(float(payment.outside_money), 0), ""),
    )


def _more(pair: CountryPair, *, printed: bool) -> Settings:
    """Show the expander with the other dials, closed at first; they are disabled for a printed table."""
    with st.expander(translate(screen.MORE), expanded=False):
        settings = widgets.more_dials(pair, disabled=printed)
        st.html(html.note_html(view_model.note_on_parameters(pair)) + html.note_html(screen.FIT))
    return settings


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=base.CONFIG, key=key, alt=visible(translate(alt)))


draw_explore()
