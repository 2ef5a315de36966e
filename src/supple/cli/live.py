"""A session live in the terminal: the big countdown, the breathing, the keys, and "It hurts" at any moment."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Digits, Label, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from supple.anatomy import Side
from supple.catalogue import Catalogue
from supple.cli.files import FileError
from supple.cli.show import clock
from supple.cli.signs import at_once, card
from supple.planner import Step
from supple.planner.doses import is_rest
from supple.safety.screening import ENDS_IT
from supple.safety.traffic_light import (
    Action,
    AfterSet,
    Colour,
    LegResponse,
    Light,
    Quality,
    after_set,
    colour,
    first_of_all,
    is_grave,
    tripped,
    tripwires,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    NOT_ANSWERED,
    Cue,
    CueKind,
    Ending,
    Log,
    Playback,
    advance,
    back,
    breath,
    end,
    grave,
    hurts,
    kept,
    leg_answers,
    loads_low_back,
    must_end,
    noted,
    pause,
    phase,
    rechecked,
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
SAFE = {"down": "I am sitting or lying down"}
HALF = "Go half as far and half as long."
DID_NOT_SETTLE = "Stop this stretch for today: the pain did not settle."
LEG_ENDS_IT = "The session ends here. Answer the safety questions again before the next one: supple screen."
LEG_WORSE = "That direction is out for today and the week, and so is what pulls on the leg nerve."
NUMB_OR_WEAK = "new numbness or weakness in a leg"
GAP = "   "
KEYS = {"hurts": "h It hurts", "pause": "space Pause", "step_back": "b Back", "skip": "s Skip", "stop": "q Stop"}
STEPPING = {CueKind.HOLD: "Hold", CueKind.MOVE: "Move", CueKind.REST: "Rest"}


def in_lines(keys: Iterable[str], width: int) -> str:
    """Keys with what they do, in as many lines as the width needs; none is cut."""
    lines: list[str] = []
    for key in keys:
        if lines and len(lines[-1]) + len(GAP) + len(key) <= width:
            lines[-1] += GAP + key
        else:
            lines.append(key)
    return "\n".join(lines)


class Ask(ModalScreen[str]):
    """One question with its answers. Arrow keys and digits point at an answer, and Enter gives it.

    Nothing is pointed at before somebody does, so that no Enter typed too often answers unread. Escape gives the empty
    answer, and only where `leave` allows it: a question of safety is never passed over.
    """

    def __init__(self, question: str, answers: dict[str, str], *, leave: bool = False) -> None:
        super().__init__()
        self.question, self.answers, self.leave = question, answers, leave
        self.typed = ""

    def compose(self) -> ComposeResult:
        """The question over its answers, and the keys."""
        options = OptionList(*(Option(words, id=key) for key, words in self.answers.items()))
        options.highlighted = None  # it would point at the first
        with Vertical(id="ask"):
            yield Static(self.question, id="question")
            yield options
        yield Static(id="ask_keys")

    def on_resize(self, event: Resize) -> None:
        """The keys, in the width that there is."""
        digits = ["0-9 Number"] if self.answers == PAINS else []
        keys = ["\u2191\u2193 Choose", *digits, "Enter Answer", *(["Esc Go back"] if self.leave else [])]
        self.query_one("#ask_keys", Static).update(in_lines(keys, event.size.width - 2))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer is given."""
        self.dismiss(str(event.option_id))

    def on_key(self, event: Key) -> None:
        """Digits point at their answer: 1, and with a 0 after it 10; other keys begin anew."""
        if event.key == "escape" and self.leave:
            self.dismiss("")
        elif event.character and event.character.isdigit():
            self.point(self.typed + event.character) or self.point(event.character)
        else:
            self.typed = ""

    def point(self, typed: str) -> bool:
        """Point at the answer that is spelt so far, if there is one."""
        if typed not in self.answers:
            return False
        self.typed = typed
        self.query_one(OptionList).highlighted = list(self.answers).index(typed)
        return True


