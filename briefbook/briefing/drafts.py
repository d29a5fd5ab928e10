"""Drafts of corrections: what changed of a published entry -> items for an editor to confirm.

Pure. A draft stands in `corrections` with `draft: true` and is shown nowhere. One that still stands
when its field changes again is changed with it, and goes when the field says again what it said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefbook.briefing.issued import Change, alike
from briefbook.briefing.items import Group
from briefbook.briefing.writing import Value
from briefbook.model import Correction
from briefbook.text.figures import same_figure

_BETWEEN = "; "  # two figures of one correction


@dataclass(slots=True)
class Drafting:
    """What becomes of a list of corrections."""

    changes: dict[int, Group | None] = field(
        default_factory=dict
    )  # place -> new values; None: goes
    added: list[Group] = field(default_factory=list)


def untold(corrections: Sequence[Correction], changes: Iterable[Change]) -> list[Change]:
    """Return the changes that the last correction of their field does not tell readers already.

    Where two editors' versions of an entry were put together by hand, what is remembered as
    published may be older than the corrections that stand there.
    """
    last = {each.field: _pairs_of(each) for each in corrections if not each.draft}
    return [
        change
        for change in changes
        if not any(_is_told(change, *pair) for pair in last.get(change.field, ()))
    ]


def _is_told(change: Change, was: str, now: str) -> bool:
    same = same_figure if change.field == "figures" else alike
    return same(change.was, was) and same(change.now, now)


def draft_corrections(
    corrections: Sequence[Correction], changes: Iterable[Change], today: date
) -> Drafting:
    """Draft what an editor may want to tell readers.

    Args:
        corrections: Those of the entry.
        changes: What readers were shown and is another now.
        today: The date of new drafts.
    """
    drafting = Drafting()
    by_field: dict[str, list[Change]] = {}
    for change in changes:
        by_field.setdefault(change.field, []).append(change)
    for name, changed in by_field.items():
        pairs = [(change.was, change.now) for change in changed]
        standing = _standing(corrections, name, pairs)
        if standing is None:
            drafting.added.append(_draft(name, pairs, today))
        else:
            drafting.changes[standing] = _renewed(corrections[standing], name, pairs)
    return drafting


def correction_group(correction: Correction) -> Group:
    """Return a correction as it stands in front matter."""
    said: dict[str, Value] = {
        "date": correction.date,
        "kind": correction.kind.value,
        "field": correction.field,
        "was": correction.was,
        "now": correction.now,
        "why": correction.why,
        "draft": correction.draft,
    }
    return {key: value for key, value in said.items() if value or (key == "why" and said["draft"])}


def _standing(
    corrections: Sequence[Correction], name: str, pairs: Sequence[tuple[str, str]]
) -> int | None:
    """Return the place of the draft about a field that a change goes on; None: there is none.

    One that its editor has reworded is the editor's; nothing in it is written anew.
    """
    places = (
        n
        for n, each in enumerate(corrections)
        if each.draft and each.field == name and _is_as_drafted(each, pairs)
    )
    return max(places, default=None)


def _is_as_drafted(draft: Correction, pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a draft still ends with what readers were shown; each figure is looked at."""
    return draft.field == "figures" or alike(draft.now, pairs[-1][0])


def _draft(name: str, pairs: Sequence[tuple[str, str]], today: date) -> Group:
    return {
        "date": today,
        "kind": "correction",
        "field": name,
        **_told(pairs),
        "why": "",
        "draft": True,
    }


def _told(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    was, now = zip(*pairs, strict=True)
    return {"was": _BETWEEN.join(was), "now": _BETWEEN.join(now)}


def _renewed(
    draft: Correction, name: str, pairs: Sequence[tuple[str, str]]
) -> Mapping[str, Value] | None:
    """Return what a standing draft says from now on; None: nothing is left to say."""
    if name != "figures":
        _, now = pairs[-1]
        return None if alike(draft.was, now) and not draft.why else {"now": now}
    left = _chained(_pairs_of(draft), pairs)
    if not left and draft.why:  # an editor's words go when the editor deletes them
        return {}
    return _told(left) if left else None


def _pairs_of(draft: Correction) -> list[tuple[str, str]]:
    was, now = draft.was.split(_BETWEEN), draft.now.split(_BETWEEN)
    return list(zip(was, now, strict=True)) if len(was) == len(now) else [(draft.was, draft.now)]


def _chained(
    told: list[tuple[str, str]], pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Lead what a draft tells on to the numbers of now; what is as it was is told no more."""
    for was, now in pairs:
        at = next((n for n, (_, before) in enumerate(told) if same_figure(before, was)), None)
        if at is None:
            told.append((was, now))
        else:
            told[at] = (told[at][0], now)
    return [(was, now) for was, now in told if not same_figure(was, now)]
