"""The server of `serve`: pages with the reloading script, errors shown in them, nothing of it for strangers."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.model import Problem
from generator.serve import SCRIPT_PATH, Live, Server, problem_page, start, with_script

PAGE = b'<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>x</title></head><body>hi</body></html>'


@contextmanager
def running(folder: Path, live: Live) -> Iterator[Server]:
    server = start(live, folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        live.close()
        server.shutdown()
        server.server_close()


def get(server: Server, path: str, host: str = "localhost", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request(method, path, headers={"Host": host})
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "public"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "404.html").write_bytes(PAGE.replace(b"hi", b"lost"))
    (site / "a" / "index.html").write_bytes(PAGE)
    (site / "x.ics").write_text("BEGIN")
    (tmp_path / "secret.txt").write_text("secret")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    live = Live(lambda *_: ())
    live.rebuild()
    with running(folder, live) as server:
        yield server


def test_pages_get_the_script_and_keep_their_policy(server: Server, folder: Path) -> None:
    status, headers, body = get(server, "/index.html")
    assert status == 200
    assert SCRIPT_PATH.encode() in body
    assert b"Content-Security-Policy" in body
    assert headers["Cache-Control"] == "no-store"
    assert (folder / "index.html").read_bytes() == PAGE


def test_other_files_are_as_they_are(server: Server) -> None:
    assert get(server, "/x.ics")[2] == b"BEGIN"


def test_folders_show_their_index(server: Server) -> None:
    assert b"hi" in get(server, "/")[2]
    assert get(server, "/a")[0] == 301
    assert b"hi" in get(server, "/a/")[2]


def test_what_is_not_there_shows_the_404_page(server: Server) -> None:
    status, _, body = get(server, "/none.html")
    assert (status, b"lost" in body) == (404, True)


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "//../secret.txt", "/a/..%2f..%2fsecret.txt"])
def test_nothing_outside_the_folder_is_served(server: Server, path: str) -> None:
    status, _, body = get(server, path)
    assert status == 404
    assert b"secret" not in body


def test_only_this_machine_under_its_own_name_is_answered(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert get(server, "/", host="evil.example")[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(server: Server, method: str) -> None:
    assert get(server, "/index.html", method=method)[0] == 501


def test_a_head_request_has_no_body(server: Server) -> None:
    status, headers, body = get(server, "/x.ics", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == "5"


def test_open_pages_are_told_of_a_new_build(folder: Path) -> None:
    live = Live(lambda *_: ())
    live.rebuild()
    with running(folder, live) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
        connection.request("GET", "/-/events", headers={"Host": "localhost"})
        events = connection.getresponse()
        assert events.headers["Content-Type"] == "text/event-stream"
        assert events.readline() == b"data: 1\n"
        events.readline()
        live.rebuild()
        assert events.readline() == b"data: 2\n"


def test_problems_are_shown_with_file_and_line_until_they_are_mended(folder: Path) -> None:
    found = [Problem(file="sheets/x.yaml", line=41, message='no actor "<b>"', hint='did you mean "bo"?')]
    live = Live(lambda *_: tuple(found))
    live.rebuild()
    with running(folder, live) as server:
        _, _, body = get(server, "/index.html")
        assert b"sheets/x.yaml</code>" in body or b"<code>sheets/x.yaml:41</code>" in body
        assert b"&lt;b&gt;" in body
        assert SCRIPT_PATH.encode() in body
        found.clear()
        live.rebuild()
        assert b"hi" in get(server, "/index.html")[2]


def test_problems_that_are_not_fatal_keep_no_page_away(folder: Path) -> None:
    live = Live(lambda *_: (Problem(file="x", message="odd", fatal=False),))
    live.rebuild()
    with running(folder, live) as server:
        assert b"hi" in get(server, "/index.html")[2]


def test_a_build_that_breaks_is_a_problem_and_no_end() -> None:
    def build(*_: object) -> tuple[Problem, ...]:
        raise RuntimeError("broken")

    live = Live(build)
    live.rebuild()
    assert [str(p) for p in live.problems] == ["build:1:1: RuntimeError: broken"]


def test_a_page_without_a_head_is_served_too() -> None:
    assert with_script(b"<p>x").endswith(b"<p>x")
    assert b"41" in problem_page([Problem(file="a", line=41, message="m")])
