"""The verbs `reparse` and `refile`: show what would change in entries, and write it when asked."""

from pathlib import Path
from typing import Annotated

import typer

from briefbook.build import fails, write_entries
from briefbook.cli.options import Root, Write
from briefbook.cli.printing import bar, console_of, print_lines, report
from briefbook.cli.values import cores
from briefbook.problems import NothingBuiltError, in_order
from briefbook.renewing import (
    Refiling,
    Reparsing,
    refile,
    reparse,
    shown_refiling,
    shown_reparsing,
)
from briefbook.working import Workers


def reparse_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Sources or entries.", show_default="all that have a source"),
    ] = None,
    root: Root = Path(),
    write: Write = False,
) -> None:
    """Parse sources again, as a newer parser reads them, and show what changes in their entries.

    Writes nothing without --write. What you edited stays; so do id, slug, date of adding and story.

    Example: briefbook reparse sources/gulf-desk/surion-talks-at-baghdad-fair.txt
    """
    try:
        with Workers(cores()) as workers:
            found = reparse(root, files or (), bar, workers)
    except NothingBuiltError as broken:
        report(broken.problems)
        raise typer.Exit(2) from None
    print_lines(shown_reparsing(found, console_of()))
    _written(root, found, found.parsed, write=write)


def refile_command(root: Root = Path(), write: Write = False) -> None:
    """Find the stories of all entries again, and show which entries change theirs.

    Writes nothing without --write. A story you gave an entry stays; addresses of stories lead on.

    Example: briefbook refile --write
    """
    try:
        found = refile(root)
    except NothingBuiltError as broken:
        report(broken.problems)
        raise typer.Exit(2) from None
    print_lines(shown_refiling(found, console_of()))
    _written(root, found, found.entries, write=write)


def _written(root: Path, found: Reparsing | Refiling, of: int, *, write: bool) -> None:
    """Write what was shown where that is wanted, say so, and leave."""
    unwritten = write_entries(root, found.updates) if write else []
    count = len(found.updates.rewritten)
    which = f"{count - len(unwritten)} of {of} {'entry' if of == 1 else 'entries'}"
    if not count:
        print(f"0 of {of} {'entry' if of == 1 else 'entries'} would change")
    elif write:
        print(f"{which} changed; `briefbook build` publishes them")
    else:
        print(f"{which} would change; the same command with --write writes them")
    problems = in_order([*found.problems, *unwritten])
    report(problems)
    raise typer.Exit(int(fails(problems, strict=False)))
