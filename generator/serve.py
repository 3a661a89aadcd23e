"""`serve`: shows the site while it is edited. Builds anew when a file is saved, and tells the open pages to load themselves again as soon as the
pages stand; downloads and search follow.

Only this machine can reach it. The pages on disk stay as they are: what makes them reload is added on the way out.
"""

from __future__ import annotations

import contextlib
import functools
import html
import http.server
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import unquote, urlsplit

from generator.model import Problem

HOST = "127.0.0.1"
EVENTS = "/-/events"
SCRIPT_PATH = "/-/reload.js"
QUIET_SECONDS = 15  # after which a waiting page is sent a sign of life, so that a closed one is noticed

# Loads the page again after a build and goes back to where it was scrolled.
SCRIPT = b"""(() => {
  const key = "scroll " + location.pathname;
  const at = sessionStorage.getItem(key);
  if (at) { sessionStorage.removeItem(key); addEventListener("load", () => scrollTo({ top: Number(at), behavior: "instant" })); }
  let last;
  const source = new EventSource("/-/events");
  source.onmessage = (event) => {
    if (last !== undefined && last !== event.data) { sessionStorage.setItem(key, scrollY); location.reload(); }
    last = event.data;
  };
})();
"""
LEADS_ON = b'<meta http-equiv="refresh"'
TAG = f'<script src="{SCRIPT_PATH}"></script>'.encode()

STEP = 10  # milliseconds without a change after which what was saved is looked at: an editor's write and rename are one

Show = Callable[[Sequence[Problem]], None]  # to be called with the problems once the pages stand
Build = Callable[[Show, Collection[Path]], Sequence[Problem]]  # is given the files that were saved since the last build; none for the first


class Live:
    """The state all connections share: how many builds there were, and what was wrong with the last."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.version = 0
        self.problems: tuple[Problem, ...] = ()
        self.changed = threading.Condition()
        self.closed = False

    def rebuild(self, saved: Collection[Path] = ()) -> None:
        """Builds, and wakes the pages that wait; what goes wrong is shown in them and does not end the server."""
        before = self.version
        try:
            problems = tuple(self.build(self.show, saved))
        except Exception as e:  # a mistake in a theme or in our own code must not end the session
            problems = (getattr(e, "problem", None) or Problem(file="build", message=f"{type(e).__name__}: {e}"),)
        if self.version == before or problems != self.problems:
            self.show(problems)

    def show(self, problems: Sequence[Problem]) -> None:
        """Wakes the pages that wait."""
        with self.changed:
            self.problems = tuple(problems)
            self.version += 1
            self.changed.notify_all()

    @property
    def fatal(self) -> list[Problem]:
        """What kept the last build from being finished."""
        return [p for p in self.problems if p.fatal]

    def wait(self, seen: int) -> int:
        """Returns when there is a newer build than `seen`, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen or self.closed, timeout=QUIET_SECONDS)
            return self.version

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()


