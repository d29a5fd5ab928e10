"""What rooms offer late, by the imports that stand there for readers and types."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefbook"
# The package itself is a door too.
DOORS = sorted(
    path.parent.relative_to(PACKAGE.parent)
    for path in PACKAGE.rglob("__init__.py")
    if "= door(" in path.read_text("utf-8")
)


def late_part(door: Path) -> ast.If:
    tree = ast.parse((PACKAGE.parent / door / "__init__.py").read_text("utf-8"))
    return next(node for node in tree.body if isinstance(node, ast.If))


def offered(door: Path) -> dict[str, set[str]]:
    """Return the names that a room offers late, by module."""
    call = next(node for node in ast.walk(late_part(door)) if isinstance(node, ast.Call))
    return {module: set(names) for module, names in ast.literal_eval(call.args[1]).items()}


def typed(door: Path) -> dict[str, set[str]]:
    """Return the same as those see it who check types."""
    package = ".".join(door.parts)
    return {
        node.module.removeprefix(f"{package}."): {
            alias.asname or alias.name for alias in node.names
        }
        for node in late_part(door).body
        if isinstance(node, ast.ImportFrom) and node.module
    }


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_a_door_offers_late_what_it_says_it_offers(door: Path) -> None:
    assert offered(door) == typed(door)
    room = importlib.import_module(".".join(door.parts))
    names = {name for names in offered(door).values() for name in names}
    assert names <= set(room.__all__)
    for module, each in offered(door).items():
        home = importlib.import_module(f"{room.__name__}.{module}")
        assert all(getattr(room, name) is getattr(home, name) for name in each)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_a_name_that_is_offered_late_is_not_that_of_a_module(door: Path) -> None:
    names = {name for names in offered(door).values() for name in names}
    assert not names & {path.stem for path in (PACKAGE.parent / door).iterdir()}


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_is_offered_late_is_loaded_when_it_is_asked_for(door: Path) -> None:
    package = ".".join(door.parts)
    module, names = next(iter(offered(door).items()))
    code = (
        f"import sys, {package}\n"
        f"assert '{package}.{module}' not in sys.modules\n"
        f"{package}.{min(names)}\n"
        f"assert '{package}.{module}' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=True)
