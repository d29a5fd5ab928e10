"""Alterations: texts, entries and records with one thing changed that must not pass unseen.

Each takes a source of chance and returns what it made and how, or None where there is nothing to
alter. White space alone is no alteration: how much of it stands somewhere does not count.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from briefbook.model import Article, Block, Fate, Line
from briefbook.parsing.writing import write_body
from briefbook.text.words import collapsed

# Letters that look like those of another alphabet.
TWINS = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "i": "і", "A": "А", "B": "В", "T": "Т"}
QUOTES = {"“": '"', "”": '"', '"': "“", "’": "'", "'": "’", "«": "“", "»": "”"}

Text = Callable[[str, random.Random], str]


def _at(text: str, where: Callable[[str], bool], rng: random.Random) -> int:
    places = [n for n, character in enumerate(text) if where(character)]
    return rng.choice(places) if places else -1


def _put(text: str, at: int, now: str) -> str:
    return text if at < 0 else text[:at] + now + text[at + 1 :]


def a_letter(text: str, rng: random.Random) -> str:
    return _put(text, _at(text, str.isalpha, rng), rng.choice("bdfgkmnqvwxzß한"))


def a_digit(text: str, rng: random.Random) -> str:
    at = _at(text, str.isdecimal, rng)
    return text if at < 0 else _put(text, at, str((int(text[at]) + rng.randint(1, 9)) % 10))


def a_case(text: str, rng: random.Random) -> str:
    at = _at(text, lambda c: c != c.swapcase(), rng)
    return text if at < 0 else _put(text, at, text[at].swapcase())


def a_twin(text: str, rng: random.Random) -> str:
    at = _at(text, TWINS.__contains__, rng)
    return text if at < 0 else _put(text, at, TWINS[text[at]])


def an_accent(text: str, rng: random.Random) -> str:
    apart = unicodedata.normalize("NFD", text)
    at = _at(text, str.isalpha, rng)
    return apart if apart != text else _put(text, at, text[at] + "\u0301")


def an_invisible(text: str, rng: random.Random) -> str:
    at = _at(text, str.isalnum, rng)
    return _put(text, at, text[at] + rng.choice("\u200b\u200d\u2060\ufeff\u00ad\u202e"))


def a_quote(text: str, rng: random.Random) -> str:
    at = _at(text, QUOTES.__contains__, rng)
    return text if at < 0 else _put(text, at, QUOTES[text[at]])


def a_stop(text: str, rng: random.Random) -> str:
    return _put(text, _at(text, ".,;:!?".__contains__, rng), rng.choice(["", "!", ".."]))


def _words(text: str, change: Callable[[list[str]], None]) -> str:
    words = text.split(" ")
    change(words)
    return " ".join(words)


def a_word_less(text: str, rng: random.Random) -> str:
    return _words(text, lambda words: words.__delitem__(rng.randrange(len(words))))


def the_first_word_less(text: str, rng: random.Random) -> str:
    return text.partition(" ")[2]


def the_last_word_less(text: str, rng: random.Random) -> str:
    return text.rpartition(" ")[0]


def a_word_more(text: str, rng: random.Random) -> str:
    more = rng.choice(["not", "never", "allegedly", "0", "—"])
    return _words(text, lambda words: words.insert(rng.randrange(len(words) + 1), more))


def a_word_twice(text: str, rng: random.Random) -> str:
    def twice(words: list[str]) -> None:
        at = rng.randrange(len(words))
        words.insert(at, words[at])

    return _words(text, twice)


def two_words(text: str, rng: random.Random) -> str:
    def swap(words: list[str]) -> None:
        at = rng.randrange(max(1, len(words) - 1))
        words[at : at + 2] = reversed(words[at : at + 2])

    return _words(text, swap)


def a_gap(text: str, rng: random.Random) -> str:
    return _put(text, _at(text, " ".__eq__, rng), "")


TEXTS: tuple[Text, ...] = (
    *(a_letter, a_digit, a_case, a_twin, an_accent, an_invisible, a_quote, a_stop, a_word_less),
    *(the_first_word_less, the_last_word_less, a_word_more, a_word_twice, two_words, a_gap),
)


def altered(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Return how a text was altered, and the altered text; None where that changes nothing."""
    how = rng.choice(TEXTS)
    now = how(text, rng) if text else text
    is_same = not now.strip() or collapsed(now) == collapsed(text)
    return None if is_same else (how.__name__, now)


def damaged(text: str, rng: random.Random) -> str:
    """Return a text as a careless copy may have it, so that there is something to mend."""
    for _ in range(4):
        stops = [found.start() for found in re.finditer(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z]{2})", text)]
        if stops:
            text = _put(text, rng.choice(stops), rng.choice(["", "", " \x07"]))
    return text


# ------------------------------------------------------------------------------------ the record

