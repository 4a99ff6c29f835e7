"""A talk as a person reads it: requests and offers, how it ended, the deal as paper, the votes, and who gained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from games.errors import unwritten
from games.visible_text import json_safe
from negotiation.agenda import schedule_layout
from negotiation.protocols.moves import Accept, Move, Offer, PhaseEnd, Reject, Request, Shock, Vote, Withdraw
from views.text.charts import ROLES, Bar, bars, gauge
from views.text.layout import Screen, called, inside, notes, padded, paragraph, subheading, table
from views.wording.phrases import listed, rounded
from views.wording.screen import number, numbers, share_of

if TYPE_CHECKING:
    from negotiation.outcome.outcome import Outcome

ACCOUNT_INKS = {"host natives": "host", "origin natives": "origin", "new migrants": "migrants"}

ACCOUNTED = "In % of the pair's GDP; money sent home counts with the origin's natives."
POINTS = "points"
"""The unit of scored cases, in which everything is a whole number and accounts are no share of a GDP."""

FLOOR = "The rights floor lies under every line. It was never on the table."

OUTCOMES = {
    "agreement": "an agreement",
    "breakdown": "no agreement",
    "not ratified": "a text that was not ratified at home",
}

Told = Mapping[str, Any]
"""An outcome as JSON tells it."""


OUTSIDE = "shock:"
"""Before the name of what strikes from outside."""


class Said(NamedTuple):
    """An entry in the timeline of a talk."""

    label: str
    """The place of an offer among all offers, from 1, or what happened instead."""
    party: int | None
    """Who spoke; None for the groups at home and for the world outside."""
    package: int | None
    """What was offered or accepted; None for all else."""


def outcome(screen: Screen, outcome: Outcome) -> list[str]:
    """The whole talk, for `winset simulate`."""
    told = outcome.to_dict()
    title = f"{outcome.scenario}: {OUTCOMES[told['outcome']]}"
    return [
        screen.ink(title, "strong"),
        *paragraph(screen, ending(told)),
        *requests(screen, outcome),
        *shocks(screen, outcome),
        *subheading(screen, "Offers"),
        *offers(screen, outcome),
        *deal(screen, outcome, told),
        *ballots(screen, told),
        *accounts(screen, told),
        *mandates(screen, told),
        *quality(screen, told, everybody(outcome)),
        "",
        *notes(screen, told["notes"]),
    ]


def ending(told: Told) -> str:
    """How the talks ended, in a sentence; who stopped them and for whose sake, where somebody did."""
    run = f"round {told['rounds']}, seed {told['seed']}, replicate {told['replicate']}"
    ended: Told | None = told["ended_by"]
    if ended is None:
        return f"Signed and ratified ({run})."
    group = f" {blocked(ended)}" if ended["group"] else ""
    return f"{stopped(told)} ({run}).{group}{bought(told)}"


def stopped(told: Told) -> str:
    """Who ended the talks without a deal, and how: by walking out, by letting time run out, or at home."""
    ended = told["ended_by"]
    party, reason = ended["party"], ended["reason"]
    match told["transcript"][-1]["move"] if party else "":
        case "walk":
            return f"{party} walks away: {reason}"
        case "phase end":
            return f"{party} {_had_done(told['transcript'])}: {reason}"
        case _:
            return f"{party}: {reason}" if party else reason[:1].upper() + reason[1:]


def _had_done(transcript: Sequence[Told]) -> str:
    """What the party that ended the talks had done with the last proposal when time ran out (`turns.unwilling`)."""
    withdrawn: set[str] = set()
    for line in reversed(transcript):
        if line["move"] == "accept":
            return "had voted the last proposal down"
        if line["move"] == "withdraw":
            withdrawn.add(line["party"])
        if line["move"] == "offer" and line["party"] in withdrawn:
            return "had withdrawn the last proposal"
        if line["move"] == "offer":
            break
    return "had not accepted the last proposal"


def blocked(ended: Told) -> str:
    """The group that stood in the way of the last proposal."""
    group = inside(ended["group"])
    return f"The group whose turning would have let the last proposal through in {ended['party']}: {group}."


def bought(told: Told) -> str:
    """What the refusing country would have had to pay its groups at home; "" where no payment was the answer."""
    ended = told["ended_by"]
    if not ended["compensation"]:
        return ""
    paid = listed([f"{inside(group)} {rounded(loss)}" for group, loss in ended["compensation"]["payments"].items()])
    return f" Cheapest compensation there, in {told['value_unit']}: {paid}."


def requests(screen: Screen, outcome: Outcome) -> list[str]:
    """What each side asked the other for, line by line; nothing where nobody asked."""
    lines: list[str] = []
    for move in outcome.talks.moves:
        if isinstance(move, Request):
            asked = [outcome.agenda.ladders[place] for place, _ in move.asks]
            wishes = [f"{item.name}: {item.plain[level]}" for item, (_, level) in zip(asked, move.asks, strict=True)]
            lines.append(f"{screen.ink(outcome.preferences.parties[move.party], ROLES[move.party])} asks for at least")
            lines += [line for wish in wishes or ["nothing"] for line in paragraph(screen, wish, first="· ")]
    return [*subheading(screen, "Requests, sealed and opened together"), *lines] if lines else []


def shocks(screen: Screen, outcome: Outcome) -> list[str]:
    """What everybody was told when something struck from outside; nothing where nothing did."""
    lines = [
        line
        for number, _, text in outcome.struck
        for line in paragraph(screen, f"Before round {number}: {text}", first="· ")
    ]
    return [*subheading(screen, "From outside"), *lines] if lines else []


def said(outcome: Outcome) -> list[Said]:
    """The timeline of a talk, without offers that only repeat the party's last one."""
    moves = outcome.talks.moves
    last: dict[int, int] = {}
    kept: list[Said] = []
    for at, move in enumerate(moves):
        match move:
            case Offer(party, package):
                if last.get(party) != package:
                    kept.append(Said(_label(outcome, at), party, package))
                last[party] = package
            case Accept(party):
                kept.append(Said("accepts", party, last.get(1 - party)))
            case Reject(party):
                kept.append(Said("rejects", party, None))
            case Withdraw(party):
                last.pop(party, None)
                kept.append(Said("withdraws", party, None))
            case Shock(name):
                kept.append(Said(f"{OUTSIDE} {name}", None, None))
            case _:
                kept += [Said("voted down", None, None)] if _sent_back(moves, at) else []
    return kept


