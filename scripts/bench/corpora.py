"""The sites to build: a folder for each generator with the same briefings, and more to add later.

In: how many. Out: folders on the disk. The briefings are made here, or, where a yardstick is there
(a folder with `make_corpus.py` and `sites/`), by it, with its own sites for the other generators.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from scripts.bench.entries import LAYOUTS, TOPICS, Briefing, briefings, settings
from scripts.bench.tools import SETTINGS, Tool

_SITES = Path(__file__).parent / "sites"
_FRONT = re.compile(r"---\n(?P<front>.*?)\n---\n\n(?P<body>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The site of one generator."""

    folder: Path
    extras: tuple[tuple[str, str], ...]  # path and text of each briefing to be added, newer ones


def prepare(
    work: Path, tools: Iterable[Tool], count: int, extra: int, yardstick: Path | None
) -> dict[str, Prepared]:
    """Write the sites of all tools below a folder and return them by the name of the tool."""
    theirs = _made_by(yardstick, work / "yardstick", tools, count, extra) if yardstick else None
    made: dict[str, Prepared] = {}
    for tool in tools:
        folder = work / tool.name.replace(", ", "-")
        if theirs is not None and yardstick and tool.layout != "briefbook":
            extras = _their_site(theirs, yardstick, tool.layout, folder)
        else:
            given = _their_briefings(theirs) if theirs else None
            extras = _own_site(given, tool, folder, count, extra)
        if tool.modules and not (folder / "node_modules").exists():
            (folder / "node_modules").symlink_to(tool.modules)
        made[tool.name] = Prepared(folder=folder, extras=extras)
    return made


def _own_site(
    given: Iterator[Briefing] | None, tool: Tool, folder: Path, count: int, extra: int
) -> tuple[tuple[str, str], ...]:
    """Write the site of a tool and return the files to be added later."""
    every = given or briefings(count, extra)
    layout = LAYOUTS[tool.layout]
    if (_SITES / tool.layout).is_dir():
        shutil.copytree(_SITES / tool.layout, folder)
    topics = set() if given else set(TOPICS)
    for one in islice(every, count):
        topics.update(one.topics)
        path, text = layout(one)
        _write(folder / path, text)
    later = tuple(every)
    if tool.layout == "briefbook":
        topics.update(topic for one in later for topic in one.topics)
        _write(folder / "site.yaml", settings(sorted(topics), SETTINGS[tool.name]))
    return tuple(map(layout, later))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


# --------------------------------------------------------------------------- the yardstick


def _made_by(yardstick: Path, out: Path, tools: Iterable[Tool], count: int, extra: int) -> Path:
    """Have the yardstick write its corpus and return the folder of it."""
    layouts = dict.fromkeys(["clean", *(each.layout for each in tools)])
    layouts.pop("briefbook", None)
    subprocess.run(
        [sys.executable, yardstick / "make_corpus.py", out, str(count), "--extra", str(extra),
         "--layouts", ",".join(layouts)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return out


def _their_site(
    made: Path, yardstick: Path, layout: str, folder: Path
) -> tuple[tuple[str, str], ...]:
    shutil.copytree(yardstick / "sites" / layout, folder)
    shutil.copytree(made / layout, folder, dirs_exist_ok=True)
    paths = json.loads((made / "extra/paths.json").read_text("utf-8"))[layout]
    texts = (made / "extra" / layout / f"{number}.md" for number in range(len(paths)))
    return tuple((path, text.read_text("utf-8")) for path, text in zip(paths, texts, strict=True))


def _their_briefings(made: Path) -> Iterator[Briefing]:
    """Yield the yardstick's briefings in order of time, those to be added later last."""
    files = (made / "clean").rglob("*.md")
    later = sorted((made / "extra/clean").glob("*.md"), key=lambda path: int(path.stem))
    now = sorted(map(_their_briefing, files), key=lambda one: (one.date, one.slug))
    yield from now
    yield from map(_their_briefing, later)


def _their_briefing(path: Path) -> Briefing:
    parts = _FRONT.fullmatch(path.read_text("utf-8"))
    if parts is None:
        raise ValueError(f"{path} has no front matter")
    front = dict(line.split(": ", 1) for line in parts["front"].splitlines())
    return Briefing(
        slug=front["slug"],
        title=json.loads(front["title"]),
        date=datetime.fromisoformat(front["date"]).astimezone(UTC),
        topics=tuple(json.loads(front["topics"])),
        summary=json.loads(front["summary"]),
        url=front["source_url"],
        body=parts["body"],
    )
