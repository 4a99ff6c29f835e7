"""Sentences of the page "The model" that have figures; every figure is computed."""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np

from economy.conventions import STANDARD
from economy.evidence.corridor_survey import survey_corridors, survey_treaties
from economy.evidence.measures import correlation
from economy.evidence.robustness import agreement_at_inflow
from economy.evidence.table_6_2 import LIKE_THE_WORLD_MODEL, world_bank_dose
from economy.evidence.unlikeness import GAPS, paradox, trace_unlikeness
from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement, agreement_with_accounts, classify_games, solve_accounts, solve_bilateral
from economy.parameters import preset
from economy.policy.largest_openness import largest_openness
from tests.economy.page_tables import best_periods, number, percent, robust, signed, table

EQUALS, UNLIKE = preset("symmetric"), preset("asymmetric")
FRICTIONLESS = {
    **dict.fromkeys(("fee", "fee_managed", "match", "slack", "eta", "train"), 0.0),
    **dict.fromkeys(("phi_U", "phi_S", "phi_U_managed", "phi_S_managed", "openness"), 1.0),
    "nu": 0.15,
    "cost": 0.0,
}
LIKE_GALLUP = {"gap": 4.31, "size": 4.71, "slack": 0.0, "match": 0.0, "eta": 0.0, "openness": 1.0}
WILLING = 0.146
"""Workers of poor countries who are willing to move, Docquier, Machado and Sekkat (2015)."""
NAMES = {"prisoners-dilemma": "prisoner's dilemma", "deadlock": "deadlock"}
sweep = cache(trace_unlikeness)
drawn = cache(paradox)


def bullets(*lines: str) -> str:
    return "".join(f"- {line}\n" for line in lines)


# ---- figures to which nothing was fitted


def unfitted() -> str:
    """Figures of the model beside those of the literature."""
    doses = [
        float(agreement_at_inflow(UNLIKE.replace(**LIKE_THE_WORLD_MODEL, gap=gap, kappa=kappa))[0].gdp_gain)
        for gap in (4.0, 5.0)
        for kappa in (0.0, 1.0)
    ]
    gap, size, kappa = np.meshgrid([2.0, 3.0, 4.0, 5.5], [3.0, 4.8], [0.0, 1.0], indexing="ij")
    free = agreement(UNLIKE.replace(**FRICTIONLESS, gap=gap, size=size, kappa=kappa)).gdp_gain
    gallup = [as_many_as_say(kappa) for kappa in (0.0, 0.5, 1.0)]
    gross, net = ([100 * each[part] for each in gallup] for part in (0, 1))
    own = world_bank_dose(kappa=0.0)
    rows = (
        (
            "world GDP from 3 % more workers in the host, gap 4 to 5 (gross)",
            f"{signed(100 * min(doses))} to {signed(100 * max(doses))} %",
            "0.63 % at purchasing power, 1.19 % at market prices (World Bank 2006)",
        ),
        (
            "own-wage elasticity of scarce labour",
            f"{number(min(elasticities()))} to {number(max(elasticities()))}",
            "−0.3 to −0.4 (Borjas 2003): ours is rather strong",
        ),
        (
            "everybody may go, no frictions (gross)",
            f"{signed(100 * float(free.min()), 0)} to {signed(100 * float(free.max()), 0)} % of world GDP",
            "6 to 147 % (studies since Hamilton and Whalley 1984)",
        ),
        (
            "as many move as say they would (gross; `kappa` 0, .5, 1)",
            ", ".join(f"{signed(value, 1)} %" for value in gross),
            "11.5 to 12.5 %, range 7 to 17.9 (Docquier and others)",
        ),
        ("the same, net of moving and crowding", ", ".join(f"{signed(value, 1)} %" for value in net), "not given"),
        (
            "what host natives gain from 3 % more workers, of the host's GDP",
            f"**{signed(own.own)} %**",
            "+0.36 % (World Bank 2006, Table 6.2): the sign differs",
        ),
    )
    return table("figure | here | elsewhere", rows)


def as_many_as_say(kappa: float) -> tuple[float, float]:
    """Gross and net gain at the cost of moving at which WILLING of the origin's workers move."""
    world = UNLIKE.replace(**LIKE_GALLUP, kappa=kappa, cost=np.linspace(1.5, 3, 1501))
    cells = agreement(world)
    at = int(np.argmin(np.abs(cells.inflow[:, 0] / LIKE_GALLUP["size"] - WILLING)))
    return float(cells.gdp_gain[at]), float(cells.welfare[at])


