"""Single values as people write them, and the TOML form: per cent, units, fractions, words of other languages."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

DASHES = str.maketrans(dict.fromkeys("−–—﹣－", "-"))
TRUTHS = {**dict.fromkeys(("true", "yes", "on"), "true"), **dict.fromkeys(("false", "no", "off"), "false")}
NOTHINGS = ("none", "null", "nil", "na", "n/a", "undefined")
ENDLESS = ("nan", "inf", "infinity", "+inf", "-inf", "-infinity", "+infinity")
THOUSANDS = {"k": 3, "thousand": 3, "million": 6, "mio": 6, "billion": 9, "bn": 9}

_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_PERCENT = re.compile(rf"({_NUMBER})\s*(?:%|percent|per\s?cent|pct)", re.IGNORECASE)
_UNIT = re.compile(rf"([€$£¥]?)\s*({_NUMBER})\s*([A-Za-z€$£¥µ°²³][\w€$£¥µ°²³/ .]*)?")
_FRACTION = re.compile(r"([+-]?\d{1,9})\s*/\s*(\d{1,9})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[' ’,.])\d{3})(?:(?P=mark)\d{3})*")
_WORDS = re.compile(r"[^\W\d_][^\"\n\\=\[\]{}]*")


class ScalarSuggestion(NamedTuple):
    """A value that is not TOML, with the reason and the TOML form."""

    what: str
    """What is wrong with it; the text follows `line 3` in a message."""
    instead: str | None
    """The TOML form; None where TOML has no such value."""
    note: str = ""
    """An addition to the hint; the whole hint where TOML has no such value."""


def suggest_scalar(text: str) -> ScalarSuggestion | None:
    """Return the probable TOML form of a value; None where the value is TOML, and where its meaning is not clear."""
    text = text.strip()
    if not text or _is_toml(text):
        return None
    plain = text.translate(DASHES)
    word = plain.casefold()
    if word in TRUTHS:
        return ScalarSuggestion(f"has {text}, which is {TRUTHS[word]} in TOML", TRUTHS[word])
    if word in NOTHINGS:
        hint = f'leave the line out, or write "{word}" if it is a word of a list'
        return ScalarSuggestion(f"has {text}, and TOML has no such value", None, hint)
    if word in ENDLESS:
        return ScalarSuggestion(f"has {text}, which is no finite number", None, "write a finite number, like 0")
    return _number(text, plain) or _quoted(text)


def suggest_number(value: Any, *, whole: bool) -> str | None:
    """Return the number in a text as TOML writes it; None where there is none of that kind.

    `whole=True` accepts integers only.
    """
    if not isinstance(value, str):
        return None
    meant = suggest_scalar(value)
    text = value.strip() if meant is None else meant.instead or ""
    return text if re.fullmatch(r"[+-]?\d+" if whole else r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", text) else None


def number_of(text: str) -> str | None:
    """Return a number in TOML form, from one with a decimal comma or without a digit before or after its point.

    None where it is not a number, or has too many digits for a Decimal.
    """
    try:
        number = Decimal(text.replace(",", ".")).normalize()
    except ArithmeticError:
        return None
    return format(number, "f")


def _number(text: str, plain: str) -> ScalarSuggestion | None:
    percent = _PERCENT.fullmatch(plain)
    if percent:
        share = number_of(f"{percent[1]}e-2")
        note = "; a share is a number without a sign"
        return ScalarSuggestion(f"has a number of per cent: {text}", share, note) if share else None
    fraction = _FRACTION.fullmatch(plain)
    if fraction and int(fraction[2]):
        return _share(text, Fraction(int(fraction[1]), int(fraction[2])))
    grouped = _GROUPED.fullmatch(plain)
    if grouped and (grouped["mark"] in "' ’" or len(re.findall(r"[.,]", plain)) > 1):
        return ScalarSuggestion(f"has a number with its thousands apart: {text}", re.sub(r"[' ’,.]", "", plain))
    unit = _UNIT.fullmatch(plain)
    if unit is None:
        return None
    return _measured(text, unit[2], (unit[1] or unit[3] or "").strip())


def _measured(text: str, number: str, unit: str) -> ScalarSuggestion | None:
    """Return a number with a unit, or one in another notation, in TOML form."""
    power = THOUSANDS.get(unit.casefold(), 0)
    value = number_of(f"{number}e{power}")
    if value is None:
        return None
    if not unit:
        return ScalarSuggestion(f"has a number that TOML writes in another way: {text}", value)
    if power:
        return ScalarSuggestion(f"has a number with a word: {text}", value)
    return ScalarSuggestion(f"has a number with a unit: {text}", value, f"; a unit stands in a comment: # {unit}")


def _share(text: str, fraction: Fraction) -> ScalarSuggestion:
    decimal = number_of(str(round(float(fraction), 6))) or "0"
    if Fraction(decimal) == fraction:
        return ScalarSuggestion(f"has a fraction: {text}", decimal)
    return ScalarSuggestion(f"has a fraction: {text}", f'"{text}"', f", or {decimal}")


def _quoted(text: str) -> ScalarSuggestion | None:
    if not _WORDS.fullmatch(text):
        return None
    return ScalarSuggestion(f"has a text without quotation marks: {text[:60]}", json.dumps(text, ensure_ascii=False))


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return False
    return True
