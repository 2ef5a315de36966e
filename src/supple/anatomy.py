"""The words of the body and of the room, shared by every floor: regions, muscles, joints, sides, positions, settings.

Muscles bear their English names from Terminologia Anatomica; joint motions are those of clinical goniometry, in which
neutral standing is zero.
"""

from enum import StrEnum


class Region(StrEnum):
    """A part of the body as a person would point at it."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    SHOULDERS = "shoulders"
    CHEST = "chest"
    ARMS = "arms"
    LOWER_BACK = "lower_back"
    HIPS = "hips"
    OUTER_THIGH = "outer_thigh"
    FRONT_THIGH = "front_thigh"
    HAMSTRINGS = "hamstrings"
    INNER_THIGH = "inner_thigh"
    CALVES = "calves"


class Position(StrEnum):
    """How one stands, sits, kneels or lies at the start of a stretch."""

    STANDING = "standing"
    SEATED_CHAIR = "seated_chair"
    SEATED_FLOOR = "seated_floor"
    QUADRUPED = "quadruped"
    KNEELING = "kneeling"
    HALF_KNEELING = "half_kneeling"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"


class Setting(StrEnum):
    """The place or furniture that a stretch needs."""

    FLOOR = "floor"
    CHAIR_DESK = "chair_desk"
    WALL = "wall"
    BED = "bed"
    DOORWAY = "doorway"
    OPEN_SPACE = "open_space"
    STEP = "step"


LYING_ON = (Setting.FLOOR, Setting.BED)
UPRIGHT = (Position.STANDING, Position.SEATED_CHAIR)


class Side(StrEnum):
    """The side that is worked; `NONE` where a stretch has no side."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


class Joint(StrEnum):
    """A joint or spinal segment whose motion is measured."""

    ANKLE = "ankle"
    ELBOW = "elbow"
    HIP = "hip"
    KNEE = "knee"
    LUMBAR = "lumbar"
    NECK = "neck"
    PELVIS = "pelvis"
    SHANK = "shank"
    SHOULDER = "shoulder"
    THORACIC = "thoracic"
    THORAX = "thorax"
    TRUNK = "trunk"
    WRIST = "wrist"


class JointMotion(StrEnum):
    """A motion of a joint, named as in goniometry."""

    ABDUCTION = "abduction"
    ADDUCTION = "adduction"
    DORSIFLEXION = "dorsiflexion"
    EXTENSION = "extension"
    EXTERNAL_ROTATION = "external_rotation"
    FLEXION = "flexion"
    HORIZONTAL_ABDUCTION = "horizontal_abduction"
    HORIZONTAL_ADDUCTION = "horizontal_adduction"
    INCLINATION = "inclination"
    INTERNAL_ROTATION = "internal_rotation"
    PLANTARFLEXION = "plantarflexion"
    POSTERIOR_TILT = "posterior_tilt"
    RETRACTION = "retraction"
    ROTATION = "rotation"
    SIDE_BEND = "side_bend"


class JointSide(StrEnum):
    """Whose joint it is: the stretched side, the other, both, or the middle of the body."""

    BOTH = "both"
    HEAD = "head"
    OTHER = "other"
    PELVIS = "pelvis"
    SPINE = "spine"
    TARGET = "target"


