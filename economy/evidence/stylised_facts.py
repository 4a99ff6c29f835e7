"""Stylised facts about the world, and whether the model reproduces them.

A verdict follows from figures by a rule in the code. `silent` means that the model does not cover the matter; it is no
pass. A row that is not held out is no test, and says so.
"""

from __future__ import annotations

import numpy as np

from economy.evidence.corridor_facts import AGREEMENTS, GULF, corridor_patterns
from economy.evidence.corridor_survey import survey_corridors, survey_treaties
from economy.evidence.measured_facts import measurement_patterns
from economy.evidence.measures import NO_RANK, Pattern, area_under_roc, correlation
from economy.evidence.random_economies import BEHAVIOUR, UNLIKE, draw
from economy.evidence.table_6_2 import table_patterns
from economy.evidence.unlikeness import GAPS, Paradox, paradox
from economy.model.payoffs import agreement
from economy.parameters import Array, Parameters, preset
from economy.policy.largest_openness import both_gain, largest_openness

SERVICES = (0.0, 0.05, 0.1, 0.15, 0.22, 0.3, 0.35)
"""Public services that migrants may use, share of GDP per worker; .22 is the default."""
MORE_RIGHTS = 0.30
"""Public services under a convention on migrants' rights, share of GDP per worker."""
COARSE = np.linspace(0.05, 1.0, 20)
"""Levels of openness that are tried."""
SKILL_OPENNESS_LEVELS = np.array([0.01, 0.03, 0.1, 0.3, 1.0])
"""Levels of openness to each skill among which a government chooses."""


def patterns() -> tuple[Pattern, ...]:
    """All stylised facts, in a fixed order; takes some ten seconds."""
    worlds = paradox()
    return (
        larger_gain_smaller_part(worlds),
        *agreements_by_gap(worlds),
        free_movement(worlds),
        *corridor_patterns(),
        *table_patterns(),
        *measurement_patterns(),
        numbers_and_rights(),
        ratifications(),
        skills(),
        memoranda(),
    )


def larger_gain_smaller_part(worlds: Paradox) -> Pattern:
    """The paradox in random worlds: at gap 4 more could be gained than between equals, and a smaller part is signed.

    Pass: both, net, in 19 of 20 worlds where equals agree. Partly: the part falls, and the best net gain rises in
    fewer.
    """
    gains = worlds.gains
    picture, part = worlds.picture(), worlds.smaller(gains.share_net)
    return Pattern(
        "the paradox in random worlds",
        "the larger the possible gain, the smaller the part that both sign",
        "Alonso, section 4.2; Alonso and Santos Arteaga (2020)",
        "in sample",
        "pass" if picture >= 0.95 else "partly" if part >= 0.95 else "fail",
        {
            "more to gain, net, and a smaller part": picture,
            "smaller part of the gross gain": worlds.smaller(gains.share_gross),
            "smaller part of the net gain": part,
            "smaller net gain": worlds.smaller(gains.net_signed),
            "smaller gross gain": worlds.smaller(gains.gross_signed),
        },
        "the presets were fitted to it; that the best net gain rises needs the compensating form of the surplus",
    )


