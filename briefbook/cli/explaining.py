"""The verb `explain`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from briefbook.cli.options import Root
from briefbook.cli.printing import console_of, print_lines, report
from briefbook.explaining import Explanation, as_json, explain, explain_all, shown
from briefbook.explaining import report as as_markdown
from briefbook.model import Fate
from briefbook.problems import NothingBuiltError, ProblemError


def explain_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="A raw text, in sources/ or anywhere.")
    ],
    root: Root = Path(),
    fate: Annotated[
        Fate | None,
        typer.Option("--fate", help="Show only the lines of this fate.", show_default="all"),
    ] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    markdown: Annotated[
        bool,
        typer.Option("--markdown", help="Print a report of texts or entries, for a pull request."),
    ] = False,
) -> None:
    """Show each line with its fate and rule, each field with its value, line and rule.

    On a terminal lines are cut to its width; in a pipe they are whole, and without colour.

    Example: briefbook explain sources/gulf-desk/surion-talks-at-baghdad-fair.txt
    """
    if markdown and (as_json_ or fate):
        raise typer.BadParameter(
            "it goes neither with --json nor with --fate", param_hint="--markdown"
        )
    if not markdown and len(files) > 1:
        raise typer.BadParameter("name one file; --markdown takes several", param_hint="FILE")
    found = _explained(root, files, by_entry=markdown)
    if markdown:
        print(as_markdown(found), end="")
    elif as_json_:
        print(json.dumps(as_json(found[0], fate), ensure_ascii=False, indent=2))
    else:
        print_lines(shown(found[0], console_of(), fate))


def _explained(root: Path, files: list[Path], *, by_entry: bool) -> tuple[Explanation, ...]:
    """Explain texts, or report why not and leave."""
    try:
        return explain_all(root, files) if by_entry else (explain(root, files[0]),)
    except ProblemError as broken:
        report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
