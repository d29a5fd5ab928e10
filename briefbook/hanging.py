"""Hanging: a text beside its label, for what `cli` prints about an entry or a source."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

_LEAST_CELLS = 20  # of the text, however narrow the terminal is


def hanging(label: str, said: Text, console: Console, indent: int) -> Iterator[Text]:
    """Yield a text beside its label, line by line.

    Args:
        label: What stands before the first line, in bold; shorter than `indent`.
        said: The text; what must not reach a terminal was taken out.
        console: Where it will be printed. On a terminal the text is wrapped, so that the label
            stands alone in its column; in a pipe it is one line.
        indent: Cells of the column of the label.
    """
    rows = [said]
    if console.is_terminal:
        rows = list(said.wrap(console, max(_LEAST_CELLS, console.width - indent)))
    for n, row in enumerate(rows):
        row.rstrip()
        yield Text.assemble((f"{'' if n else label:<{indent}}", "bold"), row)
