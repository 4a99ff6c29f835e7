"""Names of games, players and actions as files have them: cleaned, shortened and made unique where necessary.

A name is printable text of 1 to 200 characters in one line, because it stands in tables and sentences. Files of other
programs are less strict: titles run over several lines, generated labels have thousands of characters, two labels are
equal, some are blank. Such a file is read, and a remark lists what was changed. Joiners (U+200C and U+200D) belong to
the spelling of Persian and of many emoji, and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, count
from typing import Any, NamedTuple, cast

from games.messages import join_messages, message

LONGEST_NAME = 200
"""Characters of a name."""

_JOINERS = str.maketrans("", "", "\u200c\u200d")
_MOST_NUMBERS = 10**18
_TOLD = 4
"""Changed names that a remark lists."""
_QUOTED = 40
"""Characters of a name that a remark shows."""


class NameChange(NamedTuple):
    """A name that differs from the one in the file, and the reason."""

    name: str
    reason: str


def is_name(text: str) -> bool:
    """Return whether the text is a valid name without any change."""
    seen = text.translate(_JOINERS)
    return bool(seen.strip()) and seen.isprintable() and len(text) <= LONGEST_NAME


def clean_name(text: str) -> str:
    """Return the text as a name: white space becomes one blank, unprintable characters are removed, the end is cut.

    A text that is a valid name is returned unchanged. Unpaired surrogates stay, so that the check of names rejects them
    later. A text that is blank without its joiners becomes the empty text.
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


def unique_names(names: Sequence[str], kind: str = "") -> list[str]:
    """Return the names made unique: a blank name becomes its number, equal names get `_1`, `_2` and so on.

    If all names are equal or blank, all are numbered. `kind` stands before a number, as in `Player 2`.
    """
    if _are_alike(names):
        return [f"{kind} {position}".strip() for position in range(1, len(names) + 1)]
    return _apart(names, kind)


def _are_alike(names: Sequence[str]) -> bool:
    """Return whether the labels carry no information: two or more that are all equal, or all of them blank."""
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


def labels(names: Sequence[str], kind: str = "") -> tuple[list[str], list[NameChange]]:
    """Return labels of a file, which may be equal or blank, as unique names, with the list of changes.

    Labels that are all equal or all blank carry no information, so numbering them is not listed as a change.
    """
    if _are_alike(names):
        return unique_names(names, kind), []
    clean = [clean_name(name) for name in names]
    found = _apart(clean, kind)
    doubled = Counter(clean)
    changes: list[NameChange] = []
    for written, name, new in zip(names, clean, found, strict=True):
        if name != written and name:
            changes.append(NameChange(new, _reason(name)))
        elif name != new:
            changes.append(NameChange(new, message("doubled") if name and doubled[name] > 1 else message("blank")))
    return found, changes


def clean_names(names: Any) -> tuple[Any, list[NameChange]]:
    """Return the cleaned names of a file in which every name must be given, with the list of changes.

    Integers become their digits. Names that become equal by cleaning are made unique. A value that is not a list of
    names is returned unchanged.
    """
    items = [_digits(item) for item in cast("list[Any]", names)] if isinstance(names, list) else [None]
    if not all(isinstance(item, str) for item in items):
        return cast("Any", names), []
    written = cast("list[str]", items)
    clean = [clean_name(name) or name for name in written]
    found = clean if len(set(clean)) == len(set(written)) else _apart(clean)
    pairs = zip(written, clean, found, strict=True)
    return found, [NameChange(new, _reason(name)) for old, name, new in pairs if old != new]


def _digits(item: Any) -> Any:
    return str(item) if isinstance(item, int) and not isinstance(item, bool) and abs(item) < _MOST_NUMBERS else item


def _reason(name: str) -> str:
    return message("shortened") if len(name) == LONGEST_NAME and name.endswith("…") else message("cleaned")


def clean_name_with_changes(text: str) -> tuple[str, list[NameChange]]:
    """Return one name of a file, cleaned, with the list of changes; the empty text where nothing is left."""
    name = clean_name(text)
    return name, [NameChange(name, _reason(name))] if name and name != text else []


def describe_changes(changes: Iterable[NameChange]) -> tuple[str, ...]:
    """Return the changes as a tuple of one sentence; an empty tuple where nothing was changed."""
    listed = [message("“{name}” ({reason})", name=_cut(name, _QUOTED), reason=reason) for name, reason in changes]
    if not listed:
        return ()
    names = join_messages(", ", listed[:_TOLD])
    if len(listed) <= _TOLD:
        return (message("Names changed as the file was read: {names}.", names=names),)
    more = len(listed) - _TOLD
    return (message("Names changed as the file was read: {names}, and {number} more.", names=names, number=more),)
