"""Tables of the page "The model": dials, presets, what is identified, the paradox, payments."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np

from economy.account_names import ACCOUNT_LABELS, ACCOUNTS
from economy.conventions import STANDARD, Conventions
from economy.corridors.fitting import refit_corridor
from economy.corridors.limits import close_payoff, report_expansion
from economy.evidence.corridor_survey import survey_corridors
from economy.evidence.robustness import Identification, game_robustness, identify_parameters
from economy.evidence.unlikeness import GAPS, paradox, trace_unlikeness
from economy.model.accounts import TABLE_GROUPS, positions
from economy.model.payoffs import solve_bilateral, solve_with_accounts
from economy.parameters import Entry, Parameters, entries, preset
from economy.policy.remedies import LUMP_SUM
from economy.policy.windows import LUMP_SUM_AMOUNTS, best_phasing, remedy_window

identified = cache(identify_parameters)
robust = cache(game_robustness)


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    columns = head.split(" | ")
    lines = [columns, ["---"] * len(columns), *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share in {0, 1} else f"{100 * share:.1f} %"


def number(value: float, digits: int = 2) -> str:
    """A figure with a true minus; a rounded zero has no sign, and NaN is "none"."""
    if np.isnan(value):
        return "none"
    text = f"{value:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def signed(value: float, digits: int = 2) -> str:
    text = number(value, digits)
    return text if text.startswith(("−", "none")) else f"+{text}"


# ---- dials


def dials(part: str) -> str:
    def row(entry: Entry) -> tuple[str, ...]:
        name, default = f"`{entry.name}`", f"{entry.default:.4g}"
        return name, entry.symbol, default, f"{entry.low:g} to {entry.high:g}", entry.unit, entry.meaning, entry.source

    head = "dial | symbol | default | limits | unit | what it is | source | confidence"
    chosen = (entry for entry in entries().values() if entry.touches == part)
    return table(head, ((*row(entry), entry.confidence) for entry in chosen))


# ---- the two pairs of the annex

PAIRS = {
    "equals, openness .25": preset("symmetric"),
    "rich and poor, .05": preset("asymmetric").replace(openness=0.05),
    "rich and poor, .25": preset("asymmetric"),
}


def pairs() -> str:
    """Payoffs in all cells, and the accounts where both open."""
    solved = [solve_with_accounts(p) for p in PAIRS.values()]
    rows: list[tuple[str, ...]] = []
    for player, name in enumerate(("host", "origin")):
        for cell, (row, column) in {"(L, L)": (0, 0), "(L, D)": (0, 1), "(D, L)": (1, 0)}.items():
            values = [float(stakes.payoffs[player, row, column]) for stakes, _ in solved]
            rows.append((f"{name}'s payoff in {cell}, % of own GDP", *(number(value, 4) for value in values)))
    both = [accounts.cell(0, 0) for _, accounts in solved]
    for at, name in enumerate(ACCOUNTS):
        if name != "old migrants":
            rows.append(
                (f"{ACCOUNT_LABELS[name]}, % of the pair's GDP", *(signed(float(x.total[at]), 4) for x in both))
            )
    memo = {"*of which sent home*": "sent_home", "Income": "income", "*cost of moving*": "cost_of_moving"}
    for name, field in {**memo, "**Net: welfare**": "welfare", "**Gross: GDP**": "gdp"}.items():
        rows.append((name, *(signed(float(getattr(x, field)), 4) for x in both)))
    return table(f"both open | {' | '.join(PAIRS)}", rows)


def stands() -> str:
    """Positions of the host's groups, in both rows of the tables."""
    rows: list[tuple[str, ...]] = []
    for name, p in PAIRS.items():
        stakes = solve_bilateral(p)
        for reciprocity, row in ((False, "opens alone"), (True, "both open")):
            found = positions(stakes, reciprocity=reciprocity)
            cells = (f"{label} ({signed(float(z))})" for label, z in zip(found.labels, found.z, strict=True))
            rows.append((name, row, *cells))
    return table(f"pair | row | {' | '.join(TABLE_GROUPS)}", rows)


# ---- what the tables identify


def pinned() -> str:
    """Which positions of the tables the box reproduces."""
    found: Identification = identified()
    names = [f"{group}, {row}" for row in ("alone", "reciprocal") for group in TABLE_GROUPS]
    rows = ((name, percent(first), percent(second)) for name, first, second in zip(names, *found.cells, strict=True))
    both = f"{100 * found.both:.1f} % ± {100 * found.error:.1f}"
    total = ("**all eight, and the class**", f"**{percent(found.equals)}**", f"**{percent(found.unequals)}**")
    return table("position | Table 6.A1 | Table 6.A3", [*rows, total, ("**both tables**", f"**{both}**", "")])


