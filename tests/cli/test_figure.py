"""`supple figure` serves the viewer and nothing beside it, and says what is in the way."""

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from supple.catalogue.way_reader import ways
from supple.cli import figure
from supple.cli.app import run
from supple.figure import pages
from supple.motion.way import Way
from tests.figure.acted import bake, bake_way

WAY = "standing_to_seated_chair"


def passed_ways() -> tuple[Way, ...]:
    return tuple(replace(way, passed="2026-11-21") for way in ways())


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    made = bake(tmp_path_factory.mktemp("motions") / "baked", "standing_quadriceps")
    bake_way(made, WAY, stations=5, proved_on=["woman"])
    with figure.server(pages.Pages(baked=made, ways=passed_ways), "127.0.0.1", 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening.server_address[1]
        listening.shutdown()


def get(port: int, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    return answer, content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/figure.js", "text/javascript"),
        ("/vendor/three.module.js", "text/javascript"),
        ("/viewer.css", "text/css"),
        ("/mark.svg", "image/svg+xml"),
        ("/font/commissioner-flar.woff2", "font/woff2"),
        ("/bodies/woman.glb", "model/gltf-binary"),
        ("/bodies/woman.muscles.json", "application/json"),
        ("/stretches.json", "application/json"),
    ],
)
def test_a_file_of_the_viewer_comes_with_its_kind_and_a_strict_policy(port: int, path: str, kind: str) -> None:
    answer, content = get(port, path)

    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
    assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert content


def test_what_the_browser_has_already_is_not_sent_again(port: int) -> None:
    tag = get(port, "/figure.js")[0].getheader("ETag") or ""

    answer, content = get(port, "/figure.js", **{"If-None-Match": tag})

    assert (answer.status, content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nothing.html", "There is no page 'nothing.html'; begin at the first one: /"),
        ("/../pages.py", "There is no page"),
        ("/%2e%2e/pages.py", "There is no page"),
        ("/vendor", "There is no page"),
        ("/%00", "There is no page"),
        ("/bodies/giant.glb", "There is no body 'giant': choose one of"),
        ("/bodies/woman.txt", "ask for woman.glb"),
        ("/motions/woman/cat_camle.json", "did you mean cat_camel"),
        ("/motions/giant/cat_camel.json", "There is no body 'giant'"),
        ("/rooms/cat_camle.json", "did you mean cat_camel"),
        ("/stills/woman/standing_quadriceps.png?view=below", "There is no view 'below'; choose one of"),
        ("/stills/woman/standing_quadriceps.png?arc=5", "10 to 100"),
        ("/stills/woman/standing_quadriceps.png?arc=far", "arc 'far' is no number"),
        ("/stills/woman/standing_quadriceps.png?way=up", "has no way 'up'"),
        (f"/motions/man/{WAY}.json", f"{WAY} is not shown on the body 'man', for it is not proved there"),
        (f"/motions/giant/{WAY}.json", "There is no body 'giant'"),
        ("/motions/woman/quadruped_to_prone.json", "quadruped_to_prone is not shown on the body 'woman'"),
        (f"/stills/woman/{WAY}.png?arc=130", "1.3 is no share of a way"),
    ],
)
def test_what_is_not_there_is_named_with_the_remedy(port: int, path: str, said: str) -> None:
    answer, content = get(port, path)

    assert answer.status == 404
    assert said in json.loads(content)["say"]


def test_a_motion_that_is_not_baked_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="not baked for the body 'woman'; make it with: make motions"):
        pages.Pages(baked=tmp_path).get("motions/woman/cat_camel.json", {})


def test_a_room_has_the_things_of_the_stretch(port: int) -> None:
    room = json.loads(get(port, "/rooms/cat_camel.json")[1])

    assert [thing["name"] for thing in room["stands"]] == ["mat"]
    assert len(room["stands"][0]["places"]) == 3 * len(room["stands"][0]["paints"])
    assert room["carried"] == []


@pytest.mark.parametrize("stretch", ["supine_hamstring_strap", "behind_back_towel"])
def test_a_room_has_what_the_figure_holds(port: int, stretch: str) -> None:
    assert len(json.loads(get(port, f"/rooms/{stretch}.json")[1])["carried"]) == 1


def test_a_way_between_positions_is_served_as_a_stretch_is(port: int) -> None:
    (entry,) = json.loads(get(port, "/stretches.json")[1])["ways"]
    motion, room = (json.loads(get(port, f"/{path}/{WAY}.json")[1]) for path in ("motions/woman", "rooms"))
    first, last = (get(port, f"/stills/woman/{WAY}.png?arc={arc}")[1] for arc in (0, 25))

    assert (entry["id"], entry["stations"], entry["bodies"], entry["sides"]) == (WAY, 5, ["woman"], False)
    assert "enter" not in motion
    assert [thing["name"] for thing in room["stands"]] == ["chair"]
    assert first.startswith(b"\x89PNG")
    assert first != last


def test_a_way_that_has_not_passed_the_look_is_not_shown(tmp_path: Path) -> None:
    unseen = pages.Pages(baked=tmp_path, ways=lambda: tuple(replace(way, passed="") for way in ways()))
    bake_way(tmp_path, WAY, stations=5, proved_on=["woman"])

    assert unseen.shown_ways() == []
    with pytest.raises(LookupError, match="is not shown on the body 'woman'"):
        unseen.get(f"motions/woman/{WAY}.json", {})


def test_a_taken_port_is_named_with_another(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["figure", "--port", str(port)])

    assert code == 2
    assert f"Port {port} is taken; choose another one" in capsys.readouterr().err


def test_an_address_of_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["figure", "--host", "192.0.2.1"])

    assert code == 2
    assert "This machine has no address '192.0.2.1'" in capsys.readouterr().err


def test_a_viewer_without_three_js_says_how_to_bring_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages, "VENDOR", tmp_path / "three.module.js")

    code = run(["figure"])

    assert code == 2
    assert "bring it with: make setup" in capsys.readouterr().err
