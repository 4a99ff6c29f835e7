"""Named streams of random numbers: one for each purpose, all from one seed.

A stream depends on the seed, the replicate and its own name, and on nothing else. So two policies are compared with
common random numbers, and an additional delegation does not change the numbers of another one.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np


def stream(seed: int, replicate: int, name: str) -> np.random.Generator:
    """Return the generator of one purpose in one replicate of a seeded run.

    Parameters
    ----------
    seed
        Seed of the run; a whole number from 0.
    replicate
        Number of the replicate; a whole number from 0.
    name
        Purpose of the numbers, such as `tactic of seat 0`.

    Returns
    -------
    numpy.random.Generator
        A new generator in its first state, the same for the same three arguments.
    """
    digest = blake2b(name.encode(), digest_size=8).digest()
    words = (int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big"))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate, *words)))
