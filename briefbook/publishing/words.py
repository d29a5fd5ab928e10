"""The words of the interface: sentences of words files, filled for a page.

In: words files, best first. Out: `Words`, which fills a sentence with names, numbers and elements,
in the form its number asks for. Refuses files that are no YAML, and single sentences that nobody
could fill: for these the next file stands in.

A sentence is a whole one, because languages order their words differently: `{name}` is put in, and
`[words](name)` stand in an element that the page gives.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import yaml
from markupsafe import Markup, escape

from briefbook.conflicts import refuse_marks
from briefbook.problems import Place, Problem, ProblemError, error, warning
from briefbook.publishing.characters import printable
from briefbook.publishing.lasting import known

if TYPE_CHECKING:
    # Both are loaded where a site is made, and not where it is asked which languages there are.
    from babel import Locale
    from jinja2 import TemplateRuntimeError

ENGLISH = "en"
# PyYAML without libyaml has no C loader; the slow one gives the same nodes.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OTHER = "other"
_PART = re.compile(r"\[(?P<inner>[^\[\]]*)\]\((?P<element>\w+)\)|\{(?P<name>\w+)\}")


@dataclass(frozen=True, slots=True)
class Element:
    """An element that words are set in; its attributes are escaped."""

    name: str
    attributes: tuple[tuple[str, str], ...]

    def around(self, content: Markup) -> Markup:
        """Return the element with its content."""
        name = escape(self.name)
        given = "".join(f' {escape(key)}="{escape(value)}"' for key, value in self.attributes)
        return Markup(f"<{name}{given}>{escape(content)}</{name}>")


def element(name: str, **attributes: object) -> Element:
    """Return an element for words to stand in; an attribute that is None is left out."""
    given = ((key, printable(str(value))) for key, value in attributes.items() if value is not None)
    return Element(name, tuple(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One key of a words file."""

    language: str  # decides which form a number takes
    place: Place
    forms: Mapping[str, str]  # plural category -> sentence; "other" is always there

    @property
    def names(self) -> frozenset[str]:
        """The names that its sentences put in."""
        return frozenset(name for text in self.forms.values() for name in names_in(text))


def names_in(text: str) -> Iterator[str]:
    """Yield the names that a sentence puts in, and those of its elements."""
    for part in _PART.finditer(text):
        if part["element"]:
            yield part["element"]
            yield from names_in(part["inner"])
        else:
            yield part["name"]


