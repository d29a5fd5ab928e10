"""Reports as raw texts: in the furniture of pages, mails, wires and notes.

In: a report and a source of chance. Out: the text an editor would have pasted. The shapes are those
of `sources/`: pages copied whole are the most frequent.
"""

import random
import textwrap
from collections.abc import Callable

from scripts.bench.reports import Report

_NAVIGATION = "Home World Politics Business Culture Sport Weather Opinion".split()
_COOKIES = (
    "We care about your privacy",
    "We and our partners store cookies on your device to measure visits. You can change your"
    " choice at any time.",
    "Accept all",
    "Reject all",
    "Manage preferences",
)
_SHARING = ("Share this article", "Facebook", "X", "LinkedIn", "WhatsApp", "Email", "Copy link")
_NEWSLETTER = (
    "Sign up for our newsletter",
    "The most important stories of the day in your inbox every morning.",
    "Enter your email address",
    "Subscribe",
)
_RELATED = (
    "Five things to know before the weekend",
    "Readers' letters: the trouble with ring roads",
    "In pictures: the coldest morning of the year",
    "Why the last ferry always waits",
    "What a bridge toll would mean for commuters",
    "The quiet return of the corner shop",
)
_COMMENTS = (
    ("oldsalt", "About time somebody wrote this down."),
    ("marsh_hen", "And who is going to pay for it? We are, as always."),
    ("quiet reader", "Thank you for the figures."),
)
_FOOTER = ("About us", "Contact", "Terms of use", "Privacy policy", "Advertise with us")


def page(report: Report, chance: random.Random) -> str:
    """A page copied from top to bottom."""
    lines = ["Skip to main content", report.outlet, "Menu", "Search", *_NAVIGATION, "Sign in", ""]
    if chance.random() < 0.6:
        lines += [*_COOKIES, ""]
    lines += [f"{chance.choice(_NAVIGATION)} | {report.place}", "", report.title, ""]
    lines += [f"By {report.author} | {_day(report)}", f"{chance.randint(2, 6)} min read", ""]
    lines += [*_SHARING, ""]
    middle = chance.randrange(1, len(report.paragraphs))
    for number, paragraph in enumerate(report.paragraphs):
        lines += [paragraph, ""]
        if number == middle:
            lines += [*_inserted(chance), ""]
    lines += ["Related articles", *chance.sample(_RELATED, 3), ""]
    lines += [f"{len(_COMMENTS)} Comments", "Sort by: Newest first"]
    for name, said in _COMMENTS[: chance.randint(0, len(_COMMENTS))]:
        lines += [name, f"{chance.randint(2, 20)} hours ago", said, "Reply", "Like"]
    lines += ["", *_FOOTER, f"© {report.day.year} {report.outlet}. All rights reserved."]
    return "\n".join(lines) + "\n"


def _inserted(chance: random.Random) -> tuple[str, ...]:
    return chance.choice(
        (_NEWSLETTER, ("Advertisement",), (f"Also read: {chance.choice(_RELATED)}",))
    )


def wire(report: Report, chance: random.Random) -> str:
    """A wire's copy: a slug line, the headline, a dateline, and the sign of the end."""
    name, short = report.agency or ("Norvik Press Agency", "NPA")
    first = report.paragraphs[0]
    if report.agency is None:
        first = f"{report.place.upper()}, {report.day:%B} {report.day.day} ({short}) — {first}"
    body = "\n\n".join((first, *report.paragraphs[1:]))
    return (
        f"{short}{chance.randint(100, 999)} {report.place.upper()}\n{report.title}\n"
        f"{_day(report)}\n\n{body}\n\n({short})\n{name}\n"
    )


def mail(report: Report, chance: random.Random) -> str:
    """A mail that was sent on: quoted, in cut lines."""
    body = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in report.paragraphs)
    quoted = "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
    return (
        f"From: Desk <desk@{report.outlet.split()[0].lower()}.example>\n"
        f"To: editors@newsroom.example\nDate: {report.day:%a, %d %b %Y} 0{chance.randint(6, 9)}:15"
        f":00 +0000\nSubject: Fwd: {report.title}\n\nFor the morning.\n\n"
        f"> {report.title}\n>\n{quoted}\n\n--\nSent from my phone\n"
    )


def notes(report: Report, chance: random.Random) -> str:
    """Notes in Markdown, as some tools clip pages."""
    points = "\n".join(f"- {paragraph.split('. ')[0]}." for paragraph in report.paragraphs[1:4])
    blocks = [f"# {report.title}", f"*{report.outlet}, {_day(report)}, by {report.author}*"]
    blocks += ["## In short", points, "## The article", *report.paragraphs]
    return "\n\n".join(blocks) + f"\n\nSource: https://{chance.choice('abc')}.example/clip\n"


def headed(report: Report, chance: random.Random) -> str:
    """A text below a header in which an editor says what she knows."""
    body = "\n\n".join((report.title, *report.paragraphs))
    return (
        f"---\noutlet: {report.outlet}\nauthors: [{report.author}]\n"
        f"published: {report.day.isoformat()}\n---\n{body}\n"
    )


def bare(report: Report, chance: random.Random) -> str:
    """A text alone, below its day."""
    return "\n\n".join((f"{_day(report)}\n{report.title}", *report.paragraphs)) + "\n"


_SHAPES: tuple[tuple[Callable[[Report, random.Random], str], float], ...] = (
    (page, 0.5),
    (wire, 0.15),
    (mail, 0.1),
    (notes, 0.05),
    (headed, 0.1),
    (bare, 0.1),
)


def raw_text(report: Report, chance: random.Random) -> tuple[str, str]:
    """Return a report as a raw text, and how its file name ends."""
    shapes, shares = zip(*_SHAPES, strict=True)
    shape = chance.choices(shapes, shares)[0]
    return shape(report, chance), ".md" if shape is notes else ".txt"


def _day(report: Report) -> str:
    return f"{report.day:%B} {report.day.day}, {report.day.year}"
