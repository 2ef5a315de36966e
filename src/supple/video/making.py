"""A film is made: its pieces drawn, its parts encoded, its sound mixed, and all of it put together, with progress."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryFile
from typing import IO, Any

from supple.files import FileError, write_bytes, write_text
from supple.fleet import Outcome, Work, run
from supple.planner.plan import Plan
from supple.session import CueKind
from supple.video.film import (
    OPENING_S,
    ROOM,
    BadFilm,
    Film,
    Wanted,
    film,
    part_key,
    poster,
    put_together,
    subtitles,
    voiced,
)
from supple.video.kept import tidy, used
from supple.video.mix import Chime, Said, mixed
from supple.video.music import Mood, kept, own
from supple.video.reel import Card, Part, encoded
from supple.video.samples import Samples
from supple.video.stage import drawn
from supple.video.voice import Voice

NO_MUSIC = "none"
SEED = 1  # the same music in every film
DRAWING, LAYING_OUT, MIXING = "drawing the figure", "laying it out", "putting sound and picture together"
SHARES = {DRAWING: (0.0, 0.7), LAYING_OUT: (0.7, 0.25), MIXING: (0.95, 0.05)}  # of a film that begins with nothing


@dataclass(frozen=True)
class Progress:
    """What is done now, and how much of all, 0 to 1."""

    doing: str
    share: float


@dataclass(frozen=True)
class Sound:
    """Who speaks, and the music under it, (n, 2) to be repeated; None is silence."""

    voice: Voice
    bed: Samples | None


def sound(voice: Voice, music: str, folder: Path) -> Sound:
    """A voice over the music of a mood, which is kept in `folder`, over a file of one's own, or over none.

    Raises NoMusic, FileError.
    """
    if music == NO_MUSIC:
        return Sound(voice, None)
    return Sound(voice, kept(Mood(music), SEED, folder / "music") if music in {*Mood} else own(Path(music)))


@dataclass(frozen=True)
class Studio:
    """How films are to look and sound, the folder of what is kept from one film to the next, and who works.

    `scheduler` is the address of a Dask cluster; else so many `workers` of this machine work, one on each core.
    """

    wanted: Wanted
    sound: Sound
    folder: Path
    scheduler: str | None = None
    workers: int | None = None

    @property
    def pieces(self) -> Path:
        """Where the figure's pieces lie."""
        return self.folder / "pieces"

    @property
    def parts(self) -> Path:
        """Where encoded parts lie."""
        return self.folder / "parts"

    def run(self, work: Work, items: Mapping[str, Any], kept: Path) -> Iterator[Outcome]:
        """All that is not kept yet, with the outcomes as they come."""
        return run(work, items, kept, scheduler=self.scheduler, workers=self.workers)


def make(plan: Plan, studio: Studio, output: Path, told: Callable[[Progress], None]) -> None:
    """Writes one film; raises BadFilm, FileError, SchedulerGone. `told` hears of each step, and may raise to stop it.

    What was drawn before it was stopped is not drawn again.
    """
    for fault in make_all({output: plan}, studio, told).values():
        raise BadFilm(f"The film cannot be made: {fault}")


def make_all(plans: Mapping[Path, Plan], studio: Studio, told: Callable[[Progress], None]) -> dict[Path, str]:
    """Writes a film for each plan, its subtitles (.vtt) and its poster (.jpg) beside it; which failed, and why.

    Raises as `make` does where nothing more can be done for any.
    """
    films = {output: film(plan, studio.wanted) for output, plan in plans.items()}
    pieces = {key: piece for made in films.values() for key, piece in made.pieces().items()}
    bad = _followed(DRAWING, studio.run(drawn, pieces, studio.pieces), told)
    parts = {output: made.parts() for output, made in films.items()}
    keys = {output: [part_key(part) for part in each] for output, each in parts.items()}
    faults = {output: fault for output, made in films.items() for key, fault in bad.items() if key in made.pieces()}
    whole = {key: part for out in films.keys() - faults for key, part in zip(keys[out], parts[out], strict=True)}
    sounds = _Sounds(films.values(), studio)
    bad = _followed(LAYING_OUT, studio.run(encoded, Filled(whole, studio.pieces), studio.parts), told)
    faults |= {output: fault for output in films for key, fault in bad.items() if key in keys[output]}
    for n, (output, made) in enumerate(films.items()):
        first, share = SHARES[MIXING]
        told(Progress(MIXING, first + share * n / len(films)))
        with next(sounds) as heard:
            if output not in faults:
                _finished(made, studio, output, keys[output], heard)
    for folder in (studio.pieces, studio.parts):
        tidy(folder)
    told(Progress("done", 1.0))
    return faults


