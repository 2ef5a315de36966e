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
from supple.cli.question import PAINS, Ask
from supple.cli.signs import at_once
from supple.cli.talk import NONE_OF_THESE, SOMETHING_WORSE
from supple.files import FileError
from supple.planner import Alarm, Plan
from supple.planner import plan as make_plan
from supple.planner.background import background
from supple.planner.doses import Mode
from supple.safety.emergency_numbers import emergency_number
from supple.safety.traffic_light import (
    NUMB_OR_WEAK,
    Colour,
    LegResponse,
    Quality,
    Tripwire,
    colour,
    first_of_all,
    tripwires,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    NOT_ANSWERED,
    WEAK,
    CueKind,
    Ending,
    Hurt,
    Log,
    Playback,
    alarm,
    go_on,
    history,
    must_end,
    open_question,
    start,
)
from tests.people import EVENING, Person, limits_of, planned, vignette, wishes_of
from tests.safety.people import VIGNETTES, well

Script = Callable[[Pilot[Log], Live], Awaitable[None]]
FIGURE_FOUR = "supine_figure_four"
ON_THE_BACK = {FIGURE_FOUR, "sphinx", "knee_rocks", "pelvic_tilt", "double_knee_to_chest", "single_knee_to_chest"}
STILL, FAST = 0.0, 300.0
POLL_S = 0.01
POLLS = 2000


@cache
def figure_four_plan() -> Plan:
    """A plan for V07 that holds the figure-four between other stretches on the mat."""
    person = vignette("V07", 8, (Setting.FLOOR,))
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
    live = Live(playback, load(), saved.append, now=EVENING, rate=rate)

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


def test_amber_that_settles_halves_the_stretch_and_begins_it_again() -> None:
    made = figure_four_plan()

    live, _ = play(at_step(made, FIGURE_FOUR, pain=4), hurting(Quality.ACHE, "5", "yes", "on"))

    before = next(step for step in made.steps if step.stretch == FIGURE_FOUR)
    assert live.playback.step is not None
    assert live.playback.step.arc_percent == before.arc_percent // 2
    assert live.playback.step.hold_s == before.hold_s // 2
    assert live.playback.cue.kind is CueKind.INTO_POSITION
    assert [hurt.colour for hurt in live.playback.log.hurts] == [Colour.AMBER]


def test_amber_that_does_not_settle_is_red() -> None:
    live, _ = play(
        at_step(figure_four_plan(), FIGURE_FOUR, pain=4), hurting(Quality.ACHE, "5", "no", NONE_OF_THESE, "on")
    )

    assert [hurt.colour for hurt in live.playback.log.hurts] == [Colour.RED]
    assert FIGURE_FOUR not in [step.stretch for step in live.playback.plan.steps]


def test_pain_that_nobody_said_has_settled_counts_as_unsettled() -> None:
    seen: list[Log] = []

    async def close(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.ACHE, "5")
        await asked(live)
        seen.append(live.playback.log)
        await pilot.press("ctrl+c")

    live, saved = play(at_step(figure_four_plan(), FIGURE_FOUR, pain=4), close)

    assert [hurt.colour for hurt in seen[0].hurts] == [Colour.RED]
    assert seen[0].hurts == saved[-1].hurts  # also for whoever is killed over the question
    assert saved[-1].rest
    assert FIGURE_FOUR not in [step.stretch for step in saved[-1].rest.steps]
    assert [hurt.colour for hurt in result(live).hurts] == [Colour.RED]
    assert result(live).entries[-1].colour is Colour.RED


def test_a_pull_is_green_and_the_session_carries_on() -> None:
    begun = at_step(figure_four_plan(), FIGURE_FOUR)

    live, _ = play(begun, hurting(Quality.STRETCH_PULL, "3", "on"))

    assert live.playback.plan == begun.plan
    assert live.playback.at_s == begun.at_s
    assert [hurt.colour for hurt in live.playback.log.hurts] == [Colour.GREEN]
    assert not live.ended


def test_weakness_ends_the_session() -> None:
    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), hurting(Quality.WEAKNESS, "down", NONE_OF_THESE, "end"))

    assert result(live).ending is Ending.STOPPED
    assert [hurt.rule for hurt in result(live).hurts] == ["T1"]


