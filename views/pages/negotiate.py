"""The page Negotiate: what can you both sign? One person against software, or two tactics watched step by step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from agents.solo_play import is_waiting_for
from agents.table import NegotiationTable, make_outcome
from games.messages import join_messages, message
from games.visible_text import visible
from negotiation.protocols import history
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Accept, Hold, Kinds, Offer, Reject, Request, Walk, Withdraw
from negotiation.protocols.playout import list_shocks
from negotiation.protocols.shared import NO_MOVES
from negotiation.protocols.state import Phase, Talks
from views import page_widgets
from views.figures import base, offers
from views.figures.offers import space_alt, timeline_alt, value_axis
from views.negotiate import (
    accounts_html,
    board_html,
    debrief,
    link,
    replay,
    signed_schedules_html,
    view_model,
    widgets,
)
from views.negotiate.link import Address
from views.negotiate.view_model import OwnView
from views.style import html
from views.style.html import SIDES
from views.wording import debrief_sentences, endings, negotiate, screen, shocks
from views.wording.translation import translate


def draw_negotiate() -> None:
    """Draw the whole page Negotiate from its address: a person's talks with software, or two watched tactics."""
    here, left = widgets.read_address()
    laid = widgets.load_table(here.case)
    party = link.party_of_seat(laid, here.seat)
    table = link.with_tactics(laid, party, here.tactics)
    left = (*left, *link.unknown_keys(here, table))
    if party is None:
        _watch(here, table, left)
    else:
        _play(here, table, party, left)


def _play(here: Address, table: NegotiationTable, party: int, left: tuple[str, ...]) -> None:
    """Draw the page for a person on one seat."""
    seed = table.scenario.seed if here.seed is None else here.seed
    talks, said = replay.replay_words(table, party, seed, here.moves)
    if len(said) < len(here.moves):
        left = (*left, "moves")
    here = here._replace(moves=said)
    if here.seen > len(talks.shocks):
        left, here = (*left, "seen"), here._replace(seen=len(talks.shocks))
    side = OwnView(table.after(talks.shocks), party, talks)
    if talks.over:
        _head(here, table, party, talks, left, debrief.own_ending(side))
        _news(here, table, party, talks)
        _debrief(here, table, party, talks, seed)
        with widgets.button_bar():
            widgets.show_button(message("Other seat"), "other", widgets.set_address, _other_seat(here, table, party))
            again = here._replace(moves=(), draft="", seen=0, reveal=False)
            widgets.show_button(message("Talk again"), "again", widgets.set_address, again, kind="primary")
        return
    if here.reveal:
        here, left = here._replace(reveal=False), (*left, "reveal")
    levels = _draft(here, side)
    _head(here, table, party, talks, left, _answer(side))
    _news(here, table, party, talks)
    wide, narrow = st.columns([7, 5], gap="large")
    with wide:
        _board(here, side, levels)
    with narrow:
        _own_view(side, levels)
    _say(here, side, levels)


def _other_seat(here: Address, table: NegotiationTable, party: int) -> Address:
    other = link.slug(table.preferences.parties[1 - party])
    return here._replace(seat=other, moves=(), draft="", seen=0, reveal=False)


def _news(here: Address, table: NegotiationTable, party: int, talks: Talks) -> None:
    """Show the shocks that the person has not acknowledged, and what they change."""
    struck = list_shocks(talks)[here.seen :]
    if not struck:
        return
    texts = table.scenario.shock_texts
    changed = view_model.shock_change(table, party, talks, here.seen)
    items = [(shocks.shock_heading(number), texts[name]) for number, name in struck]
    with st.container(key="news", horizontal=True, vertical_alignment="center"):
        st.html(
            board_html.render_shock_banner(
                items, shocks.change_sentences(changed, table.preferences.parties[1 - party])
            ),
            width="stretch",
        )
        widgets.show_button(shocks.UNDERSTOOD, "understood", widgets.set_address, here._replace(seen=len(talks.shocks)))


def _draft(here: Address, side: OwnView) -> tuple[int, ...]:
    """Return the chosen levels: those of the address where they fit this agenda, else the default draft."""
    picked = link.parse_levels(here.draft, side.table) if here.draft else None
    if picked is not None:
        return picked
    if side.talks.phase is Phase.REQUEST:
        return (0,) * len(side.table.agenda.ladders)
    return history.default_draft(side.talks, side.party)


