"""The plan: the best allowed choices for the minutes there are, unrolled into steps with their reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from supple.anatomy import LYING_ON, Position, Setting
from supple.catalogue import Catalogue
from supple.catalogue.words import Tag
from supple.planner import doses as dosing
from supple.planner import reasons
from supple.planner.benefit import Wishes
from supple.planner.choices import Case, Room, a_step, candidates, family, rooms, sides
from supple.planner.history import Done, SoFar, group_seconds
from supple.planner.plan import Background, LeftOut, Nearest, Plan, PlanRefused, Step
from supple.planner.search import Choice, Solution, order, solve
from supple.safety.aftercare import easy_days
from supple.safety.limits import Allowance, Limits
from supple.safety.verdicts import PlanKind

MORE_MINUTES = 2
LONGEST_MINUTES = 60
NEAREST_MINUTES = (2, 3, 5, 8, 12, 20)
NEAREST_SETTINGS = (  # what people have at hand first
    Setting.CHAIR_DESK,
    Setting.BED,
    Setting.FLOOR,
    Setting.WALL,
    Setting.OPEN_SPACE,
    Setting.DOORWAY,
    Setting.STEP,
)


class MinutesError(ValueError):
    """The minutes asked are no time for a session."""


@dataclass(frozen=True)
class Best:
    """The best solution over the surfaces to lie on, and the room that it was found in."""

    room: Room
    solution: Solution


def plan(catalogue: Catalogue, limits: Limits, wishes: Wishes, background: Background) -> Plan:
    """The best session of at most `wishes.minutes` (1 to 60) within `limits`, given what History leaves.

    Where something is left out for now and nothing else makes a session, resting does.
    Raises PlanRefused where the verdict allows no plan, and MinutesError.
    """
    if limits.plan is PlanKind.NONE:
        raise PlanRefused("The answers call for a clinician first; there is no plan.")
    if not 1 <= wishes.minutes <= LONGEST_MINUTES:
        raise MinutesError(f"minutes: {wishes.minutes} is outside 1 to {LONGEST_MINUTES}.")
    case = Case(catalogue, limits, wishes, background)
    allowed, refused = candidates(case)
    minutes = min(wishes.minutes, limits.session_minutes_max)
    made = _plan(case, allowed, refused, _best_or_rest(case, allowed, budget_s=minutes * 60))
    if not made.steps:
        return replace(made, nearest=_nearest(case))
    return replace(made, with_more_time=_with_more_time(case, allowed, made))


def bad_day(catalogue: Catalogue, limits: Limits, background: Background) -> Background:
    """The background of somebody who says that it is a bad day: only what eases, as in a flare-up."""
    if background.easy is not None:
        return background
    return replace(background, easy=easy_days(limits, catalogue), bad_day=True)


def addable(catalogue: Catalogue, made: Plan) -> tuple[str, ...]:
    """The stretches that this person may do here today and that are not in the plan, in the order of the catalogue."""
    allowed, _ = candidates(Case(catalogue, made.limits, made.wishes, made.background))
    chosen = {step.stretch for step in made.steps}
    return tuple(stretch for stretch in allowed if stretch not in chosen)


def alike(catalogue: Catalogue, stretch: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of `others` that serve a group that `stretch` serves in full, what shares most with it first."""
    mine = catalogue.group_shares(catalogue.stretch(stretch))
    shared = {
        other: sum(min(share, mine.get(group, 0.0)) for group, share in theirs.items())
        for other in others
        if (theirs := catalogue.group_shares(catalogue.stretch(other)))
    }
    return tuple(sorted((other for other, share in shared.items() if share), key=lambda other: (-shared[other], other)))


