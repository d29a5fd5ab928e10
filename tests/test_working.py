"""Whoever makes calls: the results are those of a loop, and nothing is left behind."""

import operator
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from briefbook import working
from briefbook.problems import Place, ProblemError, error
from briefbook.publishing.urls import output_path
from briefbook.worker import Call
from briefbook.working import Workers, alone, ranges_of
from tests.conftest import FERRY, NOW, TWO, Folder

# Where a process takes long to start, as on a busy machine.
PATIENCE = 30.0


def dear(*_: object) -> float:
    """Estimate each call at more than a share, so that each is a share of its own."""
    return 1.0


def cheap(*_: object) -> float:
    return 0.0001


def slowly(number: int) -> tuple[int, int]:
    """Return a number and who returns it."""
    time.sleep(0.02)
    return number, os.getpid()


def viewed(content: bytes) -> memoryview:
    return memoryview(content)


def numbers(count: int) -> list[Call]:
    return [(n,) for n in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_calls(jobs: int) -> None:
    with Workers(jobs) as workers:
        made = list(workers.map(slowly, numbers(120), dear))
    assert [number for number, _ in made] == list(range(120))
    assert os.getpid() in {who for _, who in made}
    assert len({who for _, who in made}) <= jobs


def test_another_process_does_a_part() -> None:
    with Workers(2) as workers:
        workers.expect(10.0, slowly)
        (other,) = workers.pids
        until = time.monotonic() + PATIENCE
        done: set[int] = set()
        while done != {os.getpid(), other} and time.monotonic() < until:
            done |= {who for _, who in workers.map(slowly, numbers(40), dear)}
        assert done == {os.getpid(), other}
        assert workers.seconds > 0


@pytest.mark.parametrize(
    ("jobs", "seconds", "count"),
    [(1, dear, 100), (8, cheap, 100), (8, dear, 1), (8, dear, 0)],
    ids=["one job", "little to do", "one call", "none"],
)
def test_no_process_is_started_for_little(
    jobs: int, seconds: Callable[..., float], count: int
) -> None:
    with Workers(jobs) as workers:
        assert list(workers.map(operator.neg, numbers(count), seconds)) == [
            -n for n in range(count)
        ]
        assert workers.pids == ()


def test_who_is_expected_to_be_needed_takes_part_in_small_portions() -> None:
    with Workers(2) as workers:
        workers.expect(10.0, slowly)
        (other,) = workers.pids
        until = time.monotonic() + PATIENCE
        done: set[int] = set()
        while other not in done and time.monotonic() < until:
            done |= {who for _, who in workers.map(slowly, numbers(4), lambda n: 0.1)}
        assert other in done
        assert {who for _, who in workers.map(slowly, numbers(4), cheap)} == {os.getpid()}


def test_ctrl_c_while_a_thread_starts_is_told_as_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(thread: threading.Thread) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        workers.expect(10.0, slowly)
        monkeypatch.setattr(threading.Thread, "start", interrupted)
        list(workers.map(slowly, numbers(4), dear))


def test_who_was_released_is_gone_and_others_come_when_they_are_needed() -> None:
    with Workers(2) as workers:
        workers.expect(10.0, slowly)
        (first,) = workers.pids
        workers.release()
        assert workers.pids == ()
        assert not Path(f"/proc/{first}").exists()
        assert [n for n, _ in workers.map(slowly, numbers(60), dear)] == list(range(60))
        assert len(workers.pids) == 1


def test_work_of_three_seconds_is_worth_four_processes_and_no_more_than_allowed() -> None:
    with Workers(16) as workers:
        workers.expect(4 * working.WORTH, slowly)
        assert len(workers.pids) == 3
    with Workers(2) as workers:
        workers.expect(100.0, slowly)
        assert len(workers.pids) == 1


def test_what_a_call_raises_is_raised_where_its_result_was_due() -> None:
    calls: list[Call] = [*[("/a/",)] * 30, ("/../",), *[("/b/",)] * 30]
    with Workers(2) as workers:
        made = workers.map(output_path, calls, dear)
        assert [next(made) for _ in range(30)] == ["a/index.html"] * 30
        with pytest.raises(ProblemError) as raised:
            next(made)
        assert [p.what for p in raised.value.problems] == ["the address '/../' is no plain path"]
        # Who was interrupted so can work on.
        assert list(workers.map(operator.neg, numbers(50), dear)) == [-n for n in range(50)]


def test_the_first_of_several_mistakes_is_told_whoever_met_it() -> None:
    divisors: tuple[object, ...] = (1, 1, 1, 0, "text", 0)
    calls = [(1, n) for n in (*divisors, *divisors, *divisors)]
    for _ in range(3):
        with Workers(3) as workers, pytest.raises(ZeroDivisionError):
            list(workers.map(operator.truediv, calls, dear))


def test_problems_survive_being_sent() -> None:
    problem = error(Place("sources/a.txt", 3), "it is empty", "write something")
    sent = pickle.loads(pickle.dumps(ProblemError(problem, problem)))
    assert sent.problems == (problem, problem)
    assert str(sent) == str(ProblemError(problem, problem))


def test_what_cannot_be_sent_is_made_here() -> None:
    with Workers(2) as workers:
        doubled: Iterator[int] = workers.map(lambda n: 2 * n, numbers(20), dear)
        assert list(doubled) == [2 * n for n in range(20)]
        # A result that cannot be sent.
        made = workers.map(viewed, [(b"ab",)] * 20, dear)
        assert [bytes(one) for one in made] == [b"ab"] * 20


@pytest.mark.parametrize("already", [0, 1, 60])
def test_what_a_killed_worker_took_is_done_by_others(already: int) -> None:
    with Workers(3) as workers:
        workers.expect(10.0, slowly)
        made = workers.map(slowly, numbers(150), dear)
        first = [next(made) for _ in range(already)]
        os.kill(workers.pids[0], signal.SIGKILL)
        assert [n for n, _ in [*first, *made]] == list(range(150))
        assert [n for n, _ in workers.map(slowly, numbers(30), dear)] == list(range(30))


def test_without_any_worker_left_all_is_made_here() -> None:
    with Workers(3) as workers:
        workers.expect(10.0, slowly)
        for pid in workers.pids:
            os.kill(pid, signal.SIGKILL)
        assert {who for _, who in workers.map(slowly, numbers(30), dear)} == {os.getpid()}


def test_where_no_process_can_be_started_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Workers(2) as workers:
        assert {who for _, who in workers.map(slowly, numbers(20), dear)} == {os.getpid()}


class Watched(Sequence[Call]):
    """Calls that know the last that was taken."""

    def __init__(self, count: int) -> None:
        self._calls = numbers(count)
        self.last = 0

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:  # once, to estimate what they cost
        return iter(self._calls)

    def __getitem__(self, which: slice) -> Sequence[Call]:  # type: ignore[override]  # slices alone
        self.last = max(self.last, which.stop)
        return self._calls[which]


def test_no_more_is_taken_than_will_soon_be_wanted() -> None:
    calls = Watched(1000)
    with Workers(2) as workers:
        made = workers.map(operator.neg, calls, dear)
        for number in range(200):
            assert next(made) == -number
            assert calls.last <= number + 2 + 2 * 8
        time.sleep(0.2)
        assert calls.last <= 201 + 2 * 8


def test_what_is_left_half_done_does_not_disturb_what_comes_next() -> None:
    with Workers(2) as workers:
        made = workers.map(slowly, numbers(100), dear)
        assert next(made)[0] == 0
        assert [n for n, _ in workers.map(slowly, numbers(40), dear)] == list(range(40))
        assert [n for n, _ in made] == list(range(1, 100))


def test_what_is_left_half_done_does_not_keep_workers_from_ending() -> None:
    with Workers(2) as workers:
        made = workers.map(slowly, numbers(1000), dear)
        assert next(made)[0] == 0
    assert next(made)[0] == 1


def test_calls_are_shared_out_by_what_they_cost() -> None:
    assert ranges_of([1, 1, 1, 5, 0, 0, 3], 3) == [range(0, 3), range(3, 4), range(4, 7)]
    assert ranges_of([], 3) == []


def test_the_default_is_this_process_alone() -> None:
    assert list(alone.map(operator.neg, numbers(3), dear)) == [0, -1, -2]


# --------------------------------------------------------------------------- whole builds

MORE = f"{TWO}-- sources/again/ferry.txt --\n{FERRY}-- sources/empty.txt --\n"


def contents(folder: Folder) -> dict[str, bytes]:
    return folder.tree()


def test_any_number_of_jobs_makes_the_same_site(
    site: Callable[[str], Folder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "WORTH", 0.001)
    made = []
    for jobs in ("1", "2", "5"):
        folder = site(MORE)
        told = folder.build("--jobs", jobs)
        made.append((told, contents(folder)))
        folder.root.rename(tmp_path / f"made-with-{jobs}")
    assert made[0] == made[1] == made[2]
    assert made[0][0].code == 1  # of the empty one


def test_a_number_of_jobs_below_one_is_refused(site: Callable[[str], Folder]) -> None:
    told = site(MORE).build("--jobs", "0")
    assert told.code == 2
    assert "greater than or equal to 1" in told.err


# What is done by the shell of an editor: a build that goes on for long, in a process of its own.
LONG = f"""\
import sys
from briefbook import working
from briefbook.cli import main
working.WORTH = 0.0001
main(["build", "--jobs", "3", "--now", "{NOW}", "--root", sys.argv[1]])
"""


def children(pid: int) -> set[int]:
    try:
        return {int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_no_process_behind(
    site: Callable[[str], Folder], how: signal.Signals
) -> None:
    folder = site("")
    for n in range(200):
        text = "\n\n".join(f"The quay {n} of harbour {m} was dredged again." for m in range(40))
        folder.write(f"sources/{n}.txt", f"Quay {n} is dredged\n\n{text}\n")
    build = subprocess.Popen(
        [sys.executable, "-c", LONG, str(folder.root)], stderr=subprocess.PIPE, text=True
    )
    try:
        assert eventually(lambda: len(children(build.pid)) == 2)
        workers = children(build.pid)
        build.send_signal(how)
        _, said = build.communicate(timeout=PATIENCE)
    finally:
        build.kill()
    assert build.returncode != 0
    assert "Traceback" not in said
    assert eventually(lambda: not any(map(is_alive, workers)))
