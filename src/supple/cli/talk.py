"""A live session and the questions put over it: what is asked, and what follows, is that of `supple.session.scene`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import time

from textual.app import App

from supple.cli.question import Ask
from supple.cli.signs import with_number
from supple.files import FileError
from supple.session import NOTHING, RETURN, Ending, Log, Open, Playback, Scene, answered, kept, stopped
from supple.session.going_on import cold


class Talk(App[Log]):
    """A session and the questions put over it. Its result is the log; `save` is called whenever the log has grown."""

    def __init__(self, playback: Playback, save: Callable[[Log], None], now: datetime) -> None:
        super().__init__()
        self.scene, self.save = Scene(playback), save
        self.now, self.began = now, now
        self.before = self.opened = time()
        self.ended = False

    @property
    def playback(self) -> Playback:
        """Where the session stands."""
        return self.scene.playback

    @property
    def asking(self) -> bool:
        """Whether the clock stands because something is asked."""
        return self.scene.open != NOTHING

    def draw(self) -> None:
        """The session as it is now, on the screen."""

    def change(self, scene: Scene) -> None:
        """The session as it is now: saved when its log has grown, asked or ended where that is next."""
        before, self.scene = self.scene, scene
        if scene.playback.log != before.playback.log or scene.playback.plan is not before.playback.plan:
            self.keep(scene.playback.log if scene.ending else kept(scene.playback))
        if scene.ending and not self.asking:
            self.leave()
        elif not self.ended:
            self.draw()
        if self.asking and before.open == NOTHING:
            self.run_worker(self.ask(), exclusive=True)

    def keep(self, log: Log) -> None:
        """The log written down; where it cannot be, the session goes on and says so."""
        try:
            self.save(log)
        except FileError as error:
            self.notify(str(error), severity="error")

    async def ask(self) -> None:
        """Every question that is open, one after the other; then the clock runs again."""
        while self.asking and not self.ended:
            choices = self.scene.answers
            leave = choices.pop(RETURN, "")
            answer = await self.push_screen_wait(Ask(_said(self.scene.open), choices, leave=bool(leave)))
            self.change(answered(self.scene, answer or RETURN, self.now))
        self.before = time()
        self.away()

    def away(self) -> bool:
        """Whether somebody was away for so long that they are asked as before any session; the screen closes for that.

        The result is then a log that has not ended.
        """
        passed = timedelta(seconds=time() - self.opened)
        if self.ended or not cold(self.playback.log, self.began + passed):
            return False
        self.ended = True
        self.exit(kept(self.playback))
        return True

    def finish(self, ending: Ending) -> None:
        """The session ends here, whatever is asked."""
        if not self.ended and self.scene.ending is None:
            self.scene = stopped(self.scene, self.now, ending)
        self.leave()

    def leave(self) -> None:
        """Close the screen with the log as the result."""
        if not self.ended:
            self.ended = True
            self.exit(self.scene.playback.log)


def _said(asked: Open) -> str:
    """What is open in the words of a screen without pictures."""
    said = asked.said.replace("\n", "\n\n") if not asked.asks and not asked.do else f"{asked.do} {asked.asks}".strip()
    return with_number(said, asked.verdict)
