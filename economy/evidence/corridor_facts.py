"""Stylised facts that are counted on the sixteen corridors.

What the model gets wrong is a row like any other: the verdict follows from figures by a rule in the code.
"""

from __future__ import annotations

import numpy as np

from economy.corridors.fitting import COMMITMENT
from economy.evidence.corridor_survey import COVERED, SurveyedCorridor, survey_corridors, survey_treaties
from economy.evidence.measures import NO_RANK, Pattern, Verdict, correlation
from economy.parameters import Array
from economy.policy.largest_openness import agreement_margins, both_gain

AGREEMENTS = "Chilton and Posner (2017), SSRN working paper 2926994: 582 bilateral labour agreements, 1945-2015"
GULF = ("PHL-SAU", "PHL-ARE", "BGD-SAU", "IND-ARE", "NPL-QAT")
"""Corridors into states of the Gulf."""
MANY = 0.5
"""A share of corridors above this is most of them."""
WITH_COST = f"where binding costs {100 * COMMITMENT:g} % of GDP"
EDGE = 0.05
"""A margin below this, % of GDP, is on the edge (assumption)."""
LEVIED, PLAIN = "self_enforcing_with_levy", "self_enforcing"


def corridor_patterns() -> tuple[Pattern, ...]:
    """The facts that are counted on corridors, in a fixed order; takes a few seconds the first time."""
    return (
        many_agreements(),
        binding_access(),
        numbers_without_limit(),
        gulf(),
        host_closure(),
        free_movement_holds(),
        britain(),
        paradox_over_corridors(),
        earlier_migrants(),
    )


def many_agreements() -> Pattern:
    """Agreements are many: do both governments gain from managing today's number?

    Pass: in every corridor. Partly: in most.
    """
    found = survey_corridors()
    plain, bound = (
        float(np.mean([bool(both_gain(stakes)[0]) for stakes in reports]))
        for reports in ([one.report.stakes for one in found.values()], [one.bound.stakes for one in found.values()])
    )
    return Pattern(
        "agreements are many",
        "states have signed hundreds of labour agreements, also between unequal countries",
        AGREEMENTS,
        "held out",
        "pass" if plain == 1 else "partly" if plain > MANY else "fail",
        {"both gain at today's number": plain, WITH_COST: bound},
        "what is signed is management, what is refused is numbers" if plain > MANY else "",
    )


def binding_access() -> Pattern:
    """Binding access is rare: does a rise above today's number hold in few corridors?

    Pass: in at most half of the corridors, without a levy, whoever a treaty reaches. Partly: for some of COVERED. With
    a levy is shown beside.
    """
    figures: dict[str, float] = {}
    shares: list[float] = []
    for covered in COVERED:
        plain, levied = (_share_with_rise(covered, limit) for limit in (PLAIN, LEVIED))
        figures |= {f"covered {covered:g}": plain, f"covered {covered:g}, levy up to 20 %": levied}
        shares.append(plain)
    rare = [share <= MANY for share in shares]
    return Pattern(
        "binding access is rare",
        "few agreements bind a number of places above today's",
        "Alonso, section 6.1; schedules of commitments under GATS mode 4",
        "held out",
        "pass" if all(rare) else "partly" if any(rare) else "fail",
        figures,
        "it rests on `covered`, an assumption"
        + (
            ": only where a treaty reaches newcomers only does a rise hold in few"
            if rare == [False, False, True]
            else ""
        ),
    )


def _share_with_rise(covered: float, limit: str) -> float:
    rises = [getattr(one.limits[covered], limit) for one in survey_corridors().values()]
    return float(np.mean([rise > 0 for rise in rises]))


def numbers_without_limit() -> Pattern:
    """Every host has a limit: is there one in the model? Fail: in one corridor at least both gain from any number."""
    found = survey_corridors()
    without = [code for code, one in found.items() if one.has_no_limit]
    refused = [code for code, one in found.items() if code not in without and _only_bully_beyond(one)]
    return Pattern(
        "numbers have a limit",
        "no host without free movement admits all who are willing; the Bracero agreement of the United States and "
        "Mexico ended in 1964",
        "treaties by corridor in FREE_MOVEMENT; Alonso, section 6.1",
        "held out",
        "fail" if without else "pass",
        {
            "corridors without a limit": float(len(without)),
            "corridors where every rise above the limit is a bully game": float(len(refused)),
            "corridors": float(len(found)),
        },
        f"no limit short of the pool in {', '.join(without)}: no quota politics, one labour market" if without else "",
    )


def _only_bully_beyond(one: SurveyedCorridor) -> bool:
    limit = one.report.limits.self_enforcing
    beyond = [kind for level, kind in zip(one.levels, one.report.classes, strict=True) if level > limit]
    return bool(beyond) and set(beyond) == {"bully"}


def gulf() -> Pattern:
    """States of the Gulf sign with much poorer origins, and do not send their migrants home.

    One point when in every corridor of GULF a rise above today's number holds. One point when no host there gains by
    sending all home. Pass: two points; partly: one.
    """
    found = [survey_corridors()[code] for code in GULF]
    limits = [one.report.limits.self_enforcing for one in found]
    closing = max(one.report.close for one in found)
    points = int(min(limits) > 0) + int(closing < 0)
    return Pattern(
        "the Gulf signs and does not close",
        "hosts in the Middle East sign with much poorer origins",
        AGREEMENTS,
        "in sample",
        _by_points(points),
        {"smallest limit": min(limits), "largest limit": max(limits), "best payoff from sending all home": closing},
        "the public cost of people beyond today's was chosen after the Gulf came out against the facts; five times "
        "today's number in the Gulf is extrapolation",
    )


