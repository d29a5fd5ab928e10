"""The picture of the figures: bars beside each other, readable in light and dark.

In: what a run of the bench has written as JSON. Out: an SVG with a title and a description that say
in words what the bars show.
"""

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from scripts.bench.tables import medians, seconds

_WIDTH = 800
_EDGE = 20
_LEFT = 190  # where bars start
_LONGEST = 480
_LINE = 22
_HEAD = 34
_STYLE = """\
text { font: 14px system-ui, sans-serif; fill: #1b1b1b }
.title { font-weight: 600 }
.figure { font-size: 13px }
rect { fill: #8a93a5 }
rect.own { fill: #b4541a }
rect.paper { fill: #fff }
@media (prefers-color-scheme: dark) {
rect.paper { fill: #16181d }
text { fill: #e8e6e3 }
rect { fill: #77819a }
rect.own { fill: #e0884f }
}"""


def picture(about: Mapping[str, Any]) -> str:
    """Return the picture of a comparison."""
    found = medians(about["rows"], "scenario", "tool")
    lines: list[str] = []
    said: list[str] = []
    top = _EDGE
    for key, title in about["scenarios"].items():
        walls = {name: found[key, name]["wall"] for name in about["tools"]}
        lines += _panel(title, walls, top)
        figures = ", ".join(f"{name} {seconds(wall)}" for name, wall in walls.items())
        said.append(f"{title}: {figures}.")
        top += _HEAD + _LINE * len(walls) + _EDGE
    title = f"Building a site of {about['entries']:,} entries, wall time"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img"'
            ' aria-labelledby="title said">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="said">{escape(" ".join(said))}</desc>',
            f"<style>\n{_STYLE}\n</style>",
            # Its own paper: a page may be dark where the reader's system is light.
            f'<rect class="paper" width="{_WIDTH}" height="{top}" rx="6"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


def _panel(title: str, walls: Mapping[str, float], top: int) -> list[str]:
    """Return the bars of one scenario; the longest is as long as there is room."""
    longest = max(walls.values())
    lines = [f'<text class="title" x="{_EDGE}" y="{top + 20}">{escape(title)}</text>']
    for number, (name, wall) in enumerate(walls.items()):
        y = top + _HEAD + _LINE * number
        width = max(1.0, _LONGEST * wall / longest)
        own = ' class="own"' if name.startswith("briefbook") else ""
        lines.append(f'<text x="{_EDGE}" y="{y + 13}">{escape(name.capitalize())}</text>')
        lines.append(f'<rect{own} x="{_LEFT}" y="{y}" width="{width:.1f}" height="16" rx="2"/>')
        at = _LEFT + width + 8
        lines.append(f'<text class="figure" x="{at:.1f}" y="{y + 13}">{seconds(wall)}</text>')
    return lines
