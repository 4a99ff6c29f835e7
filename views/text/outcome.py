"""The outcome of talks as text: requests and offers, how the talks ended, the deal, the votes, and who gained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from games.errors import write_error
from games.visible_text import json_safe
from negotiation.agenda import schedule_layout
from negotiation.protocols.moves import Request
from views.text.charts import ROLES, Bar, bars
from views.text.layout import Screen, key_label, label_in_sentence, notes, paragraph, render_table, subheading
from views.text.timeline import POINTS, render_offers
from views.wording.phrases import format_short, join_words
from views.wording.screen import format_share, number, numbers

if TYPE_CHECKING:
    from negotiation.outcome.outcome import Outcome

ACCOUNT_INKS = {"host natives": "host", "origin natives": "origin", "new migrants": "migrants"}

ACCOUNTED = "In % of the pair's GDP; money sent home counts with the origin's natives."

FLOOR = "The rights floor lies under every line. It was never on the table."

OUTCOMES = {
    "agreement": "an agreement",
    "breakdown": "no agreement",
    "not ratified": "a text that was not ratified at home",
}

JsonObject = Mapping[str, Any]
"""An outcome as in its JSON."""


def render_outcome(screen: Screen, outcome: Outcome) -> list[str]:
    """Render the whole outcome, for `winset simulate`."""
    told = outcome.to_dict()
    title = f"{outcome.scenario}: {OUTCOMES[told['outcome']]}"
    return [
        screen.ink(title, "strong"),
        *paragraph(screen, ending_sentence(told)),
        *requests(screen, outcome),
        *render_shock_texts(screen, outcome),
        *subheading(screen, "Offers"),
        *render_offers(screen, outcome),
        *deal(screen, outcome, told),
        *render_ballots(screen, told),
        *render_account_changes(screen, told),
        *mandates(screen, told),
        *quality(screen, told, total_gain_rows(outcome)),
        "",
        *notes(screen, told["notes"]),
    ]


def ending_sentence(told: JsonObject) -> str:
    """How the talks ended, in a sentence; without a deal also which party ended them, and which group was decisive."""
    run = f"round {told['rounds']}, seed {told['seed']}, replicate {told['replicate']}"
    ended: JsonObject | None = told["ended_by"]
    if ended is None:
        return f"Signed and ratified ({run})."
    group = f" {describe_blocking_group(ended)}" if ended["group"] else ""
    return f"{describe_stop(told)} ({run}).{group}{describe_compensation(told)}"


def describe_stop(told: JsonObject) -> str:
    """Which party ended the talks without a deal, and how: by walking away, at the deadline, or by a vote at home."""
    ended = told["ended_by"]
    party, reason = ended["party"], ended["reason"]
    match told["transcript"][-1]["move"] if party else "":
        case "walk":
            return f"{party} walks away: {reason}"
        case "phase end":
            return f"{party} {_had_done(told['transcript'])}: {reason}"
        case _:
            return f"{party}: {reason}" if party else reason[:1].upper() + reason[1:]


def _had_done(transcript: Sequence[JsonObject]) -> str:
    """What the party that ended the talks had done with the last proposal at the deadline: see `unwilling_party`."""
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


def describe_blocking_group(ended: JsonObject) -> str:
    """The group at home whose change of vote would have let the last proposal pass."""
    group = label_in_sentence(ended["group"])
    return f"The group whose turning would have let the last proposal through in {ended['party']}: {group}."


def describe_compensation(told: JsonObject) -> str:
    """The least compensation with which the refusing country would have ratified; "" where no compensation suffices."""
    ended = told["ended_by"]
    if not ended["compensation"]:
        return ""
    paid = join_words(
        [
            f"{label_in_sentence(group)} {format_short(loss)}"
            for group, loss in ended["compensation"]["payments"].items()
        ]
    )
    return f" Cheapest compensation there, in {told['value_unit']}: {paid}."


def requests(screen: Screen, outcome: Outcome) -> list[str]:
    """Render the requests of each side, line by line; empty when nobody made one."""
    lines: list[str] = []
    for move in outcome.talks.moves:
        if isinstance(move, Request):
            asked = [outcome.agenda.ladders[place] for place, _ in move.asks]
            wishes = [f"{item.name}: {item.plain[level]}" for item, (_, level) in zip(asked, move.asks, strict=True)]
            lines.append(f"{screen.ink(outcome.preferences.parties[move.party], ROLES[move.party])} asks for at least")
            lines += [line for wish in wishes or ["nothing"] for line in paragraph(screen, wish, first="· ")]
    return [*subheading(screen, "Requests, sealed and opened together"), *lines] if lines else []


def render_shock_texts(screen: Screen, outcome: Outcome) -> list[str]:
    """Render the public text of each shock; empty when there was none."""
    lines = [
        line
        for number, _, text in outcome.shock_events
        for line in paragraph(screen, f"Before round {number}: {text}", first="· ")
    ]
    return [*subheading(screen, "From outside"), *lines] if lines else []


def deal(screen: Screen, outcome: Outcome, told: JsonObject) -> list[str]:
    """Render the deal: the schedule of each side in the columns of the WTO, and the side payments.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    outcome
        Outcome of the talks.
    told
        The outcome, as in its JSON.

    Returns
    -------
    list[str]
        Lines of text; empty without a deal.
    """
    paper = outcome.deal_document
    if paper is None:
        return []
    lines = subheading(screen, "The deal")
    for (party, changes), role in zip(paper.schedules.items(), ROLES, strict=False):
        lines += [
            f"Schedule of {screen.ink(party, role)}",
            *schedule_layout.schedule_text_lines(changes, screen.width),
            "",
        ]
    lines.append(f"{screen.ink('Side payments', 'migrants')}, payer → payee")
    due = [f"{line['name']}: {line['words']}; {_payers(line)}" for line in told["deal"]["side_payments"]]
    lines += [line for each in due for line in paragraph(screen, each, first="· ")] or ["  none"]
    worth = join_words([f"{format_short(value)} to {party}" for party, value in told["values"].items()])
    lines += ["", *paragraph(screen, f"Worth {worth}, in {told['value_unit']}.")]
    return [*lines, *notes(screen, [*told["deal"]["warnings"], FLOOR])]


def render_deal_summary(screen: Screen, told: JsonObject) -> list[str]:
    """Render the deal with one line per issue: its level, and which party is bound or which pays which."""
    paper: JsonObject | None = told["deal"]
    if paper is None:
        return []
    who: dict[str, list[str]] = {}
    lines: dict[str, JsonObject] = {}
    for party, commitments in paper["schedules"].items():
        for line in commitments:
            lines[line["issue"]] = line
            who.setdefault(line["issue"], []).append(party)
    rows = [(key_label(issue), line["words"], join_words(who[issue])) for issue, line in lines.items()]
    rows += [(key_label(line["issue"]), line["words"], _payers(line)) for line in paper["side_payments"]]
    return [
        *subheading(screen, "The deal"),
        *render_table(screen, ("issue", "level", "who binds itself, or pays"), rows),
    ]


def _payers(line: JsonObject) -> str:
    return f"{line['payer']} → {line['payee']}" if "payer" in line else ""


def render_ballots(screen: Screen, told: JsonObject) -> list[str]:
    """Render the votes at home: for, against, abstaining; empty when there was no vote."""
    if not told["votes"]:
        return []
    lines = subheading(screen, "The vote at home")
    votes: Mapping[str, Any] = told["votes"]
    for (country, vote), role in zip(votes.items(), ROLES, strict=False):
        verdict = "ratifies" if vote["passed"] else "does not ratify"
        lines.append(f"{screen.ink(country, role)} {verdict} ({number(vote['support'], 0, plus=True)})")
        for choice in ("for", "against", "abstains"):
            groups = [label_in_sentence(group) for group, cast in vote["by_group"].items() if cast == choice]
            lines += paragraph(screen, join_words(groups), indent=2, first=f"{choice:9}") if groups else []
    return lines


def render_account_changes(screen: Screen, told: JsonObject, title: str = "Who gained") -> list[str]:
    """Render the welfare accounts as bars; unknown ones are left out.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The outcome, as in its JSON.
    title
        Title of the section.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    if told["deal"] is None:
        return [*subheading(screen, title), "Nothing changes for anybody."]
    known = {account: value for account, value in told["accounts"].items() if value is not None}
    rows = [Bar(account, value, meaning=ACCOUNT_INKS.get(account, "strong")) for account, value in known.items()]
    if told["value_unit"] == POINTS:
        return [*subheading(screen, title), *bars(screen, rows, 0), *notes(screen, ["In points."])]
    return [*subheading(screen, title), *bars(screen, rows, 3), *notes(screen, [ACCOUNTED])]


