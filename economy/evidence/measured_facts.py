"""Facts that were measured: the pay of a person abroad and at home, fees for recruitment, a seasonal scheme.

The figures are in economy/data; data/SOURCES.md names who measured them, and what was not checked.
"""

from __future__ import annotations

import csv

import numpy as np

from economy.corridors.data import FOLDER, KAPPA, THETA, less_skilled_share, network
from economy.evidence.corridor_survey import survey_corridors
from economy.evidence.measures import Pattern
from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch
from economy.parameters import Array, Parameters, defaults

INTO_THE_STATES = ("MEX", "IND", "PHL")
"""Origins of the corridors into the United States, and the Philippines, which were measured."""
CONTRACTS = (12.0, 24.0, 36.0)
"""Lengths of a contract over which a fee is spread, months; the middle one is usual (assumption, not checked)."""
USUAL = 24.0
SEASON = 7 / 12
"""Part of a year that a seasonal worker of New Zealand may stay: seven months in any eleven; one stay a year."""
OTHER_EARNERS = 1.0
"""Other people with ordinary pay in the household of a seasonal worker (assumption)."""
SEASONAL_CORRIDOR = "FJI-NZL"
"""The corridor from the Pacific into New Zealand that has fundamentals; Tonga and Vanuatu have none."""
NEAR = 3.0
"""A size is right when it is within this factor of the measured one (assumption)."""
NEAR_GAIN = 1.5
"""A gain is right when it is within this factor of the measured range (assumption)."""


def measurement_patterns() -> tuple[Pattern, ...]:
    """The facts that were measured, in a fixed order."""
    return place_premium(), recruitment_fees(), seasonal_places(), seasonal_households()


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of economy/data, as text by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pay_ratio(parameters: Parameters) -> Array:
    """Pay abroad over full pay at home of the same worker, unmanaged, at the wages of closed borders.

    Parameters
    ----------
    parameters
        One economy.

    Returns
    -------
    Array
        (skill) ratio for U and S, before fees and taxes.
    """
    flat, _, _ = flatten_batch(parameters)
    wages = baseline(flat, two_countries(flat, 1)).wages[:, :, 0]
    used = np.array([parameters.phi_U, parameters.phi_S], dtype=float) * (1 + float(parameters.match))
    return wages[0] / wages[1] * used


def pair_of(origin: str, host: str) -> Parameters:
    """Two countries of the Penn World Table that need not be a corridor; no migrants today.

    Parameters
    ----------
    origin, host
        ISO codes.

    Returns
    -------
    economy : Parameters
        Gap, size and skills of the pair; all else as in a corridor.
    """
    home, abroad = network().nodes[origin], network().nodes[host]
    return defaults().replace(
        gap=abroad["gdp_per_worker_ppp"] / home["gdp_per_worker_ppp"],
        size=home["emp_m"] / abroad["emp_m"],
        u0=less_skilled_share(abroad),
        u1=less_skilled_share(home),
        theta=THETA,
        kappa=KAPPA,
    )


def place_premium() -> Pattern:
    """The same worker earns several times as much in the United States: how much in the model?

    One point when the less skilled from the Philippines earn at least what was measured as a lower bound and at most
    the largest ratio of the 42 countries. One point when nobody of INTO_THE_STATES earns more than that ratio. Pass:
    two points; partly: one.
    """
    measured = {row["origin"].split(" (")[0]: float(row["value"]) for row in read_rows("place_premium.csv")}
    least, most = measured["Philippines"], measured["Nigeria"]
    ratios = {origin: pay_ratio(pair_of(origin, "USA")) for origin in INTO_THE_STATES}
    less, more = ratios["PHL"]
    points = int(least <= less <= most) + int(max(float(each[0]) for each in ratios.values()) <= most)
    return Pattern(
        "place premium",
        f"identical workers earn {measured['Bolivia']:g} times as much in the United States (median of 42 countries), "
        f"at most {most:g} times; from the Philippines more than {least:g} times",
        "Clemens, Montenegro and Pritchett (2008), World Bank Policy Research Working Paper 4671",
        "held out",
        ("fail", "partly", "pass")[points],
        {
            "Philippines, less skilled": float(less),
            "Philippines, skilled": float(more),
            "Mexico, less skilled": float(ratios["MEX"][0]),
            "India, less skilled": float(ratios["IND"][0]),
        },
        "the model pays less skilled workers abroad too much: skills read off the index of human capital make them "
        "scarcer in the host than they are"
        if less > most
        else "",
    )


