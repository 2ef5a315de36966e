"""A film is made: its pieces drawn, its parts encoded, its sound mixed, and all of it put together, with progress."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from supple.figure.compiled import Floats
from supple.files import write_bytes, write_text
from supple.fleet import Outcome, run
from supple.planner.plan import Plan
from supple.video.film import BadFilm, Film, Wanted, film, part_key, poster, put_together, subtitles
from supple.video.kept import Kept
from supple.video.mix import Said, mixed
from supple.video.reel import Card, Part, encoded
from supple.video.stage import Piece, drawn
from supple.video.voice import Voice

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
    bed: Floats | None


@dataclass(frozen=True)
class Shelf:
    """Where pieces and parts are kept from one film to the next."""

    pieces: Kept
    parts: Kept

    @classmethod
    def of(cls, folder: Path) -> "Shelf":
        """The two in a folder."""
        return cls(Kept(folder / "pieces", ".mkv"), Kept(folder / "parts", ".mp4"))


@dataclass(frozen=True)
class Place:
    """Where a film goes, where its pieces are kept, and who works: this machine, or a cluster by its address."""

    output: Path
    shelf: Shelf
    scheduler: str | None = None
    workers: int | None = None


def make(plan: Plan, wanted: Wanted, sound: Sound, place: Place, told: Callable[[Progress], None]) -> Film:
    """Writes a film, its subtitles (.vtt) and its poster (.jpg); `told` hears of each step, and may raise to stop it.

    Raises BadFilm, FileError, SchedulerGone. What was drawn before it was stopped is not drawn again.
    """
    made = film(plan, wanted)
    shelf = place.shelf
    pieces = made.pieces()
    _work(DRAWING, run(drawn, pieces, shelf.pieces, place.scheduler, workers=place.workers), told)
    parts = made.parts()
    keys = [part_key(part) for part in parts]
    due = Filled(dict(zip(keys, parts, strict=True)), shelf.pieces)
    _work(LAYING_OUT, run(encoded, due, shelf.parts, place.scheduler, workers=place.workers), told)
    told(Progress(MIXING, SHARES[MIXING][0]))
    heard = mixed(list(spoken(made, sound.voice)), made.seconds, sound.bed)
    put_together(made, (shelf.parts[key] for key in keys), heard, place.output)
    write_text(place.output.with_suffix(".vtt"), subtitles(made))
    write_bytes(place.output.with_suffix(".jpg"), poster(shelf.parts[keys[1]]))
    for kept in (shelf.pieces, shelf.parts):
        kept.tidy()
    told(Progress("done", 1.0))
    return made


def spoken(made: Film, voice: Voice) -> Iterator[Said]:
    """Every sentence that this voice can say, at its second."""
    for each in made.said:
        samples = voice.say(each.text)
        if samples is not None:
            yield Said(each.at_s, samples)


class Filled(Mapping[str, Part | Card]):
    """Parts by their keys, each with its pieces read only when its turn comes."""

    def __init__(self, parts: dict[str, Part | Card], pieces: Kept) -> None:
        self.parts, self.pieces = parts, pieces

    def __getitem__(self, key: str) -> Part | Card:
        part = self.parts[key]
        if isinstance(part, Card):
            return part
        return replace(part, kept=tuple(self.pieces[piece.key] for piece in part.pieces))

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)


def _work(doing: str, outcomes: Iterator[Outcome], told: Callable[[Progress], None]) -> None:
    """Follows the work; raises BadFilm with the first fault."""
    first, share = SHARES[doing]
    told(Progress(doing, first))
    for each in outcomes:
        if each.fault:
            raise BadFilm(f"The film cannot be made: {each.fault}")
        told(Progress(doing, first + share * each.done / each.of))
