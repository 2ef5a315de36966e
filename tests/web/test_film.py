"""Today's plan as a film: only from behind the gate and while it fits, a queue that survives, and a file to play."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import av
import pytest
from django.conf import settings as site_settings
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from supple.files import FileError
from supple.planner import Plan
from supple.video.making import Progress
from supple.web.film import making, views
from supple.web.film.models import ENDINGS, KEPT_DAYS, MOST, Film, State
from supple.web.person.models import Person
from supple.web.play import music
from supple.web.play.models import Run
from supple.web.today.current import plan_now
from tests.web.conftest import PATIENCE_S, prepared
from tests.web.films import asked
from tests.web.people import WITH_NOTHING_NEW, answer_all, answers_of
from tests.web.runs import plan_of

WISHED = {"size": "720x1280", "ground": "dusk", "voice": "no", "music": "bright"}
ALONE, AT_WORK = 2, 3  # processes: the worker and what Python keeps beside it; and then one that makes a film
CONTENT = bytes(range(256)) * 40
GIVEN = ["film.mp4", "words.vtt", "poster.jpg", ""]
PAGES = ["", *[f"1/{name}" for name in GIVEN], "1/state/"]
ACTS = ["make/", "1/cancel/", "1/again/", "1/delete/", "1/restore/"]


@pytest.fixture
def ready(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody with a plan, and a folder for films."""
    monkeypatch.setattr(site_settings, "DATA", tmp_path)
    answer_all(client, answers_of("V03"))
    client.post("/today/opening/", WITH_NOTHING_NEW)
    return client


def now() -> Plan:
    """What a session would hold now."""
    return plan_now(Person.here(), timezone.localtime())


def done(plan: Plan) -> Film:
    """A film of this plan that is ready."""
    film = asked(plan, state=State.DONE)
    film.folder().mkdir(exist_ok=True)
    for ending in ENDINGS:
        film.file(ending).write_bytes(CONTENT)
    return film


def got(client: Client, film: Film, **headers: str) -> tuple[HttpResponseBase, bytes]:
    """The answer for the film itself, and what comes with it."""
    answer = client.get(f"/film/{film.pk}/film.mp4", headers=headers)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer, content


def text(client: Client) -> str:
    """The page with all films."""
    return client.get("/film/").content.decode()


def test_today_leads_to_the_film_and_what_was_chosen_is_kept_with_the_whole_plan(ready: Client) -> None:
    assert 'href="/film/"' in ready.get("/today/").content.decode()

    ready.post("/film/make/", WISHED)

    film = Film.objects.get()
    assert (film.size, film.ground, film.voice, film.music, film.state) == (
        "720x1280",
        "dusk",
        False,
        "bright",
        "queued",
    )
    assert film.read_plan() == now()
    assert "It waits for its turn" in text(ready)
    assert all(step.name in text(ready) for step in now().steps)
    for chosen in ("720x1280", "dusk", "bright"):
        assert f'value="{chosen}" checked' in text(ready)


def test_two_taps_ask_for_one_film_and_another_choice_for_another(ready: Client) -> None:
    for mood in ("bright", "bright", "calm"):
        ready.post("/film/make/", WISHED | {"music": mood})

    assert sorted(film.music for film in Film.objects.all()) == ["bright", "calm"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": "9x9"}, "One choice did not come through"),
        ({"voice": ""}, "One choice did not come through"),
        ({"music": "loud"}, "One choice did not come through"),
    ],
)
def test_a_choice_that_is_none_is_said_and_makes_no_film(ready: Client, change: dict[str, str], said: str) -> None:
    answer = ready.post("/film/make/", WISHED | change)

    assert (answer.status_code, Film.objects.count()) == (409, 0)
    assert said in answer.content.decode()


