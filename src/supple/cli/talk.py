"""What a live session asks: how it hurts, the grave signs, the leg; and what it makes of the answers."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from textual.app import App

from supple.catalogue import Catalogue
from supple.cli.question import PAINS, Ask
from supple.cli.signs import at_once, card
from supple.files import FileError
from supple.planner import Step
from supple.safety.screening import ENDS_IT
from supple.safety.traffic_light import (
    LEG_WORSE,
    NUMB_OR_WEAK,
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
    settled,
    tripped,
    tripwires,
    unsettled,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    NOT_ANSWERED,
    Ending,
    Log,
    Playback,
    end,
    grave,
    hurts,
    kept,
    leg_answers,
    must_end,
    noted,
    rechecked,
)

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
LEGS = {
    LegResponse.MOVED_UP_OR_SMALLER.value: "Better: the pain moved up, or got smaller",
    LegResponse.UNCHANGED.value: "The same",
    LegResponse.MOVED_DOWN_OR_LARGER.value: "Worse: the pain moved down, or got larger",
    LegResponse.NEW_NUMBNESS_OR_WEAKNESS.value: "New numbness or weakness",
}
ON_OR_STOP = {"on": "Go on", "stop": "Stop for today"}
END = {"end": "End the session"}
SAFE = {"down": "I am sitting or lying down"}
LEG_ENDS_IT = "The session ends here. Answer the safety questions again before the next one: supple screen."


class Talk(App[Log]):
    """A session and the questions put over it. Its result is the log; `save` is called whenever the log has grown."""

    def __init__(self, playback: Playback, catalogue: Catalogue, save: Callable[[Log], None], now: datetime) -> None:
        super().__init__()
        self.playback, self.catalogue, self.save = playback, catalogue, save
        self.before = monotonic()
        self.now = now
        self.asking = self.ended = False

    def draw(self) -> None:
        """The session as it is now, on the screen."""

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
            before_asking = hurts(
                now, self.catalogue, self.now, before=now.pain, during=during, quality=quality, light=unsettled(light)
            )
            self.change(before_asking, asking=True)  # so it stands if they close it here
            light = settled(light) if await self.settles() else unsettled(light)
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