@pytest.mark.parametrize(
    ("wire", "way"),
    [*((wire, [SOMETHING_WORSE]) for wire in tripwires(pregnant=False)), (tripwires()[0], [Quality.SHARP, "2"])],
    ids=["W1", "W2", "W3", "W5", "W1 after a red light"],
)
def test_a_tripwire_ends_the_session_with_what_to_do(wire: Tripwire, way: list[str]) -> None:
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, *way, wire.id)
        said.append((await asked(live)).question)
        await answer(pilot, live, "end")

    live, saved = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert result(live).ending is Ending.STOPPED
    assert len(result(live).hurts) == len(way) - 1
    assert (at_once(wire.verdict) if wire.verdict else "Stop; sit or lie") in said[0]
    assert "Do not start" not in said[0]
    check = result(live).rechecks[-1]
    assert (check.answer, check.told, check.verdict) == (wire.id, wire.when, wire.verdict)
    assert saved[-1].rechecks[-1] == check
    number = f"The emergency number is {emergency_number(country()).number}."
    assert (number in said[0]) is (wire.verdict is Verdict.EMERGENCY)


@pytest.mark.parametrize(("identifier", "is_asked"), [("V06", True), ("V07", False)])
def test_the_sign_of_pregnancy_is_asked_of_the_pregnant_alone(identifier: str, is_asked: bool) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, SOMETHING_WORSE)
        assert ("W4" in (await asked(live)).answers) is is_asked
        await pilot.press("ctrl+c")

    play(start(planned(vignette(identifier, 5)), load(), EVENING, 2), script)


def test_escape_leaves_what_it_feels_like_but_no_question_of_safety() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.TINGLING_OR_NUMB)
        strength = await asked(live)
        await pilot.press("escape")
        await until(lambda: live.screen is not strength)
        await answer(pilot, live, SOMETHING_WORSE)
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
        assert strength.answers == PAINS
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


def leg(*keys: str) -> Script:
    """A script that waits for the question about the leg and gives these answers."""

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await answer(pilot, live, *keys)
        await until(lambda: live.ended or not live.asking)
        await pilot.press("q")

    return script


def test_pain_that_moved_down_the_leg_takes_that_direction_away() -> None:
    live, _ = play(before_the_end_of("sphinx"), leg(LegResponse.MOVED_DOWN_OR_LARGER, "on"), rate=10)

    later = live.playback.plan.steps
    assert later
    assert all(load().stretch(step.stretch).spine_load.lumbar.extension == 0 for step in later)
    assert result(live).entries[0].stretch == "sphinx"


@pytest.mark.parametrize("response", [LegResponse.MOVED_UP_OR_SMALLER, LegResponse.UNCHANGED])
def test_a_leg_that_is_no_worse_lets_the_plan_go_on(response: LegResponse) -> None:
    begun = before_the_end_of("sphinx")

    live, _ = play(begun, leg(response), rate=10)

    assert live.playback.plan == begun.plan


@pytest.mark.parametrize("then", [["W3", "end"], [NONE_OF_THESE, "end"]], ids=["a sign", "no sign"])
def test_new_numbness_of_the_leg_ends_the_session(then: list[str]) -> None:
    live, _ = play(before_the_end_of("sphinx"), leg(LegResponse.NEW_NUMBNESS_OR_WEAKNESS, *then), rate=10)

    assert result(live).ending is Ending.STOPPED


def test_the_leg_is_asked_of_those_alone_who_have_leg_pain() -> None:
    made = planned(vignette("V07", 5))

    live, _ = play(start(made, load(), EVENING, 2), to_the_end, rate=FAST)

    assert not made.limits.ask_after_each_set
    assert result(live).ending is Ending.DONE


def test_a_log_that_cannot_be_written_does_not_end_the_session() -> None:
    def full(_: Log) -> None:
        raise FileError("log.json: cannot be written (No space left on device).")

    live = Live(start(figure_four_plan(), load(), EVENING, 2), load(), full, now=EVENING, rate=STILL)

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


def test_the_key_for_it_hurts_is_on_the_screen_in_every_part_of_a_session() -> None:
    made = figure_four_plan()
    begun = start(made, load(), EVENING, 2)
    kinds = {cue.kind: cue for cue in begun.timeline.cues if cue.kind is not CueKind.FINISH}

    async def script(_: Pilot[Log], live: Live) -> None:
        for cue in kinds.values():
            live.change(replace(live.playback, at_s=float(cue.at_s)))
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
        assert [key for line in lines for key in line.split("   ")] == list(KEYS.values())
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
        await answer(pilot, live, SOMETHING_WORSE)
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


