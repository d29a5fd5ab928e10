"""The verb `serve`."""

import threading
import traceback
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from briefbook.cli.options import Now, Root, now_of
from briefbook.cli.printing import console_of, counted, report
from briefbook.desk import NoPortError, Told, running
from briefbook.problems import Problem

# Seconds; only to let Ctrl-C through on systems on which waiting for ever cannot be interrupted.
_LOOK_UP = 1.0


def serve_command(
    root: Root = Path(),
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help="Where to listen on this machine; if it is taken, the next that is free.",
        ),
    ] = 8000,
    now: Now = None,
) -> None:
    """Show the site on this machine, drafts too, and build it again whenever a file changes.

    Writes entries, as `build` does, and nothing else: `_site/` and `published.txt` stay as they
    are. Open pages are loaded anew by themselves and show mistakes until they are mended. Ctrl-C
    ends it.

    Example: briefbook serve --port 8080
    """
    if not root.is_dir():
        raise typer.BadParameter(f"there is no folder '{root}'", param_hint="--root")
    now_of(now)  # what cannot be read as a time is wrong usage, said before anything starts
    try:
        with running(root, port, partial(now_of, now), _Teller()) as server:
            address = server.address
            console_of().print(f"The site is at {address} and the desk at {address}_desk/")
            console_of().print("Only this machine can see them. Ctrl-C ends.")
            while True:
                threading.Event().wait(_LOOK_UP)
    except KeyboardInterrupt:
        print()  # below the ^C of the terminal
    except NoPortError as fault:
        raise typer.BadParameter(
            f"the desk cannot listen there: {fault.strerror}", param_hint="--port"
        ) from None


class _Teller:
    """Says after each build what it did; a mistake once, and again when it has come back."""

    def __init__(self) -> None:
        self._known: frozenset[Problem] = frozenset()
        self._one_at_a_time = threading.Lock()

    def __call__(self, told: Told) -> None:
        with self._one_at_a_time:
            if told.crash:
                traceback.print_exception(told.crash)
            report([problem for problem in told.problems if problem not in self._known])
            if not told.is_first:
                pages = len(told.pages)
                said = f"{pages} page{'s' if pages != 1 else ''} changed"
                wrong = counted(told.problems) or ("all is mended" if self._known else "")
                console_of().print(f"{said}, {wrong}" if wrong else said)
            self._known = frozenset(told.problems)
