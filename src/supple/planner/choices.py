"""From a person's limits, wishes and History to the search: which stretches at which doses are there to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from supple.anatomy import LYING_ON, UPRIGHT, MuscleGroup, Position, Setting, Side
from supple.catalogue import Catalogue, HoldDose, Stretch
from supple.catalogue.words import Kind, Tag
from supple.planner import doses as dosing
from supple.planner.benefit import UNIT_S, Wishes, load_benefit
from supple.planner.doses import Dose, Dosed, Mode
from supple.planner.plan import Background, Step
from supple.planner.search import Choice, Problem
from supple.planner.timing import Timing, load_timing
from supple.planner.way_in import CHANGE_POSITION, Guide, Told, Whence, getting_up, guide_of, lying_down
from supple.planner.wording import in_place, words_s
from supple.safety.forms import here, otherwise_at, position_in
from supple.safety.gate import Gate, positions_of_ease
from supple.safety.limits import WHOLE_ARC, Allowance, Limits, Refusal, judge
from supple.safety.progression import Step as Grow
from supple.safety.progression import steps
from supple.safety.refusals import places

GROUPS = tuple(MuscleGroup)
EASY_ONLY = {  # by whether it is only a bad day
    False: "Your back has flared up: these days hold only the gentlest things.",
    True: "You said that it is a bad day, which holds only the gentlest things.",
}
ENOUGH = "Enough is done for today, and this serves nothing that you told us of."
EASY_BECAUSE = {False: "your back has flared up.", True: "you said that it is a bad day."}


@dataclass(frozen=True)
class Case:
    """Whom a plan is for: what there is, what they may do, what they wish for, and what their History leaves.

    `most_s` has the most seconds a side of some stretches after pain; all others have their least dose then.
    """

    catalogue: Catalogue
    limits: Limits
    wishes: Wishes
    background: Background
    most_s: Mapping[str, int] | None = None

    @cached_property
    def guide(self) -> Guide:
        """Who tells this person the way."""
        return guide_of(self.catalogue, self.limits, self.wishes.minutes)


@dataclass(frozen=True)
class Candidate:
    """A stretch that this person may do today, where, in which doses, and under which allowance."""

    stretch: Stretch
    setting: Setting
    doses: tuple[Dose, ...]
    allowance: Allowance

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What is different for this person here."""
        own = (in_place(text, self.setting) for text in here(self.allowance.changes, self.setting))
        return (*own, *otherwise_at(self.stretch, self.setting))

    @property
    def position(self) -> Position:
        """Where it begins in the form of this person."""
        return position_in(self.stretch, self.changes)


@dataclass(frozen=True)
class Room:
    """Everything that may be chosen on one lying surface, as the search wants it, and what each choice means."""

    problem: Problem
    candidates: Mapping[str, Candidate]


def candidates(case: Case) -> tuple[dict[str, Allowance], dict[str, str]]:
    """Which stretches are allowed today and under which allowance, and for the others the reason why not."""
    allowed: dict[str, Allowance] = {}
    refused: dict[str, str] = {}
    background = case.background
    for stretch in case.catalogue.stretches.values():
        verdict = judge(stretch, case.limits)
        resting = _resting(stretch, case)
        if isinstance(verdict, Refusal):
            refused[stretch.id] = verdict.reasons[0]
        elif stretch.id in background.dropped:
            refused[stretch.id] = background.dropped[stretch.id]
        elif background.easy is not None and stretch.id not in background.easy:
            refused[stretch.id] = EASY_ONLY[background.bad_day]
        elif resting:
            refused[stretch.id] = resting
        elif any(background.done_today_s.values()) and not _serves(stretch, case):
            refused[stretch.id] = ENOUGH
        else:
            allowed[stretch.id] = _eased(verdict, stretch.id, background)
    return allowed, refused


def _eased(allowance: Allowance, stretch: str, background: Background) -> Allowance:
    """The allowance, smaller on the easy days of a flare-up."""
    if background.easy is None or background.easy[stretch] >= allowance.arc_percent_max:
        return allowance
    return replace(allowance, arc_percent_max=background.easy[stretch], arc_reason=EASY_BECAUSE[background.bad_day])


