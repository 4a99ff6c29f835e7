"""Every sentence on a screen is a message: in a pretend language no two English words stand side by side.

The pretend language writes every letter of a message in another alphabet. What is still Latin has not come from the
catalogue: names, keys, and the texts of a case, which its author wrote.
"""

import io
import re
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

import pytest

from games.canon import canon, canon_names
from scenarios.analysis.opening_effects import ECONOMY
from tests.test_messages import TWO_WORDS
from views.cli import app
from views.wording.translation import use_language

PLACEHOLDERS = re.compile(r"(\{[^{}]*\})")
LETTERS = {ord(first) + at: cyrillic + at for first, cyrillic in (("a", 0x430), ("A", 0x410)) for at in range(26)}


class Pretend(NullTranslations):
    """A language that is English in other letters; placeholders stay."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if at % 2 else part.translate(LETTERS) for at, part in enumerate(PLACEHOLDERS.split(message))
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def texts(value: Any) -> Iterator[str]:
    """All strings in the tables of a case."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, item in value.items() for text in (key, *texts(item)))
    elif isinstance(value, list):
        yield from (text for item in value for text in texts(item))


def authors_texts() -> list[str]:
    """The texts of the library's cases, the names in the printed games and the keys of documents, the longest first."""
    library = files("scenarios") / "library"
    found = {
        " ".join(text.split())
        for file in library.iterdir()
        if file.name.endswith(".toml")
        for text in texts(tomllib.loads(file.read_text(encoding="utf-8")))
    }
    games = [canon(name) for name in canon_names()]
    names = {name for game in games for name in (*game.players, *(name for side in game.actions for name in side))}
    without_stop = {text.rstrip(".") for text in found}
    return sorted(found | without_stop | names | {*ECONOMY}, key=len, reverse=True)


def untranslated(output: str) -> list[str]:
    """Pairs of English words in an output that are no case's text, printed game's name, key or command."""
    flat = " ".join(re.sub(r"winset \S+.*?(?=  |$)", "|", line) for line in output.splitlines())
    flat = re.sub(r"\s+", " ", flat)
    for text in AUTHORS:
        flat = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", "|", flat)
    flat = re.sub(r"[^|…]{9,}…", lambda cut: "|" if is_author_start(cut[0].rstrip("…")) else cut[0], flat)
    return [flat[max(0, each.start() - 40) : each.end() + 40] for each in TWO_WORDS.finditer(flat)]


def is_author_start(cut: str) -> bool:
    """Whether the end of a cut text is the start of a text of a case."""
    return any(cut.endswith(text[:length]) for text in AUTHORS for length in range(9, len(text)))


AUTHORS = authors_texts()

COMMANDS = (
    "solve bully",
    "solve chicken",
    "analyse morocco-spain",
    "analyse three-purses",
    "analyse bully",
    "simulate morocco-spain --seed 0",
    "simulate one-way-flow --seed 0",
    "atlas --vary gap=1:4:4",
    "demo",
    "scenarios list",
    "scenarios show three-purses",
    "scenarios check alike-neighbours",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_sentence_stands_outside_the_catalogue(command: str) -> None:
    with use_language(Pretend()), redirect_stdout(io.StringIO()) as printed:
        app.run(command.split())
    assert printed.getvalue()
    assert untranslated(printed.getvalue()) == []


def test_what_is_no_message_is_found() -> None:
    assert untranslated("всё хорошо, but not this") != []
    assert untranslated(AUTHORS[0]) == []
