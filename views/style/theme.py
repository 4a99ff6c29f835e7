"""Winset's colours, faces and sizes: the one source from which style sheet, charts and theme are made.

Ink comes first. A colour stands for a role, and one role has one colour everywhere: `mark` colours (the bare
name) are for areas, lines and dots, `_text` colours for words and for filled markers that carry a number.
The hues of the roles are Okabe and Ito's; the contrasts are measured in tests/views/test_looks.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

Mode = Literal["light", "dark"]
"""The two faces of the screen; the reader's system chooses."""

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
"""Every colour by mode and name."""

ROLES = ("host", "origin", "migrants", "agreement", "breakdown", "alert")
"""Roles in their fixed order; each has a mark and a text colour."""

SANS = "Inter, system-ui, sans-serif"
"""The face that shows: labels, numbers, controls. The serif, which speaks, is set by the style sheet alone."""

FONTS_URL = "component/views.explore.widgets.fonts"
"""Where `views.explore.widgets.serve_fonts` puts the folder `static`, relative to the page."""

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
    """`#rrggbb` with an opacity in [0, 1], in the form that Plotly accepts."""
    return f"rgba({','.join(str(part) for part in _channels(colour))},{opacity})"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def style_sheet() -> str:
    """The whole style sheet: faces, variables and rules, ready for one `<style>`.

    Streamlit's sanitiser drops a sheet that holds a less-than sign, silently; there is none in here.
    """
    return font_faces() + css_variables() + chart_colours() + asset("winset.css").decode()


def css_variables() -> str:
    """Every colour as a variable for both modes; `color-scheme`, which Streamlit sets, chooses."""
    return f":root{{{''.join(f'--{_dashed(name)}:light-dark({LIGHT[name]},{DARK[name]});' for name in LIGHT)}}}\n"


def chart_colours() -> str:
    """Rules that paint every mark of a chart in the colours of the mode in which it is seen.

    Plotly writes the colours of the mode in which a chart was drawn into each mark, and the server learns nothing
    when a viewer switches the theme, or prints. Each of these colours has its counterpart in the other mode.
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
    """The logo; a picture cannot read the page's variables, so that it holds the colours of both modes."""
    picture = asset("logo.svg").decode()
    dark = "".join(f'[fill="{light}"]{{fill:{DARK[name]}}}' for name, light in LIGHT.items() if light in picture)
    head, rest = picture.split(">", maxsplit=1)
    return f"{head}><style>@media (prefers-color-scheme: dark){{{dark}}}</style>{rest}"


def font_faces() -> str:
    """The four faces, each loaded only by a page that needs a letter of its range."""
    return "".join(
        f'@font-face{{font-family:"{family}";src:url("{FONTS_URL}/{file}.woff2") format("woff2");'
        f"font-weight:{weight};font-style:normal;font-display:swap;unicode-range:{_RANGES[letters]}}}\n"
        for family, file, weight, letters in _FACES
    )


def asset(name: str) -> bytes:
    """A file of `views/style/static`, wherever the package is installed."""
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
