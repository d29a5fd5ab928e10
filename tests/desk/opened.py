"""The desk of a site as a test opens it: pages asked for, forms filled in, without a server."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from briefbook.build import preview
from briefbook.desk.acts import act
from briefbook.desk.pages import desk_page
from briefbook.desk.state import DeskState, Outcome
from briefbook.keeping import Kept
from briefbook.options import Options
from tests.conftest import Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
TOKEN = "a-token"


def page_text(html: str) -> str:
    """Return what a page says, its tags left out, white space collapsed."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@dataclass(slots=True)
class Desk:
    """The desk of one site."""

    folder: Folder
    state: DeskState

    def page(self, address: str = "/_desk/") -> str:
        """Return the HTML of a page."""
        parts = urlsplit(address)
        html = desk_page(self.state, parts.path, dict(parse_qsl(parts.query, True)), TOKEN)
        assert html is not None, address
        return html

    def stamp(self, slug: str) -> str:
        """Return what the forms on the page of an entry carry of its file."""
        found = re.search(
            r'name="stamp" value="([0-9a-f]{8})"', self.page(f"/_desk/entries/{slug}/")
        )
        assert found is not None
        return found[1]

    def act(self, slug: str, name: str, **more: str) -> Outcome:
        """Send a form of the page of an entry, and build as the server does after it."""
        form = {"act": name, "entry": slug, "stamp": self.stamp(slug), **more}
        outcome = act(self.state, form)
        self.build(outcome)
        return outcome

    def undo(self, slug: str, outcome: Outcome) -> Outcome:
        """Press the button that undoes what was just done."""
        more = dict(parse_qsl(urlsplit(outcome.go_to).query, True))
        return self.act(slug, more.pop("undo"), **more)

    def build(self, outcome: Outcome | None = None) -> None:
        """Build the site again."""
        built = preview(self.folder.root, Options(now=NOW), Kept())
        self.state = DeskState(
            root=self.folder.root,
            prepared=built.prepared,
            problems=built.problems,
            now=NOW,
            outcome=outcome,
        )


def opened(folder: Folder) -> Desk:
    """Build a site and open its desk."""
    desk = Desk(folder, DeskState(root=folder.root, prepared=None, problems=(), now=NOW))
    desk.build()
    return desk
