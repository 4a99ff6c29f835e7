"""Tables of the page "The model" that are counted on corridors, on Table 6.2 and on stylised facts."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from economy.account_names import ACCOUNT_LABELS, ACCOUNTS
from economy.corridors.limits import OPENNESS, ExpansionLimits, report_expansion
from economy.evidence.corridor_survey import (
    SurveyedCorridor,
    SurveyedTreaty,
    labour_gap,
    refit_with_labour_gap,
    survey_corridors,
    survey_treaties,
)
from economy.evidence.measures import Pattern
from economy.evidence.stylised_facts import patterns
from economy.evidence.table_6_2 import OLD_STOCK, PUBLISHED, WORLD_GAIN, Dose, world_bank_dose
from economy.model.payoffs import classify_games, solve_bilateral
from economy.policy.net_gains import NetGains
from tests.economy.page_tables import number, percent, signed, table

LETTERS = {"stag-hunt": "S", "bully": "B", "harmony": "H", "deadlock": "D", "prisoners-dilemma": "P"}
HALF = 2
"""Index of the expansion .5 in the reports."""


def letters(kinds: tuple[str, ...]) -> str:
    return " ".join(LETTERS[kind] for kind in kinds)


def limit(value: float, one: SurveyedCorridor) -> str:
    """A limit; "p" where the willing run out there, "+" where larger numbers were not tried."""
    if np.isnan(value) or value < one.last:
        return number(value)
    return f"{value:.2f}p" if one.report.pool <= one.last else f"{value:.0f}+"


def corridors() -> str:
    """Section 5: today's numbers, classes and limits."""

    def row(code: str, one: SurveyedCorridor) -> tuple[str, ...]:
        p, gains = one.corridor.parameters, one.report.gains
        half, none = one.limits[0.5], one.limits[0.0]
        return (
            code,
            number(float(p.gap)),
            percent(one.corridor.stock[0]),
            f"{p.today:.4f}, {p.today_origin:.4f}",
            letters(one.report.classes),
            limit(one.report.limits.self_enforcing, one),
            limit(one.report.limits.self_enforcing_with_levy, one),
            limit(half.self_enforcing, one),
            limit(none.self_enforcing, one),
            limit(none.self_enforcing_with_levy, one),
            f"{limit(float(gains.best_level), one)}: {number(float(gains.best_net))}",
            number(float(gains.net_signed)),
            signed(one.report.close),
        )

    head = (
        "corridor | gap | migrants, share of workers | share of the willing who are there, and back "
        "| class at x 0, .25, .5, 1, 2, 4 | limit | with a levy | covered .5 | covered 0 | covered 0, with a levy "
        "| best x: net | signed net | host sends all home"
    )
    return table(head, (row(code, one) for code, one in survey_corridors().items()))


def corridor_accounts() -> str:
    """The accounts of half as many again, gross and net."""

    def row(code: str, one: SurveyedCorridor) -> tuple[str, ...]:
        found = one.report.accounts.cell(0, 0)[HALF]
        host, old, origin, new = (signed(float(value), 3) for value in found.total)
        earlier = f"{old} = {signed(one.terms, 3)} {signed(one.competition, 3)}"
        sums = (found.income, found.cost_of_moving, found.welfare, found.gdp)
        return (
            code,
            host,
            earlier,
            origin,
            f"{new} ({number(float(found.sent_home), 3)})",
            *(number(float(v)) for v in sums),
        )

    head = (
        "corridor | host natives | old migrants = terms, competition | origin natives | new migrants (sent home) | "
        "income "
        "| cost of moving | net: welfare | gross: GDP"
    )
    return table(head, (row(code, one) for code, one in survey_corridors().items()))


def treaties() -> str:
    """Free movement in force."""

    def row(code: str, one: SurveyedTreaty) -> tuple[str, ...]:
        p = one.corridor.parameters
        kinds = tuple(str(kind) for kind in classify_games(solve_bilateral(p.replace(openness=OPENNESS))))
        host, origin = (payoffs.ravel()[:3] for payoffs in one.stakes.payoffs)
        return (
            code,
            number(float(p.gap)),
            number(float(p.cost), 3),
            *("  ".join(number(float(value), 4) for value in side) for side in (host, origin)),
            letters(kinds),
            "yes" if one.holds else "no",
            openings(one.gains),
        )

    head = (
        "corridor | gap | mean cost of moving, fitted | host in (L, L), (L, D), (D, L) | origin "
        "| class at openness .1, .25, .5, .75, 1 | holds at 1 | holds at"
    )
    return table(head, (row(code, one) for code, one in survey_treaties().items()))


def openings(gains: NetGains) -> str:
    """The levels of openness at which an agreement holds by itself; they need not be an interval."""
    held = gains.levels[gains.signed]
    return f"{held.min():g} to {held.max():g}" if held.size else "no level"


def commitment() -> str:
    """The corridors with and without a cost of binding."""

    def row(code: str, one: SurveyedCorridor) -> tuple[str, ...]:
        plain, bound = one.report, one.bound
        return (
            code,
            letters(plain.classes),
            letters(bound.classes),
            limit(plain.limits.self_enforcing, one),
            limit(bound.limits.self_enforcing, one),
            limit(bound.limits.self_enforcing_with_levy, one),
            number(float(plain.gains.net_signed)),
            number(float(bound.gains.net_signed)),
        )

    head = (
        "corridor | class, off | class, on | limit, off | limit, on | on, with a levy | signed net, off "
        "| signed net, on"
    )
    return table(head, (row(code, one) for code, one in survey_corridors().items()))