def recruitment_fees() -> Pattern:
    """Workers pay one to seven months of foreign pay for a job: fees times the months of a contract.

    Pass: with and without management within the range at every length of CONTRACTS. Partly: at USUAL.
    """
    low, high = map(float, read_rows("recruitment_costs.csv")[0]["value"].split(" to "))
    p = defaults()
    months = {length: (float(p.fee_managed) * length, float(p.fee) * length) for length in CONTRACTS}
    inside = {length: low <= small and large <= high for length, (small, large) in months.items()}
    return Pattern(
        "recruitment costs",
        f"workers in less skilled jobs pay {low:g} to {high:g} months of foreign earnings",
        "Martin (2016), What do migrant workers pay for foreign jobs? KNOMAD data",
        "in sample",
        "pass" if all(inside.values()) else "partly" if inside[USUAL] else "fail",
        {
            f"{length:g} months, {how}": value
            for length, pair in months.items()
            for how, value in zip(("managed", "unmanaged"), pair, strict=True)
        },
        "the fees were taken from this range; in months they depend on the length of a contract, an assumption",
    )


def seasonal_places() -> Pattern:
    """New Zealand raised its seasonal places and kept the limit: how many more would hold in the model?

    Pass: the largest rise that holds by itself, in people, is within the factor NEAR of the scheme's visas; else fail.
    """
    rows = read_rows("rse_new_zealand.csv")
    visas = [float(row["rse_approved_visas"]) for row in rows if row["rse_approved_visas"]]
    surveyed = survey_corridors()[SEASONAL_CORRIDOR]
    people = surveyed.report.limits.self_enforcing * surveyed.corridor.migrants[0]
    ratio = people / visas[-1]
    return Pattern(
        "size of a seasonal scheme",
        f"New Zealand gave {visas[0]:,.0f} seasonal visas in {rows[0]['season']} and {visas[-1]:,.0f} in "
        f"{rows[len(visas) - 1]['season']}, under a limit",
        "Recognised Seasonal Employer scheme, visas by season; see data/SOURCES.md",
        "held out",
        "pass" if 1 / NEAR <= ratio <= NEAR else "fail",
        {"people from Fiji alone, thousand": people / 1000, "over the visas for the whole Pacific": ratio},
        "in the model New Zealand admits every Fijian who is willing" if surveyed.has_no_limit else "",
    )


def seasonal_households() -> Pattern:
    """Income of a household rises by a third and more when it sends a seasonal worker.

    A worker of U from Fiji stays SEASON of a year; the household has OTHER_EARNERS with ordinary pay. Pass: the rise is
    within the factor NEAR_GAIN of the measured range; else fail.
    """
    rows = [row for row in read_rows("rse_households.csv") if row["statistic"] == "per capita income"]
    low, high = min(float(row["low"]) for row in rows), max(float(row["high"]) for row in rows)
    p = survey_corridors()[SEASONAL_CORRIDOR].corridor.parameters
    managed = p.replace(phi_U=p.phi_U_managed, phi_S=p.phi_S_managed)
    abroad, home = float(pay_ratio(managed)[0]) * (1 - float(p.fee_managed)), 1 - float(p.slack)
    gain = 100 * SEASON * (abroad - home) / (home + OTHER_EARNERS)
    return Pattern(
        "gain of a seasonal household",
        f"income per head of households with a seasonal worker rises by {low:g} to {high:g} %",
        "Gibson and McKenzie (2014), Review of Economics and Statistics 96(2): Tonga and Vanuatu",
        "held out",
        "pass" if low / NEAR_GAIN <= gain <= high * NEAR_GAIN else "fail",
        {"rise of income, %": gain, "pay abroad over pay at home": abroad / home},
        "pay abroad is too high, as in the place premium, and underused labour at home raises the ratio further"
        if gain > high * NEAR_GAIN
        else "",
    )
