"""Maps of games as text: the class of the game at every point of one or two dials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from games.messages import join_messages, message
from views.text.layout import Screen, fact_lines, notes, pad, paragraph, render_table, section_heading
from views.wording.phrases import format_short
from views.wording.screen import format_share, number, numbers
from views.wording.translation import translate

if TYPE_CHECKING:
    from lab.atlas.axes import AtlasAxis
    from lab.atlas.document import AtlasDocument, AxisDocument
    from lab.atlas.thumbnails import AtlasSlice, Kind
    from views.results.atlas_map import AtlasResult


class ClassMark(NamedTuple):
    """How the points of one class of games are drawn on a map in the terminal: a sign, and the name of a colour."""

    sign: str
    meaning: str


MARKS: Mapping[str, ClassMark] = {
    "stag-hunt": ClassMark("█", "agreement"),
    "harmony": ClassMark("▓", "agreement"),
    "bully": ClassMark("░", "host"),
    "prisoners-dilemma": ClassMark("×", "migrants"),
    "deadlock": ClassMark("·", "quiet"),
    "chicken": ClassMark("◇", "migrants"),
    "battle-of-the-sexes": ClassMark("◆", "migrants"),
    "coordination": ClassMark("○", "agreement"),
    "matching-pennies": ClassMark("~", "quiet"),
    "unnamed": ClassMark("?", "quiet"),
}
"""How each class is drawn; the table under the map counts from the payoffs whether opening enforces itself."""
ORIGIN = ClassMark("▒", "origin")
"""A bully game in which the second country is the strong player."""

BROADEST = 3
"""Maximum width of a point of the map, in columns."""


def render_atlas(screen: Screen, mapped: AtlasResult) -> list[str]:
    """Return a map of games as lines of text, for `winset atlas`.

    They show the pictures, how often each class of games occurs, and the ranges of the other measures.
    """
    found = mapped.survey.document()
    games = message("{number} games on the ground “{name}”", number=number(found.points, 0), name=found.ground.name)
    title = join_messages(", ", [games, *found.ground.changes])
    lines = [
        *(screen.ink(line, "strong") for line in paragraph(screen, title)),
        *fact_lines(screen, [(dial.name, _range(dial)) for dial in found.dials]),
    ]
    for each in mapped.pictures:
        lines += ["", *render_slice(screen, each)]
    lines += [
        *render_classes(screen, found, pictured=bool(mapped.pictures)),
        *agreements(screen, found),
        *spans(screen, found, [column.label for column in mapped.survey.atlas.columns]),
    ]
    return [*lines, "", *notes(screen, [*found.notes, *_file(found)])]


def _range(dial: AxisDocument) -> str:
    return message(
        "{least} to {most}, {number} values ({unit})",
        least=format_short(dial.least),
        most=format_short(dial.most),
        number=number(dial.count, 0),
        unit=dial.unit,
    )


def render_slice(screen: Screen, shown: AtlasSlice) -> list[str]:
    """Return one picture of a map of games as lines of text: each point shows the class of its game by a sign.

    The first dial (a parameter that varies) runs to the right, the second upwards.
    """
    ticks = [] if shown.upward is None else [format_short(value) for value in shown.upward.values[[-1, 0]].tolist()]
    margin = max(map(len, ticks), default=0)
    room = screen.width - margin - 1
    places = min(len(shown.kinds[0]), room)
    each = max(1, min(BROADEST, room // places))
    # A map that is wider than the screen is thinned in equal steps, so that both ends of the dial are in it.
    picked = [round(at * (len(shown.kinds[0]) - 1) / max(1, places - 1)) for at in range(places)]
    rows = ["".join(_sign(screen, row[at]) * each for at in picked) for row in reversed(shown.kinds)]
    labels = [*ticks[:1], *[""] * (len(rows) - 2), *ticks[1:]] if ticks else [""]
    still = ", ".join(f"{name} {format_short(value)}" for name, value in shown.still)
    fixed = translate(message("at {values}", values=still)) if still else ""
    head = "   ".join(filter(None, (f"↑ {shown.upward.name}" if shown.upward else "", fixed)))
    return [
        *([head] if head else []),
        *(f"{pad(label, margin, '>')} {row}" for label, row in zip(labels, rows, strict=False)),
        f"{' ' * margin} {_axis(shown.across, places * each, room)}",
    ]


def _sign(screen: Screen, kind: Kind) -> str:
    mark = ORIGIN if kind[1] == 1 else MARKS[kind[0]]
    return screen.ink(mark.sign, mark.meaning)


def _axis(across: AtlasAxis, width: int, room: int) -> str:
    """Both ends of the dial below the map, and its name with an arrow where it fits."""
    low, high = (format_short(value) for value in across.values[[0, -1]].tolist())
    name = f"{across.name} →"
    inside = len(low) + len(name) + len(high) + 2 <= width
    line = pad(low, width - len(high)) + high if width > len(low) + len(high) else f"{low} {high}"
    if inside:
        return pad(low, len(low) + 1) + pad(name, width - len(low) - len(high) - 1, "^") + high
    return f"{line}  {name}"[:room]


def render_classes(screen: Screen, found: AtlasDocument, *, pictured: bool) -> list[str]:
    """Return a table, as lines of text, of how often each class of games occurs on a map.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Summary of the map.
    pictured
        Whether to show the sign that each class has on the map.

    Returns
    -------
    list[str]
        Lines of text; empty where the class was not measured.
    """
    if found.classes is None:
        return []
    first = found.ground.players[0]
    shares = numbers([100 * each.share for each in found.classes], unit="%")
    rows = [
        (
            _sign(screen, (each.class_, -1 if each.class_player in {None, first} else 1)) if pictured else "",
            message("{kind} ({player} dominates)", kind=each.class_, player=each.class_player)
            if each.class_player
            else each.class_,
            share,
            number(each.count, 0),
        )
        for each, share in zip(found.classes, shares, strict=True)
    ]
    return [
        *section_heading(screen, message("What game is it?")),
        *render_table(screen, ("", "", message("share"), message("games")), rows, "<<>>"),
    ]


def agreements(screen: Screen, found: AtlasDocument) -> list[str]:
    """Return, as lines of text, at which share of the points of a map both countries would agree to open.

    The rows: both governments gain; the agreement is self-enforcing (neither side gains by breaking it); full opening
    is so; no opening is so. Empty where none of this was measured.
    """
    shares = [
        (message("Both governments gain"), found.both_gain),
        (message("The agreement holds by itself"), found.self_enforcing),
    ]
    if found.openness is not None:
        shares.append((message("Full opening holds by itself"), found.openness.full))
        shares.append((message("No opening holds by itself"), found.openness.none))
        if found.openness.not_read:
            shares.append((message("Today's number of people is the ceiling"), found.openness.not_read))
    rows = [(name, format_share(part)) for name, part in shares if part is not None]
    return [*section_heading(screen, message("Would they sign?")), *fact_lines(screen, rows)] if rows else []


def spans(screen: Screen, found: AtlasDocument, labels: Sequence[str]) -> list[str]:
    """Return a table, as lines of text, with the least and the largest value of each numeric measure of a map.

    A line with their unit stands before the measures that have it.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Summary of the map.
    labels
        Label of each of its columns.

    Returns
    -------
    list[str]
        Lines of text; empty where no measure is a number.
    """
    rows, unit = list[tuple[str, str, str]](), None
    for each, label in zip(found.columns, labels, strict=True):
        if each.kind == "number":
            if each.unit != unit:
                unit = each.unit
                rows.append((screen.ink(unit or "", "quiet"), "", ""))
            rows.append((label, _value(each.least), _value(each.most)))
    if not rows:
        return []
    return [
        *section_heading(screen, message("From the least to the most")),
        *render_table(screen, ("", message("least"), message("most")), rows, "<>>"),
    ]


def _value(value: float | None) -> str:
    return "–" if value is None else format_short(value)


def _file(found: AtlasDocument) -> list[str]:
    """Where the points are stored, and how to read them."""
    if found.file is None:
        return [message("-o map.parquet writes every point.")]
    return [message('Every point stands in {file}. In Python: pandas.read_parquet("{file}")', file=found.file)]
