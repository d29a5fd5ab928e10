"""The verb `theme`."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from briefbook import __version__
from briefbook.cli.options import Root
from briefbook.cli.printing import print_lines, report
from briefbook.problems import ProblemError
from briefbook.text.visible import visible
from briefbook.theming import (
    FOLDER,
    Override,
    Theme,
    Themed,
    copy_shipped,
    differences,
    keep_own,
    read_theme,
    shipped_names,
    theme_of,
)

_DIFFERENCE_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class Act(StrEnum):
    """What `theme` does with one file."""

    COPY = "copy"
    DIFF = "diff"
    KEEP = "keep"


def theme_command(
    act: Annotated[
        Act | None,
        typer.Argument(help="What to do with one file.", show_default="list all"),
    ] = None,
    file: Annotated[
        str | None,
        typer.Argument(help="The file, such as pages/entry.html.", show_default="none"),
    ] = None,
    root: Root = Path(),
    shipped: Annotated[
        bool, typer.Option("--all", help="List the files that come with the program.")
    ] = False,
) -> None:
    """Show which templates, assets and words a site has of its own, and what changed upstream.

    copy gets one file to change, diff shows what you and the program changed in it, keep says that
    you have seen the program's changes and yours stays as it is.

    Example: briefbook theme copy assets/style.css
    """
    if (act is None) != (file is None) or (shipped and act):
        raise typer.BadParameter("name a file, such as pages/entry.html", param_hint="FILE")
    try:
        print_lines(_themed(root, act, file or "", shipped=shipped))
    except ProblemError as refused:
        report(refused.problems)
        raise typer.Exit(2) from None


def _themed(root: Path, act: Act | None, file: str, *, shipped: bool) -> Iterator[Text]:
    """Do one act of `theme` and yield what to say of it."""
    match act:
        case None if shipped:
            yield from map(Text, shipped_names())
        case None:
            yield from _listed(read_theme(root))
        case Act.COPY:
            yield Text(f"{copy_shipped(root, file, __version__)} is yours to change")
        case Act.KEEP:
            yield Text(f"{keep_own(root, file, __version__)} stays as it is")
        case Act.DIFF:
            yield from _compared(theme_of(root, file))


def _listed(found: tuple[Themed, ...]) -> Iterator[Text]:
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        name = visible(one.name).ljust(width)
        is_fine = one.state in (Override.YOURS, Override.ADDED)
        yield Text.assemble(f"{FOLDER}/{name}  ", (_said(one), "" if is_fine else "yellow"))
    if not found:
        yield Text(f"Everything comes from the program; there is nothing of yours in {FOLDER}/")


def _said(one: Themed) -> str:
    """Say what a file is, and what to do about it."""
    of = f"of {one.version}" if one.version else "of the program"
    diff = f"`briefbook theme diff {one.name}`"
    match one.state:
        case Override.SAME:
            return "says nothing else than the program's own: delete it"
        case Override.OLD_COPY:
            return f"a copy of that {of}, unchanged, and the program's own is newer: delete it"
        case Override.YOURS if one.version is None:
            return "yours, line by line"
        case Override.YOURS:
            return f"yours, beside that {of}, which has not changed since"
        case Override.BEHIND:
            return f"yours, beside that {of}, which has changed since: {diff}"
        case Override.UNKNOWN:
            return f"yours; nobody knows which version it was copied from: {diff}"
        case Override.ADDED:
            return "yours; the program has no such file"
        case Override.GONE:
            return f"not used: a copy {of}, and the program has no such file any more"
        case Override.UNUSED if one.meant:
            return f"overrides nothing and is not used: did you mean {one.meant}?"
        case Override.UNUSED:
            return "overrides nothing and is not used"


def _compared(texts: Theme) -> Iterator[Text]:
    now = f"the program's own, {__version__}"
    yield from _changed("What you have otherwise:", texts.shipped, texts.own, now, "yours")
    if texts.pristine is not None and texts.version:
        was = f"the program's own, {texts.version}"
        heading = "What changed in the program since your copy:"
        yield from _changed(heading, texts.pristine, texts.shipped, was, now)
    else:
        yield Text("Nobody knows which version it was copied from. When you have seen this:")
        yield Text(f"  briefbook theme keep {texts.name}")


def _changed(heading: str, was: bytes, now: bytes, was_name: str, now_name: str) -> Iterator[Text]:
    lines = list(differences(was, now, was_name, now_name))
    yield Text(heading if lines else f"{heading} nothing", "bold")
    for line in lines:
        yield Text(visible(line), _DIFFERENCE_STYLES.get(line[:1], ""))