@cache
def elasticities() -> tuple[float, ...]:
    """Change of the wage of the host's less skilled over the change of their log number, 3 % more workers."""
    found: list[float] = []
    for gap, kappa, idle in product((3.0, 4.0, 5.0, 6.0), (0.0, 1.0), ({}, {"slack": 0.5, "match": 0.15})):
        world = UNLIKE.replace(**{**LIKE_THE_WORLD_MODEL, "gap": gap, "kappa": kappa, **idle})
        cell, _ = agreement_at_inflow(world)
        used = float(world.phi_U_managed) * (1 + float(world.match))
        arrivals = used * float(cell.flows[1, 0, 0]) / float(world.u0)
        found.append(float(cell.relative[0, GROUPS.index("scarce_U")]) / 100 / float(np.log1p(arrivals)))
    return tuple(found)


# ---- robustness


def robustness() -> str:
    found = robust()
    alone = float(found.alike_matches[1])
    return bullets(
        f"Between equals the stag hunt is robust ({percent(found.alike['stag-hunt'])} of draws, also with other "
        "mirrored "
        f"endowments), and between unequal countries the bully game ({percent(found.unlike['bully'])}).",
        f"The printed labels are not robust: {percent(alone)} of the draws between equals have abundant labour "
        "weakly in "
        "favour when a country opens alone.",
    )


# ---- the paradox


def picture() -> str:
    """What may be printed of the dial and of the draws."""
    gains, worlds = sweep().gains, drawn()
    steps = np.diff(gains.best_net)
    last = int(np.flatnonzero(gains.share_net > 0)[-1])
    kinds = sweep().classes
    first = next(at for at, kind in enumerate(kinds) if kind == "bully")
    best, share = worlds.gains.best_net, worlds.gains.share_net
    other = paradox(conventions=STANDARD.replace(surplus="equivalent"))
    return bullets(
        "The less alike two countries are, the more could be gained, gross and net of what moving and crowding cost, "
        "and "
        "the smaller the part that both sign.",
        f"Along the dial the gross gain rises at every step ({number(float(gains.potential_gross[0]))} to "
        f"{number(float(gains.potential_gross[-1]))} % of GDP), the best net gain from "
        f"{number(float(gains.best_net[0]))} "
        f"to {number(float(gains.best_net[-1]))} % with {int((steps < 0).sum())} small falls of at most "
        f"{number(float(-steps.min()), 3)}; what is signed is all of it at a = 0, "
        f"{percent(float(gains.share_net[2]))} at "
        f".2, {percent(float(gains.share_net[last]))} at .{last} and nothing from .{last + 1} on (net); the class "
        "changes "
        f"once, between .{first - 1} and .{first}.",
        f"Over {best.shape[0]} random worlds the best net gain at gap 4 is larger than between equals in "
        f"{percent(worlds.more_to_gain(best))}; of the worlds where equals agree, a smaller part is signed in "
        f"{percent(worlds.smaller(worlds.gains.share_gross))} (gross) and {percent(worlds.smaller(share))} (net), "
        "and both "
        f"hold in {percent(worlds.picture())}. The signed gain itself falls in "
        f"{percent(worlds.smaller(worlds.gains.net_signed))}: say *the smaller part*, not *the smaller deal*.",
        "That a smaller part is signed depends little on our choices; that the best net gain rises depends on one. "
        "With "
        f"the surplus e^S − 1 the part falls in {percent(other.smaller(other.gains.share_net))}, and the best net gain "
        f"rises in {percent(other.more_to_gain(other.gains.best_net))}.",
        "Full opening is best between equals and too much between unlike countries, at the default `xmax`: net it "
        "brings "
        f"{signed(float(gains.net[0, -1]))} % at a = 0 and {signed(float(gains.net[-1, -1]))} % at a = 1.",
        f"Gross gain is nearly linear in openness: a quarter of the places brings {percent(early()[0])} of it between "
        f"rich and poor. The net gain comes early: {signed(early()[1])} % at .25, {signed(early()[2])} % at 1.",
    )


@cache
def early() -> tuple[float, float, float]:
    """Share of the gross gain at openness .25, net gain at .25 and at 1; rich and poor."""
    _, found = agreement_with_accounts(UNLIKE.replace(openness=np.array([0.25, 1.0])))
    return float(found.gdp[0] / found.gdp[1]), float(found.welfare[0]), float(found.welfare[1])


