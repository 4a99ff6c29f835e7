"""The sentences of the page Explore on gains, levels and corridors: each is derived from the numbers it explains.

Which sentences may be printed: a gross gain of full opening stands beside its net gain; a larger gain makes the part
that is signed smaller, not the deal.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from economy.corridors.fitting import FREE_MOVEMENT, corridor
from economy.corridors.limits import FARTHEST
from economy.model.payoffs import TIE
from games.messages import join_messages, message
from views.explore.dials import EXPANSION, CountryPair, Settings, start_settings, values_by_key
from views.explore.gains import CoveredLimits, GainSummary, LevelGains
from views.explore.view_model import FlowBalance
from views.wording.screen import expansion, format_level, format_share, number, numbers

HOW_FAR = message("How far is this pair from a deal?")
LEVELS = message("Which openings would both sign?")
BEYOND = message("How far beyond today’s number?")
MONEY = message("Who gains how much, in money?")

PARADOX = message(
    "The less alike two countries are, the more could be gained, gross and net of what moving and crowding cost, and "
    "the smaller the part that both sign. This is the paradox of adverse interest."
)
CHOICES = message(
    "That the part falls needs none of the model’s assumptions on money. That the best net gain rises needs one of "
    "two: the gain of movers is counted as the pay abroad that they could give up and still go, or crowding costs at "
    "most 10 % of GDP."
)
SHARE_SAME = message("Along this dial the part that both sign does not fall: the paradox does not show.")
NET_SAME = message(
    "Along this dial the best net gain does not rise. The part that both sign falls: the paradox shows in the part "
    "only."
)
NO_PARADOX = message(
    "No paradox at these dials: at every step both would sign full opening. It takes crowding that residents feel, "
    "fear of loss, or an organised lobby."
)
NEVER = message("At these dials the two sign nothing at any step, not even as equals: the paradox cannot show.")
STRONG, WEAK = (
    message("What both sign falls too, from {first} to {last} net: the strong form of the paradox holds."),
    message("What both sign does not fall, {first} and {last} net: the strong form of the paradox fails."),
)
NO_VOTE = message("New migrants have no vote in the host, and movers have none at home.")
MOVED = message("Dials have been moved: these limits are not those of the corridor as it is fitted.")
COVERED_NOTE = message(
    "Whom the terms reach is the model’s most important switch, and an assumption. 100 %: all who are there today, in "
    "time. 0 %: newcomers only. The levy is the best of 0, 5, 10, 15 and 20 %, and the host keeps it."
)
FAILS_OPEN = message(
    "Both governments gain from any number up to all who are willing or the end of the dial. No such treaty exists: "
    "here the model fails."
)
FAILS_LIMIT = message(
    "The model says that {limit} would hold without a levy if the terms reach all who are there. No state binds that: "
    "here the model fails, unless a treaty reaches newcomers only."
)
REFUSED = message("The model says that no rise holds without a levy. States rarely bind access: the two agree.")
IN_FORCE = message("Free movement is in force here: {treaty}.")
HOLDS = message("In the model it holds.")
FAILS_TREATY = message("In the model it does not hold at full opening: here the model fails.")
RANGES = message("Levels at which both sign: {ranges}.")
NO_RANGE = message("Both sign no level at these dials.")
MANAGED_TODAY = message("today’s number, managed by both")


def format_people(people: float) -> str:
    """Format a number of people in thousands or millions; below a thousand in people."""
    if people < 999.5:
        return number(people, 0)
    if people >= 999_500:
        return message("{number} million", number=number(people / 1e6, 1 if people >= 9.95e6 else 2))
    return message("{number} thousand", number=number(people / 1000, 0 if people >= 9950 else 1))


def paradox_sentences(steps: tuple[str, str], summaries: Sequence[GainSummary], *, choices: bool = False) -> str:
    """Return whether the paradox shows along a dial, with the numbers at its two ends.

    Parameters
    ----------
    steps
        First and last value of the dial, as texts.
    summaries
        Gains at each step of the dial.
    choices
        Whether to add what the result rests on.

    Returns
    -------
    str
        The sentences.
    """
    if all(each.level_both_sign == each.full_level for each in summaries):
        return NO_PARADOX
    if all(each.level_both_sign is None for each in summaries):
        return NEVER
    first, last = summaries[0], summaries[-1]
    gross, full, net = (
        numbers(pair, 2, plus=True, unit="%")
        for pair in (
            (first.possible, last.possible),
            (first.full_net, last.full_net),
            (first.best_net, last.best_net),
        )
    )
    could = message(
        "From {start} to {end} on the dial, full opening brings from {gross} to {last_gross} of output, and from "
        "{full} to {last_full} net. The best opening brings from {net} to {last_net} net.",
        start=steps[0],
        end=steps[1],
        gross=gross[0],
        last_gross=gross[1],
        full=full[0],
        last_full=full[1],
        net=net[0],
        last_net=net[1],
    )
    part = message(
        "The part that both sign goes from {share} to {last_share} gross, and from {net} to {last_net} net.",
        share=format_share(first.share_gross, 0),
        last_share=format_share(last.share_gross, 0),
        net=format_share(first.share_net, 0),
        last_net=format_share(last.share_net, 0),
    )
    return join_messages(" ", [could, part, *_verdict(first, last, choices=choices)])


def _verdict(first: GainSummary, last: GainSummary, *, choices: bool) -> list[str]:
    """Return what the ends of the dial say of the paradox: weak form (the part falls) and strong form (the sum)."""
    if last.share_gross >= first.share_gross or last.share_net >= first.share_net:
        return [SHARE_SAME]
    rises = last.possible > first.possible and last.best_net > first.best_net
    told: list[str] = [PARADOX if rises else NET_SAME]
    ends = numbers((first.signed_net, last.signed_net), 2, plus=True, unit="%")
    told.append((STRONG if last.signed_net < first.signed_net else WEAK).format(first=ends[0], last=ends[1]))
    if choices and rises:
        told.append(CHOICES)
    return told


def full_opening(found: GainSummary, *, people: bool, pool: bool = False) -> str:
    """Return whether the last level is best for this pair, or too much.

    Parameters
    ----------
    found
        Gains of the pair.
    people
        Whether levels are people beyond today's number.
    pool
        Whether all who are willing have come at the last level.

    Returns
    -------
    str
        One sentence.
    """
    gross, full, best = numbers((found.possible, found.full_net, found.best_net), 2, plus=True, unit="%")
    values = {"gross": gross, "net": full, "best": best, "level": format_level(found.best_level, people=people)}
    if found.best_level == found.full_level:
        if people and not pool:
            return message(
                "At {level}, the end of the dial, the net gain still rises: {gross} gross, {net} net.", **values
            )
        if people:
            return message("It is best that all who are willing come, at {level}: {gross} gross, {net} net.", **values)
        return message("Full opening is best here: {gross} gross, {net} net.", **values)
    last = format_level(found.full_level, people=people)
    if people:
        return message(
            "More is not always better here: {last} brings {gross} gross and {net} net, and the best, {level}, {best} "
            "net.",
            last=last,
            **values,
        )
    return message(
        "Full opening is too much here: it brings {gross} gross and {net} net, and the best, {level}, {best} net.",
        **values,
    )


def level_ranges(found: LevelGains, *, people: bool) -> str:
    """Return the levels that both sign, as ranges of the levels that were tried."""
    runs: list[tuple[float, float]] = []
    before = False
    for level, holds in zip(found.levels[: found.count], found.signed, strict=False):
        if holds:
            runs.append((runs.pop()[0] if before else level, level))
        before = holds
    if not runs:
        return NO_RANGE
    texts = [
        format_level(low, people=people)
        if low == high
        else message("{low} to {high}", low=format_level(low, people=people), high=format_level(high, people=people))
        for low, high in runs
    ]
    return RANGES.format(ranges=join_messages(", ", texts))


def dial_sentence(level: str) -> str:
    """Return which level the answer and the tables of money and groups are for."""
    return message("The answer, the money and the groups are for the {level} on the dial.", level=level)


def people_sentence(pair: CountryPair, share: float, today: float, pool: float | None) -> str:
    """Return how many people the dial of a corridor stands for.

    Parameters
    ----------
    pair
        A corridor that starts from today's migrants.
    share
        People beyond today's number, as a share of it.
    today
        Today's number of people from the origin in the host.
    pool
        Share at which all who are willing have come; None beyond the dial.

    Returns
    -------
    str
        One or two sentences.
    """
    host, origin = pair.names
    told = message(
        "Today {today} people from {origin} live in {host}; {share} are {more} more.",
        today=format_people(today),
        origin=origin,
        host=host,
        share=expansion(share),
        more=format_people(share * today),
    )
    if pool is None or share <= pool:
        return told
    end = message(
        "All who are willing to go to {host} have come at {pool}, {more} more: more places there change nothing.",
        host=host,
        pool=expansion(pool),
        more=format_people(pool * today),
    )
    return join_messages(" ", [told, end])


def format_limit(limit: float, pool: float | None) -> str:
    """Return a limit of a corridor as a text: none, a number of people, all who are willing, or the end of the dial."""
    if isnan(limit):
        return message("none")
    if pool is not None and limit >= pool:
        return message("{limit}, all who are willing", limit=expansion(limit))
    if limit >= FARTHEST:
        return message("{limit} or more", limit=expansion(limit))
    return expansion(limit) if limit > 0 else MANAGED_TODAY


def corridor_verdict(pair: CountryPair, settings: Settings, limits: CoveredLimits) -> str:
    """Return where the model fails in a corridor that starts from today's migrants, and where it does not.

    Where another dial than those of people, levy and covered share has been moved, the text says that instead.

    Parameters
    ----------
    pair
        The two countries.
    settings
        Shown values of all dials.
    limits
        How far an agreement holds.
    """
    free = {EXPANSION.key, "levy", "covered"}
    now, start = values_by_key(pair, settings), values_by_key(pair, start_settings(pair))
    if any(now[key] != start[key] for key in now if key not in free):
        return MOVED
    found = limits.limits[0][1].self_enforcing
    end = FARTHEST if limits.pool is None else limits.pool
    if isnan(found) or found <= 0:
        return REFUSED
    return FAILS_OPEN if found >= end else FAILS_LIMIT.format(limit=expansion(found))


def treaty_verdict(pair: CountryPair, settings: Settings, found: LevelGains) -> str:
    """Return whether free movement that is in force holds in the model; where a dial was moved, that it was.

    Parameters
    ----------
    pair
        The two countries.
    settings
        Shown values of all dials.
    found
        Gains at every level.
    """
    treaty = IN_FORCE.format(treaty=FREE_MOVEMENT[corridor(pair.start).code])
    now, start = values_by_key(pair, settings), values_by_key(pair, start_settings(pair))
    if any(now[key] != start[key] for key in now if key != pair.level.key):
        return join_messages(" ", [treaty, MOVED])
    return join_messages(" ", [treaty, HOLDS if found.signed[found.count - 1] else FAILS_TREATY])


def flow_sentence(pair: CountryPair, found: FlowBalance) -> str:
    """Return the reciprocity index with both numbers of people."""
    host, origin = pair.names
    values = {"host": host, "origin": origin, "index": number(found.index, 2)}
    if found.people:
        there, back = format_people(found.there), format_people(found.back)
    else:
        there, back = numbers((100 * found.there, 100 * found.back), 1, unit="%")
    if not found.people:
        return message(
            "If both open, {there} of {host}’s workers come from {origin} and {back} go from {host} to {origin}, in "
            "the same unit. Reciprocity index {index}: 0 where all move one way, 1 where as many go as come.",
            there=there,
            back=back,
            **values,
        )
    told = message(
        "If both open, {there} people from {origin} are in {host} and {back} from {host} in {origin}. Reciprocity "
        "index {index}: 0 where all move one way, 1 where as many go as come.",
        there=there,
        back=back,
        **values,
    )
    if found.today is None:
        return told
    before = message(
        "Today they are {there} and {back}.", there=format_people(found.today[0]), back=format_people(found.today[1])
    )
    return join_messages(" ", [told, before])


def payoff_pair(payoffs: tuple[float, float]) -> list[str]:
    """Format the payoffs of host and origin as texts; a rounding error of the solver prints as zero."""
    return numbers([value if abs(value) > TIE else 0.0 for value in payoffs], 2, plus=True)
