"""A live session, played on a screen in this process: the clock, the keys, "It hurts", and what is kept of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.catalogue.words import Flag
from supple.cli.live import KEYS, Live
from supple.cli.place import country
from supple.cli.question import Ask
from supple.files import FileError
from supple.planner import Plan
from supple.planner import plan as make_plan
from supple.planner.background import background
from supple.planner.doses import Mode
from supple.safety.emergency_numbers import emergency_number
from supple.safety.traffic_light import (
    Colour,
    Quality,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    LEG_NOT_ANSWERED,
    CueKind,
    Ending,
    Log,
    Playback,
    alarm,
    go_on,
    open_question,
    start,
)
from supple.session.asking import NONE_OF_THESE, WORSE, stop_now
from tests.people import EVENING, limits_of, planned, vignette, wishes_of
from tests.safety.people import VIGNETTES

Script = Callable[[Pilot[Log], Live], Awaitable[None]]
FIGURE_FOUR = "supine_figure_four"
ON_THE_BACK = {FIGURE_FOUR, "sphinx", "knee_rocks", "pelvic_tilt", "double_knee_to_chest", "single_knee_to_chest"}
STILL, FAST = 0.0, 300.0
POLL_S = 0.01
POLLS = 2000


@cache
def figure_four_plan() -> Plan:
    """A plan for V07 that holds the figure-four between other stretches on the mat."""
    person = vignette("V07", 15, (Setting.FLOOR,), wanted=(FIGURE_FOUR,))
    bounds = limits_of(person)
    dropped = {stretch: "Not in this test." for stretch in load().stretches if stretch not in ON_THE_BACK}
    return make_plan(
        load(), bounds, wishes_of(person), replace(background(person.past, load(), None, bounds), dropped=dropped)
    )


def at_step(made: Plan, stretch: str, *, pain: int = 2) -> Playback:
    """A session that has come ten seconds into the work of a stretch, with all before it done."""
    begun = start(made, load(), EVENING, pain)
    index = next(i for i, step in enumerate(made.steps) if step.stretch == stretch)
    return replace(begun, at_s=float(begun.timeline.start_of(index) + made.steps[index].transition_s + 10))


def play(
    playback: Playback, script: Script, *, rate: float = STILL, size: tuple[int, int] = (80, 24)
) -> tuple[Live, list[Log]]:
    """The session after `script` has played it, and the logs that it saved on the way."""
    saved: list[Log] = []
    live = Live(playback, saved.append, now=EVENING, rate=rate)

    async def run() -> None:
        async with live.run_test(size=size) as pilot:
            await until(lambda: bool(live.query("#where")))
            await script(pilot, live)

    asyncio.run(run())
    return live, saved


def test_on_a_narrow_terminal_the_name_is_whole_and_its_side_too() -> None:
    made = planned(vignette("V07", 8, (Setting.FLOOR,)))
    index = max(range(len(made.steps)), key=lambda i: (made.steps[i].side is Side.LEFT, len(made.steps[i].name)))
    shown: list[str] = []

    async def look(pilot: Pilot[Log], live: Live) -> None:
        await pilot.pause()
        shown.extend(strip.text for strip in live.screen._compositor.render_strips())

    play(at_step(made, made.steps[index].stretch), look, size=(40, 30))

    assert f"{made.steps[index].name}, left side" in " ".join(" ".join(shown).split())


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(POLLS):
        if holds():
            return
        await asyncio.sleep(POLL_S)
    raise AssertionError("it never came about")


async def asked(live: Live) -> Ask:
    """The question that is on the screen, once it is."""

    def there() -> bool:
        return isinstance(live.screen, Ask) and live.screen.focused is not None

    await until(there)
    assert isinstance(live.screen, Ask)
    return live.screen


async def answer(pilot: Pilot[Log], live: Live, *keys: str) -> None:
    """Answer the questions that come with the answers of these keys."""
    for key in keys:
        question = await asked(live)
        question.query_one(OptionList).highlighted = list(question.answers).index(key)
        await pilot.press("enter")
        await until(lambda question=question: live.ended or live.screen is not question)  # type: ignore[misc]  # bound now


async def to_the_end(_: Pilot[Log], live: Live) -> None:
    """Do nothing until the session has ended."""
    await until(lambda: live.ended)


def hurting(*keys: str) -> Script:
    """A script that presses h and gives these answers."""

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, *keys)
        await until(lambda: live.ended or not live.asking)

    return script


def result(live: Live) -> Log:
    """The log that a session gave back."""
    assert live.return_value is not None
    return live.return_value


def test_a_session_runs_to_its_end_and_its_log_is_whole() -> None:
    made = planned(vignette("V07", 3))

    live, saved = play(start(made, load(), EVENING, 2), to_the_end, rate=FAST)

    log = result(live)
    assert [(entry.stretch, entry.side, entry.seconds) for entry in log.entries] == [
        (step.stretch, step.side, step.work_s) for step in made.steps
    ]
    assert {entry.ending for entry in log.entries} == {Ending.DONE}
    assert log.ending is Ending.DONE
    assert log.ended is not None
    assert log.rest is None
    assert saved[-1].entries == log.entries


def test_whatever_was_saved_last_the_session_can_go_on_from_there() -> None:
    made = planned(vignette("V07", 5))
    every = [(step.stretch, step.side) for step in made.steps]

    _, saved = play(start(made, load(), EVENING, 2), to_the_end, rate=FAST)

    for log in saved[:-1]:
        later = go_on(log, load())
        done = [(entry.stretch, entry.side) for entry in log.entries]
        assert done + [(step.stretch, step.side) for step in (later.plan.steps if later else ())] == every


def test_pause_stops_the_clock_and_lets_it_go_on() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("space")
        stood, then = live.playback.at_s, live.now
        await until(lambda: (live.now - then).total_seconds() > 3)
        assert live.playback.at_s == stood
        assert "PAUSED" in str(live.query_one("#where", Static).render())
        await pilot.press("space")
        await until(lambda: live.playback.at_s > stood)
        await pilot.press("q")

    play(at_step(figure_four_plan(), FIGURE_FOUR), script, rate=10)


@pytest.mark.parametrize(
    ("minutes", "key", "asked_first"), [(9, "space", False), (10, "space", True), (10, "s", True), (10, "b", True)]
)
def test_who_was_away_for_long_is_asked_as_before_any_session_when_they_go_on(
    minutes: int, key: str, asked_first: bool
) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("space")
        live.opened -= 60 * minutes  # so much later
        await pilot.press(key)
        assert live.ended is asked_first
        await pilot.press("q")

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert (result(live).ended is None) is asked_first
    assert go_on(result(live), load()) if asked_first else True


def test_who_answers_a_question_hours_later_is_asked_first_too() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.STRETCH_PULL, "1")
        live.opened -= 3600
        await answer(pilot, live, "on")
        await until(lambda: live.ended)

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert result(live).ended is None
    assert [hurt.colour for hurt in result(live).hurts] == [Colour.GREEN]


def test_skip_goes_to_the_next_step_and_back_takes_it_back() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("s")
        assert live.playback.cue.step == 1
        assert [entry.ending for entry in live.playback.log.entries] == [Ending.SKIPPED]
        await pilot.press("b")
        assert live.playback.cue.step == 0
        assert live.playback.log.entries == ()
        await pilot.press("right", "right", "left")
        assert live.playback.cue.step == 1
        await pilot.press("q")

    play(start(figure_four_plan(), load(), EVENING, 2), script)


def test_back_within_a_step_begins_it_again() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        step = live.playback.cue.step
        await pilot.press("b")
        assert live.playback.at_s == live.playback.timeline.start_of(step)
        await pilot.press("q")

    play(at_step(figure_four_plan(), FIGURE_FOUR), script)


def test_who_is_ready_goes_on_to_the_work() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        work_s = live.playback.timeline.start_of(1) + live.playback.plan.steps[1].transition_s
        assert "r I am ready" in words_of(live, "#keys")
        await pilot.press("r")
        assert live.playback.cue.kind is CueKind.INTO_POSITION
        await pilot.press("r")
        assert live.playback.at_s == work_s
        assert "I am ready" not in words_of(live, "#keys")
        await pilot.press("r")
        assert live.playback.at_s == work_s
        await pilot.press("q")

    begun = start(figure_four_plan(), load(), EVENING, 2)
    play(replace(begun, at_s=float(begun.timeline.start_of(1))), script)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_stopping_keeps_what_was_done_of_the_step(key: str) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press(key)

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    log = result(live)
    assert log.ending is Ending.STOPPED
    assert [(entry.stretch, entry.seconds, entry.ending) for entry in log.entries] == [
        (FIGURE_FOUR, 10, Ending.STOPPED)
    ]


def test_ctrl_c_ends_the_session_even_at_a_question() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await asked(live)
        await pilot.press("ctrl+c")
        await until(lambda: live.ended)

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert result(live).ending is Ending.STOPPED


def test_v07_tingling_is_red_whatever_the_number() -> None:
    made = figure_four_plan()
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.TINGLING_OR_NUMB, "3", NONE_OF_THESE)
        said.append((await asked(live)).question)
        await answer(pilot, live, "on")
        await until(lambda: not live.asking)
        await pilot.press("q")

    live, saved = play(at_step(made, FIGURE_FOUR), script)

    hurt = result(live).hurts[0]
    assert (hurt.stretch, hurt.before, hurt.during, hurt.rule, hurt.colour) == (FIGURE_FOUR, 2, 3, "T1", Colour.RED)
    stopped = result(live).entries[0]
    assert (stopped.stretch, stopped.ending, stopped.colour) == (FIGURE_FOUR, Ending.STOPPED, Colour.RED)
    assert "Stop this stretch now." in said[0]
    assert "Tingling or numbness is always a stop, even when the number is low." in said[0]
    assert "until a clinician has looked" in said[0]
    assert "is out for today" in said[0]
    assert [log.hurts for log in saved if log.hurts][1] == (hurt,)  # after the kind alone
    later = [load().stretch(step.stretch) for step in live.playback.plan.steps]
    assert later
    assert FIGURE_FOUR not in [stretch.id for stretch in later]
    assert not any(stretch.spine_load.lumbar.flexion >= 2 or Flag.NEURAL_TENSION in stretch.flags for stretch in later)
    assert live.playback.plan.seconds <= made.seconds


def test_escape_leaves_what_it_feels_like_but_no_question_of_safety() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.TINGLING_OR_NUMB)
        strength = await asked(live)
        await pilot.press("escape")
        await until(lambda: live.screen is not strength)
        await answer(pilot, live, WORSE)
        signs = await asked(live)
        await pilot.press("escape", "escape")
        assert live.screen is signs
        await answer(pilot, live, NONE_OF_THESE)
        kinds = await asked(live)
        await pilot.press("escape")
        await until(lambda: live.screen is not kinds)
        assert not live.asking
        assert live.playback.log.hurts == ()

    play(at_step(figure_four_plan(), FIGURE_FOUR), script)


@pytest.mark.parametrize(("typed", "pain"), [("3", 3), ("10", 10), ("1", 1), ("35", 5), ("97", 7)])
def test_a_pain_can_be_typed_and_enter_gives_it(typed: str, pain: int) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.STRETCH_PULL)
        strength = await asked(live)
        await pilot.press(*typed)
        assert live.screen is strength
        await pilot.press("enter")
        await until(lambda: live.screen is not strength)
        await asked(live)

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    shown = live.playback.log.hurts[0].during if live.playback.log.hurts else None
    assert shown == pain


def before_the_end_of(stretch: str) -> Playback:
    """A session of V04 a second before the end of a stretch."""
    made = planned(vignette("V04", 8, (Setting.FLOOR, Setting.WALL)))
    begun = start(made, load(), EVENING, 2)
    index = next(i for i, step in enumerate(made.steps) if step.stretch == stretch)
    return replace(begun, at_s=float(begun.timeline.start_of(index + 1) - 1))


def test_how_the_leg_is_stands_open_in_the_log_of_whoever_leaves_over_it() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        assert "How is the leg" in (await asked(live)).question
        await pilot.press("ctrl+c")

    live, saved = play(before_the_end_of("sphinx"), script, rate=10)

    for log in (saved[-1], result(live)):
        left = open_question(log)
        assert left
        assert left.answer == LEG_NOT_ANSWERED


def test_who_is_dizzy_is_told_to_sit_or_lie_before_anything_is_asked_and_gives_no_number() -> None:
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        for key in (Quality.DIZZINESS, "down", NONE_OF_THESE, "end"):
            said.append((await asked(live)).question)
            await answer(pilot, live, key)

    live, _ = play(start(planned(vignette("V06", 5)), load(), EVENING, 2), script)

    assert said[1].startswith("Stop. Sit down now, or lie down, on your side if you are pregnant")
    assert "Is any of these so" in said[2]
    assert "call your maternity unit today." in said[3]
    assert result(live).ending is Ending.STOPPED


def test_an_emergency_in_a_session_ends_it_with_the_number_to_call() -> None:
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, WORSE, "W1")
        said.append((await asked(live)).question)
        await answer(pilot, live, "end")

    live, saved = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert said[0].startswith(stop_now(Verdict.EMERGENCY))
    assert f"The emergency number is {emergency_number(country()).number}." in said[0]
    assert alarm(saved[-1]) == alarm(result(live)) is not None


def test_a_log_that_cannot_be_written_does_not_end_the_session() -> None:
    def full(_: Log) -> None:
        raise FileError("log.json: cannot be written (No space left on device).")

    live = Live(start(figure_four_plan(), load(), EVENING, 2), full, now=EVENING, rate=STILL)

    async def run() -> None:
        async with live.run_test() as pilot:
            await pilot.press("s", "s", "q")

    asyncio.run(run())

    assert len(result(live).entries) == 2


def test_a_machine_that_slept_has_not_stretched() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        live.before -= 3600
        await until(lambda: live.playback.at_s > begun.at_s)
        assert live.playback.at_s < begun.at_s + 10
        await pilot.press("q")

    begun = at_step(figure_four_plan(), FIGURE_FOUR)
    live, _ = play(begun, script, rate=1)

    assert [entry.ending for entry in result(live).entries] == [Ending.STOPPED]


@pytest.mark.parametrize("size", [(80, 24), (100, 36)], ids=str)
@pytest.mark.parametrize("identifier", ["V01", "V03", "V06", "V08", "V10"])
def test_the_wordiest_moment_of_a_session_fits_on_the_screen(identifier: str, size: tuple[int, int]) -> None:
    minutes = VIGNETTES[identifier]["expected"]["dose"].get("max_session_minutes", 8)
    begun = start(planned(vignette(identifier, minutes)), load(), EVENING, 2)
    wordiest = max(begun.timeline.cues, key=lambda cue: sum(len(sentence) for sentence in cue.say))

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.pause()
        body = live.query_one("#body")
        assert body.max_scroll_y == 0
        assert body.region.bottom <= size[1] - 1
        for name in ("#where", "#name", "#cue", "#next"):
            assert live.query_one(name).region.right <= size[0]

    play(replace(begun, at_s=float(wordiest.at_s)), script, size=size)


def lines_of(live: Live) -> list[str]:
    """What stands on the screen, line by line."""
    return [strip.text.strip() for strip in live.screen._compositor.render_strips()]


def test_on_a_small_terminal_an_arrow_brings_the_words_that_have_no_room() -> None:
    begun = start(planned(vignette("V06", 8)), load(), EVENING, 2)
    wordiest = max(begun.timeline.cues, key=lambda cue: sum(len(sentence) for sentence in cue.say))

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await until(lambda: "More words" in words_of(live, "#keys"))
        await pilot.pause()  # until the bar beside the words is drawn, too
        above = lines_of(live)
        assert any(line.startswith("Step ") for line in above)
        await pilot.press("down")
        assert lines_of(live) != above
        await pilot.press("up")
        await until(lambda: lines_of(live) == above)

    play(replace(begun, at_s=float(wordiest.at_s)), script, size=(40, 16))


@pytest.mark.parametrize("given", [(), (Quality.SHARP,), (WORSE,)], ids=["kind", "number", "signs"])
def test_every_answer_of_a_question_is_on_a_small_terminal(given: tuple[str, ...]) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, *given)
        question = await asked(live)
        await pilot.pause()
        shown = " ".join(" ".join(lines_of(live)).replace("│", " ").split())
        for words in question.answers.values():
            assert words in shown

    play(start(planned(vignette("V06", 5)), load(), EVENING, 2), script, size=(40, 24))


def test_the_key_for_it_hurts_is_on_the_screen_in_every_part_of_a_session() -> None:
    made = figure_four_plan()
    begun = start(made, load(), EVENING, 2)
    kinds = {cue.kind: cue for cue in begun.timeline.cues if cue.kind is not CueKind.FINISH}

    async def script(_: Pilot[Log], live: Live) -> None:
        for cue in kinds.values():
            live.change(replace(live.scene, playback=replace(live.playback, at_s=float(cue.at_s))))
            assert "h It hurts" in words_of(live, "#keys")

    play(begun, script)


def words_of(live: Live, part: str) -> str:
    """What stands in a part of the page or of the question on it."""
    return str(live.screen.query_one(part, Static).render())


@pytest.mark.parametrize("width", [40, 80])
def test_no_key_is_cut_off_however_narrow_the_terminal(width: int) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.pause()
        lines = words_of(live, "#keys").splitlines()
        assert all(len(line) <= width - 2 for line in lines)
        assert [key for line in lines for key in line.split("   ")][: len(KEYS)] == list(KEYS.values())
        assert live.query_one("#keys").region.height == len(lines)

    play(at_step(figure_four_plan(), FIGURE_FOUR), script, size=(width, 24))


def test_while_paused_the_key_says_go_on() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("space")
        assert "space Go on" in words_of(live, "#keys")
        assert "Pause" not in words_of(live, "#keys")
        await pilot.press("space")
        assert "space Pause" in words_of(live, "#keys")

    play(at_step(figure_four_plan(), FIGURE_FOUR), script)


def test_a_question_shows_its_own_keys_and_hides_the_page() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        question = await asked(live)
        assert words_of(live, "#ask_keys").split("   ") == ["\u2191\u2193 Choose", "Enter Answer", "Esc Go back"]
        assert question.styles.background.a == 1
        await answer(pilot, live, WORSE)
        await asked(live)
        assert "Esc" not in words_of(live, "#ask_keys")

    play(at_step(figure_four_plan(), FIGURE_FOUR), script)


def test_an_enter_too_many_answers_no_question() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        for key in (Quality.SHARP, "7"):
            await stray_enter(pilot, live)
            await answer(pilot, live, key)
        signs = await stray_enter(pilot, live)
        assert list(signs.answers)[-1] == NONE_OF_THESE
        await answer(pilot, live, NONE_OF_THESE)
        await stray_enter(pilot, live)

    async def stray_enter(pilot: Pilot[Log], live: Live) -> Ask:
        question = await asked(live)
        assert question.query_one(OptionList).highlighted is None
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert live.screen is question
        return question

    play(at_step(figure_four_plan(), FIGURE_FOUR), script)


def test_in_cycles_the_screen_says_when_to_go_stay_and_come_back_and_leaves_breathing_to_the_stretch() -> None:
    made = planned(vignette("V07", 8, (Setting.FLOOR,)))
    step = next(step for step in made.steps if step.mode is not Mode.HOLD and step.pause_s)
    begun = start(made, load(), EVENING, 2)
    work_s = begun.timeline.start_of(made.steps.index(step)) + step.transition_s
    move_s = step.seconds // step.cycles // 2 - step.pause_s
    said = []

    async def script(_: Pilot[Log], live: Live) -> None:
        for into_s in (0, move_s, move_s + step.pause_s, 2 * move_s + step.pause_s):
            live.change(replace(live.scene, playback=replace(live.playback, at_s=float(work_s + into_s))))
            assert "Breathing: " in words_of(live, "#cue")
            said.append(str(live.query_one("#breath", Static).render()).partition(": ")[2])

    play(begun, script)

    assert said == ["go", f"stay {step.pause_s} s", "come back", f"stay {step.pause_s} s"]


def test_a_second_side_that_begins_again_is_not_told_to_change_sides() -> None:
    made = planned(vignette("V07", 8, (Setting.FLOOR,)))
    index = next(index for index, step in enumerate(made.steps) if step.side is Side.RIGHT)
    begun = start(made, load(), EVENING, 4)
    work_s = float(begun.timeline.start_of(index) + made.steps[index].transition_s + 3)

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await hurting(Quality.ACHE, "5", "yes", "on")(pilot, live)
        assert words_of(live, "#cue") == "The same side again: the right."

    play(replace(begun, at_s=work_s), script)
