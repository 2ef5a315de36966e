"""What a film says that a session does not: the line of safety at both ends."""

from supple.catalogue import load
from supple.planner.plan import Plan
from supple.planner.reasons import PULL, STOP, STOP_EARLIER, signs

EVERY_SIGN = frozenset({PULL, STOP, STOP_EARLIER})


def safety(plan: Plan) -> tuple[str, ...]:
    """What to feel and when to stop, in the sentences of this plan."""
    return tuple(signs(plan.steps, load(), plan.limits))
