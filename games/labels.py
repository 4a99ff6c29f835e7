"""Names of games, players and actions as files have them: cleaned, shortened and numbered where they must be.

A name stands in tables and in sentences, so it is printable text of 1 to 200 characters in one line. Files of other
programs are not so strict: titles run over lines, labels are built by programs and hold thousands of characters, two
are alike, some are blank. Such a file is read all the same, and a remark tells what was changed. Joiners (U+200C and
U+200D) belong to the spelling of Persian and of many emoji and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, count
from typing import Any, NamedTuple, cast

LONGEST_NAME = 200
"""Characters of a name."""

_JOINERS = str.maketrans("", "", "\u200c\u200d")
_MOST_NUMBERS = 10**18
_TOLD = 4
"""Changed names that a remark lists."""
_QUOTED = 40
"""Characters of a name that a remark shows."""


class Change(NamedTuple):
    """A name that is not as it was written, and why."""

    name: str
    reason: str


def is_name(text: str) -> bool:
    """Whether the text can be a name as it is."""
    seen = text.translate(_JOINERS)
    return bool(seen.strip()) and seen.isprintable() and len(text) <= LONGEST_NAME


def cleaned(text: str) -> str:
    """The text as a name: white space of any kind is one blank, what cannot be printed is left out, the end is cut.

    Nothing changes in a text that is a name already. Halves of characters stay, as no file should have them; what is
    blank without its joiners becomes the empty text.
    """
    if is_name(text):
        return text
    kept = "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or _stays(letter))
    name = " ".join(kept.split())
    if not name.translate(_JOINERS):
        return ""
    return _cut(name, LONGEST_NAME)


def _stays(letter: str) -> bool:
    return letter.translate(_JOINERS).isprintable() or "\ud800" <= letter <= "\udfff"


def _cut(name: str, length: int) -> str:
    return name if len(name) <= length else f"{name[: length - 1]}…"


def distinct(names: Sequence[str], kind: str = "") -> list[str]:
    """The names, told apart: blank ones become their number, equal ones get `_1`, `_2` and so on; others stay.

    Where all are alike, or blank, all are numbered. `kind` stands before a number, as in `Player 2`.
    """
    if _are_alike(names):
        return [f"{kind} {position}".strip() for position in range(1, len(names) + 1)]
    return _apart(names, kind)


def _are_alike(names: Sequence[str]) -> bool:
    """Whether labels say nothing: several that are one and the same, or all of them blank."""
    known = {name.strip() for name in names}
    return len(known) == 1 and (len(names) > 1 or known == {""})


def _apart(names: Sequence[str], kind: str = "") -> list[str]:
    filled = [name if name.strip() else "" for name in names]
    times = Counter(filled)
    taken = set(filled)
    endings = {name: count(1) for name in times}
    found: list[str] = []
    for position, name in enumerate(filled, start=1):
        if name and times[name] == 1:
            found.append(name)
            continue
        numbered = f"{kind} {position}".strip()
        choices = map(partial(_ended, name), endings[name])
        if not name:
            choices = chain([numbered], map(partial(_ended, numbered), count(1)))
        found.append(next(choice for choice in choices if choice not in taken))
        taken.add(found[-1])
    return found


def _ended(name: str, number: int) -> str:
    ending = f"_{number}"
    return _cut(name, LONGEST_NAME - len(ending)) + ending


def labels(names: Sequence[str], kind: str = "") -> tuple[list[str], list[Change]]:
    """Labels of a file that may be doubled or blank, as names, with what was changed.

    Labels that are all alike or all blank say nothing, and their numbers need no remark.
    """
    if _are_alike(names):
        return distinct(names, kind), []
    clean = [cleaned(name) for name in names]
    found = _apart(clean, kind)
    doubled = Counter(clean)
    changes: list[Change] = []
    for written, name, new in zip(names, clean, found, strict=True):
        if name != written and name:
            changes.append(Change(new, _reason(name)))
        elif name != new:
            changes.append(Change(new, "doubled" if name and doubled[name] > 1 else "blank"))
    return found, changes


def tidied(names: Any) -> tuple[Any, list[Change]]:
    """Names of a file that has to name everything once: cleaned, whole numbers as their digits, others untouched.

    Names that cleaning has made alike are told apart; what is no list of names is returned as it is.
    """
    items = [_digits(item) for item in cast("list[Any]", names)] if isinstance(names, list) else [None]
    if not all(isinstance(item, str) for item in items):
        return cast("Any", names), []
    written = cast("list[str]", items)
    clean = [cleaned(name) or name for name in written]
    found = clean if len(set(clean)) == len(set(written)) else _apart(clean)
    pairs = zip(written, clean, found, strict=True)
    return found, [Change(new, _reason(name)) for old, name, new in pairs if old != new]


def _digits(item: Any) -> Any:
    return str(item) if isinstance(item, int) and not isinstance(item, bool) and abs(item) < _MOST_NUMBERS else item


def _reason(name: str) -> str:
    return "shortened" if len(name) == LONGEST_NAME and name.endswith("…") else "cleaned"


def renamed(text: str) -> tuple[str, list[Change]]:
    """One name of a file, cleaned, with the change; the empty text where nothing is left."""
    name = cleaned(text)
    return name, [Change(name, _reason(name))] if name and name != text else []


def remark(changes: Iterable[Change]) -> tuple[str, ...]:
    """What was changed, in one sentence; none where nothing was."""
    listed = [f"“{_cut(name, _QUOTED)}” ({reason})" for name, reason in changes]
    if not listed:
        return ()
    rest = [f"and {len(listed) - _TOLD} more"] if len(listed) > _TOLD else []
    return (f"Names changed as the file was read: {', '.join([*listed[:_TOLD], *rest])}.",)