def _head(
    here: Address,
    table: NegotiationTable,
    party: int | None,
    talks: Talks,
    left: tuple[str, ...],
    answer: tuple[str, ...],
) -> None:
    """Show case and stage, the question and its answer, with the pickers of case and seat above."""
    if told := widgets.page_ignored_note(left, here):
        st.html(html.note_html(told))
    with st.container(key="head"):
        with st.container(horizontal=True, vertical_alignment="center", key="where"):
            stage = negotiate.stage(talks.phase, talks.round, talks.rules.rounds)
            name = None if party is None else (table.preferences.parties[party], SIDES[party])
            st.html(board_html.render_kicker(negotiate.kicker_text(table.scenario.title, stage), name), width="content")
            widgets.show_pickers(here, table, party)
        watched = (negotiate.WATCHING, negotiate.WATCHED)[talks.over]
        asked = (negotiate.QUESTION, negotiate.AFTER)[talks.over]
        st.title(translate(watched if party is None else asked), anchor=False)
        st.html(html.answer_html(*answer))
    if here.length > link.LONGEST:
        st.html(html.note_html(negotiate.LONG))
        st.code(".".join(here.moves), language=None, wrap_lines=True)


def _answer(side: OwnView) -> tuple[str, ...]:
    """Return the sentence on the package on the table, a note on the situation, and a vote that has just failed."""
    talks, (_, other) = side.talks, side.names
    if talks.phase in (Phase.REQUEST, Phase.OFFER):
        return negotiate.opening_answer(talks.phase, other), negotiate.SEALED.format(other=other)
    facing = history.find_facing_offer(talks, side.party)
    passes = facing is not None and side.passes(facing)
    theirs = next((move for move in reversed(talks.moves) if getattr(move, "party", None) == 1 - side.party), None)
    notes = [negotiate.reply_sentence(theirs, other)]
    if talks.can_close:
        notes.append(endings.SIGN_OR_REFUSE)
    if history.has_last_turn(talks, side.party):
        notes.append(endings.last_turn(other))
    told = negotiate.table_answer(other, side.gain(facing), passes, side.digits)
    return told, join_messages(" ", filter(None, notes)), side.vote_failure()


def _board(here: Address, side: OwnView, levels: tuple[int, ...]) -> None:
    """Show the schedule board, with a list of levels in every own cell."""
    talks, (_, other) = side.talks, side.names
    asking = talks.phase is Phase.REQUEST
    rows = view_model.request_rows(side, levels) if asking else view_model.draft_rows(side, levels)
    asks = negotiate.column_heading(other, asking=talks.phase in (Phase.REQUEST, Phase.OFFER))
    theirs = board_html.BoardColumn(asks, SIDES[1 - side.party])
    yours = board_html.BoardColumn(message("You ask") if asking else negotiate.PROPOSE, SIDES[side.party])
    caption = negotiate.ASKING if asking else negotiate.DIFF
    drawn = board_html.render_schedule_board(view_model.sections(side.table, rows), theirs, yours, caption)
    widgets.show_board(drawn, levels, here)
    drafting = not asking and Offer in legal(talks, side.party)
    fault = history.find_offer_fault(talks, side.party, levels, side.table.agenda.package(levels)) if drafting else None
    crossed = side.red_lines_crossed(side.table.agenda.package(levels)) if drafting else ()
    notes = [negotiate.FAULTS[fault]] if fault else []
    notes += [negotiate.red_line_warning(line) for line in crossed]
    st.html("".join(map(html.note_html, [*notes, *view_model.text_notes(side.table), negotiate.FLOOR])))


def _own_view(side: OwnView, levels: tuple[int, ...]) -> None:
    """Show the values of this side and how its own groups vote; nothing of the other side."""
    talks = side.talks
    unit = negotiate.unit_text(side.unit)
    parts = view_model.seat_brief(side)
    if talks.phase is Phase.REQUEST:
        st.html(board_html.render_brief(parts))
        st.html(board_html.render_meter(negotiate.meter_heading(side.table.agenda.count), side.shares()))
        return
    draft = side.table.agenda.package(levels)
    facing = history.find_facing_offer(talks, side.party)
    shown = (facing, side.package_to_vote(draft))
    heads = (negotiate.proposal_heading(side.names[1]), negotiate.PROPOSE)
    turning = [
        negotiate.about(head, told)
        for head, told in zip(heads, map(side.vote_turning_note, shown), strict=True)
        if told
    ]
    st.html(
        html.heading_html(negotiate.WORTH)
        + html.note_html(negotiate.WORTH_NOTE.format(unit=unit))
        + board_html.render_balance(side.weights(draft), *side.range, side.digits)
        + board_html.render_home_votes(
            side.own_group_votes(shown), heads, side.vote_results(shown), negotiate.HOME, side.digits
        )
        + "".join(html.note_html(told) for told in turning)
        + board_html.render_meter(negotiate.meter_heading(side.table.agenda.count), side.shares())
    )
    tracks = side.tracks()
    if any(track.offers for track in tracks):
        st.html(html.heading_html(negotiate.ROUNDS))
        _timeline(side, unit)
    with st.expander(translate(negotiate.BRIEF)):
        st.html(board_html.render_brief(parts))


