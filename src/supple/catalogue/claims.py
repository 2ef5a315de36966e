"""What the product may say about benefit: each claim with its source, its grade and whether it may be shown."""

from dataclasses import dataclass
from functools import cache

from supple.catalogue.reader import HERE
from supple.catalogue.toml_shape import CatalogueError, table, value
from supple.catalogue.words import ClaimStatus, Grade


@dataclass(frozen=True)
class Claim:
    """One benefit sentence; `shown_as` is the softer sentence to show instead, empty unless the status is softened."""

    id: str
    text: str
    source: str
    grade: Grade
    status: ClaimStatus
    shown_as: str = ""
    seed_refs: tuple[str, ...] = ()

    @property
    def sentence(self) -> str | None:
        """What may be put before people, or None where the claim is hidden."""
        return {ClaimStatus.SHOWN: self.text, ClaimStatus.SOFTENED: self.shown_as}.get(self.status)


@dataclass(frozen=True)
class ClaimFile:
    """All claims of `claims.toml`."""

    claims: tuple[Claim, ...]


@cache
def load_claims() -> dict[str, Claim]:
    """Every claim by its id, in the order of the file.

    >>> load_claims()["cure"].sentence is None
    True
    """
    claims: dict[str, Claim] = {}
    for claim in value(ClaimFile, table(HERE / "claims.toml"), place="claims.toml").claims:
        if claim.id in claims:
            raise CatalogueError(f"claims.toml: 'id' is '{claim.id}' twice; give one of them another.")
        if (claim.status is ClaimStatus.SOFTENED) != bool(claim.shown_as):
            raise CatalogueError(
                f"claims.toml: '{claim.id}' is {claim.status}; give softened claims alone a 'shown_as'."
            )
        claims[claim.id] = claim
    return claims
