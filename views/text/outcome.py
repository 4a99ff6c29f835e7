"""The outcome of talks as text: requests and offers, how the talks ended, the deal, the votes, and who gained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from economy.accounts.rows import ACCOUNT_UNIT, ACCOUNTS_NOTE, ROLES_OF_ACCOUNTS, account_rows
from games.display import join_with_and
from games.errors import write_error
from games.messages import join_messages, message
from games.visible_text import json_safe
from negotiation.agenda import schedule_layout
from negotiation.agenda.ladders import Ladder, ladder
from negotiation.protocols.moves import CHOICE_LABELS, TIME_IS_OVER, Request
from views.text.charts import ROLES, Bar, bars
from views.text.layout import Screen, label_in_sentence, notes, paragraph, render_table, subheading
from views.text.money_accounts import account_lines
from views.text.timeline import render_offers
from views.wording.phrases import format_short
from views.wording.screen import format_share, number, numbers
from views.wording.translation import translate

if TYPE_CHECKING:
    # Imported for annotations only: at run time this module must stay light for `winset --help`.
    from negotiation.agenda.schedule import PaymentLine, ScheduleLine
    from negotiation.outcome.metrics import Metrics
    from negotiation.outcome.outcome import Outcome
    from negotiation.outcome.outcome_document import EndedBy, HomeCompensation, OutcomeDocument, TranscriptLine

FLOOR = message("The rights floor lies under every line. It was never on the table.")

THE_DEAL = message("The deal")
WHO_GAINED = message("Who gained")
RATIFIES = message("{country} ratifies ({votes})")
REFUSES = message("{country} does not ratify ({votes})")
TIME_OVER = message("The time for bargaining is over")
NOTHING = message("nothing")
NONE_PAID = message("none")

TITLES = {
    "agreement": message("{case}: an agreement"),
    "breakdown": message("{case}: no agreement"),
    "not ratified": message("{case}: a text that was not ratified at home"),
}
"""Title of the outcome, by how the talks ended."""


def render_outcome(screen: Screen, outcome: Outcome) -> list[str]:
    """Return the whole outcome of simulated talks as lines of text, for `winset simulate`.

    It goes from the offers to the deal, the votes at home and who gained.
    """
    told = outcome.document()
    return [
        screen.ink(TITLES[told.outcome].format(case=outcome.scenario), "strong"),
        *paragraph(screen, ending_sentence(told)),
        *requests(screen, outcome),
        *render_shock_texts(screen, outcome),
        *subheading(screen, message("Offers")),
        *render_offers(screen, outcome),
        *deal(screen, outcome, told),
        *render_ballots(screen, told),
        *render_account_changes(screen, told),
        *mandates(screen, told),
        *quality(screen, told.metrics, total_gain_rows(outcome)),
        "",
        *notes(screen, told.notes),
    ]


def ending_sentence(told: OutcomeDocument) -> str:
    """Return one or more sentences that say how simulated talks ended.

    Without a deal they also say which party ended the talks, and which group at home was decisive.
    """
    run = message(
        "round {round}, seed {seed}, replicate {replicate}",
        round=told.rounds,
        seed=told.seed,
        replicate=told.replicate,
    )
    ended = told.ended_by
    if ended is None:
        return message("Signed and ratified ({run}).", run=run)
    stop = message("{ending} ({run}).", ending=describe_stop(told), run=run)
    group = [describe_blocking_group(ended)] if ended.group else []
    paid = [describe_compensation(ended.compensation, told.value_unit)] if ended.compensation else []
    return join_messages(" ", [stop, *group, *paid])


def describe_stop(told: OutcomeDocument) -> str:
    """Return a phrase that says which party ended the talks without a deal, and how; empty if there was a deal.

    A party ends them by walking away, at the deadline, or by a vote at home.
    """
    ended = told.ended_by
    if ended is None:
        return ""
    if ended.party is None:
        return TIME_OVER if ended.reason == TIME_IS_OVER else ended.reason[:1].upper() + ended.reason[1:]
    match told.transcript[-1].move:
        case "walk":
            way = message("{country} walks away: {reason}")
        case "phase end":
            way = _stop_at_deadline(told.transcript)
        case _:
            way = message("{country}: {reason}")
    return way.format(country=ended.party, reason=ended.reason)


def _stop_at_deadline(transcript: Sequence[TranscriptLine]) -> str:
    """What the party that ended the talks had done with the last proposal at the deadline: see `unwilling_party`."""
    withdrawn: set[str | None] = set()
    for line in reversed(transcript):
        if line.move == "accept":
            return message("{country} had voted the last proposal down: {reason}")
        if line.move == "withdraw":
            withdrawn.add(line.party)
        if line.move == "offer" and line.party in withdrawn:
            return message("{country} had withdrawn the last proposal: {reason}")
        if line.move == "offer":
            break
    return message("{country} had not accepted the last proposal: {reason}")


def describe_blocking_group(ended: EndedBy) -> str:
    """Return a sentence that names the group at home whose change of vote would have let the last proposal pass."""
    return message(
        "The group whose turning would have let the last proposal through in {country}: {group}.",
        country=ended.party,
        group=label_in_sentence(ended.group or ""),
    )


def describe_compensation(paid: HomeCompensation, unit: str) -> str:
    """Return a sentence with the least payments to groups at home with which the refusing country would have ratified.

    `unit` is the unit of the payments.
    """
    payments = [
        message("{group} {amount}", group=label_in_sentence(group), amount=format_short(loss))
        for group, loss in paid.payments.items()
    ]
    return message("Cheapest compensation there, in {unit}: {payments}.", unit=unit, payments=join_with_and(payments))


def requests(screen: Screen, outcome: Outcome) -> list[str]:
    """Return, as lines of text, what each side requested at the start of the talks; empty without requests."""
    lines: list[str] = []
    for move in outcome.talks.moves:
        if isinstance(move, Request):
            asked = [outcome.agenda.ladders[place] for place, _ in move.asks]
            wishes = [_wish(item, level) for item, (_, level) in zip(asked, move.asks, strict=True)]
            country = screen.ink(outcome.preferences.parties[move.party], ROLES[move.party])
            lines.append(translate(message("{country} asks for at least", country=country)))
            lines += [line for wish in wishes or [NOTHING] for line in paragraph(screen, wish, first="· ")]
    return [*subheading(screen, message("Requests, sealed and opened together")), *lines] if lines else []


def _wish(item: Ladder, level: int) -> str:
    return message("{line}: {level}", line=item.name, level=item.plain[level])


def render_shock_texts(screen: Screen, outcome: Outcome) -> list[str]:
    """Return the public text of each shock (an event from outside during the talks) as lines; empty without shocks."""
    lines = [
        line
        for number, _, text in outcome.shock_events
        for line in paragraph(screen, message("Before round {round}: {text}", round=number, text=text), first="· ")
    ]
    return [*subheading(screen, message("From outside")), *lines] if lines else []


def deal(screen: Screen, outcome: Outcome, told: OutcomeDocument) -> list[str]:
    """Return the deal of the talks as lines of text: what each side commits to, and the side payments.

    The schedules of commitments have the columns of the WTO.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    outcome
        Outcome of the talks.
    told
        Its document.

    Returns
    -------
    list[str]
        Lines of text; empty without a deal.
    """
    paper = outcome.deal_document
    if paper is None or told.deal is None:
        return []
    lines = subheading(screen, THE_DEAL)
    for (party, changes), role in zip(paper.schedules.items(), ROLES, strict=False):
        lines += [
            translate(schedule_layout.SCHEDULE.format(country=screen.ink(party, role))),
            *schedule_layout.schedule_text_lines(changes, screen.width, translate),
            "",
        ]
    heading = screen.ink(schedule_layout.SIDE_PAYMENTS, "migrants")
    lines.append(translate(message("{heading}, payer → payee", heading=heading)))
    due = [
        message("{line}: {level}; {way}", line=line.name, level=line.words, way=_payers(line))
        for line in told.deal.side_payments
    ]
    lines += [line for each in due for line in paragraph(screen, each, first="· ")] or [f"  {translate(NONE_PAID)}"]
    worth = [
        message("{amount} to {country}", amount=format_short(value), country=party)
        for party, value in told.values.items()
    ]
    sentence = message("Worth {values}, in {unit}.", values=join_with_and(worth), unit=told.value_unit)
    return [*lines, "", *paragraph(screen, sentence), *notes(screen, [*told.deal.warnings, FLOOR])]


def render_deal_summary(screen: Screen, told: OutcomeDocument) -> list[str]:
    """Return the deal of the talks as a table with one line per issue; empty without a deal.

    Each line has the agreed level, and which party is bound or which pays which.
    """
    if told.deal is None:
        return []
    who: dict[str, list[str]] = {}
    lines: dict[str, ScheduleLine] = {}
    for party, commitments in told.deal.schedules.items():
        for line in commitments:
            lines[line.issue] = line
            who.setdefault(line.issue, []).append(party)
    rows = [(ladder(issue).board_name, line.words, join_with_and(who[issue])) for issue, line in lines.items()]
    rows += [(ladder(line.issue).board_name, line.words, _payers(line)) for line in told.deal.side_payments]
    head = (message("issue"), message("level"), message("who binds itself, or pays"))
    return [*subheading(screen, THE_DEAL), *render_table(screen, head, rows)]


def _payers(line: PaymentLine) -> str:
    return message("{payer} → {payee}", payer=line.payer, payee=line.payee)


def render_ballots(screen: Screen, told: OutcomeDocument) -> list[str]:
    """Return, as lines of text, the votes at home on the signed text: which groups were for, against, or abstained.

    Empty when there was no vote.
    """
    if not told.votes:
        return []
    lines = subheading(screen, message("The vote at home"))
    for (country, vote), role in zip(told.votes.items(), ROLES, strict=False):
        verdict = RATIFIES if vote.passed else REFUSES
        votes = number(vote.support, 0, plus=True)
        lines.append(translate(verdict.format(country=screen.ink(country, role), votes=votes)))
        for choice, label in CHOICE_LABELS.items():
            groups = [label_in_sentence(group) for group, cast in vote.by_group.items() if cast == choice]
            first = f"{translate(label):9}"
            lines += paragraph(screen, join_with_and(groups), indent=2, first=first) if groups else []
    return lines


def render_account_changes(screen: Screen, told: OutcomeDocument, title: str = WHO_GAINED) -> list[str]:
    """Return, as lines of text, what each population gains or loses by the deal.

    Money accounts are a table that ends with welfare; points are bars, and a population without points is left out.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The outcome.
    title
        Title of the section.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    head = subheading(screen, title)
    if told.deal is None:
        return [*head, translate(message("Nothing changes for anybody."))]
    if told.accounts is not None and told.sums is not None:
        unit = message("In {unit}.", unit=ACCOUNT_UNIT)
        return [
            *head,
            *account_lines(screen, account_rows(told.accounts, told.sums)),
            *notes(screen, [unit, ACCOUNTS_NOTE]),
        ]
    rows = [
        Bar(account, value, meaning=ROLES_OF_ACCOUNTS[account])
        for account, value in (told.points or {}).items()
        if value is not None
    ]
    return [*head, *bars(screen, rows, 0), *notes(screen, [message("In points.")])]


