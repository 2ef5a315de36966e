"""What is spoken makes sense: every stretch, with every tag and pair of tags, the form first and then the steps.

Whether words suit a body no test can say; they were read (tests/session/sentences.py prints them). What can be kept
mechanically is kept here: no pair of words that contradict each other, a position to begin in, a movement to make.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from supple.anatomy import Position, Setting, Side
from supple.catalogue import Kind, Sides, Stretch, Tag, load
from supple.planner.wording import in_place, in_words, mirrored, sided, within
from supple.safety.limits import Allowance, judge
from supple.safety.refusals import places
from supple.safety.spoken import is_closing, spoken
from supple.safety.tables import table
from tests.session.sentences import Said, a_step, all_said, everybody, limits_with

# The words of a form, and the words that may not follow them. Closed: a new form that forbids something gets its line.
CONTRADICTIONS = {
    "hands that only hold do not pull": (
        r"never pull or press|no pulling|no pull\b",
        r"\b(draw (it|the (heel|fingers|arm|lower))|guide the|arm weight|raise it with the arms|bringing that one knee"
        r"|lengthen the arms|as weight, never|with the hand's help|towards the chest)",
    ),
    "a back that is to be still does not roll": (
        r"back still|back straight",
        r"(roll the pelvis|tuck the tailbone|domes|curl the|sink a little|trunk leans|until the buttock pulls)",
    ),
    "no end pressure is no pull until": (r"no end pressure", r"(draw|until (you feel|the buttock|the front))"),
    "a neutral back does not roll": (r"lower back neutral", r"(low back lightly presses|domes|curl the tail|roll the)"),
    "a head that is to be level does not follow, look or turn": (
        r"head (stays |is )?level|eyes level|nose stays|head stays level",
        r"(head follows|look at the floor just|eyes following|turns gently|lower the chin|from a level head)",
    ),
    "no lean is no lean": (
        r"no (lean|hinge|forward hinge)\b|upright trunk|trunk upright or",
        r"(hinge forwards|until)",
    ),
    "no hollow": (
        r"leave out the hollow|never arches|only to (level|flat)|flatten only",
        r"(small hollow|shallow bowl|roll the pelvis forwards|between the two shapes|while sinking down|in to lift)",
    ),
    "no forward shift": (r"forward shift", r"shift the hips"),
    "half a turn is not to the ceiling": (
        r"half turn|ribs only|hand on the ribs",
        r"(opens to the ceiling|sweep|arms straight)",
    ),
    "a long breastbone does not dome": (
        r"breastbone long|no rounding",
        r"(whole back|forms a c\b|forehead towards the mat)",
    ),
    "hands high are not on an edge": (r"hands high|hands at head height", r"(on its edge|slopes or is level)"),
    "a few degrees are not level": (r"few degrees|small hinge", r"(slopes or is level|push the hips away and let)"),
    "who sits does not stand": (r"^seated\.|seated from the start|seat on a stool", r"^(stand|perch) "),
    "what is small is not as far as is easy": (
        r"quarter|half (the )?(turn|twist|bend|range|arc)|tiny|very small|small arc",
        r"(as far as is easy|behind a car|each knee makes a right angle|up and over without|to the ceiling\b(?! and no)"
        r"|with the arms only|towards the heels\.)",
    ),
    "no pause is no pause": (r"no pause|no hold\b", r"(^pause|small pause|pause a second|stay one breath|stay \d)"),
    "an operated arm is not used": (
        r"operated (arm|hand)|good hand|strap in the good",
        r"(both hands(?! (resting|on the belly))|arms wide|with the arms\b|hands on (the )?(thighs|shins)"
        r"|the hands along)",
    ),
    "a hand on the scar is not elsewhere": (
        r"over the scar",
        r"(both hands|arms wide|hands on thighs|other hand(?!, or)|arms crossed|hands? on the chair back"
        r"|palms together)",
    ),
    "arms that cross do not hold the head": (r"arms crossed", r"(head with both hands|head in both)"),
    "a thigh that stays upright does not come to the chest": (
        r"only to upright|thigh to upright",
        r"(towards (the|your) chest)",
    ),
    "one knee bends to a right angle": (r"past 100 degrees", r"(heel towards the seat|towards the heel of)"),
    "no leaning on the arms": (r"no leaning back", r"(hands behind you)"),
    "on the forearms": (r"forearm height|forearm \(sphinx\)", r"(hands beside your shoulders|with the arms only)"),
    "a soft towel is not rolled": (r"soft folded towel", r"place a rolled"),
    "a strap that holds the foot needs no reach": (
        r"back still|no hands-assisted",
        r"(take hold of the upper ankle|hold the heel)",
    ),
    "both hands on one counter": (
        r"both hands on a (counter|rail|desk)",
        r"(side-on to a wall|one hand on|trunk leans)",
    ),
    "hands on the pockets": (r"back pockets", r"(clasp the hands|arms down and away|lift the breastbone)"),
    "a hand that stays off the seat": (
        r"do not hold the seat|without hands",
        r"(hold the chair|under the thigh|hand's help)",
    ),
    "knees apart": (r"knees apart", r"(between the knees and arms)"),
}
# Two forms that nobody may get together.
NEVER_TOGETHER = {
    "squeeze and stay loose": (r"gentle muscle squeeze", r"never tense"),
    "both hands and the good one": (r"\bboth hands\b", r"\bgood hand|good side only"),
    "head held and arms crossed": (r"head supported", r"arms crossed|over the scar"),
    "hugged and upright": (r"knee hugged", r"only to upright"),
    "hands behind and no weight on them": (r"hands behind|lean on a cushion", r"no leaning back"),
    "hands high and forearms low": (r"hands high", r"forearms on the desk"),
    "cushions and a quarter of the way": (r"stacked cushions", r"a quarter of the way"),
    "two sides to lie on": (r"stable shoulder", r"unoperated side or as"),
    "hands on a desk and on the hip": (r"hands on a desk", r"operated arm at the side"),
}
# The form itself says the position or the movement, so that no step has to.
SAID_BY_THE_FORM = {
    ("rock_back_childs_pose", "travel back"),
    ("standing_hip_flexor", "tuck only"),
    ("seated_figure_four", "no lean"),
    ("butterfly", "small"),
}
# The steps that tell what to do; one of them, or our own words in its place, is always said.
MOVEMENTS: dict[str, tuple[int, ...]] = {
    "active_knee_extension_90_90": (2,),
    "adductor_rock_back": (2,),
    "bed_edge_hip_flexor": (3,),
    "behind_back_towel": (3,),
    "butterfly": (3,),
    "cat_camel": (2,),
    "chair_thoracic_extension": (3,),
    "childs_pose_side_reach": (1,),
    "chin_tuck": (2,),
    "constructive_rest": (3,),
    "cross_body_deltoid": (3,),
    "desk_lean": (2,),
    "doorway_pectoral": (3,),
    "double_knee_to_chest": (2,),
    "gastrocnemius_wall": (3,),
    "half_kneeling_hip_flexor": (2, 3),
    "hands_clasped_chest_opener": (2,),
    "hip_90_90": (2,),
    "knee_rocks": (2,),
    "levator_scapulae": (3,),
    "neck_rotation": (2,),
    "open_book": (2, 3),
    "overhead_triceps": (1,),
    "pelvic_tilt": (2,),
    "prone_press_up": (2,),
    "puppy_pose": (2,),
    "rock_back_childs_pose": (2,),
    "seated_cat_cow": (2,),
    "seated_chair_hamstring": (3,),
    "seated_figure_four": (2, 3),
    "seated_forward_fold": (2,),
    "seated_pelvic_tilt": (2,),
    "seated_single_leg_hamstring": (3,),
    "seated_supported_rest": (2,),
    "seated_thoracic_rotation": (2,),
    "self_hug_upper_back": (2,),
    "side_lying_pelvic_tilt": (2,),
    "side_lying_quadriceps": (3,),
    "side_lying_rest": (3,),
    "single_knee_to_chest": (2,),
    "soleus_wall": (2,),
    "sphinx": (2,),
    "standing_back_extension": (2,),
    "standing_hamstring_step": (3,),
    "standing_hip_flexor": (3,),
    "standing_outer_hip_stretch": (3,),
    "standing_quadriceps": (2,),
    "standing_side_bend": (2, 3),
    "supine_figure_four": (3,),
    "supine_hamstring_hands": (3,),
    "supine_hamstring_strap": (2,),
    "supine_knee_to_opposite_shoulder": (3,),
    "supported_crossover_rotation": (3,),
    "thread_the_needle": (1,),
    "towel_roll_thoracic_extension": (3,),
    "upper_trapezius_side_bend": (2,),
    "wall_angel": (3,),
    "wrist_forearm": (2,),
}
CHANGING = re.compile(r"\b(change (sides|legs|arms)|, change\b|swap|other side|other leg\.|roll over)", re.IGNORECASE)
GETTING_UP = re.compile(
    r"push up with your|get up (with|in the way)|to get up|roll onto (one|your) side", re.IGNORECASE
)
WITH_SIDES = [s for s in load().stretches.values() if s.sides is Sides.ALTERNATE_SIDES]

every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)


def contradicted(said: Said) -> Iterator[str]:
    """The contradictions in one list of sentences."""
    spoken_steps = (*said.begin, *said.steps, said.breathing)
    for name, (form, step) in CONTRADICTIONS.items():
        forms = [change for change in said.changes if re.search(form, change, re.IGNORECASE)]
        steps = [text for text in spoken_steps if re.search(step, text, re.IGNORECASE)]
        if forms and steps:
            yield f"{name}: {forms[0]!r} and then {steps[0]!r}"
    for name, (one, other) in NEVER_TOGETHER.items():
        if any(re.search(one, change, re.IGNORECASE) for change in said.changes) and any(
            re.search(other, change, re.IGNORECASE) for change in said.changes
        ):
            yield f"{name}: {said.changes}"


@every_stretch
def test_no_form_is_contradicted_by_what_is_said_after_it(stretch: Stretch) -> None:
    found = {
        f"{said.who} at {said.setting}: {fault}"
        for said in all_said(stretch, pairs=True)
        for fault in contradicted(said)
    }

    assert found == set()


@every_stretch
def test_every_list_says_the_position_to_begin_in(stretch: Stretch) -> None:
    silent = {said.who for said in all_said(stretch, pairs=True) if not said.begin}

    assert silent == set()


@every_stretch
def test_every_list_says_the_movement_to_make(stretch: Stretch) -> None:
    silent = {
        said.who
        for said in all_said(stretch, pairs=True)
        if not moves(said)
        and not any(stretch.id == name and word in " ".join(said.changes) for name, word in SAID_BY_THE_FORM)
    }

    assert silent == set()


def moves(said: Said) -> bool:
    """Whether a step that tells what to do is said, or a sentence of ours in its place."""
    assert said.stretch.id in MOVEMENTS, f"name the movement of {said.stretch.id} in MOVEMENTS of {Path(__file__).name}"
    wanted = [said.stretch.steps[number - 1] for number in MOVEMENTS[said.stretch.id]]
    ours = [
        row["say"]
        for row in table("spoken")["instead"]
        if row["stretch"] == said.stretch.id and set(row["steps"]) & set(MOVEMENTS[said.stretch.id]) and row["say"]
    ]
    heard = " ".join((*said.begin, *said.steps))
    here = (in_place(text, said.setting) for text in (*wanted, *ours))
    fitted = (sided(within(text, said.arc_percent), said.stretch.id, Side.LEFT) for text in here)
    return any(_core(text) in heard for text in fitted)


def _core(text: str) -> str:
    """The first words of a sentence, before what depends on dose or side."""
    return re.split(r"\{side\}|Stay \d| for one to|, change|\b(?:left|right)\b", text)[0].strip()[:40]


def test_every_stretch_names_its_movement() -> None:
    assert set(MOVEMENTS) == set(load().stretches)
    assert all(1 <= n <= len(load().stretch(name).steps) for name, steps in MOVEMENTS.items() for n in steps)


def test_every_line_of_the_tables_is_there_for_somebody() -> None:
    forms = {
        change
        for stretch in load().stretches.values()
        for said in all_said(stretch, pairs=False)
        for change in said.changes
    }
    words = [step for stretch in load().stretches.values() for step in (*stretch.steps, stretch.breathing)]

    for name, (form, step) in CONTRADICTIONS.items():
        assert any(re.search(form, change, re.IGNORECASE) for change in forms), name
        assert any(re.search(step, text, re.IGNORECASE) for text in words), name


@every_stretch
def test_nobody_is_told_to_get_up_while_in_the_stretch(stretch: Stretch) -> None:
    early = {
        text
        for said in all_said(stretch, pairs=False)
        for text in (*said.begin, *said.steps)
        if GETTING_UP.search(text)
    }

    assert early == set()
    assert not any(is_closing(text) for said in all_said(stretch, pairs=False) for text in said.during)


@pytest.mark.parametrize("stretch", WITH_SIDES, ids=lambda stretch: stretch.id)
def test_in_a_step_nothing_is_said_of_changing_and_the_side_is_right(stretch: Stretch) -> None:
    for _, bounds in everybody():
        found = judge(stretch, bounds)
        if not isinstance(found, Allowance):
            continue
        for setting in places(stretch, bounds):
            said = spoken(stretch, bounds, setting)
            for side in (Side.LEFT, Side.RIGHT):
                words = in_words(said, a_step(stretch, setting, found, side))
                heard = (*words.begin, *words.steps, *words.leaving)
                assert [text for text in heard if CHANGING.search(text)] == []
                assert all(text.strip() and text[0].isupper() and text.rstrip().endswith((".", ")")) for text in heard)
                assert len(heard) >= 2


@every_stretch
def test_after_a_shoulder_operation_a_hand_to_hold_on_with_is_the_good_one(stretch: Stretch) -> None:
    any_hand = re.compile(
        r"(?<!good )\b(one )?hand on (a|the) (chair|desk|rail|wall|step)|blades lightly together", re.I
    )
    told = {
        text
        for said in all_said(stretch, pairs=False)
        if Tag.RECENT_SHOULDER_SURGERY in said.tags
        for text in (*said.begin, *said.steps)
        if any_hand.search(text)
    }

    assert told == set()


def test_after_a_shoulder_operation_the_arm_that_is_not_to_be_used_is_not_crossed() -> None:
    for said in all_said(load().stretch("chair_thoracic_extension"), pairs=True):
        if Tag.RECENT_SHOULDER_SURGERY in said.tags:
            assert "Operated arm in the lap." in said.changes
            assert "across" not in " ".join((*said.changes, *said.begin, *said.steps))
            assert "crossed" not in " ".join((*said.changes, *said.begin, *said.steps))


@pytest.mark.parametrize("stretch", ["prone_press_up", "sphinx"])
def test_who_may_have_a_loose_neck_hears_where_the_face_goes_on_the_front(stretch: str) -> None:
    heard = [
        said.begin for said in all_said(load().stretch(stretch), pairs=False) if Tag.ATLANTOAXIAL_RISK in said.tags
    ]

    assert heard
    assert all("forehead on your hands and nose down" in begin[0] for begin in heard)


@every_stretch
def test_where_the_arc_is_small_nothing_said_goes_the_whole_way(stretch: Stretch) -> None:
    patterns = [row["pattern"] for row in table("spoken")["small_arc"]["words"]]
    most = table("spoken")["small_arc"]["from_percent"]
    told = {
        f"{said.who}: {text}"
        for said in all_said(stretch, pairs=False)
        for text in (*said.begin, *said.steps)
        if said.arc_percent <= most and any(re.search(pattern, text) for pattern in patterns)
    }

    assert told == set()


@pytest.mark.parametrize("row", table("spoken")["small_arc"]["words"], ids=lambda row: row["pattern"])
def test_every_word_of_the_whole_way_is_there_for_somebody(row: dict[str, str]) -> None:
    words = [step for stretch in load().stretches.values() for step in stretch.steps]

    assert any(re.search(row["pattern"], text) for text in words)


def test_a_flow_to_one_side_never_sends_to_the_other() -> None:
    flows = [s for s in WITH_SIDES if s.kind in (Kind.MOBILITY_FLOW, Kind.ACTIVE_CONTROL)]

    assert flows
    for stretch in flows:
        for said in all_said(stretch, pairs=False):
            assert not any(re.search(r"other side", text) for text in (*said.begin, *said.steps))


SIDED = {
    text
    for stretch in load().stretches.values()
    for text in (
        *stretch.steps,
        stretch.breathing,
        stretch.feel_it,
        *(row["say"] for row in table("spoken")["instead"]),
    )
    if re.search(r"\b(left|right)\b", text, re.IGNORECASE)
}


@pytest.mark.parametrize("text", sorted(SIDED))
def test_a_sentence_that_names_a_side_names_the_other_one_on_the_other_side(text: str) -> None:
    angles = len(re.findall(r"right angle", text))
    sides = re.findall(r"\b(left|right)\b(?! angle)", text)

    other = mirrored(text, Side.RIGHT)

    assert mirrored(text, Side.LEFT) == mirrored(text, Side.NONE) == text
    assert len(re.findall(r"right angle", other)) == angles
    assert "left angle" not in other
    assert re.findall(r"\b(left|right)\b(?! angle)", other) == [
        {"left": "right", "right": "left"}[side] for side in sides
    ]
    assert mirrored(other, Side.RIGHT) == text


def test_the_leg_that_crosses_over_is_the_one_that_is_on() -> None:
    stretch, bounds = load().stretch("supported_crossover_rotation"), limits_with()
    found = judge(stretch, bounds)
    assert isinstance(found, Allowance)
    setting = places(stretch, bounds)[0]
    said = spoken(stretch, bounds, setting)

    left, right = (
        " ".join(in_words(said, a_step(stretch, setting, found, side)).steps) for side in (Side.LEFT, Side.RIGHT)
    )

    assert "Slide the left leg over so that it rests on the outer side of the right knee" in left
    assert "Slide the right leg over so that it rests on the outer side of the left knee" in right
    assert "lean a little to the left" in right


@pytest.mark.parametrize("tag", [Tag.HIP_REPLACEMENT, Tag.RECENT_SPINE_SURGERY, Tag.RECENT_SHOULDER_SURGERY])
def test_who_lies_on_the_side_is_not_told_to_roll_onto_it(tag: Tag) -> None:
    for stretch in load().stretches.values():
        if stretch.start_position is Position.SIDE_LYING:
            for said in all_said(stretch, pairs=False):
                assert tag not in said.tags or not any("oll onto" in text for text in said.closing)


def test_a_new_hip_keeps_a_pillow_between_the_knees_and_a_perhaps_opened_chest_is_thought_of_too() -> None:
    for said in all_said(load().stretch("constructive_rest"), pairs=False):
        heard = " ".join(said.closing)
        if Tag.HIP_REPLACEMENT in said.tags:
            assert "pillow between your knees" in heard
        if said.who.startswith("some operation 5"):
            assert "in the way you were shown after your operation" in heard
            assert "if it was on the chest" in heard
            assert "push up with" not in heard


def test_nobody_in_bed_hears_of_the_floor_and_nobody_on_the_floor_of_a_bed() -> None:
    heard = {
        (said.setting, text)
        for stretch in load().stretches.values()
        for said in all_said(stretch, pairs=False)
        for text in (*said.begin, *said.steps, *said.leaving, *said.closing)
    }

    in_bed = {text for setting, text in heard if setting is Setting.BED}
    on_the_floor = {text for setting, text in heard if setting is Setting.FLOOR}
    assert [text for text in in_bed if re.search(r"(?<!feet on )\bthe (floor|mat)\b", text)] == []
    assert [text for text in on_the_floor if re.search(r"\bbed\b|slide down", text)] == []


@pytest.mark.parametrize("tag", [Tag.AGE_65_PLUS, Tag.BALANCE_PROBLEM, Tag.VERTIGO_OR_DIZZINESS])
def test_who_may_sway_sits_a_minute_before_standing_up_from_a_chair_too(tag: Tag) -> None:
    stretch = load().stretch("seated_cat_cow")

    assert spoken(stretch, limits_with(tag), Setting.CHAIR_DESK).standing
    assert not spoken(stretch, limits_with(), Setting.CHAIR_DESK).standing


def test_who_sits_a_minute_is_not_told_to_sit_a_moment() -> None:
    rest = load().stretch("seated_supported_rest")

    assert spoken(rest, limits_with(), Setting.CHAIR_DESK).closing == (
        "Push up with your hands and sit for a moment before you stand.",
    )
    assert spoken(rest, limits_with(Tag.AGE_65_PLUS), Setting.CHAIR_DESK).closing == ("Push up with your hands.",)


@every_stretch
def test_what_is_said_to_everybody_never_undoes_a_form_of_ones_own(stretch: Stretch) -> None:
    rows = [row for row in table("spoken")["instead"] if row["stretch"] == stretch.id and "when" not in row]
    for said in all_said(stretch, pairs=True):
        replaced = {number for tag in said.tags for number in stretch.replaced_steps.get(tag, ())}
        barred = {row["say"] for row in rows if set(row["steps"]) & replaced and not row.get("beside") and row["say"]}
        assert not barred & {*said.begin, *said.steps}


def test_a_new_hip_only_tucks_in_the_split_stance() -> None:
    said = spoken(load().stretch("standing_hip_flexor"), limits_with(Tag.HIP_REPLACEMENT), Setting.WALL)

    assert not any("forwards" in text for text in said.steps)
    assert said.leaving == ("Step back.",)
