"""`supple stills`: a picture of a stretch, as the figure performs it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from supple.anatomy import Side
from supple.catalogue import load
from supple.cli.library import stretch_ids
from supple.files import FileError, is_file, write_bytes

PNG = b"\x89PNG\r\n\x1a\n"  # how every such file begins


def stills(
    stretch: Annotated[str, typer.Argument(help="Its id or name.", autocompletion=stretch_ids)],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The picture, a PNG file.")],
    arc: Annotated[float, typer.Option(help="How far, 10 to 100 percent.")] = 100.0,
    side: Annotated[Side, typer.Option(help="Which side is stretched.")] = Side.LEFT,
    view: Annotated[str, typer.Option(help="From where; else where the stretch is seen best.")] = "",
    body: Annotated[str, typer.Option(help="Whose body: woman, man, older, heavier.")] = "woman",
    size: Annotated[str, typer.Option(metavar="WxH", help="In pixels.")] = "640x480",
    ground: Annotated[str, typer.Option(help="Behind the figure: transparent, light or dusk.")] = "transparent",
    way: Annotated[str, typer.Option(help="Which end of a flow, such as round or hollow.")] = "",
    muscles: Annotated[bool, typer.Option(help="Mark the muscles that are stretched.")] = True,
) -> None:
    """Draw a stretch as a picture."""
    try:
        from supple.figure.performance import Wanted, perform
        from supple.figure.scene import frame, scene
        from supple.figure.stills import backing, png, still
        from supple.figure.view import named as view_named
    except ImportError as error:
        raise FileError("supple stills needs the figure; get it with: pip install 'supple[figure]'.") from error

    found = load().named(stretch)
    known = found.id
    _need_a_place(output)
    if sys.stdout.isatty():
        typer.echo(f"Drawing {found.name}; this takes some seconds ...")
    shown = perform(Wanted(known, arc, side, body, way), tinted=muscles)
    seen = view_named(view) if view else shown.view
    drawn = still(
        scene(shown.person, shown.props, seen),
        seen,
        picture_size(size),
        behind=backing(ground),
        frame=frame(shown.person, shown.props),
    )
    write_bytes(output, png(drawn))
    typer.echo(f"Written: {output}")
    if shown.resting:
        typer.echo(f"{known}: {shown.resting}", err=True)


def _need_a_place(output: Path) -> None:
    """Raises FileError for a name that is none of a picture, and where something else lies there."""
    if output.suffix.lower() != ".png":
        raise FileError(f"{output}: the picture is a PNG; give a name that ends in .png.")
    if is_file(output) and not _is_png(output):
        raise FileError(f"{output}: this file is no picture in PNG and is left as it is; choose another name.")


def _is_png(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(PNG)) == PNG
    except OSError:
        return False


def picture_size(words: str) -> tuple[int, int]:
    """Width and height of `words` such as 640x480; raises FileError."""
    wide, cross, tall = words.partition("x")
    if not (cross and wide.isdigit() and tall.isdigit()):
        raise FileError(f"size: {words!r} is no size; write width and height in pixels, such as 640x480.")
    return int(wide), int(tall)