def _label(outcome: Outcome, at: int) -> str:
    """The place of an offer among all offers; first drafts, which are tabled under seal, are called so."""
    before = outcome.talks.moves[:at]
    sealed = outcome.talks.rules.protocol == "request_offer"
    if sealed and sum(isinstance(move, PhaseEnd) for move in before) < 2:
        return "draft"
    return str(1 + sum(isinstance(move, Offer) for move in before))


def _sent_back(moves: Sequence[Move], at: int) -> bool:
    """Whether this is the last vote of a country's groups and the talks go on all the same."""
    return isinstance(moves[at], Vote) and at + 1 < len(moves) and not isinstance(moves[at + 1], Vote)


def sample(items: Sequence[Said], most: int) -> list[Said]:
    """At most so many entries: the first, the last, and evenly from between."""
    if len(items) <= most:
        return list(items)
    return [items[round(at * (len(items) - 1) / (most - 1))] for at in range(most)]


def offers(screen: Screen, outcome: Outcome, most: int = 12) -> list[str]:
    """A timeline of offers with what each was worth to both sides; bars show gains, scaled to the largest."""
    spoken = said(outcome)
    if not any(each.package is not None for each in spoken):
        return ["Nobody proposed anything."]
    parties = outcome.preferences.parties
    shown = sample(spoken, most)
    rows = [
        (
            each.label,
            _speaker(screen, each, parties),
            *worth,
            "" if each.package is None else "".join(map(str, outcome.agenda.levels(each.package))),
        )
        for each, *worth in zip(shown, *(_worth(screen, outcome, shown, side) for side in (0, 1)), strict=True)
    ]
    head = ("offer", "by", f"to {parties[0]}", f"to {parties[1]}", "levels")
    names = listed([inside(item.key) for item in outcome.agenda.ladders])
    caption = f"Worth in {outcome.preferences.unit}. Levels from 0, today's practice: {names}."
    skipped = f" {len(spoken) - len(shown)} more moves lie between these." if len(spoken) > len(shown) else ""
    return [*table(screen, head, rows, "><<<<"), *notes(screen, [caption + skipped])]


