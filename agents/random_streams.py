"""Named streams of random numbers: one for each purpose, all from one seed.

The key of a stream is the seed, the replicate and its own name. Nothing else enters it, so that two policies
run on common random numbers and adding a delegation never changes what another one draws.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np


def stream(seed: int, replicate: int, name: str) -> np.random.Generator:
    """The generator of one purpose, such as `tactic of Spain`, in one replicate of a seeded run."""
    digest = blake2b(name.encode(), digest_size=8).digest()
    words = (int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big"))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate, *words)))
