"""Typing errors in one statement of a TOML text: frequent mistakes, and the corrected line.

Each rule finds one kind of mistake. A corrected line is proposed only when it is valid TOML (`Line.slip`), so that no
hint leads to the next error; where no line can be proposed, some rules give a hint in words.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from games.text.toml_scalars import suggest_scalar
from games.text.toml_statements import STRING, Statement

LONGEST = 100
"""Characters of a line that a hint repeats."""

CURLY = "“”„‟‘’‚‛«»‹›″′´"
_QUOTES = str.maketrans(dict.fromkeys(CURLY, '"'))
_ASSIGNMENT = re.compile(rf"\s*(?:[\w.-]|{STRING}|\s*\.\s*)+?\s*=(?![=>])")
_BEGINS = re.compile(r"\s*(\[\[?[\w. -]+\]\]?\s*$|[\w.-]+\s*=)")


class Slip(NamedTuple):
    """What is wrong, and what to write instead."""

    reason: str
    hint: str


class TomlLine(NamedTuple):
    """The line on which a statement cannot be parsed."""

    number: int
    raw: str
    """Without a comment at its end."""
    bare: str
    """The same, with the characters of quoted strings masked."""
    statement: Statement

    def holds(self, fixed: str) -> bool:
        """Return whether the statement is valid TOML with this line replaced by `fixed`."""
        lines = self.statement.raw.split("\n")
        lines[self.number - self.statement.line] = fixed
        try:
            tomllib.loads("\n".join(lines))
        except (ValueError, RecursionError):
            return False
        return True

    def slip(self, what: str, fixed: str, note: str = "") -> Slip | None:
        """Return the mistake with the corrected line; None where the corrected line is not TOML either.

        Parameters
        ----------
        what
            What is wrong; the text follows the line number.
        fixed
            The corrected line.
        note
            An addition to the hint.

        Returns
        -------
        Slip or None
            Reason and hint; the line is shortened to 100 characters.
        """
        if not self.holds(fixed):
            return None
        told = fixed.strip()
        shown = told if len(told) <= LONGEST else f"{told[: LONGEST - 3]}..."
        return Slip(f"line {self.number} {what}", f"write {shown}{note}")


def slip(statement: Statement, number: int, text: str) -> Slip | None:
    """Return the mistake in a statement that `tomllib` refuses; None where no rule applies.

    Parameters
    ----------
    statement
        The statement that cannot be parsed.
    number
        The line of the text at which `tomllib` stops, counted from 1.
    text
        The whole text.

    Returns
    -------
    Slip or None
        Reason and hint.
    """
    at = number - statement.line
    raw, bare = statement.raw.split("\n")[at], statement.bare.split("\n")[at]
    code = bare.rstrip()
    line = TomlLine(number, raw[: len(code)], code, statement)
    following = text.split("\n")[number : number + 1]
    if statement.opened or "\n" in statement.raw:
        found = _unclosed(statement, number)
        if found is not None:
            return found
    return next((found for rule in RULES for found in [rule(line)] if found), None) or _unknown(line, following)


def _unclosed(statement: Statement, number: int) -> Slip | None:
    """Find a list, an inline table or a multi-line string that is not closed."""
    name = ".".join(statement.keys) or statement.raw.strip()[:40]
    if statement.opened in ('"""', "'''"):
        hint = f"write {statement.opened} at the end of the text"
        return Slip(f"the text of {name}, which begins in line {statement.line}, is not closed", hint)
    lines = statement.bare.split("\n")
    follows = any(_BEGINS.match(line) for line in lines[1 : number - statement.line + 1])
    if not (follows or statement.opened):
        braces = statement.bare.partition("=")[2].lstrip().startswith("{")
        if braces:
            hint = f"put it on one line, or write its keys under a header [{name}]"
            return Slip(f"{name}, which begins in line {statement.line}, is a table in braces over several lines", hint)
        return None
    kind, mark = ("table", "}") if statement.opened[:1] == "{" else ("list", "]")
    return Slip(f"the {kind} {name}, which begins in line {statement.line}, is not closed", f"write {mark} at its end")


# -- rules: each one finds one kind of mistake


def _invisible(line: TomlLine) -> Slip | None:
    """Find blanks that are not U+0020, and invisible characters."""
    found = next((each for each in line.bare if _is_invisible(each)), None)
    if found is None:
        return None
    name = unicodedata.name(found, "no name").lower()
    fixed = "".join(
        (" " if unicodedata.category(each) == "Zs" else "") if _is_invisible(mask) else each
        for each, mask in zip(line.raw, line.bare, strict=True)
    )
    what = f"holds a character that looks like nothing or like a blank (U+{ord(found):04X}, {name})"
    return line.slip(what, fixed, ", typed anew") or Slip(f"line {line.number} {what}", "type the line anew")


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cf") and character != " "


