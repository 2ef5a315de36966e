"""From clinical angles to the bones: where every bone of a body points, for many poses at once.

A bone's rotation is global and relative to the rest of the mesh, so that a vertex moves to `place of the head +
rotation @ (vertex - head)`. Shoulders and hips swing by a rotation vector (flexion, abduction) and twist about the
limb, so that no pose meets a gimbal lock short of straight up. Limits: the scapula follows the arm by a fixed rhythm
(about 1 to 2, Inman 1944), the spine bends in three regions, forearm and thigh share their twist over two bones.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.compiled import compiled
from supple.motion.angles import NAMES

Floats = NDArray[np.float64]

SPINE = {  # which share of which region each bone takes
    "spine05": ("lumbar", 0.25),
    "spine04": ("lumbar", 0.40),
    "spine03": ("lumbar", 0.35),
    "spine02": ("thoracic", 0.5),
    "spine01": ("thoracic", 0.5),
    "neck01": ("neck", 0.30),
    "neck02": ("neck", 0.25),
    "neck03": ("neck", 0.20),
    "head": ("neck", 0.25),
}
RETRACTION = {"neck01": -0.5, "neck02": -0.5, "neck03": 0.4, "head": 0.6}  # the lower neck glides back, the nod follows
FINGER_SHARE = {"1": 0.8, "2": 1.1, "3": 0.8}  # knuckle, middle and end joint
SCAPULA_SHARE, SCAPULA_FROM_DEG, SCAPULA_MOST_DEG = 0.3, 35.0, 42.0
UPPER_ARM_TWIST, FOREARM_TWIST, THIGH_TWIST = 0.45, 0.6, 0.5  # what the near bone takes of the twist


@dataclass(frozen=True, eq=False)
class Skeleton:
    """The bones of a body, and each limb's frame at rest: y along the bone, x its hinge or z forwards; (b, 3, 3)."""

    bones: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Floats
    frames: Floats


@dataclass(frozen=True, eq=False)
class Poses:
    """Poses of a skeleton: global rotations (k, b, 3, 3) and the places of the bones' heads in metres (k, b, 3)."""

    rotations: Floats
    places: Floats


def skeleton(body: Body) -> Skeleton:
    """The skeleton inside a body."""
    heads = body.heads.astype(float)
    at = dict(zip(body.bones, heads, strict=True))
    frames = {bone: np.eye(3) for bone in body.bones}
    for side in "LR":
        for bone in (bone for bone in body.bones if bone.endswith(f".{side}")):
            frames[bone] = _rest_frame(bone.removesuffix(f".{side}"), at, side)
    return Skeleton(body.bones, body.parents, heads, np.stack([frames[bone] for bone in body.bones]))


def _rest_frame(stem: str, at: Mapping[str, Floats], side: str) -> Floats:
    def head(bone: str) -> Floats:
        return at[f"{bone}.{side}"]

    if stem.startswith(("upperarm", "lowerarm")):
        shoulder, elbow, wrist = head("upperarm01"), head("lowerarm01"), head("wrist")
        hinge = -np.cross(elbow - shoulder, wrist - elbow)
        return _frame(shoulder - elbow if stem.startswith("upper") else elbow - wrist, x=hinge)
    if stem.startswith(("wrist", "metacarpal", "finger")):
        return _frame(head("wrist") - head("finger3-1"), z=head("finger2-1") - head("finger5-1"))
    if stem.startswith(("upperleg", "lowerleg")):
        hip, knee, ankle = head("upperleg01"), head("lowerleg01"), head("foot")
        ahead = _forwards(head("foot"), head("toe1-1")) + np.array([0, 0, 1.0])
        return _frame(hip - knee if stem.startswith("upper") else knee - ankle, z=ahead)
    if stem.startswith(("foot", "toe")):
        return _frame(np.array([0, 1.0, 0]), z=_forwards(head("foot"), head("toe1-1")))
    return np.eye(3)


def _forwards(heel: Floats, toe: Floats) -> Floats:
    """Which way a foot points on the ground."""
    along: Floats = (toe - heel) * np.array([1.0, 0, 1.0])
    forwards: Floats = along / np.linalg.norm(along)
    return forwards


def _frame(y: Floats, *, x: Floats | None = None, z: Floats | None = None) -> Floats:
    """An orthonormal frame with its y along `y` and its x or z as near the one given as that allows."""
    y = y / np.linalg.norm(y)
    hint = x if x is not None else z
    assert hint is not None
    other = hint - y * (hint @ y)
    other = other / np.linalg.norm(other)
    columns = (other, y, np.cross(other, y)) if x is not None else (np.cross(y, other), y, other)
    return np.stack(columns, axis=1)


def vector(angles: Mapping[str, float]) -> Floats:
    """The angles in the order of `NAMES`, in degrees; what is not named is zero."""
    return np.array([angles.get(name, 0.0) for name in NAMES])


def poses(skeleton: Skeleton, angles: Floats, root: Floats) -> Poses:
    """The poses for angles (k, angle) in degrees and the pelvis at root (k, 3) in metres."""
    return _Kinematics(skeleton, np.radians(np.atleast_2d(angles)), np.atleast_2d(root)).run()


