"""A session live in the terminal: the big countdown, the breathing, the keys, and "It hurts" at any moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Digits, Footer, Label, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from supple.anatomy import Side
from supple.catalogue import Catalogue
from supple.cli.show import clock
from supple.safety.traffic_light import Colour, Quality, colour, tripwires
from supple.session import Cue, CueKind, Ending, Log, Playback, advance, back, breath, end, hurts, pause, skip

TICK_S = 0.1
QUALITY_WORDS = {
    Quality.STRETCH_PULL: "A pull, as in a stretch",
    Quality.ACHE: "An ache",
    Quality.SHARP: "Sharp or stabbing",
    Quality.TINGLING_OR_NUMB: "Tingling or numb",
    Quality.SPREADING: "It spreads, or runs down an arm or leg",
    Quality.WEAKNESS: "Weakness",
    Quality.DIZZINESS: "Dizziness",
}
NONE_OF_THESE = "none"
STEPPING = {CueKind.HOLD: "Hold", CueKind.MOVE: "Move", CueKind.REST: "Rest"}


class Ask(ModalScreen[str]):
    """One question with its answers; the arrow keys and Enter, or the first letter or digit of an answer."""

    def __init__(self, question: str, answers: dict[str, str]) -> None:
        super().__init__()
        self.question, self.answers = question, answers

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical(id="ask"):
            yield Label(self.question, id="question")
            yield OptionList(*(Option(words, id=key) for key, words in self.answers.items()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer is given."""
        self.dismiss(event.option_id)

    def key_escape(self) -> None:
        """No answer."""
        self.dismiss(None)


