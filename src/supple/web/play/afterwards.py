"""A session looked back on: how long it was, what pain did, and a position to rest in."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from supple.anatomy import UPRIGHT
from supple.catalogue import load
from supple.planner import Alarm, Plan
from supple.planner.doses import is_rest
from supple.safety.aftercare import felt
from supple.safety.gate import Gate, gate
from supple.safety.limits import Allowance, judge
from supple.safety.traffic_light import tripped
from supple.safety.verdicts import Verdict
from supple.session import Ending, Log, alarm, card, open_question, stop_now
from supple.web.parts.templatetags.parts import lasting
from supple.web.play.showing import still

ENOUGH = 8  # sessions before we say what helps
LITTLE_S = 60  # less work than this, and no step to its end, leaves nobody sore


@dataclass(frozen=True)
class Rated:
    """One stretch of the session, to be rated."""

    stretch: str
    name: str
    still: str
    felt: str


@dataclass(frozen=True)
class Help:
    """What to do after a sign that ended a session; `slip` where it is a number that may be put right."""

    told: str
    say: str
    verdict: Verdict | None
    slip: bool = False


def worked_s(log: Log) -> int:
    """The seconds of stretching and moving that were done."""
    return sum(entry.seconds for entry in log.entries)


def little(log: Log) -> bool:
    """Whether it was hardly begun."""
    return worked_s(log) < LITTLE_S and not any(entry.ending is Ending.DONE for entry in log.entries)


def heading(log: Log) -> str:
    """What became of a session, in a line."""
    if little(log) and not log.hurts:
        return gettext("A short one this time") if worked_s(log) else gettext("Nothing done this time")
    return gettext("That is done") if log.ending is Ending.DONE else gettext("That is enough for today")


def summary(log: Log) -> str:
    """How long it was, and what was left out when it hurt."""
    seconds = worked_s(log)
    if not seconds and log.hurts:
        return gettext("You stopped when it hurt, which was the right call.")
    if not seconds:
        return gettext("No stretch was worked, and that is fine.")
    parts = [gettext("%(time)s of stretching and moving.") % {"time": lasting(seconds)}]
    if out := len({hurt.stretch for hurt in log.hurts if hurt.colour == "red"}):
        parts.append(
            ngettext(
                "You left out one stretch when it hurt, which was the right call.",
                "You left out %(n)d stretches when it hurt, which was the right call.",
                out,
            )
            % {"n": out}
        )
    if skipped := len({entry.stretch for entry in log.entries if entry.ending is Ending.SKIPPED}):
        parts.append(ngettext("You skipped one.", "You skipped %(n)d.", skipped) % {"n": skipped})
    return " ".join(parts)


def began(before: int) -> str:
    """What pain was before."""
    return gettext("It was %(n)d when you started.") % {"n": before}


def too_strong(pain: int) -> bool:
    """Whether pain this strong bars the next session."""
    return gate(pain).gate is Gate.NONE_RESCREEN


def compared(before: int, after: int | None, sessions: int) -> str:
    """What pain did, honestly, and how much that says."""
    little = gettext("A single session says little. After about %(n)d we can tell you more.") % {"n": ENOUGH}
    if sessions >= ENOUGH:
        little = gettext("A single session says little; your diary shows how it goes over the weeks.")
    if after is None:
        return little
    if too_strong(after):
        return gate(after).say
    less = before - after
    if abs(less) < felt():
        found = gettext("That is about the same: pain goes up and down by a point on its own.")
    elif less > 0:
        found = gettext("That is %(n)d points lower.") % {"n": less}
    else:
        found = gettext("That is %(n)d points higher. Rest now, and make the next one smaller.") % {"n": -less}
    return f"{found} {little}"


def rated(log: Log, felt: dict[str, str], body: str) -> list[Rated]:
    """Every stretch that was done or that hurt, once."""
    done = (entry.stretch for entry in log.entries if entry.seconds)
    names = dict.fromkeys((*done, *(hurt.stretch for hurt in log.hurts)))
    return [Rated(name, load().stretch(name).name, still(name, body=body), felt.get(name, "")) for name in names]


def resting(plan: Plan, body: str) -> Rated | None:
    """A position to rest in that this person's limits allow, in the place where they are; never one that hurt."""
    allowed = [
        stretch
        for stretch in load().stretches.values()
        if is_rest(stretch)
        and stretch.id not in plan.background.dropped
        and isinstance(judge(stretch, plan.limits), Allowance)
    ]
    found = min(allowed, key=lambda stretch: (stretch.start_position not in UPRIGHT, stretch.id), default=None)
    if found is None:
        return None
    return Rated(found.id, found.name, still(found.id, body=body).replace("muscles=1", "muscles=0"), "")


def help_needed(log: Log, sign: Alarm | None) -> Help | None:
    """What to do after a sign that ended the session, said again whenever its page is opened; None after none.

    `sign` is what bars the next session, which may be something that has come back.
    """
    told, came_back = alarm(log), sign if sign and not sign.before else None
    found, wire = told or came_back, tripped([check.answer for check in log.rechecks])
    if found:
        slip = told is not None and alarm(replace(log, pain_after=None)) != told
        besides = f"{stop_now(found.verdict, found.call_first)} {found.meanwhile}".strip()
        say = card(wire) if wire and wire.when == found.told else besides
        return Help(found.told, say, found.verdict, slip)
    if wire and any(check.told for check in log.rechecks) and not log.cleared_at:
        return Help(wire.when, card(wire), None)
    if open_question(log):
        return Help("", stop_now(Verdict.SAME_DAY), Verdict.SAME_DAY)
    return None
