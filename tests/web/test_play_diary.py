"""After a session and in the diary: honest words, corrections, a note that is never lost, deleting with a way back."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from supple import shapes
from supple.anatomy import Side
from supple.catalogue import load
from supple.cli.logs import read_log
from supple.files import FileError
from supple.safety.gate import gate
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict
from supple.session import Ending, Hurt, Log, Recheck
from supple.session.timeline import WORK
from supple.web.play import diary, folder, weeks
from supple.web.play.afterwards import ENOUGH, compared, resting
from supple.web.play.history import LEFT_OPEN, alarms, clear, past
from supple.web.play.models import LONGEST_NOTE, Cleared, Run
from tests.web.people import answer_all, answers_of
from tests.web.runs import begun, log_at, plan_of

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def over(client: Client) -> Run:
    """A session that is over: one step done."""
    run = begun(plan_of("V01"), pain=3)
    client.post(f"/session/{run.pk}/act/", {"revision": 1, "act": "done"})
    client.post(f"/session/{run.pk}/act/", {"revision": 2, "act": "end"})
    run.refresh_from_db()
    return run


def elsewhere(log: Log, name: str = "2026-11-20-180000.json") -> Path:
    """A log that the command line wrote."""
    file = folder.place() / name
    folder.write(file, log)
    return file


def test_what_is_told_afterwards_is_kept(client: Client, over: Run) -> None:
    stretch = over.read_log().entries[0].stretch

    answer = client.post(
        f"/session/{over.pk}/after/", {"pain_after": "1", f"felt-{stretch}": "good", "note": "Fine.\r\nReally."}
    )

    over.refresh_from_db()
    assert answer.headers["Location"] == "/diary/"
    assert (over.pain_after, over.felt, over.note) == (1, {stretch: "good"}, "Fine.\nReally.")
    assert over.read_log().pain_after == 1


def test_all_may_be_left_out(client: Client, over: Run) -> None:
    client.post(f"/session/{over.pk}/after/", {})

    over.refresh_from_db()
    assert over.pain_after is None


def test_a_note_that_is_too_long_comes_back_whole(client: Client, over: Run) -> None:
    note = "ä" * (LONGEST_NOTE + 7)

    answer = client.post(f"/session/{over.pk}/after/", {"note": note, "pain_after": "2"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "7 characters too long" in page
    assert note in page
    assert re.search(r'value="2" data-said="[^"]*" checked', page)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(3, 2, "about the same"), (6, 3, "3 points lower"), (2, 5, "3 points higher"), (4, 4, "about the same")],
)
def test_pain_is_compared_honestly(before: int, after: int, said: str) -> None:
    assert said in compared(before, after, sessions=1)


def test_the_diary_tells_in_which_stretch_it_hurt_and_how_it_felt(client: Client, over: Run) -> None:
    hurt = Hurt(over.started, "open_book", Side.LEFT, 3, 4, Quality.SHARP, "T2", Colour.RED)
    over.rewrite(replace(over.read_log(), hurts=(hurt,)))

    page = client.get("/diary/").content.decode()

    assert f"{load().stretch('open_book').name}: sharp or stabbing" in page


def test_what_hurt_can_be_rated_and_is_named_when_one_looks_back(client: Client) -> None:
    run = begun(plan_of("V01"), pain=3)
    stretch = run.read_plan().steps[0].stretch
    for revision, act in enumerate(["sharp", "4", "none", "end"], start=1):
        client.post(f"/session/{run.pk}/act/", {"revision": revision, "act": act})

    addresses = (f"/session/{run.pk}/after/", f"/diary/{run.pk}/")
    after, entry = (client.get(address).content.decode() for address in addresses)
    client.post(f"/diary/{run.pk}/", {f"felt-{stretch}": "bad"})

    run.refresh_from_db()
    assert run.felt == {stretch: "bad"}
    for page in (after, entry):
        assert f"{load().stretch(stretch).name}: sharp or stabbing" in page
        assert f'name="felt-{stretch}"' in page
        assert "Nothing done" not in page
        assert "No stretch was worked" not in page


def way_in_s(run: Run) -> float:
    """The second at which the work of the first step begins."""
    return float(next(cue.at_s for cue in run.scene().playback.timeline.cues if cue.kind in WORK))


@pytest.mark.parametrize(
    ("worked", "says"),
    [
        (0, ["<h1>Nothing done this time</h1>", "No stretch was worked, and that is fine."]),
        (3, ["<h1>A short one this time</h1>", "3 seconds of stretching and moving."]),
    ],
)
def test_of_a_session_hardly_begun_it_says_what_was_done(client: Client, worked: int, says: list[str]) -> None:
    run = begun(plan_of("V01"))
    at_s = way_in_s(run) + worked

    client.post(f"/session/{run.pk}/act/", {"revision": 1, "act": "end", "at_s": at_s})

    page = client.get(f"/session/{run.pk}/after/").content.decode()
    assert all(said in page for said in says)
    assert "A bit sore" not in page
    assert "no rush to get up" not in page


def test_pain_too_strong_for_a_next_session_is_marked_where_it_is_chosen(client: Client, over: Run) -> None:
    page = client.get(f"/session/{over.pk}/after/").content.decode()

    strong = re.findall(r'value="(\d+)" data-said="([^"]*)" data-strong', page)
    assert [number for number, _ in strong] == ["8", "9", "10"]
    assert {said for _, said in strong} == {gate(8).say}


def test_after_a_step_that_was_done_soreness_is_told_of(client: Client, over: Run) -> None:
    page = client.get(f"/session/{over.pk}/after/").content.decode()

    assert "<h1>That is enough for today</h1>" in page
    assert "A bit sore" in page


PAINS: list[tuple[str, list[int], str]] = [
    ("few", [6, 5, 4, 3, 2, 1, 0], "Not sure yet how your pain goes"),
    ("lower", [6, 6, 7, 6, 3, 3, 2, 3], "Your pain is about 4 points lower"),
    ("higher", [2, 2, 3, 2, 6, 6, 5, 6], "Your pain is about 4 points higher"),
    ("same", [4, 4, 5, 4, 4, 4, 4, 5], "Your pain is about the same"),
    ("too little to feel", [5, 5, 5, 5, 4, 4, 4, 4], "Your pain is about the same"),
    ("scattered", [9, 2, 8, 3, 1, 6, 0, 5], "Not sure yet whether your pain has changed"),
]


@pytest.mark.parametrize(("pains", "title"), [row[1:] for row in PAINS], ids=[row[0] for row in PAINS])
def test_what_the_weeks_say_is_no_surer_than_its_interval(pains: list[int], title: str) -> None:
    days = [weeks.Day(date(2026, 11, number), pain, stopped=False) for number, pain in enumerate(pains, start=1)]

    found = weeks.finding(days)

    assert found.title == title
    assert ("we cannot say the stretching did it" in found.say) is (len(pains) >= ENOUGH)


def test_the_interval_is_students() -> None:
    """By hand: means 6.25 and 2.75, variances 0.25 each, so 2.447 * sqrt(0.5 / 4) = 0.865 on either side of -3.5."""
    days = [weeks.Day(date(2026, 11, n), pain, stopped=False) for n, pain in enumerate([6, 6, 7, 6, 3, 3, 2, 3], 1)]

    assert "from 4.4 lower to 2.6 lower" in weeks.finding(days).say


def test_the_calendar_has_six_weeks_and_a_day_with_a_full_session_is_full() -> None:
    today = date(2026, 11, 26)  # a Thursday
    days = [weeks.Day(date(2026, 11, 23), 3, stopped=True), weeks.Day(date(2026, 11, 23), 3, stopped=False)]

    cells = weeks.calendar([*days, weeks.Day(date(2026, 11, 24), 3, stopped=True)], today)

    assert [len(week) for week in cells] == [7] * 6
    assert cells[0][0].number == 19  # of October, a Monday
    assert [cell.kind for cell in cells[-1]] == ["full", "stopped", "", "", "", "", ""]
    assert [cell.today for cell in cells[-1]].index(True) == 3
    assert [cell.later for cell in cells[-1]] == [False] * 4 + [True] * 3


def test_the_drawing_goes_from_nothing_below_to_the_worst_above_and_keeps_every_session_inside() -> None:
    today = date(2026, 11, 29)
    days = [weeks.Day(today - timedelta(days=back), pain, stopped=False) for back, pain in ((41, 10), (20, 5), (0, 0))]

    drawn = weeks.chart(days, today, 366, 240)

    first, middle, last = drawn.dots
    assert first.x < middle.x < last.x <= 366
    assert 0 < first.y < middle.y < last.y < 240
    assert middle.y == pytest.approx((first.y + last.y) / 2)
    assert drawn.line == ""  # three sessions make no trend


def test_the_diary_shows_the_weeks_once_there_is_a_session(client: Client, over: Run) -> None:
    page = client.get("/diary/").content.decode()

    assert "Not sure yet how your pain goes" in page
    assert "After 7 more sessions" in page
    assert "One session so far" in page
    assert 'class="d easy today-d"' in page


def test_a_session_is_corrected(client: Client, over: Run) -> None:
    client.post(f"/diary/{over.pk}/", {"pain_after": "4", "note": "It was 4."})

    page = client.get("/diary/").content.decode()
    assert "Pain 3, then 4" in page
    assert "It was 4." in page


def test_a_deleted_session_is_gone_and_can_be_put_back(client: Client, over: Run) -> None:
    answer = client.post(f"/diary/{over.pk}/delete/")

    assert "Put it back" in client.get(answer.headers["Location"]).content.decode()
    assert past(timezone.localtime()).done == ()
    client.post(f"/diary/{over.pk}/restore/")
    assert len(past(timezone.localtime()).done) == 1


def test_deleting_lifts_no_grave_sign(client: Client) -> None:
    run = begun(plan_of("V01"))
    client.post(f"/session/{run.pk}/act/", {"revision": 1, "act": "worse"})
    client.post(f"/session/{run.pk}/act/", {"revision": 2, "act": "W1"})

    client.post(f"/diary/{run.pk}/delete/")

    assert [sign.verdict for sign in alarms().values()] == [Verdict.EMERGENCY]


def test_deleting_a_session_brings_nothing_back_that_hurt_in_it(client: Client) -> None:
    run = begun(plan_of("V01"))
    hurt = run.read_plan().steps[0].stretch
    for revision, act in enumerate(("sharp", "4", "none", "end"), start=1):
        client.post(f"/session/{run.pk}/act/", {"revision": revision, "act": act})

    client.post(f"/diary/{run.pk}/delete/")

    left = past(timezone.localtime()).done
    assert [(done.stretch, done.seconds, done.hurt) for done in left] == [(hurt, 0, Quality.SHARP)]


def test_no_position_that_hurt_is_recommended_to_rest_in(client: Client) -> None:
    made = plan_of("V01")
    usual = resting(made, "woman")
    assert usual
    run = begun(replace(made, steps=(replace(made.steps[-1], stretch=usual.stretch),)))
    for revision, act in enumerate(("sharp", "4", "none", "end"), start=1):
        client.post(f"/session/{run.pk}/act/", {"revision": revision, "act": act})

    page = client.get(f"/session/{run.pk}/after/").content.decode()

    other = resting(Run.objects.get(pk=run.pk).read_plan(), "woman")
    assert other is None or other.stretch != usual.stretch
    assert f"{usual.name}: no rush" not in page


def test_the_sessions_of_the_command_line_count(client: Client, over: Run) -> None:
    log = over.read_log()
    elsewhere(replace(log, of_plan="", started=log.started.replace(year=2025)))

    assert len(past(timezone.localtime()).done) == 2


def test_a_sign_told_on_the_command_line_bars_until_it_is_cleared(client: Client) -> None:
    at = timezone.localtime()
    told = Recheck(at, "W3", "a weak leg", Verdict.SAME_DAY)
    file = elsewhere(Log(started=at, pain_before=2, rechecks=(told,), ended=at, ending=Ending.STOPPED))
    lay = file.read_bytes()
    assert alarms()[file.name].verdict is Verdict.SAME_DAY

    clear(timezone.localtime(), *alarms())

    assert alarms() == {}
    assert file.read_bytes() == lay
    assert Cleared.objects.count() == 1


def test_dizziness_in_two_sessions_of_a_week_bars_until_somebody_has_looked(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    for days in (1, 0):
        at = timezone.localtime() - timedelta(days=days, seconds=60)
        dizzy = Hurt(at, "wall_angel", Side.NONE, 2, 2, Quality.DIZZINESS, "T1", Colour.RED)
        log = Log(started=at, pain_before=2, hurts=(dizzy,), ended=at, ending=Ending.STOPPED)
        elsewhere(log, f"2026-11-2{days}-180000.json")

    page = client.get("/today/", follow=True).content.decode()

    assert "dizziness for the second time within a week" in page
    assert [sign.verdict for sign in alarms().values()] == [Verdict.SEE_CLINICIAN]
    clear(timezone.localtime(), *alarms())
    assert alarms() == {}


def test_what_comes_back_is_asked_about_to_the_end_and_told_when_the_session_is_over(client: Client) -> None:
    answer_all(client, answers_of("V01"))
    at = timezone.localtime() - timedelta(days=1)
    tingled = Hurt(at, "wall_angel", Side.NONE, 2, 2, Quality.TINGLING_OR_NUMB, "T1", Colour.RED)
    elsewhere(Log(started=at, pain_before=2, hurts=(tingled,), ended=at, ending=Ending.STOPPED))
    run = begun(plan_of("V01"))
    for revision, act in enumerate(("tingling_or_numb", "2", "none", "end"), start=1):
        client.post(f"/session/{run.pk}/act/", {"revision": revision, "act": act})

    page = client.get(f"/session/{run.pk}/after/").content.decode()

    assert "Please let a doctor or physiotherapist look at this" in page
    assert "spreading pain for the second time within a week" in page
    assert "I tapped the wrong number" not in page
    assert client.get("/today/").headers["Location"] == "/verdict/"


def test_pain_of_eight_after_a_session_says_what_to_do_and_can_be_put_right(client: Client, over: Run) -> None:
    answer_all(client, answers_of("V01"))
    answer = client.post(f"/session/{over.pk}/after/", {"pain_after": "8"}, follow=True)

    page = answer.content.decode()
    assert "Please let a doctor or physiotherapist look at this" in page
    assert "After stretching I told of this: pain of 8 of 10." in page
    assert f'href="/diary/{over.pk}/">I tapped the wrong number' in page
    assert client.get("/today/").headers["Location"] == "/verdict/"
    client.post(f"/diary/{over.pk}/", {"pain_after": "3"})
    assert alarms() == {}


def test_a_question_left_open_on_the_command_line_bars(client: Client) -> None:
    at = timezone.localtime()
    file = elsewhere(Log(started=at, pain_before=2, rechecks=(Recheck(at, "not_answered"),)))

    assert alarms()[file.name].told == LEFT_OPEN


def test_what_the_command_line_adds_to_a_log_of_the_site_is_kept(client: Client, over: Run) -> None:
    file = folder.own(over.pk)
    found = log_at(file)
    folder.write(file, replace(found, cleared_at=timezone.localtime()))

    client.post(f"/diary/{over.pk}/", {"pain_after": "1"})

    after = log_at(file)
    assert after.cleared_at
    assert after.pain_after == 1


def test_the_command_line_reads_what_the_site_keeps(client: Client, over: Run) -> None:
    found = read_log(folder.own(over.pk))

    assert found.entries == over.read_log().entries


def test_a_session_whose_copy_is_broken_stays_whole(client: Client, over: Run) -> None:
    folder.own(over.pk).write_text("{")

    assert client.get(f"/session/{over.pk}/after/").status_code == 200
    client.post(f"/diary/{over.pk}/", {"pain_after": "1"})
    assert read_log(folder.own(over.pk)).pain_after == 1


def test_a_broken_log_is_named(client: Client) -> None:
    folder.place().mkdir(exist_ok=True)
    (folder.place() / "broken.json").write_text('{"started": 7}')

    with pytest.raises(FileError, match=r"broken\.json"):
        past(timezone.localtime())


def test_a_folder_that_cannot_be_written_loses_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "place", lambda: Path("/proc/nowhere"))

    run = begun(plan_of("V01"))

    assert shapes.build(Log, Run.objects.get(pk=run.pk).log, place="log").pain_before == 2


@pytest.mark.parametrize("gone", ["9" * 5000, "9" * 18, "mine", "-1"])
def test_a_number_of_no_session_is_passed_over(client: Client, gone: str) -> None:
    assert client.get("/diary/", {"gone": gone}).status_code == 200


def test_a_long_diary_is_read_page_by_page(client: Client, over: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diary, "ON_A_PAGE", 1)
    other = begun(plan_of("V01"), pain=7)
    client.post(f"/session/{other.pk}/act/", {"revision": 1, "act": "end"})

    first, second, beyond = (client.get("/diary/", {"page": n}).content.decode() for n in ("1", "2", "9" * 12))

    assert ("Pain 7" in first, "Pain 3" in first, "?page=2" in first) == (True, False, True)
    assert ("Pain 7" in second, "Pain 3" in second, "?page=1" in second) == (False, True, True)
    assert beyond == second


def test_a_note_too_large_to_take_is_a_sentence(client: Client, over: Run) -> None:
    answer = client.post(f"/session/{over.pk}/after/", "note=" + "a" * 2_000_000, content_type=FORM)

    assert answer.status_code == 400
    assert "longer than anything that is kept here. Go back, shorten it" in answer.content.decode()


@pytest.mark.parametrize("page", ["/session/{}/after/", "/diary/{}/"])
def test_an_old_window_overwrites_nothing_and_its_note_is_kept(client: Client, over: Run, page: str) -> None:
    address = page.format(over.pk)
    old = re.search(r'name="as_of" value="(\w+)"', client.get(address).content.decode())
    assert old
    client.post(address, {"pain_after": "2", "note": "Of the other window.", "as_of": old[1]})

    told = client.post(address, {"pain_after": "", "note": "Mine.", "as_of": old[1]})

    over.refresh_from_db()
    assert told.status_code == 409
    assert (over.pain_after, over.note) == (2, "Of the other window.")
    assert "Another window has saved something here meanwhile" in told.content.decode()
    assert "Of the other window.\nMine." in told.content.decode()