class Live(App[Log]):
    """The session on the whole terminal. Its result is the log; `save` is called whenever the log has grown."""

    CSS = """
    Screen { align: center middle; }
    #body { width: 100%; max-width: 80; height: auto; max-height: 100%; padding: 1 2; overflow-y: auto; }
    #where, #name, #next { width: 100%; }
    #name { text-style: bold; }
    #count { width: 100%; text-align: center; margin: 1 0 0 0; }
    #breath { text-align: center; width: 100%; color: $accent; }
    #cue { margin: 1 0; min-height: 4; }
    #progress Bar { width: 76; }
    #next { color: $text-muted; }
    #keys, #ask_keys { dock: bottom; height: auto; padding: 0 1; background: $panel; color: $foreground; }
    #ask {
        width: 100%; max-width: 70; height: auto; max-height: 100%; overflow-y: auto;
        border: round $primary; padding: 1 2; background: $surface;
    }
    #question { margin: 0 0 1 0; text-style: bold; }
    #ask OptionList { height: auto; max-height: 14; border: none; }
    Ask { align: center middle; background: $background; }
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
        yield Static(id="keys")

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
        moved = later.cue.step > last and step is not None and loads_low_back(step.stretch, self.catalogue)
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
        page.query_one("#cue", Static).update("\n".join(self.words(cue)))

    def words(self, cue: Cue) -> tuple[str, ...]:
        """The sentences of the cue; those of the step's first cue stay on while it is held or moved."""
        if cue.kind is CueKind.CHANGE_SIDES and self.playback.colour is Colour.AMBER:
            return (f"The same side again: the {cue.side.value}.",)
        if cue.say or cue.kind is CueKind.REST:
            return cue.say
        cues = [c for c in self.playback.timeline.cues if c.step == cue.step and c.kind is cue.kind]
        return cues[0].say

    def pace(self, cue: Cue) -> tuple[str, int]:
        """What to do now, and for how many seconds: breathing in a hold; in a cycle when to go, stay and come back."""
        into_s = self.playback.at_s - cue.at_s
        left = max(0, round(cue.until_s - self.playback.at_s))
        if cue.kind not in (CueKind.HOLD, CueKind.MOVE):
            return STEPPING.get(cue.kind, ""), left
        now = f"{STEPPING[cue.kind]} {cue.count} of {cue.of}"
        if self.playback.step and not is_rest(self.catalogue.stretch(self.playback.step.stretch)):
            now += f", {cue.arc_percent} % of the way"  # rest has no way to go
        if cue.kind is CueKind.MOVE and self.playback.step:
            found = phase(self.playback.step, into_s)
            return f"{now}: {found.say}", found.left_s
        return f"{now}: breathe {breath(into_s)}", left

    def keys(self, width: int) -> str:
        """The keys in lines of this width, each to be clicked too."""
        words = KEYS | ({"pause": "space Go on"} if self.playback.paused else {})
        lines = in_lines(words.values(), width)
        for action, said in words.items():
            key, _, does = said.partition(" ")
            lines = lines.replace(said, f"[@click=app.{action}][b]{key}[/b] {does}[/]")
        return lines

    def on_resize(self) -> None:
        """The keys, in the width that there is now."""
        self.draw()

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
        """What kind, how much, and after a red light whether it is an emergency; first what cannot wait."""
        while kind := await self.ask("Paused. What does it feel like?", KINDS, leave=True):
            if kind == SOMETHING_WORSE:
                if await self.ask_tripwires():
                    return
                continue
            strength = await self.ask_how_strong(Quality(kind))
            if strength:
                await self.judge(Quality(kind), int(strength))
                break
        self.go_on()

    async def ask_how_strong(self, quality: Quality) -> str:
        """How strong it is, empty for somebody who goes back.

        What stops a stretch whatever the number is written down before it is asked, so that it stands if they close it
        here; the answer then says it again with its number, and going back takes it back. What has no number is told
        first what to do, and counts with the pain of before.
        """
        before = self.playback
        if is_grave(quality):
            self.change(noted(before, self.catalogue, self.now, quality), asking=True)
        at_first = first_of_all(quality)
        if at_first:
            said = str(before.pain) if await self.ask(at_first, SAFE, leave=True) else ""
        else:
            said = await self.ask("How strong is it now, from 0 to 10?", PAINS, leave=True)
        if said:
            self.playback = before  # what is judged now is written down in place of it
        elif self.playback is not before:
            self.change(before, asking=True)
        return said

    async def judge(self, quality: Quality, during: int) -> None:
        """The traffic light, said in words, and what it leads to."""
        now, step = self.playback, self.playback.step
        if step is None:
            return
        light = colour(now.pain, during, quality, self.catalogue.stretch(step.stretch))
        if light.action is Action.HALVE_ARC_AND_HOLD:
            stays = replace(light, say=HALF)  # who has just said that it settled is not told to wait for it
            stops = replace(light, colour=Colour.RED, action=Action.STOP_EXERCISE_TODAY, say=DID_NOT_SETTLE)
            unsettled = hurts(
                now, self.catalogue, self.now, before=now.pain, during=during, quality=quality, light=stops
            )
            self.change(unsettled, asking=True)  # so it stands if they close it here
            light = stays if await self.settles() else stops
        after = hurts(now, self.catalogue, self.now, before=now.pain, during=during, quality=quality, light=light)
        self.change(after, asking=True)
        if light.colour is Colour.RED and await self.ask_tripwires():
            return
        ending = self.ending(now, light, after)
        said = ending or f"{light.say}\n\n{_what_now(step, light, after)}".strip()
        if await self.ask(said, END if ending else ON_OR_STOP) != "on":
            self.finish(Ending.STOPPED)

    def ending(self, now: Playback, light: Light, after: Playback) -> str | None:
        """What to say where a light that is red ends the session; None where it goes on."""
        if light.colour is not Colour.RED:
            return None
        if ENDS_IT in light.then:
            return f"{light.say} {at_once(Verdict.SAME_DAY)}"
        found = grave(now, self.catalogue, after.log.hurts[-1])
        if found:
            return f"{found.say} {at_once(found.verdict)}" if found.verdict else found.say
        twice = must_end(after.log)
        return f"{light.say}\n\n{twice}" if twice else None

    async def settles(self) -> bool:
        """Whether an amber pain falls again within two breaths."""
        question = "Ease off and take two slow breaths. Has it fallen to 3 or less, or back to where it was before?"
        return await self.ask(question, {"yes": "Yes", "no": "No, or not sure"}) == "yes"

    async def ask_tripwires(self) -> bool:
        """Whether a sign that ends the session is there; if so it is ended with the card that tells what to do."""
        wires = tripwires(pregnant=self.playback.plan.limits.pregnant)
        signs = {wire.id: wire.when.capitalize() for wire in wires}
        before = self.playback
        self.change(rechecked(before, self.now, NOT_ANSWERED), asking=True)  # so it stands if they close it here
        found = await self.ask(
            "Stop and rest. Is any of these so, now or new?", {**signs, NONE_OF_THESE: "None of these"}
        )
        wire = tripped([found])
        told, verdict = (wire.when, wire.verdict) if wire else ("", None)
        self.change(rechecked(before, self.now, found, told, verdict), asking=True)
        if wire is None:
            return False
        await self.ask(card(wire), END)
        self.finish(Ending.STOPPED)
        return True

    async def ask_the_leg(self) -> None:
        """After a set that moved the low back of somebody with leg pain: what the leg says."""
        said = LegResponse(await self.ask("How is the leg after this one?", LEGS))
        if after_set(said) is AfterSet.STOP:
            # whether it is numb or weak is not told apart, so it weighs as much as weakness does
            self.change(rechecked(self.playback, self.now, said, NUMB_OR_WEAK, Verdict.SAME_DAY), asking=True)
            if not await self.ask_tripwires():
                await self.ask(f"{at_once(Verdict.SAME_DAY)} {LEG_ENDS_IT}", END)
                self.finish(Ending.STOPPED)
            return
        after = leg_answers(self.playback, self.catalogue, self.now, said)
        worse = after.plan is not self.playback.plan
        self.change(after, asking=True)
        twice = must_end(after.log) if worse else None
        what_now = twice or f"{LEG_WORSE} {_still_to_come(after)}"
        if worse and await self.ask(what_now, END if twice else ON_OR_STOP) != "on":
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


def _next(playback: Playback) -> str:
    later = playback.plan.steps[playback.cue.step + 1 :]
    return f"Next: {later[0].name}{_side(later[0].side)}" if later else "Next: the end"


def _side(side: Side) -> str:
    return "" if side is Side.NONE else f", {side.value} side"
