"""Negotiate: what can you both sign? One seat for a person against software, or two tactics watched step by step."""

from __future__ import annotations

from typing import Any

import streamlit as st

from agents.seating import Table, concluded
from games.visible import visible
from negotiation.moves import Accept, Hold, Kinds, Offer, Reject, Request, Walk, Withdraw
from negotiation.playing import strikes
from negotiation.protocols import legal
from negotiation.talks import Phase, Talks
from negotiation.turns import NOTHING
from views import board, debrief, ending_words, markup, rehearsal, shock_words, table_scene, table_words, tables, words
from views.figures import canvas, rounds
from views.markup import SIDES
from views.rehearsal import Address
from views.table_scene import Side


def page() -> None:
    """The whole page, drawn from its address."""
    here, left = tables.address()
    laid = tables.laid(here.case)
    party = rehearsal.seat(laid, here.seat)
    table = rehearsal.with_tactics(laid, party, here.tactics)
    left = (*left, *rehearsal.strangers(here, table))
    if party is None:
        _watch(here, table, left)
    else:
        _play(here, table, party, left)


def _play(here: Address, table: Table, party: int, left: tuple[str, ...]) -> None:
    """A person on one seat."""
    seed = table.scenario.seed if here.seed is None else here.seed
    talks, said = rehearsal.sat(table, party, seed, here.moves)
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
        with tables.actions():
            tables.act("Other seat", "other", tables.go, _other_seat(here, table, party))
            again = here._replace(moves=(), draft="", seen=0, reveal=False)
            tables.act("Talk again", "again", tables.go, again, kind="primary")
        return
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
    other = rehearsal.slug(table.preferences.parties[1 - party])
    return here._replace(seat=other, moves=(), draft="", seen=0, reveal=False)


def _news(here: Address, table: Table, party: int, talks: Talks) -> None:
    """What has struck from outside, and what it changes for the person, until they acknowledge it."""
    struck = strikes(talks)[here.seen :]
    if not struck:
        return
    texts = table.scenario.shock_texts
    changed = table_scene.change(table, party, talks, here.seen)
    with st.container(key="news"):
        items = [(shock_words.heading(number), texts[name]) for number, name in struck]
        st.html(board.news(items, shock_words.changes(changed, table.preferences.parties[1 - party])))
        tables.act(shock_words.UNDERSTOOD, "understood", tables.go, here._replace(seen=len(talks.shocks)))


def _draft(here: Address, side: Side) -> tuple[int, ...]:
    """The levels picked so far: those of the address where they fit this agenda, else the ones that lie ready."""
    picked = rehearsal.numbers(here.draft, side.table) if here.draft else None
    if picked is not None:
        return picked
    if side.talks.phase is Phase.REQUEST:
        return (0,) * len(side.table.agenda.ladders)
    return rehearsal.begun(side.talks, side.party)