def agreements_by_gap(worlds: Paradox) -> tuple[Pattern, Pattern]:
    """Agreements by income gap, inside and outside the Middle East.

    Inside, agreements are more frequent with a wide gap. There citizens do not compete with migrants (w_U 0), and
    migrants get no public services. Both values were set by hand after the model had failed there, so the result is no
    prediction. Pass: the share of worlds with an agreement rises with the gap (rank correlation above 0, and a higher
    share at gap 8 than at gap 1).

    Outside, a wide gap does not make agreements more frequent. It is counted in random worlds, where an agreement opens
    a border from nothing, and on corridors outside the Gulf, where it manages today's number. Pass: in both the share
    neither rises nor falls (absolute rank correlation below NO_RANK). Partly: in one, and in the other it does not
    rise.
    """
    inside, outside = paradox(w_U=0.0, services=0.0).agreement_share, worlds.agreement_share
    rises, falls = correlation(np.array(GAPS), inside), correlation(np.array(GAPS), outside)
    elsewhere = [one for code, one in survey_corridors().items() if code not in GULF]
    gaps = np.array([float(one.corridor.parameters.gap) for one in elsewhere])
    signed = np.array([bool(both_gain(one.report.stakes)[0]) for one in elsewhere], dtype=float)
    on_corridors = correlation(gaps, signed)
    flat = [abs(rank) < NO_RANK for rank in (falls, on_corridors)]
    return (
        Pattern(
            "agreements by income gap, Middle East",
            "hosts in the Middle East sign with much poorer origins",
            AGREEMENTS,
            "in sample",
            "pass" if rises > 0 and inside[-1] > inside[0] else "fail",
            {**_by_gap(inside), "rank correlation": rises},
            "without rights an agreement is likelier the wider the gap, once it exceeds 1.5; the dials were set after "
            "the failure",
        ),
        Pattern(
            "agreements by income gap, elsewhere",
            "elsewhere a wide gap does not make for agreements",
            AGREEMENTS,
            "held out",
            "pass" if all(flat) else "partly" if any(flat) and max(falls, on_corridors) < NO_RANK else "fail",
            {
                **_by_gap(outside),
                "rank correlation in worlds": falls,
                "agreement on corridors": float(signed.mean()),
                "rank correlation on corridors": on_corridors,
            },
            "from closed borders agreements become rarer with the gap"
            + ("; at today's number all corridors sign" if signed.all() else ""),
        ),
    )


def free_movement(worlds: Paradox) -> Pattern:
    """Free movement is found among countries of like income; does the model identify the corridors that have it?

    One point when full opening is more frequent between equals than at gap 4. One point when the share of the willing
    at the largest self-enforcing number separates the corridors with free movement from the others at least as well as
    the gap does. Pass: two points; partly: one.
    """
    full = worlds.full_share
    treaties, others = survey_treaties(), survey_corridors()
    surveyed = [*treaties.values(), *others.values()]
    free = np.arange(len(surveyed)) < len(treaties)
    room = np.array([one.share_of_willing for one in surveyed])
    closeness = -np.abs(np.log([float(one.corridor.parameters.gap) for one in surveyed]))
    by_model, by_gap = area_under_roc(room, free), area_under_roc(closeness, free)
    right = int(full[0] > full[GAPS.index(4.0)]) + int(by_model >= by_gap)
    return Pattern(
        "free movement among like incomes",
        "Nordic countries, European Union, Trans-Tasman, ECOWAS: like incomes, whole labour markets",
        "treaties by corridor in FREE_MOVEMENT; Alonso, section 6.1",
        "held out",
        ("fail", "partly", "pass")[right],
        {
            "full opening at gap 1": float(full[0]),
            "full opening at gap 4": float(full[GAPS.index(4.0)]),
            "corridors sorted by the model": by_model,
            "corridors sorted by the gap": by_gap,
        },
        f"on {len(surveyed)} corridors {'the bare gap' if by_gap > by_model else 'the model'} sorts better"
        + (", and the draws are right in kind" if full[0] > full[GAPS.index(4.0)] else ""),
    )


def numbers_and_rights() -> Pattern:
    """The more rights migrants have, the fewer are admitted.

    Pass: openness never rises with the services that migrants may use in 19 of 20 worlds, and the mean falls.
    """
    worlds = draw_unequal_pairs(400)
    levels = np.stack([largest_openness(worlds.replace(services=share), COARSE).level for share in SERVICES])
    never_rises = float((np.diff(levels, axis=0) <= 0).all(axis=0).mean())
    return Pattern(
        "numbers against rights",
        "programmes that are more open grant fewer social rights",
        "Ruhs (2013), labour immigration programmes of 46 countries",
        "by construction",
        "pass" if never_rises >= 0.95 and levels[0].mean() > levels[-1].mean() else "fail",
        {
            "agreement without services": float((levels[0] > 0).mean()),
            "agreement at the default": float((levels[SERVICES.index(0.22)] > 0).mean()),
            "agreement with .35": float((levels[-1] > 0).mean()),
            "worlds in which openness never rises with rights": never_rises,
        },
        "rights enter only as a cost of the host, so no other result is possible",
    )


