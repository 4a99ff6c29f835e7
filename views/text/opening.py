"""The opening of a case as text: numbers of people, treaties in force, gross and net gains, accounts, remedies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from economy.account_names import ACCOUNT_LABELS, OLD_MIGRANTS
from economy.accounts.rows import ACCOUNT_UNIT, ACCOUNTS_NOTE, ACCOUNTS_TITLE, account_rows
from economy.corridors.limits import FARTHEST
from economy.policy.remedies import LEVY, LUMP_SUM, PHASING
from games.messages import join_messages, message
from scenarios.analysis.opening_effects import THOUSANDS
from views.text.layout import Screen, fact_lines, notes, paragraph, render_table, section_heading
from views.text.money_accounts import account_lines
from views.wording.games import NAMES_IN_SENTENCES
from views.wording.remedies import format_needed_amount
from views.wording.screen import NONE, format_share, number, numbers, per_cent, possessive

if TYPE_CHECKING:
    from scenarios.analysis.analysis import AnalysisDocument
    from scenarios.analysis.expansion import ExpansionDocument, TreatyDocument
    from scenarios.analysis.opening_effects import MigrationFlowsDocument, OpeningEffects
    from scenarios.analysis.remedies import RemedyNeed

YES, NO, NOTHING = message("yes"), message("no"), message("none")
STEPS_NOTE = message(
    "{host}, {origin}: payoffs when both open, weighed % of own GDP. Gross: gain of GDP; net: less what crowding, "
    "fees, the apparatus, training, the rent of new capital and moving take; both in % of the two countries' GDP."
)
COVERED_NOTE = message(
    "Most people beyond today's number that leave neither government below the status quo. Whom a treaty reaches is an "
    "assumption, and so is what binding costs a government."
)
WIDE_TABLE = 60
"""Narrower screens show a list of games in two tables."""
GAINS_NOTE = message("Both in % of the two countries' GDP of the status quo. Signed: the largest that holds by itself.")


# -- would they sign


def render_agreement(screen: Screen, told: AnalysisDocument, beside: str = "") -> list[str]:
    """Return lines of text that say whether both countries would open, and how far.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The analysis.
    beside
        Sentence below the table; empty for none.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without an economy.
    """
    if told.agreement is None or told.flows is None:
        return []
    rows: list[tuple[str, str]] = []
    if told.treaty is not None:
        rows += [
            (message("Free movement in force"), told.treaty.name),
            (message("The treaty holds"), _yes(told.treaty.holds)),
        ]
    if told.expansion is not None:
        rows += _people(told.expansion, told.flows)
    rows += [
        (message("Opening of both enforces itself"), _yes(told.agreement.self_enforcing)),
        (message("Both governments gain by it"), _yes(told.agreement.both_gain)),
    ]
    largest = told.agreement.largest_self_enforcing_openness
    if largest is not None:
        rows.append((message("Largest openness that enforces itself"), number(largest, 3) if largest else NOTHING))
    if told.expansion is not None:
        rows += _limits(told.expansion)
    rows.append((message("Balance of the two flows, 0 to 1"), _balance(told.flows)))
    return [
        *section_heading(screen, message("Would they sign?")),
        *fact_lines(screen, rows),
        *paragraph(screen, beside),
    ]


def _yes(answer: bool) -> str:
    return YES if answer else NO


def _people(found: ExpansionDocument, flows: MigrationFlowsDocument) -> list[tuple[str, str]]:
    """Today's number of people in the host, and how many more come."""
    here = flows.paths[0].to
    today, more = (_amount(people, flows.unit) for people in (found.people_today, found.people))
    return [
        (message("In {host} today", host=here), today),
        (
            message("Beyond that come"),
            message("{share}: {people}", share=beyond(found.value), people=more)
            if found.value <= found.pool
            else message("{people}: all who are willing", people=more),
        ),
    ]


def _amount(people: float, unit: str) -> str:
    """A number of people, whose unit is that of the flows."""
    shown = number(people, 0 if people >= 10 else 1)
    if unit == THOUSANDS:
        return message("{number} thousand people", number=shown)
    return message("{number} people per 1,000 workers", number=shown)


def _limits(found: ExpansionDocument) -> list[tuple[str, str]]:
    """How many more people both would sign."""
    return [
        (message("Both gain, no levy, up to"), _limit(found.limit_both, found.pool)),
        (message("Holds by itself, no levy, up to"), _limit(found.limit_self_enforcing, found.pool)),
        (message("Both gain, levy up to 20 %, up to"), _limit(found.limit_with_levy, found.pool)),
    ]


def beyond(share: float) -> str:
    """Return people beyond today's number as a text, such as "+60 %"."""
    return per_cent(100 * share, 0, plus=True)


def _limit(limit: float | None, pool: float) -> str:
    """A limit, and why there is none where it is the end of what is tried."""
    if limit is None:
        return NOTHING
    if limit >= pool:
        return message("{share}: all who are willing", share=beyond(limit))
    return message("{share} or more", share=beyond(limit)) if limit >= FARTHEST else beyond(limit)


