"""All regular expressions of the package, recorded while it loads and makes a small site.

Run as a program, in a process of its own, as most expressions are compiled when modules are
loaded: writes a line of JSON for each. Expressions in code that this does not reach are told by
`unrecorded`.
"""

import ast
import contextlib
import importlib
import io
import json
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PACKAGE = ROOT / "briefbook"
_MAKERS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
_WAYS = dict.fromkeys(("search", "split", "findall", "finditer", "sub", "subn"), "search")
_WAYS |= {"match": "match", "fullmatch": "fullmatch"}
# Texts that meet code of several scripts and forms.
_TEXTS = (
    "Ferry sails again\n\nBy Ann Marrow, Coast Gazette\nMay 3, 2026\n\nThe U.S. ferry cost $3"
    " million.It sails at 10:30 a.m.See www.harbour.example,said Ben.\n\n- one\n- two\n- three\n",
    "연락선 운항 재개\n\n항만청은 월요일에 연락선이 다시 운항한다고 밝혔다.\n",
    "渡轮重新启航\n\n港务局星期一说，渡轮将于五月重新启航。カタカナ。\n",
    "عبارة\n\nقال مجلس الميناء إن العبارة ستبحر في مايو.\n",
)
_PAGE = "<html><head><title>Ferry | Gazette</title></head><body><p>The ferry sails. " * 2


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression and where the package makes it."""

    pattern: str | bytes
    flags: int
    places: tuple[str, ...]  # file:line, from the package

    @property
    def compiled(self) -> "re.Pattern[Any]":
        """The expression, compiled."""
        return re.compile(self.pattern, self.flags)


@cache
def all_expressions() -> tuple[Expression, ...]:
    """Return all expressions that are made, and what makes each; found in a process of its own."""
    program = [sys.executable, "-m", "tests.torture.expressions"]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    found: dict[tuple[str | bytes, int], list[str]] = {}
    for line in told.splitlines():
        pattern, is_bytes, flags, place = json.loads(line)
        found.setdefault((pattern.encode("latin-1") if is_bytes else pattern, flags), []).append(
            place
        )
    return tuple(Expression(*key, tuple(sorted(set(places)))) for key, places in found.items())


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((_PACKAGE / file).read_text("utf-8"))


@cache
def _package() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(_PACKAGE.rglob("*.py")))


def ways(expression: Expression) -> set[str]:
    """Return how the package asks an expression: search, match, fullmatch; all where unknown.

    Known are those that a module names and asks by that name alone, and those made where asked.
    """
    found: set[str] = set()
    for place in expression.places:
        file, _, line = place.rpartition(":")
        found |= _ways_at(file, int(line))
    return found


def _ways_at(file: str, line: int) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(file)):
        if not isinstance(node, ast.stmt | ast.expr):
            continue
        if not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found |= {_WAYS[node.func.attr]} if node.func.attr in _WAYS else set()
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            (target,) = node.targets
            if isinstance(target, ast.Name):
                found |= _ways_of(target.id, file)
    return found or set(_WAYS.values())


def _ways_of(name: str, file: str) -> set[str]:
    text = (_PACKAGE / file).read_text("utf-8") if name.startswith("_") else _package()
    uses = re.findall(rf"\b{name}\b(?! =|: )(?:\.(\w+))?", text)
    is_told = uses and all(use in _WAYS for use in uses)
    return {_WAYS[use] for use in uses} if is_told else set(_WAYS.values())


def makers() -> Iterator[tuple[str, int, int]]:
    """Yield file, first and last line of each call that makes a regular expression."""
    for file in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            base = node.func.value
            if isinstance(base, ast.Name) and base.id == "re" and node.func.attr in _MAKERS:
                name = file.relative_to(_PACKAGE).as_posix()
                yield name, node.lineno, node.end_lineno or node.lineno


def _record() -> None:
    """Let each expression that the package makes from now on be told."""
    for name in _MAKERS:
        setattr(re, name, _telling(getattr(re, name)))


def _telling(make: Any) -> Any:
    def told(pattern: Any, *more: Any, **named: Any) -> Any:
        caller = sys._getframe(1)
        file = Path(caller.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            if caller.f_code.co_name == "compiled":
                caller = caller.f_back or caller
            flags = more[0] if make.__name__ == "compile" and more else named.get("flags", 0)
            _tell(pattern, int(flags), file, caller.f_lineno)
        return make(pattern, *more, **named)

    return told


def _tell(pattern: Any, flags: int, file: Path, line: int) -> None:
    if isinstance(pattern, re.Pattern):
        pattern, flags = pattern.pattern, pattern.flags
    is_bytes = isinstance(pattern, bytes)
    said = pattern.decode("latin-1") if is_bytes else pattern
    place = f"{file.relative_to(_PACKAGE).as_posix()}:{line}"
    _OUT.write(json.dumps((said, is_bytes, flags, place)) + "\n")


_OUT = sys.stdout


def _walk() -> None:
    """Load all modules and make a small site, and what reads pages."""
    import briefbook

    for one in pkgutil.walk_packages(briefbook.__path__, "briefbook."):
        if not one.name.endswith("__main__"):
            importlib.import_module(one.name)
    from briefbook.cli import main
    from briefbook.problems import Place
    from briefbook.reading.page import read_page

    for text in _TEXTS:
        briefbook.parse_text(text)
    with contextlib.suppress(ImportError):
        read_page(_PAGE, Place("a.html"))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "sources").mkdir()
        settings = "title: Brief\nbase_url: https://harbour.example/news\nsearch: true\n"
        (root / "site.yaml").write_text(settings, "utf-8")
        for number, text in enumerate(_TEXTS):
            (root / f"sources/{number}.txt").write_text(text, "utf-8")
        for verb in ("build", "check"):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
                main([verb, "--root", str(root)])


if __name__ == "__main__":
    _record()
    _walk()
