"""The language of the texts that people read: the one place that translates.

Functions that print, or that make HTML, call `translate` on every text that they are given. Where the text is a
message (`games.messages`) and another language than English is chosen, they get the sentence in that language. Machine
output (JSON, names of columns, identifiers) is never translated.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

from games.messages import render
from games.visible_text import escape

ENGLISH = NullTranslations()
_CHOSEN: ContextVar[NullTranslations] = ContextVar("translations", default=ENGLISH)


def translate(text: str) -> str:
    """Return a text in the language that is chosen for output; a text that is no message is returned unchanged."""
    chosen = _CHOSEN.get()
    return text if chosen is ENGLISH else str(render(text, _lookup))


def _lookup(template: str, plural: str, number: int | None) -> str:
    chosen = _CHOSEN.get()
    return chosen.gettext(template) if number is None else chosen.ngettext(template, plural, number)


def to_html(text: str) -> str:
    """Return a text in the chosen language, escaped for an HTML element or for a quoted attribute."""
    return escape(translate(text))


@contextmanager
def use_language(translations: NullTranslations) -> Generator[None]:
    """Context manager: texts inside the `with` block are translated into another language.

    It acts on the present thread or task only.
    """
    token = _CHOSEN.set(translations)
    try:
        yield
    finally:
        _CHOSEN.reset(token)
