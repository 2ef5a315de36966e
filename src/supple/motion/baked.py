"""A motion as every body moves it: bone rotations along each way from *in position* to the full pose, read and sampled.

A frame holds the global rotation of each bone as a unit quaternion (x, y, z, w) and the place of the pelvis in metres.
Frames lie evenly from 0 (in position) to 1 (full); between two of them rotations turn evenly. Baked motions are written
for the left side; the right side is their mirror image. Limits: what touches the floor is held to it at the frames, so
that between them it may slip by parts of a millimetre.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SCALE = 32767
PER_M = 10000
SMALLEST_ARC, WHOLE_ARC = 10, 100

Quaternion = tuple[float, float, float, float]
Point = tuple[float, float, float]
Line = tuple[Point, ...]


class BakedError(ValueError):
    """A baked motion cannot be used, or is asked for what it has not."""


@dataclass(frozen=True)
class Frame:
    """A pose: each bone's global rotation in the order of the track's bones, and the pelvis in metres.

    `carried` is how a strap or towel runs that is held, point by point in metres, for each one of the motion.
    """

    rotations: tuple[Quaternion, ...]
    pelvis: Point
    carried: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Track:
    """One way, from its first frame (in position) to its last (full), with the clinical angles there in degrees."""

    name: str
    frames: tuple[Frame, ...]
    angles: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Baked:
    """A stretch on one body, or a way between positions under its own name, which has one track and no `enter`.

    `enter` leads from the position that a stretch builds on to *in position*. `proved` says that on this body all
    touches, stays and measures as it should; else only its start is shown, and nothing of a way. `enter_proved` says
    that of `enter`.
    """

    stretch: str
    body: str
    bones: tuple[str, ...]
    enter: Track | None
    tracks: tuple[Track, ...]
    proved: bool = False
    enter_proved: bool = False

    def track(self, name: str) -> Track:
        """The track of that name; raises BakedError."""
        for track in (*([self.enter] if self.enter else []), *self.tracks):
            if track.name == name:
                return track
        known = ", ".join(track.name for track in self.tracks)
        raise BakedError(f"{self.stretch} has no way {name!r}; take one of {known}.")


def sample(track: Track, share: float) -> Frame:
    """The pose at `share` of the way, 0 to 1; raises BakedError outside.

    >>> turned = Frame(((0.0, 0.0, 0.0, 1.0),), (0.0, 1.0, 0.0)), Frame(((1.0, 0.0, 0.0, 0.0),), (0.0, 0.5, 0.0))
    >>> sample(Track("down", turned), 0.5).pelvis
    (0.0, 0.75, 0.0)
    """
    if not 0 <= share <= 1:
        raise BakedError(f"{share:g} is no share of a way; give 0 to 1.")
    at = share * (len(track.frames) - 1)
    first = min(int(at), len(track.frames) - 2)
    return between(track.frames[first], track.frames[first + 1], at - first)


def between(one: Frame, other: Frame, share: float) -> Frame:
    """The pose `share` of the way from `one` to `other`."""
    return Frame(
        tuple(_turned(a, b, share) for a, b in zip(one.rotations, other.rotations, strict=True)),
        _along(one.pelvis, other.pelvis, share),
        tuple(
            tuple(_along(a, b, share) for a, b in zip(mine, theirs, strict=True))
            for mine, theirs in zip(one.carried, other.carried, strict=True)
        ),
    )


def mirrored(frame: Frame, bones: Sequence[str]) -> Frame:
    """The pose with left and right exchanged."""
    index = {bone: i for i, bone in enumerate(bones)}
    x, y, z = frame.pelvis
    swapped = (frame.rotations[index[_other(bone)]] for bone in bones)
    carried = tuple(tuple((-x, y, z) for x, y, z in line) for line in frame.carried)
    return Frame(tuple((q[0], -q[1], -q[2], q[3]) for q in swapped), (-x, y, z), carried)


def eased(time: float) -> float:
    """How far a careful person has come at a share of the time: slow to begin, slow to arrive (minimum jerk).

    >>> eased(0.0), eased(0.5), eased(1.0)
    (0.0, 0.5, 1.0)
    """
    t = min(max(time, 0.0), 1.0)
    return t * t * t * (10 + t * (6 * t - 15))


def arc_share(arc_percent: float) -> float:
    """An arc of 10 to 100 percent as a share of the way; raises BakedError outside."""
    if not SMALLEST_ARC <= arc_percent <= WHOLE_ARC:
        raise BakedError(
            f"arc {arc_percent:g} is outside {SMALLEST_ARC} to {WHOLE_ARC}; give a percentage between them."
        )
    return arc_percent / WHOLE_ARC


def dumps(baked: Baked) -> str:
    """A baked motion as JSON: quaternions in 1/32767, metres in tenths of a millimetre."""
    document: dict[str, object] = {
        "stretch": baked.stretch,
        "body": baked.body,
        "proved": baked.proved,
        "bones": baked.bones,
    }
    if baked.enter:
        document |= {"enter_proved": baked.enter_proved, "enter": _plain(baked.enter)}
    document["tracks"] = [_plain(track) for track in baked.tracks]
    return json.dumps(document, separators=(",", ":")) + "\n"


def loads(text: str, name: str) -> Baked:
    """The baked motion in `text`; raises BakedError naming `name`."""
    try:
        data = json.loads(text)
        tracks = tuple(_track(track, len(data["bones"])) for track in data["tracks"])
        enter = _track(data["enter"], len(data["bones"])) if "enter" in data else None
        proved, enter_proved = data["proved"], data.get("enter_proved", False)  # what was never examined is not proved
        return Baked(data["stretch"], data["body"], tuple(data["bones"]), enter, tracks, proved, enter_proved)
    except (ValueError, KeyError, TypeError) as error:
        raise BakedError(
            f"{name}: this is no whole baked motion ({error}); make it again with: make motions."
        ) from error


def _plain(track: Track) -> Mapping[str, object]:
    plain: dict[str, object] = {
        "name": track.name,
        "rotations": [[round(part * SCALE) for q in frame.rotations for part in q] for frame in track.frames],
        "pelvis": [[round(part * PER_M) for part in frame.pelvis] for frame in track.frames],
        "angles": {name: round(value, 1) for name, value in track.angles.items()},
    }
    if any(frame.carried for frame in track.frames):
        plain["carried"] = [
            [[round(part * PER_M) for point in line for part in point] for line in frame.carried]
            for frame in track.frames
        ]
    return plain


def _track(data: Mapping[str, Any], bones: int) -> Track:
    frames = []
    carried = data.get("carried") or [()] * len(data["pelvis"])
    for numbers, pelvis, held in zip(data["rotations"], data["pelvis"], carried, strict=True):
        if len(numbers) != 4 * bones:
            raise BakedError(f"{len(numbers)} numbers for {bones} bones")
        rotations = tuple(_quaternion(numbers[i : i + 4]) for i in range(0, len(numbers), 4))
        frames.append(Frame(rotations, _point(part / PER_M for part in pelvis), tuple(_line(each) for each in held)))
    return Track(str(data["name"]), tuple(frames), dict(data["angles"]))


def _quaternion(numbers: Sequence[int]) -> Quaternion:
    x, y, z, w = numbers
    size = (x * x + y * y + z * z + w * w) ** 0.5
    return x / size, y / size, z / size, w / size


def _turned(one: Quaternion, other: Quaternion, share: float) -> Quaternion:
    """The rotation between two, made a unit again; frames lie close, so that this turns evenly."""
    near = 1.0 if sum(a * b for a, b in zip(one, other, strict=True)) >= 0 else -1.0
    x, y, z, w = (a + (near * b - a) * share for a, b in zip(one, other, strict=True))
    size = (x * x + y * y + z * z + w * w) ** 0.5
    return x / size, y / size, z / size, w / size


def _along(one: Point, other: Point, share: float) -> Point:
    return _point(a + (b - a) * share for a, b in zip(one, other, strict=True))


def _line(numbers: Sequence[int]) -> Line:
    return tuple(_point(part / PER_M for part in numbers[at : at + 3]) for at in range(0, len(numbers), 3))


def _point(parts: Iterable[float]) -> Point:
    x, y, z = parts
    return x, y, z


def _other(bone: str) -> str:
    return {".L": bone[:-1] + "R", ".R": bone[:-1] + "L"}.get(bone[-2:], bone)
