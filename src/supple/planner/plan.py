"""A plan as a value: steps with doses and reasons, what was left out and why, and what more time would add."""

from collections.abc import Sized
from dataclasses import dataclass, field
from datetime import date, datetime

from supple.anatomy import MuscleGroup, Position, Setting, Side
from supple.catalogue.words import Tag
from supple.planner.benefit import Wishes
from supple.planner.doses import Mode
from supple.safety.direction import Direction
from supple.safety.limits import Limits
from supple.safety.verdicts import Verdict

VERSION = 2
RESTED_WHEN_PLANNED = "These muscles rested when the plan was made; a new plan tells whether they still have to."


class PlanRefused(ValueError):
    """There is to be no plan at all; the text says what to do instead."""


@dataclass(frozen=True)
class Step:
    """A stretch on one side with its dose. `seconds` is the step itself, `transition_s` the way into it.

    `why` gives the reasons for the stretch and its dose, `changes` how this person does it differently.
    """

    stretch: str
    name: str
    position: Position
    setting: Setting
    side: Side
    mode: Mode
    hold_s: int
    repetitions: int
    cycles: int
    pause_s: int
    rest_s: int
    arc_percent: int
    seconds: int
    transition_s: int
    why: tuple[str, ...]
    changes: tuple[str, ...] = ()
    work_s: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A stretch that is not in the plan, and why."""

    stretch: str
    why: str


@dataclass(frozen=True)
class Nearest:
    """The nearest wish that does give a plan, where the one made gives none."""

    minutes: int
    settings: tuple[Setting, ...]
    say: str


@dataclass(frozen=True)
class Background:
    """What a person's History leaves for this session; enough to plan its rest again without the History.

    Seconds are per side. `resting` says of a group why it rests, `dropped` of a stretch why it is out. On the easy days
    of a flare-up `easy` names the only stretches there are, with the arc of each; `half` those at half their dose;
    `share_percent` is how much of every dose and arc there is when one begins again after them. `answered_after` is the
    last grave sign of a session after which every safety question was answered anew for this plan. `ahead` says that a
    session lies later than this one by the clock; `bad_day` that somebody asked for the easy stretches.
    """

    done_today_s: dict[MuscleGroup, int] = field(default_factory=dict)
    room_s: dict[MuscleGroup, int] = field(default_factory=dict)
    resting: dict[MuscleGroup, str] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    easy: dict[str, int] | None = None
    half: tuple[str, ...] = ()
    share_percent: int = 100
    last_time: tuple[str, ...] = ()
    level: int = 0
    answered_after: datetime | None = None
    ahead: bool = False
    bad_day: bool = False

    def halves_all(self, stretches: Sized) -> bool:
        """Whether everything there is, which `stretches` are, comes at half its dose, and not what hurt alone."""
        return len(self.half) == len(stretches)


def stricter(planned: Background, now: Background) -> Background:
    """What is left for a session where a plan was made with one History and is followed beside another.

    Whatever either leaves out stays out, the smaller room counts, and easy days stay easy.
    """
    groups = [group for group in MuscleGroup if group in planned.room_s or group in now.room_s]
    easy = [found.easy for found in (planned, now) if found.easy is not None]
    answered = [found.answered_after for found in (planned, now) if found.answered_after]
    return Background(
        done_today_s=now.done_today_s,
        room_s={g: min(found.room_s[g] for found in (planned, now) if g in found.room_s) for g in groups},
        resting={**dict.fromkeys(planned.resting, RESTED_WHEN_PLANNED), **now.resting},
        dropped={**planned.dropped, **now.dropped},
        easy={name: min(days[name] for days in easy) for name in easy[0] if all(name in days for days in easy)}
        if easy
        else None,
        half=tuple(sorted({*planned.half, *now.half})),
        share_percent=min(planned.share_percent, now.share_percent),
        last_time=now.last_time or planned.last_time,
        level=now.level,
        answered_after=max(answered, default=None),
        ahead=now.ahead,
        bad_day=planned.bad_day or now.bad_day,
    )


@dataclass(frozen=True)
class Plan:
    """Steps in order for the minutes asked. `seconds` is the sum of all `seconds` and `transition_s` of the steps.

    `optimal` says that no plan within the limits is worth more than `objective`; `bound` is the proof's figure.
    What follows `with_more_time` is what planning the rest of a session needs: see `rest_of`. `answered_on` and
    `made_for` are the days of the answers and of the session where they are known, and `good_for_days` says after how
    many days an early pregnancy needs another plan.
    """

    verdict: Verdict
    direction: Direction
    tags: tuple[Tag, ...]
    minutes: int
    seconds: int
    optimal: bool
    objective: int
    bound: int
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...]
    with_more_time: tuple[str, ...]
    notes: tuple[str, ...]
    nearest: Nearest | None
    wishes: Wishes
    limits: Limits
    background: Background
    version: int = VERSION
    answered_on: date | None = None
    made_for: date | None = None
    good_for_days: int | None = None