def needs() -> str:
    """What the paradox needs, and where agreements are."""
    pair = largest_openness(EQUALS.replace(gap=np.array([1.0, 4.0]), loss=1.0))
    leaky = paradox(leak=0.1).agreement_share
    areas = [map_without(), map_without(kappa=1.0), map_without(w_U=0.8, w_K=1.3)]
    first = first_levels()
    least = largest_openness(EQUALS.replace(gap=2.0, chi=0.05, loss=1.5))
    alone = {"phi_U_managed": EQUALS.phi_U, "phi_S_managed": EQUALS.phi_S, "fee_managed": EQUALS.fee}
    kinds = classify_games(solve_bilateral(EQUALS.replace(openness=np.array([0.05, 0.5]), **alone)))
    switch = [first_bully(kappa) for kappa in (0.0, 1.0)]
    free = agreement(UNLIKE.replace(openness=1.0, chi=0.0)).welfare
    return bullets(
        "**It needs one of three things**: a public cost of arrivals, losses that count more than gains, or a lobby "
        "of the "
        "competing labour. Without all three, full opening is possible at every gap. A lobby of capital alone does not "
        "cause the paradox, and the default loss aversion alone is too weak; 1.5 is enough.",
        "With the defaults and governments that weigh gains and losses equally, the gross gain that a pair realises "
        "is "
        f"{number(float(pair.gain[1] / pair.gain[0]), 1)} times as large at gap 4 as at gap 1, and its part of the "
        "whole "
        f"falls from {percent(float(pair.gain[0] / pair.full[0]))} to {percent(float(pair.gain[1] / pair.full[1]))}.",
        f"On a map of loss aversion (1 to 1.6) against the externality (.02 to 8, log scale) the paradox is absent in "
        f"{percent(areas[0])} of the area with immobile capital, {percent(areas[1])} with mobile capital, and "
        f"{percent(areas[2])} with a lobby of capital that is stronger than that of labour. These shares depend on the "
        "limits of the map.",
        f"The set of feasible openness does not begin at zero. Very small deals fail because of their fixed cost: the "
        f"smallest feasible openness is {number(first[0], 3)} between equals, {number(first[1], 3)} at gap 1.5 and "
        f"{number(first[2], 3)} at gap 8. With strong loss aversion and hardly any externality only openness from "
        f"{number(float(least.grid[least.feasible].min()))} is feasible. So search all levels and do not use "
        "bisection.",
        "Equals play a stag hunt because cooperation has gains: recognised skills and lower fees. Without these "
        "gains the "
        f"game is a {NAMES[str(kinds[1])]}, and a {NAMES[str(kinds[0])]} if few are admitted.",
        "The mobility of capital determines where the class changes: the first bully game between equals but for "
        "their "
        f"productivity is at gap {number(switch[0], 3)} with immobile capital and at {number(switch[1], 3)} with "
        "mobile "
        "capital.",
        f"If a tenth of those left out come anyway, agreements are not rarest at the widest gap: "
        f"{percent(float(leaky[-1]))} of worlds at gap 8, {percent(float(leaky.min()))} at gap "
        f"{GAPS[int(leaky.argmin())]:g}.",
        f"Without the externality full opening would bring {signed(100 * float(free))} % net between rich and poor. "
        "The "
        "sign depends on `chi`, an assumption.",
    )


def map_without(**changes: float) -> float:
    """Part of the map of loss aversion and externality without the paradox."""
    levels = np.concatenate([[0.005, 0.01, 0.02, 0.03, 0.05, 0.075], np.linspace(0.1, 1, 19)])
    loss, chi = np.linspace(1, 1.6, 25)[:, None, None], np.geomspace(0.02, 8, 25)[:, None]
    found = largest_openness(EQUALS.replace(loss=loss, chi=chi, gap=np.array([1.0, 4.0]), **changes), levels).level
    return float(((found[..., 0] > 0) & (found[..., 0] == found[..., 1])).mean())


def first_levels() -> list[float]:
    levels = np.linspace(0.001, 0.2, 200)
    found = largest_openness(EQUALS.replace(gap=np.array([1.0, 1.5, 8.0])), levels)
    return [float(levels[at]) for at in np.argmax(found.feasible, axis=-1)]


def first_bully(kappa: float) -> float:
    gaps = np.arange(1, 4, 0.025)
    kinds = classify_games(solve_bilateral(EQUALS.replace(kappa=kappa, gap=gaps)))
    return float(gaps[np.argmax(kinds == "bully")])


# ---- corridors


