"""Agendas and packages: a package is one level for every issue, identified by its number in the grid.

The same package is a schedule for people and a single integer for software. Packages are numbered in mixed radix: the
level of the last ladder changes fastest.

There are two kinds of agenda. A *positive list* gives places: nothing is conceded unless it is written down, and
package 0, with every ladder at level 0, is the status quo. The lines of a *signed text* give no places: every package
is a text that admits the people of the case's stake, package 0 too. There no agreement is no package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from types import MappingProxyType

import numpy as np

from economy.policy.terms import PLACES, QUOTAS, Terms
from games.errors import InputError, Problem, input_error
from games.messages import message
from games.short_repr import short_repr
from games.text.spelling import closest_words
from negotiation.agenda.ladders import SIDE_PAYMENTS, Ladder, ladder

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

STATUS_QUO = 0
"""The package of a positive list with every ladder at level 0."""

DUPLICATE_TERMS = tuple({one, quota} for one in ("places", "expansion") for quota in QUOTAS)
"""Pairs of terms that set the same thing: places as a share, and as a number of people."""

LARGEST = 2_000_000
"""The most packages that an agenda may have; arrays of values beyond it take too much memory."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The ladders under negotiation; those in `without` stay at level 0, those in `fixed` at the level given there."""

    __repr__ = short_repr

    ladders: tuple[Ladder, ...]
    without: frozenset[str] = frozenset()
    fixed: tuple[tuple[Ladder, int], ...] = ()
    """Ladders that are not negotiated, with the level at which they stand in every package."""

    @property
    def gives_places(self) -> bool:
        """Whether a ladder gives places, so that packages are positive lists; otherwise they are signed texts."""
        return any(item.field in PLACES for item in self.ladders)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of levels of each ladder that can be chosen, (ladders,)."""
        return tuple(1 if item.key in self.without else len(item.levels) for item in self.ladders)

    @property
    def count(self) -> int:
        """Number of packages, package 0 included."""
        return prod(self.shape)

    def levels(self, package: int) -> tuple[int, ...]:
        """The level of every ladder in a package, (ladders,)."""
        return tuple(int(level) for level in np.unravel_index(package, self.shape))

    def package(self, levels: Sequence[int]) -> int:
        """The number of the package with these levels.

        Raises InputError for a wrong number of levels and for a level that cannot be chosen.
        """
        if len(levels) != len(self.ladders):
            raise input_error(
                "levels", f"{len(levels)} levels for {len(self.ladders)} ladders", "give one level a ladder"
            )
        for level, size, item in zip(levels, self.shape, self.ladders, strict=True):
            if not 0 <= level < size:
                raise input_error(f"levels.{item.key}", f"level {level} is not on the table", f"write 0 to {size - 1}")
        return int(np.ravel_multi_index(tuple(levels), self.shape))

    def grid(self) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
        """The levels of every package, (packages, ladders)."""
        return np.indices(self.shape, dtype=np.int8).reshape(len(self.ladders), -1).T

    def terms(self) -> Terms:
        """Every package as terms of the economy: each field is an array (packages,).

        Ladders that set no field are left out.
        """
        grid = self.grid()
        fields = {item.field: np.array(item.values)[grid[:, at]] for at, item in enumerate(self.ladders) if item.field}
        fixed = {item.field: item.values[level] for item, level in self.fixed if item.field}
        return Terms(**fixed, **fields)

    def lines(self, package: int) -> tuple[tuple[Ladder, int], ...]:
        """Every line of a package with its level: the fixed ones, then those that are negotiated."""
        return (*self.fixed, *zip(self.ladders, self.levels(package), strict=True))

    def payments(self, package: int) -> tuple[tuple[Ladder, int], ...]:
        """The payments of a package with their levels, compensation at home included, in the order of `lines`."""
        lines = self.lines(package)
        signed = {item.key: (item, level) for item, level in lines}

        def is_due(item: Ladder, level: int) -> bool:
            return level > 0 and (item.lives_on not in signed or is_due(*signed[item.lives_on]))

        return tuple((item, level) for item, level in lines if not item.is_commitment and is_due(item, level))

    def side_payments(self) -> Mask:
        """Which packages contain a side payment, (packages,); the split of a levy counts only where there is a levy."""
        if any(item.is_side_payment and level for item, level in self.fixed):
            return np.ones(self.count, dtype=bool)
        chosen = dict(zip((item.key for item in self.ladders), self.grid().T > 0, strict=True))
        paid = np.zeros(self.count, dtype=bool)
        for item in self.ladders:
            if item.is_side_payment:
                paid |= self._due(item, chosen)
        return paid

    def _due(self, item: Ladder, chosen: Mapping[str, Mask]) -> Mask:
        """Where a line is above level 0, and also every line of the agenda that it depends on."""
        due = chosen[item.key]
        grounds = [other for other in self.ladders if other.key == item.lives_on]
        return due & self._due(grounds[0], chosen) if grounds else due


def build_agenda(
    keys: Iterable[str],
    without: Iterable[str] = (),
    place: str = "agenda",
    fixed: Mapping[str, int] = MappingProxyType({}),
) -> Agenda:
    """Build the agenda of the named ladders.

    Parameters
    ----------
    keys
        Keys or ids of ladders, at least one, each once.
    without
        What stays at level 0: keys of ladders, kinds of side payment, or "side payments" for all kinds at once.
    place
        Where the agenda was written, for the messages of errors.
    fixed
        Levels by key or id of ladders that stand in every package and are not negotiated. Where a ladder of `keys` sets
        the same term, that one counts; what is in `without` is fixed at level 0.

    Returns
    -------
    Agenda
        Ladders in the order of `keys`.

    Raises
    ------
    InputError
        For unknown names, repetitions, an empty list, two ladders that set the same term, and more than 2,000,000
        packages.
    """
    chosen = tuple(ladder(key, f"{place}.ladders") for key in keys)
    _check(chosen, place)
    terms = {item.field for item in chosen if item.field}
    settled = [(ladder(key, f"{place}.fixed"), level) for key, level in fixed.items()]
    _check_levels(settled, f"{place}.fixed")
    settled = [(item, level) for item, level in settled if item not in chosen and item.field not in terms]
    every = (*chosen, *(item for item, _ in settled))
    held = frozenset(key for name in without for key in _held(name, every, f"{place}.without"))
    fixed_lines = tuple((item, 0 if item.key in held else level) for item, level in settled)
    table = Agenda(chosen, held & {item.key for item in chosen}, fixed_lines)
    if table.count > LARGEST:
        raise input_error(f"{place}.ladders", f"{table.count:,} packages are too many", f"stay below {LARGEST:,}")
    return table


def legal_conflicts(agenda: Agenda, package: int) -> tuple[str, ...]:
    """Describe the lines of a package that conflict in law, each with the reason.

    An example is a levy together with a convention that forbids heavier charges on migrants. Conflicts are reported,
    not refused.

    Parameters
    ----------
    agenda
        Agenda of the package.
    package
        Number of the package in the grid.

    Returns
    -------
    tuple of str
        One sentence for each conflict; empty when there is none.
    """
    signed = {item.key: item for item, level in agenda.lines(package) if level}
    return tuple(
        message("{line} beside {other}: {note}", line=item.name, other=signed[item.clash].name, note=item.note)
        for item in signed.values()
        if item.clash in signed
    )


def _check_levels(settled: Iterable[tuple[Ladder, int]], place: str) -> None:
    for item, level in settled:
        if not 0 <= level < len(item.levels):
            hint = f"write 0 to {len(item.levels) - 1}"
            raise input_error(f"{place}.{item.key}", f"level {level} is not on the ladder", hint)


def _check(chosen: tuple[Ladder, ...], place: str) -> None:
    keys = [item.key for item in chosen]
    if not keys:
        raise input_error(f"{place}.ladders", "the agenda is empty", 'write at least one ladder, as in ["stay"]')
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise InputError(*(Problem(f"{place}.ladders", f"{key!r} is listed twice", "list it once") for key in twice))
    rivals = [
        Problem(f"{place}.ladders", f"{one.key!r} and {two.key!r} set the same term", "keep one of them")
        for one, two in combinations(chosen, 2)
        if one.field and (one.field == two.field or {one.field, two.field} in DUPLICATE_TERMS)
    ]
    if rivals:
        raise InputError(*rivals)


def _held(name: str, chosen: tuple[Ladder, ...], place: str) -> list[str]:
    """The keys of the ladders that one entry of `without` fixes at level 0."""
    if name == "side payments":
        return [item.key for item in chosen if item.is_side_payment]
    if name in SIDE_PAYMENTS:
        return [item.key for item in chosen if item.kind == name]
    keys = [item.key for item in chosen]
    if name not in keys:
        words = [*keys, *sorted(SIDE_PAYMENTS), "side payments"]
        near = closest_words(name, words) or words
        raise input_error(
            place, f"{name!r} is neither on the agenda nor a kind of payment", f"write one of: {', '.join(near)}"
        )
    return [name]
