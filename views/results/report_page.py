"""Result of `winset report`."""

from __future__ import annotations

from dataclasses import dataclass

from games.documents import JsonObject
from lab.analysis.findings import Findings


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Result of `winset report`: the findings of a sweep, and the file of the HTML page.

    The file is None where only the findings were wanted.
    """

    findings: Findings
    file: str | None

    def to_dict(self) -> JsonObject:
        """Return the findings of a sweep as a dictionary of plain JSON values, for `winset report --json`."""
        return self.findings.document(self.file).to_dict()
