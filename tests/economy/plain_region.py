"""Equations 1 to 9 for N countries in plain loops and levels, solved by damped repetition: a second way to the numbers.

Nothing of economy.model is imported, so that a mistake there is not repeated here.
"""

from __future__ import annotations

from itertools import product
from math import exp, expm1, log
from typing import NamedTuple

import numpy as np

SKILLS = (0, 1)


class Answer(NamedTuple):
    """Results with the axes of `GameCell`; money is in levels and measured from a world in which nobody moves."""

    money: np.ndarray
    guests: np.ndarray
    legal: np.ndarray
    irregular: np.ndarray


class PlainRegion:
    """One region under one graph. `dial(name, i, j)` is the value of a parameter for movers from i to j."""

    def __init__(self, region, opens):
        self.p = {name: float(value) for name, value in region.parameters.items().items()}
        self.terms, self.opens = region.terms, np.asarray(opens)
        self.shared, self.count = float(region.shared), len(region.names)
        self.gap, people = region.gap, region.size[:, None] * np.stack([region.u, 1 - region.u], axis=1)
        self.stock = np.zeros(self.count) if region.stock is None else region.stock
        self.native, self.old = people * (1 - self.stock[:, None]), people * self.stock[:, None]
        self.people = people
        self.wage0, self.gdp, _ = self.production(np.ones((self.count, 2)), people)
        self.pairs = [(i, j) for i, j in product(range(self.count), repeat=2) if i != j]

    def dial(self, name, i, j):
        if name in self.terms:
            return float(self.terms[name][i, j])
        return self.p[name] if name not in {"recip", "side"} or i < j else 0.0

    def managed(self, i, j):
        return bool(self.opens[i, j] and self.opens[j, i])

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

    def route(self, i, j, *, papers):
        """Efficiency (U, S), fee, levy, share trained and cost of going from i to j."""
        good = papers and self.managed(i, j)
        phi = [self.dial(f"phi_{k}_managed" if good else f"phi_{k}", i, j) for k in "US"]
        fee = self.dial("fee_managed" if good else "fee", i, j)
        tax, trained = (self.dial(name, i, j) if good else 0.0 for name in ("tax", "gsp"))
        cost = self.dial("cost", i, j) - (self.dial("recip", i, j) if good else 0.0)
        cost += 0.0 if papers else self.dial("risk", i, j)
        return [share * (1 + self.dial("match", i, j)) for share in phi], fee, tax, trained, cost

    def admitted(self, i, j, k):
        if not self.opens[j, i]:
            return 0.0
        share = self.dial("openness", i, j)
        return share if k == 0 else min(1.0, share * self.dial("skilled_openness", i, j))

    def leak(self, i, j):
        left = self.dial("leak_managed", i, j) * (1 - self.dial("control", i, j)) if self.managed(i, j) else 1.0
        return self.dial("leak", i, j) * left

    def pay(self, i, j, k, migrant_wage, *, papers):
        """Gross earnings abroad of a mover of skill k."""
        phi, _, _, trained, _ = self.route(i, j, papers=papers)
        as_skilled = phi[1] * migrant_wage[j, 1]
        return as_skilled if k == 1 else (1 - trained) * phi[0] * migrant_wage[j, 0] + trained * as_skilled

    def choices(self, i, k, wage, migrant_wage, *, papers):
        """Odds of each host against staying."""
        odds = {}
        for j in [j for origin, j in self.pairs if origin == i]:
            if not (self.opens[j, i] if papers else self.leak(i, j) > 0):
                continue
            _, fee, tax, _, cost = self.route(i, j, papers=papers)
            net = self.pay(i, j, k, migrant_wage, papers=papers) * (1 - fee) * (1 - tax)
            odds[j] = exp((log(net) - log((1 - self.p["slack"]) * wage[i, k]) - cost) / self.p["nu"])
        return odds

    def flows(self, wage, migrant_wage):
        """(origin, host, skill) people with papers and without, and (route, origin, skill) the sums of the odds."""
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
        for (i, j), number in product(self.pairs, (0, 1)):
            phi, _, _, trained, _ = self.route(i, j, papers=number == 0)
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

    def solve(self):
        """Repeat until log wages rest, then count the money."""
        native = migrant = self.wage0
        for _ in range(5000):
            people, sums = self.flows(native, migrant)
            first, second, output, capital = self.wages(people)
            change = max(np.abs(np.log(first / native)).max(), np.abs(np.log(second / migrant)).max())
            if change < 1e-13:
                return self.count_money(native, migrant, (output, capital), people, sums)
            native, migrant = np.sqrt(native * first), np.sqrt(migrant * second)
        raise ArithmeticError("the wages do not rest")

    def count_money(self, native, migrant, produced, people, sums):
        """Money of each group, in the order of GROUPS."""
        p, (output, capital) = self.p, produced
        own = self.labour(people)[0]
        money, guests, weighted = np.zeros((self.count, 8)), np.zeros(self.count), np.zeros(self.count)
        keep, size = 1 - p["slack"], self.people.sum(axis=1)
        service = p["services"] * self.gdp / size
        money[:, :2] = own * (native - self.wage0)
        money[:, 2] = p["alpha"] * (output / capital - self.gdp)
        money[:, 7] = (self.old * (migrant - self.wage0)).sum(axis=1)
        for (i, j), number, k in product(self.pairs, (0, 1), SKILLS):
            moved, papers = people[number, i, j, k], number == 0
            if moved == 0:
                continue
            _, fee, tax, trained, _ = self.route(i, j, papers=papers)
            pay, odds = self.pay(i, j, k, migrant, papers=papers), sums[number, i, k]
            before, now = keep * self.wage0[i, k], keep * native[i, k]
            surplus = now * expm1(min(p["nu"] * log(1 + odds) * (1 + odds) / odds, 3)) + now - before
            sent = p["rho"] * (pay * (1 - fee) * (1 - tax) - before)
            money[i, 4] += moved * (surplus - sent)
            money[i, 5] += moved * sent
            guests[j] += moved * surplus
            money[j, 3] += moved * (p["tau"] * pay - service[j])
            money[i, 3] += moved * (service[i] - p["tau"] * before - (k == 1) * p["train"] * self.wage0[i, 1])
            managed = papers and self.managed(i, j)
            weighted[j] += moved * (1 + (0 if managed else self.dial("unmanaged", i, j)))
            levy = moved * pay * (1 - fee) * tax
            money[j, 6] += self.dial("tax_host", i, j) * levy
            money[i, 6] += (1 - self.dial("tax_host", i, j)) * levy
            money[i, 6] -= self.dial("c_var", i, j) * moved * self.wage0[i, k] if managed else 0
            money[j, 6] -= (k == 0) * p["train"] * self.wage0[i, 1] * trained * moved
        loss = 1 - np.exp(-p["chi"] * (weighted / size) ** p["gamma"] * p["years"] ** (1 - p["gamma"]))
        money[:, 3] -= loss * self.gdp
        self.pay_for_treaties(money)
        return Answer(money, guests, people[0], people[1])

    def pay_for_treaties(self, money):
        """Apparatus, joint control and lump sums of each treaty."""
        for i in range(self.count):
            partners = int(self.opens[i].sum())
            money[i, 6] -= self.p["c_fix"] * self.gdp[i] * (partners - self.shared * max(partners - 1, 0))
        for i, j in [pair for pair in self.pairs if self.managed(*pair)]:
            money[i, 6] -= self.dial("c_control", i, j) * self.dial("control", i, j) ** 2 * self.gdp[i]
            money[i, 6] += self.dial("side", i, j) * self.gdp[i]
            money[j, 6] -= self.dial("side", i, j) * self.gdp[i]

    def payoffs(self, money, guests):
        """Equation 9, % of own GDP, for changes of money."""
        weights = np.array([self.p[f"w_{name}"] for name in ("U", "S", "K", "R", "M", "F", "T", "O")])
        felt = np.where(money >= 0, money, self.p["loss"] * money)
        return 100 * (felt @ weights + self.p["w_X"] * guests) / self.gdp
