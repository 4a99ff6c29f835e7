"""Equations 1 to 11 for N countries in plain loops and levels, by damped repetition: a second way to the numbers.

Nothing of economy.model is imported, so that a mistake there is not repeated here.
"""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, inf, log
from typing import Any, NamedTuple

import numpy as np
from scipy.integrate import quad

SKILLS = (0, 1)
PAPERS, NONE = 0, 1
"""Routes: with papers and without."""
GROUPS = 8
"""U, S, capital, residents, movers, families, treasury, earlier migrants of other origins."""


class Rest(NamedTuple):
    """A region whose wages rest."""

    native: np.ndarray
    """(country, skill) wages of natives."""
    migrant: np.ndarray
    """(country, skill) wages of migrants."""
    output: np.ndarray
    """(country) GDP."""
    capital: np.ndarray
    """(country) capital over its baseline."""
    people: np.ndarray
    """(route, origin, host, skill) movers."""
    odds: np.ndarray
    """(route, origin, skill) sum of the odds."""


class Answer(NamedTuple):
    """Changes from the status quo, in the unit of wages."""

    money: np.ndarray
    """(country, group) money of each group."""
    guests: np.ndarray
    """(country) surplus of the foreigners who move there."""
    accounts: np.ndarray
    """(country, population) natives, old migrants, new migrants."""
    sums: dict[str, float]
    """Sent home by the new, cost of moving, GDP, rent, fees, crowding, administration, training."""
    gdp: np.ndarray
    """(country) GDP of the status quo."""
    people: np.ndarray
    """(route, origin, host, skill) movers."""


def mean_part(odds, nu):
    """Equation 5: (1/p) of the integral of e^-s P(S > s) over s above 0, S = nu (ln odds + logistic)."""
    middle = nu * log(odds)
    points = sorted({min(max(middle + step * nu, 0.0), 60.0) for step in (-8, -3, 0, 3, 8)})
    edges = [0.0, *points, 60.0]

    def above(s):
        return exp(-s) / (1 + exp(min((s - middle) / nu, 700.0)))

    parts = [quad(above, low, high, epsabs=1e-13, epsrel=1e-13)[0] for low, high in pairwise(edges)]
    return sum(parts) * (1 + odds) / odds


