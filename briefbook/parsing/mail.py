"""Mail: what a forwarded e-mail has around its text.

In: the lines of a text. Out: what is plainly of the mail: quote marks before most lines, the block
of "From:", "Date:" and "Subject:", and the line above it. Marks and labels are taken off by
recorded repairs, so that a subject can be a headline; who sent the mail to whom is dropped, as
it says nothing of who wrote the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from briefbook.model import Fate, Repair
from briefbook.parsing.clean import Verdict

_MARKS = re.compile(r"\A[ \t]?(?:>[ \t]?)+")
# A text with a few quotes is none that was sent on: most lines have a mark, and not just two.
_MOST_MARKED = 0.6
_FEWEST_MARKED = 4
_SUBJECT = """subject betreff objet asunto oggetto onderwerp assunto temat тема 제목 件名 主题 主題
الموضوع"""
_DATE = """date sent datum gesendet envoyé fecha enviado data inviato verzonden wysłano дата 날짜
보낸_날짜 日時 送信日時 发送时间 寄件日期 التاريخ"""
_PERSON = """from von de da van od от 보낸_사람 보낸사람 差出人 发件人 寄件者 من to an à para a aan
do кому 받는_사람 받는사람 宛先 收件人 收件者 إلى cc bcc kopie reply-to antwort_an"""
_ROLES = {
    label.replace("_", " "): role
    for role, labels in (("subject", _SUBJECT), ("date", _DATE), ("person", _PERSON))
    for label in labels.split()
}
_FIELD = re.compile(r"\s*\*{0,2}([^\W\d_][^:：\n]{0,13}?)\*{0,2}\s*[:：]\*{0,2}(?:\s+|$)")
# Characters in which a field's label and its colon stand.
_LABELLED = 40
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw)\s*:\s*)+", re.I)
_LONGEST_DIVIDER = 200  # characters
_DIVIDER = re.compile(
    r"\W*(?:-{2,}\s*[^\W\d_].{5,40}?\s*-{2,}|begin forwarded message:|"
    r"anfang der weitergeleiteten (?:nachricht|e-mail):|début du message transféré\s*:)\s*",
    re.I,
)
# A block of so many fields, with a sender and a subject or date, is a mail's.
_FEWEST_FIELDS = 3
# Mails that were sent on begin within so many lines.
_NEAR_THE_START = 60
MAIL_HEADER = "mail header"
MAIL_DATE = "date of a mail"  # the line of its header that is read


@dataclass(frozen=True, slots=True)
class Mail:
    """What of a text belongs to the mail it came in, by physical line."""

    repairs: Mapping[int, Repair]  # at the start of a line
    decided: Mapping[int, Verdict]  # lines whose fate is certain


def find_mail(raw: Mapping[int, str]) -> Mail:
    """Find the marks and headers of mails; both empty where the text came in none.

    Args:
        raw: The lines that are not blank by their numbers, as they stand.
    """
    top = [(n, _unmarked(raw[n])) for n in islice(raw, _NEAR_THE_START)]
    blocks = _header_blocks(top)
    marks = _quote_marks(raw, in_mail=bool(blocks))
    repairs: dict[int, Repair] = {}
    decided: dict[int, Verdict] = {}
    for number, mark in marks.items():
        repairs[number] = _taken_off(number, mark, "quote mark of a mail")
        if not raw[number][len(mark) :].strip():
            decided[number] = Verdict(number, "", Fate.DROPPED, "quote mark alone")
    for block in blocks:
        for position, label, role in block:
            number, text = top[position]
            if role == "subject":
                was = raw[number][: len(raw[number]) - len(text) + label]
                repairs[number] = _taken_off(number, was, "label of a mail's subject")
            elif role == "date" and block is blocks[-1]:
                # Of mails in mails the innermost is the first; the others say when it was sent on.
                decided[number] = Verdict(number, text, Fate.METADATA, MAIL_DATE, "date line")
            else:
                decided[number] = Verdict(number, text, Fate.DROPPED, MAIL_HEADER)
        above = block[0][0] - 1
        if above >= 0 and _DIVIDER.fullmatch(top[above][1][: _LONGEST_DIVIDER + 1]):
            decided[top[above][0]] = Verdict(*top[above], Fate.DROPPED, MAIL_HEADER)
    return Mail(repairs, decided)


def _unmarked(line: str) -> str:
    return _MARKS.sub("", line, count=1) if ">" in line[:2] else line


def _taken_off(number: int, was: str, rule: str) -> Repair:
    return Repair(line=number, start=0, was=was, now="", rule=rule)


def _quote_marks(raw: Mapping[int, str], *, in_mail: bool) -> dict[int, str]:
    """Return the quote marks of each line, {} where few lines have any.

    Args:
        raw: The lines.
        in_mail: There is a mail header: lines above the first mark are the sender's own.
    """
    lines = list(raw)
    starting = [n for n, line in raw.items() if line[:2].lstrip().startswith(">")]
    if len(starting) < _FEWEST_MARKED:
        return {}
    first = lines.index(starting[0]) if in_mail else 0
    if len(starting) < _MOST_MARKED * (len(lines) - first):
        return {}
    return {n: found[0] for n in starting if (found := _MARKS.match(raw[n]))}


def _header_blocks(lines: Sequence[tuple[int, str]]) -> list[list[tuple[int, int, str]]]:
    """Return the blocks of fields: for each field its place, the length of its label, its role."""
    labelled = [":" in text[:_LABELLED] or "：" in text[:_LABELLED] for _, text in lines]
    if sum(labelled) < _FEWEST_FIELDS:  # most texts
        return []
    blocks: list[list[tuple[int, int, str]]] = [[]]
    above = 0
    for position, (number, text) in enumerate(lines):
        if number != above + 1:
            blocks.append([])
        above = number
        found = _FIELD.match(text[:_LABELLED]) if labelled[position] else None
        role = _ROLES.get(found[1].strip().casefold()) if found else None
        if found is None or role is None:
            blocks.append([])
            continue
        reply = _REPLY.match(text, found.end()) if role == "subject" else None
        blocks[-1].append((position, (reply or found).end(), role))
    long = [block for block in blocks if len(block) >= _FEWEST_FIELDS]
    return [block for block in long if _is_header({role for *_, role in block})]


def _is_header(roles: set[str]) -> bool:
    return "person" in roles and bool(roles & {"subject", "date"})
