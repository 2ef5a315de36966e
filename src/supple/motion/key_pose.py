"""What a motion is made of: key poses in clinical angles, and what of the body touches what.

Angles and parts are named for the stretched side (`target`) and the `other`; a motion is written for one side and
mirrored for the second. A key pose says only how it differs from the pose it builds on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from supple.anatomy import Position
from supple.motion.angles import MIDDLE, SIDED, AngleError, checked

SIDES = ("left", "right")
WHOLE = {"hand": ("heel_of_hand", "palm", "fingertips"), "foot": ("heel", "ball")}


@dataclass(frozen=True)
class Touch:
    """A part of the body that rests on something: the floor, or a surface such as `seat`, `wall`, `desk`, `bed`.

    It stays where it is during the movement, unless it `slides`. `at` is about where its middle comes to rest: x and z
    in metres.
    """

    part: str
    on: str = "floor"
    slides: bool = False
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Grip:
    """A part, mostly a palm, that lies on another part of the body, surface to surface, `apart_m` from it."""

    part: str
    on: str
    apart_m: float = 0.0


@dataclass(frozen=True)
class Placed:
    """A thing in the room: which, where in metres (x, z), turned by quarters about the vertical, how high."""

    prop: str
    at: tuple[float, float] = (0.0, 0.0)
    quarter_turns: int = 0
    up_m: float = 0.0


@dataclass(frozen=True)
class Carried:
    """A strap or towel drawn tight from part to part of the body: which, and the parts it runs through, in turn."""

    prop: str
    through: tuple[str, ...]


@dataclass(frozen=True)
class KeyPose:
    """Angles in degrees by `middle`, `both`, `target`, `other`; `gives` says how far one of them may be moved."""

    middle: dict[str, float] = field(default_factory=dict, hash=False)
    both: dict[str, float] = field(default_factory=dict, hash=False)
    target: dict[str, float] = field(default_factory=dict, hash=False)
    other: dict[str, float] = field(default_factory=dict, hash=False)
    gives: dict[str, float] = field(default_factory=dict, hash=False)
    touches: tuple[Touch, ...] = ()
    grips: tuple[Grip, ...] = ()
    lets_go: tuple[str, ...] = ()
    pelvis_m: tuple[float, float, float] | None = None

    def angles(self) -> dict[str, float]:
        """The angles by their full names, with the target on the left; raises AngleError."""
        found = {name: value for name, value in self.middle.items() if _is(name, MIDDLE)}
        for side, own in zip(SIDES, (self.target, self.other), strict=True):
            found |= {f"{name}_{side}": value for name, value in {**self.both, **own}.items() if _is(name, SIDED)}
        return checked(found)

    def on(self, base: "KeyPose") -> "KeyPose":
        """This pose, with what it does not say taken from `base`."""
        kept = tuple(touch for touch in base.touches if touch.part not in self.lets_go)
        held = tuple(grip for grip in base.grips if grip.part not in self.lets_go)
        both = {name: value for name, value in base.both.items()}
        return replace(
            self,
            middle={**base.middle, **self.middle},
            both={**both, **self.both},
            target={**{n: v for n, v in base.target.items() if n not in self.both}, **self.target},
            other={**{n: v for n, v in base.other.items() if n not in self.both}, **self.other},
            gives={**base.gives, **self.gives},
            touches=(*kept, *(touch for touch in self.touches)),
            grips=(*held, *self.grips),
            lets_go=(),
            pelvis_m=self.pelvis_m or base.pelvis_m,
        )


@dataclass(frozen=True)
class Path:
    """A way from *in position* to a full pose; a flow may have two, which it takes in turn."""

    name: str
    full: KeyPose


@dataclass(frozen=True)
class Motion:
    """How a stretch is moved: the position it builds on, *in position* (`start`), and the ways out of it.

    `passed` is the day on which its pictures passed the look; empty while they have not. `view` shows it best.
    `disagrees` says of a camera measure or joint motion of the catalogue why this motion does not show it.
    `base_differs` says why it builds on another position than the one the catalogue gives, `both_sides` why a stretch
    of one side is marked on both.
    """

    stretch: str
    base: Position
    view: str
    start: KeyPose
    path: tuple[Path, ...]
    props: tuple[Placed, ...] = ()
    carried: tuple[Carried, ...] = ()
    passed: str = ""
    base_differs: str = ""
    both_sides: str = ""
    disagrees: dict[str, str] = field(default_factory=dict, hash=False)


def parts(name: str) -> Iterator[str]:
    """The parts that a name with `both`, `target` or `other` stands for, with the target on the left.

    >>> list(parts("palm_both")), list(parts("knee_other")), list(parts("sacrum"))
    (['palm_left', 'palm_right'], ['knee_right'], ['sacrum'])
    """
    stem, _, side = name.rpartition("_")
    match side:
        case "both":
            yield from (f"{stem}_{each}" for each in SIDES)
        case "target":
            yield f"{stem}_left"
        case "other":
            yield f"{stem}_right"
        case _:
            yield name


def single(touches: Sequence[Touch]) -> tuple[Touch, ...]:
    """The same touches with one entry for each part of the body."""
    return tuple(Touch(part, touch.on, touch.slides) for touch in touches for part in touch_parts(touch))


def touch_parts(touch: Touch) -> list[str]:
    """The parts that a touch stands for: a `hand` is its palm and fingers, a `foot` its heel and ball.

    >>> touch_parts(Touch("foot_target"))
    ['heel_left', 'ball_left']
    """
    stem, _, side = touch.part.rpartition("_")
    pieces = WHOLE.get(stem)
    return [part for piece in pieces for part in parts(f"{piece}_{side}")] if pieces else list(parts(touch.part))


def _is(name: str, known: Mapping[str, object]) -> bool:
    if name not in known:
        raise AngleError(f"angle {name!r} does not exist here; take one of {', '.join(known)}.")
    return True
