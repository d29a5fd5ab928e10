"""Taking down: a briefing is withdrawn, with the reason its readers are told, and back again."""

from briefbook.briefing import Value, edit_corrections, edit_entry, key_lines
from briefbook.desk.correcting import day_given
from briefbook.desk.jobs import Edit, Job, cut, refuse_own
from briefbook.model import CorrectionKind, Status, WrittenStatus
from briefbook.problems import ProblemError

_WITHDRAWN = WrittenStatus.WITHDRAWN.value


def withdraw(job: Job) -> Edit:
    """Withdraw an entry and add the retraction that says why."""
    entry, why = job.loaded.entry, job.sentence("why")
    if not why:
        what = "a briefing is not withdrawn without a word"
        fix = "say why in one sentence: whoever comes to its page is told it"
        raise ProblemError(job.refusal("status", what, fix))
    when = day_given(job) if job.one("date") else job.today
    retraction: dict[str, Value] = {"date": when, "kind": "retraction", "why": why}
    refuse_own(job, _lines_to_paste(job, retraction))
    down = edit_entry(job.loaded, {"status": _WITHDRAWN})
    return Edit(
        now=edit_corrections(down, {}, [retraction]),
        said=f"withdrawn, with the retraction “{cut(why)}”; status was “{entry.status}”",
        undo={"undo": "restore", "status": entry.status.value},
    )


def restore(job: Job) -> Edit:
    """Take a withdrawal back: the status it had, and no retraction."""
    entry, status = job.loaded.entry, job.one("status")
    newest = entry.corrections[-1] if entry.corrections else None
    is_down = entry.status is Status.WITHDRAWN and newest is not None
    is_last = newest is not None and newest.kind is CorrectionKind.RETRACTION
    if not is_down or not is_last or newest is None or status not in set(WrittenStatus):
        what = "there is no withdrawal here that could be taken back"
        raise ProblemError(job.refusal("status", what, "look at the entry as it is now"))
    refuse_own(job, [f"status: {status}", "and no retraction"])
    told = edit_corrections(job.loaded, {len(entry.corrections) - 1: None})
    return Edit(
        now=edit_entry(told, {"status": status}),
        said=f"status set to “{status}” and the retraction taken out",
        undo={"undo": "withdraw", "date": newest.date.isoformat(), "why": newest.why},
    )


def say_why(job: Job) -> Edit:
    """Say in the newest retraction why an entry was withdrawn."""
    entry, why = job.loaded.entry, job.sentence("why")
    if entry.retraction is None:
        what = "there is no retraction here that could say why"
        raise ProblemError(job.refusal("corrections", what, "withdraw it with a reason"))
    refuse_own(job, [f"(in its retraction) {key_lines('why', why)[0]}"])
    number = entry.corrections.index(entry.retraction)
    was = entry.retraction.why
    return Edit(
        now=edit_corrections(job.loaded, {number: {"why": why}}),
        said=f"the retraction says why: “{cut(why)}”; it said “{was}”",
        undo={"undo": "say-why", "why": was},
    )


def _lines_to_paste(job: Job, retraction: dict[str, Value]) -> list[str]:
    item = key_lines("corrections", (retraction,))[-1].strip().removeprefix("- ")
    if job.loaded.entry.corrections:
        return [f"status: {_WITHDRAWN}", f"and below corrections: the line - {item}"]
    return [f"status: {_WITHDRAWN}", f"and the line corrections: [{item}]"]
