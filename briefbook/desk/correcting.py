"""Correcting: an editor confirms or dismisses the corrections that a build has drafted."""

from datetime import date, datetime

from briefbook.briefing import Value, edit_corrections
from briefbook.desk.jobs import Edit, Job, cut, refuse_own
from briefbook.model import Correction, CorrectionKind
from briefbook.problems import Problem, ProblemError

# What a change of a briefing can be; a retraction is made by withdrawing it.
KINDS = (CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION, CorrectionKind.UPDATE)


def confirm(job: Job) -> Edit:
    """Let readers be told of a change, and why it was made."""
    number, was = _chosen(job, is_draft=True)
    why, kind = job.sentence("why"), _kind(job, was)
    refuse_own(job, [f"(in that correction) kind: {kind}, draft: false"])
    return Edit(
        now=edit_corrections(job.loaded, {number: _new(was, kind, why, is_draft=False)}),
        said=f"the {kind} “{cut(was.was)}” to “{cut(was.now)}” is confirmed; "
        f"readers are told it from the next build on",
        undo={"undo": "unconfirm", **_numbered(number), "kind": was.kind.value, "why": was.why},
    )


def unconfirm(job: Job) -> Edit:
    """Make a draft again of a correction that was just confirmed."""
    number, was = _chosen(job, is_draft=False)
    if was.kind not in KINDS:  # a retraction stands as long as its entry is withdrawn
        raise ProblemError(_none_such(job))
    why, kind = job.sentence("why"), _kind(job, was)
    refuse_own(job, ["(in that correction) draft: true"])
    return Edit(
        now=edit_corrections(job.loaded, {number: _new(was, kind, why, is_draft=True)}),
        said=f"the {kind} “{cut(was.was)}” to “{cut(was.now)}” is a draft again",
        undo={"undo": "confirm", **_numbered(number), "kind": was.kind.value, "why": was.why},
    )


def dismiss_correction(job: Job) -> Edit:
    """Take a drafted correction away: nobody is told of that change."""
    number, was = _chosen(job, is_draft=True)
    refuse_own(job, ["(take that correction away)"])
    fields = {"kind": was.kind.value, "about": was.field, "was": was.was, "now": was.now}
    return Edit(
        now=edit_corrections(job.loaded, {number: None}),
        said=f"the drafted {was.kind} “{was.was}” to “{was.now}” is dismissed",
        undo={"undo": "redraft", "date": was.date.isoformat(), **fields, "why": was.why},
    )


def redraft(job: Job) -> Edit:
    """Put a drafted correction back that was just dismissed."""
    kind, when = job.one("kind"), day_given(job)
    if kind not in set(KINDS):
        raise ProblemError(_none_such(job))
    said: dict[str, Value] = {"date": when, "kind": kind}
    if job.one("about"):
        said["field"] = job.one("about")
    said |= {"was": job.one("was"), "now": job.one("now"), "why": job.one("why"), "draft": True}
    refuse_own(job, ["(put that correction back)"])
    number = len(job.loaded.entry.corrections)
    return Edit(
        now=edit_corrections(job.loaded, {}, [said]),
        said=f"the drafted {kind} “{cut(job.one('was'))}” to “{cut(job.one('now'))}” is back",
        undo={"undo": "dismiss-correction", **_numbered(number)},
    )


def _chosen(job: Job, *, is_draft: bool) -> tuple[int, Correction]:
    """Return the correction that a form is about, and its place."""
    corrections, number = job.loaded.entry.corrections, job.one("correction")
    places = {str(n): n for n, each in enumerate(corrections) if each.draft is is_draft}
    if number not in places:
        raise ProblemError(_none_such(job))
    return places[number], corrections[places[number]]


def _kind(job: Job, was: Correction) -> CorrectionKind:
    given = job.one("kind") or was.kind.value
    if given not in set(KINDS):
        what = f"a correction cannot be of the kind '{given[:40]}'"
        raise ProblemError(job.refusal("corrections", what, f"choose one of {', '.join(KINDS)}"))
    return CorrectionKind(given)


def _new(was: Correction, kind: CorrectionKind, why: str, *, is_draft: bool) -> dict[str, Value]:
    """Return the keys that change, so that the others keep how they are written."""
    changes: dict[str, Value] = {"draft": is_draft}
    if kind is not was.kind:
        changes["kind"] = kind.value
    if why != was.why:
        changes["why"] = why
    return changes


def _numbered(number: int) -> dict[str, str]:
    return {"correction": str(number)}


def day_given(job: Job) -> date:
    """Return the date of a correction that a form puts back.

    Raises:
        ProblemError: It is none.
    """
    given = job.one("date")
    try:
        return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)
    except ValueError:
        raise ProblemError(_none_such(job)) from None


def _none_such(job: Job) -> Problem:
    what = "there is no such correction"
    return job.refusal("corrections", what, "look at the entry as it is now")
