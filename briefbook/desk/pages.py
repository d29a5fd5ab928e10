"""Pages: what is shown at the addresses of the desk.

In: the state of the desk and an address. Out: HTML, every text in it escaped. Nothing is written.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefbook.briefing import LoadedEntry
from briefbook.build import Prepared
from briefbook.desk.correcting import KINDS
from briefbook.desk.patching import find_line, form_value, make_patch
from briefbook.desk.queue import (
    Reason,
    count_reasons,
    entry_whys,
    grouped,
    in_urgency,
    make_queue,
    why_problem,
)
from briefbook.desk.raw_texts import RawText, raw_texts
from briefbook.desk.record import record_view
from briefbook.desk.source_lines import Show, shown_rows
from briefbook.desk.state import DeskState
from briefbook.text.visible import visible

_TEMPLATES = Path(__file__).parent / "templates"
_ASSETS = Path(__file__).parent / "assets"
_TYPES = {"desk.css": "text/css; charset=utf-8"}
_ENTRIES = "/_desk/entries/"
# What undoes each act, in the words of its button.
_UNDO = {
    "set": "Undo: put back what was there",
    "unpin": "Undo: let the program file it again",
    "dismiss": "Undo: dismiss it again",
    "bring-back": "Undo: bring the note back",
    "line": "Undo",
    "patch": "Undo: patch the text back",
    "unpublish": "Undo: make it a draft again",
    "withdraw": "Undo: withdraw it again",
    "restore": "Undo: take the withdrawal back",
    "say-why": "Undo: put back what was there",
    "confirm": "Undo: confirm it again",
    "unconfirm": "Undo: make it a draft again",
    "dismiss-correction": "Undo: dismiss it again",
    "redraft": "Undo: bring the draft back",
}
# What a form that undoes may send along, besides topics.
_FORM_FIELDS = frozenset(
    "field value note line correction date kind about was now why status".split()
)
_WORDS = {"keep": "Keep", "drop": "Drop", "undo": "Undo your decision on"}


def desk_page(state: DeskState, path: str, query: Mapping[str, str], token: str) -> str | None:
    """Return the HTML of a desk page; None: there is no such page.

    Args:
        state: What may be shown.
        path: The whole path asked for, decoded, such as "/_desk/entries/some-slug/".
        query: What stands behind its question mark, of each name the last value.
        token: What each form has to send along in a hidden field `token`, to `/_desk/act`.
    """
    if path == "/_desk/":
        return _queue_page(state, query)
    if state.prepared is None or not (path.startswith(_ENTRIES) and path.endswith("/")):
        return None
    slug = path.removeprefix(_ENTRIES).removesuffix("/")
    loaded = next((one for one in state.prepared.loaded if one.entry.slug == slug), None)
    return None if loaded is None else _record_page(state, state.prepared, loaded, query, token)


def desk_asset(name: str) -> tuple[str, bytes] | None:
    """Return the content type and content of a file of the desk pages; None: there is none."""
    if name not in _TYPES:
        return None
    return _TYPES[name], (_ASSETS / name).read_bytes()


def _queue_page(state: DeskState, query: Mapping[str, str]) -> str:
    prepared = state.prepared
    items = make_queue(prepared, state.problems, state.now)
    only = next((reason for reason in Reason if reason.value == query.get("reason")), None)
    shown = [item for item in items if only in (None, *item.reasons)]
    return _render(
        "queue.html",
        state,
        total=len(items),
        counts=count_reasons(items),
        only=only,
        groups=((only, shown),) if only and shown else grouped(shown),
        entries=prepared.loaded[::-1] if prepared else (),
    )


def _record_page(
    state: DeskState,
    prepared: Prepared,
    loaded: LoadedEntry,
    query: Mapping[str, str],
    token: str,
) -> str:
    entry = loaded.entry
    raw = raw_texts(prepared).get(entry.slug)
    is_unfiled = entry.slug in prepared.unfiled
    whys = tuple(entry_whys(entry, raw, state.now, prepared.site, is_unfiled=is_unfiled))
    public = prepared.public.get(entry.slug)
    page = record_view(loaded, raw, whys, public, prepared.site)
    show = next((one for one in Show if one.value == query.get("show")), Show.ALL)
    rows = page.rows or ()
    paths = {loaded.path, page.source}
    return _render(
        "record.html",
        state,
        token=token,
        page=page,
        problems=in_urgency(why_problem(p) for p in state.problems if p.place.path in paths),
        show=show,
        rows=shown_rows(rows, show),
        shows=tuple((one, len(shown_rows(rows, one))) for one in Show),
        kinds=KINDS,
        undo=_undo(query),
        patch=_patch(loaded, raw, query),
    )


def _patch(
    loaded: LoadedEntry, raw: RawText | None, query: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """Return what a word on a line would change in an edited body, where an address asks that."""
    word = query.get("do", "")
    line = find_line(raw, query.get("line", ""), word)
    if raw is None or line is None or "body" not in loaded.entry.edited:
        return None
    patch = make_patch(loaded, raw, line, word)
    return {"made": patch, "value": form_value(line, word), "label": _WORDS[word]}


def _undo(query: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Return the form that undoes the act just done; it came with the address that act led to."""
    act = query.get("undo", "")
    if act not in _UNDO:
        return None
    more = {name: value for name, value in query.items() if _is_field(name)}
    return {"act": act, "label": _UNDO[act], "more": more}


def _is_field(name: str) -> bool:
    return name in _FORM_FIELDS or name.startswith("topic-")


def _render(template: str, state: DeskState, **more: object) -> str:
    site = state.prepared.site if state.prepared else None
    return _environment().get_template(template).render(site=site, outcome=state.outcome, **more)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )


def _printable(value: object) -> object:
    """Take out of every printed text what no page may hold; finished HTML is a type of its own."""
    return visible(value) if type(value) is str else value
