"""A newsroom for a year: two editors with a clone each, their texts, settings and bad luck.

`Newsroom.day` lets one day pass: texts come, editors work, the two clones are merged by git, the
site is built. What must be true after each build is asked by `yearbook.py`. The same seed gives the
same year. A newsroom can be pickled between days.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from briefbook.build import Built, build
from briefbook.options import Options
from briefbook.remembering import FOLDER
from scripts.bench.writing import FIELDS
from tests.torture.yearacts import Editor
from tests.torture.yearnews import Agency, News
from tests.torture.yearshelf import Shelf, conflicts_solved, is_entry, with_item

PUBLISHED = "published.txt"
PROJECT = Path(__file__).parents[2]
FIRST = date(2026, 1, 5)  # a Monday
# What a build is killed after, in seconds of the process; it takes one to start.
_KILLED = (0.4, 4.0)
TEMPLATES = {
    "pages/about.html": "{% extends 'base.html' %}{% block main %}<h1>We</h1>{% endblock %}\n",
    "parts/feed_item.html": "{{ page.body }}\n",
    "words/en.yaml": "topics: Subjects\n",
    "assets/style.css": "body { color: black }\n",
}
_GIT = ("-c", "user.name=Mina", "-c", "user.email=mina@desk.example", "-c", "core.autocrlf=false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much happens."""

    texts: int  # a day
    acts: int  # of each editor a day
    pace: int  # 1: rare things as rarely as in a year; more: that many times as often


Watch = Callable[["Newsroom", Built], None]


