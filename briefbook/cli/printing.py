"""How results and problems are printed: notes to standard output, the rest to standard error."""

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from briefbook.cli.annotations import annotations, in_repository
from briefbook.cli.values import ReportFormat
from briefbook.problems import Problem, Severity
from briefbook.text.visible import visible

if TYPE_CHECKING:
    # Loaded where something is styled: it takes longer than a build that changes nothing.
    from rich.console import Console
    from rich.text import Text

T = TypeVar("T")

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
# A bar for less work than this would only flicker.
_WORTH_A_BAR = 50


def bar(what: str, work: Sequence[T]) -> Iterable[T]:
    """Show a bar on a terminal when there is much to do."""
    if len(work) < _WORTH_A_BAR or not sys.stderr.isatty():
        return work
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        return work
    return track(work, description=what, console=console, transient=True)


def console_of() -> "Console":
    """Return what prints to standard output, and knows whether that is a terminal."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def print_lines(lines: "Iterable[Text]") -> None:
    """Print styled lines to standard output."""
    console = console_of()
    for line in lines:
        console.print(line)


class _Caught(io.StringIO):
    """Takes what is printed, styled as for the stream it stands in for."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def isatty(self) -> bool:
        """Tell whether styles are wanted."""
        return self._stream.isatty()


@contextmanager
def caught() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Catch what is printed to standard output and error meanwhile."""
    out, err = _Caught(sys.stdout), _Caught(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err):
        yield out, err


def report(problems: Sequence[Problem]) -> None:
    """Print problems to standard error and notes to standard output, in their order."""
    if not problems:
        return
    from rich.console import Console
    from rich.text import Text

    wrong, output = Console(stderr=True, soft_wrap=True, highlight=False), console_of()
    for problem in problems:
        line = Text(f"{visible(str(problem.place))}: ")
        line.append(str(problem.severity), _STYLES[problem.severity])
        line.append(f": {visible(problem.what)}\n    fix: {visible(problem.fix)}")
        (output if problem.severity is Severity.NOTE else wrong).print(line)


def print_counts(counts: Sequence[tuple[str, int]]) -> None:
    """Print what there is and how much of it, in two columns."""
    widest = max(len(what) for what, _ in counts)
    longest = max(len(str(count)) for _, count in counts)
    for what, count in counts:
        # At once, so that a reader who has seen enough is noticed.
        print(f"{_faint(f'{what:<{widest}}')} {count:>{longest}}", flush=True)


def _faint(text: str) -> str:
    """Return a text that stands back where it is shown on a terminal."""
    # Those of Windows may show the signs themselves.
    is_told = sys.stdout.isatty() and sys.platform != "win32"
    return f"\x1b[2m{text}\x1b[0m" if is_told else text


def report_as(problems: Sequence[Problem], form: ReportFormat, root: Path) -> None:
    """Print problems in the form that was asked for."""
    if form is ReportFormat.TEXT:
        report(problems)
        return
    for line in annotations(problems, in_repository(root)):
        print(line)


def counted(problems: Sequence[Problem]) -> str:
    """Say how many errors and warnings there are; nothing where there are none."""
    counts = Counter(problem.severity for problem in problems)
    said = [
        f"{count} {severity}{'s' if count != 1 else ''}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := counts[severity])
    ]
    return ", ".join(said)
