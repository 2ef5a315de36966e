"""A session live in the terminal: the big countdown, the breathing, the keys, and "It hurts" at any moment."""

import locale
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Digits, Footer, Label, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from supple.anatomy import Side
from supple.catalogue import Catalogue
from supple.cli.show import clock
from supple.planner import Step
from supple.safety.emergency_numbers import emergency_number
from supple.safety.screening import advice
from supple.safety.traffic_light import (
    Action,
    Colour,
    LegResponse,
    Light,
    Quality,
    Tripwire,
    colour,
    tripped,
    tripwires,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    Cue,
    CueKind,
    Ending,
    Log,
    Playback,
    advance,
    back,
    breath,
    end,
    hurts,
    kept,
    leg_answers,
    loads_low_back,
    pause,
    skip,
)

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
SOMETHING_WORSE = "worse"
KINDS = {
    **{quality.value: words for quality, words in QUALITY_WORDS.items()},
    SOMETHING_WORSE: "Something worse: chest, breath, numbness round the bottom, a weak leg",
}
PAINS = {str(n): str(n) for n in range(11)}
LEGS = {
    LegResponse.MOVED_UP_OR_SMALLER.value: "Better: the pain moved up, or got smaller",
    LegResponse.UNCHANGED.value: "The same",
    LegResponse.MOVED_DOWN_OR_LARGER.value: "Worse: the pain moved down, or got larger",
    LegResponse.NEW_NUMBNESS_OR_WEAKNESS.value: "New numbness or weakness",
}
STEPPING = {CueKind.HOLD: "Hold", CueKind.MOVE: "Move", CueKind.REST: "Rest"}


