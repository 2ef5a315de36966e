"""What the pages of today show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from supple.anatomy import Setting
from supple.catalogue import Tag, load
from supple.planner import Plan
from supple.planner.reasons import only_rest
from supple.safety.gate import MOST_PAIN
from supple.session.asking import PAINS
from supple.session.opening import (
    CHANGE_ASKED,
    CHANGES,
    HOW_LONG,
    HOW_LONG_ASKED,
    HOW_LONG_UP,
    NEW_SINCE,
)
from supple.web.check.standing import Standing
from supple.web.person.models import Person
from supple.web.today import current, rows
from supple.web.today.current import FEWEST_MINUTES, Made, Wanted
from supple.web.today.models import Day
from supple.web.today.opening import Opening

PLACES = (
    (Setting.FLOOR, "floor", gettext_lazy("Floor")),
    (Setting.CHAIR_DESK, "chair", gettext_lazy("Chair")),
    (Setting.BED, "bed", gettext_lazy("Bed")),
    (Setting.WALL, "wall", gettext_lazy("Wall")),
    (Setting.DOORWAY, "door", gettext_lazy("Doorway")),
    (Setting.OPEN_SPACE, "person-arms-spread", gettext_lazy("Open room")),
    (Setting.STEP, "stairs", gettext_lazy("Step")),
)
MORNING_UNTIL, AFTERNOON_UNTIL = 12, 18
LONGEST_WITHOUT_A_PLAN = 20
DONE_ENOUGH = "Enough is done"  # how the planner begins to say so
COUNTS = {
    1: gettext_lazy("One"), 2: gettext_lazy("Two"), 3: gettext_lazy("Three"), 4: gettext_lazy("Four"),
    5: gettext_lazy("Five"), 6: gettext_lazy("Six"), 7: gettext_lazy("Seven"), 8: gettext_lazy("Eight"),
    9: gettext_lazy("Nine"), 10: gettext_lazy("Ten"),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A tile for a place."""

    value: str
    icon: str
    name: object
    chosen: bool


@dataclass(frozen=True)
class Change:
    """A change of the plan in words; `why_not` where what was asked for is not in it."""

    words: str
    why_not: str = ""


def wishes(person: Person, day: Day, stands: Standing, wish: Wanted, found: Made | str) -> dict[str, object]:
    """The left side: how it is, how long, and where."""
    longest = found.longest if isinstance(found, Made) else LONGEST_WITHOUT_A_PLAN
    no_floor = stands.screening is not None and Tag.CANNOT_USE_FLOOR in stands.screening.tags
    return {
        "greeting": greeting(person, wish.at),
        "date": date_format(wish.at, "l j F"),
        "pain": wish.pain,
        "most_pain": MOST_PAIN,
        "minutes": min(wish.minutes, longest),
        "fewest": FEWEST_MINUTES,
        "longest": longest,
        "places": [
            Place(place.value, icon, name, place in wish.settings)
            for place, icon, name in PLACES
            if not (no_floor and place is Setting.FLOOR)
        ],
        "bad_day": wish.bad_day,
    }


def plan(found: Made | str, wish: Wanted) -> Mapping[str, object]:
    """The right side: the plan with its reasons, or why there is none."""
    return {"refused": found} if isinstance(found, str) else planned(wish, get_language())


@lru_cache(maxsize=256)
def planned(wish: Wanted, language: str | None) -> Mapping[str, object]:
    """A plan as the page shows it in a language; raises PlanRefused."""
    found = current.made(wish)
    made = found.plan
    rests = only_rest(load(), made.background)
    return {
        "plan": made,
        "heading": gettext("Rest for today") if rests else heading(len({step.stretch for step in made.steps})),
        "rows": rows.rows(made),
        "only_rest": rests,
        "enough": enough(made),
        "for_all": rows.for_all(made),
        "left_out": rows.left_out(made),
        "to_add": rows.to_add(made),
        "room": rows.room(made),
        "asks_up": found.asks_up,
        "how_long_up": HOW_LONG_UP.items(),
        "changes": changes(wish, found),
        "usual_hour": f"{wish.at:%H}:00",
        "start_minutes": max(1, round(made.seconds / 60)),
    }


def enough(made: Plan) -> bool:
    """Whether there is no session because what was done before is enough, and not for want of time or of a place."""
    here = set(made.limits.today.settings)
    more_time = made.nearest is not None and set(made.nearest.settings) == here
    rests = made.background.resting.values()
    out = [left.why for left in made.left_out if here & set(load().stretch(left.stretch).settings)]
    return not made.steps and not more_time and any(why in rests or why.startswith(DONE_ENOUGH) for why in out)


def questions(asked: Opening, posted: Mapping[str, str], missing: Sequence[str]) -> dict[str, object]:
    """The questions before a session, with what was answered already."""
    return {
        "asked": asked,
        "signs": [(f"new-{number}", change.short, change.at_once) for number, change in enumerate(asked.changes)],
        "pains": list(PAINS),
        "about": about(asked),
        "new_since": NEW_SINCE,
        "change_asked": CHANGE_ASKED,
        "change_answers": CHANGES.items(),
        "how_long_asked": f"{HOW_LONG_ASKED}?",
        "how_long_answers": HOW_LONG.items(),
        "how_long_hint": "" if asked.still_sore else gettext("Leave this out where it was no worse than usual."),
        "posted": posted,
        "missing": missing,
    }


def about(asked: Opening) -> str:
    """Which session, or sessions, the questions about the day after are about."""
    if asked.day_after is None:
        return ""
    when = date_format(asked.day_after.log.started, "j F, H:i")
    if asked.still_sore:
        return gettext("After your session of %(when)s you were still sore") % {"when": when}
    return gettext("About your session of %(when)s and those before it") % {"when": when}


def greeting(person: Person, now: datetime) -> str:
    """Good morning, with the name where one is known."""
    if now.hour < MORNING_UNTIL:
        words = gettext("Good morning")
    elif now.hour < AFTERNOON_UNTIL:
        words = gettext("Good afternoon")
    else:
        words = gettext("Good evening")
    return gettext("%(greeting)s, %(name)s") % {"greeting": words, "name": person.name} if person.name else words


def heading(count: int) -> str:
    """How many stretches there are, in words."""
    if count == 1:
        return gettext("One stretch for today")
    words = str(COUNTS.get(count, count))
    return ngettext("%(n)s stretch for today", "%(n)s stretches for today", count) % {"n": words}


def changes(wish: Wanted, found: Made) -> list[Change]:
    """What was left out and put in, and why what was asked for is not there."""
    names = load().stretches
    chosen = {step.stretch for step in found.plan.steps}
    why = {left.stretch: left.why for left in found.plan.left_out}
    out = [Change(gettext("%(name)s is left out today.") % {"name": names[stretch].name}) for stretch in wish.out]
    into = [
        Change(gettext("You asked for %(name)s.") % {"name": names[stretch].name}, _why_not(stretch, chosen, why))
        for stretch in wish.into
    ]
    return [*out, *into]


def _why_not(stretch: str, chosen: set[str], why: Mapping[str, str]) -> str:
    return "" if stretch in chosen else why.get(stretch, "")
