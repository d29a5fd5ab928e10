"""What a build must never do to the words of an editor, said of the text of a file alone.

What an editor wrote is found by comparing the file with what the program last wrote there:

- outside of the lists that both write into, each line that is the editor's stands there for good,
  to the last character;
- in these lists (corrections, aliases, former stories) and beside what the program remembers, each
  word that is the editor's does;
- a key that the editor took out stays out, and keys stay in their order;
- a body that is the editor's stays as it is, to the last byte; so do the ends of lines.
"""

import re
from collections import Counter
from collections.abc import Iterator

SHARED = ("corrections", "aliases", "former_stories", "parsed", "review")
# What the program may add by itself, in an entry that lacks it.
ADDED = (*SHARED, "updated")
_KEY = re.compile(r"([a-z_]+):")


def broken(program: str, editor: str, now: str) -> Iterator[str]:
    """Yield what of an editor's work is lost.

    Args:
        program: The file as the program last wrote it.
        editor: The file as its editor left it.
        now: The file as it is after a build.
    """
    if now.count("\r\n") != (now.count("\n") if "\r\n" in editor else 0):
        yield "the ends of lines"
    program, editor, now = (text.replace("\r\n", "\n") for text in (program, editor, now))
    was, mine, is_ = (_parts(text) for text in (program, editor, now))
    if mine[""] != was[""] and is_[""] != mine[""]:
        yield f"the body: {mine['']!r} became {is_['']!r}"
    lines = Counter(_own_lines(mine)) - Counter(_own_lines(was))
    yield from (f"the line {line!r}" for line in lines - Counter(_own_lines(is_)))
    for key in SHARED:
        words = Counter(_words(mine.get(key, ""))) - Counter(_words(was.get(key, "")))
        words -= Counter(_words(is_.get(key, "")))
        yield from (f"the word {word!r} in {key}" for word in words)
    gone = was.keys() - mine.keys() - set(ADDED)
    yield from (f"{key}, taken out, came back" for key in sorted(gone & is_.keys()))
    order = [key for key in mine if key in is_]
    if order != [key for key in is_ if key in mine]:
        yield f"the order of keys: {order}"


def _parts(text: str) -> dict[str, str]:
    """Return the lines of each key of the front matter, in order; "" is the body."""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    parts: dict[str, str] = {}
    key = "above"
    for line in front.split("\n"):
        found = _KEY.match(line)
        key = found[1] if found else key
        parts[key] = parts.get(key, "") + line + "\n"
    return parts | {"": body}


def _own_lines(parts: dict[str, str]) -> Iterator[str]:
    for key, lines in parts.items():
        if key and key not in SHARED:
            yield from (_without_indent(line) for line in lines.split("\n") if line)


def _without_indent(line: str) -> str:
    """A remark in a list that is written anew is set in as the list is."""
    return line.lstrip() if line.lstrip().startswith("#") else line


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