def _balance(flows: MigrationFlowsDocument) -> str:
    """The reciprocity index with the two numbers of people."""
    there, back = flows.paths
    (index,) = numbers([flows.reciprocity], 2)
    there_people, back_people = (number(flow.people, 0 if flow.people >= 10 else 1) for flow in (there, back))
    return message("{index} ({there} there, {back} back)", index=index, there=there_people, back=back_people)


# -- the game at other numbers of people


def render_steps(screen: Screen, told: AnalysisDocument, parties: tuple[str, str]) -> list[str]:
    """Return the class of the game at several numbers of people, or at several levels of a treaty in force.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The analysis.
    parties
        Names of host and origin.

    Returns
    -------
    list[str]
        Lines of text; empty for a case with neither.
    """
    if told.expansion is not None:
        return [*_expansion(screen, told.expansion, parties), *_covered(screen, told.expansion)]
    return [] if told.treaty is None else _treaty(screen, told.treaty, parties)


def _expansion(screen: Screen, found: ExpansionDocument, parties: tuple[str, str]) -> list[str]:
    """The list of games by number of people, and where people run out."""
    figures = _columns([[*step.payoffs, step.gross, step.net] for step in found.classes])
    rows = [
        (beyond(step.x), NAMES_IN_SENTENCES[step.class_], *each)
        for step, each in zip(found.classes, figures, strict=True)
    ]
    head = (message("beyond today's"), message("game"), *parties, message("gross"), message("net"))
    out = (
        message("More than {share} do not come: then all who are willing are there.", share=beyond(found.pool))
        if found.classes[-1].people_run_out
        else message("Beyond five times today's number do not read.")
    )
    close = message(
        "If {host} sent all home, its payoff would be {close}.",
        host=parties[0],
        close=per_cent(found.close, 2, plus=True),
    )
    return [
        *section_heading(screen, message("The game by the number of people beyond today's")),
        *_step_table(screen, head, rows, "><>>>>"),
        *paragraph(screen, join_messages(" ", [out, close])),
        *notes(screen, [STEPS_NOTE.format(host=parties[0], origin=parties[1])]),
    ]


def _covered(screen: Screen, found: ExpansionDocument) -> list[str]:
    """How many more people both would sign, by who is covered; with and without a price of binding."""
    cost = per_cent(100 * found.covered[0].committed.commitment, 1)
    heads = (message("all there (1)"), message("half (0.5)"), message("newcomers (0)"))
    lines = (
        (message("No levy"), [each.limit_both for each in found.covered]),
        (message("Levy up to 20 %"), [each.limit_with_levy for each in found.covered]),
        (message("No levy, binding costs {cost}", cost=cost), [each.committed.limit_both for each in found.covered]),
        (
            message("Levy up to 20 %, binding costs {cost}", cost=cost),
            [each.committed.limit_with_levy for each in found.covered],
        ),
    )
    rows = [(label, *(NOTHING if limit is None else beyond(limit) for limit in limits)) for label, limits in lines]
    return [
        *section_heading(screen, message("How far, by whom the treaty reaches")),
        *render_table(screen, ("", *heads), rows, "<>>>"),
        *notes(screen, [COVERED_NOTE]),
    ]


def _treaty(screen: Screen, found: TreatyDocument, parties: tuple[str, str]) -> list[str]:
    """The list of games by openness, under a treaty in force."""
    figures = _columns([[*step.payoffs, step.gross, step.net] for step in found.steps])
    rows = [
        (number(step.openness, 2), NAMES_IN_SENTENCES[step.class_], _yes(step.holds), *each)
        for step, each in zip(found.steps, figures, strict=True)
    ]
    head = (message("openness"), message("game"), message("holds"), *parties, message("gross"), message("net"))
    answer = (
        message("{treaty}: in this model it holds.", treaty=found.name)
        if found.holds
        else message("{treaty}: in this model it does not hold.", treaty=found.name)
    )
    return [
        *section_heading(screen, message("The game by openness")),
        *paragraph(screen, answer),
        *_step_table(screen, head, rows, "><<>>>>"),
        *notes(screen, [STEPS_NOTE.format(host=parties[0], origin=parties[1])]),
    ]


