"""Signs: what a form of a name, its surroundings and its text say for each kind of name.

A sign is a short string; its weights stand in a table. What a form shows by itself does not hang on
the text, so it is looked at once.
"""

import re

from briefbook.parsing.naming.heads import (
    DAYS,
    MONTHS,
    ORGANISATION_TAILS,
    OTHER_TAILS,
    PARTICLES,
    PERSON_TAILS,
    PLACE_FIRSTS,
    PLACE_TAILS,
    TITLES,
)
from briefbook.parsing.naming.knowledge import WHOLE, bits, fold_name, lists, mask
from briefbook.parsing.naming.runs import ROW, Form, Mention

_WHOLE = mask(*WHOLE)
_WORD = mask("given", "family", "more", "ordinary", "at times", "people")
_FIRST_NAME, _SURNAME = mask("given", "more"), mask("family", "more")
_ORDINARY, _AT_TIMES = mask("ordinary"), mask("at times")
_PEOPLE, _OTHER = mask("people"), mask("other")
_PLACES = mask("country", "region", "large city", "city")
_INITIAL = re.compile(r"(?:[A-Z]\.)+(?:-[A-Z]\.)?|[A-Z]")
_DIGIT = re.compile(r"\d")
_ACRONYM = 6  # letters; longer ones are of one kind
_LONGEST_INITIAL = 6
_MC = frozenset(["Mc", "O'", "O’", "Ma", "Fi", "De", "Le", "Di", "Va"])


def own_signs(text: str) -> list[str]:
    """Return what a form shows by itself."""
    whole = fold_name(text)
    words = whole.split()
    size = len(words)
    one = "1" if size == 1 else "2"
    listed = _lists_of(whole)
    signs = [f"words {min(size, 4)}"]
    if not listed:
        signs.append(f"in no list {min(size, 4)}")
    else:
        signs += [f"is {which} {one}" for which in listed]
        if len(listed) > 1:
            signs.append("is " + " and ".join(listed))
    if not text.isalpha():
        if _DIGIT.search(text):
            signs.append("digit")
        if "&" in text:
            signs.append("&")
        if "'" in whole:
            signs.append("apostrophe")
        if "-" in text:
            signs.append(f"hyphen {one}")
    if size == 1:
        _one_word(signs, text, whole, listed)
    else:
        _more_words(signs, text, words)
    return signs


def _lists_of(name: str) -> tuple[str, ...]:
    """Return the lists a name is in as a whole; the last stop may be the sentence's."""
    known = bits()
    found = known.get(name, 0)
    if name[-1:] == ".":
        found |= known.get(name[:-1], 0)
    elif name[-1:] == "s":
        found |= known.get(name[:-1], 0) & _PEOPLE
    return lists(found & _WHOLE)


def _shape(word: str) -> str:
    if word[1:].islower() or len(word) == 1:
        return "plain"
    if word.isupper():
        return "dotted" if "." in word else f"capitals {min(len(word), _ACRONYM)}"
    return "Mc" if word[:2] in _MC else "mixed"


def _one_word(signs: list[str], text: str, word: str, listed: tuple[str, ...]) -> None:
    of_word = bits().get(word, 0) & _WORD
    shape = _shape(text)
    signs.append(f"shape {shape}")
    signs.append("word " + (" ".join(lists(of_word & ~_PEOPLE)) or "unknown"))
    if not listed:
        signs.append(f"only {' '.join(lists(of_word)) or 'unknown'}, {shape[:8]}")
    signs += _ALONE.get(word, ())
    if shape == "plain":
        signs += (f"ends {word[-3:]}", f"ends {word[-2:]}", f"is word {word}")
    else:
        signs.append(f"is word {text}")


_TAILS = (("organisation", ORGANISATION_TAILS), ("place", PLACE_TAILS), ("other", OTHER_TAILS))


def _signs_of_words() -> tuple[dict[str, list[str]], ...]:
    """Return what a word says where it stands alone, is the last of a name, or stands before it."""
    alone: dict[str, list[str]] = {}
    tail: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    for name, heads in _TAILS:
        for word in heads:
            alone.setdefault(word, []).append(f"alone {name}")
            tail.setdefault(word, []).append(f"tail {name}")
            inside.setdefault(word, []).append(f"inside {name}")
    for word in TITLES:
        alone.setdefault(word, []).append("title")
    for word in DAYS | MONTHS:
        alone.setdefault(word, []).append("date")
    return alone, tail, inside


_ALONE, _TAIL, _INSIDE = _signs_of_words()