def test_music_of_ones_own_is_offered_once_it_is_there_and_its_lack_is_said(ready: Client) -> None:
    wished = {**WISHED, "music": "own"}
    assert 'value="own"' not in text(ready)
    assert "please choose again" in ready.post("/film/make/", wished).content.decode()

    music.own_file().parent.mkdir()
    music.own_file().write_bytes(b"OggS")
    assert 'value="own"' in text(ready)
    ready.post("/film/make/", wished)
    assert "your own music" in text(ready)

    music.own_file().unlink()
    with pytest.raises(FileError, match="Your own music is not here any more"):
        making.studio(Film.objects.get())


def test_more_films_than_are_kept_cannot_wait(ready: Client) -> None:
    for _ in range(MOST):
        asked(now())

    answer = ready.post("/film/make/", WISHED)

    assert "So many films are waiting already" in answer.content.decode()
    assert Film.objects.count() == MOST


@pytest.mark.parametrize("vignette", ["V02", "V05", "V09"])
def test_whom_the_answers_bar_gets_no_page_no_place_in_the_queue_and_no_film(client: Client, vignette: str) -> None:
    answer_all(client, answers_of(vignette))
    done(plan_of("V01", 2))

    for address in PAGES:
        assert client.get(f"/film/{address}")["Location"] == "/verdict/", address
    for address in ACTS:
        assert client.post(f"/film/{address}", WISHED)["Location"] == "/verdict/", address
    assert [film.state for film in Film.shown()] == [State.DONE]


def test_without_answers_there_is_no_film(client: Client) -> None:
    assert client.get("/film/")["Location"] == "/check/"


def test_a_grave_sign_told_later_takes_the_film_away(ready: Client) -> None:
    film = done(now())
    assert got(ready, film)[0].status_code == 200

    ready.post("/today/opening/", WITH_NOTHING_NEW | {"new-0": "yes"})

    assert got(ready, film)[0]["Location"] == "/verdict/"


def bad_day(client: Client) -> None:
    client.post("/today/wishes/", {"bad": "yes"})


def more_pain(client: Client) -> None:
    client.post("/today/wishes/", {"pain": "6", "rests": "1"})


def left_out(client: Client) -> None:
    client.post("/today/change/", {"out": now().steps[0].stretch})


@pytest.mark.parametrize("since", [bad_day, more_pain, left_out])
def test_a_film_that_a_plan_of_now_would_not_allow_is_not_given_out(
    ready: Client, since: Callable[[Client], None]
) -> None:
    film = done(now())
    assert "Watch here" in text(ready)

    since(ready)

    assert "Not for today" in text(ready)
    assert "Watch here" not in text(ready)
    for name in GIVEN:
        assert ready.get(f"/film/{film.pk}/{name}")["Location"] == "/film/", name


def test_a_film_waits_for_the_questions_that_come_before_any_session(ready: Client) -> None:
    film = done(now())
    ready.post("/play/start/")

    assert "Answer the short questions of today before you follow it" in text(ready)
    assert got(ready, film)[0]["Location"] == "/film/"
    assert ready.post("/film/make/", WISHED).status_code == 409
    assert Run.unfinished()


def test_a_film_of_another_version_is_not_given_out(ready: Client) -> None:
    film = done(now())
    Film.objects.update(plan={"of": "old"})

    assert ready.get(f"/film/{film.pk}/")["Location"] == "/film/"
    assert text(ready)


def test_the_film_is_a_file_to_take_away_and_never_packed(ready: Client) -> None:
    film = done(now())

    answer, content = got(ready, film, accept_encoding="gzip")

    assert content == CONTENT
    day = f"{timezone.localtime(film.asked):%Y-%m-%d}"
    assert answer["Content-Disposition"] == f'attachment; filename="supple-{day}.mp4"'
    assert (answer["Content-Type"], answer["Accept-Ranges"], answer["Content-Length"]) == (
        "video/mp4",
        "bytes",
        str(len(CONTENT)),
    )


