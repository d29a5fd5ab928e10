"""What is answered at each address, and that nothing else is."""

import json
import socket
import threading
from collections.abc import Callable

import pytest

from briefbook.desk.server import DeskServer
from briefbook.publishing import search_index
from tests.desk.conftest import ENTRY, PAGE, PATIENCE, TITLE, Desk

Serving = Callable[..., Desk]


def test_pages_are_those_of_a_build_with_one_script_more(serving: Serving) -> None:
    desk = serving()
    assert not desk.folder.build("--drafts", "--output", str(desk.folder.root / "out")).code
    built = desk.folder.tree("out")
    for path, content in built.items():
        if path == ".briefbook-files":
            continue
        address = f"/{path.removesuffix('index.html')}"
        answer = desk.get(address)
        got = answer.content
        if path.endswith(".html"):
            start = got.index(b'<script src="/_desk/live.js"')
            got = got[:start] + got[got.index(b"</script>", start) + len(b"</script>") :]
        assert got == content, path
        assert answer.status == (404 if path == "404.html/" else 200)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
        (f"{PAGE}index.json", "application/json; charset=utf-8"),
        ("/card.png", "image/png"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/_desk/", "text/html; charset=utf-8"),
        ("/_desk/live.js", "text/javascript; charset=utf-8"),
        ("/_desk/live.css", "text/css; charset=utf-8"),
    ],
)
def test_an_answer_says_its_kind_and_is_not_kept(desk: Desk, path: str, kind: str) -> None:
    answer = desk.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_desk_pages_carry_a_strict_policy(desk: Desk) -> None:
    headers = desk.get("/_desk/").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.search
def test_search_finds_what_is_written_now(serving: Serving) -> None:
    """The index is made when somebody searches, and again when a page has changed since."""
    desk = serving()
    assert desk.get("/pagefind/pagefind.js").headers["Content-Type"] == (
        "text/javascript; charset=utf-8"
    )
    first = desk.get("/pagefind/pagefind-entry.json").text
    assert json.loads(first)["languages"]["en"]["page_count"] == 1
    desk.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    desk.next_told()
    second = desk.get("/pagefind/pagefind-entry.json").text
    assert second != first
    assert desk.get("/pagefind/none.js").status == 404
    assert desk.get("/pagefind/../pagefind.js").status == 404


def test_pages_are_shown_while_the_search_index_is_made(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_asked, is_shown = threading.Event(), threading.Event()

    def make_files(*_: object) -> object:
        is_asked.set()
        assert is_shown.wait(PATIENCE)
        return {"pagefind.js": bytes}, frozenset()

    monkeypatch.setattr(search_index, "make_files", make_files)
    desk = serving()
    answers: list[int] = []
    reader = threading.Thread(
        target=lambda: answers.append(desk.get("/pagefind/pagefind.js").status)
    )
    reader.start()
    assert is_asked.wait(PATIENCE)
    desk.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    desk.next_told()
    assert "More ferries" in desk.get(PAGE).text
    is_shown.set()
    reader.join()
    assert answers == [200]


def test_a_search_index_that_cannot_be_made_is_told_once(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_files(*_: object) -> object:
        raise OSError("the disk is full")

    monkeypatch.setattr(search_index, "make_files", make_files)
    desk = serving()
    assert desk.get("/pagefind/pagefind.js").status == 404
    (failed,) = desk.next_told().problems
    assert failed.what == "the search index could not be made: the disk is full"
    assert desk.get("/pagefind/pagefind.js").status == 404
    assert desk.told.empty()


def test_a_page_without_its_slash_leads_to_it_and_keeps_the_question(desk: Desk) -> None:
    answer = desk.get(f"{PAGE[:-1]}?q=a%20b")
    assert answer.status == 302
    assert answer.headers["Location"] == f"{PAGE}?q=a%20b"


def test_what_is_nowhere_is_answered_by_the_page_of_the_site(desk: Desk) -> None:
    answer = desk.get("/briefings/no-such-thing/")
    assert answer.status == 404
    assert "Harbour Brief" in answer.text
    assert "/_desk/live.js" in answer.text


def test_links_of_the_404_page_hold_though_the_site_stands_elsewhere(desk: Desk) -> None:
    # Its base_url is https://harbour.example/news, and that page alone names the folder.
    assert 'href="/news/assets/style.css"' in desk.get("/nowhere").text
    assert desk.get("/news/assets/style.css").status == 200
    assert desk.get("/news/").status == 200
    assert desk.get("/news/feed.xml").content == desk.get("/feed.xml").content


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/assets/../../site.yaml",
        "/assets/..%5c..%5csite.yaml",
        "//etc/passwd",
        "/site.yaml",
        "/sources/ferry.txt",
        f"/{ENTRY}",
        "/.git/config",
        "/.briefbook-files",
        "/_desk/../site.yaml",
        "/_desk/assets/../live.js",
        "/_desk/assets/..%2f..%2fserver.py",
        "/_desk/server.py",
        "/%00",
        "/%ff%fe",
        "/assets/",
    ],
)
def test_nothing_but_files_of_the_site_is_sent(desk: Desk, path: str) -> None:
    assert desk.get(path).status == 404


