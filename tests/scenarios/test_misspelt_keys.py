"""Every misspelt key of the template is one error that names it."""

import re
from collections.abc import Callable, Iterator

from games.errors import Problem
from scenarios import template

Broken = Callable[..., tuple[Problem, ...]]


def misspelt(text: str) -> Iterator[tuple[str, str]]:
    """The text with one key or one step of a header misspelt, for all of them: what is wrong, and the whole text."""
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        for found in re.finditer(
            r"^[a-z_]{4,}(?= *=)|(?<=[\[.])[a-z_]+(?=[].])", line if line[:1] in "[abcdefghijklmnopqrstuvwxyz" else ""
        ):
            word = f"{found[0][0]}{found[0][2]}{found[0][1]}{found[0][3:]}"
            if word != found[0]:
                changed = line[: found.start()] + word + line[found.end() :]
                yield f"line {at + 1}: {word}", "".join([*lines[:at], changed, *lines[at + 1 :]])


def test_every_misspelt_key_of_the_template_is_one_problem_that_names_it(broken: Broken):
    slips = list(misspelt(template()))
    assert len(slips) > 60
    for name, text in slips:
        problems = broken(text)
        assert len(problems) == 1, (name, problems)
        assert problems[0].hint, name