def weighed() -> str:
    """What reproducing them implies for each dial, the most informative first."""
    found = identified().dials
    order = sorted(found, key=lambda name: -abs(found[name].pull - 0.5))
    rows = ((f"`{n}`", f"{found[n].pull:.2f}", f"{found[n].low:.2g} to {found[n].high:.2g}") for n in order)
    return table("dial | pull | middle nine tenths", rows)


# ---- the paradox, gross and net


def dial() -> str:
    """Section 6: what could be gained, and what is signed, at every degree of unlikeness."""
    found = trace_unlikeness()
    gains = found.gains

    def row(at: int) -> tuple[str, ...]:
        level = float(gains.level_signed[at])
        figures = [gains.potential_gross[at], gains.best_net[at], gains.best_level[at], gains.net[at, -1]]
        parts = [gains.gross_signed[at], gains.net_signed[at], gains.share_gross[at], gains.share_net[at]]
        shown = [number(float(value)) for value in (*figures, *parts)]
        degree = f"{found.degrees[at]:.1f}"
        return degree, found.classes[at], *shown[:4], "none" if np.isnan(level) else f"{level:.3f}", *shown[4:]

    head = (
        "a | class at .25 | gross, full opening | best net | at openness | net, full opening | openness signed "
        "| signed gross | signed net | share of gross | share of net"
    )
    return table(head, map(row, range(found.degrees.size)))


def worlds() -> str:
    """The four hundred worlds, at some gaps."""
    found = paradox()
    gross, best, kept = (
        np.median(values, axis=0)
        for values in (found.gains.potential_gross, found.gains.best_net, found.gains.net_signed)
    )
    rows = (
        (
            f"{gap:g}",
            percent(float(found.agreement_share[at])),
            percent(float(found.binding_share[at])),
            percent(float(found.full_share[at])),
            number(float(gross[at])),
            number(float(best[at])),
            number(float(kept[at])),
        )
        for at, gap in enumerate(GAPS)
        if gap in {1.0, 1.5, 2.0, 4.0, 8.0}
    )
    head = (
        "gap | agreement | in a binding treaty | full opening | median gross gain, full opening | median best net gain "
        "| median net gain signed"
    )
    return table(head, rows)


FIXED: dict[str, dict[str, Any]] = {
    "as drawn": {},
    "no externality: `chi` 0": {"chi": 0.0},
    "no loss aversion: `loss` 1": {"loss": 1.0},
    "neither": {"chi": 0.0, "loss": 1.0},
    "neither, and less skilled labour at weight 1": {"chi": 0.0, "loss": 1.0, "w_U": 1.0},
    "a tenth of those left out come anyway: `leak` .1": {"leak": 0.1},
}


def needed() -> str:
    """What the paradox needs: the same worlds with some dials fixed."""

    def row(name: str, still: dict[str, Any]) -> tuple[str, ...]:
        found = paradox(**still)
        agreed, at, gains = found.agreement_share, GAPS.index(4.0), found.gains
        parts = [found.smaller(each) for each in (gains.share_gross, gains.share_net)]
        itself = [found.smaller(each) for each in (gains.gross_signed, gains.net_signed)]
        shares = (agreed[0], agreed[at], agreed[-1], found.full_share[at], *parts, *itself)
        return name, *(percent(float(share)) for share in shares)

    head = (
        "worlds | deal at gap 1 | at gap 4 | at gap 8 | full opening at gap 4 | smaller part, gross | smaller part, "
        "net "
        "| smaller gain, gross | smaller gain, net"
    )
    return table(head, (row(name, still) for name, still in FIXED.items()))


# ---- conventions

CONVENTIONS: dict[str, tuple[Conventions, dict[str, Any]]] = {
    "as they are": (STANDARD, {}),
    '`surplus="equivalent"`: pay at home times e^S − 1': (STANDARD.replace(surplus="equivalent"), {}),
    "`xmax` .05": (STANDARD, {"xmax": 0.05}),
    "`xmax` .10": (STANDARD, {"xmax": 0.10}),
    "`xmax` 1: hardly a bound": (STANDARD, {"xmax": 1.0}),
    '`crowding="everybody"`: public cost on the whole stock': (STANDARD.replace(crowding="everybody"), {}),
}