Change = tuple[str, Article] | None


def _lines(article: Article, lines: Sequence[Line]) -> Article:
    return replace(article, lines=tuple(lines))


def line_records(article: Article, rng: random.Random) -> Change:
    """Alter what is told of the lines: leave one out, tell it twice, elsewhere, or otherwise."""
    lines = list(article.lines)
    at = rng.randrange(len(lines))
    other = rng.randrange(len(lines))
    how = rng.choice(["less", "twice", "swapped", "text", "number", "fate"])
    match how:
        case "less":
            del lines[at]
        case "twice":
            lines.insert(other, lines[at])
        case "swapped":
            lines[at], lines[other] = lines[other], lines[at]
        case "text":
            made = altered(lines[at].text, rng)
            lines[at] = replace(lines[at], text=made[1] if made else lines[at].text)
        case "number":
            lines[at] = replace(lines[at], number=lines[at].number + rng.choice([-1, 1, 40]))
        case _:
            fates = [fate for fate in Fate if fate is not lines[at].fate]
            lines[at] = replace(lines[at], fate=rng.choice(fates))
    return None if tuple(lines) == article.lines else (f"line: {how}", _lines(article, lines))


def repair_records(article: Article, rng: random.Random) -> Change:
    """Alter what is told of a repair of a kept line: what was, what is, where, or leave it out."""
    kept = {line.number for line in article.lines if line.fate is Fate.BODY}
    repairs = list(article.repairs)
    places = [n for n, repair in enumerate(repairs) if repair.line in kept]
    if not places:
        return None
    at = rng.choice(places)
    one = repairs[at]
    how = rng.choice(["was", "now", "start", "line", "less", "twice"])
    match how:
        case "was":
            one = replace(one, was=rng.choice([one.was + "x", "x", one.was[:-1], one.was + " "]))
        case "now":
            one = replace(one, now=rng.choice([one.now + "x", " not ", one.now[:-1], "."]))
        case "start":
            one = replace(one, start=one.start + rng.choice([-3, -1, 1, 2, 500]))
        case "line":
            one = replace(one, line=one.line + rng.choice([-2, -1, 1, 2, 500]))
        case "twice":
            repairs.insert(at, one)
        case _:
            pass
    repairs[at : at + 1] = [] if how == "less" else [one]
    made = replace(article, repairs=tuple(repairs))
    before = article.repairs[at]
    is_white = bool(before.was) and before.was.split() == one.was.split() and how == "was"
    return None if made == article or is_white else (f"repair: {how}", made)


def body_text(article: Article, rng: random.Random) -> Change:
    """Alter the blocks that the body is written of: a text, or their number and order."""
    blocks = list(article.blocks)
    if len(blocks) < 2:
        return None
    at = rng.randrange(len(blocks) - 1)
    how = rng.choice(["less", "twice", "swapped", "joined", "text", "text", "text", "text"])
    match how:
        case "less":
            del blocks[at]
        case "twice":
            blocks.insert(rng.randrange(len(blocks)), blocks[at])
        case "swapped":
            blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
        case "joined":
            both = blocks[at].text + blocks[at + 1].text
            blocks[at : at + 2] = [_with_text(blocks[at], both)]
        case _:
            made = altered(blocks[at].text, rng)
            if made is None:
                return None
            how, blocks[at] = made[0], _with_text(blocks[at], made[1])
    now = replace(article, blocks=tuple(blocks), body=write_body(blocks))
    is_same = collapsed(now.body) == collapsed(article.body)
    is_same |= [b.text for b in blocks] == [b.text for b in article.blocks]
    return None if is_same else (f"body: {how}", now)


def _with_text(block: Block, text: str) -> Block:
    return replace(
        block, text=text, cells=(), marker="" if block.kind == "callout" else block.marker
    )


def digest_text(article: Article, rng: random.Random) -> Change:
    """Alter a sentence of the bottom line or of the key points."""
    field = rng.choice(["summary", "key_points"])
    said: list[str] = list(getattr(article, field))
    if not said:
        return None
    at = rng.randrange(len(said))
    made = altered(said[at], rng)
    if made is None or collapsed(made[1]) in {collapsed(block.text) for block in article.blocks}:
        return None
    said[at] = made[1]
    now = replace(article, **{field: tuple(said)})  # type: ignore[arg-type]  # both hold texts
    return f"{field}: {made[0]}", now


def title_text(article: Article, rng: random.Random) -> Change:
    """Alter the headline."""
    title = article.facts.title
    made = altered(title.value, rng) if title else None
    if title is None or made is None:
        return None
    facts = replace(article.facts, title=replace(title, value=made[1]))
    return f"title: {made[0]}", replace(article, facts=facts)


RECORDS = (line_records, repair_records, body_text, digest_text, title_text)
