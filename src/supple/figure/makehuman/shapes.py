"""A person's shape: MakeHuman's macro targets blended for age, sex, build and height, then local targets on top."""

from itertools import product

import numpy as np

from supple.figure.makehuman.data import Floats, MakeHuman
from supple.figure.makehuman.recipes import Recipe

STEPS: dict[str, tuple[tuple[str, float], ...]] = {
    "gender": (("male", 0.0), ("female", 1.0)),
    "age": (("baby", 0.0), ("child", 1 / 3), ("young", 2 / 3), ("old", 1.0)),
    "muscle": (("minmuscle", 0.0), ("averagemuscle", 0.5), ("maxmuscle", 1.0)),
    "weight": (("minweight", 0.0), ("averageweight", 0.5), ("maxweight", 1.0)),
    "height": (("minheight", 0.0), ("maxheight", 1.0)),
    "proportions": (("uncommonproportions", 0.0), ("idealproportions", 1.0)),
    "cup": (("mincup", 0.0), ("averagecup", 0.5), ("maxcup", 1.0)),
    "firmness": (("minfirmness", 0.0), ("averagefirmness", 0.5), ("maxfirmness", 1.0)),
}
RACES = ("african", "asian", "caucasian")
Shares = dict[str, float]


def step_shares(trait: str, value: float) -> Shares:
    """How much of each named step makes up `value` (0..1) of a trait; linear between neighbours.

    >>> step_shares("age", 5 / 6)
    {'baby': 0.0, 'child': 0.0, 'young': 0.5, 'old': 0.5}
    """
    names, places = zip(*STEPS[trait], strict=True)
    rows = np.eye(len(places))
    return {name: round(float(np.interp(value, places, row)), 9) for name, row in zip(names, rows, strict=True)}


def macro_shares(traits: dict[str, float]) -> Shares:
    """The macro targets that make up a person, with their shares."""
    shares = {trait: step_shares(trait, value) for trait, value in traits.items()}
    found: Shares = {}
    for names in product(shares["gender"], shares["age"], shares["muscle"], shares["weight"]):
        gender, age, muscle, weight = names
        share = shares["gender"][gender] * shares["age"][age] * shares["muscle"][muscle] * shares["weight"][weight]
        stem = "-".join(names)
        found[f"macrodetails/universal-{stem}"] = share
        for folder in ("height", "proportions"):
            for step, part in shares[folder].items():
                found[f"macrodetails/{folder}/{stem}-{step}"] = share * part
        if gender == "female":
            for cup, firm in product(shares["cup"], shares["firmness"]):
                found[f"breast/{stem}-{cup}-{firm}"] = share * shares["cup"][cup] * shares["firmness"][firm]
    for race, gender, age in product(RACES, shares["gender"], shares["age"]):
        found[f"macrodetails/{race}-{gender}-{age}"] = shares["gender"][gender] * shares["age"][age] / len(RACES)
    return {name: share for name, share in found.items() if share > 0}


def shaped(data: MakeHuman, recipe: Recipe) -> Floats:
    """Every vertex of the base mesh in metres, shaped, mirror-symmetric, of the right height, soles at y = 0."""
    points = data.base[0].copy()
    for name, share in macro_shares(recipe.traits).items():
        if data.has(f"targets/{name}.target.gz"):
            points += share * data.target(name)
    for name, share in recipe.targets.items():
        points += share * data.target(name)
    points = _mirrored(points, data)
    skin = points[data.groups["body"]]
    points[:, 1] -= skin[:, 1].min()
    scaled: Floats = points * (recipe.height_m / np.ptp(skin[:, 1]))
    return scaled


def _mirrored(points: Floats, data: MakeHuman) -> Floats:
    partner: Floats = points[data.mirror] * (-1.0, 1.0, 1.0)
    half: Floats = (points + partner) / 2
    return half
