"""Two files change places at one blow, and it is told where that cannot be."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefbook import swapping
from briefbook.swapping import swap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Let what the system has be asked for anew."""
    exchange = swapping._exchange
    exchange.cache_clear()
    yield
    exchange.cache_clear()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "één", tmp_path / "other"
    one.write_text("one")
    other.write_text("other")
    return one, other


def test_two_files_change_places(two: tuple[Path, Path]) -> None:
    one, other = two
    numbers = one.stat().st_ino, other.stat().st_ino
    assert swap(one, other)
    assert (one.read_text(), other.read_text()) == ("other", "one")
    assert (other.stat().st_ino, one.stat().st_ino) == numbers


def test_a_file_that_is_not_there_is_named(two: tuple[Path, Path]) -> None:
    one, other = two
    one.unlink()
    with pytest.raises(FileNotFoundError) as told:
        swap(one, other)
    assert (told.value.errno, told.value.filename) == (errno.ENOENT, str(one))
    assert told.value.strerror == os.strerror(errno.ENOENT)
    assert other.read_text() == "other"


@pytest.mark.parametrize("number", ["EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM"])
def test_a_disk_that_cannot_is_no_mistake(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    refuses(monkeypatch, getattr(errno, number))
    assert swap(*two) is False


def test_a_refusal_is_a_mistake(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, errno.EACCES)
    with pytest.raises(PermissionError, match="één"):
        swap(*two)


def refuses(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def exchange(one: bytes, other: bytes) -> int:
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(swapping, "_exchange", lambda: exchange)


def test_a_system_that_has_no_name_for_it_cannot(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert swap(*two) is False
    assert [path.read_text() for path in two] == ["one", "other"]


@pytest.mark.parametrize("gone", [AttributeError("no renameat2"), OSError("no library")])
def test_an_older_system_cannot(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, gone: Exception
) -> None:
    def library(*_: object, **__: object) -> object:
        raise gone

    monkeypatch.setattr(ctypes, "CDLL", library)
    assert swap(*two) is False


def test_macos_is_asked_in_its_own_words(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def renamex_np(*about: object) -> int:
        asked.append(about)
        return 0

    class Library(dict[str, Callable[..., int]]):
        def __init__(self, name: str | None, *, use_errno: bool) -> None:
            super().__init__(renamex_np=renamex_np)
            assert (name, use_errno) == (None, True)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", Library)
    assert swap(*two)
    assert asked == [(*map(os.fsencode, two), 2)]


def test_the_system_is_asked_for_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = swapping._exchange()
    assert first is not None
    assert swapping._exchange() is first