def host_closure() -> Pattern:
    """No host sends its migrants home: does one gain by it in the model? Pass: none; partly: fewer than half."""
    found = survey_corridors().values()
    gain = float(np.mean([one.report.close > 0 for one in found]))
    whole = float(np.mean([one.close_whole_stock > 0 for one in found]))
    return Pattern(
        "no host sends its migrants home",
        "the migrants are there, so no host prefers to be without them",
        "UN DESA, International Migrant Stock 2020: revealed preference",
        "in sample",
        "pass" if gain == 0 else "partly" if gain < MANY else "fail",
        {
            "hosts that gain by it": gain,
            "hosts that gain, public cost on everybody": whole,
            "best payoff from it": max(one.report.close for one in found),
        },
        "the evidence for a public cost of people beyond today's number, which was chosen because of it",
    )


def free_movement_holds() -> Pattern:
    """Four corridors have free movement: is it self-enforcing in the model? Pass: in all; partly: in some."""
    found = survey_treaties()
    holding = [code for code, one in found.items() if one.holds]
    never = [code for code, one in found.items() if not one.gains.signed.any()]
    bound = [code for code, one in found.items() if agreement_margins(one.bound).min() >= 0]
    edge = agreement_margins(found["NZL-AUS"].stakes).min()
    return Pattern(
        "free movement holds where it is in force",
        "European Union, Trans-Tasman, ECOWAS: treaties that were in force when the data were taken",
        "treaties by corridor in FREE_MOVEMENT",
        "held out",
        "pass" if len(holding) == len(found) else "partly" if holding else "fail",
        {
            "treaties that hold": float(len(holding)),
            "treaties that hold at no openness": float(len(never)),
            f"treaties that hold, {WITH_COST}": float(len(bound)),
            "treaties": float(len(found)),
            "NZL-AUS, smallest margin in % of GDP": float(edge),
        },
        _joined(
            f"holds in {', '.join(holding)}" if holding else "holds nowhere",
            "NZL-AUS is on the edge" if abs(edge) < EDGE else "",
            f"{', '.join(never)} holds at no openness, against the facts" if never else "",
        ),
    )


def britain() -> Pattern:
    """Britain left free movement: does its government gain by leaving? Pass: it does."""
    payoffs = survey_treaties()["POL-GBR"].stakes.payoffs[0]
    stays, closes_alone, none = float(payoffs[0, 0]), float(payoffs[1, 0]), float(payoffs[1, 1])
    return Pattern(
        "Britain left free movement",
        "the United Kingdom ended free movement with the European Union",
        "end of the transition period, 31 December 2020",
        "held out",
        "pass" if max(closes_alone, none) > stays else "fail",
        {"Britain with the treaty, % of GDP": stays, "Britain closes alone": closes_alone},
        "the model has no politics of identity and one partner at a time",
    )


def paradox_over_corridors() -> Pattern:
    """The paradox: the more could be gained, the smaller the part that both sign. Is it visible across corridors?

    Pass: the rank correlation of the share with the best net gain is below −NO_RANK. Fail: it is not.
    """
    found = survey_corridors().values()
    best = np.array([float(one.report.gains.best_net) for one in found])
    signed, bound = (
        np.array([float(report.gains.net_signed) for report in reports])
        for reports in ([one.report for one in found], [one.bound for one in found])
    )
    share, with_cost = correlation(best, signed / best), correlation(best, bound / best)
    seen = share < -NO_RANK
    return Pattern(
        "the paradox across corridors",
        "the larger the possible gain, the smaller the part that both sign",
        "Alonso, section 4.2",
        "held out",
        "pass" if seen else "fail",
        {
            "rank correlation of signed net with best net": correlation(best, signed),
            "of the share with best net": share,
            f"of the share, {WITH_COST}": with_cost,
        },
        ""
        if seen
        else "visible along the dial and in the draws, not across our corridors, where managing costs no sovereignty; "
        f"a cost of binding of {100 * COMMITMENT:g} % of GDP "
        f"{'makes' if with_cost < -NO_RANK else 'does not make'} it visible",
    )


def earlier_migrants() -> Pattern:
    """In Table 6.2 earlier migrants lose most: do those of the same origin lose? Pass: in most corridors."""
    found = survey_corridors().values()
    terms, competition = (np.array([getattr(one, part) for one in found]) for part in ("terms", "competition"))
    lose = float((terms + competition < 0).mean())
    return Pattern(
        "earlier migrants lose",
        "earlier migrants lose 6 % of their income, more than any other group",
        "Alonso, Table 6.2 (World Bank 2006)",
        "held out",
        "pass" if lose > MANY else "fail",
        {
            "corridors where they lose": lose,
            **_range("better terms", terms),
            **_range("competition", competition),
        },
        _joined(
            "competition lowers their wages everywhere, as in the table" if competition.max() < 0 else "",
            "better terms, which the table does not have, bring more" if lose < MANY else "",
        ),
    )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _range(name: str, values: Array) -> dict[str, float]:
    return {f"{name}, smallest": float(values.min()), f"{name}, largest": float(values.max())}


def _by_points(points: int) -> Verdict:
    return ("fail", "partly", "pass")[points]
