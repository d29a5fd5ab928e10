"""What stands above all verbs: the version, and what the program is."""

from typing import Annotated

import typer

from briefbook import __version__


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefbook {__version__}")
        raise typer.Exit


def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Raw article texts in, a traceable news-briefing site out.

    Without a command it is `build`. `briefbook COMMAND --help` says what each one takes.

    Example: briefbook add ferry.txt
    """
