"""The music of the player: made once on this machine, and then kept by the browser."""

import io
import wave
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from supple.video.music import Mood
from supple.web.play import music

RATE_HZ = 8000


def humming(seconds: float = 12) -> SimpleUploadedFile:
    """A recording that somebody brings."""
    out, turns = io.BytesIO(), np.arange(round(seconds * RATE_HZ)) * (220 / RATE_HZ)
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes((np.sin(2 * np.pi * turns) * 9000).astype("<i2").tobytes())
    return SimpleUploadedFile("humming.wav", out.getvalue())


@pytest.fixture
def here(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody whose data lies in a folder of its own."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return client


def test_a_piece_of_ones_own_can_be_heard_changed_and_taken_away(here: Client) -> None:
    before = music.version()
    assert "Your piece" not in here.get("/music/").content.decode()

    here.post("/music/", {"music": humming()})
    first = here.get(reverse("music", args=[music.version(), "own"]))
    assert first.content.startswith(b"OggS")
    assert music.version() != before
    assert "Your piece" in here.get("/music/").content.decode()

    here.post("/music/", {"music": humming(14)})
    assert here.get(reverse("music", args=[music.version(), "own"])).content != first.content

    here.post("/music/", {"away": "1"})
    assert "Your piece" not in here.get("/music/").content.decode()
    assert here.get(reverse("music", args=[before, "own"])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (None, "Choose a file first."),
        (SimpleUploadedFile("letter.txt", b"Dear Sir"), "letter.txt: cannot be read as music; choose an MP3"),
        (humming(1), "humming.wav: holds less than"),
        (SimpleUploadedFile("../../up.mp3", b"x"), "up.mp3: cannot be read as music"),
    ],
    ids=["nothing", "a letter", "too short", "a name that leads elsewhere"],
)
def test_what_is_no_music_is_named_and_the_piece_from_before_stays(
    here: Client, sent: SimpleUploadedFile | None, said: str
) -> None:
    here.post("/music/", {"music": humming()})
    before = music.own_file().read_bytes()

    answer = here.post("/music/", {"music": sent} if sent else {})

    assert answer.status_code == 422
    assert f'role="alert">{said}' in answer.content.decode()
    assert music.own_file().read_bytes() == before


def test_a_file_that_is_too_large_is_not_even_read(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(music, "MOST_BYTES", 1000)

    assert "humming.wav: is larger than 0 MB" in here.post("/music/", {"music": humming()}).content.decode()


def test_the_player_offers_every_mood() -> None:
    assert tuple(Mood) == music.MOODS


def test_a_mood_is_made_once_and_kept_by_the_browser(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    address = reverse("music", args=[music.version(), "bright"])
    first = client.get(address)
    monkeypatch.setattr(music, "_made", lambda mood: pytest.fail("it is made again"))

    second = client.get(address)

    assert first.content == second.content
    assert first.content.startswith(b"OggS")
    assert second["Content-Type"] == "audio/ogg"
    assert second["Cache-Control"].endswith("immutable")


def test_an_address_of_another_version_is_not_kept(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(music, "_made", lambda mood: b"a sound")

    assert client.get(reverse("music", args=["0", "calm"]))["Cache-Control"] == "no-cache"


def test_an_unknown_mood_is_named_with_the_remedy(client: Client) -> None:
    answer = client.get(reverse("music", args=[music.version(), "loud"]))

    assert answer.status_code == 404
    assert answer.json() == {"say": "loud: there is no such music; choose calm or bright."}


def test_music_is_made_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings, "DATA", tmp_path / "file")
    monkeypatch.setattr(music, "_made", lambda mood: b"a sound")

    assert music.opus("calm") == b"a sound"
