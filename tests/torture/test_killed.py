"""Killed at any moment, or refused by the disk at any operation: nothing is lost, and nothing torn.

Each case runs a whole command in a process of its own on a whole site. `breaking.py` says how.
"""

import os
import random
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Folder
from tests.torture.breaking import (
    CHANGES,
    EVERYTHING,
    FAULTS,
    Breaking,
    Ended,
    How,
    Kind,
    Luck,
    breaking,
)
from tests.torture.unlucky import VERBS, Trial, differing, new_site
from tests.tried import IS_LONG, Tried, many

# Of operations on the build state, which SQLite guards itself and a build can do without, one of so
# many is struck.
STATE = "/.briefbook/"
SELDOM = 12
# In the long form all others are, or so many of each command, chosen at random.
EACH = int(os.environ.get("BRIEFBOOK_STRUCK", "10000"))
BRIEF = ("build",)
NAMES = tuple(VERBS) if IS_LONG else BRIEF


@pytest.fixture(scope="module")
def unlucky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Breaking]:
    """Runs commands with bad luck."""
    folder = Folder(tmp_path_factory.mktemp("warm"))
    new_site(folder)
    with breaking(folder.root) as runs:
        yield runs


@pytest.fixture(scope="module")
def trials(unlucky: Breaking, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trial]:
    """Each command on its site, undisturbed until a test disturbs it."""
    made: dict[str, Trial] = {}

    def trial(name: str) -> Trial:
        if name not in made:
            made[name] = Trial(unlucky, tmp_path_factory.mktemp("trial"), VERBS[name])
        return made[name]

    return trial


def struck(trial: Trial, kinds: Kind, most: int) -> list[int]:
    """Return the numbers of operations of some kinds, of those on the build state only few."""
    numbers = [
        number
        for number, (kind, _, path) in enumerate(trial.operations, 1)
        if kind & kinds and not (path.startswith(STATE) and number % SELDOM)
    ]
    return sorted(random.Random(1).sample(numbers, most)) if len(numbers) > most else numbers


def name(trial: Trial, luck: Luck) -> str:
    _, does, path = trial.operations[luck.at - 1]
    return f"{trial.verb.name}: {luck}: {does} {path}"


@pytest.mark.parametrize("verb", NAMES)
def test_what_is_killed_leaves_whole_files_and_the_next_build_mends_the_rest(
    trials: Callable[[str], Trial], verb: str, tried: Tried
) -> None:
    trial = trials(verb)
    cases = [
        Luck(how=How.KILL_BEFORE, at=at) for at in struck(trial, CHANGES, many(short=2, long=EACH))
    ]
    cases += [
        Luck(how=How.KILL_WITHIN, at=at)
        for at in struck(trial, Kind.WRITE, many(short=1, long=EACH))
    ]
    for number, luck in enumerate(cases):
        ended = trial.disturb(luck)
        assert ended.code == -9, f"{name(trial, luck)}: {ended}"
        assert trial.torn() == [], name(trial, luck)
        # The editor builds, or types the same again.
        assert (trial.unmended() if number % 2 else trial.undone()) == [], name(trial, luck)
    tried("killed", f"`{verb}` killed before or amid an operation on a file", len(cases))


@pytest.mark.parametrize("verb", VERBS if IS_LONG else ("refile",))
def test_what_is_killed_at_any_moment_and_again_and_then_edited_is_mended(
    trials: Callable[[str], Trial], verb: str, tried: Tried
) -> None:
    trial = trials(verb)
    chance = random.Random(verb)
    killed = 0
    while killed < many(short=2, long=60):
        trial.begin_again()
        lucks = [Luck(moment=chance.random() * trial.seconds) for _ in range(chance.randint(1, 4))]
        said = f"{verb}: {', '.join(map(str, lucks))}"
        for luck in lucks:
            killed += trial.run(luck).code == -9
            assert trial.torn() == [], said
        then = chance.choice(("built", "done", "edited"))
        if then == "edited":
            edit(trial.site)
        assert (trial.undone() if then == "done" else trial.unmended()) == [], said
    tried("killed", f"`{verb}` killed at random moments, up to four times in a row", killed)


def edit(site: Folder) -> None:
    """Change what was there, and what a killed run may have made, as an editor may."""
    for path in site.entries():
        text = site.read(path)
        site.write(path, text.replace("ferry", "boat") if "added" in text else text)
    site.write(
        "sources/late.txt", "A late text\n\nMay 9, 2026\n\nThe quay was dry at noon, she said.\n"
    )


@pytest.mark.parametrize("verb", NAMES)
def test_what_the_disk_refuses_is_said_and_the_next_build_mends_it(
    trials: Callable[[str], Trial], verb: str, tried: Tried
) -> None:
    trial = trials(verb)
    cases = list(refused(trial))
    for number, luck in enumerate(cases):
        ended = trial.disturb(luck)
        said = f"{name(trial, luck)}: {ended.code}: {ended.said}"
        assert "Traceback" not in ended.said, said
        assert ended.code in (0, 1, 2), said
        assert not ended.code or "    fix: " in ended.said, said
        assert trial.lost() == [], said
        # What cannot be taken away is, by the next build; a page of the desk says what it did not.
        # So is what nobody could look at any more: it might be what somebody had saved.
        left = trial.unfinished()
        kinds = {kind for kind, _, _ in ended.operations}
        is_unseen = luck.how is How.FAIL_ON and kinds & {Kind.LOOK, Kind.READ}
        assert not left or is_unseen or kinds & {Kind.UNLINK, Kind.CHMOD}, said
        changed = {*differing(trial.after, trial.site.tree())} - {*left}
        assert ended.code or not changed or _is_told(ended), said
        # What is read later arrives later, and may be in another story.
        is_unread = any(kind in (Kind.LOOK, Kind.READ) for kind, _, _ in ended.operations)
        assert (trial.unmended() if number % 2 or is_unread else trial.undone()) == [], said
    tried("killed", f"`{verb}` with an operation on a file that fails", len(cases))


def _is_told(ended: Ended) -> bool:
    said = ("it cannot be", "could not be", "was changed while the program was working")
    return any(each in ended.said for each in said)


def refused(trial: Trial) -> Iterator[Luck]:
    """Yield each operation with a fault, and with the same fault from then on."""
    faults = list(FAULTS.items())
    for turn, at in enumerate(struck(trial, EVERYTHING, many(short=1, long=EACH))):
        kind = trial.operations[at - 1][0]
        some = [(error, kinds) for error, kinds in faults if kinds & kind]
        for how in (How.FAIL, How.FAIL_ON):
            error, kinds = some[(turn + how) % len(some)]
            yield Luck(how=how, at=at, error=error, kinds=kinds)
