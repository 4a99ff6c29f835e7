"""Who a run is: a name made of everything that its numbers depend on, and of nothing else.

    run_id = blake2b-128 of [{model, kind, scenario, seed}, {parameters, replicate}] in canonical JSON

The scenario is its content, not its file; parameters are in normal form, so that 2 and 2.0 are one run. What is
measured, how many workers there are and what else the design holds are no part of it: more levels, arms or
replicates never change the name of an old run. Versions of packages are recorded in sessions, not hashed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.design.cases import Case, Design, places
from lab.design.factors import Factor, Settings
from scenarios.scenario import MODEL

SIZE = 16
"""Bytes of a run_id; as text it is 32 hexadecimal digits."""

Ids = NDArray[np.bytes_]
"""(run) identities as 16 bytes each, dtype S16; numpy drops zero bytes at the end of single ones, `texts` does not."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode


class Identity:
    """Gives every case of a design its run_id; what all of them share is hashed once."""

    def __init__(self, design: Design) -> None:
        """Hash the scenario, the model's version and the root seed."""
        shared = {"kind": design.kind, "model": MODEL, "scenario": design.draft.content, "seed": design.seed}
        self._ground = blake2b(f"[{canonical(shared)},".encode(), digest_size=SIZE)

    def of(self, case: Case) -> bytes:
        """The run_id of one case, 16 bytes."""
        hasher = self._ground.copy()
        told = _encode({"parameters": case.settings, "replicate": case.replicate})
        hasher.update(f"{told}]".encode())
        return hasher.digest()

    def each(self, spelling: str, replicates: int) -> Iterator[bytes]:
        """The run_ids of the replicates of one point and arm, whose settings are spelt already."""
        shared = self._ground.copy()
        shared.update(f'{{"parameters":{{{spelling}}},"replicate":'.encode())
        for replicate in range(replicates):
            hasher = shared.copy()
            hasher.update(b"%d}]" % replicate)
            yield hasher.digest()


def identities(design: Design) -> Ids:
    """The run_ids of all cases in the order of their numbers, 16 bytes of memory each.

    A level is spelt once for the whole design and settings once for all replicates; it comes to what `Identity.of`
    makes of the cases one by one.
    """
    identity, found, place = Identity(design), bytearray(SIZE * design.count), 0
    for spelling in _spellings(design):
        for name in identity.each(spelling, design.replicates):
            found[place : place + SIZE] = name
            place += SIZE
    return np.frombuffer(found, dtype=f"S{SIZE}")


def _spellings(design: Design) -> Iterator[str]:
    """The settings of every point and arm in canonical JSON, the braces left out; the arm turns faster."""
    axes = [_axis(factor) for factor in design.factors]
    arms = [_slots(design, dict(arm.settings)) for arm in design.arms]
    for point in range(design.length):
        told = [spell(place) for spell, place in zip(axes, places(design, point), strict=True)]
        for slots in arms:
            yield ",".join([slot if isinstance(slot, str) else told[slot] for slot in slots])


def _axis(factor: Factor) -> Callable[[float], str]:
    """Spells a factor at a place of its axis."""
    head = f"{_encode(factor.key)}:"
    table = [head + _encode(level) for level in factor.levels]
    return (lambda place: table[int(place)]) if table else (lambda place: f"{head}{factor.value(place)!r}")


def _slots(design: Design, settings: Settings) -> list[int | str]:
    """What stands where in the settings of an arm, by rising key: a factor by its number, or an override spelt out."""
    slots: dict[str, int | str] = {factor.key: number for number, factor in enumerate(design.factors)}
    slots |= {key: f"{_encode(key)}:{_encode(value)}" for key, value in settings.items()}
    return [slots[key] for key in sorted(slots)]


def texts(ids: Ids) -> list[str]:
    """Run_ids as 32 hexadecimal digits each."""
    digits, size = ids.tobytes().hex(), 2 * SIZE
    return [digits[first : first + size] for first in range(0, len(digits), size)]


def parsed(run_ids: Iterable[str]) -> Ids:
    """Run_ids from their digits."""
    return np.frombuffer(bytes.fromhex("".join(run_ids)), dtype=f"S{SIZE}")


def canonical(value: Any) -> str:
    """JSON in one spelling: keys sorted, no spaces, shortest numbers."""
    return _encode(value)


def digest(value: Any) -> str:
    """The hash of a value's canonical JSON, 32 hexadecimal digits: names designs and scenarios in a store."""
    return blake2b(canonical(value).encode(), digest_size=SIZE).hexdigest()