class Newsroom:
    """The folder `office`, where the site is built, and `home`, the clone of the other editor."""

    def __init__(self, base: Path, seed: int, plan: Plan) -> None:
        self.base, self.seed, self.plan = base, seed, plan
        self.agency = Agency(seed)
        self.mina = Editor(base / "office", "mina")
        self.tom = Editor(base / "home", "tom")
        self.done = self.mina.done = self.tom.done = Counter()
        self.news: dict[str, News] = {}  # by path of the source
        self.lost = 0  # the day since which addresses may lead nowhere
        self.told = ""  # by the last build
        self.broken: set[str] = set()  # files in which a mistake was left knowingly
        self.number = 0  # of the next day
        self.heads: list[str] = []  # the commits of both clones after the last one
        self.names = 0
        self.settings: dict[str, Any] = {
            "title": "Harbour Brief",
            "id": "urn:uuid:0d4b1a3e-52a5-4c26-9d3c-6a3c8e6ff1d2",
            "base_url": "https://harbour.example/news",
            "timezone": "Asia/Seoul",
            "publish": "full",
            "search": False,
            "feed_length": 60,
            "parts": ["stories", "editions", "corrections", "atom", "json"],
            "topics": [
                {"slug": each.slug, "title": each.title, "words": list(each.words)}
                for each in FIELDS
            ],
        }
        self._found()

    @property
    def root(self) -> Path:
        return self.mina.root

    @property
    def today(self) -> date:
        return FIRST + timedelta(days=self.number)

    def day(self, watch: Watch) -> None:
        """Let a day pass; `watch` is called after each build of the office."""
        self.chance = Random(f"{self.seed} {self.number}")
        self.agency.begin(self.today)
        self.now = datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)
        self.begun = self.agency.of_day(self.today, self.plan.texts)
        if self.number % 3 == 2:
            self._two_clones(watch)
        else:
            self._work(self.mina, self.plan.texts)
        self._work_as_the_desk()
        self._build(watch)
        if self.number % 7 == 4:
            self.now += timedelta(hours=3)
            self._work(self.mina, 0)
            self._build(watch)
        _git(self.root, "add", "-A")
        _git(self.root, "commit", "-q", "--allow-empty", "-m", f"{self.today}")
        self.heads = [_git(root, "rev-parse", "HEAD", read=True).strip() for root in self._roots]
        self.number += 1

    def go_back(self) -> None:
        """Have both clones as they were after the last whole day; sites and states stay."""
        for root, head in zip(self._roots, self.heads, strict=True):
            _git(root, "reset", "-q", "--hard", head)
            _git(root, "clean", "-q", "-f", "-d")

    @property
    def _roots(self) -> tuple[Path, Path]:
        return self.mina.root, self.tom.root

    def begin_texts(self) -> None:
        """Have only the texts of today come in."""
        self.chance = Random(f"{self.seed} {self.number}")
        self.agency.begin(self.today)
        self.begun = self.agency.of_day(self.today, self.plan.texts)
        self._work(self.mina, self.plan.texts)

    # ------------------------------------------------------------------ two editors

    def _found(self) -> None:
        for folder in ("sources", "briefings", "templates"):
            (self.root / folder).mkdir(parents=True)
            (self.root / folder / ".keep").write_text("")
        (self.root / ".gitignore").write_text(f"_site/\n{FOLDER}/\n.saved\n")
        (self.root / ".gitattributes").write_text("* -text\npublished.txt merge=union\n")
        self._set()
        _git(self.root, "init", "-q", "-b", "main")
        _git(self.root, "add", "-A")
        _git(self.root, "commit", "-q", "-m", "the site")
        _git(self.base, "clone", "-q", str(self.root), str(self.tom.root))

    def _work(self, editor: Editor, texts: int) -> None:
        """Let texts come to an editor, and an editor to the entries."""
        for news in self.begun[:texts]:
            self._save(editor.root, news)
        self.begun = self.begun[texts:]
        editor.begin(self.now, self.chance)
        editor.act(self.plan.acts)

    def _save(self, root: Path, news: News, more: str = "") -> None:
        file = root / news.path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = news.text
        # A text that may stand elsewhere already is not kept back: it could be one that has moved.
        is_own = news.report.agency is None
        if self.chance.random() < 0.06 and is_own and not text.startswith("---"):
            later = self.now + timedelta(days=self.chance.choice((2, 3, 9)))
            text = f"---\npublish_after: {later:%Y-%m-%dT%H:%M:%SZ}\n---\n{text}"
        file.write_text(text, "utf-8")
        self.news[news.path] = news
        self.done["texts"] += 1

    def _two_clones(self, watch: Watch) -> None:
        """Let both work at once, apart, and merge what they did."""
        home, office = self.tom, self.mina
        home.facts = {}
        _git(home.root, "pull", "-q", "--ff-only")
        share = self.plan.texts // 2
        builds = self.number % 6 == 2
        self._work(home, share)
        if builds:
            build(home.root, Options(now=self.now - timedelta(minutes=7)))
            home.begin(self.now, self.chance)
            home.act(self.plan.acts)
            self.done["builds in the other clone"] += 1
        self._work(office, self.plan.texts)
        self._both_edit()
        for editor in (home, office):
            _git(editor.root, "add", "-A")
            _git(editor.root, "commit", "-q", "--allow-empty", "-m", f"{editor.name} {self.today}")
        _git(office.root, "fetch", "-q", str(home.root), "main")
        merged = _git(office.root, "merge", "-q", "-m", "both", "FETCH_HEAD", fails=True)
        self.done["merges"] += 1
        self.done["merges by git alone"] += not merged
        named = _git(office.root, "diff", "--name-only", "--diff-filter=U", "-z", read=True)
        unmerged = sorted(filter(None, named.split("\0")))
        self._join_facts(unmerged)
        if unmerged:
            self._solve(unmerged, watch)

    def _both_edit(self) -> None:
        """Let both write into one entry; sometimes into the same line."""
        one = self.mina.pick(lambda one: (self.tom.root / one.path).exists())
        if one and (self.root / one.path).exists():
            from tests.lasting.edits import put

            for editor in (self.mina, self.tom):
                key = self.chance.choice(("title", "note", "summary"))
                line = f'{key}: "Both wrote this, {editor.word()}"\n'
                editor.set(one, lambda text: put(text, key, line), "edited by both", key)  # noqa: B023

    def _solve(self, paths: list[str], watch: Watch) -> None:
        """Take one version or the other wherever git could not say."""
        if self.chance.random() < 0.3:  # somebody builds with the marks in
            self.broken |= set(paths)
            self.now += timedelta(minutes=1)
            self._build(watch)
            self.broken -= set(paths)
            self.done["builds with marks of git"] += 1
        for path in paths:
            self._solve_one(self.root / path)
            self.done["conflicts solved by hand"] += 1
        _git(self.root, "add", "-A")
        _git(self.root, "commit", "-q", "-m", "both, by hand")
        self._lose_addresses()  # of a slug that was given up

    def _solve_one(self, file: Path) -> None:
        if not file.exists():
            return
        text = file.read_text("utf-8")
        side = self.chance.random() < 0.5
        is_mixed = self.chance.random() < 0.5
        sides: Iterator[bool] = iter(
            lambda: self.chance.random() < 0.5 if is_mixed else side,
            None,
        )
        solved = conflicts_solved(text, sides)
        if file.suffix == ".md" and file.parent.name == "briefings" and not is_entry(solved):
            solved = conflicts_solved(text, iter(lambda: True, None))
        file.write_text(solved, "utf-8")

    def _join_facts(self, unmerged: list[str]) -> None:
        """What both set by hand stands there, but for the conflicts, in which they choose."""
        there = {one.id: one.path for one in Shelf(self.root).all()}
        for name, known in self.tom.facts.items():
            self.mina.facts.setdefault(name, {}).update(known)
        for name in [each for each in self.mina.facts if there.get(each) in unmerged]:
            del self.mina.facts[name]

    # ------------------------------------------------------------------ the desk

    def _work_as_the_desk(self) -> None:
        """Do what concerns more than one entry, each in its turn."""
        for every, shift, work in RARE:
            every = max(1, every // self.plan.pace)
            if self.number % every == shift % every:
                work(self)

    def _set(self) -> None:
        text = yaml.safe_dump(self.settings, sort_keys=False, allow_unicode=True)
        (self.root / "site.yaml").write_text(text, "utf-8")

    def _sources(self) -> list[str]:
        there = (path for path in self.news if (self.root / path).exists())
        return sorted(there)[-200:]

    def replace_source(self) -> None:
        """Have an outlet change its text, and add it with --replace."""
        from tests.conftest import run

        if paths := self._sources():
            path = self.chance.choice(paths)
            news = self.agency.changed(self.news[path])
            file = self.base / "changed.txt"
            file.write_text(news.text, "utf-8")
            outlet = news.report.outlet
            told = run("add", str(file), "--replace", "--root", str(self.root), "--outlet", outlet)
            self.done["texts replaced"] += told.code == 0

    def change_source(self) -> None:
        if paths := self._sources():
            file = self.root / self.chance.choice(paths)
            file.write_text(f"{file.read_text('utf-8')}\nIt rained for {self.number} days.\n")
            self.done["texts changed"] += 1

    def rename_source(self) -> None:
        if paths := self._sources():
            path = self.chance.choice(paths)
            to = f"sources/moved/{self.number}-{Path(path).name}"
            (self.root / to).parent.mkdir(exist_ok=True)
            (self.root / path).rename(self.root / to)
            self.news[to] = self.news.pop(path)
            self.done["source files renamed"] += 1

    def delete_source(self) -> None:
        if paths := self._sources():
            (self.root / self.chance.choice(paths)).unlink()
            self.done["sources deleted"] += 1

    def delete_entry(self) -> None:
        """Delete an entry: its text, if there, makes it anew, but not what led to it."""
        self.mina.begin(self.now, self.chance)
        one = self.mina.pick(lambda one: one.status == "published" and not one.is_waiting)
        if one is None or one.source is None:
            return
        former = re.search("(?m)^(aliases|former_stories):", self.mina.shelf.text(one.path))
        (self.root / one.path).unlink()
        self.mina.facts.pop(one.id, None)
        if self.chance.random() < 0.6:
            (self.root / one.source).unlink(missing_ok=True)
        if former or not (self.root / one.source).exists():
            self._lose_addresses()
        self.done["briefings deleted"] += 1

    def lead_on(self) -> None:
        """Let another entry answer for what is gone, as the last build said."""
        if PUBLISHED not in self.broken or self.lost == self.number:
            return
        gone = re.findall(r"/(briefings|stories)/([a-z0-9-]+)/ was published", self.told)
        self.mina.begin(self.now, self.chance)
        heir = self.mina.pick(lambda one: one.status == "published" and not one.is_waiting)
        assert heir
        text = self.mina.shelf.text(heir.path)
        for kind, slug in gone:
            text = with_item(text, "aliases" if kind == "briefings" else "former_stories", slug)
        self.done["lost addresses that lead on"] += self.mina.shelf.write(heir.path, text)
        self.broken.discard(PUBLISHED)

    def _lose_addresses(self) -> None:
        """Know that addresses may lead nowhere until an editor has read what the build says."""
        self.broken.add(PUBLISHED)
        self.lost = self.number

    # ------------------------------------------------------------------ settings

    def new_topic(self) -> None:
        self.names += 1
        words = self.chance.sample(("contract", "harbour", "inquiry", "residents", "budget"), 2)
        topic = {"slug": f"topic-{self.names}", "title": f"Topic {self.names}", "words": words}
        self.settings["topics"].append(topic)
        self._set()
        self.done["topics added"] += 1

    def rename_topic(self) -> None:
        topic = self.chance.choice(self.settings["topics"])
        self.names += 1
        topic["aliases"] = [*topic.get("aliases", ()), topic["slug"]]
        topic["slug"] = f"named-{self.names}"
        self._set()
        self.done["topics renamed"] += 1

    def remove_topic(self) -> None:
        """Take a topic out; another one has its entries now."""
        there = self.settings["topics"]
        gone = next((one for one in there if one["slug"].startswith("topic-")), None)
        if gone is None:
            return
        self.settings["topics"].remove(gone)
        heir = self.settings["topics"][0]
        heir["aliases"] = [*heir.get("aliases", ()), gone["slug"], *gone.get("aliases", ())]
        self._set()
        self.done["topics removed"] += 1

    def other_words(self) -> None:
        topic = self.chance.choice(self.settings["topics"])
        topic["words"] = [*topic["words"][:6], f"word{self.number}"]
        topic["description"] = f"As of day {self.number}."
        self._set()
        self.done["words of topics changed"] += 1

    def other_settings(self) -> None:
        key, values = self.chance.choice(
            (
                ("feed_length", (60, 80, 70)),
                ("publish", ("full", "extract")),
                ("description", ("News of harbours.", "Slow news.")),
                ("about", ("We are two.", "We are still two.")),
                ("outlets", ([{"name": "Coast Wire", "aliases": ["CW"]}], [])),
                ("timezone", ("Asia/Seoul", "Europe/Oslo")),
            )
        )
        self.settings[key] = self.chance.choice(values)
        self._set()
        self.done["settings changed"] += 1

    def move_house(self) -> None:
        self.settings["base_url"] = f"https://brief-{self.number}.example"
        self._set()
        self.done["moves to another host"] += 1

    def change_template(self) -> None:
        name = self.chance.choice(sorted(TEMPLATES))
        file = self.root / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            file.unlink()
        else:
            file.write_text(TEMPLATES[name])
        self.done["templates changed"] += 1

    # ------------------------------------------------------------------ bad luck

    def damage_state(self) -> None:
        for file in sorted((self.root / FOLDER).glob("*.sqlite")):
            content = bytearray(file.read_bytes())
            start = self.chance.randrange(len(content) // 2)
            content[start : start + 5000] = self.chance.randbytes(5000)
            file.write_bytes(content)
            self.done["build states damaged"] += 1

    def lose_state(self) -> None:
        shutil.rmtree(self.root / FOLDER, ignore_errors=True)
        self.done["build states lost"] += 1

    def lose_pages(self) -> None:
        pages = sorted((self.root / "_site/briefings").glob("*/index.html"))
        for page in self.chance.sample(pages, min(5, len(pages))):
            page.unlink()
        self.done["published pages lost"] += len(pages) > 0

    def kill_build(self) -> None:
        words = [sys.executable, str(PROJECT / "build_site.py"), "build", "--root", str(self.root)]
        words += ["--now", f"{self.now:%Y-%m-%dT%H:%M:%SZ}"]
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.chance.uniform(*_KILLED))
        child.kill()
        child.wait()
        self.done["builds killed"] += 1

    def mend(self) -> None:
        """Let `check --fix` do what needs nobody's judgement."""
        from tests.conftest import run

        now = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        run("check", "--fix", "--root", str(self.root), "--now", now)
        self.done["runs of check --fix"] += 1

    def reparse(self) -> None:
        from tests.conftest import run

        run("reparse", "--write", "--root", str(self.root))
        self.done["runs of reparse"] += 1

    def refile(self) -> None:
        from tests.conftest import run

        run("refile", "--write", "--root", str(self.root))
        self.done["runs of refile"] += 1

    # ------------------------------------------------------------------ building

    def _build(self, watch: Watch) -> None:
        built = build(self.root, Options(now=self.now))
        self.told = "\n".join(map(str, built.problems))
        watch(self, built)
        self.done["builds"] += 1

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in vars(self).items() if key not in ("begun", "chance")}


