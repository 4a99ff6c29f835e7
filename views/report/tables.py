"""Tables of the section on what came out: numbers, words, full opening, worlds, net beside gross, money accounts."""

from __future__ import annotations

from collections.abc import Mapping

from economy.account_names import ACCOUNT_LABELS, ACCOUNTS
from economy.accounts.rows import (
    ACCOUNT_HEADS,
    ACCOUNT_UNIT,
    ACCOUNTS_TITLE,
    COST_OF_MOVING,
    GDP,
    INCOME,
    SENT_HOME,
    WELFARE,
)
from games.messages import message
from lab.analysis.findings import Findings
from lab.analysis.paradox_worlds import FallCount
from lab.analysis.summaries import ArmSummary
from views.report.elements import (
    ARM,
    DRAWS,
    ENDS,
    ENDS_OF_SHARE,
    MEAN,
    MEASURE,
    NONE,
    SHARE,
    arm_column,
    condition_measure,
    condition_word,
    count,
    draws,
    format_interval,
    format_number,
    format_range,
    html_table,
    shares,
)
from views.wording.paradox_worlds import FULL
from views.wording.screen import format_share, per_cent


def numbers_table(found: Findings) -> str:
    """Render an HTML table with the mean, interval and quantiles of every numerical measure of a sweep.

    It has one row for each measure and arm. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            each.measure,
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            *_figures(each),
            f"{each.missing:,}",
        ]
        for each in found.summaries
    ]
    arm = arm_column(found, ARM)
    numbers = [MEAN, ENDS, message("Median"), message("5 % to 95 %"), message("Missing")]
    return html_table(message("Numbers"), [MEASURE, *arm, "n", DRAWS, *numbers], rows, 1 + len(arm))


def _figures(each: ArmSummary) -> list[str]:
    if each.interval is None or each.quantiles is None:
        return [NONE] * 4
    low, middle, high = (format_number(quantile) for quantile in each.quantiles)
    spread = message("does not vary") if each.constant else format_range(low, high)
    return [format_number(each.interval.mean), format_interval(each.interval), middle, spread]


def words_table(found: Findings) -> str:
    """Render an HTML table with the share of runs that have each word of a measure with words.

    It has one row for each measure, word and arm. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            condition_measure(each.measure),
            condition_word(each.measure),
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            format_share(each.interval and each.interval.mean),
            shares(each.interval),
        ]
        for each in found.shares
    ]
    arm = arm_column(found, ARM)
    heads = [MEASURE, message("Word"), *arm, "n", DRAWS, SHARE, ENDS_OF_SHARE]
    return html_table(message("Words"), heads, rows, 2 + len(arm))


