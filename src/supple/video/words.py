"""What a film says that a session does not: the line of safety at both ends, and on its cards when to get help."""

from supple.catalogue import load
from supple.planner.plan import Plan
from supple.planner.reasons import PULL, STOP, STOP_EARLIER, signs
from supple.safety.traffic_light import signs_of
from supple.safety.verdicts import Verdict

EVERY_SIGN = frozenset({PULL, STOP, STOP_EARLIER})


def safety(plan: Plan) -> tuple[str, ...]:
    """What to feel and when to stop, in the sentences of this plan."""
    return tuple(signs(plan.steps, load(), plan.limits))


def getting_help(plan: Plan) -> tuple[str, ...]:
    """What calls for an emergency number and what for a doctor today, to be read: a film cannot ask."""
    more = plan.limits.more_signs
    return (
        f"An emergency: {signs_of(Verdict.EMERGENCY, more)}.",
        f"Speak to a doctor today: {signs_of(Verdict.SAME_DAY, more)}.",
    )
