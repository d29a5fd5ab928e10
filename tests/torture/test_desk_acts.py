"""Hostile forms: an entry is written whole and as it was meant, or not at all.

Each form has the token and the stamp that only pages of the desk have, since nobody else gets so
far; all else in it is hostile. A field says afterwards what the form said, all others what they
said before, the file can be read, and no other file is written.
"""

import random
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing import load_entry
from briefbook.desk.acts import _ACTS, act
from briefbook.model import Entry
from tests.desk.opened import Desk, opened
from tests.torture.hostile_items import text_of
from tests.tried import Tried, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SITE = """\
-- sources/ferry.txt --
Home / Harbour / Second ferry for the northern harbour

Second ferry for the northern harbour

By Mina Hart | March 3, 2026

A second ferry will serve the harbour from May, the port said on Tuesday.The ship carries 80 cars.

From April 22 to 2025 the quay is closed to all but residents and the fire brigade.
"""
SLUG = "second-ferry-for-the-northern-harbour"
ENTRY = f"briefings/{SLUG}.md"
DRAFT = """\
status: published
corrections:
  - {date: 2026-03-04, kind: correction, was: "a", now: "b", why: "", draft: true}
  - {date: 2026-03-05, kind: update, was: "c", now: "d", why: "x"}
"""
# What would be more than a value if it were not written as one.
VALUES = (
    "a\nstatus: withdrawn",
    "---",
    "--- \nid: urn:uuid:x",
    '"',
    "'",
    "\\",
    "!!python/object:os.system",
    "&a *a",
    "*a",
    "a: b",
    "a #b",
    "- x",
    "? x",
    "|",
    "> x",
    "%YAML 1.2",
    "@x",
    "`x`",
    "null",
    "~",
    "true",
    "no",
    "1e3",
    "0x10",
    ".nan",
    "2026-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30",
    "20260101",
    "2026-W01-1",
    "http://[",
    "https://x.example/\r\nX: y",
    "javascript:alert(1)",
    "../../etc/passwd",
    "__class__",
    "__init__",
    "x" * 100_000,
    "-1",
    "1",
    "٣",
    "1 keep abc",
    "withdrawn",
    "draft",
    "port",
    "port\nport",
    "no-such-topic",
    "en",
    "ko\n",
    "retraction",
    "",
)
SLUGS = (
    *("", ".", "..", "../site", "../../etc/passwd", "/etc/passwd", "*", "__class__", "x" * 100_000),
    *(f"../briefings/{SLUG}", f"{SLUG}/", f"{SLUG}.md", f"./{SLUG}", f"{SLUG}\0", f"{SLUG}\n"),
    SLUG.upper(),
)
FIELDS = """
title outlet published authors url language topics status publish_after
 summary id slug __class__
""".split()
NAMES = """
note line correction date kind about was now why
 topic-port topic-../x act2 __class__ self form
""".split()


@pytest.fixture
def desk(site: "MakeSite") -> Desk:
    folder = site(SITE)
    folder.build()
    folder.edit(ENTRY, "status: published\n", DRAFT)
    return opened(folder)


@pytest.mark.parametrize("seed", range(many(short=1, long=25)))
def test_a_hostile_form_writes_what_it_says_or_nothing(desk: Desk, seed: int, tried: Tried) -> None:
    dice, stamp, count = random.Random(seed), desk.stamp(SLUG), many(short=60, long=200)
    before, text = desk.folder.tree(), desk.folder.read(ENTRY)
    for number in range(count):
        form = _form(dice) | {"entry": SLUG, "stamp": stamp}
        outcome = act(desk.state, form)
        now = desk.folder.tree()
        assert {path for path in now if now[path] != before.get(path)} <= {ENTRY}, (seed, number)
        assert set(now) == set(before), (seed, number)
        assert outcome.go_to.startswith("/_desk/"), (seed, number)
        assert str(desk.folder.root) not in str(outcome), (seed, number)
        if now != before:
            assert outcome.done, (seed, number)
            _assert_written(desk, form, text, (seed, number))
            desk.folder.write(ENTRY, text)
    tried("desk", "Forms with hostile values", count)


def _form(dice: random.Random) -> dict[str, str]:
    name = dice.choice(list(_ACTS))
    form = {one: _value(dice) for one in dice.sample(NAMES, dice.randint(0, 6))}
    form |= {"act": name, "field": dice.choice(FIELDS), "value": _value(dice)}
    if "correction" in name or name in ("confirm", "unconfirm"):
        form["correction"] = dice.choice(("0", "1", "2", "-1"))
        form["kind"] = dice.choice(("", "update", "retraction"))
    if name == "redraft":
        form |= {"kind": "correction", "was": _value(dice), "date": dice.choice(VALUES)}
    return form


def _value(dice: random.Random) -> str:
    text = dice.choice(VALUES) if dice.random() < 0.6 else text_of(dice)
    return text.encode("utf-8", "ignore").decode()  # a form holds nothing else


def _assert_written(desk: Desk, form: dict[str, str], was: str, what: object) -> None:
    text = desk.folder.read(ENTRY)
    loaded, problems = load_entry(text, ENTRY, zone=UTC)
    assert not [one for one in problems if one.severity.value == "error"], what
    former = load_entry(was, ENTRY, zone=UTC)[0].entry
    changed = _changed(former, loaded.entry)
    allowed = {
        "set": {form["field"]},
        "unpin": {"topics"},
        "hand-back": {form["field"], "review"},
        "dismiss": {"reviewed", "review"},
        "bring-back": {"reviewed", "review"},
        "unpublish": {"status", "publish_after"},
    }.get(form["act"], {"corrections", "status", "overrides", "parsed", "body"})
    assert changed <= allowed | {"parsed", "place", "edited"}, what
    if form["act"] == "set" and form["field"] in ("title", "outlet"):
        said = getattr(loaded.entry, form["field"]) or ""
        assert said.split() == form["value"].split(), what


def _changed(was: Entry, now: Entry) -> set[str]:
    names = [name for name in Entry.__slots__ if name not in ("place", "body_line", "lines")]
    return {name for name in names if getattr(was, name) != getattr(now, name)}


def test_a_form_names_an_entry_by_its_slug_and_by_nothing_else(desk: Desk) -> None:
    before, stamp = desk.folder.tree(), desk.stamp(SLUG)
    for slug in SLUGS:
        form = {"act": "set", "field": "title", "value": "x", "entry": slug, "stamp": stamp}
        (refused,) = act(desk.state, form).problems
        assert refused.what == "there is no such entry, or no such act"
    assert desk.folder.tree() == before


def test_a_link_in_place_of_an_entry_is_not_followed_out(
    desk: Desk, site: "MakeSite", tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Somebody has put a link there since the page was made."""
    outside = tmp_path_factory.mktemp("outside") / "file.md"
    outside.write_text("mine", "utf-8")
    file = desk.folder.root / ENTRY
    form = {"act": "set", "field": "title", "value": "x", "entry": SLUG, "stamp": desk.stamp(SLUG)}
    file.unlink()
    file.symlink_to(outside)
    outcome = act(replace(desk.state), form)
    assert outcome.problems
    assert outside.read_text("utf-8") == "mine"
