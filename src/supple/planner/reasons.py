"""Plain sentences for every choice: why this stretch, why this dose, why not that one, and what more time would add."""

from collections.abc import Iterable, Mapping, Sequence

from supple.anatomy import MuscleGroup, Setting
from supple.catalogue import Catalogue, Kind, Tag
from supple.planner import doses as dosing
from supple.planner.benefit import Wishes, load_benefit
from supple.planner.choices import GROUPS, Candidate, Case, Room
from supple.planner.doses import Dose, Mode
from supple.planner.plan import Background, Step
from supple.planner.ready import have_ready, place
from supple.planner.search import Choice, Solution
from supple.safety.aftercare import flare_plan
from supple.safety.direction import Direction
from supple.safety.limits import Allowance, Limits
from supple.safety.nerve import enough_today
from supple.safety.progression import Step as Grow
from supple.safety.progression import steps as grow_by
from supple.safety.words import Quality

GROUP_WORDS = {
    MuscleGroup.NECK: "neck",
    MuscleGroup.UPPER_BACK: "muscles between your shoulder blades",
    MuscleGroup.SHOULDERS: "shoulders",
    MuscleGroup.ARMS: "arms",
    MuscleGroup.CHEST: "chest",
    MuscleGroup.LATS: "sides of your back",
    MuscleGroup.BACK_EXTENSORS: "long muscles along your spine",
    MuscleGroup.ABDOMINALS: "belly and waist",
    MuscleGroup.HIP_FLEXORS: "front of your hips",
    MuscleGroup.QUADRICEPS: "front of your thighs",
    MuscleGroup.OUTER_HIP: "outer hips",
    MuscleGroup.BUTTOCK: "buttocks",
    MuscleGroup.HAMSTRINGS: "back of your thighs",
    MuscleGroup.ADDUCTORS: "inner thighs",
    MuscleGroup.CALVES: "calves",
}
KEEP_MOVING = "Keep easy, and {move} a little every hour or two, as far as it is comfortable. {then}"
SETTLED = "If it has not settled by tomorrow, let a doctor or physiotherapist look at it before you go on."
STILL_THERE = "If it is still there, let a doctor or physiotherapist look at it now."
STILL_DIZZY = (
    "If you are still dizzy, or it comes back, answer the safety questions again and speak to a doctor today; in "
    "pregnancy call your maternity unit today."
)
HALF = "Half as far and half as much, because it hurt or left you sore last time: {names}."
SMALL_DOSES = "A stretch had to stop in a session within the last week, so every dose is small for now."
REGION_WORDS = {"neck": "neck", "upper_back": "upper back", "lower_back": "lower back", "buttock": "buttock"}
GOAL_WORDS = {
    "sit_comfortably": "sitting comfortably",
    "bend_and_lift": "bending and lifting",
    "stand_and_walk": "standing and walking",
    "reach_behind": "reaching behind you",
    "sleep_better": "sleeping better",
    "feel_better": "feeling better",
    "perform_better": "moving better",
}
DIRECTION_WORDS = {
    Direction.BOTH_SENSITIVE: "bending either way hurts",
    Direction.FLEXION_SENSITIVE: "bending forwards hurts",
    Direction.FLEXION_SENSITIVE_EXTENSION_PREFERENCE: "bending forwards hurts, bending back eases",
    Direction.EXTENSION_SENSITIVE: "bending back hurts",
    Direction.EXTENSION_PREFERENCE: "bending back eases",
    Direction.EXTENSION_SENSITIVE_FLEXION_PREFERENCE: "bending back hurts, bending forwards eases",
    Direction.FLEXION_PREFERENCE: "bending forwards eases",
    Direction.EITHER_DIRECTION: "bending either way eases",
}


VERBS = {
    Kind.STATIC_HOLD: "It stretches",
    Kind.MOBILITY_FLOW: "It moves and loosens",
    Kind.ACTIVE_CONTROL: "It wakes up",
    Kind.REST_POSITION: "It lengthens",
}
SUITS_MOST = "It suits most backs."
SMALL_ARC_PERCENT = 33
LATER_BY_THE_CLOCK = (
    "By this clock your last session lies ahead (a journey, or a clock set back), so it counts as done just now."
)
PULL = "A pull of 1 to 3 out of 10 is right; pain is not."
STOP = "Stop at once for sharp pain, tingling, numbness, weakness, dizziness or pain that spreads."
STOP_EARLIER = (  # for who has some tingling already
    "Stop at once for sharp pain, new, stronger or further-spreading tingling or numbness, weakness, dizziness or pain "
    "that spreads."
)
AFTER_A_FLARE_UP = "after the flare-up you begin again with less, and it grows with every good session."