def _speaker(screen: Screen, each: Said, parties: Sequence[str]) -> str:
    if each.party is not None:
        return screen.ink(parties[each.party], ROLES[each.party])
    return "outside" if each.label.startswith(OUTSIDE) else "at home"


def _worth(screen: Screen, outcome: Outcome, shown: Sequence[Said], side: int) -> list[str]:
    """What every offer is worth to a side, with bars as long as the largest gain among those shown."""
    wide = 8 if screen.width >= 72 else 4 if screen.width >= 52 else 0
    places = _places(outcome.preferences.unit)
    values = outcome.preferences.values[:, side]
    worth = [None if each.package is None else float(values[each.package]) for each in shown]
    top = max(value for value in worth if value is not None)

    texts = numbers(worth, places, plus=True)
    figures = max(6 if places else 4, *map(len, texts))

    def told(value: float | None, text: str) -> str:
        if value is None:
            return ""
        bar = screen.ink(gauge(value / top if top > 0 else 0.0, wide).rstrip(), ROLES[side])
        return f"{padded(text, figures, '>')} {bar}".rstrip()

    return [told(*each) for each in zip(worth, texts, strict=True)]


def _places(unit: str) -> int:
    return 0 if unit == POINTS else 2


def deal(screen: Screen, outcome: Outcome, told: Told) -> list[str]:
    """The deal on paper: each side's schedule in the columns of the WTO, and who pays whom; nothing without one."""
    paper = outcome.paper
    if paper is None:
        return []
    lines = subheading(screen, "The deal")
    for (party, changes), role in zip(paper.schedules.items(), ROLES, strict=False):
        lines += [f"Schedule of {screen.ink(party, role)}", *schedule_layout.columns(changes, screen.width), ""]
    lines.append(f"{screen.ink('Side payments', 'migrants')}, payer → payee")
    due = [f"{line['name']}: {line['words']}; {_payers(line)}" for line in told["deal"]["side_payments"]]
    lines += [line for each in due for line in paragraph(screen, each, first="· ")] or ["  none"]
    worth = listed([f"{rounded(value)} to {party}" for party, value in told["values"].items()])
    lines += ["", *paragraph(screen, f"Worth {worth}, in {told['value_unit']}.")]
    return [*lines, *notes(screen, [*told["deal"]["warnings"], FLOOR])]


def brief(screen: Screen, told: Told) -> list[str]:
    """The deal in a line an issue: the level, and who binds itself or who pays whom."""
    paper: Told | None = told["deal"]
    if paper is None:
        return []
    who: dict[str, list[str]] = {}
    lines: dict[str, Told] = {}
    for party, commitments in paper["schedules"].items():
        for line in commitments:
            lines[line["issue"]] = line
            who.setdefault(line["issue"], []).append(party)
    rows = [(called(issue), line["words"], listed(who[issue])) for issue, line in lines.items()]
    rows += [(called(line["issue"]), line["words"], _payers(line)) for line in paper["side_payments"]]
    return [*subheading(screen, "The deal"), *table(screen, ("issue", "level", "who binds itself, or pays"), rows)]


