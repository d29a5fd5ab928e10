"""The Jinja environment of the templates; reads the disk.

In: the site's own templates, if it has some. Out: an environment that finds those first and the
bundled ones after. Undefined names are errors, everything is escaped, and no
character that breaks a page gets through.
"""

import base64
import hashlib
import json
import re
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from briefbook.model import Site
from briefbook.problems import Place, Problem, error
from briefbook.publishing import schema, urls
from briefbook.publishing.characters import one_line, printable
from briefbook.publishing.compiling import DirectEnvironment, gives_anew
from briefbook.publishing.folders import bundled
from briefbook.publishing.lasting import known
from briefbook.publishing.loading import Compiled, OwnLoader
from briefbook.publishing.parts import is_made
from briefbook.publishing.words import (
    ENGLISH,
    Words,
    element,
    languages,
    locale_of,
)
from briefbook.text.scripts import direction

_NOT_IN_SCRIPTS = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")
# The words between the marks, which are escaped.
_QUOTED = re.compile(r"(?<=&#39;).+(?=&#39;)")


def make_environment(
    site: Site,
    words: Words,
    own: Mapping[str, bytes] | None = None,
    kept: MutableMapping[str, bytes] | None = None,
) -> Environment:
    """Return the environment that renders the pages of a site.

    Args:
        site: What `site.yaml` says.
        words: Of the site's language.
        own: The site's own templates by name, such as "pages/home.html", which win.
        kept: Compiled templates of earlier processes; `Compiled` tells of it.
    """
    functions: dict[str, Callable[..., object]] = {
        "link": _link,
        "absolute": _absolute,
        "say": words.html,
        "tag": element,
        "ours": partial(_marked, site.language),
        "theirs": partial(_marked, around=site.language),
        "apart": partial(_apart, site),
        "english": partial(_in_english, site),
    }
    own = own or {}
    is_direct = not gives_anew((*functions, "address"), _texts(own))
    environment = DirectEnvironment(
        loader=ChoiceLoader([OwnLoader(own), FileSystemLoader(bundled())]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a build reads each template once
        bytecode_cache=Compiled(
            (site.language, site.timezone, words.fingerprint, str(is_direct)), kept
        ),
        finalize=_printable_value,
    )
    # Chance would make other bytes of the same input; a template that asks for it is told so.
    del environment.filters["random"], environment.globals["lipsum"]
    dates = _Dates(site)
    environment.filters.update(
        day=dates.day,
        iso=dates.iso,
        moment=dates.moment,
        month=dates.month,
        number=words.number,
        one_line=one_line,
        direction=direction,
        is_web=urls.is_web,
        host=urls.host,
    )
    environment.filters.update(
        json_ld=_json_ld, sha256=_sha256, breadcrumbs=partial(schema.breadcrumbs, site)
    )
    environment.globals.update(
        functions,
        forms=words.forms,
        address=urls,
        made=lru_cache(maxsize=1024)(partial(is_made, site)),
    )
    if is_direct:
        known = vars(urls).items()
        addresses = {name: at for name, at in known if name.isupper() and isinstance(at, str)}
        environment.call_directly(functions, addresses)
    return environment


def _texts(own: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in own.items():
        if name.endswith(".html"):
            yield content.decode("utf-8", "replace")


def _printable_value(value: object) -> object:
    """Take out of every printed text what no page may hold; finished HTML was cleaned before."""
    if type(value) is not str or value.isprintable():
        return value  # every value of every page comes here
    return printable(value)


@pass_context
def _link(context: Context, path: str) -> str:
    """Return how the page being made points to a site path."""
    here: str = context["page"].path
    if here == urls.NOT_FOUND:
        # Served for any address, so nothing relative would hold.
        return urls.base_path(context["site"]) + path
    return urls.relative(here, path)


@pass_context
def _absolute(context: Context, path: str) -> str:
    """Return the full address of a site path."""
    return urls.absolute(context["site"], path)


def _marked(language: str, around: str) -> Markup:
    """Return the attributes of words in one language within those of another, "" if it is one.

    `ours` marks words of the site within a text, `theirs` a text within words of the site.
    """
    if languages(language)[-1] == languages(around)[-1]:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _apart(site: Site, text: str, language: str) -> Markup:
    """Return a text in its language, for words of the site around it."""
    marked = _marked(language, site.language)
    said = escape(printable(text))
    return Markup("<span{}>{}</span>").format(marked, said) if marked else said


def _in_english(site: Site, said: str) -> Markup:
    """Return what the program says in English on every page, such as a rule, marked as that.

    What it quotes from a source stands apart where it runs the other way.
    """
    text = escape(printable(said))
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in said):
        text = Markup(_QUOTED.sub(r"<bdi>\g<0></bdi>", str(text)))
    marked = _marked(ENGLISH, site.language)
    return Markup("<bdi{}>{}</bdi>").format(marked, text) if marked else text


def _json_ld(data: Mapping[str, object]) -> Markup:
    """Return data for a script element that is not run; nothing in it can end the element."""
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for sign, written in _NOT_IN_SCRIPTS:
        said = said.replace(sign, written)
    return Markup(printable(said))


def _sha256(text: str) -> str:
    """Return the hash of a script element's content, as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Dates:
    """Dates in the site's language and time zone. Pages print dates, never ages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # Few days stand on many pages, and formatting takes longer than all around it.
        self._day = cache(partial(_written_day, site.language))

    def _local(self, value: date | datetime) -> date:
        return local_day(value, self._site)

    def day(self, value: date | datetime) -> str:
        """Return a day in full, such as "November 21, 2026"."""
        return self._day(self._local(value))

    def iso(self, value: date | datetime) -> str:
        """Return a day for the `datetime` of a `time` element."""
        return self._local(value).isoformat()

    def moment(self, value: datetime) -> str:
        """Return an aware moment, such as "November 24, 2026, 06:00"."""
        here = value.astimezone(ZoneInfo(self._site.timezone))
        time = _written_time(self._site.language, here.hour, here.minute)
        return f"{self.day(value)}, {time}"

    def month(self, value: date) -> str:
        """Return a month in full, such as "November 2026"."""
        return _written_month(self._site.language, value.year, value.month)


def _written_day(language: str, day: date) -> str:
    def written() -> str:
        from babel.dates import format_date

        return format_date(day, format="long", locale=locale_of(language))

    return known(("day", language, day), written)


def _written_time(language: str, hour: int, minute: int) -> str:
    def written() -> str:
        from babel.dates import format_skeleton

        any_day = datetime(2026, 1, 1, hour, minute, tzinfo=UTC)
        return format_skeleton("Hm", any_day, tzinfo=UTC, locale=locale_of(language))

    return known(("time", language, hour, minute), written)


def _written_month(language: str, year: int, month: int) -> str:
    def written() -> str:
        from babel.dates import format_skeleton

        noon = datetime(year, month, 1, 12, tzinfo=UTC)
        return format_skeleton("yMMMM", noon, tzinfo=UTC, locale=locale_of(language))

    return known(("month", language, year, month), written)


def local_day(value: date | datetime, site: Site) -> date:
    """Return the day of a date or moment in the site's time zone; a naive moment is local."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    # Those that are equal, though one is in the hour that a zone has twice, are not the same.
    return (_day_in if value.fold == 0 else _day_in.__wrapped__)(value, site.timezone)


@lru_cache(maxsize=65_536)  # lists of months ask it of every entry again and again
def _day_in(moment: datetime, timezone: str) -> date:
    return moment.astimezone(ZoneInfo(timezone)).date()


def render(environment: Environment, template: str, site: Site, page: object) -> str:
    """Return a template filled with the site and one view object.

    Raises:
        TemplateError: A template is faulty. A crash below a template of the site's own is a fault
            of that; one below a bundled template is a bug and stays what it is.
    """
    try:
        return environment.get_template(template).render(site=site, page=page)
    except TemplateError:
        raise
    except Exception as crash:
        if not _is_below_own(crash):
            raise
        said = f"{type(crash).__name__}: {crash}"
        raise TemplateRuntimeError(said).with_traceback(crash.__traceback__) from crash


def _is_below_own(crash: Exception) -> bool:
    """Tell whether the innermost template of a crash is one of the site's own."""
    frames = traceback.extract_tb(crash.__traceback__)
    inner = [frame.filename for frame in frames if frame.filename.endswith(".html")]
    return bool(inner) and not Path(inner[-1]).is_relative_to(bundled())


def markup(sanitized: str) -> Markup:
    """Return HTML from body.py as what a template prints unescaped. Nothing else may be."""
    return Markup(sanitized)


def template_problem(fault: TemplateError) -> Problem:
    """Return the error an editor sees for a template that failed, at its line."""
    path: str
    line: int | None
    if isinstance(fault, TemplateSyntaxError):
        path, line = fault.filename or fault.name or "templates", fault.lineno
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(fault.__traceback__)
            if frame.filename.endswith(".html")
        ]
        path, line = (frames[-1].filename, frames[-1].lineno) if frames else ("templates", None)
    if Path(path).is_relative_to(bundled()):
        path = "templates/" + Path(path).relative_to(bundled()).as_posix()
    return error(
        Place(path, line),
        f"the template failed: {fault.message}",
        "mend the line, or delete the file to use the template that comes with the program",
    )