def listed(words: Sequence[str]) -> str:
    """Words as a person would list them.

    >>> listed(["a bed", "a wall", "the floor"])
    'a bed, a wall and the floor'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def chosen(candidate: Candidate, choice: Choice, solution: Solution, limits: Limits, wishes: Wishes) -> Iterable[str]:
    """Why this stretch, why here, why this much."""
    stretch, dose = candidate.stretch, candidate.doses[choice.dose]
    closing = choice is solution.choices[0]
    if stretch.id in wishes.stretches:
        yield "You asked for it."
    if dosing.is_rest(stretch):
        yield "Rest, so that the session ends quietly." if closing else "A rest on the way."
        return
    if stretch.id in limits.first:
        back = DIRECTION_WORDS.get(limits.direction)
        yield f"It is one of the first choices for a back like yours: {back}." if back else SUITS_MOST
    yield f"{VERBS[stretch.kind]} {_for_whom(choice, wishes)}"
    later = [c for c in solution.choices if (c.place, c.phase) > (choice.place, choice.phase)]
    if choice.warms and not closing and any(other.needs_warmth for other in later):
        yield "It warms you up for what follows."
    if closing and len(solution.choices) > 1:
        yield "It is easy, so it makes a good end."
    usual = min(limits.dosage.arc_percent_start, candidate.allowance.arc_percent_max)
    if dose.arc_percent < limits.dosage.arc_percent_start:
        why = candidate.allowance.arc_reason if dose.arc_percent >= usual else AFTER_A_FLARE_UP
        yield f"Go {dose.arc_percent} % of the way: {why}"
    if not limits.gentle_only:
        a_side = "a side " if dosing.side_count(stretch) == 2 else ""
        yield from _dose_reasons(dose, a_side, limits.dosage.spacing_light_h)


def _for_whom(choice: Choice, wishes: Wishes) -> str:
    """The group of this stretch that matters most to the person, and what makes it matter; the end of a sentence."""
    benefit = load_benefit()
    weights = benefit.weights(wishes)
    most = max(amount for _, amount in choice.credits)
    group = max((GROUPS[i] for i, amount in choice.credits if amount == most), key=lambda g: weights[g])
    causes = [f"your {REGION_WORDS[r]}" for r in wishes.regions if group in benefit.regions[r]]
    causes += [GOAL_WORDS[g] for g in wishes.goals if group in benefit.goals[g].weights]
    if wishes.sitting_hours >= benefit.sitting.from_hours and group in benefit.sitting.weights:
        causes.append("the hours you sit")
    if not causes:
        return f"the {GROUP_WORDS[group]}."
    return f"the {GROUP_WORDS[group]}: that matters for {listed(causes)}."


def _dose_reasons(dose: Dose, a_side: str, again_h: int) -> Iterable[str]:
    enough_s = load_benefit().enough_s
    if dose.mode is Mode.HOLD and dose.work_s < enough_s:
        aim = f"{enough_s} a day are the aim, and a second round may come {again_h} hours or more from now"
        yield f"{dose.work_s} seconds {a_side}are a gentle start; {aim}."
    elif dose.mode is Mode.HOLD and dose.arc_percent > SMALL_ARC_PERCENT:
        yield f"{dose.work_s} seconds {a_side}reach the day's aim of {enough_s}."


def not_chosen(case: Case, room: Room, solution: Solution, allowed: Mapping[str, Allowance]) -> dict[str, str]:
    """Why an allowed stretch is not in the plan."""
    minutes = _minutes(min(case.wishes.minutes, case.limits.session_minutes_max))
    full = _without_room(case, room, solution)
    taken = {choice.family: choice.stretch for choice in solution.choices}
    families = {choice.stretch: choice.family for choice in room.problem.choices}
    shortest = {
        stretch: min(c.seconds for c in room.problem.choices if c.stretch == stretch) for stretch in room.candidates
    }
    out = {}
    for stretch in allowed:
        if stretch not in room.candidates:
            out[stretch] = "It needs another place than the one this session stays in."
        elif families[stretch] in taken:
            out[stretch] = f"{case.catalogue.stretch(taken[families[stretch]]).name} does the same work."
        elif stretch in full:
            out[stretch] = full[stretch]
        elif shortest[stretch] > room.problem.budget_s:
            out[stretch] = f"It takes longer than the {minutes} you have."
        elif not taken:
            out[stretch] = (
                "By itself it makes no session: it needs a movement to warm up or something restful to end with."
            )
        else:
            out[stretch] = f"Other stretches do more for you in {minutes}."
    return out


def _minutes(count: int) -> str:
    return f"{count} minute{'s' if count > 1 else ''}"


def _without_room(case: Case, room: Room, solution: Solution) -> dict[str, str]:
    """The stretches for muscles that cannot take even the least of it: for what was done before, or is done now."""
    background = case.background
    chosen = dict.fromkeys(range(len(GROUPS)), 0)
    for choice in solution.choices:
        for index, amount in choice.credits:
            chosen[index] += amount
    out: dict[str, str] = {}
    for stretch in room.candidates:
        least = min((c for c in room.problem.choices if c.stretch == stretch), key=lambda c: c.seconds)
        for index, amount in least.credits:
            group, most = GROUPS[index], len(room.problem.benefit[index]) - 1
            if amount > most:
                day_s = background.done_today_s.get(group, 0) + background.room_s[group]
                since = "this week" if day_s < case.limits.dosage.day_s_max_if_daily else "today"
                out[stretch] = f"Enough is done {since} for the {GROUP_WORDS[group]}."
            elif amount > most - chosen[index]:
                out.setdefault(stretch, f"Others in this session do enough for the {GROUP_WORDS[group]} today.")
    return out


def notes(
    steps: Sequence[Step], catalogue: Catalogue, limits: Limits, wishes: Wishes, background: Background
) -> Iterable[str]:
    """What a person should know about the plan as a whole."""
    yield from filter(None, [only_rest(catalogue, background)])
    if wishes.minutes > limits.session_minutes_max:
        yield f"A session stops at {limits.session_minutes_max} minutes for now, so this one is shorter than you asked."
    moving = any(not dosing.is_rest(catalogue.stretch(step.stretch)) for step in steps)
    if steps:
        yield have_ready(steps, catalogue, limits)
    if moving:
        yield limits.warm_up
    elif background.dropped:
        then = STILL_THERE
        if why := only_rest(catalogue, background):
            then = STILL_DIZZY if why == enough_today(Quality.DIZZINESS) else SETTLED
        yield KEEP_MOVING.format(move="walk" if limits.walks else "move", then=then)
    if moving and background.easy is None and background.halves_all(catalogue.stretches):
        yield SMALL_DOSES
    elif moving and background.easy is None:
        names = list(dict.fromkeys(step.name for step in steps if step.stretch in background.half))
        yield from [HALF.format(names=listed(names))] if names else []
    if background.easy is not None:
        flare = flare_plan(limits, catalogue)
        yield f"On these easy days: {flare.walks}."
        yield from flare.help
    if background.ahead:
        yield LATER_BY_THE_CLOCK
    if moving:
        yield from _how_far(steps, limits, background)
    if limits.gentle_only and steps:
        move = "walk" if limits.walks else "move"
        yield f"Your pain is strong today: keep it easy, {move} a little every hour or two, see a doctor if it rises."
    yield from signs(steps, catalogue, limits)


def only_rest(catalogue: Catalogue, background: Background) -> str:
    """The one reason that leaves all out but rest; empty where there is none."""
    moving = (stretch for stretch in catalogue.stretches.values() if not dosing.is_rest(stretch))
    why = {background.dropped.get(stretch.id, "") for stretch in moving}
    return why.pop() if len(why) == 1 else ""


def signs(steps: Sequence[Step], catalogue: Catalogue, limits: Limits) -> Iterable[str]:
    """What to feel and when to stop: the line of safety of a plan; nothing where it has no steps."""
    stretches = [catalogue.stretch(step.stretch) for step in steps]
    if any(not dosing.is_movement(stretch) and not dosing.is_rest(stretch) for stretch in stretches):
        yield PULL
    if steps:
        yield STOP_EARLIER if limits.arm_symptoms or Tag.DISC_RELATED_LEG_PAIN in limits.tags else STOP


def _how_far(steps: Sequence[Step], limits: Limits, background: Background) -> Iterable[str]:
    """How far to go, and whether that is to grow; for some it never is."""
    widest = max((step.arc_percent for step in steps), default=100)
    if widest >= 100:
        return
    grows = Grow.ARC in grow_by(limits.tags) and widest >= limits.dosage.arc_percent_start and not limits.gentle_only
    far = f"Go only as far as is comfortable, at most {widest} % of the way"
    if background.easy is not None:
        yield f"{far} for now."
    elif limits.gentle_only:
        yield f"{far} for now, while it hurts this much."
    elif grows:
        yield f"{far} for now. It widens step by step, after good sessions."
    else:
        yield f"{far}; it is not meant to widen."


def no_longer(limits: Limits) -> str:
    """Why more minutes would add nothing."""
    return f"A session stops at {limits.session_minutes_max} minutes for now, so more time would add nothing."


def difference(short: Sequence[Step], long: Sequence[Step], minutes: int) -> Iterable[str]:
    """What the longer plan has that the shorter has not."""
    time = f"{minutes} more minute{'s' if minutes > 1 else ''}"
    had = {step.stretch: step for step in short}
    fresh = list(dict.fromkeys(step.name for step in long if step.stretch not in had))
    more = list(
        dict.fromkeys(step.name for step in long if step.stretch in had and step.work_s > had[step.stretch].work_s)
    )
    gone = list(dict.fromkeys(s.name for s in short if s.stretch not in {t.stretch for t in long}))
    if fresh:
        swap = f" in place of {listed(gone)}" if gone else ""
        yield f"{time} would add {listed(fresh)}{swap}."
    if more:
        yield f"{time} would give more time to {listed(more)}."
    if not fresh and not more:
        yield f"{time} would add nothing that does you good."


def nearest(minutes: int, settings: Sequence[Setting], had: Sequence[Setting], wishes: Wishes) -> str:
    """The offer made when nothing fits."""
    added = [place(setting) for setting in settings if setting not in had]
    time = f"{minutes} minutes" if minutes != wishes.minutes else ""
    return f"Nothing safe fits here, but with {listed([w for w in (time, *added) if w])} there is a session for you."
