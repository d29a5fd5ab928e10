"""The clipboard, by the tool of the system that reads it. The one module that runs other programs.

Out: the bytes of the text on it. Refused: what is no text or too large, and a machine without such
a tool, as nothing else reaches the clipboard without a window.
"""

import shutil
import subprocess

from briefbook.adding.patience import TooLateError, within
from briefbook.problems import Place, ProblemError, error

PLACE = Place("the clipboard")
_SECONDS = 10.0  # a tool asks the program that the text was copied in, which may be gone
# Each prints the text on the clipboard as UTF-8.
_TOOLS: tuple[tuple[str, ...], ...] = (
    ("pbpaste",),
    ("wl-paste", "--no-newline", "--type", "text"),
    ("xclip", "-selection", "clipboard", "-out"),
    ("xsel", "--clipboard", "--output"),
    (
        "powershell.exe",
        "-NoProfile",
        "-Command",
        "[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false); Get-Clipboard -Raw",
    ),
)
_OTHERWISE = "save the text and run `briefbook add FILE`, or pipe it into `briefbook add -`"


def read_clipboard(limit: int) -> bytes:
    """Return the text on the clipboard.

    Args:
        limit: Bytes; more are not read.

    Raises:
        ProblemError: There is no tool that reads it, no text on it, or too much.
    """
    tools = [(path, *tool[1:]) for tool in _TOOLS if (path := shutil.which(tool[0]))]
    if not tools:
        names = ", ".join(tool[0] for tool in _TOOLS)
        raise ProblemError(error(PLACE, f"none of {names} is there to read it", _OTHERWISE))
    for tool in tools:  # of two that are there, only one may fit the kind of window
        content = _run(tool, limit)
        if len(content) > limit:
            what = f"it holds more than the limit of {limit // 1024} KiB"
            raise ProblemError(error(PLACE, what, "split the text, or copy only the article"))
        if content.strip():
            return content
    raise ProblemError(
        error(PLACE, "there is no text on it", f"copy the text again, or {_OTHERWISE}")
    )


def _run(tool: tuple[str, ...], limit: int) -> bytes:
    """Return what a tool prints, at most one byte above the limit; nothing where it fails."""
    with subprocess.Popen(
        tool, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdout is not None
        output = running.stdout
        try:
            content = within(_SECONDS, lambda: output.read(limit + 1))
            failed = len(content) <= limit and running.wait(_SECONDS) != 0
        except (TooLateError, subprocess.TimeoutExpired):
            content, failed = b"", True
        finally:
            running.kill()
    return b"" if failed else content
