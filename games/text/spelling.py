"""The word that was probably meant: near spellings of a word that is not on a list.

A suggestion that is not near confuses more than none, so distances are small: one slip in a word of two to five
letters, two in one of up to eight, three in a longer one. A slip is a letter too many, one too few, a wrong one, or
two neighbours in the wrong order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 3
"""Suggestions that a message lists."""
SHORTEST = 3
"""Letters of a part that two words may share; shorter ones, such as "in" or "01", say too little."""

_GAP = re.compile(r"[\s_.-]+")


def nearest(word: str, choices: Iterable[str], most: int = MOST) -> list[str]:
    """The choices that the word probably stands for, the nearest first; none where none is near.

    Parameters
    ----------
    word
        What was written.
    choices
        What could have been written.
    most
        The largest number of suggestions.

    Returns
    -------
    list of str
        Choices that differ only in capitals, blanks, hyphens and underscores, or in the order of their parts; else
        those a few slips away; else those that share a whole part with the word.
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
    """The word in small letters, its parts one blank apart."""
    return _GAP.sub(" ", word).strip().casefold()


def _slips(word: str, other: str, allowed: int) -> int:
    """How many slips lead from one word to the other; anything above `allowed` where it is more than that."""
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
