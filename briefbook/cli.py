"""The command line: verbs, options, exit codes. The only module that prints.

Exit codes: 0 all is published (warnings aside), 1 something was left out or `--strict` found a
warning, 2 `site.yaml` is broken or the command was used wrongly, and nothing was built.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from briefbook import __version__
from briefbook.build import (
    Built,
    NothingBuiltError,
    Options,
    Prepared,
    build,
    fails,
    prepare,
    write_entries,
)
from briefbook.comparison import shown_refiling, shown_reparsing
from briefbook.explain import as_json, explain
from briefbook.explanation import shown
from briefbook.grouping import unfiled_words
from briefbook.model import Fate
from briefbook.problems import Problem, ProblemError, Severity, in_order
from briefbook.refiling import Refiling, refile
from briefbook.reparsing import Reparsing, reparse
from briefbook.text.visible import visible
from briefbook.topicnotes import unfiled_notes
from briefbook.yamlfields import is_web_address

T = TypeVar("T")

app = typer.Typer(
    name="briefbook",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,  # a bug shows its whole traceback
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Raw article texts in, a traceable news-briefing site out.",
)
VERBS = ("build", "check", "explain", "reparse", "refile")
# A bar for less work than this would only flicker.
_WORTH_A_BAR = 50

Root = Annotated[
    Path, typer.Option("--root", help="Folder of the site.", show_default="this folder")
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help="Time of this build, ISO 8601; used for `added` only.",
        show_default="SOURCE_DATE_EPOCH, else the clock",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")]
Write = Annotated[
    bool, typer.Option("--write", help="Write the entries; without it they are only shown.")
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; without a verb it is `build`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in VERBS and given[0] not in ("-h", "--help", "--version")):
        wants_build = not given or given[0].startswith("-")
        given = ["build", *given] if wants_build else given
    app(args=given, prog_name="briefbook")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefbook {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Raw article texts in, a traceable news-briefing site out."""


@app.command("build")
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
        now=_now(now), output=output, base_url=_base_url(base_url), drafts=drafts, frozen=frozen
    )
    try:
        built = build(root, options, _bar)
    except ProblemError as broken:
        _report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
    _report(built.problems)
    _summary(built)
    raise typer.Exit(int(fails(built.problems, strict=strict)))


@app.command("check")
def check_command(root: Root = Path(), now: Now = None, strict: Strict = False) -> None:
    """Say everything `build` would complain about, and check trace, links and addresses.

    Writes nothing. Example: briefbook check --strict
    """
    try:
        prepared = prepare(root, Options(now=_now(now)), _bar)
    except NothingBuiltError as broken:
        _report(broken.problems)
        raise typer.Exit(2) from None
    problems = prepared.problems
    _report(problems)
    _tell_unfiled(prepared)
    print(_counted(problems) or "nothing to complain about")
    raise typer.Exit(int(fails(problems, strict=strict)))


@app.command("explain")
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
        _report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
    if as_json_:
        print(json.dumps(as_json(found, fate), ensure_ascii=False, indent=2))
    else:
        _print(shown(found, _console(), fate))


@app.command("reparse")
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
        found = reparse(root, files or (), _bar)
    except NothingBuiltError as broken:
        _report(broken.problems)
        raise typer.Exit(2) from None
    _print(shown_reparsing(found, _console()))
    _written(root, found, found.parsed, write=write)


@app.command("refile")
def refile_command(root: Root = Path(), write: Write = False) -> None:
    """Find the stories of all entries again, and show which entries change theirs.

    Writes nothing without --write. A story you gave an entry stays; addresses of stories lead on.

    Example: briefbook refile --write
    """
    try:
        found = refile(root)
    except NothingBuiltError as broken:
        _report(broken.problems)
        raise typer.Exit(2) from None
    _print(shown_refiling(found, _console()))
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
    _report(problems)
    raise typer.Exit(int(fails(problems, strict=False)))


def _now(given: str | None) -> datetime:
    """Return the time of this run: --now, else SOURCE_DATE_EPOCH, else the clock."""
    if given is not None:
        try:
            when = datetime.fromisoformat(given)
            return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise typer.BadParameter(
                f"'{given}' is no time; write it like 2026-11-21T18:00:00Z", param_hint="--now"
            ) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise typer.BadParameter(
                f"'{epoch}' is no number of seconds", param_hint="SOURCE_DATE_EPOCH"
            ) from None
    return datetime.now(UTC).replace(microsecond=0)


def _base_url(given: str | None) -> str | None:
    """Return the address of --base-url; it stands in every feed, so nonsense is refused."""
    if given is not None and (not is_web_address(given) or any(c in given for c in "?#@")):
        raise typer.BadParameter(
            f"'{given}' is no plain web address; write it like https://example.org/news",
            param_hint="--base-url",
        )
    return given


def _bar(what: str, work: Sequence[T]) -> Iterable[T]:
    """Show a bar on a terminal when there is much to do."""
    console = Console(stderr=True)
    if not console.is_terminal or len(work) < _WORTH_A_BAR:
        return work
    return track(work, description=what, console=console, transient=True)


def _console() -> Console:
    """Return what prints to standard output, and knows whether that is a terminal."""
    return Console(highlight=False, soft_wrap=True)


def _print(lines: Iterable[Text]) -> None:
    console = _console()
    for line in lines:
        console.print(line)


def _report(problems: Sequence[Problem]) -> None:
    """Print problems to standard error, in their order."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for problem in problems:
        style = "bold red" if problem.severity is Severity.ERROR else "bold yellow"
        line = Text(f"{visible(str(problem.place))}: ")
        line.append(str(problem.severity), style)
        line.append(f": {visible(problem.what)}\n    fix: {visible(problem.fix)}")
        console.print(line)


def _counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    said = [
        f"{count} {word}{'s' if count != 1 else ''}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return ", ".join(said)


def _tell_unfiled(prepared: Prepared) -> None:
    """Say what entries without a topic share: that is no mistake, maybe a missing topic."""
    for note in unfiled_notes(len(prepared.unfiled), unfiled_words(prepared.unfiled)):
        print(visible(note))


def _summary(built: Built) -> None:
    prepared, report = built.prepared, built.report
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
        ("files written", len(report.written)),
        ("files unchanged", len(report.unchanged)),
        ("files removed", len(report.removed)),
    ):
        table.add_row(what, str(count))
    console = _console()
    console.print(table)
    _tell_unfiled(prepared)
    if said := _counted(built.problems):
        console.print(said)
    console.print(f"The site is in {built.output}; open {built.output / 'index.html'}")
