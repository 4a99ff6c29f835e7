"""`winset report`: analyse a sweep and write its HTML report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lab.analysis.baselines import MOST
from lab.analysis.findings import analyse_sweep
from views.report import page
from views.results.report_page import ReportResult


def make_report(
    folder: str,
    file: Path | None,
    where: Sequence[str] = (),
    against: str | None = None,
    baselines: int | None = None,
    *,
    figures: bool = False,
) -> ReportResult:
    """Analyse the sweep in a folder and write its results as an HTML page, for `winset report`.

    Parameters
    ----------
    folder
        Folder of the sweep.
    file
        HTML file; None for `report.html` in the folder.
    where
        Conditions for scenario discovery, such as `gain < 0.5`; empty to choose them automatically.
    against
        Arm with which the others are compared; None for the first.
    baselines
        Number of cases of a sweep of talks that the baselines play as well; None for the default, 0 for none.
    figures
        Return the findings alone, without a page, unless `file` is given.

    Returns
    -------
    ReportResult
        The findings, and the file of the page or None.

    Raises
    ------
    InputError
        As raised by `lab.analysis.findings.analyse_sweep` and by `views.report.page.write_report`.
    """
    found = analyse_sweep(folder, where, against, MOST if baselines is None else baselines)
    return ReportResult(found, None if figures and file is None else str(page.write_report(found, file)))
