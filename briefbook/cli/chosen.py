"""Chosen: what a build was asked for, and how that is read from a plain command line.

What reads any command line takes a third of a small build to load, so the plain ones that nearly
all builds are called with are read here. Whatever is not plain, or wrong, is left to that: then it
alone decides what is meant, and says what is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from briefbook.cli.values import OptionError, base_url_of, now_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the options of `build` say."""

    now: datetime
    root: Path = Path()
    output: Path | None = None  # None: `_site` in the folder of the site
    base_url: str | None = None  # None: that of site.yaml
    drafts: bool = False
    strict: bool = False
    frozen: bool = False
    jobs: int | None = None  # None: as many as there are processors
    cluster: str | None = None  # address; None: none is used
    timings: bool = False


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise OptionError("--jobs", f"'{value}' may be none")
    return int(value)


_FLAGS = ("drafts", "strict", "frozen", "timings")
_VALUES: Mapping[str, Callable[[str], Any]] = {
    "base_url": base_url_of,
    "jobs": _number,
    "now": now_of,
    "output": Path,
    "root": Path,
}


def chosen_of(arguments: Sequence[str]) -> Chosen | None:
    """Return what a build is asked for; None: that is for another to tell.

    Args:
        arguments: Those behind `build`.
    """
    found: dict[str, Any] = {}
    rest = iter(arguments)
    try:
        for each in rest:
            option, is_joined, value = each.partition("=")
            name = option.removeprefix("--").replace("-", "_")
            if option != "--" + name.replace("_", "-"):
                return None
            if name in _FLAGS and not is_joined:
                found[name] = True
            elif name in _VALUES:
                value = value if is_joined else next(rest, "")
                if not value or value.startswith("-"):
                    return None
                found[name] = _VALUES[name](value)  # of several the last counts
            else:
                return None
        return Chosen(**{"now": now_of(None), **found})
    except (OptionError, ValueError):
        return None
