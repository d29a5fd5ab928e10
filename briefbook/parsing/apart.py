"""Apart: lines an editor decided, taken out of the logical lines that cutting had joined them to.

In: logical lines, and what the editor says of some physical ones. Out: logical lines of which each
is wholly the editor's or not at all. What is taken out stands among the decided ones, so that no
other line is judged as if it were not there; what it leaves stays joined, unless a line that is
kept now stands between.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefbook.model import Fate, Repair
from briefbook.parsing.clean import Verdict
from briefbook.parsing.logical import Logical, joined
from briefbook.parsing.told import RULES, Told
from briefbook.text.mending import apply


def take_apart(logical: Logical, raw: Mapping[int, str], told: Told) -> Logical:
    """Take the lines that an editor decided out of the logical lines they are joined to.

    Args:
        logical: The logical lines.
        raw: The lines that are not blank by their numbers, as they stand.
        told: What the editor says.
    """
    numbered: dict[int, str] = {}
    groups: dict[int, tuple[int, ...]] = {}
    wholes: dict[int, str] = {}
    repairs = dict(logical.repairs)
    decided = {n: _with_fate(v, raw, repairs, told) for n, v in logical.decided.items()}
    for first, text in logical.numbered:
        own, is_first = logical.lines_of(first), True
        for part, fate in _parts(own, told):
            groups |= {part[0]: part} if len(part) > 1 else {}
            if part == own:
                numbered[first] = text
                continue
            repairs |= {n: _unjoined(repairs[n], n, part, own) for n in part}
            left = joined(part, raw, repairs)
            if fate is None:
                numbered[part[0]] = left
                # Not of a second part: two lines that say the same look like furniture.
                wholes |= {part[0]: text} if is_first else {}
                is_first = False
            else:
                decided[part[0]] = Verdict(part[0], left, fate, RULES[fate])
    return replace(
        logical,
        numbered=tuple(sorted(numbered.items())),
        repairs=repairs,
        decided=decided,
        groups=groups,
        wholes=wholes,
    )


def whole_fates(logical: Logical, told: Told) -> dict[int, Fate]:
    """Return the fate of each logical line of which the editor decided all, by its number."""
    fates: dict[int, Fate] = {}
    if not told.fates:
        return fates
    for first, _ in logical.numbered:
        said = {told.fates.get(n) for n in logical.lines_of(first)}
        fate = said.pop()
        if fate is not None and not said:
            fates[first] = fate
    return fates


def _parts(own: tuple[int, ...], told: Told) -> Iterator[tuple[tuple[int, ...], Fate | None]]:
    """Yield the parts that a logical line falls into, and the fate of what is taken out of it."""
    said = {n: told.fates[n] for n in own if n in told.fates}
    if len(said) == len(own) and len({*said.values()}) == 1:
        said = {}  # it is wholly the editor's
    for fate in (Fate.DROPPED, Fate.BODY, None):
        wanted = [n for n in own if said.get(n) is fate]
        yield from ((part, fate) for part in _runs(wanted, own, told))


def _runs(wanted: Sequence[int], own: tuple[int, ...], told: Told) -> Iterator[tuple[int, ...]]:
    """Yield lines of a logical line in parts; they go on only over what the editor dropped."""
    part: list[int] = []
    for number in wanted:
        if part:
            between = [n for n in own if part[-1] < n < number and n not in told.fates]
            if between or told.kept_between(part[-1], number):
                yield tuple(part)
                part = []
        part.append(number)
    if part:
        yield tuple(part)


def _unjoined(
    repairs: tuple[Repair, ...], number: int, part: Sequence[int], own: Sequence[int]
) -> tuple[Repair, ...]:
    """Return the repairs of a line, without that of its end where another line follows now."""
    followed = [(*lines, 0)[lines.index(number) + 1] for lines in (tuple(part), tuple(own))]
    if followed[0] == followed[1]:
        return repairs
    return tuple(repair for repair in repairs if not repair.joins)


def _with_fate(
    verdict: Verdict, raw: Mapping[int, str], repairs: Mapping[int, tuple[Repair, ...]], told: Told
) -> Verdict:
    """Return the verdict on a line that was decided before, or what the editor says instead."""
    number = verdict.number
    fate = told.fates.get(number, verdict.fate)
    if fate is verdict.fate:
        return verdict
    return Verdict(number, apply(raw[number], repairs[number]), fate, RULES[fate])