def rooms(
    case: Case,
    allowed: Mapping[str, Allowance],
    *,
    budget_s: int,
    from_position: Position | None = None,
    warm: bool = False,
) -> list[Room]:
    """One search per surface to lie on, since nobody changes from floor to bed in mid-session."""
    surfaces: list[Setting | None] = [surface for surface in LYING_ON if surface in case.limits.today.settings] or [
        None
    ]
    found = []
    for surface in surfaces:
        settings = tuple(s for s in case.limits.today.settings if s not in LYING_ON or s is surface)
        here = _candidates_at(settings, case, allowed)
        found.append(_room(here, case, budget_s, from_position, warm))
    return found


def _candidates_at(settings: tuple[Setting, ...], case: Case, allowed: Mapping[str, Allowance]) -> list[Candidate]:
    timing = load_timing()
    here = []
    for identifier, allowance in allowed.items():
        stretch = case.catalogue.stretch(identifier)
        setting = next((place for place in places(stretch, case.limits) if place in settings), None)
        if setting:
            person = dosed(case, stretch, timing)
            options = _no_more(tuple(dosing.doses(stretch, allowance, person)), stretch, case)
            here.append(Candidate(stretch, setting, options, allowance))
    return here


def _no_more(options: tuple[Dose, ...], stretch: Stretch, case: Case) -> tuple[Dose, ...]:
    """The doses that pain in this session leaves; plain rest may be as long as ever."""
    if case.most_s is None or dosing.is_rest(stretch) or not options:
        return options
    least_s = min(dose.work_s for dose in options)
    most_s = max(least_s, case.most_s.get(stretch.id, 0))
    return tuple(dose for dose in options if dose.work_s <= most_s)


def dosed(case: Case, stretch: Stretch, timing: Timing) -> Dosed:
    """What of this person decides the dose of a stretch today."""
    limits, background = case.limits, case.background
    dosage = limits.dosage
    widens = Grow.ARC in steps(limits.tags)
    arc_steps = (100 - dosage.arc_percent_start) // dosage.arc_percent_step if widens else 0
    extra = max(0, background.level - arc_steps)
    spared = stretch.id in background.half and not background.halves_all(case.catalogue.stretches)
    return Dosed(
        dosage=dosage,
        older=Tag.AGE_65_PLUS in limits.tags,
        arc_percent=(dosage.arc_percent_start + dosage.arc_percent_step * min(background.level, arc_steps))
        // (2 if spared else 1),
        hold_s=dosage.hold_s_max_week_1 + dosage.hold_s_step * extra,
        extra_steps=extra,
        move_s=timing.move_each_way_s,
        start_only=limits.gentle_only,
        half=stretch.id in background.half,
        share_percent=background.share_percent,
    )


def _serves(stretch: Stretch, case: Case) -> bool:
    """Whether a stretch does anything for what this person told of, or was asked for; what is easy does always."""
    if dosing.is_rest(stretch) or case.background.easy is not None or case.limits.gentle_only:
        return True
    weights = load_benefit().weights(case.wishes)
    whole = (group for group, share in case.catalogue.group_shares(stretch).items() if share == 1.0)
    return stretch.id in (*case.wishes.stretches, *case.limits.first) or any(weights[group] for group in whole)


def _resting(stretch: Stretch, case: Case) -> str | None:
    """Why a stretch has to wait for one of its own muscle groups; plain rest never has to."""
    if dosing.is_rest(stretch):
        return None
    shares = case.catalogue.group_shares(stretch)
    return next((why for group, why in case.background.resting.items() if shares.get(group) == 1.0), None)


