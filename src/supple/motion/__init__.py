"""One motion per stretch: the angles of its key poses, what touches what, and how it moves in time."""

from supple.motion.angles import ANGLES, AngleError, mirrored
from supple.motion.key_pose import Carried, Grip, KeyPose, Motion, Path, Placed, Touch

__all__ = ["ANGLES", "AngleError", "Carried", "Grip", "KeyPose", "Motion", "Path", "Placed", "Touch", "mirrored"]
