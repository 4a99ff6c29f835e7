"""Result of `winset atlas`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lab.atlas.statistics import AtlasSummary
from lab.atlas.thumbnails import AtlasSlice


@dataclass(frozen=True, slots=True)
class AtlasResult:
    """Result of `winset atlas`: the statistics of a map of games, and small pictures of it.

    There are pictures only where the class of the games was measured and no file was written.
    """

    survey: AtlasSummary
    pictures: tuple[AtlasSlice, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the statistics of the map of games as a dictionary of plain JSON values, for `winset atlas --json`.

        The single points are not in it; `winset atlas` can write them to a file.
        """
        return self.survey.to_dict()