def facts() -> str:
    """What the corridors say."""
    rows, treaties = survey_corridors(), survey_treaties()
    wide = {code: one for code, one in rows.items() if not one.has_no_limit}
    rises = [one.report.limits.self_enforcing for one in wide.values()]
    levied = [one.limits[0.0].self_enforcing_with_levy for one in wide.values()]
    best = np.array([float(one.report.gains.best_net) for one in rows.values()])
    kept = np.array([float(one.report.gains.net_signed) for one in rows.values()])
    old = [one.terms + one.competition for one in rows.values()]
    sent = sum(one.close_whole_stock > 0 for one in rows.values())
    half = [one.report.stakes.payoffs[2, 1, 0, 0] for one in rows.values()]
    largest = list(rows)[int(np.argmax(half))]
    return bullets(
        f"In all {sum(one.report.classes[0] == 'stag-hunt' for one in rows.values())} corridors without free "
        "movement a "
        "managed treaty at today's number is a stag hunt: both gain. What is signed is management.",
        f"In {len(wide)} of {len(rows)} every rise above the limit is a bully game: what is refused is numbers. "
        f"{', '.join(code for code in rows if code not in wide)} have no limit short of the pool: **a failure**, no "
        "such "
        "treaty exists.",
        f"Binding access is rare, **only in part**. With all who are there covered, a rise of {whole(min(rises))} to "
        f"{whole(max(rises))} would hold without a levy in the {len(wide)}; nobody binds that. If a treaty reaches "
        f"newcomers only, none holds there, and with a levy {sum(rise > 0 for rise in levied)} of {len(wide)} do "
        f"({whole(float(np.nanmin(levied)))} to {whole(float(np.nanmax(levied)))} more). So it rests on "
        "`covered`, an assumption.",
        f"No host gains by sending all home. With the public cost on everybody {sent} of {len(rows)} would: that is "
        "the "
        "evidence for people beyond today's number, and the convention was chosen because of it (in sample).",
        f"Across corridors the signed net gain rises with the best net gain (rank correlation "
        f"{signed(correlation(best, kept))}), and the signed share hardly moves "
        f"({signed(correlation(best, kept / best))}): "
        "*the paradox is not visible across our corridors*.",
        f"Earlier migrants gain in all of them ({signed(min(old))} to {signed(max(old))} % of the pair's GDP at x = "
        ".5), "
        "where Table 6.2 makes them the largest relative losers. Better terms bring them more than competition takes.",
        f"Free movement holds in {', '.join(code for code, one in treaties.items() if one.holds)}; Australia with New "
        f"Zealand is on the edge (it holds at openness {openings('NZL-AUS')}, not at 1), ECOWAS "
        f"({'BFA-CIV'}) at {openings('BFA-CIV')}. That Britain left is not explained.",
        f"Origins' payoffs are large: {number(float(half[list(rows).index('MAR-ESP')]), 1)} % of GDP for Morocco at "
        f"x = .5, {number(float(max(half)), 1)} % in {largest}. Then {whole(abroad('MAR-ESP'))} and "
        f"{whole(abroad(largest))} "
        "of the origin's workers are abroad, each earns several times the pay at home, and `slack` makes that larger "
        "still. "
        "Politics compares signs, not sizes.",
    )


def whole(share: float) -> str:
    return f"{100 * share:.0f} %"


def abroad(code: str) -> float:
    """Share of the origin's workers who are in the host at half as many again as today."""
    found = survey_corridors()[code].corridor
    return 1.5 * found.stock[0] / float(found.parameters.size)


def openings(code: str) -> str:
    gains = survey_treaties()[code].gains
    held = gains.levels[gains.signed]
    return f"{held.min():g} to {held.max():g}" if held.size else "no openness"


def levy() -> str:
    """A levy and phasing, in two sentences."""
    p = UNLIKE.replace(openness=0.05, tax=np.array([0.0, 0.1, 0.3]))
    cell = solve_accounts(p).cell(0, 0)
    small, large = best_periods()
    periods = solve_accounts(UNLIKE.replace(openness=0.05, years=np.array([1.0, small, 20.0]))).cell(0, 0)
    new, host, welfare = (
        [number(float(v)) for v in each] for each in (cell.total[:, 3], cell.total[:, 0], cell.welfare)
    )
    return bullets(
        "A levy moves money and changes welfare only by who goes: at 0, 10 and 30 % new migrants get "
        f"{', '.join(new)}, "
        f"host natives {', '.join(host).replace('-', '−')}, and welfare is {', '.join(welfare)} % of the pair's GDP "
        "(rich and poor, openness .05).",
        f"Phasing delays the gains and thins out crowding: over {small:g} periods welfare is "
        f"{number(float(periods.welfare[1]))} against {number(float(periods.welfare[0]))} at once and "
        f"{number(float(periods.welfare[2]))} over 20; at openness .25 the best number of periods is {large:g}.",
        "A lump sum from the origin is self-enforcing at a small opening, where the families' cash covers it, and "
        "not at a "
        "large one.",
    )


CLAIMS: dict[str, Callable[[], str]] = {
    "unfitted": unfitted,
    "robustness": robustness,
    "picture": picture,
    "needs": needs,
    "facts": facts,
    "levy": levy,
}