def _step_table(screen: Screen, head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """The table of a list of games; on a narrow screen the payoffs of both countries stand in a table of their own."""
    if screen.width >= WIDE_TABLE:
        return render_table(screen, head, rows, sides)
    payoffs = {len(head) - 4, len(head) - 3}
    lines: list[str] = []
    for columns in ([at for at in range(len(head)) if at not in payoffs], [0, *sorted(payoffs)]):
        cells = [[row[at] for at in columns] for row in (head, *rows)]
        lines += ["", *render_table(screen, cells[0], cells[1:], "".join(sides[at] for at in columns))]
    return lines[1:]


def _columns(rows: Sequence[Sequence[float]]) -> list[tuple[str, ...]]:
    """Figures as texts, each column with decimals of its own."""
    columns = [numbers(column, 2, plus=True) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


# -- money


def render_money(screen: Screen, told: AnalysisDocument, found: OpeningEffects | None) -> list[str]:
    """Return gross and net gains and the table of money accounts as lines of text.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The analysis.
    found
        Effects of opening of the same analysis; None for a case without an economy.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without an economy.
    """
    if found is None or told.accounts is None or told.sums is None:
        return []
    rows = account_rows(told.accounts, told.sums)
    lines = [
        *_gains(screen, found),
        *section_heading(screen, message("{title}, if both open", title=ACCOUNTS_TITLE)),
        *account_lines(screen, rows),
    ]
    parts = told.earlier_migrants
    if parts is not None:
        terms, competition, total = numbers([parts.terms, parts.competition, parts.total], 2, plus=True)
        lines += paragraph(
            screen,
            message(
                "{account}: the terms of the treaty bring them {terms}, the competition of the newcomers "
                "{competition}; together {total}.",
                account=ACCOUNT_LABELS[OLD_MIGRANTS],
                terms=terms,
                competition=competition,
                total=total,
            ),
        )
    return [*lines, *notes(screen, [message("In {unit}.", unit=ACCOUNT_UNIT), ACCOUNTS_NOTE])]


def _gains(screen: Screen, found: OpeningEffects) -> list[str]:
    """Gross and net side by side: here, at the best level, at the farthest, and what is signed."""
    dial, gains = found.net
    best, signed = int(gains.net.argmax()), found.net.largest_signed
    points: list[tuple[str, float, float, float | None]] = [
        (message("This opening"), found.sums.gdp, found.sums.welfare, float(getattr(found.parameters, dial))),
        (message("Largest net gain"), float(gains.gross[best]), float(gains.net[best]), float(gains.levels[best])),
        (message("Farthest that is tried"), float(gains.gross[-1]), float(gains.net[-1]), float(gains.levels[-1])),
        (message("Signed"), float(gains.gross_signed), float(gains.net_signed), signed),
    ]
    gross = numbers([point[1] for point in points], 2, plus=True)
    net = numbers([point[2] for point in points], 2, plus=True)
    rows = [
        (name, more, less, NONE if level is None else _level(dial, level))
        for (name, _, _, level), more, less in zip(points, gross, net, strict=True)
    ]
    parts = [format_share(float(part), 0) for part in (gains.share_gross, gains.share_net)]
    head = ("", message("gross"), message("net"), message("at"))
    told = message(
        "Signed is {gross} of the gross gain of the farthest opening, and {net} of the largest net gain.",
        gross=parts[0],
        net=parts[1],
    )
    if signed is None:
        told = message("Nothing is signed: no opening holds by itself.")
    return [
        *section_heading(screen, message("What could be gained, gross and net")),
        *render_table(screen, head, rows, "<>>>"),
        *paragraph(screen, told),
        *notes(screen, [GAINS_NOTE]),
    ]


def _level(dial: str, level: float) -> str:
    """A level of the dial as a text."""
    return beyond(level) if dial == "expansion" else message("openness {level}", level=f"{level:.3g}")


# -- remedies


def remedy_sentences(needs: Sequence[RemedyNeed], parties: tuple[str, str]) -> list[str]:
    """Return sentences on the levy, the lump sum and phasing, each alone; a remedy that was not searched has none.

    Parameters
    ----------
    needs
        What the remedies need.
    parties
        Names of host and origin.

    Returns
    -------
    list[str]
        Up to three sentences.
    """
    alone = {need.plan.remedy.name: need for need in needs if not need.plan.beside}
    told: list[str] = []
    if LEVY.name in alone:
        told.append(_levy(alone[LEVY.name]))
    if LUMP_SUM.name in alone:
        told.append(_lump_sum(alone[LUMP_SUM.name], parties))
    if PHASING.name in alone:
        told.append(_phasing(alone[PHASING.name]))
    return told


def _levy(need: RemedyNeed) -> str:
    """The window of the levy."""
    if need.window is None:
        return message("No levy on what migrants earn abroad is enough.")
    low, high = (per_cent(100 * end, 1) for end in need.window)
    if need.window[0] == 0:
        return message("It holds without a levy, and with one of up to {high} of what migrants earn abroad.", high=high)
    return message("A levy of {low} to {high} of what migrants earn abroad is enough.", low=low, high=high)


def _lump_sum(need: RemedyNeed, parties: tuple[str, str]) -> str:
    """The smallest lump sum from the origin."""
    host, origin = parties
    if need.needed is None:
        return message("No lump sum from {origin} is enough at this opening.", origin=origin)
    if need.needed == LUMP_SUM.first:
        return message("It holds without a lump sum from {origin}.", origin=origin)
    return message(
        "A lump sum from {origin} of {amount} of {host} GDP is enough at this opening.",
        origin=origin,
        amount=format_needed_amount(LUMP_SUM, need.needed),
        host=possessive(host),
    )


def _phasing(need: RemedyNeed) -> str:
    """The number of periods at which welfare is largest."""
    periods = need.best_periods or PHASING.first
    if periods == PHASING.first:
        return message("Spread over several periods, the net gain of the opening is smaller.")
    return message(
        "The net gain of the opening is largest when it is spread over {periods} periods.", periods=f"{periods:g}"
    )
