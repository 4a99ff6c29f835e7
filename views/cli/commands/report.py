"""Reports as the command line asks for them: a sweep's findings, and the page that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lab.analysis.baselines import MOST
from lab.analysis.findings import study
from views.report import page
from views.results import Written


def reported(
    folder: str,
    file: Path | None,
    where: Sequence[str] = (),
    against: str | None = None,
    baselines: int | None = None,
    *,
    figures: bool = False,
) -> Written:
    """A sweep's findings, written as a page unless only `figures` are wanted and no file is named.

    `baselines` is how many cases of a sweep of talks they play. Errors are those of `lab.study` and `report.write`.
    """
    found = study(folder, where, against, MOST if baselines is None else baselines)
    return Written(found, None if figures and file is None else str(page.write(found, file)))