def mandates(screen: Screen, told: OutcomeDocument) -> list[str]:
    """Return a table, as lines of text, of how far each delegation kept to its instructions in the talks.

    Empty when no delegation has red lines (what it may not sign) or priorities.
    """
    rows = [(party, _share(own.red_lines), _share(own.priorities)) for party, own in (told.faithfulness or {}).items()]
    if all(row[1:] == ("–", "–") for row in rows):
        return []
    head = (message("delegation"), message("red lines kept"), message("priorities raised"))
    return [*subheading(screen, message("Mandates")), *render_table(screen, head, rows, "<>>")]


def _share(value: float | None) -> str:
    return format_share(value, 0)


def total_gain_rows(outcome: Outcome) -> list[tuple[str, str]]:
    """Return one row, label and value, with the gain of all people by the deal beside the largest possible gain.

    Migrants are included; where the accounts are money the gain is net of the cost of moving. The list is empty when
    the gain is not known.
    """
    found = outcome.whole
    if found is None:
        return []
    gain = message(
        "{realised} of {possible}", realised=format_short(found.realised), possible=format_short(found.possible)
    )
    if found.cost_of_moving is None:
        return [(message("Gain, those who move included"), gain)]
    return [(message("Net gain, those who move included"), gain)]


def quality(screen: Screen, measured: Metrics, whole: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Return lines of text that compare the deal with everything that was possible in the talks.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    measured
        The measures of the deal.
    whole
        Rows of label and value that come first; empty for none.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    lines = subheading(screen, message("Against what was possible"))
    if measured.share_of_joint_maximum is None:
        nothing = message("No package leaves both governments better off: there is nothing to compare.")
        return [*lines, *render_table(screen, ("", ""), whole, "<>"), *paragraph(screen, nothing)]
    rows = [
        *whole,
        (message("Share of the largest joint gain"), format_share(measured.share_of_joint_maximum, 0)),
        (message("Distance to the efficient frontier"), _distance(measured.distance_to_frontier)),
        (message("Distance to the Nash solution"), _distance(measured.distance_to_nash)),
        (message("Smaller gain over the larger"), _distance(measured.equity)),
    ]
    return [*lines, *render_table(screen, ("", ""), rows, "<>")]


def _distance(value: float | None) -> str:
    return numbers([value], 2)[0]


def write_transcript(outcome: Outcome, path: Path) -> None:
    """Write every move of simulated talks to a file as JSON Lines, one move per line.

    Raises InputError when the file cannot be written.
    """
    moves = outcome.to_dict()["transcript"]
    try:
        lines = (json_safe(json.dumps(move, ensure_ascii=False)) for move in moves)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as wrong:
        raise write_error(wrong, f"--trace {path}", "name a file in a folder that exists and is yours") from None
