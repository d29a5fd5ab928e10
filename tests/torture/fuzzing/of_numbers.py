"""What must be true of the facts that are read from sentences, whatever these say."""

import math

from briefbook import Item, differences
from briefbook.grouping.counted import what_is_counted
from briefbook.grouping.dated import dates_of
from briefbook.grouping.quantities import quantities
from briefbook.grouping.tokens import tokens_of
from briefbook.text.figures import MOST_FIGURES, changed_figures, figures, same_figure


def check_numbers(text: str) -> None:
    """Quantities and days stand one behind the other; figures stand in the text."""
    for line in text.split("\n"):
        tokens = tokens_of(line)
        assert all(line[token.start : token.end] == token.text for token in tokens)
        end = 0
        found = quantities(tokens)
        for quantity in found:
            assert end <= quantity.first < quantity.end <= len(tokens), quantity
            assert math.isfinite(quantity.low) and math.isfinite(quantity.high), quantity
            end = quantity.end
            counted = what_is_counted(tokens, quantity, found)
            assert counted is None or quantity.end <= counted.end <= len(tokens)
        end = 0
        for day in dates_of(tokens):
            assert end <= day.first < day.end <= len(tokens), day
            end = day.end
    _check_figures(text)


def _check_figures(text: str) -> None:
    found = figures(text)
    assert len(found) <= MOST_FIGURES
    at = 0
    for figure in found:
        place = text.find(figure, at)
        assert place >= 0, figure
        at = place  # the word before a number may be one itself, as in "nine 4"
        assert same_figure(figure, figure)
    assert changed_figures(found, found) == ()
    middle = len(found) // 2
    changed = changed_figures(found[:middle], found[middle:])
    assert all(one in found and other in found for one, other in changed)


def check_differences(text: str) -> None:
    """Each claim of two texts of a story is a sentence of the text it is said to be of."""
    parts = text.split("\n\n")
    halves = ["\n\n".join(parts[::2]), "\n\n".join(parts[1::2])]
    items = [
        Item(key=str(n), title=half.partition("\n")[0], text=half, published="2026-05-03")
        for n, half in enumerate(halves)
    ]
    for row in differences(items):
        for claim in row.claims:
            item = items[int(claim.key)]
            assert claim.sentence in f"{item.title}\n{item.text}", claim
            assert claim.value.strip(), claim
