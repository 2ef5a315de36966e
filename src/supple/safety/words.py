"""The closed words of the safety tables; verdicts have their own file, and those of people stand in the catalogue."""

from enum import StrEnum

MOST_PAIN = 10  # of the scale on which pain is asked, from 0


class Direction(StrEnum):
    """How a back behaves with bending forwards and backwards."""

    BOTH_SENSITIVE = "both_sensitive"
    FLEXION_SENSITIVE = "flexion_sensitive"
    FLEXION_SENSITIVE_EXTENSION_PREFERENCE = "flexion_sensitive_extension_preference"
    EXTENSION_SENSITIVE = "extension_sensitive"
    NO_DIRECTION = "no_direction"
    EXTENSION_PREFERENCE = "extension_preference"
    EXTENSION_SENSITIVE_FLEXION_PREFERENCE = "extension_sensitive_flexion_preference"
    FLEXION_PREFERENCE = "flexion_preference"
    EITHER_DIRECTION = "either_direction"


class CallFirst(StrEnum):
    """Whom to call first, the same day, in place of any doctor."""

    MATERNITY_UNIT = "maternity_unit"
    SURGICAL_TEAM = "surgical_team"


class Gate(StrEnum):
    """What a session may hold today."""

    FULL_PLAN = "full_plan"
    GENTLE_ONLY = "gentle_only_positions_of_ease_and_mobility_flows"
    POSITIONS_OF_EASE_ONLY = "positions_of_ease_only"
    NONE_RESCREEN = "none_rescreen"


class Outcome(StrEnum):
    """What the day after means for the next session."""

    RESCREEN = "rescreen"
    FLARE_PLAN = "flare_plan"
    REST_THAT_MUSCLE_48H_THEN_HALF_DOSE = "rest_that_muscle_48h_then_half_dose"
    REPEAT_SAME_DOSE = "repeat_same_dose"
    MAY_PROGRESS = "may_progress"


class Quality(StrEnum):
    """How it feels."""

    STRETCH_PULL = "stretch_pull"
    ACHE = "ache"
    SHARP = "sharp"
    TINGLING_OR_NUMB = "tingling_or_numb"
    SPREADING = "spreading"
    WEAKNESS = "weakness"
    DIZZINESS = "dizziness"


class Colour(StrEnum):
    """Go on, do less, stop."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Action(StrEnum):
    """What happens to the stretch."""

    CARRY_ON = "carry_on"
    HALVE_ARC = "halve_arc"
    HALVE_ARC_AND_HOLD = "halve_arc_and_hold"
    STOP_EXERCISE_TODAY = "stop_exercise_today"
    STOP_EXERCISE_NOW = "stop_exercise_now"


class LegResponse(StrEnum):
    """What pain in the leg did during the first set of a movement of the low back."""

    MOVED_UP_OR_SMALLER = "moved_up_or_smaller"
    UNCHANGED = "unchanged"
    MOVED_DOWN_OR_LARGER = "moved_down_or_larger"
    NEW_NUMBNESS_OR_WEAKNESS = "new_numbness_or_weakness"


class MoreSigns(StrEnum):
    """Who is asked about a sign that nobody else is asked about."""

    PREGNANCY = "pregnancy"
    LOOSE_NECK = "loose_neck"


class AfterSet(StrEnum):
    """What the session does after what the leg said."""

    GO_ON = "continue_same_direction"
    GO_ON_FOR_TWO_SESSIONS = "continue_max_two_sessions_then_review"
    LEAVE_DIRECTION = "stop_direction_and_switch_to_neutral_positions"
    STOP = "stop_and_rescreen"


class QuestionKind(StrEnum):
    """What an answer looks like."""

    YES_NO_UNSURE = "yes_no_unsure"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICE_MANY = "choice_many"
    COMPUTED = "computed"
    TEXT = "text"
    SESSION = "session"


class After(StrEnum):
    """What follows a red light besides the stop."""

    ASK_RED_FLAG_RECHECK = "ask_red_flag_recheck"
    REPLACE_EXERCISE_BY_OTHER = "replace_exercise_by_other"
    REPLACE_EXERCISE_BY_OTHER_WITH_NO_LEG_SYMPTOMS = "replace_exercise_by_other_with_no_leg_symptoms"
    TELL_USER_TO_TALK_TO_DOCTOR_IF_IT_PERSISTS = "tell_user_to_talk_to_doctor_if_it_persists"
    END_SESSION = "end_session"
    SIT_OR_LIE_DOWN = "sit_or_lie_down"


class Bending(StrEnum):
    """What bending one way does to a back, where that is known."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


class AgeBand(StrEnum):
    """The ages that the dosage table tells apart."""

    UNDER_16 = "under_16"
    FROM_16_TO_64 = "16_64"
    FROM_65 = "65_plus"


class Booking(StrEnum):
    """Whom one may book where not everybody is offered."""

    CLINICIAN_ONLY = "clinician_only"


class SpinePart(StrEnum):
    """A part of the spine whose nerves go to an arm or a leg."""

    CERVICAL = "cervical"
    LUMBAR = "lumbar"
