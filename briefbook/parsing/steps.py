"""Steps: whole numbers rounded to a few ranges with names, as signs of lines have them."""


def steps(*edges: int) -> tuple[str, ...]:
    """Return the name of the step each whole number falls into; the last is for all above."""
    names: list[str] = []
    low = 0
    for edge in edges:
        names += [str(edge) if edge == low else f"{low}-{edge}"] * (edge - low + 1)
        low = edge + 1
    return (*names, f"{low}+")


def step(names: tuple[str, ...], number: int) -> str:
    """Return the step a whole number from 0 on falls into."""
    return names[number] if number < len(names) else names[-1]


# Of the number of words, as most signs have it.
SIZE = steps(3, 8, 18)
# The same, finer.
LENGTH = steps(1, 2, 3, 5, 8, 12, 18, 28, 45, 80)
TENTHS = steps(0, 1, 3, 5, 7, 9)
