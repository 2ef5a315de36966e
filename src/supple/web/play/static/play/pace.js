// @ts-check
/**
 * Where a second of the session lies: its cue, the part of a cycle, how far the figure has gone, and what is being said.
 *
 * Nothing here knows the page or the clock. It is the twin of `supple.session` pace, pose and script; both read
 * tests/cases/pace.json and tests/cases/session.json.
 *
 * @typedef {{kind: string, at_s: number, seconds: number, step: number, say: string[], count: number, of: number, what: string}} Cue
 * @typedef {{id: string, name: string, side: string, side_words: string, dose: string, arc: number, far: string, mode: string, rests_first: boolean,
 *   pause_s: number, cycle_s: number, changes: string[], otherwise: string, feel: string, still: string, view: string, moves: boolean,
 *   marks: {primary: string[], secondary: string[], side: "left" | "right" | null}}} Step
 * @typedef {{step: number, way: "enter" | "hold" | "cycle" | "out", at: number, end: number}} Pose
 * @typedef {{at_s: number, seconds: number, text: string, step: number, counts: boolean}} Line
 */

export const OUT_S = 2.5; // out of a stretch
const ENTER_S = 5; // into a position
const IN_S = 4; // from in position to the full arc
const LIES_FROM_S = 8; // in a shorter rest one does not lie down and come up again
const SHORTEST_LINE_S = 2.5;
const WORD_S = 0.4; // a calm voice
const LETTER_S = 0.08; // the same, where the words are long or have pauses between them
export const EASE_OFF = "Ease off and breathe.";
const CAN_WAIT = ["Feel it: ", "Breathing: "];
const WORK = ["hold", "move"];
const WAY = ["get_ready", "change_position", "change_sides", "into_position"];
const WAITS = /\bwait \d+ s/i;
const COUNT = ["Three.", "Two.", "One."]; // the last seconds of a hold
const COUNTED_FROM_S = 10;

/**
 * The number of the cue that is on; the last one from the end onwards.
 * @param {Cue[]} cues
 * @param {number} at_s
 */
export function cueAt(cues, at_s) {
  const found = cues.findIndex((cue) => cue.at_s <= at_s && at_s < cue.at_s + cue.seconds);
  return found < 0 ? cues.length - 1 : found;
}

/**
 * The second at which the way into a step begins; the end where there is none.
 * @param {Cue[]} cues
 * @param {number} step
 */
export function startOf(cues, step) {
  return (cues.find((cue) => cue.step === step) ?? cues[cues.length - 1]).at_s;
}

/**
 * The second at which the next part of the way into a step begins, or its work; null in the work, and where one has to
 * wait, for nobody passes over that.
 * @param {Cue[]} cues
 * @param {number} at_s
 */
export function readyAt(cues, at_s) {
  const now = cues[cueAt(cues, at_s)];
  const leads = cues.some(({ step, kind, at_s: from_s }) => step === now.step && WORK.includes(kind) && from_s > now.at_s);
  return leads && WAY.includes(now.kind) && !now.say.some((text) => WAITS.test(text)) ? now.at_s + now.seconds : null;
}

/**
 * What to do `second` seconds into a cycle: there and back, with the same pause at each end.
 * @param {{cycle_s: number, pause_s: number}} step
 * @param {number} second
 * @returns {{say: "go" | "stay" | "come back", left_s: number}}
 */
export function phase({ cycle_s, pause_s }, second) {
  const move_s = Math.max(0, cycle_s / 2 - pause_s);
  let until_s = 0;
  /** @type {["go" | "stay" | "come back", number][]} */
  const parts = [["go", move_s], ["stay", pause_s], ["come back", move_s], ["stay", pause_s]];
  for (const [say, lasts_s] of parts) {
    until_s += lasts_s;
    if (second < until_s) return { say, left_s: Math.max(1, Math.ceil(until_s - second)) };
  }
  return { say: pause_s ? "stay" : "come back", left_s: 1 };
}

/**
 * How far the figure has gone. `at` is 0 to 1: of the way into the position (`enter`), of the arc (`hold`), from one end
 * of a cycle to the other (`cycle`), or what is still left of the arc on the way `out`. `end` is the same for a cycle with
 * two ends, -1 to 1, whose first way begins in the middle.
 * @param {Cue[]} cues
 * @param {Step[]} steps
 * @param {number} at_s
 * @returns {Pose}
 */
