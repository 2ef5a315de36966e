// @ts-check
/** pace.js: the phases of Python (tests/cases/pace.json), the way of the figure, and what is said when. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Clock } from "../../src/supple/web/play/static/play/clock.js";
import { cueAt, lineAt, phase, pose, readyAt, script, startOf } from "../../src/supple/web/play/static/play/pace.js";

const cases = JSON.parse(readFileSync(new URL("../cases/pace.json", import.meta.url), "utf8"));
const session = JSON.parse(readFileSync(new URL("../cases/session.json", import.meta.url), "utf8"));
const cue = (kind, at_s, seconds, step, say = [], count = 0) => ({ kind, at_s, seconds, step, say, count, of: 2, what: "" });
const CUES = [
  cue("get_ready", 0, 5, 0, ["Get ready."]),
  cue("into_position", 5, 8, 0, ["Lie down."]),
  cue("hold", 13, 20, 0, ["Draw the knee in.", "Feel it."], 1),
  cue("rest", 33, 10, 0, ["Ease off."]),
  cue("hold", 43, 20, 0, [], 2),
  cue("change_sides", 63, 8, 1, ["Change sides."]),
  cue("move", 71, 10, 1, ["Rock."], 1),
  cue("move", 81, 10, 1, [], 2),
  cue("finish", 91, 0, 2, ["Well done."]),
];
const STEPS = [{ mode: "hold" }, { mode: "cycles", cycle_s: 10, pause_s: 1 }];
const at = (second) => pose(CUES, /** @type {any} */ (STEPS), second);

test("phases agree with Python", () => {
  for (const [cycle_s, pause_s, second, say, left_s] of cases.phase) {
    assert.deepEqual(phase({ cycle_s, pause_s }, second), { say, left_s });
  }
});

test("who is ready goes on to the next part of the way, then to the work, and nobody passes over a wait", () => {
  assert.deepEqual([0, 5, 12.9, 13, 20, 63, 71, 92].map((second) => readyAt(CUES, second)), [5, 13, 13, null, null, 71, null, null]);
  const dizzy = CUES.map((one) => (one.at_s === 5 ? { ...one, say: ["Wait 30 seconds there."] } : one));
  assert.deepEqual([readyAt(dizzy, 0), readyAt(dizzy, 5)], [5, null]);
  session.poses.forEach(([second], n) => assert.equal(readyAt(session.cues, second), session.ready_at[n]));
});

test("a hold is at the full arc, a rest goes out of it", () => {
  assert.deepEqual({ way: at(13).way, at: at(13).at }, { way: "hold", at: 0 });
  assert.equal(at(20).at, 1);
  assert.equal(at(32.9).at, 1);
  assert.equal(at(42).at, 0);
});

test("the way into a position comes before the stretch, and the way out after it", () => {
  assert.equal(at(2).way, "enter");
  assert.ok(at(7).at > 0 && at(7).at < 1);
  assert.deepEqual({ step: at(64).step, way: at(64).way }, { step: 0, way: "out" });
  assert.deepEqual({ step: at(67).step, way: at(67).way, at: at(67).at }, { step: 1, way: "hold", at: 0 }); // in position already
});

test("a movement goes from end to end; its first way begins in the middle", () => {
  assert.equal(at(71).end, 0);
  assert.equal(at(75.5).end, 1);
  assert.equal(at(81).end, -1);
});

test("nothing jumps while one stretch goes on", () => {
  for (let second = 13; second < 62; second += 0.1) assert.ok(Math.abs(at(second + 0.1).at - at(second).at) < 0.15);
});

test("what is said, and what the figure does, agree with Python", () => {
  const lines = script(session.cues);
  assert.deepEqual(lines.map(({ at_s, text, counts }) => [Math.round(at_s * 10) / 10, text, counts]), session.said);
  assert.equal(lines[lineAt(lines, session.said[1][0] + 0.1)].text, session.said[1][1]);
  for (const [second, step, way, share, end] of session.poses) {
    const found = pose(session.cues, session.steps, second);
    assert.deepEqual([found.step, found.way], [step, way]);
    assert.ok(Math.abs(found.at - share) < 1e-6 && Math.abs(found.end - end) < 1e-6, `second ${second}`);
  }
});

test("the end is the last cue", () => {
  assert.equal(cueAt(CUES, 999), CUES.length - 1);
  assert.equal(startOf(CUES, 7), 91);
});

test("a machine that slept counts one second", () => {
  const clock = new Clock(1);
  clock.running = true;
  clock.tick(0);
  assert.equal(clock.tick(500), 0.5);
  assert.equal(clock.tick(3_600_000), 1);
  clock.running = false;
  assert.equal(clock.tick(3_601_000), 0);
});
