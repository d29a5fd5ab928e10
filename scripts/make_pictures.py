"""Take the pictures of the README and the editing page: the sample site in Debian's chromium.

    python scripts/make_pictures.py [NAME ...]      default: all of docs/pictures/

Builds the samples in a temporary folder at a fixed time; the desk is the one that `serve` shows.
Look at what has changed before you commit it: another chromium or other fonts make other pixels.
"""

import functools
import http.server
import io
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from briefbook.build import build
from briefbook.desk import running
from briefbook.options import Options

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb")
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
MOST_BYTES = 120_000
_COLOURS = (256, 128, 64, 32, 16)  # the most that fit
_GAP = 24  # pixels of a screen between two pictures side by side

_ENTRY = "briefings/norway-doubles-down-on-korean-howitzers-with-order-for-24/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One window: what it shows, and how large it is."""

    page: str  # below the address of the site
    width: int  # CSS pixels, as the height
    height: int
    dark: bool = False
    scale: float = 1.5  # pixels of the picture to one of CSS


_NOTED = "korean-arms-makers-count-on-iraq-for-a-second-wave-of-orders"

# Several shots stand side by side.
PICTURES: dict[str, tuple[Shot, ...]] = {
    "front": (Shot(page="", width=960, height=880),),
    "story": (
        Shot(
            page="stories/seoul-takes-its-helicopter-pitch-to-the-baghdad-arms-fair/",
            width=960,
            height=880,
        ),
    ),
    "phone": (
        Shot(page=_ENTRY, width=390, height=780),
        Shot(page=_ENTRY, width=390, height=780, dark=True),
    ),
    "desk": (Shot(page=f"_desk/entries/{_NOTED}/", width=1160, height=960),),
}


def main(names: Sequence[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _sample() as root, _served(root) as addresses, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name in names or PICTURES:
            taken = [_take(browser, addresses(shot.page), shot) for shot in PICTURES[name]]
            picture = _small(_beside(taken))
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"{name}.png  {len(picture):,} bytes")
        browser.close()


# --------------------------------------------------------------------------- the site


@contextmanager
def _sample() -> Iterator[Path]:
    """Build the sample site in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("sources", "briefings", "site.yaml", "published.txt"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name)
        build(root, Options(now=NOW))
        yield root


@contextmanager
def _served(root: Path) -> Iterator[Callable[[str], str]]:
    """Serve the built site and its desk; yield what turns a page into its address."""
    files = functools.partial(_Quiet, directory=str(root / "_site"))
    with (
        running(root, 0, lambda: NOW, lambda _: None) as desk,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), files) as site,
    ):
        threading.Thread(target=site.serve_forever).start()
        published = f"http://127.0.0.1:{site.server_port}/"
        yield lambda page: (desk.address if page.startswith("_desk/") else published) + page
        site.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


# --------------------------------------------------------------------------- the pictures


def _take(browser: Browser, address: str, shot: Shot) -> Image.Image:
    window = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page = window.new_page()
    # The desk keeps a line open for news, so its network never falls silent.
    page.goto(address, wait_until="load")
    png = page.screenshot()
    window.close()
    return Image.open(io.BytesIO(png)).convert("RGB")


def _beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """Put pictures of one height side by side, on white."""
    if len(pictures) == 1:
        return pictures[0]
    width = sum(one.width for one in pictures) + _GAP * (len(pictures) - 1)
    whole = Image.new("RGB", (width, max(one.height for one in pictures)), "white")
    left = 0
    for one in pictures:
        whole.paste(one, (left, 0))
        left += one.width + _GAP
    return whole


def _small(picture: Image.Image) -> bytes:
    """Return a PNG with as many colours as fit into what a picture may weigh."""
    for colours in _COLOURS:
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise SystemExit(f"a picture of {picture.size} cannot be made so small: crop it")


if __name__ == "__main__":
    main(sys.argv[1:])