def ratifications() -> Pattern:
    """Few hosts ratify conventions that grant rights and no places: do hosts lose by them, and do origins gain?

    One point when hosts lose in 19 of 20 worlds. One point when origins gain in at most half of the worlds, because
    most origins have not ratified either. Pass: two points; partly: one.
    """
    worlds = draw_unequal_pairs(400)
    change = agreement(worlds.replace(services=MORE_RIGHTS)).payoffs - agreement(worlds).payoffs
    hosts, origins = float((change[:, 0] < 0).mean()), float((change[:, 1] > 0).mean())
    return Pattern(
        "few ratifications by hosts",
        "47 states had ratified the Convention on Migrant Workers by 2014, and few of the rich hosts",
        "Alonso, Table 6.3; Ruhs (2013)",
        "held out",
        ("fail", "partly", "pass")[int(hosts >= 0.95) + int(origins <= 0.5)],
        {"hosts that lose": hosts, "origins that gain": origins},
        "hosts lose by construction; that every origin gains is an artefact, for it too saves more on those who leave",
    )


def skills() -> Pattern:
    """Hosts are more open to skilled than to less skilled workers.

    A host chooses its best pair of openness levels, one for each skill. Pass: openness to skilled workers is the larger
    in more than half of the worlds where at least one is above the smallest level.
    """
    worlds = {
        name: np.reshape(value, (-1, 1, 1)) for name, value in draw_unequal_pairs(400).items().items() if np.ndim(value)
    }
    less, more = SKILL_OPENNESS_LEVELS[:, None], SKILL_OPENNESS_LEVELS
    host = agreement(preset("asymmetric").replace(**{**worlds, "openness": less, "skilled_openness": more / less}))
    best = host.payoffs[..., 0].reshape(-1, SKILL_OPENNESS_LEVELS.size**2).argmax(axis=-1)
    door_less, door_more = np.divmod(best, SKILL_OPENNESS_LEVELS.size)
    open_at_all = (door_less > 0) | (door_more > 0)
    wider = float((door_more > door_less)[open_at_all].mean()) if open_at_all.any() else 0.0
    return Pattern(
        "more open to skilled than to less skilled workers",
        "programmes for the skilled are more open than those for the less skilled",
        "Ruhs (2013)",
        "held out",
        "pass" if wider > 0.5 else "fail",
        {
            "hosts that open at all": float(open_at_all.mean()),
            "of these, wider for the skilled": wider,
            "wider for the less skilled": float((door_more < door_less)[open_at_all].mean()),
        },
        "the skilled pay more taxes than they use services, and compete with the better off",
    )


def memoranda() -> Pattern:
    """Many texts are memoranda that do not bind; the model has no form of text, so the verdict is "silent"."""
    return Pattern(
        "share of memoranda",
        "in Asia memoranda of understanding, elsewhere more often agreements",
        "Wickramasekara (2015), ILO and KNOMAD",
        "held out",
        "silent",
        {},
        "an agreement here is openness that holds by itself or is bound; a text that does neither is not in the model",
    )


# ---- worlds and measures


def draw_unequal_pairs(count: int, seed: int = 11) -> Parameters:
    """(count) random pairs of a rich and a poor country: the asymmetric preset with draws from BEHAVIOUR and UNLIKE."""
    return preset("asymmetric").replace(**draw(BEHAVIOUR + UNLIKE, count, np.random.default_rng(seed)))


def _by_gap(agreed: Array) -> dict[str, float]:
    return {f"agreement at gap {gap:g}": float(agreed[GAPS.index(gap)]) for gap in (1.0, 1.5, 4.0, 8.0)}
