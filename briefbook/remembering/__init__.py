"""Remembering: what was made of the same things in the build before is not made again.

Only what joins rooms for `build.py` knows it. Rooms name pure functions as questions of a key; here
the answers are kept, each with what it was made from, from one build to the next.
"""

from briefbook.codemark import running_mark
from briefbook.packing import DamagedStateError
from briefbook.remembering.calls import Calls
from briefbook.remembering.nodes import Question
from briefbook.remembering.questions import Memory, Touched
from briefbook.remembering.readings import Readings
from briefbook.remembering.store import FOLDER, StateInUseError, Store, is_read_only, is_refused

__all__ = [
    "FOLDER",
    "Calls",
    "DamagedStateError",
    "Memory",
    "Question",
    "Readings",
    "StateInUseError",
    "Store",
    "Touched",
    "is_read_only",
    "is_refused",
    "running_mark",
]
