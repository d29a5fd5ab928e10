"""The Jinja environment and the files beside the templates; reads the disk.

In: the folder of the site's own templates, if it has one. Out: an environment that finds those
first and the bundled ones after, and the assets of both. Undefined names are errors, everything is
escaped, and no character that breaks a page gets through.
"""

import base64
import hashlib
import json
import traceback
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
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
from markupsafe import Markup

from briefbook.model import Site
from briefbook.problems import Place, Problem, error
from briefbook.publishing import schema, urls
from briefbook.publishing.characters import one_line, printable
from briefbook.text.scripts import direction


def bundled() -> Path:
    """Return the folder of the templates that come with the program.

    A wheel carries them inside the package, a checkout has them at its top level.
    """
    here = Path(__file__)
    return next(
        folder
        for folder in (here.parents[1] / "templates", here.parents[2] / "templates")
        if folder.is_dir()
    )


def folders(own: Path | None) -> tuple[Path, ...]:
    """Return the template folders, the site's own first."""
    return (own, bundled()) if own is not None and own.is_dir() else (bundled(),)


def read_assets(own: Path | None) -> Mapping[str, bytes]:
    """Return the files in `assets/` of the template folders by name; the site's own win."""
    found: dict[str, bytes] = {}
    for folder in reversed(folders(own)):
        root = folder / "assets"
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and urls.is_safe(urls.asset(name)):
                found[name] = path.read_bytes()
    return dict(sorted(found.items()))


def make_environment(site: Site, own: Path | None) -> Environment:
    """Return the environment that renders the pages of a site."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders(own)]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a build reads each template once
        finalize=_printable_value,
    )
    dates = _Dates(site)
    environment.filters.update(
        day=dates.day,
        iso=dates.iso,
        month=dates.month,
        number=dates.number,
        counted=dates.counted,
        one_line=one_line,
        direction=direction,
        is_web=urls.is_web,
        host=urls.host,
    )
    environment.filters.update(
        json_ld=_json_ld, sha256=_sha256, breadcrumbs=partial(schema.breadcrumbs, site)
    )
    environment.globals.update(link=_link, absolute=_absolute, address=urls)
    return environment


def _printable_value(value: object) -> object:
    """Take out of every printed text what no page may hold; finished HTML was cleaned before."""
    return printable(value) if type(value) is str else value


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


def _json_ld(data: Mapping[str, object]) -> Markup:
    """Return data for a script element that is not run; nothing in it can end the element."""
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(printable(said))


def _sha256(text: str) -> str:
    """Return the hash of a script element's content, as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Dates:
    """Dates and numbers in the site's language and time zone. Pages print dates, never ages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # Few days and numbers stand on many pages, and formatting takes longer than all around it.
        self._day = cache(partial(format_date, format="long", locale=self._locale))
        self.number = cache(partial(format_decimal, locale=self._locale))

    @cached_property
    def _locale(self) -> Locale:
        try:
            return Locale.parse(self._site.language, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale("en")

    def _local(self, value: date | datetime) -> date:
        return local_day(value, self._site)

    def day(self, value: date | datetime) -> str:
        """Return a day in full, such as "November 21, 2026"."""
        return self._day(self._local(value))

    def iso(self, value: date | datetime) -> str:
        """Return a day for the `datetime` of a `time` element."""
        return self._local(value).isoformat()

    def month(self, value: date) -> str:
        """Return a month in full, such as "November 2026"."""
        noon = datetime(value.year, value.month, 1, 12, tzinfo=ZoneInfo("UTC"))
        return format_skeleton("yMMMM", noon, locale=self._locale)

    def counted(self, value: int, one: str, many: str) -> str:
        """Return a number and its noun, such as "3 outlets"."""
        return f"{self.number(value)} {one if value == 1 else many}"


def local_day(value: date | datetime, site: Site) -> date:
    """Return the day of a date or moment in the site's time zone; a naive moment is local."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    return value.astimezone(ZoneInfo(site.timezone)).date()


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


def template_problem(fault: TemplateError, environment: Environment) -> Problem:
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
    assert isinstance(environment.loader, ChoiceLoader)  # made above
    for loader in environment.loader.loaders:
        assert isinstance(loader, FileSystemLoader)
        for folder in loader.searchpath:
            if Path(path).is_relative_to(folder):
                path = "templates/" + Path(path).relative_to(folder).as_posix()
    return error(
        Place(path, line),
        f"the template failed: {fault.message}",
        "mend the line, or delete the file to use the template that comes with the program",
    )
