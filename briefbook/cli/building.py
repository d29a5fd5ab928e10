"""The verbs `build` and `check`."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefbook.cli import again
from briefbook.cli.annotations import plain
from briefbook.cli.options import (
    Format,
    Now,
    ReportFormat,
    Root,
    Strict,
    base_url_of,
    cores,
    now_of,
)
from briefbook.cli.printing import bar, caught, counted, print_counts, report, report_as
from briefbook.problems import ProblemError, in_order
from briefbook.text.visible import visible
from briefbook.timings import Timings, untimed
from briefbook.worker import collect_seldom
from briefbook.working import Workers, WorkforceError

if TYPE_CHECKING:
    # What builds is loaded where it is called: a mistake in the command line is told before.
    from briefbook.build import Built, Prepared
    from briefbook.cluster import Cluster


def build_command(
    context: typer.Context,
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
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Show drafts and scheduled entries too, marked.")
    ] = False,
    strict: Strict = False,
    frozen: Annotated[
        bool,
        typer.Option("--frozen", help="For CI: a source without an up-to-date entry is an error."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            help="Processes that parse and print, this one counted; one for little work.",
            show_default="all cores",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Parse on a Dask cluster, such as tcp://10.0.0.5:8786; needs the extra `cluster`.",
        ),
    ] = None,
    timings: Annotated[bool, typer.Option("--timings", help="Say where the time went.")] = False,
) -> None:
    """Parse what is new or changed, file it, and write the site.

    Example: briefbook build --strict --base-url https://news.example
    """
    from briefbook.build import Options, build, fails
    from briefbook.problems import NothingBuiltError

    options = Options(
        now=now_of(now), output=output, base_url=base_url_of(base_url), drafts=drafts, frozen=frozen
    )
    if jobs is not None and cluster is not None:
        raise typer.BadParameter("--cluster decides that by itself", param_hint="--jobs")
    collect_seldom()
    begun = again.begin(context.obj or (), str(root)) if context.obj else None
    try:
        with _workforce(jobs, cluster) as workers:
            timed = Timings(lambda: workers.seconds) if timings else untimed
            built = build(root, options, bar, workers=workers, timed=timed)
    except ProblemError as broken:
        report(broken.problems)
        is_nothing_built = isinstance(broken, NothingBuiltError | WorkforceError)
        raise typer.Exit(2 if is_nothing_built else 1) from None
    report(built.problems)
    _summary(built, frozen=frozen)
    code = int(fails(built.problems, strict=strict))
    if isinstance(timed, Timings):
        _tell_timings(timed)
    elif begun and cluster is None and _is_lasting(built, frozen=frozen):
        _note(built, begun, options.now, code, frozen=frozen)
    raise typer.Exit(code)


def check_command(
    root: Root = Path(),
    now: Now = None,
    strict: Strict = False,
    form: Format = ReportFormat.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe to mend, and say what was done.")
    ] = False,
) -> None:
    """Say everything `build` would complain about, and check trace, links, feeds and addresses.

    Writes nothing without --fix, which writes entries and published.txt, never a source.

    Example: briefbook check --strict
    """
    from briefbook.build import Options, fails
    from briefbook.checks import check, check_and_fix
    from briefbook.problems import NothingBuiltError

    options = Options(now=now_of(now))
    try:
        with Workers(cores()) as workers:
            prepared, done = (
                check_and_fix(root, options, bar, workers)
                if fix
                else (check(root, options, bar, workers), ())
            )
    except NothingBuiltError as broken:
        report_as(broken.problems, form, root)
        raise typer.Exit(2) from None
    problems = in_order([*prepared.problems, *prepared.waiting])
    for one in done:
        print(plain(f"{one.place}: mended: {one.did}"))
    report_as(problems, form, root)
    if form is ReportFormat.TEXT:
        _tell_unfiled(prepared)
    print(counted(problems) or "nothing to complain about")
    if form is ReportFormat.TEXT and not fix and any(problem.mend for problem in problems):
        print("`briefbook check --fix` mends what of them is safe to mend")
    raise typer.Exit(int(fails(problems, strict=strict)))


def _tell_unfiled(prepared: "Prepared") -> None:
    """Say what entries without a topic share: that is no mistake, maybe a missing topic."""
    if not prepared.unfiled:
        return
    from briefbook.explaining import unfiled_notes
    from briefbook.grouping import unfiled_words

    for note in unfiled_notes(len(prepared.unfiled), unfiled_words(prepared.unfiled)):
        print(visible(note))


def _tell_scheduled(prepared: "Prepared") -> None:
    """Say how many entries wait for their moment, and which appears next."""
    if not prepared.scheduled:
        return
    from briefbook.states import said_moment

    first = prepared.scheduled[0]
    count = len(prepared.scheduled)
    many = "1 entry is scheduled; it" if count == 1 else f"{count} entries are scheduled; the next"
    print(f"{many} appears at {said_moment(first.appeared, prepared.site)}: {first.place.path}")


def _tell_unlisted(prepared: "Prepared") -> None:
    """Say how many addresses only a build that writes `published.txt` will remember."""
    if count := len(prepared.fresh):
        many = "1 address is" if count == 1 else f"{count} addresses are"
        print(f"{many} not in published.txt yet: run `briefbook build` and commit it")


def _workforce(jobs: int | None, cluster: str | None) -> "Workers | Cluster":
    """Return who parses; to be entered, and left when nothing is parsed any more."""
    if cluster is None:
        return Workers(jobs or cores())
    from briefbook.cluster import Cluster  # what it needs takes long to import

    return Cluster(cluster)


def _tell_timings(timings: Timings) -> None:
    """Say where the time went."""
    from rich.table import Table

    from briefbook.cli.printing import console_of

    table = Table(box=None, pad_edge=False)
    table.add_column("stage", style="dim")
    for column in ("count", "seconds", "CPU seconds"):
        table.add_column(column, justify="right")
    for stage, spent in timings.all().items():
        count = str(spent.count) if spent.count else ""
        table.add_row(stage, count, f"{spent.wall:.2f}", f"{spent.cpu:.2f}")
    console_of().print(table)


def _is_lasting(built: "Built", *, frozen: bool) -> bool:
    """Tell whether a build left what it reads as it was, so that the next would find the same."""
    prepared = built.prepared
    has_written = prepared.updates.new or prepared.updates.rewritten or prepared.fresh
    return (frozen or not has_written) and not built.report.problems


def _note(built: "Built", begun: again.Begun, now: datetime, code: int, *, frozen: bool) -> None:
    """Note what the same command would say while nothing changes."""
    from zoneinfo import ZoneInfo

    unchanged = replace(built, report=replace(built.report, written=(), removed=()))
    with caught() as (out, err):
        report(unchanged.problems)
        _summary(unchanged, frozen=frozen)
    later = [one.entry.publish_after for one in built.prepared.loaded]
    moments = [moment.timestamp() for moment in later if moment and moment > now]
    if built.problems:  # some name the day of the build
        here = now.astimezone(ZoneInfo(built.prepared.site.timezone))
        day = here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        moments.append((day + timedelta(days=1)).timestamp())
    until = min(moments, default=math.inf)
    said = again.Said(out.getvalue(), err.getvalue(), code)
    again.note(begun, str(built.output.resolve()), now.timestamp(), until, said)


def _summary(built: "Built", *, frozen: bool) -> None:
    prepared, disk = built.prepared, built.report
    pages = sum(path.endswith(".html") for path in disk.paths)
    feeds = sum(path.endswith(("feed.xml", "feed.atom")) for path in disk.paths)
    counts = (
        ("entries published", prepared.published),
        ("entries new", len(prepared.updates.new)),
        ("entries brought up to date", len(prepared.updates.rewritten)),
        ("stories", prepared.stories),
        ("pages", pages),
        ("feeds", feeds),
        ("files written", len(disk.written)),
        ("files unchanged", len(disk.paths) - len(disk.written) - len(disk.unwritten)),
        ("files removed", len(disk.removed)),
    )
    print_counts(counts)
    _tell_unfiled(prepared)
    _tell_scheduled(prepared)
    if frozen:
        _tell_unlisted(prepared)
    if said := counted(built.problems):
        print(said)
    print(f"The site is in {built.output}; open {built.output / 'index.html'}")
