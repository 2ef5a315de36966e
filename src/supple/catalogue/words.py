"""The closed words of a stretch file: its kind, flags, population tags, sides, loads and camera views."""

from enum import StrEnum


class Kind(StrEnum):
    """What a stretch asks of the body: stay, flow, work lightly or rest."""

    STATIC_HOLD = "static_hold"
    MOBILITY_FLOW = "mobility_flow"
    ACTIVE_CONTROL = "active_control"
    REST_POSITION = "rest_position"


class Flag(StrEnum):
    """A feature of a stretch that matters to somebody's safety."""

    HEAD_BELOW_HEART = "head_below_heart"
    WEIGHT_ON_WRISTS = "weight_on_wrists"
    WEIGHT_ON_KNEES = "weight_on_knees"
    SINGLE_LEG_BALANCE = "single_leg_balance"
    HIP_FLEXION_ADDUCTION_COMBINED = "hip_flexion_adduction_combined"
    HIP_FLEXION_OVER_90 = "hip_flexion_over_90"
    HIP_EXTENSION_END_RANGE = "hip_extension_end_range"
    SHOULDER_ABDUCTION_EXTERNAL_ROTATION_END_RANGE = "shoulder_abduction_external_rotation_end_range"
    SHOULDER_INTERNAL_ROTATION_END_RANGE = "shoulder_internal_rotation_end_range"
    OVERHEAD_ARM = "overhead_arm"
    FLOOR_TRANSFER = "floor_transfer"
    LYING_PRONE = "lying_prone"
    LYING_FLAT_ON_BACK = "lying_flat_on_back"
    NECK_END_RANGE = "neck_end_range"
    NEURAL_TENSION = "neural_tension"
    ABDOMINAL_COMPRESSION = "abdominal_compression"
    WIDE_HIP_ABDUCTION = "wide_hip_abduction"
    DEEP_KNEE_FLEXION = "deep_knee_flexion"
    HEAD_NEAR_FLOOR = "head_near_floor"


class Tag(StrEnum):
    """A group of people for whom some stretches are left out or changed."""

    FLEXION_SENSITIVE = "flexion_sensitive"
    EXTENSION_SENSITIVE = "extension_sensitive"
    DISC_RELATED_LEG_PAIN = "disc_related_leg_pain"
    SPINAL_STENOSIS = "spinal_stenosis"
    SPONDYLOLISTHESIS = "spondylolisthesis"
    OSTEOPOROSIS = "osteoporosis"
    VERTEBRAL_FRACTURE = "vertebral_fracture"
    PREGNANCY_T2_T3 = "pregnancy_t2_t3"
    RECENT_ABDOMINAL_SURGERY = "recent_abdominal_surgery"
    HYPERMOBILITY = "hypermobility"
    AGE_65_PLUS = "age_65_plus"
    UNCONTROLLED_HYPERTENSION = "uncontrolled_hypertension"
    GLAUCOMA_OR_RETINA = "glaucoma_or_retina"
    VERTIGO_OR_DIZZINESS = "vertigo_or_dizziness"
    HIP_REPLACEMENT = "hip_replacement"
    SHOULDER_INSTABILITY = "shoulder_instability"
    RECENT_SHOULDER_SURGERY = "recent_shoulder_surgery"
    KNEE_PAIN_OR_REPLACEMENT = "knee_pain_or_replacement"
    WRIST_PAIN = "wrist_pain"
    BALANCE_PROBLEM = "balance_problem"
    CANNOT_USE_FLOOR = "cannot_use_floor"
    ATLANTOAXIAL_RISK = "atlantoaxial_risk"
    INFLAMMATORY_BACK_PAIN = "inflammatory_back_pain"
    RECENT_SPINE_SURGERY = "recent_spine_surgery"


class Sides(StrEnum):
    """Whether a stretch is done on one side after the other, on both at once, or has no side."""

    ALTERNATE_SIDES = "alternate_sides"
    BOTH_TOGETHER = "both_together"
    MIDLINE = "midline"


class Axial(StrEnum):
    """How much body weight presses along the spine: lying or on all fours, leaning, or sitting and standing."""

    UNLOADED = "unloaded"
    PARTIAL = "partial"
    UPRIGHT = "upright"


class SpineDirection(StrEnum):
    """A direction in which a stretch mainly loads the spine."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    ROTATION = "rotation"
    SIDE_BEND = "side_bend"
    NEUTRAL = "neutral"


class CameraView(StrEnum):
    """From where the camera should see the person."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    OVERHEAD_OR_FRONT = "overhead_or_front"
    THREE_QUARTER = "three_quarter"


class AlsoDo(StrEnum):
    """What an exception to the population rules does with a stretch."""

    EXCLUDE = "exclude"
    CHANGE = "change"


class Grade(StrEnum):
    """How sure the evidence behind a claim is, in the words of GRADE; `none` where nothing speaks for it."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    NONE = "none"


class ClaimStatus(StrEnum):
    """Whether a claim may be shown as it is, only in softer words, or not at all."""

    SHOWN = "shown"
    SOFTENED = "softened"
    HIDDEN = "hidden"
