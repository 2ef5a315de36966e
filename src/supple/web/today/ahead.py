"""Plans made ahead for every length that the slider has, so that the plan follows it at once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock, Thread

from supple.planner import PlanRefused
from supple.web.today.current import FEWEST_MINUTES, Wanted


@dataclass
class Ahead:
    """Works through the lengths nearest to the one that is shown; a newer wish takes the place of an older."""

    make: Callable[[Wanted], object]
    lock: Lock
    latest: Wanted | None = None

    def begin(self, wish: Wanted, longest: int) -> None:
        """Starts where this wish is not already being worked on."""
        apart_from_time = replace(wish, minutes=FEWEST_MINUTES)
        with self.lock:
            if self.latest == apart_from_time:
                return
            self.latest = apart_from_time
        Thread(target=self._work, args=(apart_from_time, wish.minutes, longest), daemon=True).start()

    def _work(self, wish: Wanted, near: int, longest: int) -> None:
        for minutes in sorted(range(FEWEST_MINUTES, longest + 1), key=lambda other: abs(other - near)):
            if self.latest is not wish:
                return
            with suppress(PlanRefused):
                self.make(replace(wish, minutes=minutes))
