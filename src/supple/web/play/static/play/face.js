// @ts-check
/** The words, bars and rings of the player, written only where they change. */

import { cueAt, phase, startOf } from "./pace.js";

const RING = 100;

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export const part = (id) => /** @type {T} */ (/** @type {unknown} */ (document.getElementById(id)));

/**
 * @param {string} id
 * @param {string} text
 */
export function write(id, text) {
  const node = part(id);
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {string} value
 */
function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** A bar as long as a share, 0 to 1. @param {Element | null} bar @param {number} share */
function fill(bar, share) {
  if (bar) set(bar, "width", (100 * Math.min(Math.max(share, 0), 1)).toFixed(1));
}

/**
 * The words, in the page's language, come from its markup.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function words(name, values = {}) {
  const said = part("words").dataset[name] ?? "";
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, String(value)), said);
}

/** The picture of what comes next, drawn ahead for the left side. @param {string} url @param {boolean} mirrored */
export function preview(url, mirrored) {
  set(part("next-still"), "src", url);
  part("next-still").toggleAttribute("data-mirrored", mirrored);
}

/**
 * How many stretches some steps are: both sides of one count once, as on every other page.
 * @param {{id: string}[]} steps
 */
const stretches = (steps) => steps.filter(({ id }, i) => id !== steps[i - 1]?.id).length;

/** @param {{steps: any[], behind: number}} state */
export function bars({ steps, behind }) {
  const row = part("steps-bar");
  const all = Array.from({ length: behind + stretches(steps) }, () => {
    const item = document.createElement("li");
    item.innerHTML = '<svg viewBox="0 0 100 8" preserveAspectRatio="none"><rect width="0" height="8"/></svg>';
    return item;
  });
  row.replaceChildren(...all);
}

/**
 * Draws a second of the session.
 * @param {{cues: import("./pace.js").Cue[], steps: import("./pace.js").Step[], behind: number, seconds: number}} state
 * @param {number} at_s
 * @param {boolean} smooth whether bars and ring may move between seconds
 */
export function draw(state, at_s, smooth) {
  const cue = state.cues[cueAt(state.cues, at_s)];
  const step = state.steps[cue.step] ?? state.steps[state.steps.length - 1];
  if (!step) return; // nothing is left of the plan: what was on stays until the last question is answered
  const shown_s = smooth ? at_s : Math.floor(at_s);
  drawStep(state, cue, step);
  drawBars(state, cue, shown_s);
  drawClock(cue, step, shown_s);
}

/**
 * @param {{steps: import("./pace.js").Step[], behind: number}} state
 * @param {import("./pace.js").Cue} cue
 * @param {import("./pace.js").Step} step
 */
function drawStep(state, cue, step) {
  const number = Math.min(cue.step, state.steps.length - 1);
  write("name", step.name);
  write("side", step.side_words);
  write("far", step.far.charAt(0).toUpperCase() + step.far.slice(1));
  write("cue", step.otherwise || step.feel);
  part("cue").toggleAttribute("data-otherwise", Boolean(step.otherwise)); // never cut
  write("where", words("where", { n: state.behind + stretches(state.steps.slice(0, number + 1)), of: state.behind + stretches(state.steps) }));
  const next = state.steps[number + 1];
  part("next").hidden = !next;
  if (!next) return;
  write("next-name", [next.name, next.side_words].filter(Boolean).join(", "));
}

/**
 * @param {{cues: import("./pace.js").Cue[], steps: import("./pace.js").Step[], behind: number, seconds: number}} state
 * @param {import("./pace.js").Cue} cue
 * @param {number} at_s
 */
function drawBars(state, cue, at_s) {
  let [first, next] = [cue.step, cue.step + 1]; // of the stretch that is on, with both its sides
  while (first > 0 && state.steps[first - 1].id === state.steps[first]?.id) first--;
  while (state.steps[next] && state.steps[next].id === state.steps[first].id) next++;
  const now = state.behind + stretches(state.steps.slice(0, first));
  const [from_s, to_s] = [startOf(state.cues, first), startOf(state.cues, next)];
  const share = to_s > from_s ? (at_s - from_s) / (to_s - from_s) : 1;
  [...part("steps-bar").children].forEach((item, i) => {
    set(item, "class", i < now ? "done" : i === now ? "now" : "");
    if (i === now) fill(item.querySelector("rect"), share);
  });
  fill(part("stretch-fill"), share);
  set(part("stretch-bar"), "aria-valuenow", String(Math.round(100 * Math.min(share, 1))));
  set(part("whole-bar"), "aria-valuenow", String(Math.round((100 * at_s) / Math.max(1, state.seconds))));
  const left_s = Math.max(0, Math.ceil(state.seconds - at_s));
  write("left", words("left", { time: `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, "0")}` }));
}

/**
 * @param {import("./pace.js").Cue} cue
 * @param {import("./pace.js").Step} step
 * @param {number} at_s
 */
function drawClock(cue, step, at_s) {
  const into_s = at_s - cue.at_s;
  const moving = cue.kind === "move" ? phase(step, into_s) : null;
  const left_s = moving ? moving.left_s : Math.max(0, Math.ceil(cue.seconds - into_s));
  write("count", String(left_s));
  write("what", moving ? words({ go: "there", stay: "stay", "come back": "come" }[moving.say]) : cue.what);
  write("breath", cue.kind === "hold" ? words(into_s % 8 < 4 ? "breatheIn" : "breatheOut") : moving ? cue.what : "");
  set(part("ring"), "stroke-dasharray", `${(RING * (1 - into_s / Math.max(1, cue.seconds))).toFixed(1)} ${RING}`);
  set(part("clock"), "aria-label", words(left_s === 1 ? "second" : "timer", { n: left_s, what: part("what").textContent ?? "" }));
}