def _git(folder: Path, *words: str, fails: bool = False, read: bool = False) -> Any:
    """Run git; return whether it failed, or what it said."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", *_GIT, *words], cwd=folder, capture_output=True, env=clean, check=False
    )
    if read:
        return done.stdout.decode()
    assert fails or done.returncode == 0, (words, done.stderr.decode(), done.stdout.decode())
    return done.returncode != 0


# Every so many days, and on which of them.
RARE: tuple[tuple[int, int, Callable[[Newsroom], None]], ...] = (
    (1, 0, Newsroom.lead_on),
    (5, 2, Newsroom.change_source),
    (8, 1, Newsroom.replace_source),
    (6, 3, Newsroom.rename_source),
    (20, 9, Newsroom.delete_source),
    (13, 6, Newsroom.delete_entry),
    (24, 5, Newsroom.new_topic),
    (31, 8, Newsroom.rename_topic),
    (48, 33, Newsroom.remove_topic),
    (15, 12, Newsroom.other_words),
    (18, 10, Newsroom.other_settings),
    (200, 120, Newsroom.move_house),
    (21, 14, Newsroom.change_template),
    (40, 19, Newsroom.damage_state),
    (90, 45, Newsroom.lose_state),
    (30, 16, Newsroom.lose_pages),
    (24, 11, Newsroom.kill_build),
    (30, 20, Newsroom.mend),
    (120, 100, Newsroom.reparse),
    (180, 110, Newsroom.refile),
)