class Live(App[Log]):
    """The session on the whole terminal. Its result is the log; `save` is called whenever the log has grown."""

    CSS = """
    Screen { align: center middle; }
    #body { width: 80; height: auto; padding: 1 2; }
    #name { text-style: bold; }
    #count { width: 100%; text-align: center; margin: 1 0 0 0; }
    #breath { text-align: center; width: 100%; color: $accent; }
    #cue { margin: 1 0; min-height: 4; }
    #next { color: $text-muted; }
    #ask { width: 70; height: auto; border: round $primary; padding: 1 2; background: $surface; }
    #ask OptionList { height: auto; max-height: 14; border: none; }
    Ask { align: center middle; background: $background 60%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hurts", "It hurts"),
        Binding("space", "pause", "Pause"),
        Binding("b,left", "back", "Back"),
        Binding("s,right", "skip", "Skip"),
        Binding("q", "stop", "Stop"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, playback: Playback, catalogue: Catalogue, save: Callable[[Playback], None], *, rate: float = 1.0
    ) -> None:
        super().__init__()
        self.playback, self.catalogue, self.save, self.rate = playback, catalogue, save, rate
        self.before = monotonic()
        self.now = playback.log.started
        self.asking = False
        self.last_words = ""

    def compose(self) -> ComposeResult:
        """The one screen."""
        with Vertical(id="body"):
            yield Label(id="where")
            yield Label(id="name")
            yield Digits(id="count")
            yield Label(id="breath")
            yield Static(id="cue")
            yield ProgressBar(total=max(1, self.playback.timeline.seconds), show_eta=False, id="progress")
            yield Label(id="next")
        yield Footer()

    def on_mount(self) -> None:
        """The clock starts."""
        self.title = "Supple"
        self.before = monotonic()
        self.set_interval(TICK_S, self.tick)
        self.draw()

    def tick(self) -> None:
        """The time that has passed, passed on to the session."""
        passed = (monotonic() - self.before) * self.rate
        self.before = monotonic()
        self.now += timedelta(seconds=passed)
        if not self.asking:
            self.change(advance(self.playback, passed, self.now))

    def change(self, playback: Playback) -> None:
        """The session as it is now: saved when its log has grown, ended when nothing is left."""
        grown = playback.log != self.playback.log or playback.plan is not self.playback.plan
        self.playback = playback
        if grown:
            self.save(playback)
        if playback.finished and not self.asking:
            self.finish(Ending.DONE)
            return
        self.draw()

    def draw(self) -> None:
        """The present cue on the screen."""
        playback, cue = self.playback, self.playback.cue
        left = max(0, round(cue.until_s - playback.at_s))
        steps = len(playback.plan.steps)
        self.query_one("#where", Label).update(
            f"Step {min(cue.step + 1, steps)} of {steps}   {clock(max(0, round(playback.timeline.seconds - playback.at_s)))} left"
            + ("   PAUSED" if playback.paused else "")
        )
        side = f", {cue.side.value} side" if cue.side is not Side.NONE else ""
        self.query_one("#name", Label).update(cue.title + side)
        self.query_one("#count", Digits).update(str(left))
        self.query_one("#breath", Label).update(_breath(cue, playback.at_s))
        self.query_one("#progress", ProgressBar).update(total=max(1, playback.timeline.seconds), progress=playback.at_s)
        self.query_one("#next", Label).update(_next(playback))
        self.query_one("#cue", Static).update("\n".join(self.words(cue)))

    def words(self, cue: Cue) -> tuple[str, ...]:
        """The sentences of the cue; those of the step's first cue stay on while it is held or moved."""
        if cue.say or cue.kind is CueKind.REST:
            return cue.say
        cues = [c for c in self.playback.timeline.cues if c.step == cue.step and c.kind is cue.kind]
        return cues[0].say

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.change(pause(self.playback))

    def action_back(self) -> None:
        """To the start of the step, or the step before."""
        self.change(back(self.playback))

    def action_skip(self) -> None:
        """On to the next step."""
        self.change(skip(self.playback, self.now))

    def action_stop(self) -> None:
        """End here; what was done stays in the log."""
        self.finish(Ending.STOPPED)

    def action_hurts(self) -> None:
        """Stop the clock, ask, and do what the traffic light says."""
        if not self.asking and self.playback.step is not None:
            self.asking = True
            self.run_worker(self.ask_where_it_hurts(), exclusive=True)

    async def ask_where_it_hurts(self) -> None:
        """What kind, how much, and after a red light whether it is an emergency."""
        kind = await self.push_screen_wait(Ask("Paused. What does it feel like?", {k.value: w for k, w in QUALITY_WORDS.items()}))
        strength = kind and await self.push_screen_wait(Ask("How strong is it now, 0 to 10?", {str(n): str(n) for n in range(11)}))
        if strength is not None:
            await self.judge(Quality(kind), int(strength))
        self.asking = False
        self.before = monotonic()
        self.change(self.playback)

    async def judge(self, quality: Quality, during: int) -> None:
        """The traffic light, said in words, and what it leads to."""
        light = colour(self.playback.pain, during, quality)
        step = self.playback.step
        assert step is not None
        if light.colour is Colour.RED:
            wires = {wire.id: wire.when for wire in tripwires()}
            tripped = await self.push_screen_wait(
                Ask("Stop this stretch now. Is any of these so?", {**wires, NONE_OF_THESE: "None of these"})
            )
            if tripped != NONE_OF_THESE:
                await self.trip(tripped)
                return
        before = self.playback
        self.change(
            hurts(before, self.catalogue, self.now, before=before.pain, during=during, quality=quality, light=light)
        )
        await self.push_screen_wait(Ask(_verdict(light.say, step.name, before, self.playback), {"on": "Go on", "stop": "Stop here"}))

    async def trip(self, wire_id: str | None) -> None:
        """An emergency sign: the session is over."""
        raise NotImplementedError

    def finish(self, ending: Ending) -> None:
        """Close the screen with the log as the result."""
        log = end(self.playback, self.now, ending)
        self.exit(log)


def _breath(cue: Cue, at_s: float) -> str:
    if cue.kind not in (CueKind.HOLD, CueKind.MOVE):
        return STEPPING.get(cue.kind, "")
    return f"{STEPPING[cue.kind]} {cue.count} of {cue.of}, {cue.arc_percent} % of the way: breathe {breath(at_s - cue.at_s)}"


def _next(playback: Playback) -> str:
    later = playback.plan.steps[playback.cue.step + 1 :]
    return f"Next: {later[0].name}" if later else "Next: the end"
