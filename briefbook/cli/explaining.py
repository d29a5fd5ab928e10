"""The verb `explain`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from briefbook.build import NothingBuiltError
from briefbook.cli.options import Root
from briefbook.cli.printing import console_of, print_lines, report
from briefbook.explain import as_json, explain
from briefbook.explanation import shown
from briefbook.model import Fate
from briefbook.problems import ProblemError


def explain_command(
    file: Annotated[Path, typer.Argument(help="A raw text, in sources/ or anywhere.")],
    root: Root = Path(),
    fate: Annotated[
        Fate | None,
        typer.Option("--fate", help="Show only the lines of this fate.", show_default="all"),
    ] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show each line with its fate and rule, each field with its value, line and rule.

    On a terminal lines are cut to its width; in a pipe they are whole, and without colour.

    Example: briefbook explain sources/gulf-desk/surion-talks-at-baghdad-fair.txt
    """
    try:
        found = explain(root, file)
    except ProblemError as broken:
        report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
    if as_json_:
        print(json.dumps(as_json(found, fate), ensure_ascii=False, indent=2))
    else:
        print_lines(shown(found, console_of(), fate))
