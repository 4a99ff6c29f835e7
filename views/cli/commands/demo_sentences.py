"""The sentences of `winset demo`. Each word about who gains, the sign or the class of a game follows from a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from economy.account_names import HOST_NATIVES, NEW_MIGRANTS, OLD_MIGRANTS, ORIGIN_NATIVES
from games.display import join_with_and
from games.messages import Message, join_messages, message
from views.cli.commands.demo_story import LevyDocument, LimitsDocument, StepDocument, StoryDocument, UnlikeDocument
from views.wording.games import NAMES_IN_SENTENCES
from views.wording.screen import number, per_cent

ROUNDING = 1e-9
"""A part within this of 1 is all."""
SIGNED_LESS = 0.995
"""Parts from here on print as 100 %."""
LITTLE = 0.1
"""A government that gains less, in % of GDP, gains little."""

BELOW: Mapping[str, str] = {
    "scarce_U": message("less skilled workers"),
    "skilled_S": message("skilled workers"),
    "capital": message("owners of capital"),
    "consumers": message("residents"),
    "families": message("families of migrants"),
}
"""Groups in the middle of a sentence, by their names in `LevyDocument.below_today`."""

TODAY = message(
    "Today {people} thousand people from {origin} live in {host}: {workers} of its workers, and {willing} of those who "
    "would come. Nobody manages the corridor."
)
BOTH_GAIN = message(
    "If both governments manage it at today's number, both gain: {host}'s government {first} of its GDP, {origin}'s "
    "{second}."
)
NOT_BOTH = message(
    "If both governments manage it at today's number, {host}'s payoff changes by {first} of its GDP, and {origin}'s by "
    "{second}."
)
INCOMES = message(
    "With half as many again, {people} thousand more, incomes {verb} by {income} of the two countries' GDP: {new} for "
    "new migrants, who besides send {sent} to their families, {old} for those already there, {ours} for natives of "
    "{origin} and {theirs} for natives of {host}. What moving costs people takes {cost} of it; {net} is left, net."
)
RISE, FALL = message("rise"), message("fall")
GAINS = message("{host} gains by it ({both}), and gains {alone} if it opens alone: {game}.")
GAINS_BUT = message("{host} gains by it ({both}) and would lose {alone} if it opened alone: {game}.")
GAINS_LITTLE = message("{host} gains little by it ({both}) and would lose {alone} if it opened alone: {game}.")
LOSES = message("{host} loses by it ({both}): {game}.")
MORE_NET = message("With twice today's number there is more to gain ({net} net instead of {before})")
LESS_NET = message("With twice today's number there is less to gain ({net} net instead of {before})")
LOSES_NOW = message("{more}, and {host} no longer gains ({payoff}): {game}.")
STILL_GAINS = message("{more}, and {host} still gains ({payoff}): {game}.")
LIMIT = message("Without a payment or other terms the limit is {limit} more than today's number.")
NO_LIMIT = message("Without a payment or other terms no larger number holds.")
LEVY_PAYS = message("A levy of {low} to {high} of what migrants earn pays for it.")
NO_LEVY_PAYS = message("No levy on what migrants earn makes both keep to it.")
NO_LEVY_NEEDED = message("Both keep to it without a levy on what migrants earn.")
AT_LEVY = message(
    "At {levy} the changes are {theirs} for natives of {host}, {new} for new migrants, {old} instead of {old_before} "
    "for those already there, and {ours} for natives of {origin}."
)
ONLY_BELOW = message("In {country} only {groups} are below today.")
NONE_BELOW = message("In {country} no group is below today.")
BELOW_BY = message("{group} ({change} of GDP)")
TRUST = message("a stag hunt, in which each opens only if it trusts the other")
BULLY = message("a “bully” game, in which {host} is better off with today's number whatever {origin} does")
OTHER_GAME = message("a game of the class {name}")

NO_RISE = message("If the treaty reaches newcomers only, no rise holds without a levy")
SOME_RISE = message("If the treaty reaches newcomers only, a rise up to {limit} holds without a levy")
WITH_LEVY = message("{first}, and with one of at most {levy} a rise up to {limit} does.")
WITHOUT_LEVY = message("{first}, and none with one of at most {levy}.")

UNLIKE = message(
    "The less alike two countries are, the more could be gained, gross and net of what moving and crowding cost, and "
    "the smaller the part that both sign."
)
ALL_SIGNED = message("Of the best net gain equals sign all")
PART_SIGNED = message("Of the best net gain equals sign {part}")
PARTS = message("{first}; on the way from them to a rich and a poor country they sign {parts}.")
PART = message("{part} at {degree}")
NOTHING = message("nothing from {degree} on")
NO_PICTURE = message("Along the way from equals to a rich and a poor country the part that both sign does not fall.")


def corridor_sentences(story: StoryDocument, host: str, origin: str) -> tuple[str, ...]:
    """Return the six sentences on a corridor, in their order; some have two or three parts.

    Parameters
    ----------
    story
        Figures of the corridor.
    host, origin
        Names of the two countries.

    Returns
    -------
    tuple[str, ...]
        Six texts.
    """
    today, half, twice = story.steps
    return (
        TODAY.format(
            people=number(story.people_today / 1000, 0),
            host=host,
            origin=origin,
            workers=per_cent(100 * story.share_of_workers),
            willing=per_cent(100 * story.share_of_willing, 0),
        ),
        _managed(today, host, origin),
        _incomes(half, host, origin),
        _alone(half, host, origin),
        join_messages(" ", [_twice(twice, half, host, origin), _limit(story.limits)]),
        join_messages(" ", [_window(twice), *_levy(story.levy, twice, host, origin)]),
    )


def coverage_sentence(found: LimitsDocument) -> str:
    """Return the sentence on a treaty that reaches newcomers only."""
    some = found.without_levy is not None and found.without_levy > 0
    first = SOME_RISE.format(limit=_whole(found.without_levy or 0.0)) if some else NO_RISE
    levy = _whole(found.largest_levy)
    if found.with_levy is None:
        return WITHOUT_LEVY.format(first=first, levy=levy)
    return WITH_LEVY.format(first=first, levy=levy, limit=_whole(found.with_levy))


def unlike_sentences(found: UnlikeDocument) -> str:
    """Return how much two countries could gain and what part both sign, the less alike they are."""
    shares = found.share_net
    rises = found.potential_gross[-1] > found.potential_gross[0] and found.best_net[-1] > found.best_net[0]
    if not rises or shares[-1] >= shares[0]:
        return NO_PICTURE
    named = [number(degree) for degree in found.degrees]
    whole = shares[0] > 1 - ROUNDING
    between = [(share, degree) for share, degree in zip(shares, named, strict=True) if 0 < share < SIGNED_LESS]
    parts = [PART.format(part=_whole(share), degree=degree) for share, degree in between]
    last = max(place for place, share in enumerate(shares) if share > 0)
    if last < len(shares) - 1:
        parts.append(NOTHING.format(degree=named[last + 1]))
    first = ALL_SIGNED if whole else PART_SIGNED.format(part=_whole(shares[0]))
    return join_messages(" ", [UNLIKE, PARTS.format(first=first, parts=join_with_and(parts))])


def _managed(today: StepDocument, host: str, origin: str) -> Message:
    gain = min(today.payoffs) > 0
    first, second = (per_cent(payoff, 2, plus=not gain) for payoff in today.payoffs)
    return (BOTH_GAIN if gain else NOT_BOTH).format(host=host, origin=origin, first=first, second=second)


def _incomes(step: StepDocument, host: str, origin: str) -> Message:
    totals = {name: _change(account.total) for name, account in step.accounts.items()}
    return INCOMES.format(
        people=number(step.people / 1000, 0),
        verb=RISE if step.sums.income > 0 else FALL,
        income=per_cent(abs(step.sums.income), 2),
        new=totals[NEW_MIGRANTS],
        sent=number(step.accounts[NEW_MIGRANTS].of_which_sent_home, 2),
        old=totals[OLD_MIGRANTS],
        ours=totals[ORIGIN_NATIVES],
        theirs=totals[HOST_NATIVES],
        cost=number(step.sums.cost_of_moving, 2),
        net=number(step.sums.welfare, 2),
        host=host,
        origin=origin,
    )


def _alone(step: StepDocument, host: str, origin: str) -> Message:
    both, alone, game = step.payoffs[0], step.host_alone, _game(step, host, origin)
    if both < 0:
        return LOSES.format(host=host, both=_payoff(both), game=game)
    if alone >= 0:
        return GAINS.format(host=host, both=_payoff(both), alone=per_cent(alone, 2), game=game)
    template = GAINS_LITTLE if both < LITTLE else GAINS_BUT
    return template.format(host=host, both=_payoff(both), alone=per_cent(-alone, 2), game=game)


def _twice(twice: StepDocument, half: StepDocument, host: str, origin: str) -> Message:
    net, before = twice.sums.welfare, half.sums.welfare
    more = (MORE_NET if net > before else LESS_NET).format(net=per_cent(net, 2), before=number(before, 2))
    template = LOSES_NOW if twice.payoffs[0] < 0 else STILL_GAINS
    return template.format(more=more, host=host, payoff=_payoff(twice.payoffs[0]), game=_game(twice, host, origin))


def _limit(found: LimitsDocument) -> Message:
    return LIMIT.format(limit=_whole(found.without_levy)) if found.without_levy else NO_LIMIT


def _window(twice: StepDocument) -> Message:
    if twice.levy_window is None:
        return NO_LEVY_PAYS
    low, high = twice.levy_window
    if low == 0:
        return NO_LEVY_NEEDED
    return LEVY_PAYS.format(low=number(100 * low), high=_whole(high))


def _levy(levy: LevyDocument, twice: StepDocument, host: str, origin: str) -> Iterator[Message]:
    totals = {name: _change(account.total) for name, account in levy.accounts.items()}
    yield AT_LEVY.format(
        levy=_whole(levy.share),
        theirs=totals[HOST_NATIVES],
        new=totals[NEW_MIGRANTS],
        old=totals[OLD_MIGRANTS],
        old_before=_change(twice.accounts[OLD_MIGRANTS].total),
        ours=totals[ORIGIN_NATIVES],
        host=host,
        origin=origin,
    )
    for country, groups in zip((host, origin), levy.below_today, strict=True):
        told = [BELOW_BY.format(group=BELOW[name], change=per_cent(change, 2)) for name, change in groups.items()]
        template = ONLY_BELOW if told else NONE_BELOW
        yield template.format(country=country, groups=join_with_and(told))


def _game(step: StepDocument, host: str, origin: str) -> str:
    if step.class_ == "stag-hunt":
        return TRUST
    if step.class_ == "bully" and step.host_prefers_today:
        return BULLY.format(host=host, origin=origin)
    return OTHER_GAME.format(name=NAMES_IN_SENTENCES[step.class_])


def _whole(share: float | None) -> str:
    return per_cent(100 * (share or 0.0), 0)


def _payoff(value: float) -> str:
    return per_cent(value, 2, plus=True)


def _change(value: float) -> str:
    return number(value, 2, plus=True)