def mandates(screen: Screen, told: JsonObject) -> list[str]:
    """Render how far each delegation kept to its mandate; empty when no mandate has limits or priorities."""
    faithful: Mapping[str, JsonObject] = told["faithfulness"] or {}
    rows = [(party, _share(own["red_lines"]), _share(own["priorities"])) for party, own in faithful.items()]
    if all(row[1:] == ("–", "–") for row in rows):
        return []
    head = ("delegation", "red lines kept", "priorities raised")
    return [*subheading(screen, "Mandates"), *render_table(screen, head, rows, "<>>")]


def _share(value: float | None) -> str:
    return format_share(value, 0)


def total_gain_rows(outcome: Outcome) -> list[tuple[str, str]]:
    """The gain of all people, migrants included, beside the largest possible; empty when it is not known."""
    found = outcome.whole
    if found is None:
        return []
    return [("Gain, those who move included", f"{format_short(found.realised)} of {format_short(found.possible)}")]


def quality(screen: Screen, told: JsonObject, whole: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Render the deal against everything that was possible.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The outcome, as in its JSON.
    whole
        Rows of label and value that come first; empty for none.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    measured: Mapping[str, float | None] = told["metrics"]
    lines = subheading(screen, "Against what was possible")
    if measured["share_of_joint_maximum"] is None:
        return [
            *lines,
            *render_table(screen, ("", ""), whole, "<>"),
            *paragraph(screen, "No package leaves both governments better off: there is nothing to compare."),
        ]
    rows = [
        *whole,
        ("Share of the largest joint gain", format_share(measured["share_of_joint_maximum"], 0)),
        ("Distance to the efficient frontier", _distance(measured["distance_to_frontier"])),
        ("Distance to the Nash solution", _distance(measured["distance_to_nash"])),
        ("Smaller gain over the larger", _distance(measured["equity"])),
    ]
    return [*lines, *render_table(screen, ("", ""), rows, "<>")]


def _distance(value: float | None) -> str:
    return numbers([value], 2)[0]


def write_transcript(outcome: Outcome, path: Path) -> None:
    """Write the transcript as JSON Lines, one move per line; InputError when the file cannot be written."""
    moves = outcome.to_dict()["transcript"]
    try:
        lines = (json_safe(json.dumps(move, ensure_ascii=False)) for move in moves)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as wrong:
        raise write_error(wrong, f"--trace {path}", "name a file in a folder that exists and is yours") from None