def _head(
    here: Address, table: Table, party: int | None, talks: Talks, left: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    """Where the reader is, the question, and its answer; above it the choice of case and seat."""
    if left:
        st.html(markup.note(table_words.left_out(left)))
    with st.container(key="head"):
        with st.container(horizontal=True, vertical_alignment="center", key="where"):
            stage = table_words.stage(talks.phase, talks.round, talks.rules.rounds)
            name = None if party is None else (table.preferences.parties[party], SIDES[party])
            st.html(board.kicker(table_words.kicker(table.scenario.title, stage), name), width="content")
            tables.choose(here, table, party)
        watched = (table_words.WATCHING, table_words.WATCHED)[talks.over]
        asked = (table_words.QUESTION, table_words.AFTER)[talks.over]
        st.title(watched if party is None else asked, anchor=False)
        st.html(markup.verdict(*answer))
    if here.length > rehearsal.LONGEST:
        st.html(markup.note(table_words.LONG))
        st.code(".".join(here.moves), language=None, wrap_lines=True)


def _answer(side: Side) -> tuple[str, ...]:
    """What lies on the table, the one thing to know about it, and a vote at home that has just failed."""
    talks, (_, other) = side.talks, side.names
    if talks.phase in (Phase.REQUEST, Phase.OFFER):
        return table_words.opening_answer(talks.phase, other), table_words.SEALED.format(other=other)
    facing = rehearsal.facing(talks, side.party)
    passes = facing is not None and side.passes(facing)
    theirs = next((move for move in reversed(talks.moves) if getattr(move, "party", None) == 1 - side.party), None)
    notes = [table_words.since(theirs, other)]
    if talks.exhausted:
        notes.append(ending_words.SIGN_OR_REFUSE)
    if rehearsal.speaks_last(talks, side.party):
        notes.append(ending_words.last_turn(other))
    told = table_words.answer(other, side.gain(facing), passes, side.digits)
    return told, " ".join(filter(None, notes)), side.failed_vote()


def _board(here: Address, side: Side, levels: tuple[int, ...]) -> None:
    """The schedule board, with a list of levels in every own cell."""
    talks, (_, other) = side.talks, side.names
    asking = talks.phase is Phase.REQUEST
    rows = table_scene.request_rows(side, levels) if asking else table_scene.draft_rows(side, levels)
    asks = table_words.asks(other, asking=talks.phase in (Phase.REQUEST, Phase.OFFER))
    theirs = board.Column(asks, SIDES[1 - side.party])
    yours = board.Column("You ask" if asking else table_words.PROPOSE, SIDES[side.party])
    caption = table_words.ASKING if asking else table_words.DIFF
    drawn = board.board(table_scene.sections(side.table, rows), theirs, yours, caption)
    tables.board(drawn, levels, here)
    drafting = not asking and Offer in legal(talks, side.party)
    fault = rehearsal.fault(talks, side.party, levels, side.table.agenda.package(levels)) if drafting else None
    crossed = side.crossed(side.table.agenda.package(levels)) if drafting else ()
    notes = [table_words.FAULTS[fault]] if fault else []
    notes += [table_words.crossed(line) for line in crossed]
    st.html("".join(markup.note(told) for told in [*notes, table_words.FLOOR]))


def _own_view(side: Side, levels: tuple[int, ...]) -> None:
    """What the table is worth to this side, and how its own groups stand; nothing of the other's."""
    talks = side.talks
    unit = table_words.unit(side.table.preferences.unit)
    parts = table_scene.brief(side.table, side.party)
    if talks.phase is Phase.REQUEST:
        st.html(board.brief(parts))
        st.html(board.meter(table_words.meter(side.table.agenda.count), side.shares()))
        return
    draft = side.table.agenda.package(levels)
    facing = rehearsal.facing(talks, side.party)
    shown = (facing, draft or None)
    heads = (table_words.proposes(side.names[1]), table_words.PROPOSE)
    turning = [
        table_words.about(head, told) for head, told in zip(heads, map(side.turning, shown), strict=True) if told
    ]
    st.html(
        markup.label(table_words.WORTH)
        + markup.note(table_words.WORTH_NOTE.format(unit=unit))
        + board.balance(side.weights(draft), *side.range, side.digits)
        + board.votes(side.voices(shown), heads, side.sums(shown), table_words.HOME, side.digits)
        + "".join(markup.note(told) for told in turning)
        + board.meter(table_words.meter(side.table.agenda.count), side.shares())
    )
    tracks = side.tracks()
    if any(track.offers for track in tracks):
        st.html(markup.label(table_words.ROUNDS))
        _timeline(side, unit)
    with st.expander(table_words.BRIEF):
        st.html(board.brief(parts))


def _timeline(side: Side, unit: str) -> None:
    tracks = side.tracks()
    axis = f"Value to {side.names[0]}, {unit}"
    figure = rounds.timeline(tracks, axis, side.party, tables.mode())
    _chart(figure, key="rounds", alt=table_words.rounds_alt(tracks, side.digits))


def _say(here: Address, side: Side, levels: tuple[int, ...]) -> None:
    """The buttons that commit: each is enabled exactly when the rules allow its move."""
    talks, party = side.talks, side.party
    able = legal(talks, party) if rehearsal.waits(talks, party) else NOTHING
    package = side.table.agenda.package(levels)
    fault = rehearsal.fault(talks, party, levels, package)
    with tables.actions():
        tables.act("Walk away", "walk", tables.leave, here, kind="tertiary", able=Walk in able)
        tables.act("Hold", "hold", tables.say, here, "h", kind="tertiary", able=Hold in able)
        if talks.phase is Phase.REQUEST:
            word = "q" + rehearsal.digits(levels)
            tables.act("Ask", "request", tables.say, here, word, kind="primary", able=_asks(able, levels))
            return
        offer = "o" + rehearsal.digits(levels)
        if talks.phase is Phase.BARGAIN:
            tables.act("Withdraw", "withdraw", tables.say, here, "w", kind="tertiary", able=Withdraw in able)
            tables.act("Reject", "reject", tables.say, here, "r", able=Reject in able)
            value = words.number(side.gain(rehearsal.facing(talks, party)) or 0.0, side.digits, plus=True)
            crossed = [table_words.crossed(line) for line in side.crossed(rehearsal.facing(talks, party))]
            told = (table_words.binding(value, side.names[1]), side.forecast(), *crossed)
            tables.act("Accept", "accept", tables.sign, here, told, able=Accept in able)
        tables.act("Propose", "offer", tables.say, here, offer, kind="primary", able=Offer in able and fault is None)


def _asks(able: Kinds, levels: tuple[int, ...]) -> bool:
    return Request in able and any(levels)


def _watch(here: Address, table: Table, left: tuple[str, ...]) -> None:
    """Two tactics, open cards, one moment after the other."""
    seed = table.scenario.seed if here.seed is None else here.seed
    found = tables.moments(table, here.case, seed)
    step = min(here.step, len(found) - 1)
    talks = found[step]
    _head(here, table, None, talks, left, _watched(table, talks))
    if talks.over:
        _debrief(here, table, None, talks, seed)
    else:
        _open_cards(table, talks)
    with tables.actions():
        back = here._replace(step=max(step - 1, 0), reveal=False)
        tables.act("Back", "back", tables.go, back, able=step > 0)
        if talks.over:
            tables.act("Begin again", "first", tables.go, here._replace(step=0, reveal=False), kind="primary")
            return
        tables.act("To the end", "end", tables.go, here._replace(step=len(found) - 1))
        tables.act("Next", "next", tables.go, here._replace(step=step + 1), kind="primary")


def _open_cards(table: Table, talks: Talks) -> None:
    """The board and the payoff space of talks that are watched."""
    table = table.after(talks.shocks)
    one, other = table.preferences.parties
    wide, narrow = st.columns([7, 5], gap="large")
    with wide:
        host, origin = (
            board.Column(table_words.proposes(name), role) for name, role in zip((one, other), SIDES, strict=True)
        )
        rows = table_scene.watch_rows(table, talks)
        st.html(board.board(table_scene.sections(table, rows), host, origin, table_words.DIFF))
        st.html(markup.note(table_words.OPEN))
    with narrow:
        st.html(board.meter(table_words.both_meter(table.agenda.count), debrief.both_shares(table)))
        st.html(markup.label(table_words.SPACE))
        _space(table, talks, shown=True)


def _watched(table: Table, talks: Talks) -> tuple[str, str]:
    """The last thing said, or how it ended."""
    parties = table.preferences.parties
    if talks.ending is not None:
        who = None if talks.ending.party is None else parties[talks.ending.party]
        return ending_words.watched_ending(talks.ending, who, rehearsal.manner(talks)), ""
    seats = table.scenario.seats
    told = table_words.last_said(talks, parties, table.scenario.shock_texts)
    return told, " ".join(f"{seat.country}: {table_words.STEPS[seat.tactic]}." for seat in seats)


def _debrief(here: Address, table: Table, party: int | None, talks: Talks, seed: int) -> None:
    """After the talks all cards are open: what happened, what was possible, who was absent, what was signed."""
    table = table.after(talks.shocks)
    outcome = concluded(table, talks, seed)
    unit = table_words.unit(table.preferences.unit)
    digits = Side(table, party or 0, talks).digits
    facts, gain = debrief.whole(outcome, watched=party is None)
    if facts:
        st.html(markup.facts(facts) + markup.note(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(table_words.HAPPENED, anchor=False)
        _timeline(Side(table, party or 0, talks), unit)
        for number, _, text in outcome.struck:
            st.html(markup.note(shock_words.struck(number, text)))
        for name, voices, told in debrief.ballots(table, talks):
            st.html(board.votes(voices, ("Vote",), (told,), f"{table_words.VOTE}, {name}", digits))
    with narrow:
        st.header(table_words.POSSIBLE, anchor=False)
        _space(table, talks, shown=here.reveal)
        if not here.reveal:
            st.html(markup.note(table_words.REVEAL_NOTE))
            tables.act(table_words.SHOW, "reveal", tables.go, here._replace(reveal=True))
        st.html(markup.note(table_words.possible(*debrief.signable(table), table.agenda.count)))
        st.html(board.meter(table_words.both_meter(table.agenda.count), debrief.both_shares(table)))
        if gain and not facts:
            st.html(markup.note(gain))
    wide, narrow = st.columns(2, gap="large")
    with wide:
        st.header(table_words.ABSENT, anchor=False)
        rows = debrief.accounts(table, outcome.package)
        st.html(board.accounts(rows, table_words.WORTH_NOTE.format(unit=table_words.account_unit(unit)), digits))
        st.html(markup.note(debrief.at_nash(table)))
        if party is not None:
            crossed = debrief.crossed(table, party, talks)
            facts = markup.facts(debrief.faith(table, party, talks))
            st.html(markup.label(table_words.FAITH) + facts + (markup.note(crossed) if crossed else ""))
        # The paper is long: the questions stand beside it, and in its place when nothing was signed.
        ask = st.container()
    with narrow:
        if talks.deal is not None:
            st.header(table_words.PAPER, anchor=False)
            st.html(board.paper(*debrief.paper(outcome)))
        else:
            ask = st.container()
    with ask:
        st.header(table_words.ASK, anchor=False)
        st.html(board.questions(debrief.questions(table, party, talks)))


def _space(table: Table, talks: Talks, *, shown: bool) -> None:
    seen = debrief.space(table, talks, shown=shown)
    if not shown:
        seen = seen.without_offers()
    _chart(rounds.space(seen, tables.mode()), key="space", alt=table_words.space_alt(seen))


def _chart(figure: Any, *, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config=canvas.CONFIG, key=key, alt=visible(alt))


page()
