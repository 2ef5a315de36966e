"""The five verdicts of screening, and the three kinds of plan that they lead to."""

from enum import StrEnum


class Verdict(StrEnum):
    """What screening found, mildest last; `severity` runs from 4 to 0."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SEE_CLINICIAN = "see_clinician"
    GO_GENTLY = "go_gently"
    FINE = "fine"

    @property
    def severity(self) -> int:
        """How severe the verdict is, 0 to 4.

        >>> Verdict.EMERGENCY.severity, Verdict.FINE.severity
        (4, 0)
        """
        return len(Verdict) - 1 - list(Verdict).index(self)


class PlanKind(StrEnum):
    """Whether there is a plan, and whether it is the gentler one."""

    NONE = "none"
    RESTRICTED = "restricted"
    FULL = "full"
