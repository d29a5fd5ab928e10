"""What an editor or a workflow may change about one run."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one run may change."""

    now: datetime  # aware; for `added`, `publish_after`, `updated` and the dates of drafts only
    output: Path | None = None  # None: `_site` in the folder of the site
    base_url: str | None = None  # None: that of site.yaml
    drafts: bool = False  # show drafts and scheduled entries too
    frozen: bool = False  # a source without an up-to-date entry is an error
    preview: bool = False  # only to be looked at: drafts too, and nothing counts as published
