"""The identity of a run: a hash of everything that its results depend on, and of nothing else.

    run_id = blake2b-128 of [{model, kind, scenario, seed}, {parameters, replicate}] in canonical JSON

The scenario enters by its content, not by its file name. Parameters are in normal form, so that 2 and 2.0 give the
same run. The measures, the number of workers and the rest of the design do not enter: more levels, arms or replicates
never change the run_id of an old run. Package versions are recorded in sessions and not hashed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.design.cases import Case, Design, axis_positions
from lab.design.factors import Factor, Settings
from scenarios.scenario import MODEL

SIZE = 16
"""Bytes of a run_id; as text it has 32 hexadecimal digits."""

Ids = NDArray[np.bytes_]
"""(run) Run_ids of 16 bytes each, dtype S16. numpy drops trailing zero bytes of single elements; `texts` keeps them."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode


class RunIdHasher:
    """Computes the identity (run_id) of every case of a design. The part that all cases share is hashed once."""

    def __init__(self, design: Design) -> None:
        """Hash the kind, the model version, the scenario and the root seed."""
        shared = {"kind": design.kind, "model": MODEL, "scenario": design.draft.content, "seed": design.seed}
        self._ground = blake2b(f"[{canonical(shared)},".encode(), digest_size=SIZE)

    def of(self, case: Case) -> bytes:
        """Return the identity (run_id) of the run of one case, 16 bytes.

        It is a hash of everything that the results of the run depend on.
        """
        hasher = self._ground.copy()
        told = _encode({"parameters": case.settings, "replicate": case.replicate})
        hasher.update(f"{told}]".encode())
        return hasher.digest()

    def each(self, spelling: str, replicates: int) -> Iterator[bytes]:
        """Yield the identities (run_ids, 16 bytes each) of the first `replicates` replicates of one point and arm.

        `spelling` is the settings of this point and arm as canonical JSON without the outer braces.
        """
        shared = self._ground.copy()
        shared.update(f'{{"parameters":{{{spelling}}},"replicate":'.encode())
        for replicate in range(replicates):
            hasher = shared.copy()
            hasher.update(b"%d}]" % replicate)
            yield hasher.digest()


def identities(design: Design) -> Ids:
    """Return the identities (run_ids) of all cases of a design, in the order of their numbers, 16 bytes each.

    The values are those of `RunIdHasher.of` for each case. This is faster, because each level is encoded once per
    design and settings once for all replicates.
    """
    identity, found, place = RunIdHasher(design), bytearray(SIZE * design.count), 0
    for spelling in _spellings(design):
        for name in identity.each(spelling, design.replicates):
            found[place : place + SIZE] = name
            place += SIZE
    return np.frombuffer(found, dtype=f"S{SIZE}")


def _spellings(design: Design) -> Iterator[str]:
    """Yield the settings of every point and arm as canonical JSON without braces; the arm changes fastest."""
    axes = [_axis(factor) for factor in design.factors]
    arms = [_slots(design, dict(arm.settings)) for arm in design.arms]
    for point in range(design.length):
        told = [spell(place) for spell, place in zip(axes, axis_positions(design, point), strict=True)]
        for slots in arms:
            yield ",".join([slot if isinstance(slot, str) else told[slot] for slot in slots])


def _axis(factor: Factor) -> Callable[[float], str]:
    """Return a function that encodes a factor at a place on its axis."""
    head = f"{_encode(factor.key)}:"
    table = [head + _encode(level) for level in factor.levels]
    return (lambda place: table[int(place)]) if table else (lambda place: f"{head}{factor.value(place)!r}")


def _slots(design: Design, settings: Settings) -> list[int | str]:
    """Return the parts of an arm's settings, sorted by key: number of a factor, or encoded text of an override."""
    slots: dict[str, int | str] = {factor.key: number for number, factor in enumerate(design.factors)}
    slots |= {key: f"{_encode(key)}:{_encode(value)}" for key, value in settings.items()}
    return [slots[key] for key in sorted(slots)]


def texts(ids: Ids) -> list[str]:
    """Return each of these identities of runs (run_ids) as a string of 32 hexadecimal digits, in the same order."""
    digits, size = ids.tobytes().hex(), 2 * SIZE
    return [digits[first : first + size] for first in range(0, len(digits), size)]


def parse_run_ids(run_ids: Iterable[str]) -> Ids:
    """Return an array of the identities of runs (run_ids, 16 bytes each) from strings of 32 hexadecimal digits."""
    return np.frombuffer(bytes.fromhex("".join(run_ids)), dtype=f"S{SIZE}")


def canonical(value: Any) -> str:
    """Return a JSON value as text in canonical form: keys sorted, no spaces; 1 and 1.0 differ."""
    return _encode(value)


def digest(value: Any) -> str:
    """Return the hash of a JSON value's canonical text, as 32 hexadecimal digits.

    It identifies designs and scenarios in the folder of a sweep.
    """
    return blake2b(canonical(value).encode(), digest_size=SIZE).hexdigest()
