"""The table of money accounts: one set of rows for text and pages, with figures that add up."""

from __future__ import annotations

import re

import pytest

from economy.account_names import ACCOUNT_LABELS
from economy.accounts.documents import account_documents, account_sums
from economy.accounts.rows import ACCOUNT_UNIT, AccountRow, account_rows
from economy.corridors.fitting import corridor
from economy.model.payoffs import solve_with_accounts
from economy.parameters import Parameters, preset
from views.style.money_accounts import account_table_html
from views.text.layout import Screen, display_width
from views.text.money_accounts import account_lines


def rows_of(parameters: Parameters) -> tuple[AccountRow, ...]:
    both = solve_with_accounts(parameters)[1].cell(0, 0)
    return account_rows(account_documents(both), account_sums(both))


@pytest.fixture(scope="module")
def morocco() -> tuple[AccountRow, ...]:
    return rows_of(corridor("MAR-ESP").parameters.replace(expansion=0.5))


def test_the_rows_have_one_order(morocco: tuple[AccountRow, ...]) -> None:
    assert [row.key for row in morocco] == [
        *("host natives", "old migrants", "origin natives", "new migrants"),
        *("income", "cost_of_moving", "welfare", "of_which_sent_home", "gdp"),
    ]
    assert [row.label for row in morocco[:4]] == list(ACCOUNT_LABELS.values())
    assert {row.unit for row in morocco} == {ACCOUNT_UNIT}
    assert [row.kind for row in morocco] == ["account"] * 4 + ["sum"] * 3 + ["memo"] * 2


def test_the_figures_are_those_of_the_specification(morocco: tuple[AccountRow, ...]) -> None:
    """Section 5, the row of MAR-ESP, with the four digits of the prototype."""
    totals = {row.key: row.total for row in morocco}
    expected = dict(zip(totals, (0.0700, 0.3428, 0.3050, 0.6998, 1.4176, -0.7099, 0.7076, 0.1872, 1.6669), strict=True))
    assert totals == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize("name", ["symmetric", "asymmetric"])
def test_the_totals_add_up_from_top_to_bottom(name: str) -> None:
    *accounts, income, cost, welfare, _, _ = rows_of(preset(name))
    assert sum(row.total for row in accounts) == pytest.approx(income.total)
    assert income.total + cost.total == pytest.approx(welfare.total)
    assert cost.total < 0
    for row in (*accounts, income):
        assert row.private is not None
        assert row.public is not None
        assert row.private + row.public == pytest.approx(row.total)


def test_text_and_page_show_the_same_figures(morocco: tuple[AccountRow, ...]) -> None:
    lines = [line.split("  ") for line in account_lines(Screen(80), morocco)[1:]]
    text = [(cells[0] or cells[1].strip(), cells[-1].strip()) for cells in ([c for c in line if c] for line in lines)]
    body = account_table_html(morocco).partition("<tbody>")[2]
    page = [
        re.sub(r"<[^>]*>", "|", row).strip("|").split("|")
        for row in body.removesuffix("</tbody></table>").split("</tr>")
    ]
    assert text == [(cells[0], cells[-1]) for cells in page if len(cells) > 1]
    assert ("Host natives", "+0.07") in text
    assert ("Cost of moving", "−0.71") in text


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_table_fits_the_screen(morocco: tuple[AccountRow, ...], width: int) -> None:
    assert all(display_width(line) <= width for line in account_lines(Screen(width), morocco))


def test_names_in_the_page_are_escaped() -> None:
    row = AccountRow("x", "<b>", 1.0, 2.0, 3.0, "u", "account", "host")
    assert "<b>" not in account_table_html([row], "<b>")
