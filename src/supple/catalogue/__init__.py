"""Every stretch as data: read it, look one up, and see which muscle groups it serves."""

from supple.catalogue.claims import Claim, load_claims
from supple.catalogue.reader import Catalogue, UnknownStretch, load, read, read_stretch
from supple.catalogue.stretch import (
    Also,
    Camera,
    CameraMeasure,
    CycleDose,
    HoldDose,
    JointRange,
    Mistake,
    SegmentLoad,
    SpineLoad,
    Stretch,
)
from supple.catalogue.toml_shape import CatalogueError
from supple.catalogue.words import AlsoDo, Axial, CameraView, ClaimStatus, Flag, Grade, Kind, Sides, SpineDirection, Tag

__all__ = [
    "Also",
    "AlsoDo",
    "Axial",
    "Camera",
    "CameraMeasure",
    "CameraView",
    "Catalogue",
    "CatalogueError",
    "Claim",
    "ClaimStatus",
    "CycleDose",
    "Flag",
    "Grade",
    "HoldDose",
    "JointRange",
    "Kind",
    "Mistake",
    "SegmentLoad",
    "Sides",
    "SpineDirection",
    "SpineLoad",
    "Stretch",
    "Tag",
    "UnknownStretch",
    "load",
    "load_claims",
    "read",
    "read_stretch",
]
