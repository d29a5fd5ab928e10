"""What an editor does on a day of the year, each with what must be true of it for ever after."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from briefbook.text.hashes import line_hash
from tests.lasting.edits import put
from tests.torture.yearshelf import Kept, Shelf, front, with_item

Change = Callable[[str], str]
_RECENT = 70  # entries on which most work is done
# Facts that are no field.
BODY, LAST = "the body", "the last word in the body"
CONFIRMED, DISMISSED = "a confirmed correction", "a dismissed correction"


class Editor:
    """One person with a folder of the site. What was set by hand is remembered as facts, by id."""

    def __init__(self, root: Path, name: str) -> None:
        self.shelf = Shelf(root)
        self.name = name
        self.facts: dict[str, dict[str, Any]] = {}
        self.done: Counter[str] = Counter()
        self.now = datetime.min.replace(tzinfo=UTC)
        self.chance = Random()
        self.work = 0

    @property
    def root(self) -> Path:
        return self.shelf.root

    def begin(self, now: datetime, chance: Random) -> None:
        self.now, self.chance = now, chance
        self.entries = self.shelf.all()

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in vars(self).items() if key != "entries"}

    def act(self, times: int) -> None:
        """Do some of what editors do."""
        acts, weights = zip(*ACTS, strict=True)
        for act in self.chance.choices(acts, weights, k=times):
            act(self)

    def pick(self, suits: Callable[[Kept], bool] = lambda one: True) -> Kept | None:
        """Return one of the entries the program made, mostly a recent one."""
        there = [one for one in self.entries if one.source and suits(one)]
        some = there[-_RECENT:] if self.chance.random() < 0.7 else there
        return self.chance.choice(some) if some else None

    def set(self, one: Kept | None, change: Change, name: str, *keys: str) -> None:
        """Edit an entry, and remember what stands in these keys now."""
        if one is None or not (self.root / one.path).exists():
            return
        if self.shelf.edit(one.path, change):
            self.done[name] += 1
            said = front(self.shelf.text(one.path))
            known = self.facts.setdefault(one.id, {})
            known |= {key: said.get(key) for key in keys}

    def remember(self, one: Kept, what: str, value: object) -> None:
        known = self.facts.setdefault(one.id, {}).setdefault(what, [])
        if value not in known:
            known.append(value)

    def word(self) -> str:
        self.work += 1
        return f"{self.name}{self.work}"

    # ------------------------------------------------------------------ words

    def title(self) -> None:
        line = f'title: "What {self.word()} found at the quay"\n'
        self.set(self.pick(), lambda text: put(text, "title", line), "titles set", "title")

    def summary(self) -> None:
        line = f'summary: "{self.word()} has read it all: it rains."\n'
        self.set(self.pick(), lambda text: put(text, "summary", line), "bottom lines", "summary")

    def note(self) -> None:
        line = f"note: We have asked again, says {self.word()}.\n"
        self.set(self.pick(), lambda text: put(text, "note", line), "notes", "note")

    def names(self) -> None:
        line = f'people: ["Ann {self.word().capitalize()}", "Bo Larsen"]\n'
        self.set(self.pick(), lambda text: put(text, "people", line), "names set", "people")

    def outlet(self) -> None:
        line = f"outlet: {self.chance.choice(('Quay Post', 'Coast Wire', 'CW'))}\n"
        self.set(self.pick(), lambda text: put(text, "outlet", line), "outlets set", "outlet")

    def no_authors(self) -> None:
        def without(text: str) -> str:
            return re.sub(r"(?m)^authors:.*\n(?:[ -].*\n)*", "", text, count=1)

        self.set(self.pick(), without, "fields taken out", "authors")

    def body(self) -> None:
        if one := self.pick():
            line = f"The desk adds that {self.word()} was there."
            if self.shelf.edit(one.path, lambda text: f"{text.rstrip()}\n\n{line}\n"):
                self.done["bodies edited"] += 1
                self.remember(one, BODY, line)

    def figure(self) -> None:
        """Change a number of the text, which is a correction."""
        if one := self.pick(lambda one: one.status == "published"):
            head, line, body = self.shelf.text(one.path).partition("\n---\n")
            other = str(self.chance.randrange(1000, 9999))
            body = re.sub(r"\b\d{2,4}(?= \w)", other, body, count=1)
            if self.shelf.write(one.path, head + line + body):
                self.done["figures corrected"] += 1
                if other in body:
                    said = next(row for row in body.split("\n") if other in row)
                    self.facts.setdefault(one.id, {})[LAST] = said

    # ------------------------------------------------------------------ corrections

    def confirm(self) -> None:
        for one in self._drafted():
            why = f"A slip, says {self.word()}."

            def confirmed(text: str, why: str = why) -> str:
                return text.replace('why: "", draft: true}', f'why: "{why}"}}', 1)

            if self.shelf.edit(one.path, confirmed):
                self.done["corrections confirmed"] += 1
                self.remember(one, CONFIRMED, why)

    def dismiss(self) -> None:
        for one in self._drafted()[:1]:
            text = self.shelf.text(one.path)
            drafts = [each for each in front(text)["corrections"] if each.get("draft")]
            if self.shelf.write(one.path, re.sub(r"(?m)^  - .*draft: true}\n", "", text)):
                self.done["corrections dismissed"] += 1
                for each in drafts:
                    gone = (each.get("field"), str(each.get("was")), str(each.get("now")))
                    self.remember(one, DISMISSED, gone)

    def correct(self) -> None:
        if one := self.pick(lambda one: one.status == "published"):
            why = f"We misread it, says {self.word()}."
            now = f"three of {self.word()}"
            item = f'{{date: {self.now:%Y-%m-%d}, was: "two", now: "{now}", why: "{why}"}}'
            if self.shelf.edit(one.path, lambda text: with_item(text, "corrections", item)):
                self.done["corrections by hand"] += 1
                self.remember(one, CONFIRMED, why)

    def _drafted(self) -> list[Kept]:
        recent = [one for one in self.entries[-3 * _RECENT :] if one.source]
        there = [one for one in recent if (self.root / one.path).exists()]
        return [one for one in there if "draft: true}" in self.shelf.text(one.path)][:4]

    # ------------------------------------------------------------------ addresses

    def slug(self) -> None:
        line = f"slug: renamed-{self.word()}\n"
        self.set(self.pick(), lambda text: put(text, "slug", line), "slugs renamed", "slug")

    def slug_back(self) -> None:
        """Put a former slug back, and take it out of the former ones."""
        if one := self.pick(lambda one: bool(one.aliases)):
            former = one.aliases[0]

            def back(text: str) -> str:
                rest = ", ".join(each for each in one.aliases if each != former)
                text = put(text, "aliases", f"aliases: [{rest}]\n")
                return put(text, "slug", f"slug: {former}\n")

            self.set(one, back, "slugs put back", "slug")

    def story(self) -> None:
        line = f"story: story-of-{self.word()}\n"
        self.set(self.pick(), lambda text: put(text, "story", line), "stories renamed", "story")

    def join_story(self) -> None:
        if other := self.pick(lambda one: bool(one.story)):
            line = f"story: {other.story}\n"
            self.set(self.pick(), lambda text: put(text, "story", line), "stories joined", "story")

    def rename_file(self) -> None:
        if (one := self.pick()) and (self.root / one.path).exists():
            to = f"briefings/{self.word()}-{Path(one.path).name[-60:]}"
            (self.root / one.path).rename(self.root / to)
            self.done["entry files renamed"] += 1
            self.entries = self.shelf.all()

    # ------------------------------------------------------------------ filing and states

    def pin(self) -> None:
        topics = self.chance.choice(("[energy]", "[health, courts]", "[]", "[courts]"))
        line = f"topics: {topics}\n"
        self.set(self.pick(), lambda text: put(text, "topics", line), "topics pinned", "topics")

    def withdraw(self) -> None:
        one = self.pick(lambda one: one.status == "published" and not one.is_waiting)
        line = "status: withdrawn\n"
        self.set(one, lambda text: put(text, "status", line), "withdrawn", "status")

    def explain_withdrawal(self) -> None:
        for one in self.entries[-4 * _RECENT :]:
            if one.status == "withdrawn" and (self.root / one.path).exists():
                text = self.shelf.text(one.path)
                told = re.sub(r'(kind: retraction, why: )""', r'\1"It was a hoax."', text)
                self.done["withdrawals explained"] += self.shelf.write(one.path, told)

    def republish(self) -> None:
        one = self.pick(lambda one: one.status == "withdrawn")
        line = "status: published\n"
        self.set(one, lambda text: put(text, "status", line), "published again", "status")

    def keep_back(self) -> None:
        """Make a draft, or hide, what nobody has seen yet."""
        one = self.pick(lambda one: one.is_waiting and one.status == "published")
        if one and _after(self.shelf.text(one.path)) > self.now + timedelta(days=1):
            line = self.chance.choice(("status: draft\n", "status: hidden\n"))
            self.set(one, lambda text: put(text, "status", line), "kept back", "status")

    def publish_draft(self) -> None:
        one = self.pick(lambda one: one.status == "draft")
        later = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

        def publish(text: str) -> str:
            text = put(text, "publish_after", f"publish_after: {later}\n")
            return put(text, "status", "status: published\n")

        self.set(one, publish, "drafts published", "status", "publish_after")

    # ------------------------------------------------------------------ lines and reviews

    def override(self) -> None:
        """Drop a line of the text for good."""
        one = self.pick()
        if one is None or one.source is None or not (self.root / one.source).exists():
            return
        lines = (self.root / one.source).read_text("utf-8").split("\n")
        long = [number for number, line in enumerate(lines, 1) if len(line) > 60]
        if len(long) > 2:
            number = long[-1]
            item = f"{{line: {number}, drop: '{line_hash(lines[number - 1])}'}}"
            change: Change = lambda text: with_item(text, "overrides", item)  # noqa: E731
            self.set(one, change, "lines dropped by hand", "overrides")

    def dismiss_note(self) -> None:
        for one in self.entries[-_RECENT:]:
            path = self.root / one.path
            if one.source and path.exists() and "\nreview:" in self.shelf.text(one.path):
                said = front(self.shelf.text(one.path))
                if said.get("reviewed") or not said.get("review"):
                    continue
                words = str(said["review"][0]).replace("'", "''")
                line = f"reviewed: ['{words}']\n"
                change: Change = lambda text: put(text, "reviewed", line)  # noqa: B023, E731
                self.set(one, change, "notes dismissed", "reviewed")
                return

    def write_own(self) -> None:
        """Write a briefing without a source."""
        word = self.word()
        head = f"id: own-{word}\nslug: own-{word}\n" if self.chance.random() < 0.7 else ""
        text = (
            f"---\n{head}title: What we saw ourselves, {word}\n"
            f"added: {self.now:%Y-%m-%dT%H:%M:%SZ}\n---\nIt rained on {word} all day.\n"
        )
        self.shelf.write(f"briefings/own-{word}.md", text)
        self.done["own briefings"] += 1


def _after(text: str) -> datetime:
    said = front(text)["publish_after"]
    return said if isinstance(said, datetime) else datetime.fromisoformat(f"{said}T00:00:00+00:00")


ACTS: tuple[tuple[Callable[[Editor], None], int], ...] = (
    (Editor.title, 5),
    (Editor.summary, 3),
    (Editor.note, 4),
    (Editor.names, 2),
    (Editor.outlet, 2),
    (Editor.no_authors, 1),
    (Editor.body, 4),
    (Editor.figure, 5),
    (Editor.confirm, 3),
    (Editor.dismiss, 2),
    (Editor.correct, 2),
    (Editor.slug, 3),
    (Editor.slug_back, 1),
    (Editor.story, 2),
    (Editor.join_story, 2),
    (Editor.rename_file, 2),
    (Editor.pin, 3),
    (Editor.withdraw, 2),
    (Editor.explain_withdrawal, 2),
    (Editor.republish, 1),
    (Editor.keep_back, 2),
    (Editor.publish_draft, 2),
    (Editor.override, 2),
    (Editor.dismiss_note, 1),
    (Editor.write_own, 2),
)
