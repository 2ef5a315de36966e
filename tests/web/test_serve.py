"""`supple serve`: what is in its way is one sentence, and it goes when whoever started it is gone."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from supple.web.play import folder
from supple.web.play.models import Run
from tests.web.conftest import COMMAND, PATIENCE_S, Site, serving
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of

Spoil = Callable[[Path], object]
DATABASE = "supple.sqlite3"


def serve(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command, for somebody who gets no further than its first sentence."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [str(COMMAND), "serve", "--data", str(data), "--port", port, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def asked(site: Site, host: str) -> int:
    """The status that a browser gets which calls this site by that name."""
    address = urlsplit(site.url)
    line = http.client.HTTPConnection(str(address.hostname), address.port, timeout=PATIENCE_S)
    line.putrequest("GET", "/help/", skip_host=True)
    line.putheader("Host", host)
    line.endheaders()
    status = line.getresponse().status
    line.close()
    return status


def content(file: Path) -> bytes:
    """What is in the file, but for SQLite's own head: it says there how it writes."""
    return file.read_bytes()[100:] if file.is_file() else b""


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("create table django_migrations (id integer primary key, app text, name text, applied text)")
        database.execute("insert into django_migrations values (1, 'play', '9999_of_tomorrow', '2030-01-01')")


def something_else(file: Path) -> None:
    file.write_text("Dear diary, " * 200, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "was written by a newer Supple; bring this one up to date"),
        (something_else, "is not a diary of Supple. Move it away"),
        (Path.mkdir, "cannot be written. Make its folder writable"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence_and_left_as_it_is(
    tmp_path: Path, spoil: Spoil, said: str
) -> None:
    file = tmp_path / DATABASE
    spoil(file)
    before = content(file)

    result = serve(tmp_path)

    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr.replace("\n", " ")
    assert content(file) == before


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", encoding="utf-8")

    result = serve(tmp_path / "data")

    assert result.returncode == 2
    assert "choose another with SUPPLE_DATA=FOLDER" in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "203.0.113.7"], "This machine has no address '203.0.113.7'; leave HOST out, or give 127.0.0.1."),
        (["--port", "99999"], "65535"),
    ],
)
def test_an_address_where_nobody_can_listen_is_one_sentence(tmp_path: Path, options: list[str], said: str) -> None:
    result = serve(tmp_path, *options)

    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())


def test_a_port_that_is_taken_is_one_sentence_with_another(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = serve(tmp_path, "--port", str(port))

    assert result.returncode == 2
    assert f"Port {port} is taken; choose another: PORT={port + 1} make run." in " ".join(result.stderr.split())


def test_a_page_from_elsewhere_cannot_point_its_name_at_this_machine(site: Site) -> None:
    port = urlsplit(site.url).port

    assert [asked(site, f"{name}:{port}") for name in ("127.0.0.1", "localhost")] == [200, 200]
    assert asked(site, "rebound.example") == 400


def test_after_a_kill_the_port_is_free_again(tmp_path: Path) -> None:
    with serving(tmp_path) as site:
        port = urlsplit(site.url).port
        os.kill(site.process.pid, signal.SIGKILL)
        site.process.wait()

        until, taken = time.monotonic() + PATIENCE_S, True
        while taken and time.monotonic() < until:
            time.sleep(0.1)
            with socket.socket() as probe:
                taken = probe.connect_ex(("127.0.0.1", port)) == 0

    assert not taken


def test_a_full_disk_is_told_on_the_page_and_nothing_is_half_written(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    client.post("/today/opening/", WITH_NOTHING_NEW)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("pragma page_count")
        cursor.execute(f"pragma max_page_count = {cursor.fetchone()[0]}")  # what SQLite takes for a full disk
        try:
            told = client.post("/play/start/")
        finally:
            cursor.execute("pragma max_page_count = 1073741823")

    assert told.status_code == 503
    assert "There is no room left for" in told.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize("accepts", ["application/json", "text/html"])
def test_a_database_that_another_program_holds_is_told_in_the_form_that_was_asked_for(
    database: None, accepts: str
) -> None:
    options = settings.DATABASES["default"]
    with closing(sqlite3.connect(options["NAME"])) as other, connection.cursor() as cursor:
        cursor.execute("pragma busy_timeout = 20")
        other.execute("begin immediate")
        told = Client(raise_request_exception=False).post("/check/again/", headers={"Accept": accepts})
        other.rollback()
        cursor.execute(f"pragma busy_timeout = {options['OPTIONS']['timeout'] * 1000}")

    assert told.status_code == 503
    assert told["Content-Type"].startswith(accepts)
    assert "is in use by another program. Close that one, then try again; nothing is lost." in told.content.decode()
    assert options["OPTIONS"]["timeout"] <= 5


def test_a_log_that_cannot_be_read_is_named_on_the_page_with_the_remedy(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    client.raise_request_exception = False
    broken = folder.place() / "2026-11-20.json"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text('{"started": ', encoding="utf-8")

    answer = client.get("/today/")

    assert answer.status_code == 503
    assert f"{broken}: not whole JSON (line 1); use an earlier copy of this log, or move it" in answer.content.decode()


def test_the_small_pictures_are_drawn_before_somebody_asks_and_those_of_an_older_version_go(tmp_path: Path) -> None:
    old = tmp_path / "stills" / "0ld" / "row" / "woman" / "cat_camel.webp"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"")
    with serving(tmp_path, SUPPLE_DRAW_AHEAD="yes"):
        until, drawn = time.monotonic() + PATIENCE_S, 0
        while not drawn and time.monotonic() < until:
            time.sleep(0.2)
            drawn = len(set(tmp_path.glob("stills/*/row/woman/*.webp")) - {old})

    assert drawn
    assert not old.exists()