@pytest.mark.parametrize(
    ("wanted", "status", "said", "part"),
    [
        ("bytes=0-1", 206, "bytes 0-1/10240", CONTENT[:2]),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", CONTENT[10000:]),
        ("bytes=-40", 206, "bytes 10200-10239/10240", CONTENT[-40:]),
        ("bytes=99999-", 416, "bytes */10240", b""),
        ("pages=1-2", 200, None, CONTENT),
    ],
)
def test_a_browser_gets_the_part_that_it_asks_for(
    ready: Client, wanted: str, status: int, said: str | None, part: bytes
) -> None:
    answer, content = got(ready, done(now()), range=wanted)

    assert (answer.status_code, answer.get("Content-Range"), content) == (status, said, part)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("bytes=0-", "bytes 0-999/10240"),
        ("bytes=500-9000", "bytes 500-1499/10240"),
        ("bytes=10000-", "bytes 10000-10239/10240"),
        ("bytes=0-9", "bytes 0-9/10240"),
    ],
)
def test_a_film_that_is_played_comes_in_short_parts_so_that_a_paused_one_holds_nothing_up(
    ready: Client, monkeypatch: pytest.MonkeyPatch, wanted: str, said: str
) -> None:
    monkeypatch.setattr(views, "PART_BYTES", 1000)
    film = done(now())
    assert f"/film/{film.pk}/film.mp4?played" in ready.get(f"/film/{film.pk}/").content.decode()

    answer = ready.get(f"/film/{film.pk}/film.mp4?played", headers={"range": wanted})

    assert len(b"".join(answer)) == int(answer["Content-Length"])
    assert answer["Content-Range"] == said


def test_a_film_whose_file_is_gone_is_not_found(ready: Client) -> None:
    film = done(now())
    film.file().unlink()

    assert got(ready, film)[0].status_code == 404


def test_films_are_made_in_their_order_and_one_that_was_broken_off_goes_on_first(ready: Client) -> None:
    first, second = asked(now()), asked(now())

    assert "1 film is before it" in text(ready)
    taken = Film.take_next()
    assert taken == first
    Film.take_up_again()  # the site was stopped, and starts again

    assert [Film.take_next(), Film.take_next(), Film.take_next()] == [first, second, None]


def test_the_page_is_told_how_far_it_is_until_it_is_cancelled(ready: Client) -> None:
    film = asked(now(), state=State.RUNNING)

    making.tell(film, Progress("drawing the figure", 0.25))
    told = ready.get(f"/film/{film.pk}/state/").json()
    ready.post(f"/film/{film.pk}/cancel/")

    assert told == {"state": "running", "share": 0.25, "words": "Drawing the figure"}
    with pytest.raises(making.Cancelled):
        making.tell(film, Progress("drawing the figure", 0.5))
    assert "Cancelled." in text(ready)


