"""A session that goes on after a break is one beside others: their logs count, and what is asked at first is asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from supple import shapes
from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.cli import before, resuming
from supple.cli.plans import read_plan
from supple.files import FileError
from supple.planner import Plan, PlanRefused
from supple.planner.doses import Mode, is_movement, needs_warmth
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Hurt, Log, Playback, Recheck, go_on
from supple.session.opening import CHANGE_ASKED, FAINT, HOW_LONG_ASKED, NEW_SINCE, STILL, UP_ASKED
from tests.cli.doors import answers_file, supple
from tests.cli.test_go_begins import BENT_BACK, bends
from tests.people import EVENING, doses, planned, vignette
from tests.safety.people import well

NOW = EVENING.astimezone()
AT = f"{EVENING:%Y-%m-%dT%H:%M}"
A_BREAK = timedelta(minutes=5)
GoOn = Callable[..., Playback]


@pytest.fixture
def made() -> Plan:
    """A plan at a chair for somebody without limits."""
    return planned(vignette("V07", 9, (Setting.CHAIR_DESK,), wanted=("seated_forward_fold",)))


@pytest.fixture
def go_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GoOn:
    """The session in today.json gone on with, by somebody with nothing new; `told` answers what is asked besides."""
    asked: list[str] = []

    def start(
        *,
        told: dict[str, str] | None = None,
        yes: tuple[str, ...] = (),
        pain: int = 2,
        at: datetime = NOW,
        by: Callable[[Path, set[Path], datetime], Playback] | None = None,
    ) -> Playback:
        def answer(question: str, _: object) -> str:
            asked.append(question)
            return (told or {}).get(question) or (str(pain) if "Your pain now" in question else "0")

        def confirm(question: str, **_: object) -> bool:
            asked.append(question)
            return question in yes

        monkeypatch.setattr(before, "ask", answer)
        monkeypatch.setattr(before, "yes", confirm)
        monkeypatch.setattr(resuming, "prompt", lambda _: "")
        file = tmp_path / "today.json"
        if by:
            return by(file, {tmp_path}, at)
        log = shapes.loads(Log, file.read_text(encoding="utf-8"), name="log")
        playback = go_on(log, load())
        assert playback
        return resuming.gone_on(playback, file, {tmp_path}, at)

    start.asked = asked  # type: ignore[attr-defined]  # what tests look at
    return start


def broken_off(made: Plan, folder: Path, before_now: timedelta, *, done: int = 1, now: datetime = NOW) -> Log:
    """The log of a session that broke off after so many steps."""
    at = now - before_now
    entries = tuple(Entry(step.stretch, step.side, at, step.work_s, Ending.DONE) for step in made.steps[:done])
    steps = made.steps[done:]
    rest = replace(made, steps=steps, seconds=sum(step.seconds + step.transition_s for step in steps))
    log = Log(at, 2, entries=entries, rest=rest)
    write(log, folder / "today.json")
    return log


def write(log: Log, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(shapes.dumps(log), encoding="utf-8")


def another(at: datetime, *entries: tuple[str, int, Colour], hurt: Quality | None = None) -> Log:
    """Another session, with these stretches for so many seconds."""
    held = tuple(Entry(stretch, Side.LEFT, at, seconds, Ending.DONE, colour) for stretch, seconds, colour in entries)
    hurts = tuple(
        Hurt(at, stretch, Side.LEFT, 2, 4, hurt, "T1", colour)
        for stretch, _, colour in entries
        if hurt and colour is Colour.RED
    )
    return Log(at, 2, entries=held, hurts=hurts, ended=at, ending=Ending.STOPPED)


def stretches(made: Plan) -> list[str]:
    return list(dict.fromkeys(step.stretch for step in made.steps))


def test_what_nothing_speaks_against_goes_on_as_it_was(made: Plan, go_on_with: GoOn, tmp_path: Path) -> None:
    log = broken_off(made, tmp_path, A_BREAK)

    gone_on = go_on_with()

    assert log.rest
    assert doses(gone_on.plan.steps) == doses(log.rest.steps)


def test_what_hurt_in_another_session_meanwhile_is_out(made: Plan, go_on_with: GoOn, tmp_path: Path) -> None:
    broken_off(made, tmp_path, timedelta(hours=1))
    ahead = stretches(made)[1:]
    assert "seated_thoracic_rotation" in ahead
    red = another(NOW - 2 * A_BREAK, ("seated_thoracic_rotation", 10, Colour.RED), hurt=Quality.SPREADING)
    write(red, tmp_path / "other.json")

    gone_on = go_on_with()

    assert "seated_thoracic_rotation" not in stretches(gone_on.plan)
    assert "seated_thoracic_rotation" in gone_on.plan.background.dropped


def test_muscles_that_another_session_worked_meanwhile_rest(made: Plan, go_on_with: GoOn, tmp_path: Path) -> None:
    broken_off(made, tmp_path, timedelta(hours=1))
    worked = next(step.stretch for step in made.steps[1:] if step.mode is Mode.HOLD and step.side is not Side.NONE)
    write(another(NOW - 2 * A_BREAK, (worked, 120, Colour.GREEN)), tmp_path / "other.json")

    gone_on = go_on_with()

    assert gone_on.plan.background.resting
    assert worked not in stretches(gone_on.plan)


def test_flare_ups_that_come_back_end_it(made: Plan, go_on_with: GoOn, tmp_path: Path) -> None:
    broken_off(made, tmp_path, A_BREAK)
    for days in (25, 18, 10):
        log = another(NOW - timedelta(days=days), ("chin_tuck", 20, Colour.GREEN))
        told = replace(log, day_after=Outcome.FLARE_PLAN, day_after_at=NOW - timedelta(days=days - 1))
        write(told, tmp_path / f"{days}.json")

    with pytest.raises(PlanRefused, match="Your flare-ups last or keep coming back"):
        go_on_with()


def test_the_day_after_is_asked_and_a_flare_up_leaves_only_the_easy_days(
    made: Plan, go_on_with: GoOn, tmp_path: Path
) -> None:
    broken_off(made, tmp_path, A_BREAK)
    write(another(NOW - timedelta(hours=47), ("chin_tuck", 20, Colour.GREEN)), tmp_path / "other.json")

    gone_on = go_on_with(told={CHANGE_ASKED: "3", HOW_LONG_ASKED: STILL})

    assert NEW_SINCE in go_on_with.asked  # type: ignore[attr-defined]  # see the fixture
    assert gone_on.plan.background.easy is not None
    assert set(stretches(gone_on.plan)) <= set(gone_on.plan.background.easy)
    told = shapes.loads(Log, (tmp_path / "other.json").read_text(encoding="utf-8"), name="log")
    assert told.day_after is None
    assert [check.answer for check in told.rechecks] == ["still_sore:flare_plan"]


def test_who_was_faint_in_it_and_is_so_again_does_not_go_on(made: Plan, go_on_with: GoOn, tmp_path: Path) -> None:
    log = broken_off(made, tmp_path, A_BREAK)
    first = made.steps[0]
    faint = Hurt(log.started, first.stretch, first.side, 2, 2, Quality.DIZZINESS, "T1", Colour.AMBER)
    write(replace(log, hurts=(faint,)), tmp_path / "today.json")

    with pytest.raises(PlanRefused, match="No stretching now"):
        go_on_with(yes=(FAINT,))


@pytest.mark.parametrize(("minutes", "cold"), [(9, False), (10, True), (200, True)])
def test_after_a_long_break_a_movement_comes_before_what_needs_warmth(
    minutes: int, cold: bool, made: Plan, go_on_with: GoOn, tmp_path: Path
) -> None:
    done = next(n for n, step in enumerate(made.steps) if needs_warmth(load().stretch(step.stretch)))
    log = broken_off(made, tmp_path, timedelta(minutes=minutes), done=done)
    assert log.rest

    gone_on = go_on_with().plan

    assert (doses(gone_on.steps) != doses(log.rest.steps)) is cold
    for number, name in enumerate(stretches(gone_on)):
        earlier = [load().stretch(other) for other in stretches(gone_on)[:number]]
        assert not (cold and needs_warmth(load().stretch(name))) or any(map(is_movement, earlier))


@pytest.mark.parametrize(("up", "may_bend"), [("0", False), ("2", True)])
def test_in_the_morning_it_is_asked_how_long_one_has_been_up(
    up: str, may_bend: bool, go_on_with: GoOn, tmp_path: Path
) -> None:
    plan, morning = tmp_path / "plan.yaml", NOW.replace(hour=7)
    said = supple("plan", answers_file(tmp_path, well(**BENT_BACK)), "--minutes", "5", "--at", AT, "-o", plan)
    assert said.code == 0, said.err
    made = read_plan(plan)
    broken_off(made, tmp_path, A_BREAK, now=morning)
    assert bends(made)

    gone_on = go_on_with(told={UP_ASKED: up}, at=morning)

    assert UP_ASKED in go_on_with.asked  # type: ignore[attr-defined]  # see the fixture
    assert bool(bends(gone_on.plan)) is may_bend


@pytest.mark.parametrize(
    ("hours", "pain", "refused"), [(1, 2, ""), (1, 8, "too strong to stretch"), (5, 2, "too long ago")]
)
def test_after_a_long_pause_the_same_is_asked_and_it_goes_on_or_ends(
    hours: int, pain: int, refused: str, made: Plan, go_on_with: GoOn, tmp_path: Path
) -> None:
    log = broken_off(made, tmp_path, timedelta(hours=hours))

    def again() -> Playback:
        return go_on_with(pain=pain, by=lambda *given: resuming.after_a_pause(log, *given))

    if refused:
        with pytest.raises((PlanRefused, FileError), match=refused):
            again()
        return
    assert again().plan.steps
    assert any("Your pain now" in question for question in go_on_with.asked)  # type: ignore[attr-defined]  # see the fixture


def test_after_a_long_pause_a_sign_told_meanwhile_bars_before_anything_is_asked(
    made: Plan, go_on_with: GoOn, tmp_path: Path
) -> None:
    log = broken_off(made, tmp_path, timedelta(hours=1))
    chest = Recheck(EVENING, "W1", "chest pain", Verdict.EMERGENCY)
    (tmp_path / "site-1.json").write_text(shapes.dumps(Log(EVENING, 2, rechecks=(chest,), ended=EVENING)))

    with pytest.raises(PlanRefused, match="chest pain"):
        go_on_with(by=lambda *given: resuming.after_a_pause(log, *given))

    assert go_on_with.asked == []  # type: ignore[attr-defined]  # see the fixture
