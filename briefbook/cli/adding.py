"""The verb `add`."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from briefbook.adding import (
    Adding,
    Offered,
    Wishes,
    add,
    is_page_address,
    offered_clipboard,
    offered_file,
    offered_page,
    offered_stream,
    receipts_json,
    shown_receipt,
)
from briefbook.cli.options import Now, Root, now_of
from briefbook.cli.printing import console_of, print_lines, report
from briefbook.problems import NothingBuiltError, ProblemError

_UNSAID = "what the text says"


def add_command(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|-|URL",
            help="Files, - for standard input, or addresses of pages.",
            show_default="the clipboard",
        ),
    ] = None,
    root: Root = Path(),
    url: Annotated[
        str | None,
        typer.Option("--url", help="Address of the original.", show_default=_UNSAID),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="Who published it.", show_default=_UNSAID)
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", help="Who wrote it; once for each.", show_default=_UNSAID),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="When it was published.", show_default=_UNSAID
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", help="Such as en or ko.", show_default=_UNSAID),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--origin", help="Whose text it first was.", show_default=_UNSAID),
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", help="Slug of a topic; once for each.", show_default="found"),
    ] = None,
    publish: Annotated[
        str | None,
        typer.Option("--publish", help="extract or full.", show_default="site.yaml"),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="File to make below sources/.", show_default="of the file or headline"
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="The text of an outlet that has changed it: same entry."),
    ] = False,
    now: Now = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Add a text to sources/, make its entry, and show what was kept, dropped and flagged.

    Never writes over a text; one that is there already is named and not added twice.

    Example: briefbook add ferry.txt --outlet "Harbour Wire" --published 2026-03-03
    """
    given = {
        "url": url,
        "outlet": outlet,
        "authors": author,
        "published": published,
        "language": language,
        "origin": origin,
        "topics": topic,
        "publish": publish,
    }
    when = now_of(now)
    wishes = Wishes(now=when, given=given, name=name, replaces=replace)
    try:
        done = add(root, _offers(root, texts or (), when), wishes)
    except ProblemError as broken:
        report(broken.problems)
        raise typer.Exit(2 if isinstance(broken, NothingBuiltError) else 1) from None
    _tell(done, as_json=as_json)
    raise typer.Exit(int(bool(done.problems)))


def _offers(root: Path, texts: Sequence[str], now: datetime) -> list[Callable[[], Offered]]:
    """Return what reads each text that was named, each once; without any it is the clipboard."""
    if not texts:
        return [offered_clipboard]
    return [_offer(root, text, now) for text in dict.fromkeys(texts)]


def _offer(root: Path, text: str, now: datetime) -> Callable[[], Offered]:
    if text == "-":
        return _typed
    if is_page_address(text):
        return partial(offered_page, text, now)
    return partial(offered_file, root, Path(text))


def _typed() -> Offered:
    if sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        print(f"paste the text, then end it with {end} on a line of its own", file=sys.stderr)
    return offered_stream(sys.stdin.buffer)


def _tell(done: Adding, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(receipts_json(done.added, done.problems), ensure_ascii=False, indent=2))
    else:
        console = console_of()
        for number, added in enumerate(done.added):
            if number:
                print_lines([Text()])
            print_lines(shown_receipt(added, console))
    report(done.problems)