export function pose(cues, steps, at_s) {
  const index = cueAt(cues, at_s);
  const cue = cues[index];
  const into_s = at_s - cue.at_s;
  if (cue.kind === "finish") return { step: steps.length - 1, way: "out", at: 0, end: 0 };
  if (cue.kind === "hold") return posed(cue, "hold", eased(into_s / Math.min(IN_S, cue.seconds / 3)));
  const lies = steps[cue.step].rests_first;
  if (cue.kind === "rest") return easing(cue, into_s, lies);
  if (cue.kind === "move") {
    const { at, going } = along(steps[cue.step], into_s);
    return { ...posed(cue, "cycle", at), end: going && cue.count === 1 ? at : 2 * at - 1 };
  }
  const before = index ? cues[index - 1] : cue;
  const leaves = before.step < cue.step && into_s < OUT_S;
  if (leaves) return posed(before, "out", 1 - eased(into_s / OUT_S));
  if (cue.kind === "get_ready" || cue.kind === "change_position") return posed(cue, "enter", 0);
  if (cue.kind === "change_sides") return posed(cue, "hold", 0); // one is in the position already
  const after = cues[index + 1];
  if (index && before.kind === cue.kind) return posed(cue, "enter", lies ? eased(into_s / Math.min(ENTER_S, cue.seconds)) : 1); // one has waited in it
  if (lies && after.kind === cue.kind) return posed(cue, "enter", 0);
  const begins_s = before.step < cue.step ? OUT_S : 0;
  const from_s = lies ? cue.seconds - Math.min(ENTER_S, cue.seconds) : begins_s;
  return posed(cue, "enter", eased((into_s - from_s) / Math.max(1, Math.min(ENTER_S, cue.seconds - from_s))));
}

/**
 * Out of a hold; from what one rests before, all the way down and up again where there is time.
 * @param {Cue} cue
 * @param {number} into_s
 * @param {boolean} lies
 */
function easing(cue, into_s, lies) {
  const out_s = Math.min(OUT_S, cue.seconds / 2);
  if (!lies || into_s < out_s || cue.seconds < LIES_FROM_S) return posed(cue, "hold", 1 - eased(into_s / out_s));
  return posed(cue, "enter", 1 - Math.min(eased((into_s - out_s) / OUT_S), eased((cue.seconds - into_s) / OUT_S)));
}

/**
 * @param {Cue} cue
 * @param {Pose["way"]} way
 * @param {number} at
 * @returns {Pose}
 */
function posed(cue, way, at) {
  return { step: cue.step, way, at, end: 0 };
}

/**
 * From one end of a cycle (0) to the other (1) and back, and whether one is going there.
 * @param {Step} step
 * @param {number} second
 */
function along(step, second) {
  const move_s = Math.max(0.01, step.cycle_s / 2 - step.pause_s);
  const half_s = step.cycle_s / 2;
  const going = second < half_s;
  return { at: going ? eased(second / move_s) : 1 - eased((second - half_s) / move_s), going };
}

/** @param {number} time slow to begin, slow to arrive: minimum jerk, as motion.js has it */
function eased(time) {
  const t = Math.min(Math.max(time, 0), 1);
  return t * t * t * (10 + t * (6 * t - 15));
}

/**
 * Every sentence with the second at which it is said: one after the other, none cut short; twin of session/script.py.
 * @param {Cue[]} cues
 * @returns {Line[]}
 */
export function script(cues) {
  const lines = told(cues);
  const free = (/** @type {number} */ from, /** @type {number} */ to) =>
    lines.every(({ at_s, seconds, counts }) => counts || at_s + seconds <= from || at_s >= to);
  for (const { kind, at_s, seconds, step } of cues) {
    const first = at_s + seconds - COUNT.length;
    if (kind !== "hold" || seconds < COUNTED_FROM_S || !free(first, at_s + seconds)) continue;
    COUNT.forEach((text, n) => lines.push({ at_s: first + n, seconds: 1, text, step, counts: true }));
  }
  return lines.sort((one, other) => one.at_s - other.at_s);
}

/** @param {Cue[]} cues @returns {Line[]} */
function told(cues) {
  /** @type {Line[]} */
  const lines = [];
  let free_s = 0;
  for (const cue of cues) {
    const over_s = startOf(cues, cue.step + 1);
    for (const text of cue.say) {
      const [at_s, seconds] = [Math.max(free_s, cue.at_s), spoken_s(text)];
      if (at_s + seconds > over_s && cue.seconds && CAN_WAIT.some((opening) => text.startsWith(opening))) continue;
      if (text === EASE_OFF && at_s + seconds > cue.at_s + cue.seconds) continue; // never in the hold after it
      lines.push({ at_s, seconds, text, step: cue.step, counts: false });
      free_s = at_s + seconds;
    }
  }
  return lines;
}

/** The seconds that a calm voice takes. @param {string} text */
function spoken_s(text) {
  return Math.max(SHORTEST_LINE_S, WORD_S * text.split(" ").length, LETTER_S * [...text].length);
}

/**
 * The number of the sentence that is being said, -1 before the first.
 * @param {Line[]} lines
 * @param {number} at_s
 */
export function lineAt(lines, at_s) {
  return lines.findLastIndex((line) => line.at_s <= at_s);
}
