"""A table as it stands in its file, and as a value: what its shape allows, and nothing else."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from supple.catalogue import toml_shape
from supple.catalogue.words import Tag
from supple.safety.tables import dose, light, person, session, speech

FOLDER = Path(__file__).parent
BESIDE = ("population",)  # stands next to the module that reads it
SHAPES: dict[str, type] = {
    "aftercare": dose.Aftercare,
    "before_session": person.BeforeSession,
    "direction": session.DirectionTable,
    "dosage": dose.Dosage,
    "emergency_numbers": person.EmergencyNumbers,
    "forms": speech.Forms,
    "gate": session.GateTable,
    "limits": session.Limits,
    "messages": person.Messages,
    "population": dict[Tag, person.PopulationRow],
    "precautions": person.Precautions,
    "progression": dose.Progression,
    "questions": person.Questions,
    "screening": person.Screening,
    "spoken": speech.Spoken,
    "tags": person.Tags,
    "traffic_light": light.TrafficLight,
    "whom": person.Whom,
    "words": person.Words,
}


@dataclass(frozen=True)
class Shaped:
    """The keys of a table as TOML gives them, and the same as a value of its shape."""

    keys: dict[str, Any]
    value: Any


@cache
def shaped(name: str) -> Shaped:
    """The table `name`.toml; raises CatalogueError where it does not keep its shape.

    >>> shaped("gate").value.gates[0].range
    (0, 4)
    """
    file = (FOLDER.parent if name in BESIDE else FOLDER) / f"{name}.toml"
    keys = toml_shape.table(file)
    return Shaped(keys, toml_shape.value(SHAPES[name], keys, place=file.name))
