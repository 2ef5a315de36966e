"""A session live in the terminal: the big countdown, the breathing, the keys, and "It hurts" at any moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from gettext import NullTranslations
from time import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Digits, Label, ProgressBar, Static

from supple.anatomy import Side
from supple.cli.question import in_lines
from supple.cli.show import clock
from supple.cli.talk import Talk
from supple.session import (
    Cue,
    CueKind,
    Ending,
    Log,
    Playback,
    breath,
    hurting,
    pause,
    phase,
    reach,
    ready,
    skipped,
    stepped_back,
)
from supple.session.cue_words import said
from supple.session.dose_words import how_far

ENGLISH = NullTranslations()
TICK_S = 0.1
SLEPT_S = 60.0
LONGEST_TICK_S = 1.0  # a machine that slept was no session: what went by meanwhile is not counted as done
MORE = {"more": "\u2191\u2193 More words"}
KEYS = {"hurts": "h It hurts", "pause": "space Pause", "step_back": "b Back", "skip": "s Skip", "stop": "q Stop"}
READY = {"ready": "r I am ready"}
STEPPING = {CueKind.HOLD: "Hold", CueKind.MOVE: "Move", CueKind.REST: "Rest"}


class Live(Talk):
    """The session on the whole terminal. Its result is the log; `save` is called whenever the log has grown."""

    CSS = """
    Screen { align: center middle; }
    #body { width: 100%; max-width: 80; height: auto; max-height: 100%; padding: 0 2; overflow-y: auto; }
    #where, #name, #next { width: 100%; }
    #name { text-style: bold; }
    #count { width: 100%; text-align: center; }
    #breath { text-align: center; width: 100%; color: $accent; }
    #cue { margin: 1 0; min-height: 4; }
    #progress Bar { width: 76; }
    #next { color: $text-muted; }
    #keys, #ask_keys { dock: bottom; height: auto; padding: 0 1; background: $panel; color: $foreground; }
    #ask {
        width: 100%; max-width: 70; height: auto; max-height: 100%; overflow-y: auto;
        border: round $primary; padding: 1 0 0 0; background: $surface; scrollbar-size-vertical: 1;
    }
    #question { margin: 0 1 1 1; text-style: bold; }
    #ask OptionList {
        height: auto; max-height: 17; border: none; padding: 0 0 0 1;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    Ask { align: center middle; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hurts", "It hurts"),
        Binding("space", "pause", "Pause"),
        Binding("b,left", "step_back", "Back"),
        Binding("s,right", "skip", "Skip"),
        Binding("r", "ready", "I am ready", show=False),
        Binding("q", "stop", "Stop"),
        Binding("up,down", "more", "More words", show=False),
        Binding("ctrl+c", "stop", "Stop", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, playback: Playback, save: Callable[[Log], None], *, now: datetime, rate: float = 1.0) -> None:
        super().__init__(playback, save, now)
        self.rate = rate
        self.shown = ""

    def compose(self) -> ComposeResult:
        """The one screen."""
        with Vertical(id="body"):
            yield Label(id="where")
            yield Label(id="name")
            yield Digits(id="count")
            yield Label(id="breath")
            yield Static(id="cue")
            yield ProgressBar(
                total=max(1, self.playback.timeline.seconds), show_eta=False, show_percentage=False, id="progress"
            )
            yield Label(id="next")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """The clock starts."""
        self.title = "Supple"
        self.before = time()
        self.set_interval(TICK_S, self.tick)
        self.draw()

    def tick(self) -> None:
        """The time that has passed, passed on to the session."""
        passed_s = max(0.0, time() - self.before)
        self.before = time()
        self.now += timedelta(seconds=passed_s * self.rate)
        if self.asking or self.ended or (passed_s > SLEPT_S and not self.playback.paused and self.away()):
            return
        later_s = self.playback.at_s + min(passed_s, LONGEST_TICK_S) * self.rate
        self.change(reach(self.scene, later_s, self.now))

    def draw(self) -> None:
        """The present cue on the screen."""
        if not self.screen_stack or not self.screen_stack[0].query("#where"):
            return  # the page is not there yet, or not any more
        page = self.screen_stack[0]
        playback, cue = self.playback, self.playback.cue
        steps = len(playback.plan.steps)
        remaining = clock(max(0, round(playback.timeline.seconds - playback.at_s)))
        paused = "   PAUSED" if playback.paused else ""
        page.query_one("#where", Label).update(f"Step {min(cue.step + 1, steps)} of {steps}   {remaining} left{paused}")
        page.query_one("#name", Label).update(cue.title + _side(cue.side))
        pace, left = self.pace(cue)
        page.query_one("#count", Digits).update(str(left))
        page.query_one("#breath", Label).update(pace)
        page.query_one("#keys", Static).update(self.keys(page.size.width - 2))
        page.query_one("#progress", ProgressBar).update(total=max(1, playback.timeline.seconds), progress=playback.at_s)
        page.query_one("#next", Label).update(_next(playback))
        words = "\n".join(self.words(cue))
        if words != self.shown:
            self.shown = words
            page.query_one("#cue", Static).update(words)
            page.query_one("#body").scroll_home(animate=False)

    def words(self, cue: Cue) -> tuple[str, ...]:
        """The sentences of the cue; those of the step's first cue stay on while it is held or moved."""
        if cue.say or cue.kind is CueKind.REST:
            return said(self.playback, cue)
        cues = [c for c in self.playback.timeline.cues if c.step == cue.step and c.kind is cue.kind]
        return cues[0].say

    def pace(self, cue: Cue) -> tuple[str, int]:
        """What to do now, and for how many seconds: breathing in a hold; in a cycle when to go, stay and come back."""
        into_s = self.playback.at_s - cue.at_s
        left = max(0, round(cue.until_s - self.playback.at_s))
        if cue.kind not in (CueKind.HOLD, CueKind.MOVE):
            return STEPPING.get(cue.kind, ""), left
        now = f"{STEPPING[cue.kind]} {cue.count} of {cue.of}"
        if self.playback.step and (far := how_far(self.playback.step, ENGLISH)):
            now += f", {far}"
        if cue.kind is CueKind.MOVE and self.playback.step:
            found = phase(self.playback.step, into_s)
            return f"{now}: {found.say}", found.left_s
        return f"{now}: breathe {breath(into_s)}", left

    def keys(self, width: int) -> str:
        """The keys in lines of this width, each to be clicked too."""
        words = KEYS | ({"pause": "space Go on"} if self.playback.paused else {})
        words |= READY if self.playback.timeline.ready_at(self.playback.at_s) else {}
        words |= MORE if self.screen_stack[0].query_one("#body").max_scroll_y else {}
        lines = in_lines(words.values(), width)
        for action, shown in words.items():
            key, _, does = shown.partition(" ")
            lines = lines.replace(shown, f"[@click=app.{action}][b]{key}[/b] {does}[/]")
        return lines

    def on_resize(self) -> None:
        """The keys, in the width that there is now."""
        self.draw()

    def goes_on(self) -> bool:
        """Whether a key may move the session: nothing is asked, and nobody comes back after long."""
        return not self.asking and not (self.playback.paused and self.away())

    def action_pause(self) -> None:
        """Pause, or go on."""
        if self.goes_on():
            self.change(replace(self.scene, playback=pause(self.playback)))

    def action_more(self) -> None:
        """The words that a small terminal has no room for: to their end, and back."""
        body = self.screen_stack[0].query_one("#body")
        body.scroll_to(y=0 if body.scroll_y else body.max_scroll_y, animate=False)

    def action_step_back(self) -> None:
        """To the start of the step, or the step before."""
        if self.goes_on():
            self.change(stepped_back(self.scene))

    def action_skip(self) -> None:
        """On to the next step."""
        if self.goes_on():
            self.change(skipped(self.scene, self.now))

    def action_ready(self) -> None:
        """On to the work of this step, without the rest of the way in."""
        if self.goes_on():
            self.change(replace(self.scene, playback=ready(self.playback)))

    def action_stop(self) -> None:
        """End here; what was done stays in the log."""
        self.finish(Ending.STOPPED)

    async def action_quit(self) -> None:
        """Ctrl-C and the like end it as `q` does."""
        self.finish(Ending.STOPPED)

    def action_hurts(self) -> None:
        """Stop the clock, ask, and do what the traffic light says."""
        if not self.ended:
            self.change(hurting(self.scene))


def _next(playback: Playback) -> str:
    later = playback.plan.steps[playback.cue.step + 1 :]
    return f"Next{_side(later[0].side)}: {later[0].name}" if later else "Next: the end"


def _side(side: Side) -> str:
    return "" if side is Side.NONE else f", {side.value} side"