def _timeline(side: OwnView, unit: str) -> None:
    tracks = side.tracks()
    axis = value_axis(side.names[0], unit)
    figure = offers.timeline(tracks, axis, side.party, page_widgets.mode())
    _chart(figure, key="rounds", alt=timeline_alt(tracks, side.digits))


def _say(here: Address, side: OwnView, levels: tuple[int, ...]) -> None:
    """Show the buttons of the moves. A button is enabled when the rules allow its move."""
    talks, party = side.talks, side.party
    able = legal(talks, party) if is_waiting_for(talks, party) else NO_MOVES
    package = side.table.agenda.package(levels)
    fault = history.find_offer_fault(talks, party, levels, package)
    with widgets.button_bar():
        widgets.show_button(
            message("Walk away"), "walk", widgets.confirm_leave, here, kind="tertiary", able=Walk in able
        )
        widgets.show_button(message("Hold"), "hold", widgets.add_move, here, "h", kind="tertiary", able=Hold in able)
        if talks.phase is Phase.REQUEST:
            word = "q" + link.format_levels(levels)
            widgets.show_button(
                message("Ask"), "request", widgets.add_move, here, word, kind="primary", able=_asks(able, levels)
            )
            return
        offer = "o" + link.format_levels(levels)
        if talks.phase is Phase.BARGAIN:
            widgets.show_button(
                message("Withdraw"), "withdraw", widgets.add_move, here, "w", kind="tertiary", able=Withdraw in able
            )
            widgets.show_button(message("Reject"), "reject", widgets.add_move, here, "r", able=Reject in able)
            value = screen.number(side.gain(history.find_facing_offer(talks, party)) or 0.0, side.digits, plus=True)
            crossed = [
                negotiate.red_line_warning(line)
                for line in side.red_lines_crossed(history.find_facing_offer(talks, party))
            ]
            told = (negotiate.signature_sentences(value, side.names[1]), side.forecast(), *crossed)
            widgets.show_button(message("Accept"), "accept", widgets.confirm_signature, here, told, able=Accept in able)
        widgets.show_button(
            message("Propose"),
            "offer",
            widgets.add_move,
            here,
            offer,
            kind="primary",
            able=Offer in able and fault is None,
        )


def _asks(able: Kinds, levels: tuple[int, ...]) -> bool:
    return Request in able and any(levels)


def _watch(here: Address, table: NegotiationTable, left: tuple[str, ...]) -> None:
    """Draw the page for two tactics, with both sides visible, one event at a time."""
    seed = table.scenario.seed if here.seed is None else here.seed
    found = widgets.cached_states(table, here.case, seed)
    step = min(here.step, len(found) - 1)
    talks = found[step]
    idle = (("step", here.step > step), ("reveal", here.reveal and not talks.over))
    left = (*left, *(key for key, is_idle in idle if is_idle))
    _head(here, table, None, talks, left, _watched(table, talks))
    if talks.over:
        _debrief(here, table, None, talks, seed)
    else:
        _open_cards(table, talks)
    with widgets.button_bar():
        back = here._replace(step=max(step - 1, 0), reveal=False)
        widgets.show_button(message("Back"), "back", widgets.set_address, back, able=step > 0)
        if talks.over:
            widgets.show_button(
                message("Begin again"),
                "first",
                widgets.set_address,
                here._replace(step=0, reveal=False),
                kind="primary",
            )
            return
        widgets.show_button(message("To the end"), "end", widgets.set_address, here._replace(step=len(found) - 1))
        widgets.show_button(message("Next"), "next", widgets.set_address, here._replace(step=step + 1), kind="primary")


