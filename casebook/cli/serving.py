"""`casebook serve`: the app in a browser, for those without a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebook.cli.app import BookFile, app, book_path
from casebook.cli.output import print_lines, tell
from casebook.errors import CasebookError

EVERY_ADDRESS = ("0.0.0.0", "::", "*", "")
LOCAL = ("localhost", "127.0.0.1", "::1")


@app.command("serve")
def serve(
    host: Annotated[
        str,
        typer.Option("--host", help="Listen on this address; by default, this machine alone."),
    ] = "localhost",
    port: Annotated[
        int, typer.Option("--port", help="Listen on this port.", min=1, max=65535)
    ] = 8000,
    code: Annotated[
        str,
        typer.Option(
            "--code",
            help="Let in whoever types this code; by default, a code is made up and printed.",
            envvar="CASEBOOK_SERVE_CODE",
        ),
    ] = "",
    sessions: Annotated[
        int,
        typer.Option(
            "--sessions", help="Allow at most this many sessions at a time.", min=1, max=500
        ),
    ] = 30,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Keep the visitors' notebooks in this folder."),
    ] = None,
    public_url: Annotated[
        str,
        typer.Option(
            "--public-url",
            metavar="URL",
            help="Take requests under this address alone, behind a proxy that speaks https.",
        ),
    ] = "",
    book: BookFile = None,
) -> None:
    """Serve the app to browsers. Each visitor has a notebook of their own.

    Visitors type a code to come in. They see no file of this machine, start no program on it,
    and download what they export.
    """
    from casebook import paths
    from casebook.book.connection import open_book
    from casebook.serve.visitors import Visitors, made_up_code

    try:
        from casebook.serve.server import Served, run
    except ImportError:
        raise CasebookError(
            "This needs the packages of an extra: pip install 'casebook[serve]'."
        ) from None

    with open_book(book_path(book)) as opened:
        title, path = opened.info.title, opened.path.resolve()
    if public_url and not public_url.startswith(("http://", "https://")):
        raise CasebookError("--public-url must begin with http:// or https://.")
    if host in EVERY_ADDRESS and not public_url:
        raise CasebookError(
            "To listen on every address, say under which one browsers reach it, such as"
            f" --public-url http://192.0.2.7:{port}; requests under other names are refused."
        )
    known = code.strip() or made_up_code()
    if len(known) < SHORTEST_CODE:
        raise CasebookError(f"A code must have {SHORTEST_CODE} characters at least.")
    served = Served(path, title, host, port, public_url)
    visitors = Visitors(folder or paths.visitors(), known, sessions)
    print_lines(
        [
            f"Serving {title} at {public_url or f'http://{host}:{port}'}",
            f"Code: {known}",
            f"Notebooks: {visitors.folder}",
            "ctrl+c stops it.",
        ]
    )
    if host not in LOCAL and not public_url.startswith("https://"):
        tell("Without https, others on the network can read the code and what visitors type.")
    run(served, visitors)


SHORTEST_CODE = 6
