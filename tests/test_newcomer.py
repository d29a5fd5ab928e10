"""What a newcomer types, from the README and from `--help`, on a copy of the sample site.

In the README's session each `sh` block is typed, a block without a language is what it prints (with
`...` for lines left out), and a `yaml` block is the line that the newcomer changes in the entry.
"""

import io
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from briefbook.cli import VERBS, app_of
from tests.conftest import Result

ROOT = Path(__file__).parents[1]
SESSION = (
    (ROOT / "README.md").read_text("utf-8").split("## Ten minutes with it\n")[1].split("\n## ")[0]
)
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", SESSION, re.MULTILINE | re.DOTALL)
ENTRY = "briefings/norway-orders-more-korean-howitzers.md"
COMMANDS: dict[str, Any] = typer.main.get_command(app_of()).commands  # type: ignore[attr-defined]
# 2026-11-22, so that the session is a day like any other.
EPOCH = "1795341600"

Types = Callable[..., Result]


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample site, where the newcomer is."""
    for name in ("sources", "briefings", "site.yaml", "published.txt"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


def test_the_session_of_the_readme_says_what_it_says(
    sample: Path, command: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = ""
    for language, text in BLOCKS:
        if language == "sh":
            printed = "".join(_typed(text, command, monkeypatch))
        elif language == "yaml":
            _change(sample / ENTRY, text)
        else:
            assert re.fullmatch(_as_pattern(text), printed), printed


def _typed(text: str, command: Types, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Type what stands in a block, and yield what each command prints."""
    text, _, rest = text.partition(" <<'END'\n")
    for line in text.splitlines():
        words = shlex.split(line)
        if words[:2] == ["briefbook", "serve"]:
            yield _served()
        elif words[0] == "briefbook":
            pasted = rest.removesuffix("END\n").encode()
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(pasted)))
            answer = command(*words[1:])
            assert not answer.code, answer.err
            yield answer.err + answer.out
        else:
            done = subprocess.run(["sh", "-ec", line], capture_output=True, text=True, check=True)
            yield done.stdout


def _served() -> str:
    """Start the server, and return what it says before anything is changed."""
    code = "from briefbook.cli import main; main(['serve'])"
    with subprocess.Popen(
        [sys.executable, "-uc", code], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline() + server.stdout.readline()
        server.send_signal(signal.SIGINT)
    return re.sub(r"(127\.0\.0\.1):\d+", r"\1:8000", said)  # that port may be taken


def _change(file: Path, line: str) -> None:
    """Put a line in the place of the one with the same key."""
    text, changed = re.subn(rf"(?m)^{line.split(':')[0]}:.*\n", line, file.read_text("utf-8"))
    assert changed == 1
    file.write_text(text, "utf-8")


def _as_pattern(text: str) -> str:
    """Return what matches an output of which lines were left out."""
    parts = re.split(r"^\.\.\.\n", text, flags=re.MULTILINE)
    return "(?s:.*)".join(map(re.escape, parts))


def example(words: str | None) -> list[str]:
    """Return what the example of a help text types after `briefbook`."""
    found = re.search(r"^Example: briefbook (.+)$", words or "", re.MULTILINE)
    assert found, f"no example in: {words}"
    return shlex.split(found[1])


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_example_in_the_help_of_every_verb_works(
    verb: str, sample: Path, command: Types
) -> None:
    words = example(COMMANDS[verb].help)
    assert words[0] == verb
    (sample / "ferry.txt").write_text("Second ferry\n\nA second ferry sails from May.\n", "utf-8")
    if verb == "serve":  # it does not end by itself; the session above runs it
        COMMANDS[verb].make_context(verb, words[1:]).close()
        return
    answer = command(*words)
    assert answer.code == 0, answer.err
    assert answer.out


def test_build_site_py_helps_with_an_example_and_all_verbs(sample: Path, command: Types) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(f" {verb} " in done.stdout for verb in VERBS)
    words = example("\n".join(line.strip() for line in done.stdout.splitlines()))
    (sample / "ferry.txt").write_text("Second ferry\n\nA second ferry sails from May.\n", "utf-8")
    assert command(*words).code == 0