def locale_of(language: str) -> "Locale":
    """Return the locale of a language tag; of one nobody knows, English."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale(ENGLISH)


def _fault(said: str) -> "TemplateRuntimeError":
    from jinja2 import TemplateRuntimeError

    return TemplateRuntimeError(said)


def languages(tag: str) -> tuple[str, ...]:
    """Return the tags whose words files serve a language, nearest first: pt-BR, then pt."""
    parts = tag.split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


class Words:
    """The words of one language."""

    def __init__(self, language: str, wordings: Mapping[str, Wording]) -> None:
        """Take the wordings by key, of this language and, where it has none, of English."""
        self.wordings = wordings
        # Few numbers stand on many pages, and formatting takes longer than all around it.
        self.number: Callable[[int], str] = cache(partial(_written, language))
        forms = sorted(
            (key, wording.language, *sorted(wording.forms.items()))
            for key, wording in wordings.items()
        )
        # Tells these words from all others; code of templates holds words.
        self.fingerprint = hashlib.sha256(repr(forms).encode("utf-8", "replace")).hexdigest()
        self._counted: dict[tuple[str, tuple[tuple[str, object], ...]], Markup] = {}

    def html(self, key: str, **values: object) -> Markup:
        """Return a sentence for a page; what is put in is escaped, unless it is markup already.

        Raises:
            TemplateRuntimeError: Nobody knows the key, or a name of the sentence is not given.
        """
        if any(type(value) is not int for value in values.values()):
            return self._filled(key, self._form(key, values), values)
        # Words without names, and few numbers, stand on all pages.
        known = key, tuple(values.items())
        if known not in self._counted:
            self._counted[known] = self._filled(key, self._form(key, values), values)
        return self._counted[known]

    def plain(self, key: str, **values: str | int) -> str:
        """Return a sentence as plain text, which must be escaped where it is shown.

        Raises:
            TemplateRuntimeError: As above.
        """
        text = self._form(key, values)
        return _PART.sub(lambda part: self._shown(key, part, values), text)

    def forms(self, key: str, **values: object) -> dict[str, Markup]:
        """Return all forms of a sentence by plural category, for a script that counts."""
        wording = self._wording(key)
        return {form: self._filled(key, text, values) for form, text in wording.forms.items()}

    def _wording(self, key: str) -> Wording:
        if key not in self.wordings:
            raise _fault(f"no words are known as '{key}'")
        return self.wordings[key]

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        wording = self._wording(key)
        count = values.get("count")
        form = _plural_form(wording.language, count) if isinstance(count, int) else _OTHER
        return wording.forms.get(form, wording.forms[_OTHER])

    def _filled(self, key: str, text: str, values: Mapping[str, object]) -> Markup:
        done: list[Markup] = []
        end = 0
        for part in _PART.finditer(text):
            done += escape(printable(text[end : part.start()])), self._value(key, part, values)
            end = part.end()
        return Markup("".join((*done, escape(printable(text[end:])))))

    def _value(self, key: str, part: re.Match[str], values: Mapping[str, object]) -> Markup:
        given = _given(key, part, values)
        if part["element"]:
            inner = self._filled(key, part["inner"], values)
            return given.around(inner) if isinstance(given, Element) else inner
        if isinstance(given, Markup):
            return given
        return escape(printable(self._shown(key, part, values)))

    def _shown(self, key: str, part: re.Match[str], values: Mapping[str, object]) -> str:
        given = _given(key, part, values)
        return self.number(given) if isinstance(given, int) else str(given)


def _given(key: str, part: re.Match[str], values: Mapping[str, object]) -> object:
    name = part["element"] or part["name"]
    if name not in values:
        raise _fault(f"the words '{key}' have '{name}', and nothing is given for it")
    return values[name]


# Languages of which whole numbers are written in threes, with a comma between. What babel says of
# others takes as long to load as a small site to build, and each entry brings a number never seen.
_IN_THREES = frozenset({"en", "ko"})


def _written(language: str, number: int) -> str:
    if language in _IN_THREES:
        return f"{number:,}"

    def written() -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=locale_of(language)))

    return known(("number", language, number), written)


@cache
def _plural_form(language: str, count: int) -> str:
    if language in _IN_THREES:  # of these the one knows two forms, the other none
        return "one" if language == "en" and abs(count) == 1 else _OTHER
    asked = ("plural form", language, count)
    return known(asked, lambda: str(locale_of(language).plural_form(count)))


# --------------------------------------------------------------------------- words files


def read_wordings(
    content: bytes, path: str, language: str
) -> tuple[dict[str, Wording], list[Problem]]:
    """Return the wordings of a words file by key, and what is wrong with others.

    Args:
        content: The file.
        path: As messages name it.
        language: Its language.

    Raises:
        ProblemError: The file is no YAML of keys and texts.
    """
    fix = "write lines such as `topics: Topics`; templates/words/en.yaml has them all"
    try:
        text = content.decode("utf-8-sig")
        refuse_marks(text, path)
        tree = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError:
        raise ProblemError(error(Place(path), "this is not UTF-8 text", fix)) from None
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = Place(path, mark.line + 1 if mark else None)
        what = getattr(wrong, "problem", None) or str(wrong)
        raise ProblemError(error(place, f"this is not YAML: {what}", fix)) from None
    if tree is None:
        return {}, []
    if not isinstance(tree, yaml.MappingNode):
        raise ProblemError(error(Place(path, 1), "a words file has keys with texts", fix))
    found: dict[str, Wording] = {}
    problems: list[Problem] = []
    for key, value in tree.value:
        place = Place(path, key.start_mark.line + 1)
        try:
            forms = _forms(value, place, language)
        except ProblemError as wrong:
            problems += wrong.problems
        else:
            found[str(key.value)] = Wording(language=language, place=place, forms=forms)
    return found, problems


def _forms(node: yaml.Node, place: Place, language: str) -> dict[str, str]:
    if isinstance(node, yaml.ScalarNode):
        return {_OTHER: node.value}
    known = {*locale_of(language).plural_form.tags, _OTHER}
    fix = f"write a text, or a text for each of {', '.join(sorted(known))}"
    if not isinstance(node, yaml.MappingNode) or not all(
        isinstance(part, yaml.ScalarNode) for pair in node.value for part in pair
    ):
        raise ProblemError(warning(place, "this is no text", fix))
    forms = {key.value: value.value for key, value in node.value}
    if strange := sorted(forms.keys() - known):
        raise ProblemError(warning(place, f"'{language}' has no plural form '{strange[0]}'", fix))
    if _OTHER not in forms:
        raise ProblemError(warning(place, "the form 'other' is missing", fix))
    return forms


def joined(files: Iterable[Mapping[str, Wording]]) -> tuple[dict[str, Wording], list[Problem]]:
    """Return the wordings of several files, the first that has a key deciding.

    The last file is the English one that comes with the program. A sentence that puts in a name
    which that does not have could not be filled; the next file stands in for it.
    """
    *better, english = files
    found: dict[str, Wording] = {}
    problems: list[Problem] = []
    for file in (*better, english):
        for key, wording in file.items():
            known = english[key].names if key in english else wording.names
            if strange := sorted(wording.names - known):
                what = f"nothing is given for '{strange[0]}' in '{key}'"
                known_names = f"use {', '.join(sorted(known))}" if known else "take it out"
                problems.append(warning(wording.place, what, known_names))
            else:
                found.setdefault(key, wording)
    return found, problems
