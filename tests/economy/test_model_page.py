"""The page "The model": its tables are counted anew and compared, so that no figure in it grows old.

`WRITE_TABLES=1 pytest tests/economy/test_model_page.py` writes them into the page.
"""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from economy.corridors.data import corridor_names
from economy.corridors.fitting import corridor
from economy.evidence.robustness import GAPS, agreement_at_inflow, classify_games, identify_parameters, paradox
from economy.evidence.stylised_facts import patterns
from economy.model.accounts import ACCOUNTS, TABLE_GROUPS, accounts
from economy.model.group_gains import GROUPS
from economy.model.payoffs import solve_bilateral
from economy.parameters import Entry, entries, preset
from economy.policy.largest_openness import largest_openness

PAGE = Path(__file__).resolve().parents[2] / "docs" / "model.md"
MARK = re.compile(r"<!-- table: (?P<name>[\w -]+) -->\n(?P<table>.*?)<!-- end -->", re.DOTALL)


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    columns = head.split(" | ")
    lines = [columns, ["---"] * len(columns), *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share in {0, 1} else f"{100 * share:.1f} %"


def dials(part: str) -> str:
    def row(entry: Entry) -> tuple[str, ...]:
        name, default = f"`{entry.name}`", f"{entry.default:.4g}"
        return name, entry.symbol, default, f"{entry.low:g} to {entry.high:g}", entry.unit, entry.meaning, entry.source

    head = "dial | symbol | default | limits | unit | what it is | source | confidence"
    chosen = (entry for entry in entries().values() if entry.touches == part)
    return table(head, ((*row(entry), entry.confidence) for entry in chosen))


def needed() -> str:
    """What the paradox needs: the same worlds with some dials held still."""
    fixed: dict[str, dict[str, Any]] = {
        "as drawn": {},
        "no externality: `chi` 0": {"chi": 0.0},
        "no loss aversion: `loss` 1": {"loss": 1.0},
        "neither": {"chi": 0.0, "loss": 1.0},
        "neither, and less skilled labour at weight 1": {"chi": 0.0, "loss": 1.0, "w_U": 1.0},
        "a tenth of those left out come anyway: `leak` .1": {"leak": 0.1},
    }

    def row(name: str, still: dict[str, Any]) -> tuple[str, ...]:
        found = paradox(**still)
        at = GAPS.index(4.0)
        full = (found.level[:, at] == 1).mean()
        shares = (
            found.agreement_share[0],
            found.agreement_share[at],
            found.agreement_share[-1],
            full,
            found.weak(),
            found.strong_form_share(),
        )
        return name, *(percent(float(share)) for share in shares)

    head = "worlds | deal at gap 1 | at gap 4 | at gap 8 | full opening at gap 4 | weak form | strong form"
    return table(head, (row(name, still) for name, still in fixed.items()))


def fitted() -> str:
    """The corridors: data, fitted openness, class, and how the class moves."""
    variants = ("openness .25", "kappa 0", "kappa 1", "earlier migrants")

    def row(code: str) -> tuple[str, ...]:
        found = corridor(code)
        given = found.parameters
        others = [found.variants[name] for name in variants]
        kinds = [str(classify_games(solve_bilateral(each))) for each in (given, *others, given.replace(services=0.0))]
        openness = f"{given.openness:.3f}" if float(np.max(given.openness)) < 1 else "1, clipped"
        room = float(largest_openness(given).level)
        return code, f"{given.gap:.2f}", f"{given.size:.2f}", percent(found.inflow), openness, *kinds, f"{room:.2f}"

    head = (
        f"corridor | gap | size | migrants, share of workers | openness fitted | class | {' | '.join(variants)} "
        "| no services | largest self-enforcing openness"
    )
    return table(head, map(row, corridor_names()))


def pinned() -> str:
    """Which positions of the tables the box reproduces."""
    found = identify_parameters()
    names = [f"{group}, {row}" for row in ("alone", "reciprocal") for group in TABLE_GROUPS]
    rows = ((name, percent(first), percent(second)) for name, first, second in zip(names, *found.cells, strict=True))
    both = f"{100 * found.both:.1f} % ± {100 * found.error:.1f}"
    total = ("**all eight, and the class**", f"**{percent(found.equals)}**", f"**{percent(found.unequals)}**")
    return table("position | Table 6.A1 | Table 6.A3", [*rows, total, ("**both tables**", f"**{both}**", "")])


def weighed() -> str:
    """What reproducing them says about each dial, the telling ones first."""
    found = identify_parameters().dials
    order = sorted(found, key=lambda name: -abs(found[name].pull - 0.5))
    rows = ((f"`{n}`", f"{found[n].pull:.2f}", f"{found[n].low:.2g} to {found[n].high:.2g}") for n in order)
    return table("dial | pull | middle nine tenths", rows)


PUBLISHED = {
    "host natives": ("+0.36", 139),
    "old migrants": ("−6.02", -88),
    "origin natives": ("+0.86", 143),
    "new migrants": ("+589", 481),
}
"""Alonso, Table 6.2 (World Bank 2006), nominal totals: % of own income, billion US$ of 674, which are 1.19 %."""
WAGES = [GROUPS.index(group) for group in ("scarce_U", "skilled_S", "capital")]
OLD_STOCK = 0.0365
"""Earlier migrants, share of income in high-income countries: 88/6.02 over that and 139/.36."""


def signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")


def beside() -> str:
    """The four accounts of 3 % more workers, beside the published ones; % of the world's income."""
    world = preset("asymmetric").replace(size=4.8, slack=0.0, match=0.0, old_stock=OLD_STOCK)
    doses = [agreement_at_inflow(world.replace(kappa=kappa)) for kappa in (0.0, 1.0)]
    totals = [accounts(cell).totals for cell in doses]
    parts = [cell.gdp / cell.gdp.sum() for cell in doses]
    own = {"host natives": 1 - OLD_STOCK, "origin natives": 1.0}

    def row(name: str) -> tuple[str, ...]:
        relative, billions = PUBLISHED[name]
        found = [float(total[name] or 0.0) for total in totals]
        side = 0 if name == "host natives" else 1
        alone = float(totals[0][name] or 0.0) / (parts[0][side] * own[name]) if name in own else None
        if name == "old migrants":
            alone = float(doses[0].relative[0, GROUPS.index("old_migrants")])
        share = signed(billions / 674 * 1.19)
        return name, relative, share, signed(alone) if alone is not None else "", *map(signed, found)

    def also(name: str, values: list[float]) -> tuple[str, ...]:
        return f"*{name}*", "", "", "", *map(signed, values)

    work = [float(cell.groups[0, WAGES].sum() * part[0]) for cell, part in zip(doses, parts, strict=True)]
    rest = [float(total["host natives"] or 0.0) - each for total, each in zip(totals, work, strict=True)]
    sent = [
        float((cell.groups[:, GROUPS.index("families")] * part).sum()) for cell, part in zip(doses, parts, strict=True)
    ]
    paid = [each / float(world.rho) - each for each in sent]
    rows = [
        row("host natives"),
        also("their wages and capital", work),
        also("public purse, crowding, apparatus", rest),
        row("old migrants"),
        row("origin natives"),
        also("remittances in it", sent),
        row("new migrants"),
        also("their pay, before costs of moving", paid),
        ("world", "+1.19", "+1.19", "", *(signed(100 * float(cell.welfare)) for cell in doses)),
        also("gross: world GDP", [100 * float(cell.gdp_gain) for cell in doses]),
    ]
    assert [name for name, *_ in rows if name in ACCOUNTS] == list(ACCOUNTS)
    head = (
        "account | Table 6.2, % of own income | Table 6.2, % of the world's | here, κ 0, % of own "
        "| here, κ 0, % of the world's | here, κ 1, % of the world's"
    )
    return table(head, rows)


def outside() -> str:
    """The patterns nobody fitted."""
    shown = {"pass": "pass", "partly": "in part", "fail": "**fail**", "silent": "has no word"}

    def row(
        name: str, seen: str, source: str, verdict: str, figures: dict[str, float], reading: str
    ) -> tuple[str, ...]:
        told = "; ".join(f"{key} {value:.2f}" for key, value in figures.items())
        return name, f"{seen} ({source})", shown[verdict], told or "-", reading

    return table("pattern | seen outside | the model | figures | reading", (row(*found) for found in patterns()))


TABLES: dict[str, Callable[[], str]] = {
    "market dials": lambda: dials("market"),
    "accounts dials": lambda: dials("accounts"),
    "politics dials": lambda: dials("politics"),
    "what it needs": needed,
    "corridors": fitted,
    "positions": pinned,
    "weighed": weighed,
    "accounts": beside,
    "outside": outside,
}


def test_the_page_has_every_table_once() -> None:
    found = [match["name"] for match in MARK.finditer(PAGE.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_its_table_is_up_to_date(name: str) -> None:
    page, fresh = PAGE.read_text(encoding="utf-8"), f"\n{TABLES[name]()}\n"
    if os.environ.get("WRITE_TABLES"):
        place = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        PAGE.write_text(place.sub(lambda match: match[1] + fresh + match[2], page), encoding="utf-8")
        return
    (there,) = [match["table"] for match in MARK.finditer(page) if match["name"] == name]
    assert there == fresh, "renew it with WRITE_TABLES=1 pytest tests/economy/test_model_page.py"
