"""What one stretch file says: words, dose, loads, mistakes, camera measures, and for whom it is changed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated

from supple.anatomy import Joint, JointMotion, JointSide, Muscle, Position, Region, Setting
from supple.catalogue.words import AlsoDo, Axial, CameraView, Flag, Kind, Sides, SpineDirection, Tag
from supple.shapes import Between

Score = Annotated[int, Between(0, 3)]
Seconds = Annotated[int, Between(0, 3600)]
Count = Annotated[int, Between(1, 100)]
Degrees = Annotated[float, Between(-180, 360)]
Centimetres = Annotated[float, Between(0, 100)]


@dataclass(frozen=True)
class SegmentLoad:
    """How far one part of the spine is taken: 0 none, 1 small or incidental, 2 moderate, 3 near end range."""

    flexion: Score
    extension: Score
    rotation: Score
    side_bend: Score


@dataclass(frozen=True)
class SpineLoad:
    """What a stretch asks of the three parts of the spine."""

    directions: tuple[SpineDirection, ...]
    axial: Axial
    lumbar: SegmentLoad
    thoracic: SegmentLoad
    cervical: SegmentLoad


@dataclass(frozen=True)
class JointRange:
    """Where a joint is at the end position; degrees from neutral standing, centimetres for neck retraction only."""

    joint: Joint
    motion: JointMotion
    side: JointSide
    range_deg: tuple[Degrees, Degrees] | None = None
    range_cm: tuple[Centimetres, Centimetres] | None = None


@dataclass(frozen=True)
class HoldDose:
    """Holds per side: start is week 1, target comes after progression; `max_seconds` is per side and session."""

    hold_start_s: Seconds
    hold_target_s: Seconds
    hold_65_plus_target_s: Seconds
    repetitions_start: Count
    repetitions_target: Count
    rest_s: Seconds
    seconds_at_target: Seconds
    max_seconds: Seconds


@dataclass(frozen=True)
class CycleDose:
    """Cycles per side with a pause at each end; `max_cycles` is per side and session."""

    cycles_start: Count
    cycles_target: Count
    pause_start_s: Seconds
    pause_target_s: Seconds
    max_cycles: Count


@dataclass(frozen=True)
class Mistake:
    """A common mistake, how a camera could see it, and the cue that mends it."""

    what: str
    camera_rule: str
    cue: str


@dataclass(frozen=True)
class CameraMeasure:
    """An angle at the middle landmark as a camera reads it: straight is 180, beyond 180 is on the extension side."""

    measure: str
    landmarks: str
    camera_angle_deg: tuple[Degrees, Degrees]
    tolerance_deg: Degrees


@dataclass(frozen=True)
class Camera:
    """Where the camera stands and what it measures from there."""

    view: CameraView
    placement: str
    measures: tuple[CameraMeasure, ...]
    note: str


@dataclass(frozen=True)
class Also:
    """An exclusion or change that the population rules do not yield; `reason` is a clause about this stretch."""

    tag: Tag
    do: AlsoDo
    reason: str


@dataclass(frozen=True)
class Stretch:
    """One catalogue entry; `changes` holds only the sentences that differ from those of the population rules.

    `replaced_steps` names the steps, from 1, that a tag's changed form says otherwise, so that they go unsaid.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    seed_refs: tuple[str, ...]
    source: str
    kind: Kind
    regions: tuple[Region, ...]
    start_position: Position
    settings: tuple[Setting, ...]
    equipment: tuple[str, ...]
    primary: tuple[Muscle, ...]
    secondary: tuple[Muscle, ...]
    flags: tuple[Flag, ...]
    sides: Sides
    bilateral: bool
    steps: tuple[str, ...]
    breathing: str
    feel_it: str
    should_not_feel: str
    regression: str
    progression: str
    note: str
    joint_motions: tuple[JointRange, ...]
    spine_load: SpineLoad
    dose: HoldDose | CycleDose
    common_mistakes: tuple[Mistake, ...]
    camera: Camera
    changes: dict[Tag, str] = field(default_factory=dict, hash=False)
    replaced_steps: dict[Tag, tuple[Count, ...]] = field(default_factory=dict, hash=False)
    also: tuple[Also, ...] = ()

    def steps_for(self, tags: Collection[Tag]) -> tuple[str, ...]:
        """The steps for somebody with these tags, without those that a changed form replaces.

        >>> from supple.catalogue import load
        >>> len(load().stretch("cat_camel").steps_for([Tag.EXTENSION_SENSITIVE]))
        3
        """
        replaced = {number for tag in tags for number in self.replaced_steps.get(tag, ())}
        return tuple(step for number, step in enumerate(self.steps, start=1) if number not in replaced)