def _room(here: Iterable[Candidate], case: Case, budget_s: int, from_position: Position | None, warm: bool) -> Room:
    background = case.background
    benefit, timing = load_benefit(), load_timing()
    weights = benefit.weights(case.wishes)
    first_place = timing.place(from_position) if from_position else 0
    by_id = {c.stretch.id: c for c in here if timing.place(c.position) >= first_place}
    families: dict[tuple[object, ...], int] = {}
    only_rest = all(dosing.is_rest(candidate.stretch) for candidate in by_id.values())
    choices = tuple(
        replace(choice, worth=choice.worth + (benefit.extra.eases * benefit.point if only_rest else 0))
        for candidate in by_id.values()
        for choice in _choices(candidate, case, families)
    )
    ways = _setups(by_id.values(), case.guide, from_position)
    problem = Problem(
        choices=choices,
        benefit=tuple(
            benefit.table(weights[group], background.done_today_s.get(group, 0), background.room_s[group])
            for group in GROUPS
        ),
        setup_s=tuple(ways.get(position, 0) for position in timing.order),
        budget_s=budget_s,
        low_from=timing.low_from,
        down_s=0 if first_place >= timing.low_from else case.guide.down_s,
        warm=warm,
    )
    return Room(problem, by_id)


def _choices(candidate: Candidate, case: Case, families: dict[tuple[object, ...], int]) -> Iterable[Choice]:
    stretch, timing = candidate.stretch, load_timing()
    shares = case.catalogue.group_shares(stretch)
    rest = dosing.is_rest(stretch)
    phase = 2 if rest else 1 if stretch.kind is Kind.STATIC_HOLD else 0
    kin = families.setdefault(family(stretch, shares), len(families))
    blank = Choice(
        stretch=stretch.id,
        family=kin,
        dose=0,
        place=timing.place(candidate.position),
        phase=phase,
        seconds=0,
        credits=(),
        worth=_extra(candidate, shares, case),
        warms=dosing.is_movement(stretch),
        needs_warmth=dosing.needs_warmth(stretch),
        restful=dosing.is_restful(stretch, positions_of_ease()),
    )
    for index, dose in enumerate(candidate.doses):
        seconds = _session_s(candidate, dose, case.guide)
        credit = () if rest else _credits(shares, dose.work_s)
        worth = blank.worth + (dose.work_s if rest else 0)
        yield replace(blank, dose=index, seconds=seconds, credits=credit, worth=worth)


def a_step(candidate: Candidate, dose: Dose, side: Side = Side.NONE) -> Step:
    """A step of a stretch at one of its doses, without the way into it and its reasons."""
    return replace(
        undosed(candidate.stretch, candidate.setting, side, candidate.changes),
        mode=dose.mode,
        hold_s=dose.hold_s,
        repetitions=dose.repetitions,
        cycles=dose.cycles,
        pause_s=dose.pause_s,
        rest_s=dose.rest_s,
        arc_percent=dose.arc_percent,
        seconds=dose.seconds,
        work_s=dose.work_s,
    )


def undosed(stretch: Stretch, setting: Setting, side: Side, changes: tuple[str, ...] = ()) -> Step:
    """A step of a stretch, the whole way and without any dose: what can be said of it without one."""
    return Step(
        stretch=stretch.id,
        name=stretch.name,
        position=position_in(stretch, changes),
        setting=setting,
        side=side,
        mode=Mode.HOLD if isinstance(stretch.dose, HoldDose) else Mode.CYCLES,
        hold_s=0,
        repetitions=0,
        cycles=0,
        pause_s=0,
        rest_s=0,
        arc_percent=WHOLE_ARC,
        seconds=0,
        transition_s=0,
        why=(),
        changes=changes,
    )


def sides(stretch: Stretch) -> tuple[Side, ...]:
    """The sides on which it is done, in order."""
    return (Side.LEFT, Side.RIGHT) if dosing.side_count(stretch) == 2 else (Side.NONE,)


def _session_s(candidate: Candidate, dose: Dose, guide: Guide) -> int:
    """The seconds that a stretch takes on all its sides once one is in its position, with the words of leaving it."""
    told = [guide.told(a_step(candidate, dose, side)) for side in sides(candidate.stretch)]
    there, moved = (guide.way(told[0], start) for start in (Whence.THERE, Whence.LOW))
    waits_s = guide.limits.pause_between_positions_s + words_s(guide.wait())  # a part of the way into the position
    into_s = max(there.seconds, moved.seconds - moved.first_s - waits_s)
    over_s = sum(guide.way(now, before).seconds for before, now in pairwise(told))
    return into_s + over_s + len(told) * dose.seconds + words_s(told[-1].leaving) + told[-1].left_s


