"""The same number on every face: `analyse`, `simulate`, Explore and the debrief show the same accounts of a package.

The faces are compared on the same parameters: those of a package of the case's agenda. One of the packages is the text
whose terms are the economy of the case itself, where there is such a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pytest

import scenarios
from agents.table import NegotiationTable, make_outcome, prepare_table
from economy.account_names import ACCOUNTS
from economy.accounts.documents import (
    AccountDocument,
    AccountSumsDocument,
    account_documents,
    account_sums,
)
from economy.accounts.rows import AccountRow
from economy.corridors.data import corridor_names
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import solve_accounts
from economy.parameters import Parameters
from economy.policy.terms import apply_terms
from negotiation.outcome import outcome as outcome_module
from negotiation.outcome.outcome import Outcome
from negotiation.preferences.values import select_terms
from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Accept, Offer, Vote, Walk
from scenarios.analysis import opening_effects
from scenarios.reading import read
from views.explore import view_model
from views.explore.dials import PAIRS, CountryPair, parameters, start_settings
from views.negotiate import debrief
from views.negotiate.accounts_html import render_accounts
from views.text.layout import Screen
from views.text.outcome import render_account_changes
from views.wording.screen import numbers

TOLERANCE = 1e-12
LADDERS = ["levy", "phasing"]
"""A short agenda: the faces are compared, not the agenda. Level 0 of both lines leaves the economy as it is."""
SHORT = {"agenda.ladders": LADDERS, "agenda.fixed": {}}
PRESETS = ("symmetric", "asymmetric")
CORRIDORS = tuple(f"corridor:{code}" for code in corridor_names())
CASES = [read(entry.name) for entry in scenarios.library()]
LIBRARY = tuple(case.name for case in CASES if case.agenda is not None and not case.has_points)

Numbers = Mapping[tuple[str, str], float]
"""What a face says: by account and column, and by the name of a sum."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A case whose parties have signed one package."""

    table: NegotiationTable
    package: int

    @property
    def parameters(self) -> Parameters:
        """The economy under the terms of the package."""
        chosen = np.arange(self.table.agenda.count) == self.package
        terms = select_terms(self.table.agenda.terms(), chosen)
        found = apply_terms(economy(self.table), terms)
        arrays = {each.name: getattr(found, each.name) for each in fields(found)}
        return found.replace(**{name: float(each[0]) for name, each in arrays.items() if np.ndim(each)})

    @property
    def outcome(self) -> Outcome:
        """The talks that sign it."""
        rules = self.table.rules
        votes = [Vote(party, at, 1) for party, groups in enumerate(rules.votes) for at in range(len(groups))]
        talks = replay_talks(rules, [Offer(0, self.package), Accept(1), *votes])
        return make_outcome(self.table, talks, seed=0)


def economy(table: NegotiationTable) -> Parameters:
    assert table.scenario.parameters is not None
    return table.scenario.parameters


def prepared(name: str) -> NegotiationTable:
    """A case ready for talks; a preset or a corridor gets a short agenda."""
    if name in LIBRARY:
        return prepare_table(read(name))
    if name in PRESETS:
        countries = [{"name": "Northmark", "role": "host"}, {"name": "Sudora", "role": "origin"}]
        case = {"schema": 1, "title": name, "summary": "A preset.", "economy": {"preset": name}, "countries": countries}
        return prepare_table(read(case | {"agenda": {"ladders": LADDERS}}))
    return prepare_table(read(name, SHORT))


def says(accounts: Mapping[str, AccountDocument] | None, sums: AccountSumsDocument | None) -> Numbers:
    assert accounts is not None
    assert sums is not None
    assert tuple(accounts) == ACCOUNTS
    own = {(name, each.name): getattr(told, each.name) for name, told in accounts.items() for each in fields(told)}
    return own | {("sum", each.name): getattr(sums, each.name) for each in fields(sums)}


def says_in_rows(rows: tuple[AccountRow, ...]) -> Numbers:
    found = {row.key: row for row in rows}
    parts = {(name, column): getattr(found[name], column) for name in ACCOUNTS for column in ("private", "public")}
    totals = {(name, "total"): found[name].total for name in ACCOUNTS}
    sums = {("sum", name): found[name].total for name in ("income", "welfare", "gdp")}
    sent = {("new migrants", "of_which_sent_home"): found["of_which_sent_home"].total}
    return parts | totals | sums | sent | {("sum", "cost_of_moving"): -found["cost_of_moving"].total}


def analyse(signed: Signed) -> Numbers:
    """`winset analyse` on the economy of the package."""
    found = scenarios.analyse(replace(signed.table.scenario, parameters=signed.parameters)).opening
    assert found is not None
    return says(found.accounts, found.sums)


def simulate(signed: Signed) -> Numbers:
    """`winset simulate` where this package was signed."""
    document = signed.outcome.document()
    return says(document.accounts, document.sums)


def shown_in_debrief(signed: Signed) -> Numbers:
    """The rows of the debrief on the page Negotiate."""
    return says_in_rows(debrief.account_rows_of_deal(signed.outcome))


def shown_in_explore(signed: Signed) -> Numbers:
    """The rows of the page Explore at the same parameters."""
    return says_in_rows(view_model.view_accounts(solve_accounts(signed.parameters)).rows)


FACES: Mapping[str, Callable[[Signed], Numbers]] = {
    "analyse": analyse,
    "simulate": simulate,
    "debrief": shown_in_debrief,
    "Explore": shown_in_explore,
}


def near(numbers: Numbers) -> Any:
    return pytest.approx(numbers, abs=TOLERANCE, rel=0)


