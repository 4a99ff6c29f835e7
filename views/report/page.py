"""A sweep as one HTML file: figures, tables and the origin of every number. It opens without a network.

    findings  ->  sections (words, tables, figures)  ->  page

Everything in a figure is also in a table, for screen readers, for printing, and for browsers that run no scripts. The
page loads nothing from anywhere: its own content security policy forbids it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias, cast

from games.errors import input_error, write_error
from games.json_values import to_json_value
from games.messages import message
from games.visible_text import visible
from lab.analysis.findings import Findings
from lab.store.atomic_files import write_atomically
from views.figures.base import CONFIG
from views.figures.sweeps import plotly_source
from views.report.elements import ReportFigure, ReportSection
from views.report.sections import headline, report_sections
from views.style.theme import FONTS_URL, Mode, asset, chart_colours, css_variables, font_faces
from views.wording.translation import to_html

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:"
FILE = "report.html"

Drawn: TypeAlias = dict[Mode, dict[str, Any]]
"""The Plotly JSON of a figure in both modes."""


def write_report(found: Findings, path: str | PathLike[str] | None = None) -> Path:
    """Write the report on a sweep as one HTML file, and return its path.

    Without a `path` the file is `report.html` in the folder of the sweep. InputError is raised when the file cannot be
    written there.
    """
    place = Path(path) if path is not None else Path(found.harvest.folder) / FILE
    if place.is_dir():
        raise input_error(f"-o {place}", "is a folder", "name a file in it, as in report.html")
    text = render_page(found)
    try:
        write_atomically(place, lambda stream: stream.write(text.encode()))
    except OSError as error:
        raise write_error(error, f"-o {place}", "name a file in a folder that exists") from None
    return place


def render_page(found: Findings) -> str:
    """Render the report on a sweep as one HTML page that needs no network: figures, tables, origin of the numbers."""
    written = list(report_sections(found))
    plates = [plate for chapter in written for plate in chapter.plates]
    names = {id(plate): f"figure-{number}" for number, plate in enumerate(plates, start=1)}
    drawn = {names[id(plate)]: _both(plate) for plate in plates}
    body = "".join(_section(chapter, names, drawn) for chapter in written)
    title = to_html(message("{name}: a Winset sweep", name=found.harvest.design.name))
    footer = to_html(message("Written by Winset. Design {design}.", design=found.harvest.mark))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{title}</title>\n<style>{_style()}</style></head>\n<body>{headline(found)}<main>{body}</main>"
        f"<footer>{footer}</footer>\n"
        f"{_scripts(drawn)}</body></html>\n"
    )


def _section(chapter: ReportSection, names: Mapping[int, str], drawn: Mapping[str, Drawn]) -> str:
    figures = "".join(_figure(plate, names[id(plate)], drawn[names[id(plate)]]) for plate in chapter.plates)
    held = f'<div class="{"pair" if len(chapter.plates) > 1 else "wide"}">{figures}</div>' if figures else ""
    note = f'<p class="note">{to_html(chapter.note)}</p>' if chapter.note else ""
    return f"<section><h2>{to_html(chapter.title)}</h2>{note}{held}{chapter.tables}</section>\n"


def _figure(plate: ReportFigure, name: str, drawn: Drawn) -> str:
    height = int(drawn["light"]["layout"]["height"])
    return (
        f'<figure><h3>{to_html(plate.title)}</h3><div class="plot" id="{name}" role="img" '
        f'aria-label="{to_html(plate.spoken)}" style="height:{height}px"></div>'
        f"<figcaption>{to_html(plate.caption)}</figcaption></figure>"
    )


def _style() -> str:
    """Latin fonts embedded in the page, colours of both modes, and the style rules."""
    faces = "".join(each for each in font_faces().splitlines(keepends=True) if "latin-ext" not in each)
    for name in ("inter-latin", "serif-latin"):
        letters = base64.b64encode(asset(f"{name}.woff2")).decode()
        faces = faces.replace(f"{FONTS_URL}/{name}.woff2", f"data:font/woff2;base64,{letters}")
    return faces + css_variables() + chart_colours() + asset("report.css").decode()


def _scripts(drawn: Mapping[str, Drawn]) -> str:
    """plotly.js, the figures in both modes, and the script that draws them; empty without figures."""
    if not drawn:
        return ""
    told = json.dumps({"figures": drawn, "config": CONFIG}, ensure_ascii=False).replace("</", "<\\/")
    code = re.sub(r"</(?=script)", r"<\\/", plotly_source(), flags=re.IGNORECASE)
    return (
        f'<script>{code}</script>\n<script type="application/json" id="figures">{told}</script>\n'
        f"<script>{asset('report.js').decode()}</script>"
    )


def _both(plate: ReportFigure) -> Drawn:
    return {"light": _drawn(plate, "light"), "dark": _drawn(plate, "dark")}


def _drawn(plate: ReportFigure, mode: Mode) -> dict[str, Any]:
    told = plate.draw(mode).to_plotly_json()
    return {key: _plain(told[key]) for key in ("data", "layout")}


def _plain(value: Any) -> Any:
    """The JSON of a figure; Plotly objects in it, such as the template, are converted as well."""
    if hasattr(value, "to_plotly_json"):
        return _plain(value.to_plotly_json())
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in cast("list[Any]", value)]
    return visible(value, breaks=True) if isinstance(value, str) else to_json_value(value)
