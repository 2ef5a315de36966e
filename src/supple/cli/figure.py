"""`supple figure`: a page on this machine where the figure moves, served by the standard library; nothing goes out."""

import errno
import hashlib
import json
import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, unquote, urlsplit

import typer

if TYPE_CHECKING:
    from supple.figure.pages import Pages

PORT = 8777
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # kept, but asked for each time whether it is still the same
}


class PortTaken(ValueError):
    """Somebody else listens there."""


class NoSuchHost(ValueError):
    """This machine does not have that address."""


class FigureMissing(LookupError):
    """The packages that draw the figure are not installed."""


class Handler(BaseHTTPRequestHandler):
    """One request: read it, ask the pages, answer."""

    protocol_version = "HTTP/1.1"

    def __init__(self, pages: "Pages", *rest: object) -> None:
        self.pages = pages
        super().__init__(*rest)  # type: ignore[arg-type]  # the server gives what its base class takes

    def do_GET(self) -> None:
        """Answers with the page, or says in JSON what is wrong."""
        asked = urlsplit(self.path)
        try:
            answer = self.pages.get(unquote(asked.path).lstrip("/"), dict(parse_qsl(asked.query)))
        except (LookupError, ValueError) as error:
            if not type(error).__module__.startswith("supple"):
                raise
            self._refuse(str(error))
            return
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(HTTPStatus.NOT_MODIFIED, b"", ETag=tag)
        else:
            self._send(HTTPStatus.OK, answer.content, **{"Content-Type": answer.kind, "ETag": tag})

    do_HEAD = do_GET  # noqa: N815 - named by http.server

    def log_message(self, *_: object) -> None:
        """Nobody needs a line for each file."""

    def _refuse(self, sentence: str) -> None:
        self._send(HTTPStatus.NOT_FOUND, json.dumps({"say": sentence}).encode(), **{"Content-Type": "application/json"})

    def _send(self, status: HTTPStatus, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """A browser that leaves in the middle of an answer is no fault."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a lost connection, and all of anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as socketserver gives it


def server(pages: "Pages", host: str, port: int) -> Server:
    """A server that listens; raises PortTaken, NoSuchHost."""
    try:
        return Server((host, port), partial(Handler, pages))
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            why = "taken" if error.errno == errno.EADDRINUSE else "only for administrators"
            raise PortTaken(f"Port {port} is {why}; choose another one: supple figure --port {PORT + 1}.") from error
        raise NoSuchHost(f"This machine has no address {host!r}; leave --host out, or give 127.0.0.1.") from error


def figure(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes any free port.")] = PORT,
    host: Annotated[
        str, typer.Option(help="The address to listen at; 0.0.0.0 lets others in your network see it.")
    ] = "127.0.0.1",
) -> None:
    """Show the moving figure in your browser."""
    try:
        from supple.figure.pages import Pages, check
    except ImportError as error:
        raise FigureMissing(f"The figure needs {error.name}; bring it with: pip install 'supple[figure]'.") from error
    check()
    with server(Pages(), host, port) as listening:
        where, at = listening.server_address[:2]
        typer.echo(f"The figure moves at http://{_text(where)}:{at}/ (stop with Ctrl-C)")
        listening.serve_forever()


def _text(host: str | bytes | bytearray) -> str:
    return host if isinstance(host, str) else bytes(host).decode()