def test_none_of_the_grave_signs_is_written_down_too() -> None:
    live, saved = play(
        at_step(figure_four_plan(), FIGURE_FOUR), hurting(Quality.TINGLING_OR_NUMB, "3", NONE_OF_THESE, "on")
    )

    assert [(check.answer, check.verdict) for check in live.playback.log.rechecks] == [(NONE_OF_THESE, None)]
    assert [check.answer for log in saved for check in log.rechecks] == [NOT_ANSWERED] * 2 + [NONE_OF_THESE]


def test_weakness_is_to_be_looked_at_though_no_other_sign_was_there() -> None:
    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), hurting(Quality.WEAKNESS, "down", NONE_OF_THESE, "end"))

    assert alarm(result(live)) == Alarm(result(live).hurts[0].at, WEAK, Verdict.SAME_DAY)


def test_new_numbness_of_the_leg_is_to_be_looked_at_though_no_other_sign_was_there() -> None:
    way = leg(LegResponse.NEW_NUMBNESS_OR_WEAKNESS, NONE_OF_THESE, "end")
    live, _ = play(before_the_end_of("sphinx"), way, rate=10)

    found = alarm(result(live))
    assert found is not None
    assert (found.told, found.verdict) == (NUMB_OR_WEAK, Verdict.SAME_DAY)


def test_in_cycles_the_screen_says_when_to_go_stay_and_come_back_and_leaves_breathing_to_the_stretch() -> None:
    made = planned(vignette("V07", 8, (Setting.FLOOR,)))
    step = next(step for step in made.steps if step.mode is not Mode.HOLD and step.pause_s)
    begun = start(made, load(), EVENING, 2)
    work_s = begun.timeline.start_of(made.steps.index(step)) + step.transition_s
    move_s = step.seconds // step.cycles // 2 - step.pause_s
    said = []

    async def script(_: Pilot[Log], live: Live) -> None:
        for into_s in (0, move_s, move_s + step.pause_s, 2 * move_s + step.pause_s):
            live.change(replace(live.playback, at_s=float(work_s + into_s)))
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


def test_a_second_time_of_tingling_ends_the_session_and_sends_to_a_clinician() -> None:
    made = planned(vignette("V07", 12, (Setting.FLOOR,)))
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        for last in (False, True):
            await pilot.press("h")
            await answer(pilot, live, Quality.TINGLING_OR_NUMB, "3", NONE_OF_THESE)
            question = await asked(live)
            said.append(question.question)
            assert ("on" in question.answers) is not last
            await answer(pilot, live, "end" if last else "on")
            await until(lambda: live.ended or not live.asking)

    live, _ = play(at_step(made, made.steps[0].stretch), script)

    assert result(live).ending is Ending.STOPPED
    assert "Still to come" in said[0]
    assert "It is the second time in this session, so the session ends here." in said[1]
    assert alarm(result(live)) is None


GRAVE = [Quality.SHARP, Quality.TINGLING_OR_NUMB, Quality.SPREADING, Quality.WEAKNESS, Quality.DIZZINESS]


@pytest.mark.parametrize("quality", GRAVE)
def test_a_grave_kind_of_pain_is_written_down_as_soon_as_it_is_told(quality: Quality) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, quality.value)
        first = first_of_all(quality) or "How strong"
        await until(lambda: isinstance(live.screen, Ask) and first in live.screen.question)
        await pilot.press("ctrl+c")

    live, saved = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    for log in (saved[-1], result(live)):
        assert [(hurt.quality, hurt.colour) for hurt in log.hurts] == [(quality, Colour.RED)]
        assert open_question(log) is not None
        assert (alarm(log) is not None) is (quality is Quality.WEAKNESS)
        assert FIGURE_FOUR in {step.stretch for step in history(log).done if step.colour is Colour.RED}