def openings_table(found: Findings) -> str:
    """Render an HTML table with the share of points where both countries would open fully, one row per arm.

    A point is one combination of factor values. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.full
        if each.interval is not None
    ]
    arm = arm_column(found, ARM)
    return html_table(FULL, [*arm, message("Points"), DRAWS, SHARE, ENDS_OF_SHARE], rows, len(arm))


def worlds_table(found: Findings) -> str:
    """Render HTML tables of the worlds in which the part that is signed falls, and of those without the paradox.

    A world is an economy that is met at several productivity gaps. The first table has a row for each arm and gap, the
    second for each arm.
    """
    falls = [
        [
            each.arm,
            f"{gap.gap:g}",
            f"{each.counted:,}",
            *(_worlds(part) for part in (gap.gross, gap.net, gap.more_to_gain)),
        ]
        for each in found.unparadoxical
        for gap in each.comparisons
    ]
    heads = [
        ARM,
        message("Gap"),
        message("Counted"),
        message("Signed share of gross falls"),
        message("Signed share of best net falls"),
        message("More to gain, net, and a smaller share"),
    ]
    rows = [
        [
            each.arm,
            ", ".join(f"{gap:g}" for gap in each.gaps),
            *(f"{number:,}" for number in (each.worlds, each.nothing_signed, each.missing, each.counted, each.without)),
            NONE if each.interval is None else per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.unparadoxical
    ]
    names = [
        ARM,
        message("Gaps"),
        message("Worlds"),
        message("Nothing signed at the first"),
        message("No number"),
        message("Counted"),
        message("Without paradox"),
        SHARE,
        ENDS_OF_SHARE,
    ]
    compared = message("Worlds in which the signed share is smaller than at the first gap")
    without = message("Worlds without paradox: at no other gap is a smaller part signed than at the first")
    return html_table(compared, heads, falls, 1) + html_table(without, names, rows, 2)


def _worlds(found: FallCount | None) -> str:
    return NONE if found is None else message("{count} ({share})", count=f"{found.count:,}", share=_percent(found))


def _percent(found: FallCount) -> str:
    return per_cent(100 * found.interval.mean)


NET_HEADS: Mapping[str, str] = {
    "gain": message("Gross, both open"),
    "welfare": message("Net, both open"),
    "potential_gross": message("Gross at full opening"),
    "potential_net": message("Net at full opening"),
    "best_net": message("Best net"),
    "signed_gross": message("Signed, gross"),
    "signed_net": message("Signed, net"),
    "signed_best": message("Signed, best net"),
    "share_gross": message("Part of gross signed"),
    "share_net": message("Part of best net signed"),
}
"""Head of the column of each measure of a gain, in the order of the table: net stands beside gross."""


def net_table(found: Findings) -> str:
    """Render an HTML table of the mean gains, net beside gross, one row per arm; empty for fewer than two measures.

    An arm is a variant of the case that is compared.
    """
    means = _means(found)
    measured = [name for name in NET_HEADS if found.harvest.design.kind == "analyse" and name in means]
    if len(measured) < 2:
        return ""
    rows = [
        [*arm_column(found, arm), *(format_number(means[name][arm]) for name in measured)] for arm in found.harvest.arms
    ]
    arm = arm_column(found, ARM)
    title = message("Net beside gross. Means; gains in {unit}, parts of 1.", unit=ACCOUNT_UNIT)
    return html_table(title, [*arm, *(NET_HEADS[name] for name in measured)], rows, len(arm))


def accounts_table(found: Findings) -> str:
    """Render an HTML table of the mean money accounts of every arm, in the order in which they add up.

    It has the rows and signs of `economy.accounts.rows`, as far as they were measured; empty where no
    account was. An arm is a variant of the case that is compared.
    """
    means = _means(found)
    if not any(name.startswith("account.") for name in means):
        return ""
    rows = [
        [*arm_column(found, arm), label, *(_figure(means, name, arm, sign) for name in names)]
        for arm in found.harvest.arms
        for label, names, sign in ACCOUNT_ROWS
        if any(name in means for name in names)
    ]
    arm = arm_column(found, ARM)
    name, *columns = ACCOUNT_HEADS
    title = message("{title}. Means, in {unit}.", title=ACCOUNTS_TITLE, unit=ACCOUNT_UNIT)
    return html_table(title, [*arm, name, *columns], rows, 1 + len(arm))


ACCOUNT_ROWS: tuple[tuple[str, tuple[str, str, str], int], ...] = (
    *(
        (ACCOUNT_LABELS[name], (f"account_private.{name}", f"account_public.{name}", f"account.{name}"), 1)
        for name in ACCOUNTS
    ),
    (INCOME, ("", "", "income"), 1),
    (COST_OF_MOVING, ("", "", "cost_of_moving"), -1),
    (WELFARE, ("", "", "welfare"), 1),
    (SENT_HOME, ("", "", "sent_home"), 1),
    (GDP, ("", "", "gain"), 1),
)
"""Label, measures (private, public, total) and sign of each row: the cost of moving is taken off."""


def _means(found: Findings) -> dict[str, dict[str, float | None]]:
    """The mean of every numeric measure, by measure and arm."""
    means: dict[str, dict[str, float | None]] = {}
    for each in found.summaries:
        means.setdefault(each.measure, {})[each.arm] = None if each.interval is None else each.interval.mean
    return means


def _figure(means: Mapping[str, Mapping[str, float | None]], name: str, arm: str, sign: int) -> str:
    value = means.get(name, {}).get(arm)
    return "" if name not in means else NONE if value is None else format_number(sign * value, plus=True)