def rest_of(catalogue: Catalogue, made: Plan, so_far: SoFar, limits: Limits | None = None) -> Plan:
    """The rest of `made` planned again for the seconds left, under `limits` where they have become stricter.

    The way down to the floor is not taken back: no position that comes before the present one is used again.
    """
    left = replace(made.background, dropped={**made.background.dropped, **so_far.dropped})
    bounds = _kept_to(so_far.surface, limits or made.limits)
    case = Case(catalogue, bounds, made.wishes, spent(catalogue, left, so_far.done), so_far.most_s)
    allowed, refused = candidates(case)
    done = _same_work(catalogue, {step.stretch for step in so_far.done}, allowed)
    refused |= {stretch: "Its work is already done in this session." for stretch in done}
    allowed = {stretch: allowance for stretch, allowance in allowed.items() if stretch not in done}
    moved = any(dosing.is_movement(catalogue.stretch(step.stretch)) for step in so_far.done)
    warm = moved and not so_far.cold
    found = _best(case, allowed, budget_s=so_far.left_s, from_position=so_far.here, warm=warm)
    rest = _plan(case, allowed, refused, found, so_far.here)
    return replace(rest, background=left)  # not what is spent: who plans again later counts it from the start


def _kept_to(surface: Setting | None, limits: Limits) -> Limits:
    """The limits without the other surfaces to lie on: nobody changes from floor to bed in mid-session."""
    if surface is None:
        return limits
    kept = tuple(s for s in limits.today.settings if s not in LYING_ON or s is surface)
    return replace(limits, today=replace(limits.today, settings=kept))


def _same_work(catalogue: Catalogue, done: set[str], allowed: Iterable[str]) -> set[str]:
    """The allowed stretches that were done, or do what one that was done did."""
    kin = {_family(catalogue, stretch) for stretch in done}
    return {stretch for stretch in allowed if _family(catalogue, stretch) in kin}


def _family(catalogue: Catalogue, identifier: str) -> tuple[object, ...]:
    stretch = catalogue.stretch(identifier)
    return family(stretch, catalogue.group_shares(stretch))


def spent(catalogue: Catalogue, background: Background, done: Sequence[Done]) -> Background:
    """The background after what was done in this session: its seconds count, and are no longer there to be used."""
    work = group_seconds(done, catalogue)
    return replace(
        background,
        done_today_s={g: background.done_today_s.get(g, 0) + work.get(g, 0) for g in background.room_s},
        room_s={g: max(0, room_s - work.get(g, 0)) for g, room_s in background.room_s.items()},
    )


def _best(
    case: Case,
    allowed: Mapping[str, Allowance],
    *,
    budget_s: int,
    from_position: Position | None = None,
    warm: bool = False,
) -> Best:
    """The best over the surfaces; on a tie the first surface."""
    found = rooms(case, allowed, budget_s=budget_s, from_position=from_position, warm=warm)
    return max((Best(room, solve(room.problem)) for room in found), key=lambda best: best.solution.objective)


def _best_or_rest(case: Case, allowed: Mapping[str, Allowance], *, budget_s: int) -> Best:
    """The best; where something is left out for now and nothing makes a session, the best of resting alone."""
    found = _best(case, allowed, budget_s=budget_s)
    if found.solution.choices or not case.background.dropped:
        return found
    stretches = case.catalogue.stretches
    rests = {name: allowance for name, allowance in allowed.items() if dosing.is_rest(stretches[name])}
    return _best(case, rests, budget_s=budget_s)


def _plan(
    case: Case,
    allowed: Mapping[str, Allowance],
    refused: Mapping[str, str],
    best: Best,
    start: Position | None = None,
) -> Plan:
    catalogue, limits, wishes, background = case.catalogue, case.limits, case.wishes, case.background
    steps = tuple(_steps(best, case, start))
    chosen = {step.stretch for step in steps}
    out = {**refused, **reasons.not_chosen(case, best.room, best.solution, allowed)}
    return Plan(
        verdict=limits.verdict,
        direction=limits.direction,
        tags=limits.tags,
        minutes=wishes.minutes,
        seconds=sum(step.seconds + step.transition_s for step in steps),
        optimal=best.solution.optimal,
        objective=best.solution.objective,
        bound=best.solution.bound,
        steps=steps,
        left_out=tuple(LeftOut(stretch, out[stretch]) for stretch in catalogue.stretches if stretch not in chosen),
        with_more_time=(),
        notes=tuple(reasons.notes(steps, catalogue, limits, wishes, background)),
        nearest=None,
        wishes=wishes,
        limits=limits,
        background=background,
    )


