"""The page Explore: would these two countries sign? All figures are drawn from one state."""

from __future__ import annotations

from typing import Any

import streamlit as st

from economy.accounts.rows import ACCOUNTS_NOTE
from games.bargaining.side_payments import SidePayment
from games.messages import join_messages, message
from games.visible_text import visible
from views import page_widgets
from views.explore import gains, sentences, tables, view_model, widgets
from views.explore.dials import CountryPair, Settings
from views.figures import base, level_curve, paradox_curve, payoffs
from views.style import html
from views.style.group_table import group_table_html
from views.style.money_accounts import account_table_html
from views.wording import games, remedies, screen
from views.wording.screen import format_level
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
        shown = widgets.cached_model_game(pair.title, settings)
        _answer(shown.play, shown.beside, _people(pair, settings, shown.flows))
        if pair.kind == "today":
            _corridor(pair, settings, shown.flows)
        else:
            _curves(pair, settings)
        _money(pair, shown)
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


def _answer(play: view_model.AnalysedGame, beside: str = "", people: str = "") -> None:
    """Show the answer with the payoff matrix, and beside it the payoff polygon; `people` stands below the matrix."""
    left, right = st.columns(2, gap="large")
    with left:
        widgets.show_html(
            [
                html.answer_html(games.signing_answer(play.game), games.short_explanation(play.game), beside=beside),
                html.heading_html(screen.SOURCES[play.game.name or ""], screen.ORDINAL_BADGE) if play.ordinal else "",
                html.payoff_matrix_html(view_model.build_matrix(play)),
                html.note_html(people) if people else "",
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


def _people(pair: CountryPair, settings: Settings, flows: view_model.FlowBalance) -> str:
    """Return how many people the dial of a corridor stands for; "" for other pairs."""
    if pair.kind != "today" or flows.today is None:
        return ""
    level, pool = view_model.dial_level(pair, settings), widgets.cached_levels(pair.title, settings).pool
    return sentences.people_sentence(pair, level, flows.today[0], pool)


def _curves(pair: CountryPair, settings: Settings) -> None:
    """Show the pair's point on the curve from alike to unlike, and beside it the levels that both would sign."""
    left, right = st.columns(2, gap="large")
    dial, at = pair.first[0], settings[0]
    found = widgets.cached_curve(pair.title, settings)
    here = found.at(at)
    with left:
        st.header(translate(sentences.HOW_FAR), anchor=False)
        summaries = found.summaries
        lines = view_model.build_paradox(found.steps, summaries)
        value = dial.format_value(at)
        figure = paradox_curve.curve(lines, at, view_model.dial_ticks(dial), page_widgets.mode())
        _chart(figure, key="curve", alt=paradox_curve.curve_alt(lines, at, value))
        ends = dial.format_value(dial.low), dial.format_value(dial.high)
        told = sentences.paradox_sentences(ends, summaries, choices=pair.kind == "unlike")
        st.html(html.note_html(told))
    with right:
        st.header(translate(sentences.LEVELS), anchor=False)
        _levels(pair, settings, here, key="levels")
        told = [sentences.treaty_verdict(pair, settings, here)] if pair.has_treaty else []
        classes = tables.class_table_html(widgets.cached_classes(pair.title, settings), None)
        widgets.show_html([*(html.note_html(text) for text in told), classes])


def _levels(pair: CountryPair, settings: Settings, found: gains.LevelGains, *, key: str) -> None:
    """Show gains by level as a figure and as a table, and the levels that both sign."""
    people, level = pair.kind == "today", view_model.dial_level(pair, settings)
    lines = view_model.build_levels(pair, found)
    at = level / pair.level.scale
    summary = found.summary
    texts = format_level(level, people=people), format_level(summary.best_level, people=people)
    figure = level_curve.level_figure(lines, at, view_model.dial_ticks(pair.level), page_widgets.mode())
    _chart(figure, key=key, alt=level_curve.level_alt(lines, at, texts))
    pool = found.pool is not None
    notes = (
        sentences.full_opening(summary, people=people, pool=pool),
        sentences.level_ranges(found, people=people),
        sentences.dial_sentence(texts[0]),
    )
    table = tables.gain_table_html(summary, people=people, pool=pool)
    widgets.show_html([table, *(html.note_html(text) for text in notes)])


def _corridor(pair: CountryPair, settings: Settings, flows: view_model.FlowBalance) -> None:
    """Show gains by number of people, and beside them the classes of the game and how far an agreement holds."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(translate(sentences.HOW_FAR), anchor=False)
        _levels(pair, settings, widgets.cached_levels(pair.title, settings), key="curve")
    with right:
        st.header(translate(sentences.BEYOND), anchor=False)
        limits = widgets.cached_limits(pair.title, settings)
        today = None if flows.today is None else flows.today[0]
        notes = (sentences.corridor_verdict(pair, settings, limits), sentences.COVERED_NOTE)
        widgets.show_html(
            [
                tables.limit_table_html(limits),
                *(html.note_html(text) for text in notes),
                tables.class_table_html(widgets.cached_classes(pair.title, settings), today),
            ]
        )


def _money(pair: CountryPair, shown: widgets.ShownGame) -> None:
    """Show the four accounts in money, and the gains and positions of the groups in both countries."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(translate(sentences.MONEY), anchor=False)
        notes = (ACCOUNTS_NOTE, sentences.NO_VOTE, sentences.flow_sentence(pair, shown.flows))
        table = account_table_html(shown.accounts.rows)
        widgets.show_html([table, *(html.note_html(text) for text in notes)])
    with right:
        st.header(translate(screen.WHO), anchor=False)
        st.html(group_table_html(shown.blocks))


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
        settings = widgets.more_dials(pair, printed=printed)
        notes = (view_model.note_on_parameters(pair), screen.OWN_VALUES, screen.FIT)
        widgets.show_html(html.note_html(text) for text in notes)
    return settings


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=base.CONFIG, key=key, alt=visible(translate(alt)))


draw_explore()
