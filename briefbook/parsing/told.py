"""Told: the editor's word on single lines of a source, found again in its text.

In: overrides and the lines that are not blank. Out: the fate that each of these lines must have,
and a note on each override that no line answers to. An override knows its line by the hash of its
text; the number only says where to look first, so that lines may move.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefbook.model import Fate, Override, Slip
from briefbook.text.hashes import line_hash

# The rules of lines whose fate the editor decided.
RULES = {Fate.BODY: "kept by the editor", Fate.DROPPED: "dropped by the editor"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the editor says of the lines of a text."""

    fates: Mapping[int, Fate] = field(default_factory=dict)  # by physical line: body or dropped
    lost: tuple[Slip, ...] = ()  # overrides that no line answers to

    def kept_between(self, above: int, below: int) -> bool:
        """Tell whether the editor keeps a line that stands between two."""
        return any(self.fates.get(n) is Fate.BODY for n in range(above + 1, below))


def find_told(overrides: Sequence[Override], raw: Mapping[int, str]) -> Told:
    """Find the lines that overrides are about.

    Args:
        overrides: The editor's word, in the order of the entry's file.
        raw: The lines that are not blank by their numbers, as they stand.
    """
    if not overrides:
        return Told()
    hashes = {number: line_hash(line) for number, line in raw.items()}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, text_hash in hashes.items():
        places[text_hash].append(number)
    fates = {one.line: one.fate for one in overrides if hashes.get(one.line) == one.text_hash}
    lost: list[Slip] = []
    for one in overrides:
        if hashes.get(one.line) == one.text_hash:
            continue
        found = places[one.text_hash]
        if len(found) == 1 and found[0] not in fates:
            fates[found[0]] = one.fate
        else:
            lost.append(_lost(one, len(found)))
    return Told(fates, tuple(lost))


def _lost(override: Override, found: int) -> Slip:
    said = "no line says that any more"
    if found > 1:
        said = f"{found} lines say that now, so none is taken for it"
    return Slip(line=None, text=f"override of line {override.line}: {said}")
