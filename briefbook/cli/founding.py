"""The verb `new-site`."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from briefbook import __version__
from briefbook.cli.printing import report
from briefbook.founding import Wishes, found_site, has_words
from briefbook.problems import ProblemError
from briefbook.text.visible import visible

_WISHES = Wishes()


def new_site_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or a new one.")],
    title: Annotated[str, typer.Option("--title", help="Name of the site.")] = _WISHES.title,
    language: Annotated[
        str | None,
        typer.Option("--language", help="Language of its own words.", show_default="en"),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", help="Time zone of its days and months.", show_default="UTC"),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Address of the site.", show_default="none yet"),
    ] = None,
) -> None:
    """Make a new site in an empty folder: settings, a sample text, workflows, instructions.

    Example: briefbook new-site harbour-news --title "Harbour News" --timezone Europe/Oslo
    """
    wishes = Wishes(title=title, language=language, timezone=timezone, base_url=base_url)
    try:
        written = found_site(folder, wishes, __version__)
    except ProblemError as refused:
        report(refused.problems)
        raise typer.Exit(2) from None
    where = shlex.quote(visible(str(folder)))
    for path in written:
        print(f"  {path}")
    if language is not None and not has_words(language):
        print(f"There are no words in '{language}' yet: translate templates/words/{language}.yaml")
    print(f"The new site is in {where}; its README.md says how it goes on. First of all:")
    print(f"  briefbook build --root {where}")
