"""The press: what makes a page out of a view object."""

from dataclasses import dataclass

from jinja2 import Environment

from briefbook.publishing.body import BodyRenderer
from briefbook.publishing.contents import Contents
from briefbook.publishing.templates import render
from briefbook.publishing.views import Page
from briefbook.publishing.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What makes a page out of a view object."""

    contents: Contents
    bodies: BodyRenderer
    environment: Environment
    words: Words

    def say(self, key: str, **values: str | int) -> str:
        """Return words of the interface as plain text."""
        return self.words.plain(key, **values)

    def print(self, template: str, page: Page) -> str:
        """Return the page of a view object."""
        return render(self.environment, template, self.contents.site, page)
