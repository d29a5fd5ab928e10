"""Clean: give every non-blank line its fate, and say why.

In: the numbered lines of a source. Out: `CleanText`, each line kept as body, kept as metadata or
dropped, with the rule that decided. It is a question of two boundaries, where the article starts
and where it ends, and then of furniture inside; `division.py` answers it for the text as a whole,
`roles.py` finds the lines that say something about the text, and what is left here are the names
of the rules. What nothing recognises is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from briefbook.model import Fate
from briefbook.parsing.cues import Cue
from briefbook.parsing.division import AFTER, ARTICLE, BEFORE, Division, divide
from briefbook.parsing.furniture import Inside, is_caption, is_path
from briefbook.parsing.headline import Headline
from briefbook.parsing.lines import TextLine, text_line
from briefbook.parsing.roles import HEADLINE, Roles, find_roles
from briefbook.parsing.sequence import Model, load
from briefbook.parsing.surroundings import FURNITURE
from briefbook.parsing.told import RULES
from briefbook.text.words import folded

REPEATED = "repeats the headline"
STANDFIRST = "standfirst"
# A standfirst has at least so many words, and stands at most so many lines above the text.
_STANDFIRST_WORDS = 6
_NEAR = 6
UNREADABLE = "nothing readable in it"
_PATH = re.compile(r"\s[|/»>›–—·\\-]\s")
# A headline so short stands by chance in other lines.
_LEAST_HEADLINE = 15
_NO_FATES: Mapping[int, Fate] = MappingProxyType({})
_NO_TEXTS: Mapping[int, str] = MappingProxyType({})


@dataclass(slots=True)  # not frozen, which costs more than all that is in it: nobody changes one
class Verdict:
    """What became of one line."""

    number: int  # 1-based physical line
    text: str  # repaired
    fate: Fate
    rule: str
    role: str = ""  # of metadata: headline | byline | date line | source credit
    is_sure: bool = True  # False: the line could as well have been kept, or dropped


@dataclass(frozen=True, slots=True)
class CleanText:
    """Every non-blank line with its verdict, and the headline."""

    verdicts: tuple[Verdict, ...]
    roles: Roles
    cues: dict[int, tuple[Cue, ...]]  # by line number, for the facts that stand in furniture

    @property
    def headline(self) -> Headline | None:
        """The headline, None where no line is surely one."""
        return self.roles.headline

    @property
    def body(self) -> tuple[Verdict, ...]:
        """The kept lines, in order."""
        return tuple(verdict for verdict in self.verdicts if verdict.fate is Fate.BODY)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The roles of those lines that may say something about the text."""

    roles: Roles  # by the index among these
    places: tuple[int, ...]  # the index of each among all lines

    @property
    def by_line(self) -> dict[int, str]:
        """The roles by index among all lines."""
        return {self.places[i]: role for i, role in self.roles.by_line.items()}

    @property
    def headline(self) -> int | None:
        """The index of the headline among all lines."""
        found = self.roles.headline
        return None if found is None else self.places[found.place]

    @property
    def speaking(self) -> set[int]:
        """The indices of all lines with a role."""
        return {*self.by_line, *(() if self.headline is None else (self.headline,))}


def clean(
    numbered: Sequence[tuple[int, str]],
    model: Model | None = None,
    told: Mapping[int, Fate] = _NO_FATES,
    wholes: Mapping[int, str] = _NO_TEXTS,
) -> CleanText:
    """Give every non-blank line its fate.

    Args:
        numbered: The lines that are not blank, repaired, with their physical numbers, 1-based.
        model: Weights to divide the text by, where others than those shipped are measured.
        told: The fate of each line that an editor decided. The text is divided as if none were, so
            that their word on one line changes no other; but what they drop says nothing of the
            text, and what they keep is neither headline nor byline nor date line.
        wholes: What lines said before an editor took something out of them.
    """
    empty = {number: text for number, text in numbered if not text.strip()}
    lines = [text_line(number, text) for number, text in numbered if number not in empty]
    as_they_were = lines
    if wholes:
        as_they_were = [
            text_line(n, wholes[n]) if (n := one.number) in wholes else one for one in lines
        ]
    division = divide(as_they_were, model or load("article"))
    heard = _heard(lines, division, told)
    found = list(_with_headline(_verdicts(lines, division, heard), heard.roles.headline))
    if told:
        found = [as_told(verdict, told) for verdict in found]
    judged = {v.number: v for v in _with_a_body(tuple(found))}
    for number, text in empty.items():
        judged[number] = as_told(Verdict(number, text, Fate.DROPPED, UNREADABLE), told)
    return CleanText(
        verdicts=tuple(judged[number] for number, _ in numbered),
        roles=heard.roles,
        cues={line.number: line.cues for line in lines if line.cues},
    )


def as_told(verdict: Verdict, told: Mapping[int, Fate]) -> Verdict:
    """Return the verdict on a line, after what the editor says of it."""
    fate = told.get(verdict.number, verdict.fate)
    if fate is verdict.fate:
        return verdict
    return Verdict(verdict.number, verdict.text, fate, RULES[fate])


def _heard(lines: Sequence[TextLine], division: Division, told: Mapping[int, Fate]) -> _Heard:
    """Find the roles of the lines, among those that the editor lets say something of the text."""
    if not told:
        everything = find_roles(lines, division.start, division.end)
        return _Heard(everything, tuple(range(len(lines))))
    kept = {i for i, line in enumerate(lines) if told.get(line.number) is Fate.BODY}
    aside = {i for i, line in enumerate(lines) if told.get(line.number) is Fate.DROPPED}
    heard = _roles_without(aside, lines, division)
    for more in (heard.speaking & kept, kept):  # where one is set aside another one may speak
        if heard.speaking & kept:
            aside |= more
            heard = _roles_without(aside, lines, division)
    return heard


