"""Rows of runs -> medians, and the tables that are printed."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

Row = Mapping[str, Any]
_MIB = 1024 * 1024
_MEASURED = ("wall", "cpu", "memory", "state", "files", "new", "gone", "rewritten", "changed")
_SITE_HEAD = ("wall", "ratio", "CPU", "memory", "written", "changed", "new", "gone", "files")


def medians(rows: Iterable[Row], *by: str) -> dict[tuple[Any, ...], dict[str, float]]:
    """Return the medians of rows that share some keys, such as tool and scenario."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in by), []).append(row)
    return {
        key: {name: median(row[name] for row in group) for name in _MEASURED}
        for key, group in groups.items()
    }


def written(of: Mapping[str, float]) -> int:
    """Return how many files a run wrote, whatever became of their content."""
    return int(of["new"] + of["rewritten"])


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, in columns also for the eye; the first one stands left."""
    every = [head, *rows]
    widths = [max(len(row[n]) for row in every) for n in range(len(head))]
    lines = [
        "| " + " | ".join(_cell(row[n], widths[n], left=not n) for n in range(len(head))) + " |"
        for row in every
    ]
    rule = "| " + " | ".join("-" * (w - bool(n)) + ":" * bool(n) for n, w in enumerate(widths))
    return "\n".join([lines[0], rule + " |", *lines[1:]])


def _cell(text: str, width: int, *, left: bool) -> str:
    return text.ljust(width) if left else text.rjust(width)


def sites_tables(about: Row, reference: str) -> str:
    """Return the tables of a comparison: for each scenario every tool, and its ratio to one."""
    found = medians(about["rows"], "scenario", "tool")
    parts = []
    for key, title in about["scenarios"].items():
        first = found.get((key, reference))
        lines = [_site_line(name, found[key, name], first) for name in about["tools"]]
        parts.append(markdown((title, *_SITE_HEAD), lines))
    return "\n\n".join(parts)


def _site_line(
    name: str, of: Mapping[str, float], reference: Mapping[str, float] | None
) -> list[str]:
    ratio = f"{of['wall'] / reference['wall']:.2f}" if reference else ""
    return [
        name,
        seconds(of["wall"]),
        ratio,
        seconds(of["cpu"]),
        f"{of['memory']:,.0f} MiB",
        f"{written(of):,}",
        f"{of['changed']:,.0f}",
        f"{of['new']:,.0f}",
        f"{of['gone']:,.0f}",
        f"{of['files']:,.0f}",
    ]


def growth_table(about: Row) -> str:
    found = medians(about["rows"], "entries", "tool", "scenario")
    head = ("entries, Briefbook", "build", "wall", "CPU", "memory", "state", "written", "files")
    lines = [
        [
            f"{entries:,}, {tool}",
            about["scenarios"][scenario],
            seconds(of["wall"]),
            seconds(of["cpu"]),
            f"{of['memory']:,.0f} MiB",
            f"{of['state'] / _MIB:,.1f} MiB",
            f"{written(of):,}",
            f"{of['files']:,.0f}",
        ]
        for (entries, tool, scenario), of in found.items()
    ]
    return markdown(head, lines)


def raw_tables(about: Row) -> str:
    found = medians(about["rows"], "scenario")
    head = (f"{about['texts']:,} raw texts", "wall", "CPU", "memory", "written", "files")
    builds = [
        [
            about["scenarios"][scenario],
            seconds(of["wall"]),
            seconds(of["cpu"]),
            f"{of['memory']:,.0f} MiB",
            f"{written(of):,}",
            f"{of['files']:,.0f}",
        ]
        for (scenario,), of in found.items()
    ]
    stages = [[name, f"{spent:,.2f} ms"] for name, spent in about["stages"].items()]
    return "\n\n".join(
        [markdown(head, builds), markdown(("each stage alone", "CPU a text"), stages)]
    )


def seconds(spent: float) -> str:
    return f"{spent:,.2f} s"
