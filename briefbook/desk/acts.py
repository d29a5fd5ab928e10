"""Acts: what an editor does on the desk -> an entry file, rewritten, or why it was left as it is.

In: the state of the desk and the fields of a form. Writes one entry file, whole, and only while it
is still the one the page showed. Never writes a source, nor an entry that is the editor's own work.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from briefbook.briefing import (
    Value,
    edit_entry,
    hash_value,
    key_lines,
    return_field,
    write_entry,
)
from briefbook.desk.correcting import confirm, dismiss_correction, redraft, unconfirm
from briefbook.desk.fields import BY_KEY, as_written, read_value, value_of
from briefbook.desk.jobs import Edit, Job, cut, refuse_own
from briefbook.desk.patching import decided, find_line, form_value, make_patch
from briefbook.desk.queue import disputed_field
from briefbook.desk.raw_texts import raw_texts
from briefbook.desk.record import RETURNABLE, source_values, told
from briefbook.desk.state import DeskState, Outcome
from briefbook.desk.taking_down import restore, say_why, withdraw
from briefbook.desk.timing import appears_today, publish_today, unpublish
from briefbook.locking import only_writer
from briefbook.model import Fate, Line
from briefbook.problems import Place, Problem, ProblemError, error

_LONGEST_QUERY = 8000  # characters of an address
_DONE = {"keep": "kept", "drop": "dropped", "undo": "left to the program again"}
_TICK = "topic-"  # what the name of a topic's box starts with


def act(state: DeskState, form: Mapping[str, str]) -> Outcome:
    """Perform one act of the editor: write one entry file, or say why it stays as it is.

    Args:
        state: The site as it was last built.
        form: The fields of the form, of each name the last value; without the token.
    """
    slug, does = form.get("entry", ""), _ACTS.get(form.get("act", ""))
    prepared = state.prepared
    entries = prepared.loaded if prepared else ()
    loaded = next((one for one in entries if one.entry.slug == slug), None)
    if prepared is None or loaded is None or does is None:
        what = "there is no such entry, or no such act"
        return Outcome(
            problems=(error(Place("briefings"), what, "look at the queue as it is now"),)
        )
    raw = raw_texts(prepared).get(slug)
    job = Job(
        loaded=as_written(loaded),
        raw=raw,
        site=prepared.site,
        addresses=prepared.addresses,
        now=state.now,
        form=form,
    )
    page = f"/_desk/entries/{slug}/"
    try:
        _refuse_older(job)
        edit = does(job)
        with only_writer(state.root, "serve"):
            write_entry(state.root, loaded.path, edit.now.text, was=loaded.text)
    except ProblemError as refused:
        return Outcome(problems=refused.problems, go_to=page)
    undo = f"?{urlencode(edit.undo)}" if edit.undo else ""
    if len(undo) > _LONGEST_QUERY:  # no browser would ask for that; the message has the old value
        undo = ""
    return Outcome(go_to=page + undo, done=f"{loaded.path}: {edit.said}")


def _refuse_older(job: Job) -> None:
    if job.one("stamp") != hash_value(job.loaded.text):
        what = "the entry was changed after this page was made, and is left as it is"
        fix = "look at the entry as it is now, and do it again"
        raise ProblemError(error(Place(job.loaded.path), what, fix))


# --------------------------------------------------------------------------- fields


def _set_field(job: Job) -> Edit:
    field = BY_KEY.get(job.one("field"))
    if field is None:
        raise ProblemError(_no_field(job))
    given = _ticked(job) if field.key == "topics" else job.one("value").splitlines()
    value = read_value(job.loaded, field, given, job.site)
    if appears_today(job, field.key, value):
        return publish_today(job)
    refuse_own(job, _lines(field.key, value))
    was = value_of(job.loaded.entry, field.key)
    now = edit_entry(job.loaded, {field.key: value})
    said = f"{field.key} {_set_to(value)}; it {_was(was)}"
    return Edit(now=now, said=said, undo=_set_again(field.key, was))


def _ticked(job: Job) -> list[str]:
    return [key.removeprefix(_TICK) for key in job.form if key.startswith(_TICK)]


def _set_again(key: str, was: Value | None) -> dict[str, str]:
    """Return the form that sets a field to what it was."""
    if key != "topics":
        return {"undo": "set", "field": key, "value": told(was)}
    if was is None:
        return {"undo": "unpin"}
    return {
        "undo": "set",
        "field": key,
        **dict.fromkeys(map(_TICK.__add__, told(was).split()), "on"),
    }


def _unpin(job: Job) -> Edit:
    """Let the program file an entry by its words."""
    refuse_own(job, _lines("topics", None))
    was = job.loaded.entry.topics
    now = edit_entry(job.loaded, {"topics": None})
    said = f"topics are no longer pinned; they {_was(was, many=True)}"
    return Edit(now=now, said=said, undo=_set_again("topics", was))


def _hand_back(job: Job) -> Edit:
    """Give a field back to the program: it says what the source says, now and from now on."""
    key = job.one("field")
    said = source_values(job.raw, job.site) if job.raw else {}
    if key not in RETURNABLE or not said or job.loaded.entry.parsed is None:
        raise ProblemError(_no_field(job))
    value = said.get(key)
    was: Value | None = getattr(job.loaded.entry, key) or None
    notes = tuple(note for note in job.loaded.entry.review if disputed_field(note) != key)
    now = return_field(job.loaded, key, value, review=notes)
    words = f"{key} {_set_to(value)}, as the source says; it {_was(was)}"
    return Edit(now=now, said=words, undo=_set_again(key, was) if key in BY_KEY else {})


def _no_field(job: Job) -> Problem:
    what = f"there is no field '{job.one('field')[:40]}' that the desk could set"
    return error(Place(job.loaded.path), what, "look at the entry as it is now, and do it again")


# --------------------------------------------------------------------------- notes


def _dismiss(job: Job) -> Edit:
    """Put a note into `reviewed:`, by its words: that can be read, and taken back."""
    entry, note = job.loaded.entry, job.one("note")
    if not note or note in entry.reviewed:
        raise ProblemError(_no_note(job))
    reviewed = (*entry.reviewed, note)
    refuse_own(job, key_lines("reviewed", reviewed))
    changes: dict[str, Value | None] = {"reviewed": reviewed}
    if note in entry.review:
        changes["review"] = tuple(one for one in entry.review if one != note) or None
    return Edit(
        now=edit_entry(job.loaded, changes),
        said=f"dismissed “{cut(note)}”; it stands under reviewed: now",
        undo={"undo": "bring-back", "note": note},
    )


def _bring_back(job: Job) -> Edit:
    """Take a note out of `reviewed:`; it stands for review again."""
    entry, note = job.loaded.entry, job.one("note")
    if note not in entry.reviewed:
        raise ProblemError(_no_note(job))
    reviewed = tuple(one for one in entry.reviewed if one != note)
    refuse_own(job, key_lines("reviewed", reviewed))
    changes: dict[str, Value | None] = {"reviewed": reviewed or None}
    if text := _note_text(job, note):
        changes["review"] = (*entry.review, text)
    return Edit(
        now=edit_entry(job.loaded, changes),
        said=f"brought back “{cut(note)}”",
        undo={"undo": "dismiss", "note": note},
    )


def _note_text(job: Job, note: str) -> str | None:
    """Return the words of a dismissed note, which may be known by its hash.

    None: it is no note of the program's, but says what an entry lacks.
    """
    slips = map(str, job.raw.article.slips) if job.raw else ()
    found = next((slip for slip in slips if note in (slip, hash_value(slip))), None)
    return found or (note if disputed_field(note) else None)


def _no_note(job: Job) -> Problem:
    what = "there is no such review note"
    return error(job.loaded.place("review"), what, "look at the entry as it is now")


# --------------------------------------------------------------------------- lines


def _decide(job: Job) -> Edit:
    """Write the editor's word on one line of the source, or take it back."""
    line, word = _line(job)
    now = decided(job.loaded, line, word)
    said = f"line {line.number} of {_source(job)} is {_DONE[word]}"
    return Edit(now=now, said=said, undo=_opposite("line", line, word))