def _roles_without(aside: set[int], lines: Sequence[TextLine], division: Division) -> _Heard:
    places = [i for i in range(len(lines)) if i not in aside]
    start, end = (sum(i < bound for i in places) for bound in (division.start, division.end))
    return _Heard(find_roles([lines[i] for i in places], start, end), tuple(places))


def _verdicts(lines: Sequence[TextLine], division: Division, heard: _Heard) -> Iterator[Verdict]:
    headlines = _headlines(heard.roles.headline)
    ended = ""  # the end cue that stands first below the article
    furniture = Inside(lines)
    by_line = heard.by_line
    standfirst = _standfirst(lines, division, heard)
    for i, (line, part) in enumerate(zip(lines, division.parts, strict=True)):
        if part == AFTER and not ended and (cue := line.cue("end")):
            ended = cue.phrase
        sure = division.is_sure(i)
        if role := by_line.get(i, ""):
            yield Verdict(line.number, line.text, Fate.METADATA, role, role)
        elif headlines and _repeats(line, headlines):
            yield Verdict(line.number, line.text, Fate.DROPPED, REPEATED)
        elif i in standfirst:
            yield Verdict(line.number, line.text, *standfirst[i], is_sure=sure)
        elif part != ARTICLE and i not in division.unproven:
            rule = _rule(line, part, furniture.rule(i), ended)
            if not rule:
                rule = _place(division, i, heard.headline)
            yield Verdict(line.number, line.text, Fate.DROPPED, rule, is_sure=sure)
        elif rule := furniture.rule(i):
            yield Verdict(line.number, line.text, Fate.DROPPED, rule)
        else:
            rule = "prose" if line.prose else "no rule drops it"
            yield Verdict(line.number, line.text, Fate.BODY, rule, is_sure=sure)


def _with_headline(verdicts: Iterable[Verdict], headline: Headline | None) -> Iterator[Verdict]:
    """Let the line that the headline was read from say it, where it would be dropped.

    The headline may stand nowhere but at the end of a path: "Harbour Post > Coast > Ferry sinks".
    """
    for verdict in verdicts:
        if headline and verdict.number == headline.line and verdict.fate is Fate.DROPPED:
            yield replace(verdict, fate=Fate.METADATA, rule=HEADLINE, is_sure=True)
        else:
            yield verdict


def _with_a_body(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """Keep a sentence that stands alone as the text: it would be a headline above nothing."""
    if any(verdict.fate is Fate.BODY for verdict in verdicts):
        return verdicts
    return tuple(
        replace(v, fate=Fate.BODY, rule="prose", role="")
        if v.role == "headline" and v.text.endswith((".", "!", "…"))
        else v
        for v in verdicts
    )


def _standfirst(
    lines: Sequence[TextLine], division: Division, heard: _Heard
) -> dict[int, tuple[Fate, str]]:
    """Return fate and rule of the line right below the headline, and of a heading below a byline.

    The one sums the text up, the other is its first heading; the division takes both for furniture.
    """
    place, by_line = heard.headline, heard.by_line
    found: dict[int, tuple[Fate, str]] = {}
    for i in range(max(1, division.start - _NEAR), division.start):
        line, above = lines[i], by_line.get(i - 1, "")
        if line.words < _STANDFIRST_WORDS or line.cue(*FURNITURE) or is_path(line):
            continue
        if i in division.unproven or is_caption(line.text):
            continue
        if place is not None and i == place + 1:
            found[i] = Fate.METADATA, STANDFIRST
        elif above == "byline" and i == division.start - 1 and not line.stopped:
            found[i] = Fate.BODY, "no rule drops it"
    return found


def _rule(line: TextLine, part: int, inside: str, ended: str) -> str:
    """Name the phrase or form that drops a line, or the phrase that ended the article above it.

    Args:
        line: The line.
        part: Its part of the text.
        inside: The rule that would drop it inside the article too.
        ended: The phrase the article ended with.
    """
    if cue := line.cue("end", "box", "furniture"):
        if cue.section == "end" and part == AFTER:
            return f"end cue: {cue.phrase}"
        return inside or f"furniture: {cue.phrase}"
    if is_path(line) and part == BEFORE:
        return "breadcrumb"
    return inside or (f"after the end: {ended}" if part == AFTER and ended else "")


def _place(division: Division, i: int, headline: int | None) -> str:
    """Name the place of a line outside the article, and the sign that speaks most for it."""
    part = division.parts[i]
    if part == BEFORE and headline is not None and i < headline:
        return "before the headline"
    reason = division.reason(i)
    where = {BEFORE: "before the article", AFTER: "after the end"}.get(part, "furniture")
    return f"{where}: {reason}" if reason else where


def _headlines(headline: Headline | None) -> tuple[str, ...]:
    texts = () if headline is None else (headline.text, *headline.others)
    return tuple(folded(text) for text in texts)


def _repeats(line: TextLine, headlines: Sequence[str]) -> bool:
    """Tell whether a line is a headline, alone or with a path before or an outlet behind it."""
    if line.folded in headlines:
        return True
    if line.prose:
        return False
    held = [one for one in headlines if len(one) >= _LEAST_HEADLINE and one in line.folded]
    return bool(held) and _PATH.search(line.text) is not None