def _open_cards(table: NegotiationTable, talks: Talks) -> None:
    """Show the board and the payoff space of watched talks."""
    table = table.after(talks.shocks)
    one, other = table.preferences.parties
    wide, narrow = st.columns([7, 5], gap="large")
    with wide:
        host, origin = (
            board_html.BoardColumn(negotiate.proposal_heading(name), role)
            for name, role in zip((one, other), SIDES, strict=True)
        )
        rows = view_model.watch_rows(table, talks)
        st.html(board_html.render_schedule_board(view_model.sections(table, rows), host, origin, negotiate.DIFF))
        st.html("".join(map(html.note_html, [*view_model.text_notes(table), negotiate.OPEN])))
    with narrow:
        st.html(
            board_html.render_meter(
                negotiate.both_meter_heading(table.agenda.count), debrief.ratification_shares(table)
            )
        )
        st.html(html.heading_html(negotiate.SPACE))
        _space(table, talks, shown=True)


def _watched(table: NegotiationTable, talks: Talks) -> tuple[str, str]:
    """Return the last move or the ending, and for talks that go on the two tactics."""
    parties = table.preferences.parties
    if talks.ending is not None:
        who = None if talks.ending.party is None else parties[talks.ending.party]
        return endings.ending_between_tactics(talks.ending, who, history.ending_kind(talks)), ""
    seats = table.scenario.seats
    told = negotiate.last_move_sentence(talks, parties, table.scenario.shock_texts)
    tactics = [
        message("{country}: {tactic}.", country=seat.country, tactic=negotiate.STEPS[seat.tactic]) for seat in seats
    ]
    return told, join_messages(" ", tactics)


def _debrief(here: Address, table: NegotiationTable, party: int | None, talks: Talks, seed: int) -> None:
    """Show the debrief, with both sides visible: what happened, what was possible, who was absent, what was signed."""
    table = table.after(talks.shocks)
    outcome = make_outcome(table, talks, seed)
    unit = negotiate.unit_text(table.preferences.unit)
    digits = OwnView(table, party or 0, talks).digits
    facts, gain = debrief.total_gain_texts(outcome, watched=party is None)
    if facts:
        st.html(html.facts_html(facts) + html.note_html(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(translate(negotiate.HAPPENED), anchor=False)
        _timeline(OwnView(table, party or 0, talks), unit)
        for number, _, text in outcome.shock_events:
            st.html(html.note_html(shocks.shock_sentence(number, text)))
        for ballot in debrief.last_ballots(table, talks):
            caption = message("The vote at home, {country}", country=ballot.country)
            heads = (message("Vote"),)
            st.html(board_html.render_home_votes(ballot.groups, heads, (ballot.result,), caption, digits))
    with narrow:
        st.header(translate(negotiate.POSSIBLE), anchor=False)
        _space(table, talks, shown=here.reveal)
        if not here.reveal:
            st.html(html.note_html(negotiate.REVEAL_NOTE))
            widgets.show_button(negotiate.SHOW, "reveal", widgets.set_address, here._replace(reveal=True))
        st.html(html.note_html(debrief_sentences.signable_sentence(*debrief.count_signable(table), table.agenda.count)))
        st.html(
            board_html.render_meter(
                negotiate.both_meter_heading(table.agenda.count), debrief.ratification_shares(table)
            )
        )
        if gain and not facts:
            st.html(html.note_html(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(translate(negotiate.ABSENT), anchor=False)
        st.html(accounts_html.render_accounts(outcome, unit, digits))
        st.html(html.note_html(debrief.migrants_at_nash(table)))
        if party is not None:
            crossed = debrief.red_lines_crossed(table, party, talks)
            facts = html.facts_html(debrief.mandate_facts(table, party, talks))
            st.html(html.heading_html(negotiate.FAITH) + facts + (html.note_html(crossed) if crossed else ""))
        # The signed schedules are long: the questions stand beside them, or in their place when nothing was signed.
        ask = st.container()
    with narrow:
        if talks.deal is not None:
            st.header(translate(negotiate.PAPER), anchor=False)
            st.html(signed_schedules_html.render_schedules(*debrief.schedules_by_party(outcome)))
        else:
            ask = st.container()
    with ask:
        st.header(translate(negotiate.ASK), anchor=False)
        st.html(board_html.render_questions(debrief.debrief_questions(table, party, talks)))


def _space(table: NegotiationTable, talks: Talks, *, shown: bool) -> None:
    seen = debrief.payoff_space(table, talks, shown=shown)
    if not shown:
        seen = seen.without_offers()
    _chart(offers.draw_payoff_space(seen, page_widgets.mode()), key="space", alt=space_alt(seen))


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=base.CONFIG, key=key, alt=visible(translate(alt)))


draw_negotiate()
