"""The verbs `build` and `check`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from briefbook.build import (
    Built,
    NothingBuiltError,
    Options,
    Prepared,
    build,
    fails,
    prepare,
)
from briefbook.cli.options import Now, Root, Strict, base_url_of, now_of
from briefbook.cli.printing import bar, console_of, counted, report
from briefbook.grouping import unfiled_words
from briefbook.problems import ProblemError, in_order
from briefbook.text.visible import visible
from briefbook.topicnotes import unfiled_notes


def build_command(
    root: Root = Path(),
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Folder to write the site to.", show_default="ROOT/_site"),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Address of the site.", show_default="site.yaml"),
    ] = None,
    now: Now = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Show drafts too, marked.")] = False,
    strict: Strict = False,
    frozen: Annotated[
        bool,
        typer.Option("--frozen", help="For CI: a source without an up-to-date entry is an error."),
    ] = False,
) -> None:
    """Parse what is new or changed, file it, and write the site.

    Example: briefbook build --root my-site --strict
    """
    options = Options(
        now=now_of(now), output=output, base_url=base_url_of(base_url), drafts=drafts, frozen=frozen
    )
    try:
        built = build(root, options, bar)
    except ProblemError as broken:
        report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
    report(built.problems)
    _summary(built)
    raise typer.Exit(int(fails(built.problems, strict=strict)))


def check_command(root: Root = Path(), now: Now = None, strict: Strict = False) -> None:
    """Say everything `build` would complain about, and check trace, links and addresses.

    Writes nothing. Example: briefbook check --strict
    """
    try:
        prepared = prepare(root, Options(now=now_of(now)), bar)
    except NothingBuiltError as broken:
        report(broken.problems)
        raise typer.Exit(2) from None
    problems = in_order([*prepared.problems, *prepared.waiting])
    report(problems)
    _tell_unfiled(prepared)
    print(counted(problems) or "nothing to complain about")
    raise typer.Exit(int(fails(problems, strict=strict)))


def _tell_unfiled(prepared: Prepared) -> None:
    """Say what entries without a topic share: that is no mistake, maybe a missing topic."""
    for note in unfiled_notes(len(prepared.unfiled), unfiled_words(prepared.unfiled)):
        print(visible(note))


def _summary(built: Built) -> None:
    prepared, disk = built.prepared, built.report
    publication = prepared.publication
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(justify="right")
    pages = sum(file.path.endswith(".html") for file in prepared.files)
    feeds = sum(file.path.endswith(("feed.xml", "feed.atom")) for file in prepared.files)
    for what, count in (
        ("entries published", len(publication.entries)),
        ("entries new", len(prepared.updates.new)),
        ("entries brought up to date", len(prepared.updates.rewritten)),
        ("stories", len(publication.stories)),
        ("pages", pages),
        ("feeds", feeds),
        ("files written", len(disk.written)),
        ("files unchanged", len(disk.unchanged)),
        ("files removed", len(disk.removed)),
    ):
        table.add_row(what, str(count))
    console = console_of()
    console.print(table)
    _tell_unfiled(prepared)
    if said := counted(built.problems):
        console.print(said)
    console.print(f"The site is in {built.output}; open {built.output / 'index.html'}")
