"""The voice of the player: each sentence of a session comes with the address of its clip, kept by the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from supple.session.script import COUNT
from supple.web.play import voice
from tests.web.runs import begun, plan_of


@pytest.mark.parametrize("who", ["V01", "V07"])
def test_every_sentence_of_a_session_has_the_address_of_its_clip(client: Client, who: str) -> None:
    state = client.get(f"/session/{begun(plan_of(who)).pk}/").context["state"]
    said = {text for cue in state["cues"] for text in cue["say"]}

    assert {*state["clips"]} == {*said, *COUNT}
    for address in state["clips"].values():
        answer = client.get(address)
        assert answer.content.startswith(b"OggS")
        assert answer["Content-Type"] == "audio/ogg"
        assert answer["Cache-Control"].endswith("immutable")


def test_a_sentence_without_a_clip_is_left_to_the_voice_of_the_device() -> None:
    assert voice.addresses(["Nobody says this."]) == {}


def test_an_address_of_another_version_is_not_kept(client: Client) -> None:
    (address,) = voice.addresses(["Three."]).values()

    assert client.get(address.replace(voice.version(), "0"))["Cache-Control"] == "no-cache"


def test_an_unknown_clip_is_named_with_the_remedy(client: Client) -> None:
    answer = client.get(reverse("clip", args=[voice.version(), "index.json"]))

    assert answer.status_code == 404
    assert answer.json() == {"say": "index.json: no sentence is said by this clip; load the page anew."}
