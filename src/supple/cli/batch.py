"""`supple batch`: many films at once, on every core or on a cluster."""

import json
from pathlib import Path
from typing import Annotated

import typer

from supple.cli.plans import PLAN, checked
from supple.cli.render import Body, Fps, Ground, Music, Size, VoiceName, asked, film_folder, heard, lacking, showing
from supple.files import FileError, make_folder, read_text, value_of
from supple.planner import Plan, PlanRefused

MOST_BYTES = 200_000_000

app = typer.Typer(help="The same for many people at once.", no_args_is_help=True)


@app.callback()
def _many() -> None:
    """So that a single command keeps its name."""


@app.command("render")
def render(
    plans: Annotated[Path, typer.Argument(help="Plans of supple plan --json, one on each line.", show_default=False)],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for the films.")],
    size: Size = "1280x720",
    fps: Fps = 30,
    voice: VoiceName = "en",
    music: Music = "calm",
    body: Body = "woman",
    ground: Ground = "light",
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask cluster, such as tcp://10.0.0.1:8786.")
    ] = "",
) -> int:
    """Make a film of each plan; one that cannot be filmed is named, and the others are made."""
    try:
        from supple.video.making import Studio, make_all
    except ImportError as error:
        raise lacking(error) from error
    good, refused = _read(plans)
    make_folder(output)
    studio = Studio(asked(size, fps, body, ground), heard(voice, music), film_folder(), scheduler or None)
    with showing() as told:
        faults = make_all({output / f"{line:04}.mp4": plan for line, plan in good.items()}, studio, told)
    for line, why in refused.items():
        typer.echo(f"line {line}: {why}", err=True)
    for film, why in faults.items():
        typer.echo(f"{film.name}: {why}", err=True)
    typer.echo(f"Written: {len(good) - len(faults)} of {len(good) + len(refused)} films in {output}")
    return 2 if refused or faults else 0


def _read(path: Path) -> tuple[dict[int, Plan], dict[int, str]]:
    """The plans by their lines, and why others are none."""
    good, refused = {}, {}
    for number, line in enumerate(read_text(path, most_bytes=MOST_BYTES).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            good[number] = checked(value_of(PLAN, data, path), path)
        except json.JSONDecodeError:
            refused[number] = "this is no whole plan; write each on a line of its own."
        except (FileError, PlanRefused) as error:
            refused[number] = str(error)
    return good, refused
