"""`supple render`: a plan as a film with voice and music, to follow along on any screen."""

from pathlib import Path
from typing import Annotated

import typer

from supple.cli.plans import read_plan

MP4 = b"ftyp"  # bytes 4 to 8 of every such file


def render(
    plan: Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The film, an MP4 file.")],
    size: Annotated[
        str, typer.Option(metavar="WxH", help="In pixels; 720x1280 for a phone held upright.")
    ] = "1280x720",
    fps: Annotated[int, typer.Option(help="Pictures a second, 1 to 60.")] = 30,
    voice: Annotated[str, typer.Option(help="en, a Piper voice's file, or none.")] = "en",
    music: Annotated[str, typer.Option(help="calm, bright, none, or a sound file of your own.")] = "calm",
    body: Annotated[str, typer.Option(help="Whose body: woman, man, older, heavier.")] = "woman",
    ground: Annotated[str, typer.Option(help="By daylight or in the evening: light or dusk.")] = "light",
) -> None:
    """Make a film of a session: figure, voice, music, chapters, subtitles; and a poster beside it."""
    made = read_plan(plan)
    _need_a_place(output)
