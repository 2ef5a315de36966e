"""How the closed words of the catalogue are said to people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supple.anatomy import MuscleGroup, Position, Region, Setting
from supple.catalogue import Grade, Kind

POSITIONS: Mapping[Position, str | Promise] = {
    Position.STANDING: _("Standing"),
    Position.SEATED_CHAIR: _("Sitting on a chair"),
    Position.SEATED_FLOOR: _("Sitting on the floor"),
    Position.QUADRUPED: _("On all fours"),
    Position.KNEELING: _("Kneeling"),
    Position.HALF_KNEELING: _("On one knee"),
    Position.SUPINE: _("Lying on your back"),
    Position.PRONE: _("Lying on your front"),
    Position.SIDE_LYING: _("Lying on your side"),
}
SETTINGS: Mapping[Setting, str | Promise] = {
    Setting.FLOOR: _("On the floor"),
    Setting.CHAIR_DESK: _("At a chair or desk"),
    Setting.WALL: _("At a wall"),
    Setting.BED: _("On a bed"),
    Setting.DOORWAY: _("In a doorway"),
    Setting.OPEN_SPACE: _("Where there is room to stand"),
    Setting.STEP: _("At a low step"),
}
GROUPS: Mapping[MuscleGroup, str | Promise] = {
    MuscleGroup.NECK: _("Neck"),
    MuscleGroup.UPPER_BACK: _("Upper back"),
    MuscleGroup.SHOULDERS: _("Shoulders"),
    MuscleGroup.ARMS: _("Arms"),
    MuscleGroup.CHEST: _("Chest"),
    MuscleGroup.LATS: _("Side of the back"),
    MuscleGroup.BACK_EXTENSORS: _("Along the spine"),
    MuscleGroup.ABDOMINALS: _("Belly and waist"),
    MuscleGroup.HIP_FLEXORS: _("Front of the hip"),
    MuscleGroup.QUADRICEPS: _("Front of the thigh"),
    MuscleGroup.OUTER_HIP: _("Outer hip"),
    MuscleGroup.BUTTOCK: _("Buttock"),
    MuscleGroup.HAMSTRINGS: _("Back of the thigh"),
    MuscleGroup.ADDUCTORS: _("Inner thigh"),
    MuscleGroup.CALVES: _("Calf"),
}
REGIONS: Mapping[Region, str | Promise] = {
    Region.NECK: _("Neck"),
    Region.UPPER_BACK: _("Upper back"),
    Region.SHOULDERS: _("Shoulders"),
    Region.CHEST: _("Chest"),
    Region.ARMS: _("Arms"),
    Region.LOWER_BACK: _("Lower back"),
    Region.HIPS: _("Hips"),
    Region.OUTER_THIGH: _("Outer thigh"),
    Region.FRONT_THIGH: _("Front of the thigh"),
    Region.HAMSTRINGS: _("Back of the thigh"),
    Region.INNER_THIGH: _("Inner thigh"),
    Region.CALVES: _("Calves"),
}
KINDS: Mapping[Kind, str | Promise] = {
    Kind.STATIC_HOLD: _("A hold"),
    Kind.MOBILITY_FLOW: _("A slow movement"),
    Kind.ACTIVE_CONTROL: _("Light work"),
    Kind.REST_POSITION: _("A position to rest in"),
}
GRADES: Mapping[Grade, str | Promise] = {
    Grade.HIGH: _("Sure"),
    Grade.MODERATE: _("Fairly sure"),
    Grade.LOW: _("Not very sure"),
    Grade.VERY_LOW: _("Not sure yet"),
    Grade.NONE: _("Nothing speaks for it"),
}
