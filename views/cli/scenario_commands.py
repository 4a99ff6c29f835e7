"""The commands of `winset scenarios`: the library of cases, and checks of the user's own case files."""

from __future__ import annotations

from typing import Annotated

import typer

import scenarios
from games.messages import message
from games.visible_text import visible
from views.cli import commands
from views.cli.contract import Exit, document
from views.cli.options import KEYS, CaseArgument, Changes, Json, NoColour
from views.cli.output import print_problems, show
from views.text import scenario as scenario_text
from views.wording.translation import translate

library = typer.Typer(help="The library of cases, and checks of your own.", context_settings=KEYS)


@library.callback(invoke_without_command=True)
def list_by_default(context: typer.Context) -> None:
    """List the library when no subcommand is given."""
    if context.invoked_subcommand is None:
        list_cases()


@library.command("list")
def list_cases(as_json: Json = False, no_colour: NoColour = False) -> None:
    """Every case of the library, one per line."""
    show(commands.scenarios.library_document(), scenario_text.render_library, as_json, no_colour)


@library.command("show")
def show_case(
    scenario: CaseArgument, changes: Changes = None, as_json: Json = False, no_colour: NoColour = False
) -> None:
    """One case: countries, agenda, seats with their red lines and groups, sources.

    \u000c

    Parameters
    ----------
    scenario, changes, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When the case cannot be read.
    """
    show(
        commands.scenarios.case_document(scenarios.read(scenario, changes or ())),
        scenario_text.render_case,
        as_json,
        no_colour,
    )


@library.command("check")
def check_cases(files: Annotated[list[str], typer.Argument(metavar="FILE...")], as_json: Json = False) -> None:
    """Report every error in case files.

    For a scored case also the number of packages and four checks of its design. Exit code 2 when a file is not a valid
    case, 1 when a design check fails.
    """
    findings = commands.scenarios.check_case_files(files)
    show(findings, scenario_text.render_case_checks, as_json, no_colour=True)
    print_problems((*findings.problems, *findings.flaws))
    if findings.problems or findings.flaws:
        raise typer.Exit(Exit.REFUSED if findings.problems else Exit.UNWELL)


@library.command("new")
def new_case(file: Annotated[str, typer.Argument(metavar="[NAME|FILE]")] = "my-case.toml") -> None:
    """Write a first case of your own.

    A scored case in which a comment explains every key. It passes the checks. No file is overwritten.
    """
    path = commands.scenarios.create_case_file(file)
    told = message("{path} is written. Change what you like, then: winset scenarios check {path}", path=path)
    print(visible(translate(told)))


@library.command("schema")
def case_schema() -> None:
    """The JSON Schema of a case file."""
    print(document(scenarios.schema()))