def conventions() -> str:
    """What a change of a convention does to the results."""
    standard = {code: one.report.limits.self_enforcing for code, one in survey_corridors().items()}

    def row(name: str, form: Conventions, changes: dict[str, Any]) -> tuple[str, ...]:
        limits, close = {}, []
        for code, one in survey_corridors().items():
            p = one.corridor.parameters.replace(conventions=form, **changes)
            limits[code] = report_expansion(p).limits.self_enforcing
            close.append(close_payoff(p))
        moved = sum(not abs(limits[code] - standard[code]) < 0.1 for code in limits)
        curve, drawn = trace_unlikeness(conventions=form, **changes).gains, paradox(conventions=form, **changes)
        net = (curve.best_net[0], curve.best_net[-1], curve.net[-1, -1])
        return (
            name,
            number(limits["MAR-ESP"]),
            str(moved),
            str(sum(payoff > 0 for payoff in close)),
            *(number(float(value)) for value in net),
            percent(drawn.more_to_gain(drawn.gains.best_net)),
            percent(drawn.smaller(drawn.gains.share_net)),
        )

    head = (
        "convention | limit of MAR-ESP | limits that move by more than .1, of 12 | hosts that gain by sending all home "
        "| best net gain, equals | rich and poor | full opening, rich and poor | worlds with more to gain, net, at "
        "gap 4 "
        "| with a smaller part of it signed"
    )
    return table(head, (row(name, *each) for name, each in CONVENTIONS.items()))


SENSITIVITY = (
    {"chi": 0.5},
    {"chi": 2.0},
    {"loss": 1.0},
    {"kappa": 0.0},
    {"kappa": 1.0},
    {"w_K": 1.0},
    {"theta": 0.6},
    {"services": 0.0},
)


def sensitivity() -> str:
    """What moves the limit of Morocco and Spain."""
    cases: dict[str, Parameters] = {"as they are": refit_corridor("MAR-ESP")}
    for changes in SENSITIVITY:
        cases[", ".join(f"`{name}` {value:g}" for name, value in changes.items())] = refit_corridor(
            "MAR-ESP", **changes
        )
    found = {name: report_expansion(p) for name, p in cases.items()}
    rows = (
        (
            name,
            number(report.limits.self_enforcing),
            number(report.limits.self_enforcing_with_levy),
            number(float(report.gains.best_net)),
            number(float(report.gains.net_signed)),
            signed(report.close),
        )
        for name, report in found.items()
    )
    return table("assumption | limit | with a levy | best net | signed net | Spain sends all home, % of GDP", rows)


# ---- payments

PAYMENTS: dict[str, dict[str, float]] = {
    "nothing else": {},
    "phased over five periods": {"years": 5.0},
    "skill partnership for half": {"gsp": 0.5},
    "immobile capital": {"kappa": 0.0},
    "these three": {"years": 5.0, "gsp": 0.5, "kappa": 0.0},
    "half the places": {"openness": 0.025},
    "levy shared half and half": {"tax_host": 0.5},
    "openness .25": {"openness": 0.25},
}


def payments() -> str:
    """Levies and lump sums that make an opening between rich and poor self-enforcing."""

    def row(name: str, changes: dict[str, float]) -> tuple[str, ...]:
        p = preset("asymmetric").replace(**{"openness": 0.05, **changes})
        levy, lump = remedy_window(p), remedy_window(p, LUMP_SUM, LUMP_SUM_AMOUNTS)
        shown = "none" if np.isnan(levy.low) else f"{100 * levy.low:.1f} to {100 * levy.high:.1f} %"
        return name, shown, "none" if np.isnan(lump.low) else f"{100 * float(lump.low):.3f} %"

    head = "beside it | levy on earnings abroad | lump sum from the origin, of the host's GDP"
    return table(head, (row(name, changes) for name, changes in PAYMENTS.items()))


def best_periods() -> tuple[float, float]:
    """Periods of phasing with the largest welfare at openness .05 and .25."""
    small, large = best_phasing(preset("asymmetric").replace(openness=np.array([0.05, 0.25])))
    return float(small), float(large)


TABLES: dict[str, Callable[[], str]] = {
    "market dials": lambda: dials("market"),
    "accounts dials": lambda: dials("accounts"),
    "politics dials": lambda: dials("politics"),
    "pairs": pairs,
    "stands": stands,
    "positions": pinned,
    "weighed": weighed,
    "dial": dial,
    "worlds": worlds,
    "what it needs": needed,
    "conventions": conventions,
    "sensitivity": sensitivity,
    "payments": payments,
}
