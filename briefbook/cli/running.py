"""Running: what `build` does once it is known what was chosen, and what it and `check` say."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefbook.cli import again
from briefbook.cli.chosen import Chosen
from briefbook.cli.printing import bar, caught, counted, print_counts, report
from briefbook.cli.values import cores
from briefbook.problems import ProblemError
from briefbook.text.visible import visible
from briefbook.timings import Timings, untimed
from briefbook.worker import collect_seldom
from briefbook.working import Workers, WorkforceError

if TYPE_CHECKING:
    # What builds is loaded where it is called: a mistake in the command line is told before.
    from briefbook.build import Built, Prepared
    from briefbook.cluster import Cluster


def build_chosen(chosen: Chosen, begun: again.Begun | None) -> int:
    """Build, say what was done, and return the exit code.

    Args:
        chosen: What the command line asks for.
        begun: How the run began, if what it says may be said again by one that is called alike.
    """
    collect_seldom()  # first: what is loaded now lives to the end too
    from briefbook.build import build, fails
    from briefbook.options import Options
    from briefbook.problems import NothingBuiltError

    options = Options(
        now=chosen.now,
        output=chosen.output,
        base_url=chosen.base_url,
        drafts=chosen.drafts,
        frozen=chosen.frozen,
    )
    frozen = chosen.frozen
    begun = again.begun_late(begun) if begun else None
    try:
        with _workforce(chosen.jobs, chosen.cluster) as workers:
            timed = Timings(lambda: workers.seconds) if chosen.timings else untimed
            built = build(chosen.root, options, bar, workers=workers, timed=timed)
    except ProblemError as broken:
        report(broken.problems)
        is_nothing_built = isinstance(broken, NothingBuiltError | WorkforceError)
        return 2 if is_nothing_built else 1
    report(built.problems)
    _summary(built, frozen=frozen)
    code = int(fails(built.problems, strict=chosen.strict))
    if isinstance(timed, Timings):
        _tell_timings(timed)
    elif begun and chosen.cluster is None and _is_lasting(built, frozen=frozen):
        _note(built, begun, options.now, code, frozen=frozen)
    return code


def tell_unfiled(prepared: "Prepared") -> None:
    """Say what entries without a topic share: that is no mistake, maybe a missing topic."""
    if not prepared.unfiled:
        return
    from briefbook.explaining import unfiled_notes

    for note in unfiled_notes(len(prepared.unfiled), prepared.unfiled_words):
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


# A build that wrote more looks at all of it again the next time.
_MOST_WRITTEN = 100


def _is_lasting(built: "Built", *, frozen: bool) -> bool:
    """Tell whether it is known what the next build would say, if nothing has changed then.

    A build of what a build has left changes nothing; but what was said of the change may not be
    said again.
    """
    if built.report.problems or any(one.is_passing for one in built.problems):
        return False
    many = len(built.prepared.updates.to_write)
    has_written = many or built.prepared.fresh or built.listed is not None
    return frozen or not has_written or (not built.problems and many <= _MOST_WRITTEN)


def _written(built: "Built") -> dict[str, str]:
    """Return what a build has written of what the next one reads."""
    from briefbook.briefing import PUBLISHED

    listed = {PUBLISHED: built.listed} if built.listed is not None else {}
    return {**{one.path: one.text for one in built.prepared.updates.to_write}, **listed}


def _note(built: "Built", begun: again.Begun, now: datetime, code: int, *, frozen: bool) -> None:
    """Note what the same command would say while nothing changes."""
    from zoneinfo import ZoneInfo

    from briefbook.updating import Updates

    prepared = built.prepared
    if not frozen:
        prepared = replace(prepared, updates=Updates(), fresh=())
    report_then = replace(built.report, written=(), removed=())
    unchanged = replace(built, prepared=prepared, report=report_then)
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
    written = {} if frozen else _written(built)
    again.note(begun, str(built.output.resolve()), now.timestamp(), until, said, written)


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
    tell_unfiled(prepared)
    _tell_scheduled(prepared)
    if frozen:
        _tell_unlisted(prepared)
    if said := counted(built.problems):
        print(said)
    print(f"The site is in {built.output}; open {built.output / 'index.html'}")
