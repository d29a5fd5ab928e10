"""An incremental build makes what a clean one makes, byte for byte, whatever happened before."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefbook.build import Options, build
from briefbook.remembering import FOLDER

# More of them are tried by BRIEFBOOK_HISTORIES=500.
HISTORIES = int(os.environ.get("BRIEFBOOK_HISTORIES", "24"))
STEPS = 5
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)

SITE = """\
title: Harbour Brief
base_url: https://harbour.example/news
timezone: Asia/Seoul
search: false
publish: full
feed_length: 4
topics:
- slug: port
  title: The port
  words: [harbour, quay, ferry, dredging]
- slug: money
  title: Money
  words: [million, budget, tax, loan]
"""
PEOPLE = ("Ann Kim", "Bo Larsen", "Mina Okafor")
BODIES = ("Harbour Council", "Quay Workers Union (QWU)", "QWU", "Port Bank")
PLACES = ("Busan", "Aarhus", "Lagos")
OUTLETS = ("Port Times", "port times", "Coast Wire", "Quay Post")
EVENTS = (
    "The ferry to {place} was stopped on Monday after {person} of the {body} found a crack in its"
    " hull. It will be mended for {number} million.",
    "{person} told the {body} in {place} that dredging of the harbour costs {number} million and"
    " that a loan pays for it.",
    "A tax of {number} percent on quay sheds was dropped in {place}, the {body} said. {person} had"
    " asked for it.",
)


class History:
    """Random edits of one small site."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.rng = random.Random(seed)
        self.now = NOW
        for folder in ("sources", "briefings", "templates"):
            (root / folder).mkdir(parents=True)
        (root / "site.yaml").write_text(SITE)
        for _ in range(self.rng.randrange(1, 4)):
            self.add_source()

    def step(self) -> str:
        """Do one to three edits, and say which."""
        self.now += timedelta(hours=self.rng.choice((1, 5, 30, 400)))
        acts = self.rng.choices(
            ACTS, weights=[weight for _, weight in ACTS], k=self.rng.randint(1, 3)
        )
        for act, _ in acts:
            act(self)
        return ", ".join(act.__name__ for act, _ in acts)

    def words(self) -> str:
        pick = self.rng.choice
        return " ".join(
            pick(EVENTS).format(
                place=pick(PLACES),
                person=pick(PEOPLE),
                body=pick(BODIES),
                number=self.rng.randrange(2, 9),
            )
            for _ in range(self.rng.randrange(1, 3))
        )

    def one(self, folder: str, ends: str) -> Path | None:
        found = sorted(self.root.glob(f"{folder}/*{ends}"))
        return self.rng.choice(found) if found else None

    # ------------------------------------------------------------------ sources

    def add_source(self) -> None:
        number = len(list(self.root.glob("sources/*"))) + self.rng.randrange(1000)
        day = self.rng.randrange(1, 28)
        head = f"---\noutlet: {self.rng.choice(OUTLETS)}\n---\n" if self.rng.random() < 0.7 else ""
        title = self.rng.choice(("Ferry stopped", "Dredging begins", "Tax on sheds dropped"))
        text = f"{head}{title}\nNovember {day}, 2026\n\n{self.words()}\n\n{self.words()}\n"
        (self.root / f"sources/{number}.txt").write_text(text)

    def change_source(self) -> None:
        if path := self.one("sources", ".txt"):
            path.write_text(path.read_text() + f"\n{self.words()}\n")

    def touch_source(self) -> None:
        if path := self.one("sources", ".txt"):
            os.utime(path)

    def rename_source(self) -> None:
        if path := self.one("sources", ".txt"):
            path.rename(path.with_name(f"moved-{path.name}"))

    def delete_source(self) -> None:
        if path := self.one("sources", ".txt"):
            path.unlink()

    def copy_source(self) -> None:
        if path := self.one("sources", ".txt"):
            shutil.copy(path, path.with_name(f"copy-{path.name}"))

    # ------------------------------------------------------------------ entries

    def edit_entry(self, change: Callable[[str], str]) -> None:
        if path := self.one("briefings", ".md"):
            path.write_text(change(path.read_text()))

    def set_key(self, key: str, value: str) -> None:
        def change(text: str) -> str:
            head, _, rest = text.removeprefix("---\n").partition("\n---\n")
            kept = []
            is_in = False
            for line in head.split("\n"):
                is_in = line.startswith(f"{key}:") or (is_in and line.startswith((" ", "-")))
                if not is_in:
                    kept.append(line)
            return "\n".join(["---", f"{key}: {value}", *kept, "---", rest])

        self.edit_entry(change)

    def edit_title(self) -> None:
        self.set_key("title", f'"{self.rng.choice(PEOPLE)} and the quay"')

    def edit_body(self) -> None:
        self.edit_entry(lambda text: f"{text}\nA line of the editor: {self.words()}\n")

    def pin_topic(self) -> None:
        self.set_key("topics", self.rng.choice(("[port]", "[money]", "[money, port]", "[]")))

    def set_status(self) -> None:
        states = ("draft", "published", "withdrawn", "hidden")
        self.set_key("status", self.rng.choices(states, (1, 3, 1, 1))[0])

    def schedule(self) -> None:
        when = self.now + timedelta(hours=self.rng.randrange(-50, 300))
        self.set_key("publish_after", f"{when:%Y-%m-%dT%H:%M:%SZ}")

    def change_slug(self) -> None:
        self.set_key("slug", f"another-{self.rng.randrange(6)}")

    def change_story(self) -> None:
        self.set_key(
            "story", self.rng.choice(("ferry-stopped-2026", "other", "dredging-begins-2026"))
        )

    def add_alias(self) -> None:
        self.set_key("aliases", f"[old-{self.rng.randrange(4)}]")

    def correct(self) -> None:
        self.set_key("corrections", '[{date: 2026-11-25, was: "two", now: "three", why: "a slip"}]')

    def write_note(self) -> None:
        self.set_key("note", f'"See [there](/briefings/another-{self.rng.randrange(6)}/)."')

    def name_people(self) -> None:
        self.set_key("people", f"[{', '.join(self.rng.sample(PEOPLE, 2))}]")

    def move_in_time(self) -> None:
        day = self.rng.randrange(1, 20)
        self.set_key("added", f"2026-{self.rng.randrange(9, 12):02}-{day:02}T10:00:00Z")

    def write_entry(self) -> None:
        number = self.rng.randrange(1000)
        head = f"---\ntitle: By hand {number}\nadded: {self.now:%Y-%m-%dT%H:%M:%SZ}\n---\n"
        (self.root / f"briefings/by-hand-{number}.md").write_text(f"{head}{self.words()}\n")

    def break_entry(self) -> None:
        self.set_key("status", "nonsense")

    def delete_entry(self) -> None:
        if path := self.one("briefings", ".md"):
            path.unlink()

    def rename_entry(self) -> None:
        if path := self.one("briefings", ".md"):
            path.rename(path.with_name(f"renamed-{path.name}"))

    # ------------------------------------------------------------------ the site

    def change_site(self) -> None:
        path = self.root / "site.yaml"
        was, now = self.rng.choice(
            (
                ("title: Harbour Brief", "title: The Harbour"),
                ("publish: full", "publish: extract"),
                ("feed_length: 4", "feed_length: 2"),
                ("words: [harbour, quay, ferry, dredging]", "words: [ferry]"),
                ("- slug: money\n", "- slug: finance\n  aliases: [money]\n"),
                ("timezone: Asia/Seoul", "timezone: UTC"),
                ("search: false\n", "search: false\nparts: []\n"),
                ("search: false\n", "search: false\nparts: [names, twins, editions]\n"),
                ("topics:\n", "outlets:\n- {name: Port Times, note: Old.}\ntopics:\n"),
            )
        )
        text = path.read_text()
        path.write_text(text.replace(now, was) if now in text else text.replace(was, now))

    def change_template(self) -> None:
        path = self.root / "templates/pages/about.html"
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.unlink()
        else:
            path.write_text("{% extends 'base.html' %}{% block main %}<h1>We</h1>{% endblock %}\n")

    def forget_published(self) -> None:
        path = self.root / "published.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        kept = [line for line in lines if self.rng.random() < 0.9]
        kept += ["/briefings/gone-long-ago/"] if self.rng.random() < 0.3 else []
        path.write_text("".join(f"{line}\n" for line in sorted(set(kept))))

    def lose_output(self) -> None:
        shutil.rmtree(self.root / "_site", ignore_errors=True)

    def lose_state(self) -> None:
        shutil.rmtree(self.root / FOLDER, ignore_errors=True)

    def nothing(self) -> None:
        pass


