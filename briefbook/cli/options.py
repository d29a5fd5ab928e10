"""Options that several verbs share, and what their values mean."""

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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


class ReportFormat(StrEnum):
    """How problems are printed."""

    TEXT = "text"  # to standard error, each with place, what and how to fix
    GITHUB = "github"  # to standard output, as annotations of GitHub Actions


Format = Annotated[
    ReportFormat,
    typer.Option("--format", help="github prints annotations for GitHub Actions."),
]


def now_of(given: str | None) -> datetime:
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


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows
        return os.cpu_count() or 1


def base_url_of(given: str | None) -> str | None:
    """Return the address of --base-url; it stands in every feed, so nonsense is refused."""
    if given is None:
        return None
    from briefbook.yamlfields import is_web_address

    if not is_web_address(given) or any(c in given for c in "?#@"):
        raise typer.BadParameter(
            f"'{given}' is no plain web address; write it like https://example.org/news",
            param_hint="--base-url",
        )
    return given
