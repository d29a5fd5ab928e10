"""Problems -> lines that GitHub Actions shows beside the files of a change.

In: problems, and where their site lies in the repository. Out: lines for standard output. What
comes from files, such as a file's name or a word in it, can neither end a line nor start a command.

Source: the workflow commands of GitHub Actions, https://docs.github.com/en/actions
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from briefbook.problems import Problem, Severity
from briefbook.text.visible import visible

# Of one step it shows so many errors and so many warnings, and drops the others silently.
_MOST = 10
_TITLE = "Briefbook"
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def annotations(problems: Sequence[Problem], folder: str = "") -> Iterator[str]:
    """Yield a command for each problem that is shown, errors first, then the others as text.

    Args:
        problems: In the order in which they shall come.
        folder: Of the site, from the root of the repository; "": they are the same.
    """
    rest: list[Problem] = []
    for severity in (Severity.ERROR, Severity.WARNING):
        told = [problem for problem in problems if problem.severity is severity]
        yield from (_command(problem, folder) for problem in told[:_MOST])
        rest += told[_MOST:]
    for problem in rest:
        yield plain(f"{problem.place}: {problem.severity}: {problem.what}")
        yield plain(f"    fix: {problem.fix}")


def in_repository(root: Path) -> str:
    """Return the folder of a site as annotations name it: from where the command is run."""
    here, there = Path.cwd().resolve(), root.resolve()
    inside = there.relative_to(here).as_posix() if there.is_relative_to(here) else "."
    return "" if inside == "." else inside


def _command(problem: Problem, folder: str) -> str:
    place = problem.place
    properties = {"file": (PurePosixPath(folder) / place.path).as_posix()}
    if place.line is not None:
        properties["line"] = str(place.line)
    properties["title"] = _TITLE
    told = ",".join(f"{name}={_escaped(v, _IN_PROPERTY)}" for name, v in properties.items())
    # The log shows the message alone, so the place stands in it once more.
    message = f"{_line(str(place))}: {_line(problem.what)}\nfix: {_line(problem.fix)}"
    return f"::{problem.severity} {told}::{_escaped(message, _IN_MESSAGE)}"


def _escaped(text: str, signs: Sequence[tuple[str, str]]) -> str:
    for sign, code in signs:
        text = text.replace(sign, code)
    return visible(text)


def plain(text: str) -> str:
    """Return a text as one line that is no command: those start with ::, older ones hold ##[."""
    line = _line(text).replace("##[", "## [")
    return f". {line}" if line.lstrip().startswith("::") else line


def _line(text: str) -> str:
    return " ".join(visible(text).split("\n"))