class _Kinematics:
    """One walk from the pelvis outwards; `way` holds how each part is turned from standing."""

    def __init__(self, skeleton: Skeleton, radians: Floats, root: Floats) -> None:
        self.skeleton, self.radians, self.root = skeleton, radians, root
        self.many = len(radians)
        self.index = {bone: i for i, bone in enumerate(skeleton.bones)}
        self.rotations = np.empty((self.many, len(skeleton.bones), 3, 3))
        self.way: dict[str, Floats] = {}

    def run(self) -> Poses:
        self._trunk()
        for side, sign in (("left", 1.0), ("right", -1.0)):
            self._arm(side, sign)
            self._leg(side, sign)
        return Poses(self.rotations, self._places())

    def angle(self, name: str) -> Floats:
        return self.radians[:, NAMES.index(name)]

    def _set(self, bone: str, rotation: Floats) -> None:
        self.rotations[:, self.index[bone]] = rotation

    def _get(self, bone: str) -> Floats:
        return self.rotations[:, self.index[bone]]

    def _skin(self, bone: str, way: Floats) -> Floats:
        skin: Floats = way @ self.skeleton.frames[self.index[bone]].T
        return skin

    def _trunk(self) -> None:
        pelvis = ry(self.angle("pelvis_turn")) @ rx(self.angle("pelvis_tilt")) @ rz(-self.angle("pelvis_roll"))
        self.way["root"] = pelvis
        for bone in self.skeleton.bones:
            if bone == "root":
                self._set(bone, pelvis)
            elif bone in SPINE:
                self._set(bone, self._get(self._parent(bone)) @ self._bend(bone))
            elif bone.startswith("pelvis."):
                self._set(bone, pelvis)
        self.way["thorax"] = self._get("spine01")

    def _bend(self, bone: str) -> Floats:
        region, share = SPINE[bone]
        flexion = share * self.angle(f"{region}_flexion") + RETRACTION.get(bone, 0.0) * self.angle("neck_retraction")
        return turn(
            np.stack([flexion, share * self.angle(f"{region}_rotation"), -share * self.angle(f"{region}_side_bend")], 1)
        )

    def _parent(self, bone: str) -> str:
        return self.skeleton.bones[self.skeleton.parents[self.index[bone]]]

    def _arm(self, side: str, sign: float) -> None:
        mark = side[0].upper()

        def a(name: str) -> Floats:
            return self.angle(f"{name}_{side}")

        thorax, zero = self.way["thorax"], np.zeros(self.many)
        swing = turn(np.stack([-a("shoulder_flexion"), zero, sign * a("shoulder_abduction")], 1))
        upper = swing @ ry(sign * a("shoulder_rotation"))
        elevation = np.degrees(np.arccos(np.clip(swing[:, 1, 1], -1, 1)))
        up = np.radians(np.clip((elevation - SCAPULA_FROM_DEG) * SCAPULA_SHARE, 0, SCAPULA_MOST_DEG)) + a(
            "scapula_elevation"
        )
        forwards = np.radians(-12) * swing[:, 2, 1] + a("scapula_protraction")
        clavicle = thorax @ rz(sign * up * 0.8) @ ry(-sign * forwards)
        for bone in (f"clavicle.{mark}", f"shoulder01.{mark}"):
            self._set(bone, clavicle)
        arm = thorax @ upper
        self.way[f"arm_{side}"] = arm
        self._twisted(f"upperarm01.{mark}", f"upperarm02.{mark}", clavicle, arm, UPPER_ARM_TWIST)
        forearm = arm @ rx(-a("elbow_flexion"))
        self.way[f"forearm_{side}"] = forearm
        turned = forearm @ ry(-sign * a("forearm_pronation"))
        self._set(f"lowerarm01.{mark}", self._skin(f"lowerarm01.{mark}", forearm))
        near, far = self._get(f"lowerarm01.{mark}"), self._skin(f"wrist.{mark}", turned)
        axis = self._along(f"lowerarm01.{mark}", f"wrist.{mark}")
        self._set(f"lowerarm02.{mark}", near @ twist(np.swapaxes(near, 1, 2) @ far, axis, FOREARM_TWIST))
        hand = turned @ rz(-sign * a("wrist_flexion")) @ rx(-a("wrist_deviation"))
        self.way[f"hand_{side}"] = hand
        self._hand(mark, sign, hand, a("finger_flexion"), a("thumb_flexion"))

    def _hand(self, mark: str, sign: float, hand: Floats, curl: Floats, thumb: Floats) -> None:
        thumbs = rz(-sign * thumb * 0.5) @ rx(thumb * 0.5)
        fingers = {joint: rz(-sign * curl * share) for joint, share in FINGER_SHARE.items()}
        for i, bone in enumerate(self.skeleton.bones):
            if not bone.endswith(f".{mark}") or not bone.startswith(("wrist", "metacarpal", "finger")):
                continue
            frame = self.skeleton.frames[i]
            if not bone.startswith("finger"):
                self.rotations[:, i] = hand @ frame.T
                continue
            finger, joint = bone[len("finger")], bone[len("finger1-")]
            bend = thumbs if finger == "1" else fingers[joint]
            self.rotations[:, i] = self.rotations[:, self.skeleton.parents[i]] @ (frame @ bend @ frame.T)

    def _leg(self, side: str, sign: float) -> None:
        mark = side[0].upper()

        def a(name: str) -> Floats:
            return self.angle(f"{name}_{side}")

        zero = np.zeros(self.many)
        swing = turn(np.stack([-a("hip_flexion"), zero, sign * a("hip_abduction")], 1))
        thigh = self.way["root"] @ swing @ ry(sign * a("hip_rotation"))
        self.way[f"thigh_{side}"] = thigh
        self._twisted(f"upperleg01.{mark}", f"upperleg02.{mark}", self.way["root"], thigh, THIGH_TWIST)
        shank = thigh @ rx(a("knee_flexion"))
        self.way[f"shank_{side}"] = shank
        for bone in (f"lowerleg01.{mark}", f"lowerleg02.{mark}"):
            self._set(bone, self._skin(bone, shank))
        foot = shank @ rx(-a("ankle_dorsiflexion")) @ rz(-sign * a("ankle_inversion"))
        self.way[f"foot_{side}"] = foot
        self._set(f"foot.{mark}", self._skin(f"foot.{mark}", foot))
        self._set(f"toe1-1.{mark}", self._skin(f"toe1-1.{mark}", foot @ rx(-a("toe_extension"))))

    def _twisted(self, near: str, far: str, above: Floats, way: Floats, share: float) -> None:
        """Both bones of a limb point the same way, but the near one takes only a share of the twist."""
        full = self._skin(near, way)
        back = twist(np.swapaxes(above, 1, 2) @ full, self._along(near, far), share - 1)
        self._set(near, full @ back)
        self._set(far, full)

    def _along(self, bone: str, next_bone: str) -> Floats:
        heads = self.skeleton.heads
        along: Floats = heads[self.index[next_bone]] - heads[self.index[bone]]
        unit: Floats = along / np.linalg.norm(along)
        return unit

    def _places(self) -> Floats:
        heads, places = self.skeleton.heads, np.empty((self.many, len(self.skeleton.bones), 3))
        for i, parent in enumerate(self.skeleton.parents):
            if parent < 0:
                places[:, i] = self.root
            else:
                places[:, i] = places[:, parent] + self.rotations[:, parent] @ (heads[i] - heads[parent])
        return places


