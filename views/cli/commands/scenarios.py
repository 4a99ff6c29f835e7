"""`winset scenarios`: the library, one case, the errors in a file, and a template for a new case."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from games.errors import InputError, input_error, write_error
from scenarios import library, read, review, template
from scenarios.index import LibraryDocument
from scenarios.reading.source import is_case_file
from scenarios.scenario_document import case_document
from views.results.case_check import CaseFindings, Finding

__all__ = ["case_document", "check_case_files", "create_case_file", "library_document"]


def library_document() -> LibraryDocument:
    """Return the list of all cases of the library, as `winset scenarios list --json` prints it."""
    return LibraryDocument(entries=library())


def check_case_files(files: Iterable[str]) -> CaseFindings:
    """Read each file as a case, and return for every file all its errors.

    For a valid case with points (a scored case) the result also holds the number of packages and the checks of its
    design. A package is one combination of what the talks can decide.
    """
    return CaseFindings(tuple(_finding(file) for file in files))


def _finding(file: str) -> Finding:
    try:
        return Finding(file, (), review(read(file)))
    except InputError as wrong:
        return Finding(file, wrong.problems, None)


def create_case_file(name: str) -> Path:
    """Write the template of a case to a new file and return its path; a bare name gets the ending `.toml`.

    Raises InputError when the file exists already, or cannot be written.
    """
    path = Path(name if is_case_file(name) else f"{name}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise input_error(str(path), "exists already and is not overwritten", "choose another name") from None
    except OSError as wrong:
        raise write_error(wrong, str(path), "name a file in a folder that exists and is yours") from None
    except ValueError as wrong:
        raise input_error(str(path), f"cannot be written: {wrong}", "name a file in a folder that is yours") from None
    return path
