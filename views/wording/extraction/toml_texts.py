"""Texts in TOML data files: the values of certain keys, such as the names of ladders and the texts of shocks."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any, cast


def extract_toml_texts(
    fileobj: IO[bytes],
    keywords: Collection[str],  # noqa: ARG001 - Babel passes it
    comment_tags: Collection[str],  # noqa: ARG001 - Babel passes it
    options: Mapping[str, Any],
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the texts to translate of a TOML data file in the form that Babel expects.

    Parameters
    ----------
    fileobj
        The opened file.
    keywords
        Not used: every text found is a message.
    comment_tags
        Not used: comments are not collected.
    options
        `keys` lists the keys, in any table, whose values are texts or lists of texts.

    Yields
    ------
    tuple
        Line of the text, or 1 where it is not found as written; an empty name of a function; the text; no comments.
    """
    content = fileobj.read().decode("utf-8")
    lines = content.splitlines()
    for text in _texts(tomllib.loads(content), options["keys"]):
        yield next((at for at, line in enumerate(lines, start=1) if text in line), 1), "", text, []


def _texts(value: object, keys: Collection[str], *, chosen: bool = False) -> Iterator[str]:
    """The texts below a value, in the order of the file; `chosen` when the value stands at one of the keys."""
    if isinstance(value, str):
        yield from [value] if chosen and value else []
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item, keys, chosen=chosen)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            yield from _texts(item, keys, chosen=key in keys)
