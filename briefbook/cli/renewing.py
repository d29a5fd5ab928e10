"""The verbs `reparse` and `refile`: show what would change in entries, and write it when asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from briefbook.build import fails, write_entries
from briefbook.cli.options import Root, Write
from briefbook.cli.printing import bar, console_of, print_lines, report
from briefbook.cli.values import cores
from briefbook.locking import only_writer
from briefbook.problems import NothingBuiltError, Problem, in_order
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
    with _turn(root, "reparse", write=write), Workers(cores()) as workers:
        found = reparse(root, files or (), bar, workers)
        unwritten = write_entries(root, found.updates) if write else []
    print_lines(shown_reparsing(found, console_of()))
    _told(found, unwritten, found.parsed, write=write)


def refile_command(root: Root = Path(), write: Write = False) -> None:
    """Find the stories of all entries again, and show which entries change theirs.

    Writes nothing without --write. A story you gave an entry stays; addresses of stories lead on.

    Example: briefbook refile --write
    """
    with _turn(root, "refile", write=write):
        found = refile(root)
        unwritten = write_entries(root, found.updates) if write else []
    print_lines(shown_refiling(found, console_of()))
    _told(found, unwritten, found.entries, write=write)


@contextmanager
def _turn(root: Path, verb: str, *, write: bool) -> Iterator[None]:
    """Keep other commands from writing meanwhile, and leave where nothing can be done."""
    try:
        with only_writer(root, f"{verb} --write") if write else nullcontext():
            yield
    except NothingBuiltError as broken:
        report(broken.problems)
        raise typer.Exit(2) from None


def _told(
    found: Reparsing | Refiling, unwritten: Sequence[Problem], of: int, *, write: bool
) -> None:
    """Say what was written or would be, and leave."""
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