def _curly(line: TomlLine) -> Slip | None:
    """Find typographic quotation marks."""
    marks = [each for each in line.bare if each in CURLY]
    if not marks:
        return None
    fixed = "".join(
        each.translate(_QUOTES) if mask in CURLY else each for each, mask in zip(line.raw, line.bare, strict=True)
    )
    what = f"has quotation marks that are not straight: {' '.join(dict.fromkeys(marks))}"
    straight = Slip(f"line {line.number} {what}", 'write straight ones, as in title = "..."')
    return line.slip(what, fixed, ", with straight quotation marks") or straight


def _comment(line: TomlLine) -> Slip | None:
    """Find comments of other languages, and a semicolon at the end."""
    match = re.match(r"(.*?)\s*(//|--+|;|/\*|<!--|%)\s*(.*)$", line.bare)
    if match is None:
        return None
    before = line.raw[: match.end(1)]
    if match[2] == ";" and not match[3]:
        return line.slip("ends in a semicolon", before, ", without it")
    told = line.raw[match.start(3) :].removesuffix("*/").removesuffix("-->").strip()
    return line.slip(f"has a comment that begins with {match[2]}", f"{before}  # {told}".strip())


def _header(line: TomlLine) -> Slip | None:
    """Find headers with brackets that do not match, or with a key after them."""
    match = re.match(r"\s*(\[+)\s*([\w.\s-]*[\w-])?\s*(\]*)\s*(.*)$", line.bare)
    if match is None or not line.statement.is_header:
        return None
    if not match[2]:
        return None
    name = re.sub(r"\s*\.\s*|\s+", ".", match[2])
    count = min(2, max(len(match[1]), len(match[3])))
    fixed = f"{'[' * count}{name}{']' * count}"
    if match[4]:
        rest = line.raw[match.start(4) :]
        return Slip(f"line {line.number} has more than its header", f"write {fixed}, and {rest} on a line of its own")
    return line.slip("is a header that is not well written", fixed)


def _colon(line: TomlLine) -> Slip | None:
    """Find a colon after a key, as in YAML, JSON and Python."""
    match = re.match(rf"\s*(?:-\s+)?((?:[\w.-]|{STRING})+)\s*:(?!=)\s*(.*?),?$", line.bare)
    if match is None or "=" in line.bare[: match.start(2)]:
        return None
    key = line.raw[match.start(1) : match.end(1)].strip("\"'")
    value = line.raw[match.start(2) : match.end(2)]
    if not value:
        return Slip(f"line {line.number} has a colon after its key", f"write {key} = ..., or the header [{key}]")
    return _valued(line, "has a colon after its key", key, value)


def _operator(line: TomlLine) -> Slip | None:
    """Find other signs in the place of `=`."""
    match = re.match(rf"(\s*(?:[\w.-]|{STRING})+)\s*(==+|:=|=>|<-|~)\s*(.*)$", line.bare)
    if match is None:
        return None
    key, value = line.raw[: match.end(1)].strip(), line.raw[match.start(3) :]
    return _valued(line, f"has {match[2]} after its key", key, value)


def _no_value(line: TomlLine) -> Slip | None:
    """Find a key without a value."""
    match = re.fullmatch(rf"\s*((?:[\w.-]|{STRING})+)\s*=?\s*", line.bare)
    if match is None or re.fullmatch(rf"\s*{STRING}+\s*", line.bare):
        return None
    key = line.raw[match.start(1) : match.end(1)]
    return Slip(f"line {line.number} gives {key} no value", f"write {key} = and a value, or leave the line out")


def _key(line: TomlLine) -> Slip | None:
    """Find keys with blanks or accents, and keys without `=`."""
    match = re.match(r"\s*([^\W\d][\w -]*?)\s*=(?!=)\s*(.*)$", line.bare)
    if match is not None and re.search(r"[^A-Za-z0-9_-]", match[1]):
        value = line.raw[match.start(2) :]
        if " " in match[1]:
            return _valued(line, f"has a key with a blank in it: {match[1]}", re.sub(r"\s+", "_", match[1]), value)
        key = unicodedata.normalize("NFKD", match[1]).encode("ascii", "ignore").decode() or "title"
        hint = f"write keys with the letters a to z, as in {key} = {value[:40]}"
        return Slip(f"line {line.number} has a key with other letters than a to z: {match[1]}", hint)
    match = re.match(r"\s*([\w.-]+)\s+(\S.*)$", line.bare)
    if match is None or "=" in line.bare:
        return None
    return _valued(line, "has no = after its key", match[1], line.raw[match.start(2) :])


def _valued(line: TomlLine, what: str, key: str, value: str) -> Slip | None:
    """Return the line as key and value, the value corrected where necessary."""
    mended = suggest_scalar(value)
    return line.slip(what, f"{key} = {value}") or (line.slip(what, f"{key} = {mended.instead}") if mended else None)