@compiled
def turn(vectors: Floats) -> Floats:
    """Rotation matrices (k, 3, 3) of rotation vectors (k, 3) in radians (Rodrigues)."""
    turned = np.empty((len(vectors), 3, 3))
    for k in range(len(vectors)):
        angle = np.sqrt(vectors[k, 0] ** 2 + vectors[k, 1] ** 2 + vectors[k, 2] ** 2)
        long = max(angle, 1e-12)
        x, y, z = vectors[k, 0] / long, vectors[k, 1] / long, vectors[k, 2] / long
        sine, cosine = np.sin(angle), np.cos(angle)
        rest = 1.0 - cosine
        turned[k, 0, 0], turned[k, 1, 1], turned[k, 2, 2] = (
            cosine + rest * x * x,
            cosine + rest * y * y,
            cosine + rest * z * z,
        )
        turned[k, 0, 1], turned[k, 1, 0] = rest * x * y - sine * z, rest * x * y + sine * z
        turned[k, 0, 2], turned[k, 2, 0] = rest * x * z + sine * y, rest * x * z - sine * y
        turned[k, 1, 2], turned[k, 2, 1] = rest * y * z - sine * x, rest * y * z + sine * x
    return turned


@compiled
def _about(axis: int, angle: Floats) -> Floats:
    """Rotations (k, 3, 3) of radians (k,) about one axis, which bring the next axis towards the one after it."""
    one, other = (axis + 1) % 3, (axis + 2) % 3
    turned = np.zeros((len(angle), 3, 3))
    for k in range(len(angle)):
        turned[k, axis, axis] = 1.0
        turned[k, one, one] = turned[k, other, other] = np.cos(angle[k])
        turned[k, other, one] = np.sin(angle[k])
        turned[k, one, other] = -turned[k, other, one]
    return turned


def rx(angle: Floats) -> Floats:
    """Rotations about x, which brings y towards z; (k, 3, 3) of radians (k,)."""
    return _about(0, angle)


def ry(angle: Floats) -> Floats:
    """Rotations about y, which brings z towards x."""
    return _about(1, angle)


def rz(angle: Floats) -> Floats:
    """Rotations about z, which brings x towards y."""
    return _about(2, angle)


def twist(rotations: Floats, axis: Floats, share: float) -> Floats:
    """A share of the part of each rotation that turns about `axis` (swing and twist)."""
    sine = 0.5 * np.stack([rotations[:, i, j] - rotations[:, j, i] for i, j in ((2, 1), (0, 2), (1, 0))], axis=1) @ axis
    cosine = 0.5 * (1 + np.trace(rotations, axis1=1, axis2=2))
    return turn(axis * (2 * np.arctan2(sine, cosine) * share)[:, None])
