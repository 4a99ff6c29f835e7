"""Colours, fonts and sizes: the one source of style sheet, charts and Streamlit theme.

Most text is ink. A colour stands for a role, and a role has the same colour everywhere. A plain name is the colour of
areas, lines and dots; its `_text` variant is the colour of words and of filled markers with a number in them. The hues
of the roles are those of Okabe and Ito; tests/views/test_looks.py measures the contrasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

Mode = Literal["light", "dark"]
"""The colour mode of the screen; the reader's system chooses it."""

LIGHT: Mapping[str, str] = {
    "paper": "#FBFAF7",
    "surface": "#F2F0EA",
    "raised": "#FFFFFF",
    "rule": "#DEDAD1",
    "grid": "#E9E6DF",
    "edge": "#7E858D",
    "ink": "#1B1F24",
    "muted": "#565D65",
    "host": "#0072B2",
    "host_text": "#00619A",
    "origin": "#D55E00",
    "origin_text": "#AD4900",
    "migrants": "#BF6798",
    "migrants_text": "#9A4576",
    "agreement": "#009E73",
    "agreement_text": "#00725A",
    "breakdown": "#6B7178",
    "breakdown_text": "#565D65",
    "alert": "#E69F00",
    "alert_text": "#8A5A00",
}
DARK: Mapping[str, str] = {
    "paper": "#14171B",
    "surface": "#20252A",
    "raised": "#1A1E23",
    "rule": "#353B42",
    "grid": "#282D33",
    "edge": "#7C848C",
    "ink": "#ECEAE5",
    "muted": "#A9AFB6",
    "host": "#56B4E9",
    "host_text": "#6FC0EE",
    "origin": "#F0803C",
    "origin_text": "#F79A62",
    "migrants": "#D48DB5",
    "migrants_text": "#E3A6C7",
    "agreement": "#22B58A",
    "agreement_text": "#45C9A0",
    "breakdown": "#8F969D",
    "breakdown_text": "#A9AFB6",
    "alert": "#E69F00",
    "alert_text": "#F0B23E",
}
TOKENS: Mapping[Mode, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}
"""All colours, by mode and name."""

ROLES = ("host", "origin", "migrants", "agreement", "breakdown", "alert")
"""The roles in fixed order; each has a plain and a text colour."""

SANS = "Inter, system-ui, sans-serif"
"""The font of labels, numbers and controls. The serif font of headings is set in the style sheet alone."""

FONTS_URL = "component/views.page_widgets.fonts"
"""Address of the folder `static`, relative to the page, as `views.page_widgets.serve_fonts` serves it."""

_FACES = (
    ("Inter", "inter-latin", "100 900", "LATIN"),
    ("Inter", "inter-latin-ext", "100 900", "EXTENDED"),
    ("Winset Serif", "serif-latin", "200 900", "LATIN"),
    ("Winset Serif", "serif-latin-ext", "200 900", "EXTENDED"),
)
_RANGES = {
    "LATIN": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+2215",
    "EXTENDED": "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+1D00-1DBF,U+1E00-1E9F,"
    "U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113",
}


def alpha(colour: str, opacity: float) -> str:
    """Return a colour with an opacity in [0, 1] in the form that Plotly accepts. `colour` has the form `#rrggbb`."""
    return f"rgba({','.join(str(part) for part in _channels(colour))},{opacity})"


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours of the form `#rrggbb`, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def style_sheet() -> str:
    """Return the whole style sheet of the web pages for one `<style>` element: fonts, colours as variables, and rules.

    Streamlit removes a style sheet that contains a less-than sign, without a message; this one contains none.
    """
    return font_faces() + css_variables() + chart_colours() + asset("winset.css").decode()


def css_variables() -> str:
    """Return CSS that declares every colour of the pages as a variable, with its values for light and dark mode.

    The property `color-scheme`, which Streamlit sets, chooses the mode.
    """
    return f":root{{{''.join(f'--{_dashed(name)}:light-dark({LIGHT[name]},{DARK[name]});' for name in LIGHT)}}}\n"


def chart_colours() -> str:
    """Return CSS rules that give every mark of a chart the colours of the current mode.

    Plotly writes the colours of the mode at drawing time into each mark, and the server is not informed when a reader
    changes the theme or prints. Each of these colours is replaced by its counterpart in the current mode.
    """
    names = {(light, DARK[name]): name for name, light in LIGHT.items() if light != DARK[name]}
    return "".join(
        ",".join(f'.js-plotly-plot [style*="{kind}: rgb({red}, {green}, {blue})"]' for red, green, blue in either)
        + f"{{{kind}:var(--{_dashed(name)})!important}}\n"
        for colours, name in names.items()
        for either in [[_channels(colour) for colour in colours]]
        for kind in ("fill", "stroke")
    )


def logo() -> str:
    """Return the logo of Winset as SVG with the colours of both modes.

    An image cannot read the CSS variables of the page.
    """
    picture = asset("logo.svg").decode()
    dark = "".join(f'[fill="{light}"]{{fill:{DARK[name]}}}' for name, light in LIGHT.items() if light in picture)
    head, rest = picture.split(">", maxsplit=1)
    return f"{head}><style>@media (prefers-color-scheme: dark){{{dark}}}</style>{rest}"


def font_faces() -> str:
    """Return the four `@font-face` rules of CSS for the fonts of the pages.

    A browser loads a font only for a page that has a letter of its range.
    """
    return "".join(
        f'@font-face{{font-family:"{family}";src:url("{FONTS_URL}/{file}.woff2") format("woff2");'
        f"font-weight:{weight};font-style:normal;font-display:swap;unicode-range:{_RANGES[letters]}}}\n"
        for family, file, weight, letters in _FACES
    )


def asset(name: str) -> bytes:
    """Return the bytes of a file in the folder `views/style/static`, wherever the package is installed."""
    return files("views.style").joinpath("static", name).read_bytes()


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