def _more_words(signs: list[str], text: str, words: list[str]) -> None:
    first, last = words[0], words[-1]
    parts = text.split()
    known = bits()
    of_words = [known.get(word, 0) for word in words]
    firsts, lasts = of_words[0], of_words[-1]
    has_initial = _add_shapes(signs, parts)
    signs += (f"first {first}", f"last {last}")
    signs.append(f"opens {'initial' if has_initial else _names_of(firsts)}")
    signs.append(f"closes {_names_of(lasts)}")
    joined = ""
    if len(words) > 2:
        joined = _add_inner(signs, parts, words)
    if first in PLACE_FIRSTS:
        signs.append("opens as place")
    if last in PERSON_TAILS:
        signs.append("closes as person")
    if first in TITLES:
        signs.append("opens with title")
    if len(words) <= 3 and not joined:
        given = "given" if firsts & _FIRST_NAME else "initial" if has_initial else "-"
        family = "family" if lasts & _SURNAME else "-"
        signs.append(f"person {given} {family} {'ordinary' if lasts & _ORDINARY else ''}")
    tail = _TAIL.get(last)
    if tail:
        signs += tail
    else:
        signs += ("no tail", f"ends {last[-3:]}")
    inside = {sign for word in words[:-1] for sign in _INSIDE.get(word, ())}
    signs += sorted(inside)
    if firsts & _PLACES or (len(words) > 2 and known.get(f"{first} {words[1]}", 0) & _PLACES):
        signs.append("opens with place")
    if lasts & _PLACES:
        signs.append("closes with place")
    ordinary = [
        of & _ORDINARY for word, of in zip(words, of_words, strict=True) if word not in PARTICLES
    ]
    how = "all" if all(ordinary) else "some" if any(ordinary) else "none"
    signs.append(f"ordinary {how}")
    if any(_holds_other(words, at) for at in range(1, len(words))):
        signs.append("holds other")


def _names_of(of_word: int) -> str:
    return " ".join(lists(of_word & _WORD)) or "unknown"


def _add_shapes(signs: list[str], parts: list[str]) -> bool:
    """Add what the letters of the words look like; tell whether the first is an initial."""
    shapes = [_shape(part) for part in parts]
    if all(shape[:8] == "capitals" for shape in shapes):
        signs.append("all capitals")
    elif "mixed" in shapes:
        signs.append("mixed")
    elif any(shape[:8] == "capitals" for shape in shapes):
        signs.append("with acronym")
    first = parts[0]
    return len(first) <= _LONGEST_INITIAL and _INITIAL.fullmatch(first) is not None


def _add_inner(signs: list[str], parts: list[str], words: list[str]) -> str:
    """Add what stands between the first and the last word; return the link there, if any."""
    inner = words[1:-1]
    joined = next((link for link in ("of", "for", "and", "&", "the") if link in inner), "")
    if joined:
        signs.append(f"link {joined}")
        head = words[words.index(joined) - 1]
        signs += [f"{joined} behind {name}" for name, heads in _TAILS if head in heads]
    if not PARTICLES.isdisjoint(inner):
        signs.append("particle")
    if any(len(part) <= _LONGEST_INITIAL and _INITIAL.fullmatch(part) for part in parts[1:-1]):
        signs.append("initial inside")
    return joined


def _holds_other(words: list[str], at: int) -> bool:
    """Tell whether one side of a name is the name of something else: "World Cup Final"."""
    known = bits()
    return bool((known.get(" ".join(words[:at]), 0) | known.get(" ".join(words[at:]), 0)) & _OTHER)


def mention_signs(mention: Mention) -> tuple[str, ...]:
    """Return what stands around a mention, as signs."""
    second, before, after, later, starts = mention
    signs = [f"< {before}", f"> {after}"]
    signs.append(f"<< {second} {before}")
    signs.append(f">> {after} {later}")
    if starts:
        signs.append("starts")
    return tuple(signs)


def text_signs(form: Form, key: str, small: frozenset[str]) -> list[str]:
    """Return what the text as a whole says of a form.

    Args:
        form: The form.
        key: Its key.
        small: The words that stand in small letters in the text.
    """
    signs = []
    count = len(form.mentions)
    signs.append(f"mentions {min(count, 4)}")
    if all(mention[-1] for mention in form.mentions):
        signs.append("always starts")
        if " " not in key:
            of_key = bits().get(key, 0)
            is_ordinary = of_key & _ORDINARY
            how = "ordinary" if is_ordinary else "at times" if of_key & _AT_TIMES else "rare"
            signs.append(f"always starts, {how}")
            if not is_ordinary and not _lists_of(key):
                signs.append(f"always starts, in no list, {count > 1}")
    if key[-1] == ROW:
        signs.append("place in a row")
    if " " not in key and key in small:
        signs.append("in small letters too")
    return signs