def _patch(job: Job) -> Edit:
    """Write the editor's word on one line, and make the change that it means in an edited body."""
    line, word = _line(job)
    assert job.raw is not None  # there is no line without it
    patch = make_patch(job.loaded, job.raw, line, word)
    body = "the text is patched" if patch.diff else "the text stays as it is"
    said = f"line {line.number} of {_source(job)} is {_DONE[word]}; {body}"
    return Edit(now=patch.now, said=said, undo=_opposite("patch", line, word))


def _opposite(act: str, line: Line, word: str) -> dict[str, str]:
    """Return the form that takes a word on a line back, or says it again."""
    was = "keep" if line.fate is Fate.BODY else "drop"
    return {"undo": act, "line": form_value(line, was if word == "undo" else "undo")}


def _line(job: Job) -> tuple[Line, str]:
    """Return the line a form is about, and the word on it.

    Raises:
        ProblemError: There is no such line any more, it says something else, or the entry is the
            editor's own work.
    """
    if job.loaded.entry.parsed is None:
        refuse_own(job, ["(change its text)"])
    number, word = (*job.one("line").split(" "), "", "")[:2]
    line = find_line(job.raw, number, word)
    if line is None or form_value(line, word) != job.one("line"):
        what, fix = "its source has no such line any more", "look at the entry as it is now"
        raise ProblemError(error(Place(_source(job)), what, fix))
    return line, word


def _source(job: Job) -> str:
    return job.raw.source.path if job.raw else job.loaded.path


# --------------------------------------------------------------------------- words


def _lines(key: str, value: Value | None) -> list[str]:
    return [f"(take the line {key}: away)"] if value is None else key_lines(key, value)


def _set_to(value: Value | None) -> str:
    if value is None:
        return "taken away"
    return f"set to “{cut(_said(value))}”" if value else "set to none"


def _was(value: Value | None, *, many: bool = False) -> str:
    verb = "were" if many else "was"
    return f"{verb} not there" if not value else f"{verb} “{_said(value)}”"


def _said(value: Value) -> str:
    return ", ".join(told(value).splitlines())


_ACTS: Mapping[str, Callable[[Job], Edit]] = {
    "set": _set_field,
    "unpin": _unpin,
    "hand-back": _hand_back,
    "dismiss": _dismiss,
    "bring-back": _bring_back,
    "line": _decide,
    "patch": _patch,
    "unpublish": unpublish,
    "withdraw": withdraw,
    "restore": restore,
    "say-why": say_why,
    "confirm": confirm,
    "unconfirm": unconfirm,
    "dismiss-correction": dismiss_correction,
    "redraft": redraft,
}