def test_a_grave_kind_that_was_a_slip_is_taken_back_by_going_back() -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.WEAKNESS.value)
        await until(lambda: isinstance(live.screen, Ask) and "Sit down now" in live.screen.question)
        await pilot.press("escape")
        await until(lambda: isinstance(live.screen, Ask) and "What does it feel like" in live.screen.question)
        await answer(pilot, live, Quality.ACHE.value, "1")
        await answer(pilot, live, "on")
        await until(lambda: not live.asking)
        await pilot.press("q")

    live, saved = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert [hurt.quality for hurt in result(live).hurts] == [Quality.ACHE]
    assert result(live).rechecks == saved[-1].rechecks == ()


def test_what_was_told_of_is_in_the_log_once_with_its_number() -> None:
    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), hurting("sharp", "6", NONE_OF_THESE, "stop"))

    assert [(hurt.quality, hurt.during) for hurt in result(live).hurts] == [(Quality.SHARP, 6)]
    assert [check.answer for check in result(live).rechecks] == [NONE_OF_THESE]


@pytest.mark.parametrize("identifier", ["V06", "V07"])
def test_who_is_dizzy_is_told_to_sit_or_lie_before_anything_is_asked_and_gives_no_number(identifier: str) -> None:
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.DIZZINESS)
        said.append((await asked(live)).question)
        await answer(pilot, live, "down")
        said.append((await asked(live)).question)
        await answer(pilot, live, NONE_OF_THESE)
        said.append((await asked(live)).question)
        await answer(pilot, live, "end")

    live, _ = play(start(planned(vignette(identifier, 5)), load(), EVENING, 2), script)

    assert said[0].startswith("Stop. Sit down now, or lie down, on your side if you are pregnant")
    assert "Is any of these so" in said[1]
    assert "The session ends here." in said[2]
    assert "In pregnancy call your maternity unit today." in said[2]
    assert [(hurt.quality, hurt.during) for hurt in result(live).hurts] == [(Quality.DIZZINESS, 2)]


def test_sharp_pain_in_thin_bones_ends_the_session_with_the_advice_of_the_same_day() -> None:
    answers = well(age=72, osteoporosis="yes", vertebral_fracture="yes", clinician_cleared="yes", duration_weeks=50)
    made = planned(Person(answers, 10, (Setting.FLOOR,)))
    said: list[str] = []

    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.SHARP, "9", NONE_OF_THESE)
        question = await asked(live)
        assert list(question.answers) == ["end"]
        said.append(question.question)
        await answer(pilot, live, "end")

    live, saved = play(start(made, load(), EVENING, 2), script)

    assert "a small break in the spine" in said[0]
    assert at_once(Verdict.SAME_DAY) in said[0]
    assert "Still to come" not in said[0]
    found = alarm(result(live))
    assert found is not None
    assert (found.verdict, found.needs_clinician) == (Verdict.SAME_DAY, True)
    assert all(alarm(log) for log in saved if log.hurts)


@pytest.mark.parametrize(("during", "ends"), [("8", True), ("10", True), ("7", False)])
def test_from_a_pain_of_8_on_the_session_is_over(during: str, ends: bool) -> None:
    async def script(pilot: Pilot[Log], live: Live) -> None:
        await pilot.press("h")
        await answer(pilot, live, Quality.ACHE, during, NONE_OF_THESE)
        question = await asked(live)
        assert ("on" in question.answers) is not ends
        assert ("Another stretch takes its place" in question.question) is not ends
        await answer(pilot, live, "end" if ends else "stop")

    live, _ = play(at_step(figure_four_plan(), FIGURE_FOUR), script)

    assert result(live).ending is Ending.STOPPED
    assert bool(must_end(result(live))) is ends


def test_the_second_time_that_the_leg_gets_worse_ends_the_session() -> None:
    begun = before_the_end_of("sphinx")
    light = colour(2, 3, Quality.SPREADING)
    hurt_before = Hurt(EVENING, "knee_rocks", Side.NONE, 2, 3, Quality.SPREADING, light.rule, light.colour)
    begun = replace(begun, log=replace(begun.log, hurts=(hurt_before,)))

    live, _ = play(begun, leg(LegResponse.MOVED_DOWN_OR_LARGER, "end"), rate=10)

    log = result(live)
    assert log.ending is Ending.STOPPED
    assert {entry.colour for entry in log.entries if entry.stretch == "sphinx"} == {Colour.RED}
    red = [step for step in history(log).done if step.stretch == "sphinx"]
    assert [(step.colour, step.hurt) for step in red] == [(Colour.RED, Quality.SPREADING)]