def test_a_link_in_the_folder_of_the_site_leads_nowhere(serving: Serving) -> None:
    desk = serving()
    (desk.folder.root / "_site").mkdir()
    (desk.folder.root / "_site/leak.txt").symlink_to(desk.folder.root / "site.yaml")
    assert desk.get("/leak.txt").status == 404


def test_drafts_are_shown_and_nothing_is_published(serving: Serving) -> None:
    desk = serving()
    desk.folder.edit(ENTRY, "status: published", "status: draft")
    desk.next_told()
    assert desk.get(PAGE).status == 200
    assert "raft" in desk.get(PAGE).text
    assert sorted(path.name for path in desk.folder.root.iterdir()) == [
        ".briefbook",
        "briefings",
        "site.yaml",
        "sources",
    ]


def test_pages_lead_to_the_desk_entries_to_their_record(desk: Desk) -> None:
    assert 'data-desk="/_desk/entries/ferry-runs-twice-a-day-from-june/"' in desk.get(PAGE).text
    assert 'data-desk="/_desk/"' in desk.get("/").text
    assert 'data-desk="/_desk/"' in desk.get("/briefings/none/").text


def test_an_open_page_hears_of_a_change_at_once(serving: Serving) -> None:
    desk = serving()
    with desk.events() as events:
        first = next(events)
        assert first["errors"] == []
        assert f'data-state="{first["build"]}"' in desk.get(PAGE).text
        desk.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
        news = next(events)
    assert news["build"] != first["build"]
    page = desk.get(PAGE).text
    assert "More ferries" in page
    assert f'data-state="{news["build"]}"' in page


def test_a_mistake_is_told_with_place_and_remedy_and_taken_back(serving: Serving) -> None:
    desk = serving()
    with desk.events() as events:
        first = next(events)
        desk.folder.edit(ENTRY, TITLE, 'title: "<b>"\ntopics: [prot]')
        wrong = next(events)
        assert wrong["title"] == "1 mistake"
        assert wrong["errors"] == [
            {
                "place": f"{ENTRY}:5",
                "what": "unknown topic 'prot'",
                "fix": "did you mean 'port'? If it is new, add it under topics: in site.yaml",
            }
        ]
        desk.folder.edit(ENTRY, 'title: "<b>"\ntopics: [prot]', TITLE)
        mended = next(events)
    assert mended["errors"] == []
    assert len({first["turn"], wrong["turn"], mended["turn"]}) == 3


def test_pages_of_the_desk_change_with_mistakes_too(serving: Serving) -> None:
    desk = serving()
    with desk.events() as events:
        first = next(events)
        assert f'data-state="{first["turn"]}"' in desk.get("/_desk/").text
        desk.folder.write("sources/empty.txt", "")
        news = next(events)
    assert news["build"] == first["build"]  # no page of the site is another
    assert f'data-state="{news["turn"]}"' in desk.get("/_desk/").text


def test_the_next_free_port_is_taken(desk: Desk) -> None:
    taken = desk.server.server_port
    with DeskServer(desk.server.session, taken) as second:
        assert taken < second.server_port <= taken + 100


def test_only_loopback_is_listened_on(desk: Desk) -> None:
    assert desk.server.server_address[0] == "127.0.0.1"


def test_the_end_does_not_wait_for_those_who_keep_a_connection(serving: Serving) -> None:
    desk = serving()
    with (
        socket.create_connection(("127.0.0.1", desk.server.server_port), PATIENCE) as silent,
        desk.events() as events,
    ):
        next(events)
        desk.server.end()
        assert list(events) == []
        assert silent.recv(1) == b""
    # What is left of threads would hang here: leaving the fixture joins them all.
