"""`supple serve`: the site, on this machine alone unless told otherwise."""

import errno
import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from supple.cli.place import data_folder

PORT, HOST = 8000, "127.0.0.1"
THREADS = 4
LONGEST_QUEUE = 256
LONGEST_GOODBYE_S = 5  # a request that does not end keeps nobody from stopping the site


class PortTaken(ValueError):
    """Somebody else listens there, or nobody may."""


class SiteMissing(LookupError):
    """The packages of the site are not installed."""


class DatabaseUnusable(ValueError):
    """The diary cannot be opened as it is."""


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, envvar="PORT", help="Where to listen.")] = PORT,
    host: Annotated[
        str, typer.Option(envvar="HOST", help="The address to listen at; 0.0.0.0 lets others in your network see it.")
    ] = HOST,
    data: Annotated[
        Path | None, typer.Option(help="The folder for the diary; your own if left out.", show_default=False)
    ] = None,
) -> None:
    """Open the site in your browser: questions, plan, session with the moving figure, diary."""
    os.environ["SUPPLE_DATA"] = str(data or os.environ.get("SUPPLE_DATA") or data_folder())
    os.environ["SUPPLE_HOST"] = host
    os.environ["DJANGO_SETTINGS_MODULE"] = "supple.web.settings"
    try:
        from granian import Granian
        from granian.constants import Interfaces
    except ImportError as error:
        raise SiteMissing(f"The site needs {error.name}; bring it with: pip install 'supple[web]'.") from error
    check_free(host, port)
    prepare()
    shown = f"[{host}]" if ":" in host else host
    begin_beside()
    typer.echo(f"Supple is open at http://{shown}:{port}/ (stop with Ctrl-C)")
    Granian(
        "supple.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=LONGEST_QUEUE,
        workers_kill_timeout=LONGEST_GOODBYE_S,
        log_enabled=False,
    ).serve()


def prepare() -> None:
    """Brings the database and the files of the pages up to date; raises DatabaseUnusable."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    from supple.web.trouble import of_database

    file = settings.DATABASES["default"]["NAME"]
    try:
        known = MigrationLoader(connection)
        if known.applied_migrations.keys() - known.disk_migrations.keys():
            raise DatabaseUnusable(
                f"{file} was written by a newer Supple; bring this one up to date, then start again."
            )
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        if sentence := of_database(error):
            raise DatabaseUnusable(sentence) from error
        raise
    stamp, told = Path(settings.STATIC_ROOT) / "stamp", _static_stamp()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != told:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(told, encoding="ascii")


def begin_beside() -> None:
    """Has the small pictures drawn, and films made, each in a process of its own that goes with this one."""
    for module in beside(os.environ):
        command = [sys.executable, "-m", module, str(os.getpid())]
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def beside(settings: Mapping[str, str]) -> list[str]:
    """What runs beside the site.

    >>> beside({"SUPPLE_DRAW_AHEAD": "no"}), beside({"SUPPLE_FILMS": "no"})
    ([], ['supple.web.figure.ahead'])
    >>> beside({"SUPPLE_DRAW_AHEAD": "no", "SUPPLE_FILMS": "yes"})
    ['supple.web.film.worker']
    """
    ahead = settings.get("SUPPLE_DRAW_AHEAD", "yes")
    wanted = {"supple.web.figure.ahead": ahead, "supple.web.film.worker": settings.get("SUPPLE_FILMS", ahead)}
    return [module for module, said in wanted.items() if said != "no"]


def check_free(host: str, port: int) -> None:
    """Raises PortTaken where nobody can listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(f"Port {port} is taken; choose another: PORT={port + 1} make run.") from error
            if error.errno == errno.EACCES:
                raise PortTaken(f"Port {port} is for administrators; choose one from 1024: PORT=8000.") from error
            raise PortTaken(f"This machine has no address {host!r}; leave HOST out, or give 127.0.0.1.") from error


def _static_stamp() -> str:
    """Changes whenever a file of the pages does."""
    from django.contrib.staticfiles.finders import get_finders

    told = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            told.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}".encode())
    return told.hexdigest()
