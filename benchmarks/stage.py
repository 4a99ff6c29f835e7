"""Mesa's side of the comparison: a model whose one step does nothing for a while."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mesa import Model

from benchmarks.idle import idle


class Idler(Model):
    """A model without agents; it stops after its first step."""

    def __init__(self, number: int, **more: Any) -> None:
        """Prepare to collect two numbers."""
        super().__init__(**more)
        self.number = number
        self.pid = self.clock = 0.0
        collection: Any = import_module("mesa.datacollection")
        self.datacollector: Any = collection.DataCollector(model_reporters={"pid": "pid", "clock": "clock"})

    def step(self) -> None:
        """The run."""
        self.pid, self.clock = idle()
        self.datacollector.collect(self)
        self.running = False
