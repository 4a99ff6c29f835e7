"""Marks the texts that people read, so that they can be collected and translated.

A text is written once, in English, as a whole sentence, where its idea lives:

    message("{country} gains {amount}", country=name, amount=text)

The result is a string, the English text. It also keeps its template and its values: from these the module
`views.wording.translation` makes the same sentence in another language. Operations of strings (`+`, `join`, f-strings)
lose them, so sentences are put together with `join_messages` only.

Babel collects the templates from the calls of `message` and `plural_message`: their first arguments are literals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

Lookup = Callable[[str, str, int | None], str]
"""Template, template of the plural ("" for none), number: returns the template in another language."""


class Message(str):
    """An English text that remembers its template and values."""

    __slots__ = ("number", "plural", "template", "values")

    template: str
    """The text with placeholders such as `{country}`; for a plural form that of one thing."""
    plural: str
    """Template for several things; empty where there is no plural form."""
    number: int | None
    """The number that decides between the two forms; None without a plural form."""
    values: Mapping[str, object]
    """Values of the placeholders. A value that is a message itself is translated too."""

    def __new__(
        cls, template: str, plural: str = "", number: int | None = None, values: Mapping[str, object] | None = None
    ) -> Self:
        """Make the English text; without values the placeholders stay, for a later `format`."""
        chosen = plural if plural and number != 1 else template
        made = super().__new__(cls, chosen.format(**values) if values else chosen)
        made.template, made.plural, made.number, made.values = template, plural, number, values or {}
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what `pickle` and `copy` need to make the message again."""
        return self.template, self.plural, self.number, self.values

    def format(self, *_: object, **values: object) -> Message:
        """Return the message with its placeholders filled."""
        return Message(self.template, self.plural, self.number, values)

    def render(self, lookup: Lookup) -> str:
        """Return the text in another language."""
        template = lookup(self.template, self.plural, self.number)
        if not self.values:
            return template
        return template.format(**{name: render(value, lookup) for name, value in self.values.items()})


class JoinedMessages(str):
    """Several texts in a row that remember their parts."""

    __slots__ = ("parts", "separator")

    separator: str
    parts: tuple[str, ...]

    def __new__(cls, separator: str, parts: Iterable[str]) -> Self:
        """Join the texts."""
        kept = tuple(parts)
        made = super().__new__(cls, separator.join(kept))
        made.separator, made.parts = separator, kept
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what `pickle` and `copy` need to make the text again."""
        return self.separator, self.parts

    def render(self, lookup: Lookup) -> str:
        """Return the text in another language."""
        return str(render(self.separator, lookup)).join(str(render(part, lookup)) for part in self.parts)


def message(template: str, /, **values: object) -> Message:
    """Mark a text that people read.

    Parameters
    ----------
    template
        A whole sentence or label in English, as a literal, with named placeholders: "{country} gains {amount}".
    **values
        Value of each placeholder. Numbers are formatted before. Without values the placeholders stay, and `format`
        fills them later.

    Returns
    -------
    Message
        The English text.
    """
    return Message(template, values=values)


def plural_message(one: str, several: str, number: int, /, **values: object) -> Message:
    """Mark a text that depends on a number.

    Parameters
    ----------
    one
        Template for one thing, a literal: "{number} package".
    several
        Template for any other number, a literal: "{number} packages".
    number
        How many there are. It is also the value of the placeholder `{number}`, with separators of thousands, unless
        `values` gives one.
    **values
        Values of the other placeholders.

    Returns
    -------
    Message
        The English text.
    """
    return Message(one, several, number, {"number": f"{number:,}", **values})


def join_messages(separator: str, parts: Iterable[str]) -> JoinedMessages:
    """Put texts in a row, so that each can still be translated; the separator may be a message."""
    return JoinedMessages(separator, parts)


def render(value: object, lookup: Lookup) -> object:
    """Return a message in another language; any other value unchanged."""
    return value.render(lookup) if isinstance(value, Message | JoinedMessages) else value
