"""What the worker does: takes the next film of the queue, has it made, stops it when it is cancelled, and tidies up.

Each film is made in a process of its own, so that it can be stopped at once whatever it is doing, and whatever happens
to it leaves the others alone. What was drawn by then is kept.
"""

import fcntl
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import get_context
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext

from supple.files import FileError, make_folder
from supple.shapes import ShapeError
from supple.web.film.models import Film, Music, State
from supple.web.play.music import has_own, own_file

if TYPE_CHECKING:
    from supple.video.making import Progress, Studio

LOOK_S = 0.5  # how often one looks for the next film, and whether this one was cancelled
LOCK = "worker.lock"
STANDING = threading.Event()  # which nobody sets
KILLED = "This computer stopped it, perhaps for want of memory. Close other programs, or choose a smaller film."
BROKEN = "Something went wrong that we did not foresee. Try again; if it comes back, please tell us."


class Cancelled(Exception):
    """Nobody wants this film any more."""


def work(alone: Callable[[int], None]) -> None:
    """Makes one film after the other for as long as this process lives; `alone` makes one in a process of its own."""
    while not claimed():
        STANDING.wait(LOOK_S)
    begun = False
    while True:
        film = None
        try:
            if not begun:
                Film.take_up_again()
            begun, film = True, Film.take_next()
            if film:
                follow(film, alone)
            Film.tidy(timezone.now())
        except (DatabaseError, FileError):  # such as a full disk, which a page tells of; it may pass
            begun, film = False, None
        if film is None:
            STANDING.wait(LOOK_S)


def claimed() -> bool:
    """Whether films are made here from now on; as long as another process makes those of this folder, they are not."""
    try:
        make_folder(Film.folder())
        handle = os.open(Film.folder() / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except (FileError, OSError):
        return False
    return _locks(handle, fcntl.LOCK_EX)  # until this process ends, however it does


def somebody_works() -> bool:
    """Whether there is a process that makes films."""
    try:
        handle = os.open(Film.folder() / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    if _locks(handle, fcntl.LOCK_SH):
        os.close(handle)
        return False
    return True


def _locks(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return False
    return True


def follow(film: Film, alone: Callable[[int], None]) -> None:
    """Has a film made in a process of its own, and stops that once it is cancelled."""
    maker = get_context("spawn").Process(target=alone, args=(film.pk,))
    maker.start()
    try:
        while maker.is_alive() and Film.objects.filter(pk=film.pk, state=State.RUNNING).exists():
            maker.join(LOOK_S)
    finally:
        maker.terminate()
        maker.join()
    film.becomes(State.FAILED, State.RUNNING, why=KILLED if maker.exitcode == -signal.SIGKILL else BROKEN)


def make_one(number: int) -> None:
    """Makes a film in this process, and writes down what became of it."""
    film, why = Film.objects.get(pk=number), ""
    try:
        from supple.video.film import BadFilm
        from supple.video.making import make
    except ImportError as error:
        why = f"Films need {error.name}, which is not here; get it with: pip install 'supple[figure,video]'."
        film.becomes(State.FAILED, State.RUNNING, why=why)
        return
    try:
        make(film.read_plan(), studio(film), film.file(), lambda made: tell(film, made))
    except ShapeError:
        why = "Another version of Supple was asked for it; delete it, and make a new one."
    except (BadFilm, FileError) as error:
        why = str(error)
    except Cancelled:
        return
    film.becomes(State.FAILED if why else State.DONE, State.RUNNING, why=why, doing="")


def tell(film: Film, made: "Progress") -> None:
    """Writes down how far a film is; raises Cancelled."""
    if not film.becomes(State.RUNNING, State.RUNNING, share=made.share, doing=made.doing):
        raise Cancelled


def studio(film: Film) -> "Studio":
    """How this film is to look and sound; raises FileError where its music is gone."""
    from supple.figure.stills import backing
    from supple.video.film import Wanted
    from supple.video.making import Studio, sound
    from supple.video.voice import chain, shipped, silence

    wide, _, tall = film.size.partition("x")
    wanted = Wanted((int(wide), int(tall)), film.fps, film.body, backing(film.ground))
    if film.music == Music.OWN and not has_own():
        raise FileError(gettext("Your own music is not here any more. Bring it back, or choose other music."))
    music = str(own_file()) if film.music == Music.OWN else film.music
    return Studio(wanted, sound(chain(shipped()) if film.voice else silence(), music, film.folder()), film.folder())
