"""Suggestions for a misspelt word: the most similar words of a list.

A suggestion that is not similar confuses more than none, so the allowed edit distances are small: one edit in a word of
two to five letters, two in one of up to eight, three in a longer one. An edit is an extra, a missing or a wrong letter,
or two exchanged neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 3
"""Suggestions that a message lists."""
SHORTEST = 3
"""Letters that a common part of two words must have; a shorter one, such as "in" or "01", is no evidence."""

_GAP = re.compile(r"[\s_.-]+")


def closest_words(word: str, choices: Iterable[str], most: int = MOST) -> list[str]:
    """Return the choices that a misspelt word probably means, the most similar first; none where none is similar.

    Parameters
    ----------
    word
        The word that was written.
    choices
        The words that are allowed.
    most
        Largest number of suggestions.

    Returns
    -------
    list of str
            Choices that differ only in capitals, blanks, full stops, hyphens and underscores, or in the order of their
        parts; else those within the allowed edit distance; else those that share a whole part with the word.
    """
    known = list(dict.fromkeys(choices))
    folded = _folded(word)
    alike = [each for each in known if _folded(each) == folded] or [
        each for each in known if sorted(_folded(each).split()) == sorted(folded.split())
    ]
    if alike:
        return alike[:most]
    allowed = 0 if len(folded) < 2 else 1 if len(folded) <= 5 else 2 if len(folded) <= 8 else 3
    slips = {each: _slips(folded, _folded(each), allowed) for each in known}
    near = sorted((each for each in known if slips[each] <= allowed), key=lambda each: slips[each])
    if near:
        return near[:most]
    long = {part for part in folded.split() if len(part) >= SHORTEST}
    return [each for each in known if long & {*_folded(each).split()}][:most]


def _folded(word: str) -> str:
    """Return the word in lower case, its parts separated by one blank."""
    return _GAP.sub(" ", word).strip().casefold()


def _slips(word: str, other: str, allowed: int) -> int:
    """Return the edit distance of two words; `allowed + 1` or more where it is larger than `allowed`."""
    if abs(len(word) - len(other)) > allowed:
        return allowed + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