def _finished(made: Film, studio: Studio, output: Path, keys: Sequence[str], heard: IO[bytes]) -> None:
    """Puts a film together from its parts; then its words and its poster."""
    parts = [studio.parts / key for key in keys]
    put_together(made, (used(part) for part in parts), heard, output)
    words, picture = output.with_suffix(".vtt"), output.with_suffix(".jpg")
    write_text(words, subtitles(made))
    write_bytes(picture, poster(used(parts[1])))
    for beside in (words, picture):  # whoever may see the film may read them
        copymode(output, beside)


class _Sounds:
    """What is heard in each film, in order; the next one is always mixed beside whatever else is done.

    The thread is not waited for: who stops a film has it stopped at once.
    """

    def __init__(self, films: Iterable[Film], studio: Studio) -> None:
        self.films, self.studio = iter(films), studio
        self.under_way = self._begun()

    def __next__(self) -> IO[bytes]:
        """A file of its own, to be closed; raises FileError."""
        if self.under_way is None:
            raise StopIteration
        try:
            found = self.under_way.result()
        except OSError as error:
            raise FileError(f"{self.studio.folder}: the sound cannot be kept ({error.strerror}); {ROOM}") from error
        self.under_way = self._begun()
        return found

    def _begun(self) -> "Future[IO[bytes]] | None":
        made = next(self.films, None)
        if made is None:
            return None
        found: Future[IO[bytes]] = Future()
        threading.Thread(target=self._mix, args=(made, found), daemon=True).start()
        return found

    def _mix(self, made: Film, found: "Future[IO[bytes]]") -> None:
        try:
            file = TemporaryFile(dir=self.studio.folder)  # noqa: SIM115  who is given it closes it
            said = list(spoken(made, self.studio.sound.voice))
            rung = chimes(made) if said else ()  # a film without a voice is to be silent, or music alone
            voiced(mixed(said, made.seconds, self.studio.sound.bed, rung), file)
            found.set_result(file)
        except Exception as error:  # noqa: BLE001  it is raised where the sound is asked for
            found.set_exception(error)


def chimes(made: Film) -> Iterator[Chime]:
    """As the player's: as a hold begins and as one eases off, with the next step, and at the end."""
    step = -1
    for cue in made.line.cues:
        at_s = float(OPENING_S + cue.at_s)
        goes_on, step = cue.step != step, cue.step
        if cue.kind is CueKind.HOLD or (cue.kind is CueKind.MOVE and cue.count == 1):
            yield Chime(at_s, "begin")
        elif cue.kind is CueKind.FINISH:
            yield Chime(at_s, "done")
        elif goes_on:
            yield Chime(at_s, "step")
        elif cue.kind is CueKind.REST:
            yield Chime(at_s, "end")


def spoken(made: Film, voice: Voice) -> Iterator[Said]:
    """Every sentence that this voice can say, at its second."""
    for each in made.said:
        samples = voice.say(each.text)
        if samples is not None:
            yield Said(each.at_s, samples, each.text)


class Filled(Mapping[str, Part | Card]):
    """Parts by their keys, each with its pieces read only when its turn comes."""

    def __init__(self, parts: dict[str, Part | Card], pieces: Path) -> None:
        self.parts, self.pieces = parts, pieces

    def __getitem__(self, key: str) -> Part | Card:
        part = self.parts[key]
        if isinstance(part, Card):
            return part
        return replace(part, kept=tuple(used(self.pieces / piece.key) for piece in part.pieces))

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)


def _followed(doing: str, outcomes: Iterator[Outcome], told: Callable[[Progress], None]) -> dict[str, str]:
    """Follows the work; what was set aside, with its fault."""
    first, share = SHARES[doing]
    told(Progress(doing, first))
    faults = {}
    for each in outcomes:
        if each.reason:
            faults[each.key] = each.reason
        told(Progress(doing, first + share * each.done / each.of))
    return faults
