"""The page Negotiate: what can you both sign? One person against software, or two tactics watched step by step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from agents.table import Table, concluded
from games.visible_text import visible
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Accept, Hold, Kinds, Offer, Reject, Request, Walk, Withdraw
from negotiation.protocols.playout import strikes
from negotiation.protocols.shared import NOTHING
from negotiation.protocols.state import Phase, Talks
from views.figures import base, offers
from views.figures.offers import rounds_alt, space_alt
from views.negotiate import board_html, debrief, history, link, view_model, widgets
from views.negotiate.link import Address
from views.negotiate.view_model import Side
from views.style import html
from views.style.html import SIDES
from views.wording import debrief_sentences, endings, negotiate, screen, shocks


def page() -> None:
    """Draw the whole page from its address."""
    here, left = widgets.address()
    laid = widgets.laid(here.case)
    party = link.seat(laid, here.seat)
    table = link.with_tactics(laid, party, here.tactics)
    left = (*left, *link.strangers(here, table))
    if party is None:
        _watch(here, table, left)
    else:
        _play(here, table, party, left)


def _play(here: Address, table: Table, party: int, left: tuple[str, ...]) -> None:
    """Draw the page for a person on one seat."""
    seed = table.scenario.seed if here.seed is None else here.seed
    talks, said = history.sat(table, party, seed, here.moves)
    if len(said) < len(here.moves):
        left = (*left, "moves")
    here = here._replace(moves=said)
    if here.seen > len(talks.shocks):
        left, here = (*left, "seen"), here._replace(seen=len(talks.shocks))
    side = Side(table.after(talks.shocks), party, talks)
    if talks.over:
        _head(here, table, party, talks, left, debrief.ending(side))
        _news(here, table, party, talks)
        _debrief(here, table, party, talks, seed)
        with widgets.actions():
            widgets.act("Other seat", "other", widgets.go, _other_seat(here, table, party))
            again = here._replace(moves=(), draft="", seen=0, reveal=False)
            widgets.act("Talk again", "again", widgets.go, again, kind="primary")
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


def _other_seat(here: Address, table: Table, party: int) -> Address:
    other = link.slug(table.preferences.parties[1 - party])
    return here._replace(seat=other, moves=(), draft="", seen=0, reveal=False)


def _news(here: Address, table: Table, party: int, talks: Talks) -> None:
    """Show the shocks that the person has not acknowledged, and what they change."""
    struck = strikes(talks)[here.seen :]
    if not struck:
        return
    texts = table.scenario.shock_texts
    changed = view_model.change(table, party, talks, here.seen)
    items = [(shocks.heading(number), texts[name]) for number, name in struck]
    with st.container(key="news", horizontal=True, vertical_alignment="center"):
        st.html(board_html.news(items, shocks.changes(changed, table.preferences.parties[1 - party])), width="stretch")
        widgets.act(shocks.UNDERSTOOD, "understood", widgets.go, here._replace(seen=len(talks.shocks)))


def _draft(here: Address, side: Side) -> tuple[int, ...]:
    """Return the chosen levels: those of the address where they fit this agenda, else the default draft."""
    picked = link.numbers(here.draft, side.table) if here.draft else None
    if picked is not None:
        return picked
    if side.talks.phase is Phase.REQUEST:
        return (0,) * len(side.table.agenda.ladders)
    return history.begun(side.talks, side.party)


def _head(
    here: Address, table: Table, party: int | None, talks: Talks, left: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    """Show case and stage, the question and its answer, with the pickers of case and seat above."""
    if told := widgets.left_out(left, here):
        st.html(html.note(told))
    with st.container(key="head"):
        with st.container(horizontal=True, vertical_alignment="center", key="where"):
            stage = negotiate.stage(talks.phase, talks.round, talks.rules.rounds)
            name = None if party is None else (table.preferences.parties[party], SIDES[party])
            st.html(board_html.kicker(negotiate.kicker(table.scenario.title, stage), name), width="content")
            widgets.choose(here, table, party)
        watched = (negotiate.WATCHING, negotiate.WATCHED)[talks.over]
        asked = (negotiate.QUESTION, negotiate.AFTER)[talks.over]
        st.title(watched if party is None else asked, anchor=False)
        st.html(html.verdict(*answer))
    if here.length > link.LONGEST:
        st.html(html.note(negotiate.LONG))
        st.code(".".join(here.moves), language=None, wrap_lines=True)


def _answer(side: Side) -> tuple[str, ...]:
    """Return the sentence on the package on the table, a note on the situation, and a vote that has just failed."""
    talks, (_, other) = side.talks, side.names
    if talks.phase in (Phase.REQUEST, Phase.OFFER):
        return negotiate.opening_answer(talks.phase, other), negotiate.SEALED.format(other=other)
    facing = history.facing(talks, side.party)
    passes = facing is not None and side.passes(facing)
    theirs = next((move for move in reversed(talks.moves) if getattr(move, "party", None) == 1 - side.party), None)
    notes = [negotiate.since(theirs, other)]
    if talks.exhausted:
        notes.append(endings.SIGN_OR_REFUSE)
    if history.speaks_last(talks, side.party):
        notes.append(endings.last_turn(other))
    told = negotiate.answer(other, side.gain(facing), passes, side.digits)
    return told, " ".join(filter(None, notes)), side.failed_vote()


def _board(here: Address, side: Side, levels: tuple[int, ...]) -> None:
    """Show the schedule board, with a list of levels in every own cell."""
    talks, (_, other) = side.talks, side.names
    asking = talks.phase is Phase.REQUEST
    rows = view_model.request_rows(side, levels) if asking else view_model.draft_rows(side, levels)
    asks = negotiate.asks(other, asking=talks.phase in (Phase.REQUEST, Phase.OFFER))
    theirs = board_html.Column(asks, SIDES[1 - side.party])
    yours = board_html.Column("You ask" if asking else negotiate.PROPOSE, SIDES[side.party])
    caption = negotiate.ASKING if asking else negotiate.DIFF
    drawn = board_html.board(view_model.sections(side.table, rows), theirs, yours, caption)
    widgets.board(drawn, levels, here)
    drafting = not asking and Offer in legal(talks, side.party)
    fault = history.fault(talks, side.party, levels, side.table.agenda.package(levels)) if drafting else None
    crossed = side.crossed(side.table.agenda.package(levels)) if drafting else ()
    notes = [negotiate.FAULTS[fault]] if fault else []
    notes += [negotiate.crossed(line) for line in crossed]
    st.html("".join(html.note(told) for told in [*notes, negotiate.FLOOR]))


def _own_view(side: Side, levels: tuple[int, ...]) -> None:
    """Show the values of this side and how its own groups vote; nothing of the other side."""
    talks = side.talks
    unit = negotiate.unit(side.table.preferences.unit)
    parts = view_model.brief(side.table, side.party)
    if talks.phase is Phase.REQUEST:
        st.html(board_html.brief(parts))
        st.html(board_html.meter(negotiate.meter(side.table.agenda.count), side.shares()))
        return
    draft = side.table.agenda.package(levels)
    facing = history.facing(talks, side.party)
    shown = (facing, draft or None)
    heads = (negotiate.proposes(side.names[1]), negotiate.PROPOSE)
    turning = [negotiate.about(head, told) for head, told in zip(heads, map(side.turning, shown), strict=True) if told]
    st.html(
        html.label(negotiate.WORTH)
        + html.note(negotiate.WORTH_NOTE.format(unit=unit))
        + board_html.balance(side.weights(draft), *side.range, side.digits)
        + board_html.votes(side.voices(shown), heads, side.sums(shown), negotiate.HOME, side.digits)
        + "".join(html.note(told) for told in turning)
        + board_html.meter(negotiate.meter(side.table.agenda.count), side.shares())
    )
    tracks = side.tracks()
    if any(track.offers for track in tracks):
        st.html(html.label(negotiate.ROUNDS))
        _timeline(side, unit)
    with st.expander(negotiate.BRIEF):
        st.html(board_html.brief(parts))


def _timeline(side: Side, unit: str) -> None:
    tracks = side.tracks()
    axis = f"Value to {side.names[0]}, {unit}"
    figure = offers.timeline(tracks, axis, side.party, widgets.mode())
    _chart(figure, key="rounds", alt=rounds_alt(tracks, side.digits))


def _say(here: Address, side: Side, levels: tuple[int, ...]) -> None:
    """Show the buttons of the moves. A button is enabled when the rules allow its move."""
    talks, party = side.talks, side.party
    able = legal(talks, party) if history.waits(talks, party) else NOTHING
    package = side.table.agenda.package(levels)
    fault = history.fault(talks, party, levels, package)
    with widgets.actions():
        widgets.act("Walk away", "walk", widgets.leave, here, kind="tertiary", able=Walk in able)
        widgets.act("Hold", "hold", widgets.say, here, "h", kind="tertiary", able=Hold in able)
        if talks.phase is Phase.REQUEST:
            word = "q" + link.digits(levels)
            widgets.act("Ask", "request", widgets.say, here, word, kind="primary", able=_asks(able, levels))
            return
        offer = "o" + link.digits(levels)
        if talks.phase is Phase.BARGAIN:
            widgets.act("Withdraw", "withdraw", widgets.say, here, "w", kind="tertiary", able=Withdraw in able)
            widgets.act("Reject", "reject", widgets.say, here, "r", able=Reject in able)
            value = screen.number(side.gain(history.facing(talks, party)) or 0.0, side.digits, plus=True)
            crossed = [negotiate.crossed(line) for line in side.crossed(history.facing(talks, party))]
            told = (negotiate.binding(value, side.names[1]), side.forecast(), *crossed)
            widgets.act("Accept", "accept", widgets.sign, here, told, able=Accept in able)
        widgets.act("Propose", "offer", widgets.say, here, offer, kind="primary", able=Offer in able and fault is None)


def _asks(able: Kinds, levels: tuple[int, ...]) -> bool:
    return Request in able and any(levels)


def _watch(here: Address, table: Table, left: tuple[str, ...]) -> None:
    """Draw the page for two tactics, with both sides visible, one event at a time."""
    seed = table.scenario.seed if here.seed is None else here.seed
    found = widgets.moments(table, here.case, seed)
    step = min(here.step, len(found) - 1)
    talks = found[step]
    idle = (("step", here.step > step), ("reveal", here.reveal and not talks.over))
    left = (*left, *(key for key, is_idle in idle if is_idle))
    _head(here, table, None, talks, left, _watched(table, talks))
    if talks.over:
        _debrief(here, table, None, talks, seed)
    else:
        _open_cards(table, talks)
    with widgets.actions():
        back = here._replace(step=max(step - 1, 0), reveal=False)
        widgets.act("Back", "back", widgets.go, back, able=step > 0)
        if talks.over:
            widgets.act("Begin again", "first", widgets.go, here._replace(step=0, reveal=False), kind="primary")
            return
        widgets.act("To the end", "end", widgets.go, here._replace(step=len(found) - 1))
        widgets.act("Next", "next", widgets.go, here._replace(step=step + 1), kind="primary")


def _open_cards(table: Table, talks: Talks) -> None:
    """Show the board and the payoff space of watched talks."""
    table = table.after(talks.shocks)
    one, other = table.preferences.parties
    wide, narrow = st.columns([7, 5], gap="large")
    with wide:
        host, origin = (
            board_html.Column(negotiate.proposes(name), role) for name, role in zip((one, other), SIDES, strict=True)
        )
        rows = view_model.watch_rows(table, talks)
        st.html(board_html.board(view_model.sections(table, rows), host, origin, negotiate.DIFF))
        st.html(html.note(negotiate.OPEN))
    with narrow:
        st.html(board_html.meter(negotiate.both_meter(table.agenda.count), debrief.both_shares(table)))
        st.html(html.label(negotiate.SPACE))
        _space(table, talks, shown=True)


def _watched(table: Table, talks: Talks) -> tuple[str, str]:
    """Return the last move or the ending, and for talks that go on the two tactics."""
    parties = table.preferences.parties
    if talks.ending is not None:
        who = None if talks.ending.party is None else parties[talks.ending.party]
        return endings.watched_ending(talks.ending, who, history.manner(talks)), ""
    seats = table.scenario.seats
    told = negotiate.last_said(talks, parties, table.scenario.shock_texts)
    return told, " ".join(f"{seat.country}: {negotiate.STEPS[seat.tactic]}." for seat in seats)


def _debrief(here: Address, table: Table, party: int | None, talks: Talks, seed: int) -> None:
    """Show the debrief, with both sides visible: what happened, what was possible, who was absent, what was signed."""
    table = table.after(talks.shocks)
    outcome = concluded(table, talks, seed)
    unit = negotiate.unit(table.preferences.unit)
    digits = Side(table, party or 0, talks).digits
    facts, gain = debrief.whole(outcome, watched=party is None)
    if facts:
        st.html(html.facts(facts) + html.note(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(negotiate.HAPPENED, anchor=False)
        _timeline(Side(table, party or 0, talks), unit)
        for number, _, text in outcome.struck:
            st.html(html.note(shocks.struck(number, text)))
        for name, voices, told in debrief.ballots(table, talks):
            st.html(board_html.votes(voices, ("Vote",), (told,), f"{negotiate.VOTE}, {name}", digits))
    with narrow:
        st.header(negotiate.POSSIBLE, anchor=False)
        _space(table, talks, shown=here.reveal)
        if not here.reveal:
            st.html(html.note(negotiate.REVEAL_NOTE))
            widgets.act(negotiate.SHOW, "reveal", widgets.go, here._replace(reveal=True))
        st.html(html.note(debrief_sentences.possible(*debrief.signable(table), table.agenda.count)))
        st.html(board_html.meter(negotiate.both_meter(table.agenda.count), debrief.both_shares(table)))
        if gain and not facts:
            st.html(html.note(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(negotiate.ABSENT, anchor=False)
        rows = debrief.accounts(table, outcome.package)
        st.html(board_html.accounts(rows, negotiate.WORTH_NOTE.format(unit=negotiate.account_unit(unit)), digits))
        st.html(html.note(debrief.at_nash(table)))
        if party is not None:
            crossed = debrief.crossed(table, party, talks)
            facts = html.facts(debrief.faith(table, party, talks))
            st.html(html.label(negotiate.FAITH) + facts + (html.note(crossed) if crossed else ""))
        # The signed schedules are long: the questions stand beside them, or in their place when nothing was signed.
        ask = st.container()
    with narrow:
        if talks.deal is not None:
            st.header(negotiate.PAPER, anchor=False)
            st.html(board_html.paper(*debrief.paper(outcome)))
        else:
            ask = st.container()
    with ask:
        st.header(negotiate.ASK, anchor=False)
        st.html(board_html.questions(debrief.questions(table, party, talks)))


def _space(table: Table, talks: Talks, *, shown: bool) -> None:
    seen = debrief.space(table, talks, shown=shown)
    if not shown:
        seen = seen.without_offers()
    _chart(offers.space(seen, widgets.mode()), key="space", alt=space_alt(seen))


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=base.CONFIG, key=key, alt=visible(alt))


page()
