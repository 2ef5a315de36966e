"""The catalogue as it is used: every stretch, and which muscle belongs to which group."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from supple.anatomy import Muscle, MuscleGroup
from supple.catalogue.stretch import JointRange, Stretch
from supple.catalogue.toml_shape import CatalogueError, table, value
from supple.shapes import Between

HERE = Path(__file__).parent


class UnknownStretch(LookupError):
    """No stretch bears that id."""


@dataclass(frozen=True)
class MuscleGroups:
    """Which muscles make up each group, and how much a secondary target counts towards the group's dose."""

    source: str
    note: str
    secondary_share: Annotated[float, Between(0, 1)]
    groups: dict[MuscleGroup, tuple[Muscle, ...]]


@dataclass(frozen=True)
class Catalogue:
    """All stretches by id, in the order of their ids, and the group of every muscle."""

    stretches: Mapping[str, Stretch]
    groups: Mapping[Muscle, MuscleGroup]
    secondary_share: float

    def stretch(self, stretch_id: str) -> Stretch:
        """The stretch of that id; raises UnknownStretch with the nearest ids.

        >>> load().stretch("soleus_wall").start_position.value
        'standing'
        """
        if stretch_id not in self.stretches:
            near = difflib.get_close_matches(stretch_id, self.stretches)
            remedy = f"did you mean {' or '.join(near)}?" if near else "see them all with: supple library list."
            raise UnknownStretch(f"There is no stretch '{stretch_id}'; {remedy}")
        return self.stretches[stretch_id]

    def named(self, words: str) -> Stretch:
        """The stretch of that id, or of that name or other name in any case; raises UnknownStretch.

        >>> load().named("cat-camel").id
        'cat_camel'
        """
        for stretch in self.stretches.values():
            if words.strip().casefold() in (name.casefold() for name in (stretch.name, *stretch.aliases)):
                return stretch
        return self.stretch(words.strip())

    def group_shares(self, stretch: Stretch) -> dict[MuscleGroup, float]:
        """What share of its seconds a stretch gives to each group: 1 for a primary muscle, else the secondary share.

        >>> {group.value: share for group, share in load().group_shares(load().stretch("soleus_wall")).items()}
        {'calves': 1.0}
        """
        shares = {self.groups[muscle]: self.secondary_share for muscle in stretch.secondary}
        shares.update({self.groups[muscle]: 1.0 for muscle in stretch.primary})
        return {group: shares[group] for group in MuscleGroup if group in shares}


@cache
def load() -> Catalogue:
    """The catalogue that comes with the package, read once.

    >>> "soleus_wall" in load().stretches
    True
    """
    return read(HERE)


def read(folder: Path) -> Catalogue:
    """The catalogue in `folder`: `stretches/*.toml` and `muscle_groups.toml`; raises CatalogueError naming the key."""
    files = sorted((folder / "stretches").glob("*.toml"))
    if not files:
        raise CatalogueError(f"{folder / 'stretches'}: no stretch is here; name the folder that holds stretches/.")
    muscles = value(MuscleGroups, table(folder / "muscle_groups.toml"), place="muscle_groups.toml")
    stretches = {file.stem: read_stretch(file) for file in files}
    _each_name_once(stretches)
    return Catalogue(
        stretches=stretches,
        groups=_group_of_each(muscles.groups),
        secondary_share=muscles.secondary_share,
    )


def _each_name_once(stretches: dict[str, Stretch]) -> None:
    """Whoever tells of a stretch by a name means one."""
    whose: dict[str, str] = {}
    for stretch in stretches.values():
        for name in (stretch.name, *stretch.aliases):
            other = whose.setdefault(name.casefold(), stretch.id)
            if other != stretch.id:
                raise CatalogueError(f"{stretch.id}.toml: '{name}' names {other}.toml too; give one of them another.")


def read_stretch(file: Path) -> Stretch:
    """The stretch that `file` describes; raises CatalogueError naming file and key."""
    stretch = value(Stretch, table(file), place=file.name)
    if stretch.id != file.stem:
        raise CatalogueError(f"{file.name}: 'id' is '{stretch.id}'; write '{file.stem}', or rename the file.")
    if not stretch.steps or not stretch.primary or not stretch.settings:
        raise CatalogueError(f"{file.name}: 'steps', 'primary' and 'settings' need at least one entry each; add it.")
    for joint_range in stretch.joint_motions:
        _check_range(joint_range, file.name)
    for tag, numbers in stretch.replaced_steps.items():
        if not all(1 <= number <= len(stretch.steps) for number in numbers):
            raise CatalogueError(f"{file.name}: 'replaced_steps', {tag} names a step that is not there; count from 1.")
    return stretch


def _check_range(joint_range: JointRange, place: str) -> None:
    given = [bounds for bounds in (joint_range.range_deg, joint_range.range_cm) if bounds is not None]
    where = f"{place}: 'joint_motions', {joint_range.joint} {joint_range.motion}"
    if len(given) != 1:
        raise CatalogueError(f"{where} has {len(given)} ranges; write either range_deg or range_cm.")
    if given[0][0] > given[0][1]:
        raise CatalogueError(f"{where} runs from {given[0][0]:g} down to {given[0][1]:g}; write the smaller first.")


def _group_of_each(groups: Mapping[MuscleGroup, tuple[Muscle, ...]]) -> dict[Muscle, MuscleGroup]:
    found: dict[Muscle, MuscleGroup] = {}
    for group, muscles in groups.items():
        for muscle in muscles:
            if muscle in found:
                raise CatalogueError(f"muscle_groups.toml: '{muscle}' is in {found[muscle]} and {group}; keep one.")
            found[muscle] = group
    for muscle in Muscle:
        if muscle not in found:
            raise CatalogueError(f"muscle_groups.toml: '{muscle}' is in no group; add it to one.")
    return found
