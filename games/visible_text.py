r"""Foreign text made safe to show: on a terminal, on a page, in an error, in a report.

A name, a title or a reason may hold invisible characters that change what a reader sees. Control characters move the
cursor, direction marks reverse words, zero-width characters make two different names look equal. They are written as
escapes such as `\u202e`, as TOML and JSON write them. Letters of all scripts stay as they are, and so do the joiners
U+200C and U+200D where a script or an emoji needs them.

All code that prints foreign text or puts it into HTML uses this module.
"""

from __future__ import annotations

import html
import re
import unicodedata

_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: C0, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029"  # separators of lines and paragraphs
    "\xad\u034f\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # zero-width characters
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters and vowels that are drawn as nothing
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # format characters of shorthand, music and tags
    "\ud800-\udfff"  # unpaired surrogates
    "]"
)
_JOINERS = "\u200c\u200d"
_EMOJI_JOINER = "\u200d"
_BREAKS = "\n\t\r"
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}

_JOINED_SCRIPTS = re.compile(
    "[\u0600-\u08ff"  # Arabic, Syriac, N'Ko, Mandaic
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua8ff\ua980-\uaaff\uabc0-\uabff"  # South and Southeast Asia
    "\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, in fixed shapes
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"  # older Indian scripts, Adlam
)
"""Scripts in which letters change their shape next to each other."""


def visible(text: str, *, breaks: bool = False) -> str:
    """Return the text with every control, direction and zero-width character written as an escape.

    `breaks=True` keeps line feeds, carriage returns and tabs, for text of several lines.
    """

    def shown(found: re.Match[str]) -> str:
        character = found[0]
        keeps = character in _BREAKS if breaks else False
        return character if keeps or _joins(text, found.start()) else _escaped(character)

    return _HIDDEN.sub(shown, text)


def escape(text: str) -> str:
    """Return the text escaped for HTML, for an element or a quoted attribute."""
    return html.escape(visible(text, breaks=True))


def json_safe(document: str) -> str:
    """Return an equivalent JSON document in which invisible characters are escaped; line feeds and tabs stay."""

    def shown(found: re.Match[str]) -> str:
        character = found[0]
        if character in _BREAKS or _joins(document, found.start()):
            return character
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))

    return _HIDDEN.sub(shown, document)


def _escaped(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


def _joins(text: str, at: int) -> bool:
    """Return whether the character at this position is a joiner that the text needs.

    A joiner is needed after a letter of a joining script, or between two emoji.
    """
    if text[at] not in _JOINERS or not at:
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if _JOINED_SCRIPTS.match(before):
        return unicodedata.category(before)[0] in "LM"
    return text[at] == _EMOJI_JOINER and _is_emoji(before) and bool(after) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    """Return whether the character is a symbol, a skin tone modifier or the emoji variation selector."""
    return character == "\ufe0f" or unicodedata.category(character) in {"So", "Sk"}
