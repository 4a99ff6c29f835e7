"""Rules for the text of every file: no package registry, no path of one machine, British spelling."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from source_tree import ROOT, tracked

FORBIDDEN = {
    "the name of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.(npmjs|yarnpkg)|(deb|security)\.debian\.org|npmjs\.com"
    ),
    "a path of one machine": re.compile(r"/(work|farm|root)/|/tmp/bash_jobs|/home/\w+/|/Users/\w+/|[A-Z]:\\Users"),
}
AMERICAN = re.compile(
    r"(?<![\w.`-])(labor(ers?|s)?|behaviors?|favor(able|ed|s)?|analyz(e[ds]?|ing)|model(ed|ing)|organiz(e[ds]?|ing)"
    r"|maximiz(e[ds]?|ing)|minimiz(e[ds]?|ing)|normaliz(e[ds]?|ing)|summariz(e[ds]?|ing))(?![\w(=`])"
)
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|`[^`]*`|https?://\S+|^\s*(from|import) .*")
"""Text in which American spelling is allowed: quotations, code, addresses and imports."""
PROSE = {".py", ".md", ".toml", ".cff"}


def lines_of_files() -> Iterator[tuple[Path, int, str]]:
    """Yield path, number and text of every line of every text file, this one excluded."""
    for path in tracked():
        if path == Path(__file__).relative_to(ROOT):
            continue
        try:
            lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        yield from ((path, number, line) for number, line in enumerate(lines, 1))


def forbidden(line: str) -> list[str]:
    return [reason for reason, pattern in FORBIDDEN.items() if pattern.search(line)]


def american_words(line: str) -> list[str]:
    return [found.group() for found in AMERICAN.finditer(QUOTED.sub("", line))]


def report(complaints: Iterable[str]) -> None:
    found = list(complaints)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("https://pypi." + "org/simple", ["the name of a package registry"]),
        ("cd /" + "work/main", ["a path of one machine"]),
        ("C:" + "\\Users\\somebody", ["a path of one machine"]),
        ("the registry of tactics, in the folder work/", []),
    ],
)
def test_registries_and_paths_are_found(line: str, reasons: list[str]) -> None:
    assert forbidden(line) == reasons


def test_american_spelling_is_found() -> None:
    assert american_words("the labor market, and its behavior") == ["labor", "behavior"]
    assert not american_words("Alonso, Managing Labor Mobility; labor_force; `labor`; “the labor market”; labour")


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    report(f"{path}:{number}: {why}" for path, number, line in lines_of_files() for why in forbidden(line))


def test_spelling_is_british() -> None:
    prose = ((path, number, line) for path, number, line in lines_of_files() if path.suffix in PROSE)
    report(f"{path}:{number}: {word}" for path, number, line in prose for word in american_words(line))