def _setups(here: Iterable[Candidate], guide: Guide, from_position: Position | None) -> dict[Position, int]:
    """The seconds of coming into each position, as long as they can be: from the beginning or any other before it."""
    found: dict[Position, int] = {}
    told = [guide.told(a_step(candidate, candidate.doses[0])) for candidate in here]
    passed = list[Told]()
    for position in load_timing().order:
        there = [one for one in told if one.step.position is position]
        if there and position is not from_position:
            lies_down = next((one for one in there if not one.said.sitting), there[0])
            found[position] = _setup_s(lies_down, passed, guide, begins=from_position is None)
        passed += there
    return found


def _setup_s(now: Told, before: Sequence[Told], guide: Guide, *, begins: bool) -> int:
    """The longest way into a position, without the way down, which a session has once."""
    position, setup_s = now.step.position, 0
    if begins:
        setup_s = guide.way(now, Whence.BEGINNING).first_s - (0 if position in UPRIGHT else guide.down_s)
    if begins and not before and position in UPRIGHT:
        return setup_s
    ways = ((CHANGE_POSITION, *getting_up(other, now.step), *lying_down(now, other)) for other in before)
    up_s = max(map(words_s, ways), default=0)
    waits = position is not Position.SIDE_LYING and guide.wait()
    wait_s = guide.limits.pause_between_positions_s + words_s(guide.wait()) if waits else 0
    return max(setup_s, up_s, load_timing().change_position_s) + wait_s


def _disliked(stretch: Stretch, limits: Limits) -> bool:
    """Whether it bends the low back the way that hurts: at all forwards, or more than a little backwards."""
    load = stretch.spine_load.lumbar
    forwards = load.flexion > 0 and Tag.FLEXION_SENSITIVE in limits.tags
    return forwards or (load.extension > 1 and Tag.EXTENSION_SENSITIVE in limits.tags)


def family(stretch: Stretch, shares: Mapping[MuscleGroup, float]) -> tuple[object, ...]:
    """What stretches have in common that do the same kind of work for the same groups; each rest stands alone."""
    if dosing.is_rest(stretch):
        return (stretch.id,)
    return stretch.kind, *(group for group in GROUPS if shares.get(group) == 1.0)


def _credits(shares: Mapping[MuscleGroup, float], work_s: int) -> tuple[tuple[int, int], ...]:
    """Units of work per group, rounded up, so that no cap is ever passed."""
    return tuple(
        (index, -int(-shares[group] * work_s // UNIT_S)) for index, group in enumerate(GROUPS) if group in shares
    )


def _extra(candidate: Candidate, shares: Mapping[MuscleGroup, float], case: Case) -> int:
    """What a stretch is worth beside its seconds."""
    limits, wishes, background = case.limits, case.wishes, case.background
    stretch, allowance = candidate.stretch, candidate.allowance
    benefit = load_benefit()
    extra, points = benefit.extra, 0
    weights = benefit.weights(wishes)
    points += extra.first_for_direction * (stretch.id in limits.first and any(weights[group] for group in shares))
    if stretch.kind in limits.preferred_kinds:
        points += extra.most_preferred_kind if stretch.kind is limits.preferred_kinds[0] else extra.preferred_kind
    points += extra.preferred_position * (candidate.position in limits.preferred_positions)
    points += extra.done_last_time * (stretch.id in background.last_time)
    points += extra.bends_a_back_that_dislikes_it * _disliked(stretch, limits)
    if stretch.kind is Kind.MOBILITY_FLOW:
        sore = any(region.value in wishes.regions for region in stretch.regions)
        points += (extra.moves_a_sore_spine * sore) if dosing.moves_the_spine(stretch) else extra.flows_in_a_limb
    points += extra.done_in_a_changed_form * bool(allowance.changes and not dosing.is_rest(stretch))
    points += extra.another_suits_better * allowance.another_suits_better
    points += extra.wished_for * (stretch.id in wishes.stretches)
    points += extra.eases * (background.easy is not None or limits.gate is Gate.POSITIONS_OF_EASE_ONLY)
    return points * benefit.point
