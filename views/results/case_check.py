"""Result of `winset scenarios check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from games.documents import Document, JsonObject
from games.errors import Problem, ProblemDocument
from scenarios.analysis.review import Review, ReviewDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile(Document):
    """The result of checking one file."""

    file: str
    """The file, as it was named."""
    ok: bool
    """Whether it is a valid case."""
    problems: tuple[ProblemDocument, ...]
    """Its errors."""
    review: ReviewDocument | None
    """The number of packages and the design checks of a case with an agenda; null for every other file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCheckDocument(Document):
    """The results of checking case files."""

    NAME = "scenarios-check"

    schema: Literal["winset/scenarios-check/1"] = "winset/scenarios-check/1"
    ok: bool
    """Whether all files are cases; the exit code is 2 otherwise, and 1 where only a design check fails."""
    files: tuple[CheckedFile, ...]
    """The files in their order."""


class Finding(NamedTuple):
    """Result of reading one file as a case: its errors or, for a valid case with an agenda, a review of its design."""

    file: str
    problems: tuple[Problem, ...]
    """The errors; a file without any is a valid case."""
    review: Review | None
    """The number of packages and the design checks of a case with an agenda; None for every other case."""

    def document(self) -> CheckedFile:
        """Return the result of checking this one file, as it stands in `winset scenarios check --json`."""
        return CheckedFile(
            file=self.file,
            ok=not self.problems,
            problems=tuple(problem.document() for problem in self.problems),
            review=None if self.review is None else self.review.document(),
        )


class CaseFindings(NamedTuple):
    """Result of `winset scenarios check`: the results of reading files as cases, in the order of the files."""

    files: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all errors in those of the checked files that are not valid cases, file by file."""
        return tuple(problem for found in self.files for problem in found.problems)

    @property
    def flaws(self) -> tuple[Problem, ...]:
        """Return the failed design checks of those of the checked files that are valid cases, file by file."""
        return tuple(problem for found in self.files if found.review for problem in found.review.problems)

    def document(self) -> CaseCheckDocument:
        """Return the results of checking all files as one document, for `winset scenarios check --json`."""
        return CaseCheckDocument(ok=not self.problems, files=tuple(found.document() for found in self.files))

    def to_dict(self) -> JsonObject:
        """Return the content of `winset scenarios check --json` as a dictionary of plain JSON values."""
        return self.document().to_dict()