def test_a_cancelled_film_takes_its_turn_again_if_it_still_fits(ready: Client) -> None:
    film = asked(now(), state=State.CANCELLED)
    ready.post(f"/film/{film.pk}/again/")
    assert Film.take_next() == film
    film.becomes(State.CANCELLED, State.RUNNING)

    bad_day(ready)
    refused = ready.post(f"/film/{film.pk}/again/")

    assert "does not fit today" in refused.content.decode()
    assert Film.take_next() is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"size": "100x100"}, "size: 100x100 is no size of a film"),
        ({"plan": {"of": "old"}}, "Another version of Supple was asked for it"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_on_the_page(ready: Client, told: dict[str, object], said: str) -> None:
    film = asked(now(), state=State.RUNNING)
    Film.objects.update(**told)

    making.make_one(film.pk)

    assert said in text(ready)
    assert "This film could not be made." in text(ready)


def test_a_deleted_film_can_be_put_back_and_goes_for_good_after_an_hour(ready: Client) -> None:
    film = done(now())

    answer = ready.post(f"/film/{film.pk}/delete/")
    assert "Put it back" in ready.get(answer["Location"]).content.decode()
    assert got(ready, film)[0].status_code == 404
    ready.post(f"/film/{film.pk}/restore/")
    assert got(ready, film)[0].status_code == 200
    ready.post(f"/film/{film.pk}/delete/")

    Film.tidy(timezone.now() + timedelta(minutes=59))
    assert film.file().exists()
    Film.tidy(timezone.now() + timedelta(minutes=61))
    assert (Film.objects.count(), [film.file(ending).exists() for ending in ENDINGS]) == (0, [False] * 3)


def test_what_is_too_old_and_what_is_too_much_goes_oldest_first_and_nothing_that_waits(ready: Client) -> None:
    start, plan = timezone.now(), now()
    for hour in range(MOST + 2):
        asked(plan, state=State.DONE, asked=start - timedelta(hours=hour))
    waits = asked(plan, asked=start - timedelta(days=KEPT_DAYS + 1))

    Film.tidy(start)

    left = Film.objects.filter(state=State.DONE)
    assert (len(left), min(film.asked for film in left)) == (MOST, start - timedelta(hours=MOST - 1))
    Film.tidy(start + timedelta(days=KEPT_DAYS, minutes=1))
    assert set(Film.objects.all()) == {waits}


def test_one_process_makes_the_films_of_a_folder_and_the_page_says_where_none_does(ready: Client) -> None:
    asked(now())
    assert "Nothing makes films at the moment" in text(ready)

    assert [making.claimed(), making.claimed()] == [True, False]

    assert "Nothing makes films at the moment" not in text(ready)


@pytest.mark.parametrize("gone", ["tea", "-1", "9" * 5000, "7"])
def test_an_address_with_a_film_that_is_not_there_shows_the_page(ready: Client, gone: str) -> None:
    assert ready.get(f"/film/?gone={gone}").status_code == 200


@pytest.fixture
def worker(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The real worker over a folder where a film was left half-made, and a large one waits."""
    shutil.copytree(prepared(), tmp_path / "data")
    env = {**os.environ, "SUPPLE_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "supple.web.settings"}
    subprocess.run([sys.executable, "-m", "tests.web.films"], env=env, check=True)
    unkindly = "from supple.web.film.worker import main; main()"  # else it would wait for all other tests
    process = subprocess.Popen([sys.executable, "-c", unkindly], env=env, stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait()


def states(data: Path) -> list[str]:
    """Where each film stands."""
    with closing(sqlite3.connect(data / "supple.sqlite3", timeout=PATIENCE_S)) as database:
        return [state for (state,) in database.execute("select state from film_film order by id")]


def below(process: int) -> set[int]:
    """All processes that this one began, and those that they began, as far as they still run."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    alive = {int(pid): int(parent) for pid, parent, stat in rows if not stat.startswith("Z")}
    found: set[int] = {process} & alive.keys()
    while more := {pid for pid, parent in alive.items() if parent in found} - found:
        found |= more
    return found


def until(holds: Callable[[], bool], what: str) -> None:
    """Waits for the worker."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def test_a_worker_finishes_what_was_left_stops_what_is_cancelled_and_leaves_no_process_when_killed(
    worker: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    data = tmp_path / "data"
    until(
        lambda: states(data) == ["done", "running"] and len(below(worker.pid)) > AT_WORK, "the first film is not made"
    )
    with av.open(str(data / "film/1.mp4")) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (320, 180)

    with closing(sqlite3.connect(data / "supple.sqlite3", timeout=PATIENCE_S)) as database, database:
        database.execute("update film_film set state = 'cancelled' where id = 2")
    until(lambda: len(below(worker.pid)) == ALONE, "the cancelled film is still being made")

    with closing(sqlite3.connect(data / "supple.sqlite3", timeout=PATIENCE_S)) as database, database:
        database.execute("update film_film set state = 'queued' where id = 2")
    until(lambda: len(below(worker.pid)) > AT_WORK, "the film does not go on")
    begun = below(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    until(lambda: not any(below(process) for process in begun), "something outlives the worker")