ACTS = (
    (History.add_source, 6),
    (History.change_source, 2),
    (History.touch_source, 1),
    (History.rename_source, 1),
    (History.delete_source, 1),
    (History.copy_source, 1),
    (History.edit_title, 2),
    (History.edit_body, 3),
    (History.pin_topic, 3),
    (History.set_status, 4),
    (History.schedule, 2),
    (History.change_slug, 2),
    (History.change_story, 2),
    (History.add_alias, 2),
    (History.correct, 1),
    (History.write_note, 1),
    (History.name_people, 2),
    (History.move_in_time, 2),
    (History.write_entry, 2),
    (History.break_entry, 1),
    (History.delete_entry, 2),
    (History.rename_entry, 1),
    (History.change_site, 2),
    (History.change_template, 1),
    (History.forget_published, 1),
    (History.lose_output, 1),
    (History.lose_state, 1),
    (History.nothing, 1),
)


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and FOLDER not in path.relative_to(root).parts
    }


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_an_incremental_build_makes_what_a_clean_one_makes(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path / "kept", seed)
    done = ["the first build"]
    for _ in range(STEPS):
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(tmp_path / "kept", clean, ignore=shutil.ignore_patterns(FOLDER))
        options = Options(now=history.now)
        kept = build(history.root, options)
        made = build(clean, options)
        assert contents(clean) == contents(history.root), f"{seed}: {done}"
        assert list(map(str, made.problems)) == list(map(str, kept.problems)), f"{seed}: {done}"
        done.append(history.step())