def _ordered(best: Best) -> list[Choice]:
    """The choices in the order of the session; of two alike in it, the one that loads the spine less comes first."""
    choices = best.solution.choices
    closing = choices[0] if choices else None

    def key(choice: Choice) -> tuple[int, bool, int, int, str]:
        place, last, phase, stretch = order(choice, closing)
        return place, last, phase, dosing.spine_score(best.room.candidates[stretch].stretch), stretch

    return sorted(choices, key=key)


def _steps(best: Best, case: Case, start: Position | None = None) -> Iterable[Step]:
    """One step per side, with the way into each; `start` is where one is in mid-session."""
    return case.guide.timed(_untimed(best, case), start)


def _untimed(best: Best, case: Case) -> Iterable[Step]:
    for choice in _ordered(best):
        candidate = best.room.candidates[choice.stretch]
        why = tuple(reasons.chosen(candidate, choice, best.solution, case.limits, case.wishes))
        for side in sides(candidate.stretch):
            yield replace(a_step(candidate, candidate.doses[choice.dose], side), why=why)


def _with_more_time(case: Case, allowed: Mapping[str, Allowance], made: Plan) -> tuple[str, ...]:
    """What two more minutes would add, in sentences."""
    asked, longest = case.wishes.minutes, min(case.limits.session_minutes_max, LONGEST_MINUTES)
    more = min(MORE_MINUTES, longest - asked)
    if more <= 0:
        return (reasons.no_longer(case.limits),)
    longer = _for(case, asked + more)
    steps = _steps(_best(longer, allowed, budget_s=(asked + more) * 60), longer)
    return tuple(reasons.difference(made.steps, tuple(steps), more))


def _nearest(case: Case) -> Nearest | None:
    """The fewest other settings, then the fewest more minutes, that give a plan; None where nothing anywhere does."""
    limits, wishes = case.limits, case.wishes
    had, longest = limits.today.settings, min(limits.session_minutes_max, LONGEST_MINUTES)
    usable = [s for s in NEAREST_SETTINGS if not (s is Setting.FLOOR and Tag.CANNOT_USE_FLOOR in limits.tags)]
    others = [setting for setting in usable if setting not in had]
    base = min(wishes.minutes, longest)
    minutes = [base, *(m for m in (*NEAREST_MINUTES, longest) if base < m <= longest)]
    if not _fits(_elsewhere(case, (*had, *others)), longest):
        return None
    for count in range(len(others) + 1):
        for added in combinations(others, count):
            there = _elsewhere(case, (*had, *added))
            enough = next((m for m in minutes if _fits(there, m)), None)
            if enough is not None:
                enough = wishes.minutes if enough == base else enough
                return Nearest(enough, (*had, *added), reasons.nearest(enough, (*had, *added), had, wishes))
    return None


def _elsewhere(case: Case, settings: tuple[Setting, ...]) -> Case:
    """The case of the same person in other places, with the easy days that these places allow."""
    limits = replace(case.limits, today=replace(case.limits.today, settings=settings))
    background = case.background
    if background.easy is not None:
        background = replace(background, easy=easy_days(limits, case.catalogue))
    return replace(case, limits=limits, background=background)


def _for(case: Case, minutes: int) -> Case:
    """The case of somebody who asks for so many minutes."""
    return replace(case, wishes=replace(case.wishes, minutes=minutes))


def _fits(case: Case, minutes: int) -> bool:
    """Whether there is any session of so many minutes."""
    allowed, _ = candidates(case)
    return bool(_best_or_rest(_for(case, minutes), allowed, budget_s=minutes * 60).solution.choices)
