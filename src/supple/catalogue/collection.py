"""The collections of the library: which stretches belong together, and where the seeds ask for it."""

from dataclasses import dataclass
from functools import cache

from supple.anatomy import Position, Region, Setting
from supple.catalogue.reader import HERE, load
from supple.catalogue.stretch import Stretch
from supple.catalogue.toml_shape import CatalogueError, table, value
from supple.catalogue.words import Kind


@dataclass(frozen=True)
class Collection:
    """Stretches by name, in order; or every stretch that has one of the words in each part that is given."""

    id: str
    name: str
    about: str
    source: str
    seed_refs: tuple[str, ...]
    stretches: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    settings: tuple[Setting, ...] = ()
    positions: tuple[Position, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def has(self, stretch: Stretch) -> bool:
        """Whether `stretch` belongs to it.

        >>> load_collections()["in_bed"].has(load().stretch("bed_edge_hip_flexor"))
        True
        """
        if self.stretches:
            return stretch.id in self.stretches
        parts: tuple[tuple[set[str], set[str]], ...] = (
            (set(self.regions), set(stretch.regions)),
            (set(self.settings), set(stretch.settings)),
            (set(self.positions), {stretch.start_position}),
            (set(self.kinds), {stretch.kind}),
        )
        return all(not wanted or wanted & found for wanted, found in parts)


@dataclass(frozen=True)
class CollectionFile:
    """All of `collections.toml`."""

    collections: tuple[Collection, ...]


@cache
def load_collections() -> dict[str, Collection]:
    """Every collection by its id, in the order of the file; raises CatalogueError naming the key."""
    found: dict[str, Collection] = {}
    for one in value(CollectionFile, table(HERE / "collections.toml"), place="collections.toml").collections:
        if one.id in found:
            raise CatalogueError(f"collections.toml: 'id' is '{one.id}' twice; give one of them another.")
        if bool(one.stretches) is any((one.regions, one.settings, one.positions, one.kinds)):
            raise CatalogueError(f"collections.toml: '{one.id}' needs either 'stretches' or words to choose by.")
        for name in one.stretches:
            load().stretch(name)
        found[one.id] = one
    return found