class Pages(http.server.SimpleHTTPRequestHandler):
    """The built folder over HTTP, with the reloading script in its pages."""

    protocol_version = "HTTP/1.1"
    server_version = "factpress"

    def __init__(self, *args: object, live: Live, directory: str, **more: object) -> None:
        self.live = live
        super().__init__(*args, directory=directory, **more)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is for what changed and what is wrong."""

    def do_GET(self) -> None:
        if not self.is_ours():
            self.answer(b"This server answers to its own name alone.\n", "text/plain; charset=utf-8", HTTPStatus.FORBIDDEN)
            return
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self.send_events()
        elif path == SCRIPT_PATH:
            self.answer(SCRIPT, "text/javascript; charset=utf-8")
        elif self.live.fatal and (path.endswith((".html", "/"))):
            self.answer(problem_page(self.live.problems), "text/html; charset=utf-8")
        else:
            self.send_file(path)

    do_HEAD = do_GET

    def is_ours(self) -> bool:
        """Refuses requests under a foreign name: a page elsewhere could point its own name here and read what is not published yet."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].strip("[]")
        return host in ("127.0.0.1", "localhost", "::1")

    def send_file(self, path: str) -> None:
        folder = Path(self.directory).resolve()
        file = (folder / path.lstrip("/")).resolve()
        if file.is_dir() and path.endswith("/"):
            file = file / "index.html"
        elif file.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if not file.is_relative_to(folder) or not file.is_file():
            missing = folder / "404.html"
            page = missing.read_bytes() if missing.is_file() else b"<!DOCTYPE html><title>404</title><p>There is no such page.</p>"
            self.answer(with_script(page), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        kind = self.guess_type(str(file))
        if kind == "text/html":
            content = with_script(content)
        self.answer(content, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    def answer(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_events(self) -> None:
        """Server-sent events: the number of the build, at once and at each new one."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = -1
        with contextlib.suppress(ConnectionError, TimeoutError):
            while not self.live.closed:
                now = self.live.version if seen < 0 else self.live.wait(seen)
                self.wfile.write(f"data: {now}\n\n".encode() if now != seen else b": still here\n\n")
                self.wfile.flush()
                seen = now


def with_script(page: bytes) -> bytes:
    """A page that reloads itself: with the script, which the page's own security policy lets in as it does the site's others.

    A page that only leads on to another is left at once, and its policy allows no script.
    """
    if LEADS_ON in page:
        return page
    at = page.find(b"</head>")
    return page[:at] + TAG + page[at:] if at >= 0 else TAG + page


def problem_page(problems: Sequence[Problem]) -> bytes:
    """What is wrong, instead of a page; it goes away by itself when the file is mended."""
    rows = "".join(
        f"<li><code>{html.escape(p.file)}:{p.line}</code><p>{html.escape(p.message)}</p>{f'<p><i>{html.escape(p.hint)}</i></p>' if p.hint else ''}</li>"
        for p in sorted(problems, key=lambda p: (not p.fatal, p.file, p.line))
    )
    style = "body{font:17px/1.5 sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}li{margin:1.2rem 0}p{margin:.2rem 0}"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The site could not be built</title><style>{style}</style>'
        f"{TAG.decode()}</head><body><h1>The site could not be built</h1><p>The pages on disk are those of the last good build.</p>"
        f"<ol>{rows}</ol></body></html>"
    ).encode()


class Server(http.server.ThreadingHTTPServer):
    """A thread a connection, for pages that wait for events keep theirs."""

    daemon_threads = True
    block_on_close = False


def start(live: Live, folder: Path, port: int) -> Server:
    """A server on this machine's own address; port 0 takes a free one."""
    return Server((HOST, port), functools.partial(Pages, live=live, directory=str(folder)))


def serve(
    build: Build, folder: Path, watch: Iterable[Path], port: int = 8000, ready: Callable[[str, Sequence[Problem]], None] | None = None
) -> None:
    """Builds, serves and watches until it is interrupted.

    `build` returns the problems of a build; `ready` is told the address, and after each build its problems.
    """
    live = Live(build)
    with saves_in(watch) as saves:  # what is saved from now on is seen, also during a build
        live.rebuild()
        server = start(live, folder, port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HOST}:{server.server_address[1]}/"
        tell = ready or (lambda _address, _problems: None)
        tell(address, live.problems)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                while True:
                    live.rebuild(next_of(saves))
                    tell(address, live.problems)
        finally:
            live.close()
            server.shutdown()
            server.server_close()


@contextlib.contextmanager
def saves_in(folders: Iterable[Path]) -> Iterator[SimpleQueue[set[Path]]]:
    """The files below the folders that are saved, as they are; a thread of its own keeps watch."""
    from watchfiles import watch as changes

    saves: SimpleQueue[set[Path]] = SimpleQueue()
    ended = threading.Event()

    def look() -> None:
        for found in changes(*[f for f in folders if f.exists()], step=STEP, stop_event=ended, raise_interrupt=False):
            saves.put({Path(path) for _, path in found})

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield saves
    finally:
        ended.set()
        looking.join()


def next_of(saves: SimpleQueue[set[Path]]) -> set[Path]:
    """All that was saved since it was asked for last; waits until something is."""
    found: set[Path] = set()
    while not (found and saves.empty()):
        with contextlib.suppress(Empty):  # Windows hears of Ctrl-C between two waits alone
            found |= saves.get(timeout=1)
    return found
