"""Every motion, on every body: contacts hold, nothing goes through anything, and it shows what the catalogue says."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path

import pytest

from supple.catalogue import CatalogueError, load
from supple.catalogue import motion_reader as motions
from supple.catalogue.motion_reader import HERE, NoMotion, baked, motion, positions
from supple.figure.body import Body, names
from supple.figure.body import load as load_body
from supple.figure.faults import Examination
from supple.figure.performance import pose_of
from supple.figure.skeleton import Floats
from supple.figure.skinning import heads
from supple.figure.view import View
from supple.motion.baked import SMALLEST_ARC

STRETCHES = [
    file.stem
    for file in sorted((HERE / "motions").glob("*.toml"))
    if file.name not in (motions.POSITIONS, motions.WAYS)
]
GZIPPED_KB = 60
NOT_PROVED = {  # shown in position only; a list that may become shorter
    "woman": set[str](),
    "man": set[str](),
    "older": set[str](),
    "heavier": {"prone_press_up", "sphinx"},
}

SIDEWAYS = ("root", "lowerleg01.L", "lowerleg01.R", "foot.L", "foot.R")
LEGS_M = 0.15
PELVIS_M = 0.05
WITHOUT_SEAT = {"hip_90_90", "side_lying_quadriceps", "standing_outer_hip_stretch", "thread_the_needle"}

A_BODY_EACH = list(zip(STRETCHES, cycle(names()), strict=False))  # each on one body, and each body with many

every_stretch = pytest.mark.parametrize("stretch", STRETCHES)
every_body = pytest.mark.parametrize("body", names())


@every_stretch
def test_a_motion_is_that_of_a_stretch_and_is_seen_from_a_view(stretch: str) -> None:
    made = motion(stretch)

    assert stretch in load().stretches
    assert View(made.view)
    assert made.path
    assert set(made.disagrees) <= {m.measure for m in load().stretch(stretch).camera.measures} | {
        f"{bend.joint}_{bend.motion}" for bend in load().stretch(stretch).joint_motions
    }


@every_body
@every_stretch
def test_every_motion_is_baked_for_every_body_with_its_ways(stretch: str, body: str) -> None:
    found = baked(stretch, body)

    assert (found.stretch, found.body) == (stretch, body)
    assert [track.name for track in found.tracks] == [path.name for path in motion(stretch).path]
    assert set(found.bones) == set(load_body(body).bones)


@pytest.mark.parametrize(("stretch", "body"), A_BODY_EACH)
def test_what_is_called_proved_is_without_fault_and_measures_what_the_catalogue_says(stretch: str, body: str) -> None:
    """Contacts within 5 mm, slips within 3, nothing through things; camera measures and joint ranges agree."""
    assert Examination(stretch, body).is_proved() is baked(stretch, body).proved


@pytest.mark.torture
@pytest.mark.parametrize(("stretch", "body"), sorted(set(product(STRETCHES, names())) - set(A_BODY_EACH)))
def test_so_it_is_on_every_other_body(stretch: str, body: str) -> None:
    assert Examination(stretch, body).is_proved() is baked(stretch, body).proved


@every_body
def test_every_motion_is_proved_but_for_those_that_are_known_not_to_be(body: str) -> None:
    assert {stretch for stretch in STRETCHES if not baked(stretch, body).proved} == NOT_PROVED[body]


@every_body
def test_a_trunk_that_ends_far_from_what_the_motion_says_is_a_fault(body: str) -> None:
    made = baked("cat_camel", body)
    bent = replace(made.tracks[0], angles={**made.tracks[0].angles, "lumbar_side_bend": 30.0})

    said = list(Examination("cat_camel", body, replace(made, tracks=(bent, *made.tracks[1:]))).strayed())

    assert said == ["round: lumbar_side_bend is 30 degrees from what the motion says"]


def test_a_bake_from_before_something_was_carried_is_a_fault() -> None:
    made = baked("behind_back_towel", "woman")
    track = made.tracks[0]
    bare = replace(track, frames=tuple(replace(frame, carried=()) for frame in track.frames))

    said = list(Examination("behind_back_towel", "woman", replace(made, tracks=(bare, *made.tracks[1:]))).unheld())

    assert said == [f"{track.name}: the motion carries 1, and the bake does not; bake it again"]


@pytest.mark.parametrize("body", sorted(set(names()) - {"woman"}))
def test_every_body_sits_lies_and_stands_with_its_legs_as_the_woman_does(body: str) -> None:
    """A contact alone may be held half off the chair, or with the feet far apart and the knees together."""
    person, woman = load_body(body), load_body("woman")

    apart = [
        f"{stretch} {end}: {what} is {off_m * 100:.0f} cm off"
        for stretch in STRETCHES
        if baked(stretch, body).proved
        for (end, its), (_, hers) in zip(_ends(stretch, person), _ends(stretch, woman), strict=True)
        for what, off_m, most_m in (
            ("the pelvis", its[0] - hers[0], 2 * PELVIS_M if stretch in WITHOUT_SEAT else PELVIS_M),
            ("the knees", (its[1] - its[2]) - (hers[1] - hers[2]), LEGS_M),
            ("the ankles", (its[3] - its[4]) - (hers[3] - hers[4]), LEGS_M),
        )
        if abs(off_m) > most_m
    ]

    assert apart == []


@every_stretch
def test_a_baked_motion_is_small(stretch: str) -> None:
    import gzip

    file = HERE / "baked" / "woman" / f"{stretch}.json"

    assert len(gzip.compress(file.read_bytes())) <= GZIPPED_KB * 1024


def test_every_position_has_a_pose_to_begin_with() -> None:
    assert {stretch.start_position for stretch in load().stretches.values()} <= set(positions())


def test_a_stretch_without_a_motion_says_so() -> None:
    missing = [stretch for stretch in load().stretches if stretch not in STRETCHES]
    for stretch in missing:
        with pytest.raises(NoMotion, match="has no motion yet"):
            motion(stretch)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('stretch = "cat_camel"', 'stretch = "cat"', "'stretch' is 'cat'; write 'cat_camel'"),
        ('base = "quadruped"', 'base = "standing"', "'base' is standing, but it begins quadruped"),
        ('base = "quadruped"', 'base = "quadrupd"', "did you mean 'quadruped'"),
        ("lumbar_flexion", "lumbar_flexoin", "'lumbar_flexoin' does not exist"),
        ("[start]", "[begin]", "unknown key 'begin'"),
    ],
)
def test_a_motion_file_that_does_not_fit_is_named_with_the_remedy(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "motions").mkdir()
    text = (HERE / "motions" / "cat_camel.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "motions" / "cat_camel.toml").write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "motions" / motions.POSITIONS).write_bytes((HERE / "motions" / motions.POSITIONS).read_bytes())
    monkeypatch.setattr(motions, "HERE", tmp_path)

    with pytest.raises(CatalogueError, match=said) as found:
        motion.__wrapped__("cat_camel")

    assert "cat_camel.toml" in str(found.value)


def test_the_smallest_arc_is_the_one_the_tables_know() -> None:
    assert SMALLEST_ARC == 10


def _ends(stretch: str, person: Body) -> Iterator[tuple[str, Floats]]:
    """At each end of each way, how far pelvis, knees and ankles are to the left of the middle, in metres."""
    made = baked(stretch, person.name)
    bones = [person.bones.index(name) for name in SIDEWAYS]
    for track in made.tracks:
        for end, shown in (("start", track.frames[0]), ("full", track.frames[-1])):
            pose = pose_of(shown, made.bones, person)
            yield f"{track.name} {end}", heads(person, pose.rotations.astype(float), pose.root)[bones, 0]
