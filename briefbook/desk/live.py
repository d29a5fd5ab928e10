"""Live: what a page that is looked at has to know of the builds since, and the script that asks.

In: what is shown. Out: a page with one script more, and events (server-sent) for that script. The
script is put into pages as they are served, never into files. It loads a page anew when the site
has changed and shows the mistakes of the last build; mistakes travel as JSON and become text only.
"""

import json
from collections.abc import Iterable
from html import escape
from importlib import resources

from briefbook.desk.session import Shown
from briefbook.problems import Problem
from briefbook.publishing import urls

DESK = "/_desk/"
EVENTS = "/_desk/events"
_FILES = {"live.js": "text/javascript; charset=utf-8", "live.css": "text/css; charset=utf-8"}
# Milliseconds after which a browser that has lost the server asks for it again.
_ASK_AGAIN = 1000


def live_asset(name: str) -> tuple[str, bytes] | None:
    """Return content type and content of the script or its style; None: there is no such file."""
    if name not in _FILES:
        return None
    return _FILES[name], (resources.files("briefbook.desk") / "assets" / name).read_bytes()


def with_script(page: bytes, address: str, shown: Shown) -> bytes:
    """Return a page that keeps itself up to date.

    Args:
        page: The HTML as it was made.
        address: Where it stands, decoded, such as "/briefings/some-slug/".
        shown: What it was taken from.
    """
    is_desk = address.startswith(DESK)
    values = {
        "src": f"{DESK}live.js",
        # A page of the desk shows more than files: it is another one after each turn.
        "data-state": shown.turn if is_desk else shown.build,
        "data-kind": "desk" if is_desk else "site",
        "data-desk": desk_address(address, shown),
    }
    said = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
    script = f"<script{said} defer></script>".encode()
    end = page.lower().rfind(b"</body>")
    return page[:end] + script + page[end:] if end >= 0 else page + script


def desk_address(address: str, shown: Shown) -> str:
    """Return the desk page that belongs to a page of the site: its record, or the queue."""
    prepared = shown.state.prepared
    if prepared and address.startswith(urls.ENTRIES):
        slug = address.removeprefix(urls.ENTRIES).partition("/")[0]
        if any(one.entry.slug == slug for one in prepared.loaded):
            return f"{DESK}entries/{slug}/"
    return DESK


def event(shown: Shown) -> bytes:
    """Return the event that tells a page what is shown now."""
    said = {
        "build": shown.build,
        "turn": shown.turn,
        "title": _title(shown.errors),
        "lead": _lead(shown),
        "errors": [
            {"place": str(one.place), "what": one.what, "fix": one.fix} for one in shown.errors
        ],
    }
    # Such JSON has no line ends, which would end the event.
    return f"retry: {_ASK_AGAIN}\ndata: {json.dumps(said)}\n\n".encode()


def blank_page(shown: Shown) -> bytes:
    """Return what is shown while there is no site at all."""
    lead = escape(_lead(shown)) if shown.errors else "There is no such page."
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>No page</title></head>'
        f"<body><main><h1>No page</h1><p>{lead}</p></main></body></html>"
    ).encode()


def _title(errors: Iterable[Problem]) -> str:
    count = len(tuple(errors))
    return f"{count} mistake{'s' if count != 1 else ''}"


def _lead(shown: Shown) -> str:
    """Say what the mistakes of the last build mean for what is seen."""
    paths = [problem.place.path for problem in shown.errors]
    if "site.yaml" in paths:
        return "Nothing can be built until site.yaml is mended. " + (
            "You see the site as it was before." if shown.files else "There is no site yet."
        )
    if any(path.startswith("templates/") for path in paths):
        return "Pages that a template could not make are shown as they were before."
    return "A build leaves these out; what you saw of them before stays here until they are mended."
