"""A talk as a person reads it: the offers, how it ended, the deal as paper, the votes, and who gained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from games.errors import refuse
from negotiation.moves import Offer
from views.pictures import ROLES, Bar, bars, gauge
from views.terminal import Screen, called, listed, notes, padded, paragraph, subheading, table
from views.words import number, per_cent

if TYPE_CHECKING:
    from negotiation.outcome import Outcome

ACCOUNT_INKS = {"host natives": "host", "origin natives": "origin", "new migrants": "migrants"}

ACCOUNTED = "In % of the pair's GDP; money sent home counts with the origin's natives."

OUTCOMES = {
    "agreement": "an agreement",
    "breakdown": "no agreement",
    "not ratified": "a text that was not ratified at home",
}

Told = Mapping[str, Any]
"""An outcome as JSON tells it."""


class Said(NamedTuple):
    """An offer of a talk."""

    number: int
    """Its place among the offers, from 1."""
    party: int
    package: int


def outcome(screen: Screen, outcome: Outcome) -> list[str]:
    """The whole talk, for `winset simulate`."""
    told = outcome.to_dict()
    title = f"{outcome.scenario}: {OUTCOMES[told['outcome']]}"
    return [
        screen.ink(title, "strong"),
        *paragraph(screen, ending(told)),
        *subheading(screen, "Offers"),
        *offers(screen, outcome),
        *deal(screen, told),
        *ballots(screen, told),
        *accounts(screen, told),
        *quality(screen, told),
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
    return f"{stopped(told)} ({run}).{group}"


def stopped(told: Told) -> str:
    """Who ended the talks without a deal, and how: by walking out, by letting time run out, or at home."""
    ended = told["ended_by"]
    party, reason = ended["party"], ended["reason"]
    match told["transcript"][-1]["move"] if party else "":
        case "walk":
            return f"{party} walks away: {reason}"
        case "phase end":
            return f"{party} had not accepted the last proposal: {reason}"
        case _:
            return f"{party}: {reason}" if party else reason[:1].upper() + reason[1:]


def blocked(ended: Told) -> str:
    """The group that stood in the way of the last proposal."""
    group = called(ended["group"]).lower()
    return f"The group whose turning would have let the last proposal through in {ended['party']}: {group}."


def said(outcome: Outcome) -> list[Said]:
    """The offers of a talk, without those that only repeat the party's last one."""
    last: dict[int, int] = {}
    kept: list[Said] = []
    made = (move for move in outcome.talks.moves if isinstance(move, Offer))
    for place, move in enumerate(made, start=1):
        if last.get(move.party) != move.package:
            kept.append(Said(place, move.party, move.package))
            last[move.party] = move.package
    return kept


def sample(items: Sequence[Said], most: int) -> list[Said]:
    """At most so many of the offers: the first, the last, and evenly from between."""
    if len(items) <= most:
        return list(items)
    return [items[round(at * (len(items) - 1) / (most - 1))] for at in range(most)]


def offers(screen: Screen, outcome: Outcome, most: int = 12) -> list[str]:
    """A timeline of offers with what each was worth to both sides; bars show gains, scaled to the largest."""
    spoken = said(outcome)
    if not spoken:
        return ["Nobody offered anything."]
    parties, values = outcome.preferences.parties, outcome.preferences.values
    shown = sample(spoken, most)
    tops = [max(float(values[offer.package, side]) for offer in spoken) or 1.0 for side in (0, 1)]
    wide = 8 if screen.width >= 72 else 4 if screen.width >= 52 else 0

    def worth(offer: Said, side: int) -> str:
        value = float(values[offer.package, side])
        bar = screen.ink(gauge(value / tops[side] if tops[side] > 0 else 0.0, wide), ROLES[side])
        return f"{padded(number(value, 2, plus=True), 6, '>')} {bar}".rstrip()

    rows = [
        (
            str(offer.number),
            screen.ink(parties[offer.party], ROLES[offer.party]),
            worth(offer, 0),
            worth(offer, 1),
            "".join(map(str, outcome.agenda.levels(offer.package))),
        )
        for offer in shown
    ]
    head = ("offer", "by", f"to {parties[0]}", f"to {parties[1]}", "levels")
    names = listed([called(item.key).lower() for item in outcome.agenda.ladders])
    caption = f"Worth in {outcome.preferences.unit}. Levels from 0, today's practice: {names}."
    skipped = f" {len(spoken) - len(shown)} more offers lie between these." if len(spoken) > len(shown) else ""
    return [*table(screen, head, rows, "><<<<"), *notes(screen, [caption + skipped])]


