"""Doors: what a room offers is loaded when it is first asked for.

A build after which little is another needs little of most rooms, and would wait longest for the
loading of the rest. So a room names what it offers and where it is, and its callers import the room
and say `grouping.related(…)` at the place where they need it: `from` loads what it names at once,
and belongs where that is always needed.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def door(room: str, offered: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """Return what finds the names of a room, to be its `__getattr__`.

    Args:
        room: The `__name__` of the room.
        offered: Names by the module of the room in which they are. None may be that of a module: a
            module is found under its name as soon as it is loaded, whatever the room offers.
    """
    homes = {name: module for module, names in offered.items() for name in names}

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{room}.{homes[name]}"), name)
        setattr(sys.modules[room], name, found)  # some are asked for thousands of times
        return found

    return find
