"""A session live in the terminal: the big countdown, the breathing, the keys, and "It hurts" at any moment."""

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
from supple.catalogue import Catalogue, Tag
from supple.cli.files import FileError
from supple.cli.place import whom_to_call
from supple.cli.show import clock
from supple.planner import Step
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
LONGEST_TICK_S = 1.0  # a machine that slept was no session: what went by meanwhile is not counted as done
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
ON_OR_STOP = {"on": "Go on", "stop": "Stop for today"}
END = {"end": "End the session"}
DID_NOT_SETTLE = "Stop this stretch for today: the pain did not settle."
LEG_ENDS_IT = "The session ends here. Answer the safety questions again before the next one: supple screen."
STEPPING = {CueKind.HOLD: "Hold", CueKind.MOVE: "Move", CueKind.REST: "Rest"}


class Ask(ModalScreen[str]):
    """One question with its answers; the arrow keys and Enter choose, digits choose the answer that they spell.

    Escape gives the empty answer, and only where `leave` allows it: a question of safety is never passed over.
    """

    def __init__(self, question: str, answers: dict[str, str], *, leave: bool = False) -> None:
        super().__init__()
        self.question, self.answers, self.leave = question, answers, leave
        self.typed = ""

    def compose(self) -> ComposeResult:
        """The question over its answers."""
        with Vertical(id="ask"):
            yield Static(self.question, id="question")
            yield OptionList(*(Option(words, id=key) for key, words in self.answers.items()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer is given."""
        self.dismiss(str(event.option_id))

    def on_key(self, event: Key) -> None:
        """Digits give their answer, and wait for another where one may follow: 1 may become 10."""
        if event.key == "escape" and self.leave:
            self.dismiss("")
        elif event.character and event.character.isdigit():
            self.typed += event.character
            self.choose([key for key in self.answers if key.startswith(self.typed)])

    def choose(self, left: list[str]) -> None:
        """The answers that begin as typed so far: one is given, of several the first is pointed at."""
        if len(left) == 1:
            self.dismiss(left[0])
        elif left:
            self.query_one(OptionList).highlighted = list(self.answers).index(left[0])
        else:
            self.typed = ""


class Live(App[Log]):
    """The session on the whole terminal. Its result is the log; `save` is called whenever the log has grown."""

    CSS = """
    Screen { align: center middle; }
    #body { width: 100%; max-width: 80; height: auto; max-height: 100%; padding: 1 2; overflow-y: auto; }
    #name { text-style: bold; }
    #count { width: 100%; text-align: center; margin: 1 0 0 0; }
    #breath { text-align: center; width: 100%; color: $accent; }
    #cue { margin: 1 0; min-height: 4; }
    #progress Bar { width: 76; }
    #next { color: $text-muted; }
    #ask {
        width: 100%; max-width: 70; height: auto; max-height: 100%; overflow-y: auto;
        border: round $primary; padding: 1 2; background: $surface;
    }
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
        passed_s = monotonic() - self.before
        self.before = monotonic()
        self.now += timedelta(seconds=passed_s * self.rate)
        if self.asking or self.ended:
            return
        step, last = self.playback.step, self.playback.cue.step
        later = advance(self.playback, min(passed_s, LONGEST_TICK_S) * self.rate, self.now)
        moved = later.cue.step > last and step is not None and loads_low_back(step, self.catalogue)
        self.asking = moved and self.asks_legs
        self.change(later, asking=self.asking)
        if self.asking:
            self.run_worker(self.ask_the_leg(), exclusive=True)

    def change(self, playback: Playback, *, asking: bool = False) -> None:
        """The session as it is now: saved when its log has grown, ended when nothing is left."""
        grown = playback.log != self.playback.log or playback.plan is not self.playback.plan
        self.playback = playback
        if grown:
            self.keep(kept(playback))
        if playback.finished and not asking:
            self.finish(Ending.DONE)
        elif not self.ended:
            self.draw()

    def keep(self, log: Log) -> None:
        """The log written down; where it cannot be, the session goes on and says so."""
        try:
            self.save(log)
        except FileError as error:
            self.notify(str(error), severity="error")

    def draw(self) -> None:
        """The present cue on the screen."""
        page = self.screen_stack[0] if self.screen_stack else self.screen
        if not page.query("#where"):
            return  # the page is not there yet, or not any more
        playback, cue = self.playback, self.playback.cue
        left = max(0, round(cue.until_s - playback.at_s))
        steps = len(playback.plan.steps)
        remaining = clock(max(0, round(playback.timeline.seconds - playback.at_s)))
        paused = "   PAUSED" if playback.paused else ""
        page.query_one("#where", Label).update(f"Step {min(cue.step + 1, steps)} of {steps}   {remaining} left{paused}")
        page.query_one("#name", Label).update(cue.title + _side(cue.side))
        page.query_one("#count", Digits).update(str(left))
        page.query_one("#breath", Label).update(_breath(cue, playback.at_s))
        page.query_one("#progress", ProgressBar).update(total=max(1, playback.timeline.seconds), progress=playback.at_s)
        page.query_one("#next", Label).update(_next(playback))
        page.query_one("#cue", Static).update("\n".join(self.words(cue)))

    def words(self, cue: Cue) -> tuple[str, ...]:
        """The sentences of the cue; those of the step's first cue stay on while it is held or moved."""
        if cue.say or cue.kind is CueKind.REST:
            return cue.say
        cues = [c for c in self.playback.timeline.cues if c.step == cue.step and c.kind is cue.kind]
        return cues[0].say

    def action_pause(self) -> None:
        """Pause, or go on."""
        if not self.asking:
            self.change(pause(self.playback))

    def action_step_back(self) -> None:
        """To the start of the step, or the step before."""
        if not self.asking:
            self.change(back(self.playback))

    def action_skip(self) -> None:
        """On to the next step."""
        if not self.asking:
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

    async def ask(self, question: str, answers: dict[str, str], *, leave: bool = False) -> str:
        """The answer to a question put over the session."""
        return await self.push_screen_wait(Ask(question, answers, leave=leave))

    async def ask_where_it_hurts(self) -> None:
        """What kind, how much, and after a red light whether it is an emergency."""
        while kind := await self.ask("Paused. What does it feel like?", KINDS, leave=True):
            if kind == SOMETHING_WORSE:
                if await self.ask_tripwires():
                    return
                continue
            strength = await self.ask("How strong is it now, from 0 to 10?", PAINS, leave=True)
            if strength:
                await self.judge(Quality(kind), int(strength))
                break
        self.go_on()

    async def judge(self, quality: Quality, during: int) -> None:
        """The traffic light, said in words, and what it leads to."""
        now, step = self.playback, self.playback.step
        if step is None:
            return
        light = colour(now.pain, during, quality)
        if light.action is Action.HALVE_ARC_AND_HOLD and not await self.settles():
            light = replace(light, colour=Colour.RED, action=Action.STOP_EXERCISE_TODAY, say=DID_NOT_SETTLE)
        after = hurts(now, self.catalogue, self.now, before=now.pain, during=during, quality=quality, light=light)
        self.change(after, asking=True)
        if light.colour is Colour.RED and await self.ask_tripwires():
            return
        ends = "end_session" in light.then
        said = light.say if ends else f"{light.say}\n\n{_what_now(step, light, after)}".strip()
        if await self.ask(said, END if ends else ON_OR_STOP) != "on":
            self.finish(Ending.STOPPED)

    async def settles(self) -> bool:
        """Whether an amber pain falls again within two breaths."""
        question = "Ease off and take two slow breaths. Has it fallen to 3 or less, or back to where it was before?"
        return await self.ask(question, {"yes": "Yes", "no": "No, or not sure"}) == "yes"

    async def ask_tripwires(self) -> bool:
        """Whether a sign that ends the session is there; if so it is ended with the card that tells what to do."""
        pregnant = Tag.PREGNANCY_T2_T3 in self.playback.plan.limits.tags
        wires = {wire.id: wire.when.capitalize() for wire in tripwires(pregnant=pregnant)}
        found = await self.ask(
            "Stop and rest. Is any of these so, now or new?", {NONE_OF_THESE: "None of these", **wires}
        )
        wire = tripped([found])
        if wire is None:
            return False
        await self.ask(card(wire), END)
        self.finish(Ending.STOPPED)
        return True

    async def ask_the_leg(self) -> None:
        """After a set that moved the low back of somebody with leg pain: what the leg says."""
        said = LegResponse(await self.ask("How is the leg after this one?", LEGS))
        if said is LegResponse.NEW_NUMBNESS_OR_WEAKNESS:
            if not await self.ask_tripwires():
                await self.ask(LEG_ENDS_IT, END)
                self.finish(Ending.STOPPED)
            return
        after = leg_answers(self.playback, self.catalogue, said)
        if after is not self.playback:
            self.change(after, asking=True)
            if await self.ask(f"That direction is out for today. {_still_to_come(after)}", ON_OR_STOP) != "on":
                self.finish(Ending.STOPPED)
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
    return f"{advice(wire.verdict)} {whom_to_call()}" if wire.verdict is Verdict.EMERGENCY else advice(wire.verdict)


def _what_now(step: Step, light: Light, after: Playback) -> str:
    """What the session makes of the light."""
    if light.colour is Colour.GREEN:
        return ""
    if light.colour is Colour.AMBER:
        return f"{step.name} begins again, half as far."
    return f"{step.name} is out for today. {_still_to_come(after)}"


def _still_to_come(after: Playback) -> str:
    names = list(dict.fromkeys(later.name for later in after.plan.steps))
    return f"Still to come: {', '.join(names)}." if names else "Nothing else is left today."


def _breath(cue: Cue, at_s: float) -> str:
    if cue.kind not in (CueKind.HOLD, CueKind.MOVE):
        return STEPPING.get(cue.kind, "")
    now = f"{STEPPING[cue.kind]} {cue.count} of {cue.of}, {cue.arc_percent} % of the way"
    return f"{now}: breathe {breath(at_s - cue.at_s)}"


def _next(playback: Playback) -> str:
    later = playback.plan.steps[playback.cue.step + 1 :]
    return f"Next: {later[0].name}{_side(later[0].side)}" if later else "Next: the end"


def _side(side: Side) -> str:
    return "" if side is Side.NONE else f", {side.value} side"
