"""HTML of the signed schedules and payments, in the debrief of the page Negotiate."""

from __future__ import annotations

from collections.abc import Sequence

from games.messages import join_messages, message
from negotiation.agenda.schedule import PaymentLine, ScheduleLine
from views.wording import negotiate
from views.wording.translation import to_html


def render_schedules(
    lists: Sequence[tuple[str, str, Sequence[tuple[str, ScheduleLine]]]], payments: Sequence[tuple[str, PaymentLine]]
) -> str:
    """Render what was signed as an HTML table: the schedule of each party, then the payments.

    `lists` holds one (name of the party, role, lines) for each party. A line or payment is given as (name, content).
    """
    body = "".join(
        f'<tr class="w-sec"><th colspan="2" scope="colgroup"><span class="w-{role}">'
        f"{to_html(negotiate.commitment_heading(party))}</span></th></tr>"
        + "".join(_clause(name, line) for name, line in lines)
        for party, role, lines in lists
        if lines
    )
    paid = "".join(_payment(name, payment) for name, payment in payments)
    if paid:
        body += f'<tr class="w-sec"><th colspan="2" scope="colgroup">{to_html(negotiate.PAYMENTS)}</th></tr>{paid}'
    return (
        f'<table class="w-t w-paper"><thead><tr><th scope="col">{to_html(negotiate.LINE)}</th>'
        f'<th scope="col">{to_html(message("As signed"))}</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _clause(name: str, line: ScheduleLine) -> str:
    return (
        f'<tr><th scope="row">{to_html(name)}</th><td>{to_html(line.words)}'
        f'<br><span class="w-muted">{to_html(line.plain)}</span></td></tr>'
    )


def _payment(name: str, payment: PaymentLine) -> str:
    way = message("{payer} to {payee}", payer=payment.payer, payee=payment.payee)
    base = join_messages("; ", [part for part in (payment.base, payment.condition) if part])
    told = join_messages(": ", [way, base]) if base else way
    return (
        f'<tr><th scope="row">{to_html(name)}</th><td>{to_html(payment.line.words)}<br>'
        f'<span class="w-muted">{to_html(told)}</span></td></tr>'
    )
