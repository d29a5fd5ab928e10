"""What editors do to the file of an entry, and what outlets do to a text.

Each edit gets the file with \\n line ends and a word that stands nowhere else.
"""

import re
from collections.abc import Callable
from random import Random

Edit = Callable[[str, str], str]


def put(text: str, key: str, lines: str) -> str:
    """Write a key with its value anew, or insert it before the last key."""
    pattern = re.compile(rf"^{key}:.*\n(?:[ -].*\n)*", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: lines, text, count=1)
    return text.replace("\nparsed:", f"\n{lines}parsed:")


def value(key: str, lines: str) -> Edit:
    return lambda text, word: put(text, key, lines.replace("WORD", word))


def without(key: str) -> Edit:
    return lambda text, word: re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", text, count=1)


def in_line(pattern: str, now: str) -> Edit:
    """Change the first line that a pattern finds."""
    return lambda text, word: re.sub(pattern, now.replace("WORD", word), text, count=1, flags=re.M)


def in_body(change: Callable[[list[str], str], list[str]]) -> Edit:
    def edit(text: str, word: str) -> str:
        front, line, body = text.partition("\n---\n")
        return front + line + "\n\n".join(change(body.split("\n\n"), word))

    return edit


def first_key_last(text: str, word: str) -> str:
    found = re.match(r"---\n(id:.*\n)(slug:.*\n)", text)
    return f"---\n{found[2]}{found[1]}{text[found.end() :]}" if found else text


def put_slug_back(text: str, word: str) -> str:
    found = re.search(r"(?m)^aliases: \[([a-z0-9-]+)", text)
    return re.sub(r"(?m)^slug: .*", f"slug: {found[1]}", text, count=1) if found else text


EDITS: dict[str, Edit] = {
    "title": value("title", "title:   'T ''WORD'': x'  # WORD\n"),
    "remark beside": in_line(r"^((?:title|summary|slug|status|story):.*)$", r"\1  # WORD"),
    "remark": in_line(r"^(story|status|added):", r"# WORD\n\n\1:"),
    "remark beside parsed": in_line(r"^(parsed:.*)$", r"\1  # WORD"),
    "remark in a list": in_line(r"^(key_points|corrections):\n", r"\1:\n  # WORD\n"),
    "remark beside a draft": in_line(r"^(  - .*draft: true})$", r"\1  # WORD"),
    "no outlet": without("outlet"),
    "no summary": without("summary"),
    "no story": without("story"),
    "summary": value("summary", 'summary: "The quay of WORD, 7 miles."\n'),
    "summary as a block": value("summary", "summary: |  # WORD\n  a WORD\n\n  b\n"),
    "points": value("key_points", "key_points: [ WORD,  'b' ]\n"),
    "published": value("published", "published: 2026-04-0WORD\n"),
    "own key": value("mine", "mine:  # WORD\n  - a: WORD\n    b: [1,  2]\n"),
    "note": value("note", "note: >-\n  x WORD\n  y\n"),
    "reviewed": value("reviewed", "reviewed: [0a1b2c3d, 'WORD']   # WORD\n"),
    "topics": value("topics", "topics: [ port ]  # WORD\n"),
    "overrides": value("overrides", "overrides:  # WORD\n  - {line: 3, drop: HASH3}\n"),
    "keep a line": value("overrides", "overrides:\n  # WORD\n  - {line: 5, keep: HASH5}  # b\n"),
    "slug": value("slug", "slug: quay-WORD\n"),
    "slug back": put_slug_back,
    "story": value("story", "story: story-WORD  # WORD\n"),
    "shared story": value("story", "story: a-shared-story  # WORD\n"),
    "aliases": value("aliases", "aliases:\n  - old-WORD  # WORD\n"),
    "draft": value("status", "status: draft  # WORD\n"),
    "hidden": value("status", "status: hidden\n"),
    "withdrawn": value("status", "status: withdrawn # WORD\n"),
    "published again": value("status", "status: published\n"),
    "later": value("publish_after", "publish_after: 2027-01-01  # WORD\n"),
    "soon": value("publish_after", "publish_after: 2026-11-21T18:30:00Z\n"),
    "at once": without("publish_after"),
    "confirmed": in_line(r'why: "", draft: true}', 'why: "WORD"}'),
    "why of a draft": in_line(r'why: ""', 'why: "because WORD"'),
    "reworded draft": in_line(r'^(  - .*now: )("[^"]*"|[^,{}"]+)(.*draft: true})', r'\1"WORD"\3'),
    "dismissed": in_line(r"^  - .*draft: true}\n", ""),
    "correction by hand": in_line(
        r"^corrections:.*\n", "corrections:\n  - date: 2026-11-20  # WORD\n    was: 'WORD'\n"
    ),
    "corrections anew": value(
        "corrections", "corrections:\n  # WORD\n  - {date: 2026-11-20, now: WORD}\n"
    ),
    "own work": in_line(r"^parsed:.*\n", ""),
    "order": first_key_last,
    "a block comes": in_body(lambda blocks, word: [*blocks[:1], f"<!-- {word} -->", *blocks[1:]]),
    "a word comes": in_body(lambda blocks, word: [f"{blocks[0]} {word}", *blocks[1:]]),
    "a block goes": in_body(lambda blocks, word: blocks[1:] or blocks),
    "another figure": in_body(lambda blocks, word: [re.sub(r"\d+", "88", b) for b in blocks]),
    "another body": in_body(lambda blocks, word: [f"  {word}", "", "- 12 ships\n"]),
    "blanks around": in_body(lambda blocks, word: ["", f"{word}  ", *blocks, "\n"]),
}

# What can be done only to what a build has drafted.
DRAFTS = ("confirmed", "why of a draft", "reworded draft", "dismissed", "remark beside a draft")

# --------------------------------------------------------------------------- texts

PLACES = ("Skarnes", "Velm", "Mirow", "Tolbek")
LINES = (
    "The night ferry to {0} sails again on 3 May, its owner said.",
    "Tickets to {0} cost {1} crowns.",
    "~ Also Read: Walnut bread from {0}",
    "The ship of {0} carries {1} cars, by-2 and by-3.",
    "The quay of {0} was closed for {1} days.",
    "The port of {0} waits for {1} beacons, by-3.",
)


def text_of(chance: Random, number: int) -> tuple[str, ...]:
    place = chance.choice(PLACES)
    count = chance.randint(2, 60)
    lines = chance.sample(LINES, chance.randint(4, len(LINES)))
    return (f"Night ferry {number} to {place} - Wire", *(one.format(place, count) for one in lines))


def changed(chance: Random, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Change a text as an outlet does."""
    rest = list(lines[1:])
    match chance.choice(("goes", "comes", "moves", "figure", "headline")):
        case "goes":
            rest.pop(chance.randrange(len(rest)))
        case "comes":
            rest.insert(chance.randrange(len(rest)), f"It rained for {chance.randint(2, 90)} days.")
        case "moves":
            rest.append(rest.pop(0))
        case "figure":
            rest = [re.sub(r"\d+ c", f"{chance.randint(2, 90)} c", line) for line in rest]
        case _:
            return (f"Late {lines[0]}", *rest)
    return (lines[0], *(rest or lines[1:]))
