"""Sections of a report on failed runs, and on the origin of the numbers."""

from __future__ import annotations

from games.messages import join_messages, message, plural_message
from lab.analysis.bootstrap import resampling_plan
from lab.analysis.findings import Findings
from lab.design.cases import scenario_label
from views.report.elements import NONE, ReportSection, join_sentences
from views.wording.translation import to_html

SESSIONS = 5
"""Maximum number of sessions that are listed, the latest ones."""


def failures_section(found: Findings) -> ReportSection:
    """Return the section of a report on the runs of the sweep that failed.

    Each has the last lines of its traceback, and the command that makes the run again.
    """
    total, shown = len(found.harvest.failures), len(found.failures)
    listed = "".join(
        f"<details><summary><code>{to_html(each.run_id[:12])}</code> {to_html(each.status)}: "
        f"{to_html(each.error_type or message('no error was told'))}</summary><p>{to_html(each.error or '')}</p>"
        f"<pre>{to_html(each.traceback or message('no traceback'))}</pre>"
        f'<p class="note">{to_html(message("Again:"))}</p><pre>{to_html(each.command)}</pre></details>'
        for each in found.failures
    )
    note = (
        message("{total} runs did not end well; the first {shown} of them:", total=f"{total:,}", shown=shown)
        if shown < total
        else plural_message("{number} run did not end well:", "{number} runs did not end well:", total)
    )
    return ReportSection(message("Runs that failed"), note, (), listed)


def provenance_section(found: Findings) -> ReportSection:
    """Return the section of a report on the origin of its numbers: design, scenario, seed, versions and sessions.

    A session is one start of the program on the sweep's folder. The section also tells how to read the rows of the
    data.
    """
    harvest, design = found.harvest, found.harvest.design
    factors = [message("{name} ({key})", name=each.name, key=each.key) for each in design.factors]
    measures = [message("{name}: {meaning}", name=name, meaning=harvest.meaning(name)) for name in design.measures]
    facts = [
        (
            message("Design"),
            message("{name}, {method}, hash {hash}", name=design.name, method=design.method, hash=harvest.mark),
        ),
        (message("Scenario"), scenario_label(design)),
        (message("Made by"), f"winset {design.kind}"),
        (message("Factors"), join_messages("; ", factors) or message("none")),
        (message("Arms"), ", ".join(harvest.arms)),
        (message("Measures"), join_messages("; ", measures)),
        (message("Seed"), message("{seed}; every random number follows from it", seed=design.seed)),
        (message("Intervals"), resampling_plan(design, harvest.different).sentence),
        *_machine(found),
        (
            message("Rows"),
            message(
                "{call}, a row a case; the files in runs/ have a row a run and its weight",
                call=f'lab.results("{harvest.folder}")',
            ),
        ),
    ]
    listed = "".join(f"<dt>{to_html(name)}</dt><dd>{to_html(value)}</dd>" for name, value in facts)
    return ReportSection(
        message("Where it comes from"), join_sentences(*harvest.notes), (), f'<dl class="made">{listed}</dl>'
    )


def _machine(found: Findings) -> list[tuple[str, str]]:
    """Labels and values of the versions and the platform of the last session, and of the latest sessions."""
    recorded = found.harvest.sessions
    last = recorded[-1] if recorded else {}
    versions: dict[str, str | None] = last.get("versions") or {}
    packages = [f"Python {last.get('python', NONE)}", *(f"{name} {each}" for name, each in versions.items() if each)]
    sessions = [
        join_messages(" ", [each.get("start", "")[:19], each.get("reason") or message("has no end")])
        for each in recorded[-SESSIONS:]
    ]
    model = message(
        "version {version}, commit {commit}",
        version=last.get("model", NONE),
        commit=last.get("commit") or message("not known"),
    )
    return [
        (message("Model"), model),
        (message("Versions"), ", ".join(packages)),
        (message("Platform"), str(last.get("platform", NONE))),
        (message("Sessions"), join_messages("; ", sessions) or NONE),
    ]
