"""What the values of options mean. Nothing here needs what reads a command line."""

import os
from datetime import UTC, datetime
from enum import StrEnum


class OptionError(Exception):
    """The value of an option is none."""

    def __init__(self, option: str, what: str) -> None:
        """Begin.

        Args:
            option: Its name, such as --now.
            what: What is wrong with its value, and how to write it.
        """
        super().__init__(what)
        self.option, self.what = option, what


class ReportFormat(StrEnum):
    """How problems are printed."""

    TEXT = "text"  # to standard error, each with place, what and how to fix
    GITHUB = "github"  # to standard output, as annotations of GitHub Actions


def now_of(given: str | None) -> datetime:
    """Return the time of this run: --now, else SOURCE_DATE_EPOCH, else the clock.

    Raises:
        OptionError: It is no time.
    """
    if given is not None:
        try:
            when = datetime.fromisoformat(given)
            return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise OptionError(
                "--now", f"'{given}' is no time; write it like 2026-11-21T18:00:00Z"
            ) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            raise OptionError("SOURCE_DATE_EPOCH", f"'{epoch}' is no number of seconds") from None
    return datetime.now(UTC).replace(microsecond=0)


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows
        return os.cpu_count() or 1


def base_url_of(given: str | None) -> str | None:
    """Return the address of --base-url; it stands in every feed, so nonsense is refused.

    Raises:
        OptionError: It is nonsense.
    """
    if given is None:
        return None
    from briefbook.yamlfields import is_web_address

    if not is_web_address(given) or any(c in given for c in "?#@"):
        raise OptionError(
            "--base-url",
            f"'{given}' is no plain web address; write it like https://example.org/news",
        )
    return given
