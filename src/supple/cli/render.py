"""`supple render`: a plan as a film with voice and music, to follow along on any screen."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from supple.cli.before import need_fresh, need_no_sign
from supple.cli.moments import now as clock_now
from supple.cli.place import data_folder, usual_folder
from supple.cli.plans import read_plan
from supple.cli.stills import picture_size
from supple.files import FileError, is_file

if TYPE_CHECKING:
    from supple.video.film import Wanted
    from supple.video.making import Progress as Made
    from supple.video.making import Sound

NONE, SHIPPED = "none", "en"
PlanFile = Annotated[Path, typer.Argument(help="A plan written by supple plan --json or -o.", show_default=False)]
Size = Annotated[str, typer.Option(metavar="WxH", help="In pixels; 720x1280 for a phone held upright.")]
Fps = Annotated[int, typer.Option(help="Pictures a second, 1 to 60.")]
VoiceName = Annotated[str, typer.Option(metavar="LANG", help="en, the file of a Piper voice, or none.")]
Music = Annotated[str, typer.Option(help="calm, bright, none, or a sound file of your own.")]
Body = Annotated[str, typer.Option(help="Whose body: woman, man, older, heavier.")]
Ground = Annotated[str, typer.Option(help="By daylight or in the evening: light or dusk.")]


def render(
    plan: PlanFile,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="The film, an MP4 file.")],
    size: Size = "1280x720",
    fps: Fps = 30,
    voice: VoiceName = SHIPPED,
    music: Music = "calm",
    body: Body = "woman",
    ground: Ground = "light",
) -> None:
    """Make a film of a session: figure, voice, music, chapters, subtitles; a poster and the words lie beside it."""
    made, now = read_plan(plan), clock_now()
    need_no_sign(made, {usual_folder().resolve()}, now)
    need_fresh(made, plan, now.date())
    need_a_place(output)
    try:
        from supple.video.making import Studio, make
    except ImportError as error:
        raise lacking(error) from error
    studio = Studio(asked(size, fps, body, ground), heard(voice, music), film_folder())
    with showing() as told:
        make(made, studio, output, told)
    typer.echo(f"Written: {output}")


def asked(size: str, fps: int, body: str, ground: str) -> "Wanted":
    """How the film is to look; raises FileError, and what the figure raises."""
    from supple.figure.body import UnknownBody, names
    from supple.figure.stills import Backing, UnknownGround, backing
    from supple.video.film import Wanted, check

    behind = backing(ground)
    if behind is Backing.TRANSPARENT:
        raise UnknownGround("ground: a film is by daylight or in the evening; choose light or dusk.")
    if body not in names():
        raise UnknownBody(f"There is no body '{body}': choose one of {', '.join(names())}.")
    wanted = Wanted(picture_size(size), fps, body, behind)
    check(wanted)
    return wanted


def heard(voice: str, music: str) -> "Sound":
    """Who speaks, and what plays; raises what a missing voice or an unreadable sound raises."""
    from supple.video.making import sound
    from supple.video.voice import chain, piper, shipped, silence

    speaks = silence() if voice == NONE else chain(shipped()) if voice == SHIPPED else piper(Path(voice))
    return sound(speaks, music, film_folder())


def film_folder() -> Path:
    """Where what films are made of is kept."""
    return data_folder() / "film"


def need_a_place(output: Path) -> None:
    """Raises FileError for a name of another kind, where something else lies, and where nothing can be written."""
    if output.suffix.lower() != ".mp4":
        raise FileError(f"{output}: the film is an MP4; give a name that ends in .mp4.")
    for file, mark in {
        output: b"ftyp",
        output.with_suffix(".vtt"): b"WEBVTT",
        output.with_suffix(".jpg"): b"\xff\xd8",
    }.items():
        if file.is_dir():
            raise FileError(f"{file}: this is a folder; choose another name.")
        if is_file(file) and mark not in file.read_bytes()[:12]:
            raise FileError(f"{file}: this file is none that a film has, and is left as it is; choose another name.")
    if not output.resolve().parent.is_dir():
        raise FileError(f"{output}: there is no folder {output.parent}; make it, or choose another place.")
    try:
        TemporaryFile(dir=output.resolve().parent).close()  # it takes minutes until the film is written
    except OSError as error:
        raise FileError(f"{output}: cannot be written ({error.strerror}); choose another place.") from error


def lacking(error: ImportError) -> FileError:
    """What to install."""
    return FileError(f"supple render needs {error.name}; get it with: pip install 'supple[figure,video]'.")


@contextmanager
def showing() -> "Iterator[Callable[[Made], None]]":
    """A bar on standard error that grows with a film."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task("a film", total=1.0)
        yield lambda made: bar.update(task, completed=made.share, description=made.doing)
