"""Result of `winset scenarios check`."""

from __future__ import annotations

from typing import Any, NamedTuple

from games.errors import Problem
from scenarios import Review


class Finding(NamedTuple):
    """The result of checking one file."""

    file: str
    problems: tuple[Problem, ...]
    """The errors; a file without any is a valid case."""
    review: Review | None
    """The number of packages and the design checks of a scored case; None for every other case."""

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON."""
        return {
            "file": self.file,
            "ok": not self.problems,
            "problems": [problem._asdict() for problem in self.problems],
            "review": None if self.review is None else self.review.to_dict(),
        }


class CaseFindings(NamedTuple):
    """The results of checking files, in their order."""

    files: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The errors in files that are not valid cases."""
        return tuple(problem for found in self.files for problem in found.problems)

    @property
    def flaws(self) -> tuple[Problem, ...]:
        """The failed design checks of files that are valid cases."""
        return tuple(problem for found in self.files if found.review for problem in found.review.problems)

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset scenarios check --json`."""
        return {
            "schema": "winset/scenarios-check/1",
            "ok": not self.problems,
            "files": [found.to_dict() for found in self.files],
        }