def deal(screen: Screen, told: Told) -> list[str]:
    """The deal as paper: what each side binds itself to, and who pays whom; nothing without one."""
    paper: Told | None = told["deal"]
    if paper is None:
        return []
    lines = subheading(screen, "The deal")
    schedules: Mapping[str, list[Told]] = paper["schedules"]
    for (party, commitments), role in zip(schedules.items(), ROLES, strict=False):
        lines += [f"{screen.ink(party, role)} binds itself to", *_lines(screen, commitments)]
    lines += [f"{screen.ink('Side payments', 'migrants')}, payer to payee", *_lines(screen, paper["side_payments"])]
    return lines


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


def _lines(screen: Screen, entries: Sequence[Told]) -> list[str]:
    """The lines of a schedule, or of the side payments, which also say who pays whom."""
    rows = [("", called(line["issue"]), line["words"], _payers(line)) for line in entries]
    return table(screen, ("", "", "", ""), rows) if rows else ["  nothing"]


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
            groups = [called(group).lower() for group, cast in vote["by_group"].items() if cast == choice]
            lines += paragraph(screen, listed(groups), indent=2, first=f"{choice:9}") if groups else []
    return lines


def accounts(screen: Screen, told: Told, title: str = "Who gained") -> list[str]:
    """The welfare accounts as bars; those that are not known stay away."""
    if told["deal"] is None:
        return [*subheading(screen, title), "Nothing changes for anybody."]
    known = {account: value for account, value in told["accounts"].items() if value is not None}
    rows = [Bar(account, value, meaning=ACCOUNT_INKS.get(account, "strong")) for account, value in known.items()]
    return [*subheading(screen, title), *bars(screen, rows, 3), *notes(screen, [ACCOUNTED])]


def quality(screen: Screen, told: Told) -> list[str]:
    """The deal against everything that was possible."""
    measured: Mapping[str, float | None] = told["metrics"]
    lines = subheading(screen, "Against what was possible")
    if measured["share_of_joint_maximum"] is None:
        return [
            *lines,
            *paragraph(screen, "No package leaves both governments better off: there is nothing to compare."),
        ]
    rows = [
        ("Share of the largest joint gain", per_cent(100 * measured["share_of_joint_maximum"], 0)),
        ("Distance to the efficient frontier", _distance(measured["distance_to_frontier"])),
        ("Distance to the Nash solution", _distance(measured["distance_to_nash"])),
        ("Smaller gain over the larger", _distance(measured["equity"])),
    ]
    return [*lines, *table(screen, ("", ""), rows, "<>")]


def _distance(value: float | None) -> str:
    return "–" if value is None else number(value, 2)


def write(outcome: Outcome, path: Path) -> None:
    """The transcript as JSON lines, one move each; InputError when the file cannot be written."""
    moves = outcome.to_dict()["transcript"]
    try:
        path.write_text("".join(json.dumps(move, ensure_ascii=False) + "\n" for move in moves), encoding="utf-8")
    except OSError as wrong:
        reason = f"cannot be written: {wrong.strerror or wrong}"
        raise refuse(f"--trace {path}", reason, "name a file in a folder that exists and is yours") from None
