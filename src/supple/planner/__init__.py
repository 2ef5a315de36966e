"""Allowed stretches, minutes and History in; a Plan with its reasons out. How it works: `docs/method/planner.md`."""

from supple.planner.benefit import Wishes
from supple.planner.history import Alarm, DayAfter, Done, History, HistoryError, SoFar
from supple.planner.make import MinutesError, plan, rest_of
from supple.planner.plan import Background, LeftOut, Nearest, Plan, PlanRefused, Step

__all__ = [
    "Alarm",
    "Background",
    "DayAfter",
    "Done",
    "History",
    "HistoryError",
    "LeftOut",
    "MinutesError",
    "Nearest",
    "Plan",
    "PlanRefused",
    "SoFar",
    "Step",
    "Wishes",
    "plan",
    "rest_of",
]
