"""A plain command line is read without what reads any, and says the same."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefbook.cli import app_of, building
from briefbook.cli.again import Begun
from briefbook.cli.chosen import Chosen, chosen_of
from tests.conftest import NOW, SITE

ROOT = Path(__file__).parents[1]
WORDS = """
    --root . --root=x --output out --output=-o --now 2026-05-01 --now=2026-05-01T12:00:00+09:00
    --now=soon --base-url https://a.example --base-url=a.example --base-url=https://a.example/?b
    --drafts --drafts=1 --strict --frozen --timings --jobs 2 --jobs=0 --jobs=²  --jobs -1 --jobs=+3
    --jobs=1_0 --jobs=007 --help -h -- --base_url --no-drafts --draft --root= --cluster --=x
    --cluster=tcp://127.0.0.1:1 build extra
""".split()


def as_any(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Chosen | None:
    """Return what a build is asked for by what reads any command line; None: it refuses."""
    found: list[Chosen] = []

    def build_chosen(chosen: Chosen, begun: Begun | None) -> int:
        found.append(chosen)
        return 0

    monkeypatch.setattr(building, "build_chosen", build_chosen)
    with pytest.raises(SystemExit):
        app_of(["build"])(args=["build", *arguments], prog_name="briefbook")
    return found[0] if found else None


@pytest.fixture
def _at_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")


@pytest.mark.usefixtures("_at_a_fixed_time")
@pytest.mark.parametrize("seed", range(4))
def test_what_is_plain_is_read_as_any_is(
    monkeypatch: pytest.MonkeyPatch, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(seed)
    read = 0
    for _ in range(40):
        arguments = chance.choices(WORDS, k=chance.randint(0, 3))
        chosen = chosen_of(arguments)
        if chosen is not None:
            assert chosen == as_any(arguments, monkeypatch), arguments
            read += 1
    assert read > 5


PLAIN = """--root site --output=_site --now 2026-05-01 --base-url https://a.example/b --drafts
    --strict --frozen --timings --jobs 2 --jobs=3""".split()


@pytest.mark.usefixtures("_at_a_fixed_time")
@pytest.mark.parametrize("arguments", [[], ["--strict"], PLAIN], ids=" ".join)
def test_what_builds_are_called_with_is_plain(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = chosen_of(arguments)
    assert chosen is not None
    assert chosen == as_any(arguments, monkeypatch)


@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "--cluster tcp://127.0.0.1:1",
        "--now soon",
        "--now",
        "--jobs 0",
        "--jobs=" + "9" * 5000,
        "--base-url harbour",
        "--root=",
        "--output --strict",
        "--strict=1",
        "--base_url https://a.example",
        "extra",
        "--",
    ],
)
def test_what_is_wrong_or_not_plain_is_left_to_others(line: str) -> None:
    assert chosen_of(line.split()) is None


@pytest.mark.usefixtures("_at_a_fixed_time")
def test_an_epoch_that_is_no_number_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    assert chosen_of([]) is None


def a_site(folder: Path) -> Path:
    (folder / "site.yaml").write_text(SITE, "utf-8")
    return folder


STOPPED = """
import os, signal, sys
from briefbook import build
from briefbook.cli import main
def broken_off(*_):
    {0}
build.read_settings = broken_off
main(["build", "--now", {1!r}, *sys.argv[1:]])
"""


@pytest.mark.parametrize("also", [[], ["--output", "-out"]], ids=["plain", "other"])
def test_a_build_that_is_broken_off_says_so_by_its_code(tmp_path: Path, also: list[str]) -> None:
    code = STOPPED.format("os.kill(os.getpid(), signal.SIGINT)", NOW)
    command = [sys.executable, "-c", code, *also]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=a_site(tmp_path), env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_who_reads_no_further_is_told_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "build_site.py"), "build", "--now", NOW]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command,
        cwd=a_site(tmp_path),
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
