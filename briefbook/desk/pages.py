"""Pages: what is shown at the addresses of the desk."""

from collections.abc import Mapping
from html import escape

from briefbook.desk.state import DeskState


def desk_page(state: DeskState, path: str, query: Mapping[str, str], token: str) -> str | None:
    """Return the HTML of a desk page; None: there is no such page.

    Args:
        state: What may be shown.
        path: The whole path asked for, decoded, such as "/_desk/entries/some-slug/".
        query: What stands behind its question mark, of each name the last value.
        token: What each form has to send along in a hidden field `token`, to `/_desk/act`.
    """
    if path != "/_desk/":
        return None
    said = "".join(f"<li>{escape(str(problem))}</li>" for problem in state.problems)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Desk</title>'
        f"<body><main><h1>Desk</h1><ul>{said}</ul></main></body></html>"
    )


def desk_asset(name: str) -> tuple[str, bytes] | None:
    """Return the content type and content of a file of the desk pages; None: there is none."""
    return None
