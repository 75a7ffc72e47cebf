"""The server: a login, the terminal's page, its websocket, and downloads."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.server import Server

from casebook.serve.pages import FOCUS_SCRIPT, login_page, plain_page, terminal_page
from casebook.serve.session import Session, bounded_size
from casebook.serve.visitors import Visitors

COOKIE = "casebook"
COOKIE_SECONDS = 120 * 24 * 3600
LARGEST_MESSAGE = 256 * 1024
"""Bytes of a message of a browser; a longer paste is refused."""
LARGEST_FORM = 4096

USUAL_PORT = 80
"""The port of http, which browsers leave out."""

LONGEST_SHUTDOWN = 10.0
"""Seconds in which visitors' processes save and leave when the server is ended."""

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"
        " style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; font-src 'self' data:; connect-src 'self' {websocket};"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = logging.getLogger("casebook.serve")


class Served(NamedTuple):
    """What is served, and where.

    Attributes:
        book: the file that is read.
        public_url: under which browsers reach the server, where that is not host and port.
    """

    book: Path
    title: str
    host: str
    port: int
    public_url: str = ""

    @property
    def origins(self) -> frozenset[str]:
        """The origins that a request may come from: what a browser shows in its address line."""
        if self.public_url:
            parts = urlsplit(self.public_url)
            return frozenset((f"{parts.scheme}://{parts.netloc}".lower(),))
        names = {self.host}
        if self.host in ("localhost", "127.0.0.1", "::1"):
            names |= {"localhost", "127.0.0.1", "[::1]"}
        ports = (f":{self.port}", "") if self.port == USUAL_PORT else (f":{self.port}",)
        return frozenset(f"http://{name}{port}".lower() for name in names for port in ports)

    @property
    def hosts(self) -> frozenset[str]:
        """What may stand in the Host header."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)


class CasebookServer(Server):
    """Textual's server with a door: nobody comes in without the code, or from another page."""

    def __init__(self, served: Served, visitors: Visitors) -> None:
        super().__init__("casebook", served.host, served.port, served.title)
        self.served = served
        self.visitors = visitors
        # One after another: all at once, everybody would wait for the last.
        self._starting = asyncio.Semaphore(os.cpu_count() or 1)
        self._releasing: set[asyncio.Task[None]] = set()
        self._sockets: set[web.WebSocketResponse] = set()
        self._stopping: set[asyncio.Task[None]] = set()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=LARGEST_FORM, logger=log)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.post("/login", self._login),
                web.get("/ws", self.handle_websocket),
                web.get("/focus.js", self._focus_script),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path, show_index=False, follow_symlinks=False),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        app.on_cleanup.append(self.on_cleanup)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """Closes every window, so that what is being written is saved."""
        closing = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in set(self._sockets))
        await asyncio.gather(*closing, return_exceptions=True)

    async def on_cleanup(self, app: web.Application) -> None:
        """Waits until the process of every visitor has ended; none outlives the server."""
        await asyncio.gather(*self._stopping, return_exceptions=True)

    # The door

    @property
    def _guard(self) -> Any:
        @web.middleware
        async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
            """Looks at each request before anything else does."""
            response: web.StreamResponse
            if request.headers.get("Host", "").lower() not in self.served.hosts:
                response = _refused(
                    421, "The address that you typed does not belong to this server."
                )
            elif not self._is_of_this_origin(request):
                response = _refused(403, "This request comes from another page.")
            elif request.path not in ("/", "/login") and self._visitor(request) is None:
                response = _refused(403, "Type the code first.")
            else:
                try:
                    response = await handler(request)
                except web.HTTPException as error:
                    response = _refused(error.status, error.reason)
            if not response.prepared:
                response.headers.update(self._headers(request))
            return response

        return guard

    def _headers(self, request: web.Request) -> dict[str, str]:
        known = request.headers.get("Host", "").lower() in self.served.hosts
        socket = self._websocket(request) if known else ""
        policy = _SECURITY["Content-Security-Policy"].format(websocket=socket)
        return {**_SECURITY, "Content-Security-Policy": policy}

    def _websocket(self, request: web.Request) -> str:
        """The address of the websocket, under the name that a browser knows the server by."""
        secure = self.served.public_url.startswith("https:")
        return f"{'wss' if secure else 'ws'}://{request.headers['Host'].lower()}/ws"

    def _is_of_this_origin(self, request: web.Request) -> bool:
        """Whether a request is a browser's from a page of this server.

        What changes something, and the websocket, must say where it comes from.
        """
        origin = request.headers.get("Origin")
        if origin is None:
            return request.method in ("GET", "HEAD") and request.path != "/ws"
        return origin.lower() in self.served.origins

    def _visitor(self, request: web.Request) -> str | None:
        return self.visitors.visitor_of(request.cookies.get(COOKIE, ""))

    async def _login(self, request: web.Request) -> web.StreamResponse:
        address = request.remote or ""
        if not self.visitors.may_try(address):
            return _page(429, login_page(self.title, "Too many wrong codes. Wait a minute."))
        form = await request.post()
        code = form.get("code", "")
        token = self.visitors.admit(code, address) if isinstance(code, str) else None
        if token is None:
            return _page(403, login_page(self.title, "This is not the code."))
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=self.served.public_url.startswith("https:"),
        )
        return response

    # Pages

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The login, or the app for whoever has come in."""
        if self._visitor(request) is None:
            return _page(200, login_page(self.title))
        if self.visitors.sessions - len(self._leaving) >= self.visitors.most:
            return _page(503, plain_page(self.title, FULL))
        size = bounded_size(request.query.get("fontsize", "16"), 24)[0]
        page = terminal_page(self.title, self._websocket(request), min(max(size, 6), 72))
        return _page(200, page)

    async def _focus_script(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=FOCUS_SCRIPT, content_type="text/javascript")

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """Hands over a file to the visitor who has asked for it, and to nobody else."""
        key = request.match_info["key"]
        try:
            download = await self.download_manager.get_download_metadata(key)
        except KeyError:
            return _refused(404, "There is no such file.")
        session = download.app_service
        if not isinstance(session, VisitorSession) or session.visitor != self._visitor(request):
            return _refused(404, "There is no such file.")
        response = web.StreamResponse(headers=self._headers(request))
        response.headers["Content-Type"] = "application/octet-stream"
        response.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(download.file_name)}"
        )
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    # The terminal

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Runs the app for a visitor as long as the browser stays."""
        visitor = self._visitor(request)
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LARGEST_MESSAGE)
        await socket.prepare(request)
        if visitor is None or not await self._enters(visitor):
            await socket.send_bytes(f"{FULL}\r\n".encode())
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return socket
        session = VisitorSession(
            visitor,
            self.served.book,
            self.visitors.folder_of(visitor),
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        self._sockets.add(socket)
        try:
            width, height = request.query.get("width"), request.query.get("height")
            await socket.send_bytes(STARTING.encode())
            await self._starting.acquire()
            self._begun(session)
            await session.start(*bounded_size(width, height))
            await self._process_messages(socket, session)
        except asyncio.CancelledError:
            await socket.close()
        finally:
            self._sockets.discard(socket)
            # A task of its own: it goes on where this request is cancelled.
            ending = asyncio.create_task(self._end(session))
            self._stopping.add(ending)
            ending.add_done_callback(self._stopping.discard)
            await asyncio.shield(ending)
        return socket

    async def _enters(self, visitor: str) -> bool:
        """Whether there is a place for a visitor; one that is just being left is waited for."""
        while not self.visitors.enter(visitor):
            if not (leaving := self._leaving):
                return False
            await asyncio.wait(leaving, return_when=asyncio.FIRST_COMPLETED)
        return True

    @property
    def _leaving(self) -> list[asyncio.Task[None]]:
        """The sessions whose windows are closed, and whose processes have not ended yet."""
        return [ending for ending in self._stopping if not ending.done()]

    async def _end(self, session: VisitorSession) -> None:
        """Ends a visitor's process; the place is free when it is gone, and not before."""
        try:
            await session.stop()
        finally:
            self.visitors.leave(session.visitor)

    def _begun(self, session: Session) -> None:
        """Lets the next process start when this one has shown its first screen."""

        async def release() -> None:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(session.is_shown.wait(), LONGEST_START)
            self._starting.release()

        task = asyncio.create_task(release())
        self._releasing.add(task)
        task.add_done_callback(self._releasing.discard)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: Any) -> None:
        """Hands on what a browser sends; what is no message is dropped."""
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            try:
                envelope = json.loads(message.data)
            except (ValueError, RecursionError):
                continue
            match envelope:
                case ["stdin", str() as typed]:
                    await app_service.send_bytes(typed.encode("utf-8", "replace"))
                case ["resize", {"width": width, "height": height}]:
                    await app_service.set_terminal_size(*bounded_size(width, height))
                case ["ping", str() | int() | float() as data]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await app_service.blur()
                case ["focus", *_]:
                    await app_service.focus()


LONGEST_START = 20.0
"""Seconds that a process is waited for before the next one starts."""

STARTING = "Casebook is starting \N{HORIZONTAL ELLIPSIS}\r\n"

FULL = "All places are taken. Try again later, or close another window of yours."


class VisitorSession(Session):
    """A session that knows whose it is."""

    def __init__(self, visitor: str, book: Path, folder: Path, **options: Any) -> None:
        super().__init__(book, folder, **options)
        self.visitor = visitor


def _page(status: int, html: str) -> web.Response:
    return web.Response(status=status, text=html, content_type="text/html")


def _refused(status: int, words: str) -> web.Response:
    return web.Response(status=status, text=f"{words}\n")


def run(served: Served, visitors: Visitors) -> None:
    """Serves until it is ended."""
    server = CasebookServer(served, visitors)
    web.run_app(
        server._make_app(),
        host=served.host,
        port=served.port,
        print=lambda *_: None,
        shutdown_timeout=LONGEST_SHUTDOWN,
    )
