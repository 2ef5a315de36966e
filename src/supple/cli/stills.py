"""`supple stills`: a picture of a stretch, as the figure performs it."""

from pathlib import Path
from typing import Annotated

import typer

from supple.anatomy import Side
from supple.cli.files import FileError
from supple.cli.library import named, stretch_ids


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
        from supple.figure.stills import backing, still, write
        from supple.figure.view import named as view_named
    except ImportError as error:
        raise FileError("supple stills needs the figure; get it with: pip install 'supple[figure]'.") from error

    known = named(stretch).id
    shown = perform(Wanted(known, arc, side, body, way), tinted=muscles)
    seen = view_named(view) if view else shown.view
    drawn = still(
        scene(shown.person, shown.props, seen),
        seen,
        picture_size(size),
        behind=backing(ground),
        frame=frame(shown.person, shown.props),
    )
    try:
        write(drawn, output)
    except (OSError, ValueError) as error:
        raise FileError(f"{output}: cannot be written; choose another place, and a name that ends in .png.") from error
    if not shown.whole:
        typer.echo(f"{known}: its motion has not passed the look yet, so this is how it begins.", err=True)


def picture_size(words: str) -> tuple[int, int]:
    """Width and height of `words` such as 640x480; raises FileError."""
    wide, cross, tall = words.partition("x")
    if not (cross and wide.isdigit() and tall.isdigit()):
        raise FileError(f"size: {words!r} is no size; write width and height in pixels, such as 640x480.")
    return int(wide), int(tall)