class PlainRegion:
    """One region under one graph. `dial(name, i, j)` is the value of a parameter for movers from i to j."""

    def __init__(self, region, opens, before: Rest | None = None):
        self.p = {name: float(value) for name, value in region.parameters.items().items()}
        self.terms, self.opens, self.before = region.terms, np.asarray(opens), before
        self.shared, self.count = float(region.shared), len(region.names)
        self.gap, people = region.gap, region.size[:, None] * np.stack([region.u, 1 - region.u], axis=1)
        self.stock = np.zeros(self.count) if region.stock is None else region.stock
        self.native, self.old = people * (1 - self.stock[:, None]), people * self.stock[:, None]
        self.people = people
        self.wage0, self.gdp0, _ = self.production(np.ones((self.count, 2)), people)
        self.pairs = [(i, j) for i, j in product(range(self.count), repeat=2) if i != j]
        self.level = {pair: self.first_level(*pair) for pair in self.pairs}

    def dial(self, name, i, j):
        if name in self.terms:
            return float(self.terms[name][i, j])
        if name in {"recip", "side"} and i > j:
            return 0.0
        if name == "today" and i < j:
            return self.p["today_origin"]
        if name == "openness" and i < j:
            return min(1.0, self.p["openness"] * self.p["openness_origin"])
        return self.p[name]

    def managed(self, i, j):
        return bool(self.opens[i, j] and self.opens[j, i])

    # ---- places

    def counted_in_people(self, i, j):
        """Whether a number of people binds between two countries: somebody moves between them today."""
        return self.before is not None and max(self.dial("today", i, j), self.dial("today", j, i)) > 0

    def places(self, i, j):
        """People who may go from i to j with papers; infinite where a share is admitted."""
        if self.before is None or not self.counted_in_people(i, j):
            return inf
        more = 1 + self.dial("expansion", i, j) if self.opens[j, i] else 1.0
        return more * self.before.people[PAPERS, i, j].sum()

    def first_level(self, i, j):
        if self.opens[j, i] and not self.counted_in_people(i, j):
            return self.dial("openness", i, j)
        return self.dial("today", i, j)

    def reached(self, i, j):
        """Share of the movers who have the terms of the treaty."""
        if not self.managed(i, j):
            return 0.0
        if not self.counted_in_people(i, j):
            return 1.0
        return 1 - (1 - self.dial("covered", i, j)) / (1 + self.dial("expansion", i, j))

    def admitted(self, i, j, k):
        share = self.level[i, j]
        return share if k == 0 else min(1.0, share * self.dial("skilled_openness", i, j))

    # ---- production

    def production(self, grown, residents):
        """Wages of each skill, output and capital (over its baseline) when labour is `grown` times the baseline."""
        p, rho = self.p, 1 - 1 / self.p["sigma"]
        weights = np.array([1 - p["theta"], p["theta"]])
        wage, output, capital = np.zeros((self.count, 2)), np.zeros(self.count), np.zeros(self.count)
        for i in range(self.count):
            start, now = self.people[i], self.people[i] * grown[i]
            before, index = ((weights * e**rho).sum() ** (1 / rho) for e in (start, now))
            skill = (residents[i, 1] / residents[i].sum()) / (start[1] / start.sum())
            able = self.gap[i] * skill ** p["eta"]
            scale = p["alpha"] ** (p["alpha"] / (1 - p["alpha"]))
            first, best = p["alpha"] * scale * self.gap[i] * before, p["alpha"] * scale * able * index
            stock = first * (best / first) ** p["kappa"]
            output[i] = stock ** p["alpha"] * (able * index) ** (1 - p["alpha"])
            wage[i] = (1 - p["alpha"]) * output[i] / index * weights * (index / now) ** (1 / p["sigma"])
            capital[i] = stock / first
        return wage, output, capital

    # ---- movers

    def route(self, i, j, *, papers):
        """Efficiency (U, S), fee, levy, share trained and cost of going from i to j."""
        good = papers and self.managed(i, j)
        reached = self.reached(i, j) if good else 0.0

        def better(name):
            return (1 - reached) * self.dial(name, i, j) + reached * self.dial(f"{name}_managed", i, j)

        phi = [better(f"phi_{k}") for k in "US"]
        cost = self.dial("cost", i, j) - (self.dial("recip", i, j) if good else 0.0)
        cost += 0.0 if papers else self.dial("risk", i, j)
        trained = self.dial("gsp", i, j) if good else 0.0
        tax = reached * self.dial("tax", i, j)
        return [share * (1 + self.dial("match", i, j)) for share in phi], better("fee"), tax, trained, cost

    def access(self, i, j, *, papers):
        """Public services that a mover uses, share of a resident's."""
        reached = self.reached(i, j) if papers else 0.0
        return (1 - reached) * self.p["access"] + reached * self.p["access_managed"]

    def leak(self, i, j):
        left = self.dial("leak_managed", i, j) * (1 - self.dial("control", i, j)) if self.managed(i, j) else 1.0
        return self.dial("leak", i, j) * left

    def pay(self, i, j, k, migrant_wage, *, papers):
        """Gross earnings abroad of a mover of skill k."""
        phi, _, _, trained, _ = self.route(i, j, papers=papers)
        as_skilled = phi[1] * migrant_wage[j, 1]
        return as_skilled if k == 1 else (1 - trained) * phi[0] * migrant_wage[j, 0] + trained * as_skilled

    def net(self, i, j, k, migrant_wage, *, papers):
        """The same after fee and levy."""
        _, fee, tax, _, _ = self.route(i, j, papers=papers)
        return self.pay(i, j, k, migrant_wage, papers=papers) * (1 - fee) * (1 - tax)

    def choices(self, i, k, wage, migrant_wage, *, papers):
        """Odds of each host against staying."""
        odds = {}
        for j in [j for origin, j in self.pairs if origin == i]:
            if not (self.opens[j, i] or self.level[i, j] > 0 if papers else self.leak(i, j) > 0):
                continue
            cost = self.route(i, j, papers=papers)[-1]
            net = self.net(i, j, k, migrant_wage, papers=papers)
            odds[j] = exp((log(net) - log((1 - self.p["slack"]) * wage[i, k]) - cost) / self.p["nu"])
        return odds

    def flows(self, wage, migrant_wage):
        """(route, origin, host, skill) movers, and (route, origin, skill) the sums of the odds."""
        people, sums = np.zeros((2, self.count, self.count, 2)), np.zeros((2, self.count, 2))
        for i, k in product(range(self.count), SKILLS):
            most = max(self.admitted(i, j, k) for j in range(self.count) if j != i)
            for number, papers in enumerate((True, False)):
                odds = self.choices(i, k, wage, migrant_wage, papers=papers)
                sums[number, i, k] = sum(odds.values())
                for j, chance in odds.items():
                    share = self.admitted(i, j, k) if papers else (1 - most) * self.leak(i, j)
                    people[number, i, j, k] = self.native[i, k] * share * chance / (1 + sums[number, i, k])
        return people, sums

    def labour(self, people):
        """Effective labour of natives and of migrants, and residents, (country, skill)."""
        own, guests = self.native.copy(), self.old.copy()
        residents = self.native + self.old
        for (i, j), number in product(self.pairs, (PAPERS, NONE)):
            phi, _, _, trained, _ = self.route(i, j, papers=number == PAPERS)
            low, high = people[number, i, j]
            work = np.array([(1 - trained) * low, high + trained * low])
            own[i] -= (1 - self.p["slack"]) * people[number, i, j]
            residents[i] -= people[number, i, j]
            guests[j] += np.array(phi) * work
            residents[j] += work
        return own, guests, residents

    def wages(self, people):
        """Wages of natives and of migrants, output and capital, when these people have moved."""
        own, guests, residents = self.labour(people)
        grown, sides = np.zeros((self.count, 2)), np.zeros((2, self.count, 2))
        power = 1 - 1 / self.p["old_sigma"]
        for i, k in product(range(self.count), SKILLS):
            share = self.stock[i]
            if share == 0:
                grown[i, k] = sides[:, i, k] = (own[i, k] + guests[i, k]) / self.native[i, k]
            else:
                sides[:, i, k] = own[i, k] / self.native[i, k], guests[i, k] / self.old[i, k]
                mixed = (1 - share) * sides[0, i, k] ** power + share * sides[1, i, k] ** power
                grown[i, k] = mixed ** (1 / power)
        wage, output, capital = self.production(grown, residents)
        native, migrant = (wage * (grown / side) ** (1 / self.p["old_sigma"]) for side in sides)
        return native, migrant, output, capital

    def fill_places(self, people):
        """Move the shares admitted towards the number of places; how far off they were, in logs."""
        off = 0.0
        for i, j in self.pairs:
            places, came = self.places(i, j), people[PAPERS, i, j].sum()
            if places == 0:
                self.level[i, j] = 0.0
            elif places < inf and came > 0 and (self.level[i, j] < 1 or came > places):
                before = self.level[i, j]
                self.level[i, j] = min(1.0, before * (places / came) ** 0.7)
                off = max(off, abs(log(self.level[i, j] / before)))
        return off

    def rest(self):
        """Repeat until log wages and the shares admitted rest."""
        native = migrant = self.wage0
        for _ in range(8000):
            people, odds = self.flows(native, migrant)
            first, second, output, capital = self.wages(people)
            change = max(np.abs(np.log(first / native)).max(), np.abs(np.log(second / migrant)).max())
            if max(change, self.fill_places(people)) < 1e-13:
                return Rest(native, migrant, output, capital, people, odds)
            native, migrant = np.sqrt(native * first), np.sqrt(migrant * second)
        raise ArithmeticError("the wages do not rest")

    # ---- money

    def resources(self, at, quo):
        """What is used up and what groups get, in the region `at`, with wages before those of `quo`."""
        p, used = self.p, {"fees": 0.0, "administration": 0.0, "training": 0.0, "rent": 0.0}
        money, guests = np.zeros((self.count, GROUPS)), np.zeros(self.count)
        service, keep = p["services"] * self.gdp0 / self.people.sum(axis=1), 1 - p["slack"]
        own = self.labour(at.people)[0]
        money[:, :2] = own * (at.native - quo.native)
        money[:, 2] = p["alpha"] * at.output / at.capital
        money[:, 7] = (self.old * at.migrant).sum(axis=1)
        used["rent"] = float((p["alpha"] * at.output * (1 - 1 / at.capital)).sum())
        for (i, j), number, k in product(self.pairs, (PAPERS, NONE), SKILLS):
            moved, papers = at.people[number, i, j, k], number == PAPERS
            if moved == 0:
                continue
            _, fee, tax, trained, _ = self.route(i, j, papers=papers)
            pay, net = (get(i, j, k, at.migrant, papers=papers) for get in (self.pay, self.net))
            before, now = keep * quo.native[i, k], keep * at.native[i, k]
            reached = self.reached(i, j) if papers else 0.0
            liked = reached * (net * (1 - exp(-p["stay_worth"])) + p["access_worth"] * service[j])
            surplus = net * mean_part(at.odds[number, i, k], p["nu"]) + now - before + liked
            money[i, 4] += moved * surplus
            money[i, 5] += p["rho"] * moved * max(net - before, 0)
            guests[j] += moved * surplus
            taught = (k == 1) * p["train"] * quo.native[i, 1]
            money[j, 3] += moved * (p["tau"] * pay - service[j] * self.access(i, j, papers=papers))
            money[i, 3] += moved * (service[i] - p["tau"] * before - taught)
            managed = papers and self.managed(i, j)
            levy, host = moved * pay * (1 - fee) * tax, self.dial("tax_host", i, j)
            managing = self.dial("c_var", i, j) * moved * self.wage0[i, k] if managed else 0.0
            bill = (k == 0) * p["train"] * p["gsp_cost"] * self.wage0[i, 1] * trained * moved
            money[j, 6] += host * levy - p["gsp_host"] * bill
            money[i, 6] += (1 - host) * levy - managing - (1 - p["gsp_host"]) * bill
            employer = p["fee_employer"] * max(self.dial("fee", i, j) - fee, 0) * moved * pay if papers else 0.0
            money[j, 2] -= employer
            used["fees"] += moved * pay * fee + employer
            used["administration"] += managing
            used["training"] += moved * taught + bill
        return money, guests, used

    def crowding(self, at, quo):
        """Equation 7: the people beyond today's, of all origins and on both routes, in each host."""
        p, felt = self.p, np.zeros(self.count)
        for (i, j), number in product(self.pairs, (PAPERS, NONE)):
            beyond = at.people[number, i, j].sum() - quo.people[number, i, j].sum()
            calm = number == PAPERS and self.managed(i, j)
            calmed = p["chi_managed"] ** (1 / p["gamma"])
            felt[j] += beyond * (calmed if calm else 1 + self.dial("unmanaged", i, j))
        share = np.maximum(felt, 0) / self.people.sum(axis=1)
        z = p["chi"] * share ** p["gamma"] * p["years"] ** (1 - p["gamma"])
        return p["xmax"] * (1 - np.exp(-z / p["xmax"])) * self.gdp0

    def migrants(self, at, quo):
        """(country, population) accounts of old and new migrants, what the new send home, and the gain of all."""
        p, found, sent_home, gains = self.p, np.zeros((self.count, 2)), 0.0, 0.0
        service, keep = p["services"] * self.gdp0 / self.people.sum(axis=1), 1 - p["slack"]
        status_quo = PlainRegion.__new__(PlainRegion)
        status_quo.__dict__ = {**self.__dict__, "opens": np.zeros_like(self.opens), "before": None}
        for (i, j), number, k in product(self.pairs, (PAPERS, NONE), SKILLS):
            papers, home = number == PAPERS, keep * quo.native[i, k]

            def one(place, rest, papers=papers, home=home, i=i, j=j, k=k):
                """Gain in money, what is sent home, and the public account of one mover."""
                pay, net = (get(i, j, k, rest.migrant, papers=papers) for get in (place.pay, place.net))
                used = place.access(i, j, papers=papers) * service[j]
                return net - home, p["rho"] * max(net - home, 0), used - service[i] - p["tau"] * (pay - home)

            now, then = at.people[number, i, j, k], quo.people[number, i, j, k]
            (gain, sent, public), (gain_q, sent_q, public_q) = one(self, at), one(status_quo, quo)
            stayed, came, returned = min(now, then), max(now - then, 0), max(then - now, 0)
            worth, worth_q = gain - sent + public, gain_q - sent_q + public_q
            found[i, 0] += stayed * (worth - worth_q) - returned * worth_q
            found[i, 1] += came * worth
            sent_home += came * sent
            gains += now * gain - then * gain_q
            # What a treaty changes in the access is in the surplus, so its cost is taken off.
            gains += now * (self.access(i, j, papers=papers) - p["access"]) * service[j]
        return found, sent_home, gains

    def solve(self, quo: Rest) -> Answer:
        """Wages at rest, and all changes from the status quo `quo`."""
        at = self.rest()
        there = PlainRegion.__new__(PlainRegion)
        there.__dict__ = {**self.__dict__, "opens": np.zeros_like(self.opens), "before": None}
        (now, guests, used), (then, guests_q, used_q) = self.resources(at, quo), there.resources(quo, quo)
        p, crowding = self.p, self.crowding(at, quo)
        money = now - then
        money[:, 3] -= crowding
        fixed = self.pay_for_treaties(money, used)
        delta, years = p["delta"], p["years"]
        delay = (1 - delta**years) / (years * (1 - delta)) if years > 1 and delta < 1 else 1.0
        gone, sent_home, gains = self.migrants(at, quo)
        cost = gains - money[:, 4].sum()
        money, guests = delay * money, delay * (guests - guests_q)
        money[:, 6] -= fixed
        accounts = np.zeros((self.count, 3))
        accounts[:, 0] = money[:, [0, 1, 2, 3, 5, 6]].sum(axis=1)
        accounts[:, 1:] = delay * gone
        accounts[:, 1] += money[:, 7]
        sums: dict[str, Any] = {name: delay * (used[name] - used_q[name]) for name in used}
        sums |= {"sent_home": delay * sent_home, "cost_of_moving": delay * cost, "crowding": delay * crowding.sum()}
        sums["gdp"] = delay * (at.output - quo.output).sum()
        sums["administration"] += fixed.sum()
        return Answer(money, guests, accounts, sums, quo.output, at.people)

    def pay_for_treaties(self, money, used):
        """Joint control and lump sums of each treaty, added to `money` and `used`; the apparatus is returned."""
        fixed = np.zeros(self.count)
        for i in range(self.count):
            partners = int(self.opens[i].sum())
            fixed[i] = self.p["c_fix"] * self.gdp0[i] * (partners - self.shared * max(partners - 1, 0))
        for i, j in [pair for pair in self.pairs if self.managed(*pair)]:
            control = self.dial("c_control", i, j) * self.dial("control", i, j) ** 2 * self.gdp0[i]
            control += self.p["c_recognition"] * self.gdp0[i]
            money[i, 6] += self.dial("side", i, j) * self.gdp0[i] - control
            money[j, 6] -= self.dial("side", i, j) * self.gdp0[i]
            used["administration"] += control
        return fixed

    def payoffs(self, answer):
        """Equation 9, % of own GDP of the status quo."""
        weights = np.array([self.p[f"w_{name}"] for name in ("U", "S", "K", "R", "M", "F", "T", "O")])
        felt = np.where(answer.money >= 0, answer.money, self.p["loss"] * answer.money)
        treaties = np.array([sum(self.managed(i, j) for j in range(self.count)) for i in range(self.count)])
        gain = (felt @ weights + self.p["w_X"] * answer.guests) / answer.gdp
        return 100 * (gain - self.p["commitment"] * treaties)