class MuscleGroup(StrEnum):
    """The fifteen groups that carry the doses; `catalogue/muscle_groups.toml` says which muscle belongs to which."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    SHOULDERS = "shoulders"
    ARMS = "arms"
    CHEST = "chest"
    LATS = "lats"
    BACK_EXTENSORS = "back_extensors"
    ABDOMINALS = "abdominals"
    HIP_FLEXORS = "hip_flexors"
    QUADRICEPS = "quadriceps"
    OUTER_HIP = "outer_hip"
    BUTTOCK = "buttock"
    HAMSTRINGS = "hamstrings"
    ADDUCTORS = "adductors"
    CALVES = "calves"


class Muscle(StrEnum):
    """A muscle, or the fascia that is stretched with it, by its English name in Terminologia Anatomica."""

    TRAPEZIUS_DESCENDING_PART = "trapezius, descending part"
    TRAPEZIUS_TRANSVERSE_PART = "trapezius, transverse part"
    TRAPEZIUS_ASCENDING_PART = "trapezius, ascending part"
    LEVATOR_SCAPULAE = "levator scapulae"
    RHOMBOID_MAJOR = "rhomboid major"
    RHOMBOID_MINOR = "rhomboid minor"
    LATISSIMUS_DORSI = "latissimus dorsi"
    TERES_MAJOR = "teres major"
    TERES_MINOR = "teres minor"
    INFRASPINATUS = "infraspinatus"
    SUPRASPINATUS = "supraspinatus"
    SUBSCAPULARIS = "subscapularis"
    SERRATUS_ANTERIOR = "serratus anterior"
    PECTORALIS_MAJOR_CLAVICULAR_HEAD = "pectoralis major, clavicular head"
    PECTORALIS_MAJOR_STERNOCOSTAL_HEAD = "pectoralis major, sternocostal head"
    PECTORALIS_MINOR = "pectoralis minor"
    DELTOID_CLAVICULAR_PART = "deltoid, clavicular part"
    DELTOID_ACROMIAL_PART = "deltoid, acromial part"
    DELTOID_SPINAL_PART = "deltoid, spinal part"
    BICEPS_BRACHII = "biceps brachii"
    CORACOBRACHIALIS = "coracobrachialis"
    TRICEPS_BRACHII_LONG_HEAD = "triceps brachii, long head"
    TRICEPS_BRACHII_LATERAL_HEAD = "triceps brachii, lateral head"
    TRICEPS_BRACHII_MEDIAL_HEAD = "triceps brachii, medial head"
    FLEXOR_CARPI_RADIALIS = "flexor carpi radialis"
    FLEXOR_CARPI_ULNARIS = "flexor carpi ulnaris"
    FLEXOR_DIGITORUM_SUPERFICIALIS = "flexor digitorum superficialis"
    EXTENSOR_CARPI_RADIALIS_LONGUS = "extensor carpi radialis longus"
    EXTENSOR_CARPI_RADIALIS_BREVIS = "extensor carpi radialis brevis"
    EXTENSOR_DIGITORUM = "extensor digitorum"
    STERNOCLEIDOMASTOID = "sternocleidomastoid"
    SCALENUS_ANTERIOR = "scalenus anterior"
    SCALENUS_MEDIUS = "scalenus medius"
    SCALENUS_POSTERIOR = "scalenus posterior"
    SPLENIUS_CAPITIS = "splenius capitis"
    SPLENIUS_CERVICIS = "splenius cervicis"
    SEMISPINALIS_CAPITIS = "semispinalis capitis"
    RECTUS_CAPITIS_POSTERIOR_MAJOR = "rectus capitis posterior major"
    OBLIQUUS_CAPITIS_INFERIOR = "obliquus capitis inferior"
    LONGUS_COLLI = "longus colli"
    LONGUS_CAPITIS = "longus capitis"
    ERECTOR_SPINAE = "erector spinae"
    ILIOCOSTALIS = "iliocostalis"
    LONGISSIMUS = "longissimus"
    SPINALIS = "spinalis"
    MULTIFIDUS = "multifidus"
    ROTATORES = "rotatores"
    QUADRATUS_LUMBORUM = "quadratus lumborum"
    THORACOLUMBAR_FASCIA = "thoracolumbar fascia"
    EXTERNAL_INTERCOSTAL_MUSCLES = "external intercostal muscles"
    INTERNAL_INTERCOSTAL_MUSCLES = "internal intercostal muscles"
    DIAPHRAGM = "diaphragm"
    RECTUS_ABDOMINIS = "rectus abdominis"
    EXTERNAL_OBLIQUE = "external oblique"
    INTERNAL_OBLIQUE = "internal oblique"
    TRANSVERSUS_ABDOMINIS = "transversus abdominis"
    PSOAS_MAJOR = "psoas major"
    ILIACUS = "iliacus"
    RECTUS_FEMORIS = "rectus femoris"
    VASTUS_LATERALIS = "vastus lateralis"
    VASTUS_MEDIALIS = "vastus medialis"
    VASTUS_INTERMEDIUS = "vastus intermedius"
    SARTORIUS = "sartorius"
    TENSOR_FASCIAE_LATAE = "tensor fasciae latae"
    ILIOTIBIAL_TRACT = "iliotibial tract"
    GLUTEUS_MAXIMUS = "gluteus maximus"
    GLUTEUS_MEDIUS = "gluteus medius"
    GLUTEUS_MINIMUS = "gluteus minimus"
    PIRIFORMIS = "piriformis"
    OBTURATOR_INTERNUS = "obturator internus"
    GEMELLUS_SUPERIOR = "gemellus superior"
    GEMELLUS_INFERIOR = "gemellus inferior"
    QUADRATUS_FEMORIS = "quadratus femoris"
    BICEPS_FEMORIS_LONG_HEAD = "biceps femoris, long head"
    SEMITENDINOSUS = "semitendinosus"
    SEMIMEMBRANOSUS = "semimembranosus"
    ADDUCTOR_LONGUS = "adductor longus"
    ADDUCTOR_BREVIS = "adductor brevis"
    ADDUCTOR_MAGNUS = "adductor magnus"
    GRACILIS = "gracilis"
    PECTINEUS = "pectineus"
    GASTROCNEMIUS = "gastrocnemius"
    SOLEUS = "soleus"
    TIBIALIS_POSTERIOR = "tibialis posterior"