class Ask(ModalScreen[str | None]):
    """One question with its answers: the arrow keys and Enter choose, and a digit chooses the answer of that number."""

    def __init__(self, question: str, answers: dict[str, str]) -> None:
        super().__init__()
        self.question, self.answers = question, answers

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical(id="ask"):
            yield Static(self.question, id="question")
            yield OptionList(*(Option(words, id=key) for key, words in self.answers.items()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer is given."""
        self.dismiss(event.option_id)

    def on_key(self, event: Key) -> None:
        """A digit gives its answer; Escape gives none."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.character in self.answers:
            self.dismiss(event.character)


class Live(App[Log]):
    """The session on the whole terminal. Its result is the log; `save` is called whenever the log has grown."""

    CSS = """
    Screen { align: center middle; }
    #body { width: 80; height: auto; padding: 1 2; }
    #name { text-style: bold; }
    #count { width: 100%; text-align: center; margin: 1 0 0 0; }
    #breath { text-align: center; width: 100%; color: $accent; }
    #cue { margin: 1 0; min-height: 4; }
    #progress Bar { width: 76; }
    #next { color: $text-muted; }
    #ask { width: 70; height: auto; border: round $primary; padding: 1 2; background: $surface; }
    #question { margin: 0 0 1 0; text-style: bold; }
    #ask OptionList { height: auto; max-height: 14; border: none; }
    Ask { align: center middle; background: $background 60%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hurts", "It hurts"),
        Binding("space", "pause", "Pause"),
        Binding("b,left", "step_back", "Back"),
        Binding("s,right", "skip", "Skip"),
        Binding("q", "stop", "Stop"),
        Binding("ctrl+c", "stop", "Stop", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, playback: Playback, catalogue: Catalogue, save: Callable[[Log], None], *, now: datetime, rate: float = 1.0
    ) -> None:
        super().__init__()
        self.playback, self.catalogue, self.save, self.rate = playback, catalogue, save, rate
        self.before = monotonic()
        self.now = now
        self.asking = self.ended = False
        self.card = ""
        self.asks_legs = playback.plan.limits.ask_after_each_set

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
        if self.asking or self.ended:
            return
        step, last = self.playback.step, self.playback.cue.step
        self.change(advance(self.playback, passed, self.now))
        moved_on = self.playback.cue.step > last and not self.playback.finished
        if moved_on and self.asks_legs and step and loads_low_back(step, self.catalogue):
            self.asking = True
            self.run_worker(self.ask_the_leg(), exclusive=True)

    def change(self, playback: Playback, *, asking: bool = False) -> None:
        """The session as it is now: saved when its log has grown, ended when nothing is left."""
        grown = playback.log != self.playback.log or playback.plan is not self.playback.plan
        self.playback = playback
        if grown:
            self.save(kept(playback))
        if playback.finished and not asking:
            self.finish(Ending.DONE)
        elif not self.ended:
            self.draw()

    def draw(self) -> None:
        """The present cue on the screen."""
        playback, cue = self.playback, self.playback.cue
        left = max(0, round(cue.until_s - playback.at_s))
        steps = len(playback.plan.steps)
        remaining = clock(max(0, round(playback.timeline.seconds - playback.at_s)))
        paused = "   PAUSED" if playback.paused else ""
        self.query_one("#where", Label).update(f"Step {min(cue.step + 1, steps)} of {steps}   {remaining} left{paused}")
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

    def action_step_back(self) -> None:
        """To the start of the step, or the step before."""
        self.change(back(self.playback))

    def action_skip(self) -> None:
        """On to the next step."""
        self.change(skip(self.playback, self.now))

    def action_stop(self) -> None:
        """End here; what was done stays in the log."""
        self.finish(Ending.STOPPED)

    async def action_quit(self) -> None:
        """Ctrl-C and the like end it as `q` does."""
        self.finish(Ending.STOPPED)

    def action_hurts(self) -> None:
        """Stop the clock, ask, and do what the traffic light says."""
        if not self.asking and self.playback.step is not None:
            self.asking = True
            self.run_worker(self.ask_where_it_hurts(), exclusive=True)

    async def ask_where_it_hurts(self) -> None:
        """What kind, how much, and after a red light whether it is an emergency."""
        kind = await self.push_screen_wait(Ask("Paused. What does it feel like?", KINDS))
        if kind == SOMETHING_WORSE:
            await self.ask_tripwires()
        elif kind:
            strength = await self.push_screen_wait(Ask("How strong is it now, from 0 to 10?", PAINS))
            if strength:
                await self.judge(Quality(kind), int(strength))
        self.go_on()

    async def judge(self, quality: Quality, during: int) -> None:
        """The traffic light, said in words, and what it leads to."""
        before, step = self.playback, self.playback.step
        light = colour(before.pain, during, quality)
        if step is None:
            return
        if light.rescreen and await self.ask_tripwires():
            return
        if light.action is Action.HALVE_ARC_AND_HOLD and not await self.settles():
            light = replace(light, colour=Colour.RED, action=Action.STOP_EXERCISE_TODAY)
        after = hurts(before, self.catalogue, self.now, before=before.pain, during=during, quality=quality, light=light)
        self.change(after, asking=True)
        said = f"{light.say}\n\n{_what_now(step, light, after)}"
        choice = await self.push_screen_wait(Ask(said, {"on": "Go on", "stop": "Stop for today"}))
        if choice == "stop" or "end_session" in light.then:
            self.finish(Ending.STOPPED)

    async def settles(self) -> bool:
        """Whether an amber pain falls again within two breaths."""
        question = "Ease off and take two slow breaths. Has it fallen to 3 or less, or back to where it was before?"
        return await self.push_screen_wait(Ask(question, {"yes": "Yes", "no": "No, or not sure"})) == "yes"

    async def ask_tripwires(self) -> bool:
        """Whether a sign that ends the session is there; if so it is ended with the card that tells what to do."""
        wires = {wire.id: wire.when.capitalize() for wire in tripwires()}
        question = "Stop and rest. Is any of these so, now or new?"
        found = await self.push_screen_wait(Ask(question, {NONE_OF_THESE: "None of these", **wires}))
        wire = tripped([found]) if found and found != NONE_OF_THESE else None
        if wire is None:
            return False
        self.card = card(wire)
        await self.push_screen_wait(Ask(self.card, {"end": "End the session"}))
        self.finish(Ending.STOPPED)
        return True

    async def ask_the_leg(self) -> None:
        """After a set that moved the low back of somebody with leg pain: what the leg says."""
        said = await self.push_screen_wait(Ask("How is the leg after this one?", LEGS))
        if said == LegResponse.NEW_NUMBNESS_OR_WEAKNESS:
            await self.ask_tripwires()
            self.finish(Ending.STOPPED)
            return
        if said:
            self.change(leg_answers(self.playback, self.catalogue, LegResponse(said)), asking=True)
        self.go_on()

    def go_on(self) -> None:
        """The clock runs again."""
        self.asking = False
        self.before = monotonic()
        self.change(self.playback)

    def finish(self, ending: Ending) -> None:
        """Close the screen with the log as the result."""
        if not self.ended:
            self.ended = True
            self.exit(end(self.playback, self.now, ending))


def card(wire: Tripwire) -> str:
    """What to do about a tripwire."""
    if wire.verdict is None:
        return f"{wire.do.capitalize()}."
    number = emergency_number(country())
    call = f" The emergency number here is {number.number}." if wire.verdict is Verdict.EMERGENCY else ""
    return f"{advice(wire.verdict)}{call}"


def country() -> str:
    """The country of this machine's language setting, as an ISO code; empty where it says none."""
    language = (locale.getlocale()[0] or "").partition("_")[2]
    return language[:2]


def _what_now(step: Step, light: Light, after: Playback) -> str:
    """What the session makes of the light."""
    if light.colour is Colour.GREEN:
        return ""
    if light.colour is Colour.AMBER:
        return f"{step.name} begins again, half as far."
    names = list(dict.fromkeys(later.name for later in after.plan.steps))
    return (
        f"{step.name} is out for today. Still to come: {', '.join(names)}." if names else "Nothing else is left today."
    )


def _breath(cue: Cue, at_s: float) -> str:
    if cue.kind not in (CueKind.HOLD, CueKind.MOVE):
        return STEPPING.get(cue.kind, "")
    now = f"{STEPPING[cue.kind]} {cue.count} of {cue.of}, {cue.arc_percent} % of the way"
    return f"{now}: breathe {breath(at_s - cue.at_s)}"


def _next(playback: Playback) -> str:
    later = playback.plan.steps[playback.cue.step + 1 :]
    return f"Next: {later[0].name}" if later else "Next: the end"