def labour_gaps() -> str:
    """Gaps of output and of labour income."""
    rows: list[tuple[str, ...]] = []
    for code, one in survey_corridors().items():
        gap, refitted = labour_gap(code), refit_with_labour_gap(code)
        output = one.report
        if gap is None or refitted is None:
            rows.append(
                (code, number(float(one.corridor.parameters.gap)), "no data", *["", ""], letters(output.classes), "")
            )
            continue
        other = report_expansion(refitted)
        limits: tuple[ExpansionLimits, ExpansionLimits] = output.limits, other.limits
        rows.append(
            (
                code,
                number(float(one.corridor.parameters.gap)),
                number(gap),
                *(number(each.self_enforcing) for each in limits),
                letters(output.classes),
                letters(other.classes),
            )
        )
    for code in survey_treaties():
        gap = labour_gap(code)
        output_gap = float(survey_treaties()[code].corridor.parameters.gap)
        rows.append((code, number(output_gap), "no data" if gap is None else number(gap), "", "", "", ""))
    head = "corridor | gap of output | gap of labour income | limit | limit with it | class | class with it"
    return table(head, rows)


# ---- Table 6.2


def world_bank() -> str:
    """The four accounts of 3 % more workers, beside the published ones; % of the world's income."""
    doses = [world_bank_dose(kappa=kappa) for kappa in (0.0, 1.0)]
    settled = world_bank_dose(kappa=0.0, old_stock=OLD_STOCK)
    billions = sum(row.billions for row in PUBLISHED.values())

    def row(at: int, name: str) -> tuple[str, ...]:
        published = PUBLISHED[name]
        share = signed(published.billions / billions * WORLD_GAIN)
        found = [signed(float(dose.accounts.total[at]), 3) for dose in doses]
        if name == "old migrants":
            found = [f"{signed(settled.old_relative)} % of own*", ""]
        return ACCOUNT_LABELS[name], f"{published.relative:+g}".replace("-", "−"), share, *found

    def also(name: str, value: Callable[[Dose], float], beside: str = "") -> tuple[str, ...]:
        return f"*{name}*", "", beside, *(signed(value(dose), 3) for dose in doses)

    rows = [row(at, name) for at, name in enumerate(ACCOUNTS)]
    rows[0:1] = [rows[0], also("their wages and capital", lambda dose: dose.work)]
    rows += [
        also("of new migrants: sent home", lambda dose: float(dose.accounts.sent_home)),
        ("Sum: income", "", signed(WORLD_GAIN), *(signed(float(dose.accounts.income), 3) for dose in doses)),
        also("cost of moving", lambda dose: float(dose.accounts.cost_of_moving)),
        ("**Net: welfare**", "", "", *(signed(float(dose.accounts.welfare), 3) for dose in doses)),
        ("**Gross: GDP**", "", "", *(signed(float(dose.accounts.gdp), 3) for dose in doses)),
        (
            "New migrants' share of the sum",
            "",
            "71 %, 45 % at purchasing power",
            *(percent(dose.share) for dose in doses),
        ),
    ]
    return table("account | Table 6.2, % of own income | % of the world's | here, κ 0 | here, κ 1", rows)


# ---- stylised facts

SHOWN: Mapping[str, str] = {"pass": "pass", "partly": "in part", "fail": "**fail**", "silent": "not covered"}
STANDING: Mapping[str, str] = {
    "held out": "held out",
    "in sample": "**in sample**: no test",
    "by construction": "**by construction**: no test",
}
found_patterns = cache(patterns)


def figure(value: float) -> str:
    """Three digits; a whole number has no decimals."""
    return f"{value:.3g}".replace("-", "−")


def told(each: Pattern) -> str:
    return "; ".join(f"{key}: {figure(value)}" for key, value in each.figures.items()) or "-"


def outside() -> str:
    """All stylised facts."""

    def row(each: Pattern) -> tuple[str, ...]:
        shown = STANDING[each.standing], SHOWN[each.verdict]
        return each.name, each.outside, each.source, *shown, told(each), each.reading

    head = "pattern | the fact | source | standing | the model | figures | reading"
    return table(head, map(row, found_patterns()))


def failures() -> str:
    """First what the model gets wrong, then what it gets right in part."""

    def line(each: Pattern) -> str:
        name = f"{each.name[0].upper()}{each.name[1:]}"
        worth = "" if each.standing == "held out" else f" ({each.standing}, so no test)"
        return f"- **{name}**{worth}. Fact: {each.outside}. Model: {told(each)}. {closing(each)}\n"

    def closing(each: Pattern) -> str:
        return f"{each.reading[0].upper()}{each.reading[1:]}." if each.reading else ""

    found = found_patterns()
    wrong, partly = ([each for each in found if each.verdict == verdict] for verdict in ("fail", "partly"))
    held = [each for each in found if each.standing == "held out"]
    passed = [each for each in held if each.verdict == "pass"]
    head = (
        f"Of {len(held)} facts that were held out the model passes {len(passed)}, gets "
        f"{sum(each.verdict == 'partly' for each in held)} in part, fails "
        f"{sum(each.verdict == 'fail' for each in held)} "
        f"and does not cover {sum(each.verdict == 'silent' for each in held)}.\n\n"
    )
    return f"{head}It fails at:\n\n{''.join(map(line, wrong))}\nIt is right in part at:\n\n{''.join(map(line, partly))}"


TABLES: dict[str, Callable[[], str]] = {
    "failures": failures,
    "corridors": corridors,
    "corridor accounts": corridor_accounts,
    "treaties": treaties,
    "commitment": commitment,
    "labour gaps": labour_gaps,
    "accounts": world_bank,
    "outside": outside,
}
