"""`supple batch`: many films at once, on every core or on a cluster."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from supple.cli.before import need_fresh
from supple.cli.moments import now
from supple.cli.plans import plan_in
from supple.cli.render import (
    Body,
    Fps,
    Ground,
    Music,
    Size,
    VoiceName,
    asked,
    film_folder,
    heard,
    lacking,
    need_a_place,
    showing,
)
from supple.files import FileError, make_folder, read_text
from supple.planner import Plan, PlanRefused
from supple.safety.freshness import OldAnswers

MOST_BYTES = 200_000_000
A_WORD = re.compile(r"\S")

app = typer.Typer(help="The same for many people at once.", no_args_is_help=True)


@app.callback()
def _many() -> None:
    """So that a single command keeps its name."""


@app.command("render")
def render(
    plans: Annotated[
        Path, typer.Argument(help="Plans of supple plan --json, one after the other.", show_default=False)
    ],
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
    make_folder(output)
    good, refused = _read(plans, output)
    studio = Studio(asked(size, fps, body, ground), heard(voice, music), film_folder(), scheduler or None)
    with showing() as told:
        faults = make_all({output / f"{line:04}.mp4": plan for line, plan in good.items()}, studio, told)
    for line, why in refused.items():
        typer.echo(f"line {line}: {why}", err=True)
    for film, why in faults.items():
        typer.echo(f"{film.name}: {why}", err=True)
    typer.echo(f"Written: {len(good) - len(faults)} of {len(good) + len(refused)} films in {output}")
    return 2 if refused or faults else 0


def _read(path: Path, output: Path) -> tuple[dict[int, Plan], dict[int, str]]:
    """The plans by their lines, and why others are none or have no place in `output`."""
    good, refused = {}, {}
    for number, data in _each(read_text(path, most_bytes=MOST_BYTES)):
        if data is None:
            refused[number] = "this is no whole plan; make it again with supple plan --json."
            continue
        try:
            made = plan_in(data, path)
            need_fresh(made, path, now().date())
            need_a_place(output / f"{number:04}.mp4")
        except (FileError, PlanRefused, OldAnswers) as error:
            refused[number] = str(error)
        else:
            good[number] = made
    return good, refused


def _each(text: str) -> Iterator[tuple[int, object]]:
    """Every JSON value with the line on which it begins; None for what is none, as far as its line goes."""
    at, counted, line, read = 0, 0, 1, json.JSONDecoder()
    while found := A_WORD.search(text, at):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        try:
            value, at = read.raw_decode(text, found.start())
            yield line, value
        except (json.JSONDecodeError, RecursionError):
            yield line, None
            at = end if (end := text.find("\n", found.start())) >= 0 else len(text)
