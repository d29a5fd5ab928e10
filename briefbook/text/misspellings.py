"""Words that were meant to be others: which known word differs by one slip of the hand."""

from collections.abc import Collection


def meant(word: str, known: Collection[str]) -> str | None:
    """Return the one known word that a word was meant to be; None where it is not sure.

    Sure is another case, a hyphen or blank for an underscore, or one letter too many, missing,
    wrong or swapped with its neighbour, where that fits one known word only. Not a digit or a sign,
    and no s behind a known word: `notes`, `note2` and `_note` may each be somebody's own.
    """
    folded = word.casefold().replace("-", "_").replace(" ", "_")
    near = [one for one in known if folded == one.casefold().replace("-", "_")]
    near = near or [one for one in known if folded != f"{one}s" and _one_slip(folded, one)]
    return near[0] if len(near) == 1 else None


def _one_slip(word: str, other: str) -> bool:
    """Tell whether one letter put in, left out, exchanged or swapped makes one word the other."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, wanted = word[start:], other[start:]
    if len(rest) > len(wanted):
        return rest[1:] == wanted and rest[:1].isalpha()
    if len(rest) < len(wanted):
        return rest == wanted[1:] and wanted[:1].isalpha()
    if rest[1:] == wanted[1:]:
        return rest[:1].isalpha() and wanted[:1].isalpha()
    return rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:] and rest[:2].isalpha()