MODULES: Mapping[str, Any] = {
    "analyse": opening_effects,
    "simulate": outcome_module,
    "debrief": debrief,
    "Explore": view_model,
}
"""The module in which each face reads the accounts."""


def disagreements(signed: Signed) -> Iterator[str]:
    """The faces that do not show the accounts of the engine."""
    both = solve_accounts(signed.parameters).cell(0, 0)
    engine = says(account_documents(both), account_sums(both))
    for name, face in FACES.items():
        told = face(signed)
        assert told.keys() <= engine.keys()
        if told != near({key: engine[key] for key in told}):
            yield name


def packages(table: NegotiationTable) -> tuple[int, ...]:
    """Three packages: with one level up on every line, in the middle and at the end of the agenda."""
    ones = table.agenda.package([min(1, size - 1) for size in table.agenda.shape])
    return tuple(sorted({ones, table.agenda.count // 2, table.agenda.count - 1}))


@pytest.mark.parametrize("name", [*LIBRARY, *PRESETS, *CORRIDORS])
def test_the_same_number_stands_on_every_face(name: str):
    table = prepared(name)
    for package in packages(table):
        assert list(disagreements(Signed(table, package))) == []


@pytest.mark.parametrize("name", [*PRESETS, *CORRIDORS])
def test_the_text_with_the_terms_of_the_case_has_the_numbers_of_the_case(name: str):
    """A signed text that changes nothing of the economy: what `analyse` says of the case is what the talks bring."""
    table = prepared(name)
    (neutral,) = texts_of_the_case(table)
    signed = Signed(table, neutral)
    assert list(disagreements(signed)) == []
    told = scenarios.analyse(table.scenario).opening
    assert told is not None
    assert says(told.accounts, told.sums) == near(simulate(signed))


def test_the_document_of_analyse_has_the_accounts_of_its_text():
    found = scenarios.analyse(read("corridor:DEU-FRA", SHORT))
    assert found.opening is not None
    document = found.document()
    assert (document.accounts, document.sums) == (found.opening.accounts, found.opening.sums)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS.values() if pair.has_data], ids=lambda pair: pair.start)
def test_explore_begins_with_the_economy_of_the_corridor(pair: CountryPair):
    """So the first screen of the page shows the numbers of `winset analyse corridor:CODE`."""
    assert parameters(pair, start_settings(pair)) == read(f"corridor:{pair.start}").parameters


def texts_of_the_case(table: NegotiationTable) -> list[int]:
    """The packages whose terms leave the economy of the case as it is."""
    moved, kept = apply_terms(economy(table), table.agenda.terms()), economy(table)
    same = np.ones(table.agenda.count, dtype=bool)
    for each in fields(kept):
        if each.name != "conventions":
            same &= np.asarray(getattr(moved, each.name)) == getattr(kept, each.name)
    return np.flatnonzero(same).tolist()


def turned(cell: MoneyAccounts) -> dict[str, AccountDocument]:
    """The accounts with the sign of one total changed."""
    told = account_documents(cell)
    return told | {"new migrants": replace(told["new migrants"], total=-told["new migrants"].total)}


def less_the_surplus(cell: MoneyAccounts) -> AccountSumsDocument:
    """The sums with the income of the first version: the cost of moving is taken off it."""
    told = account_sums(cell)
    return replace(told, income=told.welfare)


@pytest.mark.parametrize("face", sorted(FACES))
def test_a_face_that_computes_its_own_number_is_named(face: str, monkeypatch: pytest.MonkeyPatch):
    signed = Signed(table := prepared("corridor:MAR-ESP"), packages(table)[0])
    assert list(disagreements(signed)) == []
    monkeypatch.setattr(MODULES[face], "account_documents", turned)
    assert list(disagreements(signed)) == [face]


@pytest.mark.parametrize("face", sorted(MODULES))
def test_a_face_with_its_own_sum_is_named(face: str, monkeypatch: pytest.MonkeyPatch):
    signed = Signed(table := prepared("corridor:MAR-ESP"), packages(table)[0])
    monkeypatch.setattr(MODULES[face], "account_sums", less_the_surplus)
    assert list(disagreements(signed)) == [face]


@pytest.mark.parametrize("name", [*LIBRARY, *PRESETS])
def test_no_agreement_is_exactly_zero_on_every_face(name: str):
    table = prepared(name)
    talks = replay_talks(table.rules, [Walk(0, "no")])
    outcome = make_outcome(table, talks, seed=0)
    document = outcome.document()
    assert set(says(document.accounts, document.sums).values()) == {0.0}
    assert {abs(number) for number in says_in_rows(debrief.account_rows_of_deal(outcome)).values()} == {0.0}
    assert set(document.values.values()) == {0.0}
    assert {change for groups in document.groups.values() for change in groups.values()} == {0.0}
    gain = outcome.whole
    assert gain is not None
    assert gain.realised == 0
    assert document.points is None


def test_the_printed_figures_are_the_same_in_text_and_page():
    signed = Signed(table := prepared("morocco-spain"), packages(table)[1])
    outcome = signed.outcome
    rows = debrief.account_rows_of_deal(outcome)
    shown = render_account_changes(Screen(80), outcome.document())
    page = render_accounts(outcome, "", 1)
    figures = numbers([part for row in rows for part in (row.private, row.public, row.total)], 2, plus=True)
    for row, total in zip(rows, figures[2::3], strict=True):
        (line,) = (line for line in shown if line.strip().startswith(f"{row.label} "))
        assert line.split()[-1] == total
        assert f"{row.label}</span></th>" in page
        assert page.partition(f"{row.label}</span></th>")[2].partition("</tr>")[0].endswith(f'w-r">{total}</td>')
