"""Maps of games as text: the class of the game at every point of one or two dials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from views.text.layout import Screen, fact_lines, notes, pad, paragraph, render_table, section_heading
from views.wording.phrases import format_short
from views.wording.screen import format_share, number, numbers

if TYPE_CHECKING:
    from lab.atlas.axes import AtlasAxis
    from lab.atlas.thumbnails import AtlasSlice, Kind
    from views.results.atlas_map import AtlasResult

JsonObject = Mapping[str, Any]
"""A survey as in its JSON."""


class ClassMark(NamedTuple):
    """How a class of games is drawn: a sign and an ink."""

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
    """Render a map, for `winset atlas`: pictures, the frequency of each class, and the other measures."""
    told = mapped.to_dict()
    ground = f"{number(told['points'], 0)} games on the ground “{told['ground']['name']}”"
    lines = [
        *(screen.ink(line, "strong") for line in paragraph(screen, ", ".join([ground, *told["ground"]["changes"]]))),
        *fact_lines(screen, [(dial["name"], _moved(dial)) for dial in told["dials"]]),
    ]
    for each in mapped.pictures:
        lines += ["", *render_slice(screen, each)]
    lines += [
        *render_classes(screen, told, pictured=bool(mapped.pictures)),
        *agreements(screen, told),
        *spans(screen, told),
    ]
    return [*lines, "", *notes(screen, [*told["notes"], *_file(told)])]


def _moved(dial: JsonObject) -> str:
    least, most = format_short(dial["least"]), format_short(dial["most"])
    return f"{least} to {most}, {number(dial['count'], 0)} values ({dial['unit']})"


def render_slice(screen: Screen, shown: AtlasSlice) -> list[str]:
    """Render a slice as a map: the first dial runs to the right, the second upwards."""
    ticks = [] if shown.upward is None else [format_short(value) for value in shown.upward.values[[-1, 0]].tolist()]
    margin = max(map(len, ticks), default=0)
    room = screen.width - margin - 1
    places = min(len(shown.kinds[0]), room)
    each = max(1, min(BROADEST, room // places))
    rows = ["".join(_sign(screen, kind) * each for kind in row[:places]) for row in reversed(shown.kinds)]
    labels = [*ticks[:1], *[""] * (len(rows) - 2), *ticks[1:]] if ticks else [""]
    still = ", ".join(f"{name} {format_short(value)}" for name, value in shown.still)
    head = "   ".join(filter(None, (f"↑ {shown.upward.name}" if shown.upward else "", f"at {still}" if still else "")))
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


def render_classes(screen: Screen, told: JsonObject, *, pictured: bool) -> list[str]:
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
    return [
        *section_heading(screen, "What game is it?"),
        *render_table(screen, ("", "", "share", "games"), rows, "<<>>"),
    ]


def agreements(screen: Screen, told: JsonObject) -> list[str]:
    """Render how often both governments gain, the agreement enforces itself, and full opening enforces itself."""
    shares = [("Both governments gain", told["both_gain"]), ("The agreement holds by itself", told["self_enforcing"])]
    if told["openness"] is not None:
        shares.append(("Full opening holds by itself", told["openness"]["full"]))
        shares.append(("No opening holds by itself", told["openness"]["none"]))
    rows = [(name, format_share(part)) for name, part in shares if part is not None]
    return [*section_heading(screen, "Would they sign?"), *fact_lines(screen, rows)] if rows else []


def spans(screen: Screen, told: JsonObject) -> list[str]:
    """Render the least and the largest value of each numeric measure."""
    rows = [
        (each["name"], _value(each["least"]), _value(each["most"]), each["unit"])
        for each in told["columns"]
        if each["kind"] == "number"
    ]
    if not rows:
        return []
    return [
        *section_heading(screen, "From the least to the most"),
        *render_table(screen, ("", "least", "most", ""), rows, "<>><"),
    ]


def _value(value: float | None) -> str:
    return "–" if value is None else format_short(value)


def _file(told: JsonObject) -> list[str]:
    """Where the points are stored, and how to read them."""
    if told["file"] is None:
        return ["-o map.parquet writes every point."]
    return [f'Every point stands in {told["file"]}. In Python: pandas.read_parquet("{told["file"]}")']
