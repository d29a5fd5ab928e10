"""Check: all that is wrong with a site, said without writing anything.

What a build would complain about, and what only a check takes the time for: whether each feed is
right on its own terms.
"""

from dataclasses import replace
from pathlib import Path

from briefbook.build import Options, Prepared, prepare
from briefbook.checking.feeds import check_feeds
from briefbook.problems import in_order
from briefbook.progress import Progress, silent


def check(root: Path, options: Options, progress: Progress = silent) -> Prepared:
    """Return what a build would write, with everything that is wrong.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes.
    """
    prepared = prepare(root, options, progress)
    site = prepared.site
    contents = {file.path: file.content for file in prepared.files}
    found = [*prepared.problems, *check_feeds(contents, site.base_url, site.feed_length)]
    return replace(prepared, problems=in_order(found))
