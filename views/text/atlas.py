"""Maps of games as text: the class of the game at every point of one or two dials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from views.text.layout import Screen, facts, heading, notes, padded, paragraph, table
from views.wording.phrases import rounded
from views.wording.screen import number, numbers, share_of

if TYPE_CHECKING:
    from lab.atlas.axes import Dial
    from lab.atlas.thumbnails import Kind, Slice
    from views.results import Mapped

Told = Mapping[str, Any]
"""A survey as in its JSON."""


class Mark(NamedTuple):
    """How a class of games is drawn: a sign and an ink."""

    sign: str
    meaning: str


MARKS: Mapping[str, Mark] = {
    "stag-hunt": Mark("█", "agreement"),
    "harmony": Mark("▓", "agreement"),
    "bully": Mark("░", "host"),
    "prisoners-dilemma": Mark("×", "migrants"),
    "deadlock": Mark("·", "quiet"),
    "chicken": Mark("◇", "migrants"),
    "battle-of-the-sexes": Mark("◆", "migrants"),
    "coordination": Mark("○", "agreement"),
    "matching-pennies": Mark("~", "quiet"),
    "unnamed": Mark("?", "quiet"),
}
"""How each class is drawn; the table under the map counts from the payoffs whether opening enforces itself."""
ORIGIN = Mark("▒", "origin")
"""A bully game in which the second country is the strong player."""

BROADEST = 3
"""Maximum width of a point of the map, in columns."""


def atlas(screen: Screen, mapped: Mapped) -> list[str]:
    """Render a map, for `winset atlas`: pictures, the frequency of each class, and the other measures."""
    told = mapped.to_dict()
    ground = f"{number(told['points'], 0)} games on the ground “{told['ground']['name']}”"
    lines = [
        *(screen.ink(line, "strong") for line in paragraph(screen, ", ".join([ground, *told["ground"]["changes"]]))),
        *facts(screen, [(dial["name"], _moved(dial)) for dial in told["dials"]]),
    ]
    for each in mapped.pictures:
        lines += ["", *picture(screen, each)]
    lines += [*classes(screen, told, pictured=bool(mapped.pictures)), *agreements(screen, told), *spans(screen, told)]
    return [*lines, "", *notes(screen, [*told["notes"], *_file(told)])]


def _moved(dial: Told) -> str:
    least, most = rounded(dial["least"]), rounded(dial["most"])
    return f"{least} to {most}, {number(dial['count'], 0)} values ({dial['unit']})"


def picture(screen: Screen, shown: Slice) -> list[str]:
    """Render a slice as a map: the first dial runs to the right, the second upwards."""
    ticks = [] if shown.upward is None else [rounded(value) for value in shown.upward.values[[-1, 0]].tolist()]
    margin = max(map(len, ticks), default=0)
    room = screen.width - margin - 1
    places = min(len(shown.kinds[0]), room)
    each = max(1, min(BROADEST, room // places))
    rows = ["".join(_sign(screen, kind) * each for kind in row[:places]) for row in reversed(shown.kinds)]
    labels = [*ticks[:1], *[""] * (len(rows) - 2), *ticks[1:]] if ticks else [""]
    still = ", ".join(f"{name} {rounded(value)}" for name, value in shown.still)
    head = "   ".join(filter(None, (f"↑ {shown.upward.name}" if shown.upward else "", f"at {still}" if still else "")))
    return [
        *([head] if head else []),
        *(f"{padded(label, margin, '>')} {row}" for label, row in zip(labels, rows, strict=False)),
        f"{' ' * margin} {_axis(shown.across, places * each, room)}",
    ]


def _sign(screen: Screen, kind: Kind) -> str:
    mark = ORIGIN if kind[1] == 1 else MARKS[kind[0]]
    return screen.ink(mark.sign, mark.meaning)


def _axis(across: Dial, width: int, room: int) -> str:
    """Both ends of the dial below the map, and its name with an arrow where it fits."""
    low, high = (rounded(value) for value in across.values[[0, -1]].tolist())
    name = f"{across.name} →"
    inside = len(low) + len(name) + len(high) + 2 <= width
    line = padded(low, width - len(high)) + high if width > len(low) + len(high) else f"{low} {high}"
    if inside:
        return padded(low, len(low) + 1) + padded(name, width - len(low) - len(high) - 1, "^") + high
    return f"{line}  {name}"[:room]


def classes(screen: Screen, told: Told, *, pictured: bool) -> list[str]:
    """Render how often each class occurs.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The survey, as in its JSON.
    pictured
        Whether to show the sign that each class has on the map.

    Returns
    -------
    list[str]
        Lines of text; empty where the class was not measured.
    """
    if told["classes"] is None:
        return []
    first = told["ground"]["players"][0]
    shares = numbers([100 * found["share"] for found in told["classes"]], unit="%")
    rows = [
        (
            _sign(screen, (found["class"], -1 if found["class_player"] in {None, first} else 1)) if pictured else "",
            found["class"] + (f" ({found['class_player']} dominates)" if found["class_player"] else ""),
            shown,
            number(found["count"], 0),
        )
        for found, shown in zip(told["classes"], shares, strict=True)
    ]
    return [*heading(screen, "What game is it?"), *table(screen, ("", "", "share", "games"), rows, "<<>>")]


def agreements(screen: Screen, told: Told) -> list[str]:
    """Render how often both governments gain, the agreement enforces itself, and full opening enforces itself."""
    shares = [("Both governments gain", told["both_gain"]), ("The agreement holds by itself", told["self_enforcing"])]
    if told["openness"] is not None:
        shares.append(("Full opening holds by itself", told["openness"]["full"]))
        shares.append(("No opening holds by itself", told["openness"]["none"]))
    rows = [(name, share_of(part)) for name, part in shares if part is not None]
    return [*heading(screen, "Would they sign?"), *facts(screen, rows)] if rows else []


def spans(screen: Screen, told: Told) -> list[str]:
    """Render the least and the largest value of each numeric measure."""
    rows = [
        (each["name"], _value(each["least"]), _value(each["most"]), each["unit"])
        for each in told["columns"]
        if each["kind"] == "number"
    ]
    if not rows:
        return []
    return [*heading(screen, "From the least to the most"), *table(screen, ("", "least", "most", ""), rows, "<>><")]


def _value(value: float | None) -> str:
    return "–" if value is None else rounded(value)


def _file(told: Told) -> list[str]:
    """Where the points are stored, and how to read them."""
    if told["file"] is None:
        return ["-o map.parquet writes every point."]
    return [f'Every point stands in {told["file"]}. In Python: pandas.read_parquet("{told["file"]}")']