def _payers(line: Told) -> str:
    return f"{line['payer']} → {line['payee']}" if "payer" in line else ""


def ballots(screen: Screen, told: Told) -> list[str]:
    """The votes at home, for, against and abstaining; nothing where nobody was asked."""
    if not told["votes"]:
        return []
    lines = subheading(screen, "The vote at home")
    votes: Mapping[str, Any] = told["votes"]
    for (country, vote), role in zip(votes.items(), ROLES, strict=False):
        verdict = "ratifies" if vote["passed"] else "does not ratify"
        lines.append(f"{screen.ink(country, role)} {verdict} ({number(vote['support'], 0, plus=True)})")
        for choice in ("for", "against", "abstains"):
            groups = [inside(group) for group, cast in vote["by_group"].items() if cast == choice]
            lines += paragraph(screen, listed(groups), indent=2, first=f"{choice:9}") if groups else []
    return lines


def accounts(screen: Screen, told: Told, title: str = "Who gained") -> list[str]:
    """The welfare accounts as bars; those that are not known stay away."""
    if told["deal"] is None:
        return [*subheading(screen, title), "Nothing changes for anybody."]
    known = {account: value for account, value in told["accounts"].items() if value is not None}
    rows = [Bar(account, value, meaning=ACCOUNT_INKS.get(account, "strong")) for account, value in known.items()]
    if told["value_unit"] == POINTS:
        return [*subheading(screen, title), *bars(screen, rows, 0), *notes(screen, ["In points."])]
    return [*subheading(screen, title), *bars(screen, rows, 3), *notes(screen, [ACCOUNTED])]


def mandates(screen: Screen, told: Told) -> list[str]:
    """How faithful each delegation was to its mandate; nothing where no mandate says anything."""
    faithful: Mapping[str, Told] = told["faithfulness"] or {}
    rows = [(party, _share(own["red_lines"]), _share(own["priorities"])) for party, own in faithful.items()]
    if all(row[1:] == ("–", "–") for row in rows):
        return []
    head = ("delegation", "red lines kept", "priorities raised")
    return [*subheading(screen, "Mandates"), *table(screen, head, rows, "<>>")]


def _share(value: float | None) -> str:
    return share_of(value, 0)


def everybody(outcome: Outcome) -> list[tuple[str, str]]:
    """The gain of everybody, those who move included, beside the largest; nothing where it is not known."""
    found = outcome.whole
    if found is None:
        return []
    return [("Gain, those who move included", f"{rounded(found.realised)} of {rounded(found.possible)}")]


def quality(screen: Screen, told: Told, whole: Sequence[tuple[str, str]] = ()) -> list[str]:
    """The deal against everything that was possible; `whole` is told first."""
    measured: Mapping[str, float | None] = told["metrics"]
    lines = subheading(screen, "Against what was possible")
    if measured["share_of_joint_maximum"] is None:
        return [
            *lines,
            *table(screen, ("", ""), whole, "<>"),
            *paragraph(screen, "No package leaves both governments better off: there is nothing to compare."),
        ]
    rows = [
        *whole,
        ("Share of the largest joint gain", share_of(measured["share_of_joint_maximum"], 0)),
        ("Distance to the efficient frontier", _distance(measured["distance_to_frontier"])),
        ("Distance to the Nash solution", _distance(measured["distance_to_nash"])),
        ("Smaller gain over the larger", _distance(measured["equity"])),
    ]
    return [*lines, *table(screen, ("", ""), rows, "<>")]


def _distance(value: float | None) -> str:
    return numbers([value], 2)[0]


def write(outcome: Outcome, path: Path) -> None:
    """The transcript as JSON lines, one move each; InputError when the file cannot be written."""
    moves = outcome.to_dict()["transcript"]
    try:
        lines = (json_safe(json.dumps(move, ensure_ascii=False)) for move in moves)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as wrong:
        raise unwritten(wrong, f"--trace {path}", "name a file in a folder that exists and is yours") from None
