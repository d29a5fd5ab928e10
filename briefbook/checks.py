"""Check: all that is wrong with a site, said without writing anything, and mended when asked.

What a build would complain about, and what only a check takes the time for: whether each feed is
right on its own terms, what readers would not see as it was meant, and what is right but would not
stay so.
"""

from dataclasses import replace
from pathlib import Path

from briefbook.briefing import advise, tidy_addresses
from briefbook.build import Prepared, prepare
from briefbook.checking.feeds import check_feeds
from briefbook.checking.texts import check_entry_texts, check_site_texts
from briefbook.fixing import Done, fix
from briefbook.locking import only_writer
from briefbook.options import Options
from briefbook.problems import Problem, in_order
from briefbook.progress import Progress, silent
from briefbook.working import Workforce, alone

# A mend can uncover another, as a key that is known at last has a misspelt value, and two mends of
# one place are made one after the other. More than three rounds need a fault of this program.
_MOST_ROUNDS = 10


def check(
    root: Path, options: Options, progress: Progress = silent, workers: Workforce = alone
) -> Prepared:
    """Return what a build would write, with everything that is wrong; the arguments are as there.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes.
    """
    prepared = prepare(root, options, progress, workers=workers)
    site = prepared.site
    contents = {file.path: file.content for file in prepared.files}
    found = [*prepared.problems, *tidy_addresses(root)]
    for loaded in prepared.loaded:
        found += [*advise(loaded), *check_entry_texts(loaded.entry, loaded.place)]
    found += check_site_texts(site)
    found += check_feeds(contents, site.base_url, site.feed_length)
    return replace(prepared, problems=in_order(_mendable(found, prepared)))


def check_and_fix(
    root: Path, options: Options, progress: Progress = silent, workers: Workforce = alone
) -> tuple[Prepared, tuple[Done, ...]]:
    """Mend what is safe to mend; return what is wrong then, and what was done.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes, or another command is at work on
            the site; then nothing is mended.
    """
    done: list[Done] = []
    with only_writer(root, "check --fix"):
        for _ in range(_MOST_ROUNDS):
            checked = check(root, options, progress, workers)
            fixed = fix(root, checked.problems)
            done += fixed.done
            if not fixed.done:
                problems = in_order((*checked.problems, *fixed.problems))
                return replace(checked, problems=problems), tuple(done)
    raise RuntimeError("mends come without end")


def _mendable(found: list[Problem], prepared: Prepared) -> list[Problem]:
    """Return problems without the mends of entries that the next build writes anyway."""
    written = {loaded.path for loaded in prepared.updates.to_write}
    return [replace(p, mend=None) if p.place.path in written else p for p in found]
