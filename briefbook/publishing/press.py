"""The press: what makes a page out of a view object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import Environment

from briefbook.model import Site
from briefbook.publishing.body import BodyRenderer
from briefbook.publishing.contents import Contents
from briefbook.publishing.folders import read_words
from briefbook.publishing.lasting import KNOWN
from briefbook.publishing.loading import Compiled
from briefbook.publishing.templates import make_environment, render
from briefbook.publishing.views import Page
from briefbook.publishing.words import Words

# Templates as code, of this process and, where somebody put them here, of builds before: to compile
# those of a page takes longer than to make twenty pages. `loading.Compiled` tells of it.
COMPILED: dict[str, bytes] = {}


def forget_kept() -> None:
    """Forget what this process has taken from builds before, as that may be damaged."""
    COMPILED.clear()
    Compiled.forget()
    printer_of.cache_clear()  # its environment holds templates it has loaded
    KNOWN.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """All that pages are dressed in, as it is sent to other processes."""

    site: Site
    # The site's own by name, which win over the bundled ones; the mark stands for them.
    templates: Mapping[str, bytes] = field(compare=False)
    mark: str  # what tells the templates and words from any others


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """What prints pages that are known whole."""

    site: Site
    bodies: BodyRenderer
    environment: Environment
    words: Words

    def print(self, template: str, page: Page) -> str:
        """Return the page of a view object."""
        return render(self.environment, template, self.site, page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What makes a page out of a view object."""

    contents: Contents
    outfit: Outfit
    printer: Printer

    @property
    def bodies(self) -> BodyRenderer:
        """What renders bodies."""
        return self.printer.bodies

    @property
    def environment(self) -> Environment:
        """Where the templates are."""
        return self.printer.environment

    @property
    def compiled(self) -> dict[str, bytes]:
        """The templates it has used, as code that a later process may begin with."""
        cache = self.environment.bytecode_cache
        return cache.used if isinstance(cache, Compiled) else {}

    def say(self, key: str, **values: str | int) -> str:
        """Return words of the interface as plain text."""
        return self.printer.words.plain(key, **values)

    def print(self, template: str, page: Page) -> str:
        """Return the page of a view object."""
        return render(self.environment, template, self.contents.site, page)


@lru_cache(maxsize=1)
def printer_of(outfit: Outfit) -> Printer:
    """Return what prints pages, with the bundled templates read as they are needed."""
    site = outfit.site
    words, _ = read_words(site, outfit.templates)
    return Printer(
        site=site,
        bodies=BodyRenderer(site, words),
        environment=make_environment(site, words, outfit.templates, COMPILED),
        words=words,
    )
