"""A Dask cluster parses what this machine would have parsed, whatever happens to its workers."""

import operator
import os
import pickle
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefbook import cluster as under_test
from briefbook.problems import ProblemError
from briefbook.program import program
from briefbook.worker import Call
from tests.conftest import TWO, Folder

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from briefbook.cluster import Cluster  # noqa: E402  # after it is known to be usable

pytestmark = [
    # The library leaves lines open when a worker is killed, and says so when they are thrown away.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WITH_AN_EMPTY_ONE = TWO + "-- sources/empty.txt --\n"


def dear(*_: object) -> float:
    """Estimate each call at more than a share, so that each is a share of its own."""
    return 1.0


def local_cluster(workers: int) -> Any:
    """Return a cluster of so many processes of this machine, to be entered."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",  # any free port, for what asks whether it is well
        scheduler_kwargs={"dashboard": False},
        host="127.0.0.1",
    )


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """Two worker processes on this machine; a killed one is replaced after a while."""
    with local_cluster(2) as made:
        yield made


def contents(folder: Folder) -> dict[str, bytes]:
    return folder.tree()


def test_a_cluster_makes_the_site_that_one_machine_makes(
    site: Callable[[str], Folder], tmp_path: Path, local: Any
) -> None:
    folder = site(WITH_AN_EMPTY_ONE)
    alone = folder.build("--jobs", "1"), contents(folder)
    folder.root.rename(tmp_path / "made-alone")
    folder = site(WITH_AN_EMPTY_ONE)
    together = folder.build("--cluster", local.scheduler_address), contents(folder)
    assert together == alone


def test_a_worker_that_is_killed_at_work_is_not_missed(local: Any) -> None:
    calls: list[Call] = [(n, 0.05) for n in range(60)]
    with Cluster(local.scheduler_address) as cluster:
        made = cluster.map(_slowly, calls, dear)
        first = [next(made) for _ in range(5)]
        victim = next(iter(local.workers.values())).pid
        os.kill(victim, signal.SIGKILL)
        assert [n for n, _ in [*first, *made]] == list(range(60))


def test_equal_arguments_are_sent_once(local: Any) -> None:
    calls: list[Call] = [(n % 7, 0.0) for n in range(50)]
    with Cluster(local.scheduler_address) as cluster:
        made = list(cluster.map(_slowly, calls, dear))
    assert [n for n, _ in made] == [n % 7 for n in range(50)]
    assert len(set(made)) == 7  # each with the moment at which it was made
    assert cluster.seconds > 0


def test_what_a_call_raises_there_is_raised_here_where_it_was_due(local: Any) -> None:
    calls: list[Call] = [(4, 2), (1, 0), (6, 2)]
    with Cluster(local.scheduler_address) as cluster:
        made = cluster.map(operator.truediv, calls, dear)
        assert next(made) == 2.0
        with pytest.raises(ZeroDivisionError):
            next(made)


def _slowly(number: int, seconds: float) -> tuple[int, float]:
    time.sleep(seconds)
    return number, time.monotonic()


# --------------------------------------------------------------------------- what is refused


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("_PATIENCE", "_WITHOUT"):
        monkeypatch.setattr(under_test, bound, 1.0)


def silent_port() -> tuple[socket.socket, int]:
    """Return a port at which somebody listens and never says a word."""
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, listening.getsockname()[1]


@pytest.mark.usefixtures("impatient")
def test_an_address_at_which_nothing_answers_builds_nothing(site: Callable[[str], Folder]) -> None:
    folder = site(WITH_AN_EMPTY_ONE)
    listening, port = silent_port()
    with listening:
        told = folder.build("--cluster", f"tcp://127.0.0.1:{port}")
    assert told.code == 2
    assert f"--cluster tcp://127.0.0.1:{port}: error: no Dask scheduler answers there" in told.err
    assert "fix: give the address that the scheduler says at its start" in told.err
    assert not (folder.root / "_site").exists()


def test_what_is_no_address_is_refused(site: Callable[[str], Folder]) -> None:
    told = site(WITH_AN_EMPTY_ONE).build("--cluster", "gopher://somewhere")
    assert told.code == 2
    assert "--cluster gopher://somewhere: error: no Dask scheduler answers there" in told.err
    assert "Traceback" not in told.err


@pytest.mark.usefixtures("impatient")
def test_a_cluster_without_workers_is_refused() -> None:
    with local_cluster(0) as empty:
        address = empty.scheduler_address
        with pytest.raises(ProblemError) as raised:
            Cluster(address)
    assert str(raised.value) == (
        f"--cluster {address}: error: this cluster has had no worker for 1 seconds\n"
        f"    fix: start workers with `dask worker {address}`"
    )


@pytest.mark.usefixtures("impatient")
def test_when_the_last_worker_is_gone_it_is_said_and_not_waited_for_ever() -> None:
    with local_cluster(1) as small:
        with Cluster(small.scheduler_address) as cluster:
            made = cluster.map(_slowly, [(n, 0.2) for n in range(50)], dear)
            next(made)
            threading.Thread(target=small.scale, args=(0,)).start()
            with pytest.raises(ProblemError) as raised:
                list(made)
        (problem,) = raised.value.problems
        assert problem.what == (
            "this cluster has no worker any more, or its scheduler does not answer"
        )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("python", "3.99.0", f"python 3.99.0 and {sys.version.split()[0]}"),
        ("parser", 999, f"parser 999 and {program().parser}"),
        ("code", "0123456789abcdef", f"code 0123456789abcdef and {program().code}"),
    ],
)
def test_a_cluster_that_runs_another_program_is_refused(
    local: Any, monkeypatch: pytest.MonkeyPatch, field: str, value: Any, said: str
) -> None:
    here = replace(program(), **{field: value})
    monkeypatch.setattr(under_test, "program", lambda: here)
    with pytest.raises(ProblemError) as raised:
        Cluster(local.scheduler_address)
    (problem,) = raised.value.problems
    assert problem.what.endswith(f"runs another program than this machine: {said}")
    assert problem.fix == (
        "install what runs here on every machine of the cluster: `pip install briefbook`"
    )


def test_a_worker_that_comes_later_with_another_program_is_refused(
    local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(local.scheduler_address) as cluster:
        here = replace(program(), parser=999)
        monkeypatch.setattr(under_test, "program", lambda: here)
        with pytest.raises(ProblemError, match="a worker of the cluster runs another program"):
            list(cluster.map(operator.neg, [(1,)], dear))


def test_without_the_extra_it_is_said_how_to_get_it(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_test, "find_spec", lambda name: None)
    told = site(WITH_AN_EMPTY_ONE).build("--cluster", "tcp://127.0.0.1:8786")
    assert told.code == 2
    assert told.err == (
        "--cluster tcp://127.0.0.1:8786: error: a cluster needs the extra `cluster`, which is not "
        "installed\n    fix: pip install 'briefbook[cluster]'\n"
    )


def test_jobs_and_a_cluster_exclude_each_other(site: Callable[[str], Folder]) -> None:
    told = site(WITH_AN_EMPTY_ONE).build("--cluster", "tcp://127.0.0.1:8786", "--jobs", "2")
    assert told.code == 2
    assert "--cluster decides that by itself" in told.err


def test_a_program_knows_what_it_differs_in() -> None:
    one = program()
    assert one.unlike(pickle.loads(pickle.dumps(one))) == ""
    assert one.unlike(replace(one, libraries=("markdown 1.0",))) == (
        f"libraries {', '.join(one.libraries)} and markdown 1.0"
    )
