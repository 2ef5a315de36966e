"""The music of the player: made once on this machine, and then kept by the browser."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from supple.video.music import Mood
from supple.web.play import music


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