def _quoted(line: TomlLine) -> Slip | None:
    """Find strings with wrong quotation marks: not closed, some inside, or a backslash."""
    match = _ASSIGNMENT.match(line.bare)
    value = line.raw[match.end() :].strip() if match else ""
    mark = value[:1]
    if match is None or mark not in ('"', "'") or len(value) < 2:
        return None
    key = line.raw[: match.end()].rstrip()
    if not value.endswith(mark):
        inner = value[1:].removesuffix("'" if mark == '"' else '"')
        return line.slip("has a text that is not closed", f"{key} {_text(inner)}")
    inner = value[1:-1]
    if mark == '"' and "\\" in inner:
        return line.slip("has a backslash in its text, which begins a special character", f"{key} '{inner}'")
    return line.slip("has quotation marks inside its text", f"{key} {_text(inner)}")


def _backslash(line: TomlLine) -> Slip | None:
    """Find a backslash in a string of several lines."""
    if not re.search(r"\\(?![btnfr\"\\uU]|\s*$)", line.raw) or STRING not in line.bare:
        return None
    return Slip(
        f"line {line.number} has a backslash in its text, which begins a special character",
        r"write \\ for one backslash, or put the text between single quotation marks",
    )


def _text(inner: str) -> str:
    """Return a quoted string, without a backslash where possible."""
    if not ({'"', "\\"} & {*inner}):
        return f'"{inner}"'
    return f"'{inner}'" if "'" not in inner else json.dumps(inner, ensure_ascii=False)


def _comma(line: TomlLine) -> Slip | None:
    """Find a decimal comma, alone or in an inline table; in a list commas separate the numbers."""
    pattern = r"(=\s*[+-]?\d+),(\d+)(?=\s*(?:$|}|,\s*[^\d\s]))"
    match = re.search(pattern, line.bare)
    if match is None:
        return None
    written = match[0].lstrip("= ")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", written):
        key = line.raw[: match.start()].strip().split(",")[-1].strip(" {")
        whole, decimal = written.replace(",", ""), written.replace(",", ".")
        hint = f"write {key} = {whole}, or {key} = {decimal} if the comma is a decimal one"
        return Slip(f"line {line.number} has a comma in a number: {written}", hint)
    spots = {found.end(1) for found in re.finditer(pattern, line.bare)}
    fixed = "".join("." if at in spots else each for at, each in enumerate(line.raw))
    return line.slip(f"has a decimal comma: {written}", fixed, ", with a decimal point")


def _values(line: TomlLine) -> Slip | None:
    """Find values that are not TOML: numbers with units or per cent, words of other languages, unquoted text."""
    fixed, what, note = line.raw, "", ""
    for start, end in reversed([*_atoms(line)]):
        found = suggest_scalar(line.raw[start:end])
        if found is None:
            continue
        if found.instead is None:
            return Slip(f"line {line.number} {found.what}", found.note)
        fixed = fixed[:start] + found.instead + fixed[end:]
        what, note = found.what, found.note
    return line.slip(what, fixed, note) if what else None


def _atoms(line: TomlLine) -> Iterator[tuple[int, int]]:
    """Yield start and end of the unquoted values: everything after the `=`, or the items of a list."""
    match = _ASSIGNMENT.match(line.bare)
    begin = match.end() if match and line.number == line.statement.line else 0
    rest = line.bare[begin:]
    pattern = r"[^,\[\]{}=]+(?!\s*[^,\[\]{}=]*=)" if re.search(r"[\[\]{}]", line.statement.bare) else r".+"
    for found in re.finditer(pattern, rest):
        text = found.group().strip()
        after = rest[found.end() : found.end() + 1]
        if text and after != "=" and STRING not in text:
            start = begin + found.start() + (len(found.group()) - len(found.group().lstrip()))
            yield start, start + len(text)


def _missing_comma(line: TomlLine) -> Slip | None:
    """Find list items without a comma between them."""
    fixed, at = line.raw, 0
    gap = re.compile(rf"(?<=[\w\]}}{STRING}])\s+(?=[\w\[{{+-]|{STRING})")
    if not re.search(r"[\[{]", line.bare):
        return None
    begin = _ASSIGNMENT.match(line.bare)
    at = begin.end() if begin else 0
    for found in reversed([*gap.finditer(line.bare, at)]):
        fixed = fixed[: found.start()] + ", " + fixed[found.end() :]
    return None if fixed == line.raw else line.slip("has a list without commas between its items", fixed)


def _unknown(line: TomlLine, following: list[str]) -> Slip | None:
    """Find a string over several lines, recognised by the line that follows."""
    quotes = [mark for mark in ('"', "'") if mark in line.bare]
    if not quotes:
        return None
    goes_on = bool(following) and following[0].strip() and not _BEGINS.match(following[0])
    hint = 'write """ before and after a text of several lines' if goes_on else "write the same mark at its end"
    return Slip(f"line {line.number} has a text that is not closed", hint)


RULES: tuple[Callable[[TomlLine], Slip | None], ...] = (
    _invisible,
    _curly,
    _header,
    _colon,
    _operator,
    _no_value,
    _comma,
    _quoted,
    _backslash,
    _values,
    _missing_comma,
    _comment,
    _key,
)
"""Every rule, the most certain first."""
