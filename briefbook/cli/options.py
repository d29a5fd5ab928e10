"""Options that several verbs share, and what their values mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from briefbook.cli import values
from briefbook.cli.values import OptionError, ReportFormat

Root = Annotated[
    Path, typer.Option("--root", help="Folder of the site.", show_default="this folder")
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help="Time of this build, ISO 8601: for `added`, `publish_after`, `updated` and drafts.",
        show_default="SOURCE_DATE_EPOCH, else the clock",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")]
Write = Annotated[
    bool, typer.Option("--write", help="Write the entries; without it they are only shown.")
]


Format = Annotated[
    ReportFormat,
    typer.Option("--format", help="github prints annotations for GitHub Actions."),
]


@contextmanager
def valued() -> Iterator[None]:
    """Say of an option whose value is none that it was used wrongly."""
    try:
        yield
    except OptionError as wrong:
        raise typer.BadParameter(wrong.what, param_hint=wrong.option) from None


def now_of(given: str | None) -> datetime:
    """Return the time of this run, as `values.now_of` does."""
    with valued():
        return values.now_of(given)
