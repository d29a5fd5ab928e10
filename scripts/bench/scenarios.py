"""What an editor waits for: each scenario, run on each generator in turn.

In: prepared sites. Out: one row a run. Each round starts in fresh folders, and within a scenario
the generators take turns, so that whatever else the machine does meets all of them alike.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.bench.corpora import Prepared
from scripts.bench.measuring import run
from scripts.bench.snapshots import Change, Snapshot, difference, size, snapshot
from scripts.bench.tools import Tool

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A kind of build."""

    key: str
    title: str


CLEAN = Scenario(key="clean", title="clean build, nothing kept")
KEPT = Scenario(key="kept", title="output gone, state kept")
ADDED = Scenario(key="added", title="one entry added")
SAME = Scenario(key="same", title="nothing changed")
SCENARIOS = (CLEAN, KEPT, ADDED, SAME)


class Site:
    """The site of a generator in a fresh folder, built again and again."""

    def __init__(self, tool: Tool, prepared: Prepared, folder: Path, log: Path) -> None:
        shutil.copytree(prepared.folder, folder, symlinks=True)
        self.tool = tool
        self._folder = folder
        self._extras = prepared.extras
        self._log = log
        self._last: Snapshot = {}

    @property
    def output(self) -> Path:
        return self._folder / self.tool.output

    def measure(self, scenario: Scenario, number: int) -> Row:
        """Run one scenario; the folder must be as the scenario before has left it.

        Args:
            scenario: Which.
            number: Of the round: which briefing is added.
        """
        if scenario is KEPT:
            shutil.rmtree(self.output)
        if scenario is ADDED:
            path, text = self._extras[number]
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / path).write_text(text, "utf-8")
        done = run(self.tool.command, self._folder, self._log)
        now = snapshot(self.output)
        change = difference(self._last, now)
        self._last = now
        state = sum(_size(self._folder / name) for name in self.tool.state)
        return _row(self.tool, scenario, number, {**asdict(done), "state": state}, change)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else size(path)


def _row(
    tool: Tool, scenario: Scenario, number: int, done: Mapping[str, object], change: Change
) -> Row:
    return {
        "tool": tool.name,
        "scenario": scenario.key,
        "round": number,
        **done,
        **asdict(change),
    }


def measure_all(
    work: Path,
    tools: Iterable[Tool],
    prepared: Mapping[str, Prepared],
    rounds: int,
    tell: Callable[[Row], None],
) -> list[Row]:
    """Run every scenario on every tool, as many rounds as wanted, and return a row for each run.

    Args:
        work: A folder for fresh copies; each round's are taken away after it.
        tools: The generators.
        prepared: Their sites.
        rounds: How many.
        tell: Told each row as it comes.
    """
    rows: list[Row] = []
    tools = list(tools)
    for number in range(rounds):
        folder = work / f"round-{number}"
        sites = [
            Site(tool, prepared[tool.name], folder / tool.name.replace(", ", "-"), work / "log.txt")
            for tool in tools
        ]
        for scenario in SCENARIOS:
            for site in sites:
                rows.append(site.measure(scenario, number))
                tell(rows[-1])
            sites = sites[1:] + sites[:1]  # nobody is always the first
        shutil.rmtree(folder)
    return rows
