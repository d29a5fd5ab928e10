"""Random edits of small sites, for tests of what happens from one build to the next."""

import os
import random
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefbook.options import Options
from briefbook.remembering import FOLDER

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
- slug: people
  title: People
"""
PEOPLE = ("Ann Kim", "Bo Larsen", "Mina Okafor")
BODIES = (
    "Harbour Council",
    "Quay Workers Union (QWU)",
    "Quay Wardens Union (QWU)",
    "QWU",
    "Port Bank",
)
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
# What stands in site.yaml one way or another.
SETTINGS = (
    ("title: Harbour Brief", "title: The Harbour"),
    ("publish: full", "publish: extract"),
    ("feed_length: 4", "feed_length: 2"),
    ("search: false", "search: true"),
    ("words: [harbour, quay, ferry, dredging]", "words: [ferry]"),
    ("words: [million", "require: [tax]\n  words: [million"),
    ("- slug: money\n", "- slug: finance\n  aliases: [money]\n"),
    ("- slug: port\n", "- slug: port\n  aliases: [docks, harbour]\n"),
    ("- slug: people\n  title: People\n", ""),
    ("timezone: Asia/Seoul", "timezone: UTC"),
    ("timezone: Asia/Seoul", "timezone: America/New_York"),
    ("timezone: Asia/Seoul", "timezone: Pacific/Kiritimati"),
    ("topics:\n", "outlets:\n- {name: Port Times, note: Old.}\ntopics:\n"),
    ("topics:\n", "outlets:\n- {name: Coast Wire, aliases: [Quay Post, CW]}\ntopics:\n"),
    ("publish: full", "publish: extract\nown_outlets: [Coast Wire]"),
    ("feed_length: 4", "feed_length: 4\nparts: []"),
    ("feed_length: 4", "feed_length: 4\nparts: [names, stories, editions, atom]"),
    ("feed_length: 4", "feed_length: 4\nparts: [outlets, archive, twins, corrections]"),
    ("title: Harbour Brief", "title: Harbour Brief\nlanguage: ko"),
    ("title: Harbour Brief", 'title: Harbour Brief\nabout: "We are [here](/stories/)."'),
    ("base_url: https://harbour.example/news", "base_url: https://harbour.example"),
)
# Templates of the site's own; some are faulty, and some ask for more than the bundled ones.
TEMPLATES = {
    "pages/about.html": "{% extends 'base.html' %}{% block main %}<h1>We</h1>{% endblock %}\n",
    "pages/topic.html": "{% extends 'base.html' %}{% block main %}{{ page.nothing }}{% endblock %}",
    "pages/home.html": "{% extends 'base.html' %}{% block main %}{% endif %}{% endblock %}",
    "parts/feed_item.html": "{{ page.entry.title }}: {{ page.entry.nothing }}\n",
    "parts/feed_correction.html": "{{ page.entry.title }} {{ page.entry.topics | join(' ') }}\n",
    "parts/entry_line.html": "{% for each in site.topics %}<p>{{ each.title }}</p>{% endfor %}\n",
    "assets/style.css": "body { color: black }\n",
    "assets/extra.txt": "more\n",
    "words/en.yaml": "nonsense: [\n",
}


# Lines of published.txt that no build has written.
FORGED = (
    "/briefings/gone-long-ago/",
    "/briefings/old-1/",
    "/stories/elsewhere/",
    "/people/bo-larsen/",
    "/organisations/qwu/",
    "/outlets/quay-post/",
    "/topics/docks/2026/10/",
    "/topics/none/feed.xml",
    "/editions/2026-10-03/",
    "/archive/2026/09/",
    "/nowhere",
    "/people/a%1fb/",
)


class History:
    """Random edits of one small site."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.rng = random.Random(seed)
        self.now = NOW
        self.way = 9  # which of the options the next build has
        for folder in ("sources", "briefings", "templates"):
            (root / folder).mkdir(parents=True)
        (root / "site.yaml").write_text(SITE)
        for _ in range(self.rng.randrange(1, 7)):
            self.add_source()

    def step(self) -> str:
        """Do one to five edits, and say which."""
        self.now += timedelta(hours=self.rng.choice((1, 5, 30, 400)))
        self.way = self.rng.randrange(12)
        acts = self.rng.choices(
            ACTS, weights=[weight for _, weight in ACTS], k=self.rng.randint(1, 5)
        )
        for act, _ in acts:
            act(self)
        return ", ".join(act.__name__ for act, _ in acts)

    def options(self, root: Path) -> Options:
        """Return what the next build is told: mostly nothing, and the same wherever it builds."""
        plain = Options(now=self.now)
        others = (
            Options(now=self.now, drafts=True),
            Options(now=self.now, drafts=True, output=root / "drafts"),
            Options(now=self.now, base_url="https://elsewhere.example/x"),
            Options(now=self.now, frozen=True),
            Options(now=self.now, output=root / "other"),
        )
        return plain if self.way >= len(others) else others[self.way]

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

    def report_also(self) -> None:
        """Have another outlet tell the same, with other numbers or word for word."""
        if path := self.one("sources", ".txt"):
            text = path.read_text().removeprefix("---\n").rpartition("\n---\n")[2]
            if self.rng.random() < 0.6:
                text = text.replace(str(self.rng.randrange(2, 9)), str(self.rng.randrange(2, 9)))
            origin = self.rng.choice(("", "origin: Coast Wire\n", "publish: extract\n"))
            head = f"---\noutlet: {self.rng.choice(OUTLETS)}\n{origin}---\n"
            number = self.rng.randrange(1000)
            (self.root / f"sources/also-{number}.txt").write_text(f"{head}{text}")

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
        topics = ("[port]", "[money]", "[money, port]", "[people, port]", "[docks]", "[]")
        self.set_key("topics", self.rng.choice(topics))

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
        others = (f"old-{self.rng.randrange(3)}", f"another-{self.rng.randrange(6)}")
        self.set_key("aliases", f"[{', '.join(others[: self.rng.randrange(1, 3)])}]")

    def add_former_story(self) -> None:
        keys = ("ferry-stopped-2026", "other", "dredging-begins-2026", "elsewhere")
        self.set_key("former_stories", f"[{self.rng.choice(keys)}]")

    def correct(self) -> None:
        self.set_key("corrections", '[{date: 2026-11-25, was: "two", now: "three", why: "a slip"}]')

    def confirm(self) -> None:
        """Let readers be told of the corrections that the program drafted."""
        for path in sorted(self.root.glob("briefings/*.md")):
            path.write_text(path.read_text().replace("draft: true", "why: a slip"))

    def write_note(self) -> None:
        self.set_key("note", f'"See [there](/briefings/another-{self.rng.randrange(6)}/)."')

    def name_people(self) -> None:
        self.set_key("people", f"[{', '.join(self.rng.sample(PEOPLE, 2))}]")

    def name_bodies(self) -> None:
        self.set_key("organisations", f"[{', '.join(self.rng.sample(BODIES, 2))}]")

    def name_hostile(self) -> None:
        names = (
            '"A\\u001fB"',
            '"Ann\\u001eKim"',
            '"<b>"',
            '"\\u2028"',
            '"../../x"',
            '"\\U0010fffd"',
        )
        key = self.rng.choice(("people", "places", "organisations", "authors"))
        self.set_key(key, f"[{', '.join(self.rng.sample(names, 3))}]")

    def set_outlet(self) -> None:
        self.set_key("outlet", self.rng.choice((*OUTLETS, "CW", '"A\\u001fB"', '"Port Times "')))

    def set_origin(self) -> None:
        self.set_key("origin", self.rng.choice(OUTLETS))

    def set_language(self) -> None:
        self.set_key("language", self.rng.choice(("ko", "en", "ar")))

    def set_published(self) -> None:
        day = self.rng.randrange(1, 20)
        self.set_key("published", f"2026-{self.rng.randrange(9, 12):02}-{day:02}")

    def move_in_time(self) -> None:
        day = self.rng.randrange(1, 20)
        hour = self.rng.choice(("10:00:00Z", "23:30:00Z", "00:30:00+09:00"))
        self.set_key("added", f"2026-{self.rng.randrange(9, 12):02}-{day:02}T{hour}")

    def move_all(self) -> None:
        """Empty all months and days but one."""
        month = self.rng.randrange(7, 12)
        for path in sorted(self.root.glob("briefings/*.md")):
            text = path.read_text()
            path.write_text(
                re.sub(r"^added: 2026-\d\d", f"added: 2026-{month:02}", text, flags=re.M)
            )

    def turn_clock_back(self) -> None:
        self.now -= timedelta(hours=self.rng.choice((3, 100, 900)))

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
        was, now = self.rng.choice(SETTINGS)
        text = path.read_text()
        is_now = bool(now) and now in text
        path.write_text(text.replace(now, was) if is_now else text.replace(was, now))

    def break_site(self) -> None:
        """Have a build that makes nothing, and mend it."""
        path = self.root / "site.yaml"
        path.write_text(SITE if "nonsense" in path.read_text() else f"{SITE}nonsense: 1\n")

    def renew_site(self) -> None:
        (self.root / "site.yaml").write_text(SITE)

    def change_template(self) -> None:
        name = self.rng.choice(tuple(TEMPLATES))
        path = self.root / "templates" / name
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.unlink()
        else:
            path.write_text(TEMPLATES[name])

    def change_words(self) -> None:
        path = self.root / "templates/words/en.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"topics: Subjects {self.rng.randrange(3)}\n")

    def forget_published(self) -> None:
        path = self.root / "published.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        kept = [line for line in lines if self.rng.random() < 0.9]
        kept += [each for each in FORGED if self.rng.random() < 0.1]
        path.write_text("".join(f"{line}\n" for line in sorted(set(kept))))

    def lose_output(self) -> None:
        shutil.rmtree(self.root / "_site", ignore_errors=True)

    def lose_state(self) -> None:
        shutil.rmtree(self.root / FOLDER, ignore_errors=True)

    def nothing(self) -> None:
        pass


ACTS = (
    (History.add_source, 6),
    (History.report_also, 4),
    (History.add_former_story, 2),
    (History.confirm, 2),
    (History.name_bodies, 2),
    (History.name_hostile, 1),
    (History.set_outlet, 2),
    (History.set_origin, 1),
    (History.set_language, 1),
    (History.set_published, 1),
    (History.move_all, 1),
    (History.turn_clock_back, 1),
    (History.break_site, 1),
    (History.renew_site, 2),
    (History.change_words, 1),
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
    (History.change_site, 4),
    (History.change_template, 3),
    (History.forget_published, 1),
    (History.lose_output, 1),
    (History.lose_state, 1),
    (History.nothing, 1),
)
