// @ts-check
/** The page around the figure: what is chosen, and the clock. */

import { Figure, motionFrom } from "./figure.js";
import { asset } from "./assets.js";
import { BEAT, breath, length, moment, nearestStation, walked, wayLength } from "./motion.js";
import { mirroredView } from "./view.js";

/**
 * @typedef {{id: string, name: string, position: string, feel: string, steps: string[], sides: boolean, marks_side: boolean, view: string,
 *   passed: string, primary: string[], secondary: string[], bodies: string[],
 *   stations?: number}} Stretch a way between positions is one that has `stations`
 */

const BASE = new URL("./", document.baseURI).pathname;
const STEP_S = 0.5;
const TENTHS = 10; // the time slider counts tenths of a second
const PHASES = {
  in: "moving in", hold: "holding", out: "coming back", rest: "in position",
  going: "on the way", there: "there", returning: "on the way back", back: "at the beginning",
};
const WAYS = "ways between positions";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
const part = (id) => /** @type {T} */ (document.getElementById(id));
/** @type {HTMLCanvasElement} */
const canvas = part("canvas");
/** @type {HTMLInputElement} */
const scrub = part("scrub");
/** @type {HTMLInputElement} */
const arc = part("arc");
/** @type {HTMLInputElement} */
const muscles = part("muscles");
/** @type {HTMLSelectElement} */
const list = part("stretch");
/** @type {HTMLFormElement} */
const choices = part("choices");
/** @type {HTMLButtonElement} */
const play = part("play");
const main = part("main");

/** @type {any} */
let figure = null;
/** @type {Stretch[]} */
let stretches = [];
/** @type {Stretch} */
let stretch;
/** @type {import("./motion.js").Baked | null} */
let baked = null;
let wearing = "";
let seconds = 0;
let playing = false;
let shownTrack = 0;
let latest = 0; // the number of the latest choice; what comes late of an earlier one is thrown away

/** @param {string} sentence */
function fault(sentence) {
  part("fault").textContent = sentence;
  part("fault").hidden = !sentence;
  if (sentence && !baked) main.dataset.state = "fault";
}

const chosen = (/** @type {string} */ name) => String(new FormData(choices).get(name));
const round = () => (stretch.stations ? wayLength(stretch.stations) : length(BEAT) * (baked?.tracks.length ?? 1));

async function begin() {
  const known = await asset(`${BASE}stretches.json`, "json");
  stretches = [...known.stretches, ...known.ways.map(asStretch)];
  if (!stretches.length) return fault("No stretch has a motion yet. Make them with: make motions.");
  offerBodies(known.bodies);
  offerStretches();
  const asked = new URLSearchParams(location.search);
  const sentences = [
    wanted("body", asked.get("body")),
    wantedStretch(asked.get("stretch")),
    wanted("side", asked.get("side")),
    wanted("view", asked.get("view")),
    wantedArc(asked.get("arc")),
  ];
  wearing = chosen("body");
  const early = fetched(list.value, wearing); // on its way while the body is
  early.catch(() => {}); // said by `choose`
  figure = await Figure.load(canvas, { body: wearing, baseUrl: BASE });
  part("stills").hidden = canvas.dataset.quality !== "stills";
  await choose(early);
  if (sentences.some(Boolean)) fault(sentences.filter(Boolean).join(" "));
  requestAnimationFrame(tick);
}

/**
 * A way between positions as one chooses it from the list.
 * @param {any} way
 * @returns {Stretch}
 */
function asStretch(way) {
  return { ...way, position: WAYS, feel: "", steps: [], primary: [], secondary: [] };
}

/** @param {string[]} names */
function offerBodies(names) {
  const order = ["woman", "man", "older", "heavier"];
  const sorted = [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  part("bodies").replaceChildren(
    ...sorted.map((name, i) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      label.className = "pick";
      Object.assign(input, { type: "radio", name: "body", value: name, defaultChecked: i === 0 });
      label.append(input, name[0].toUpperCase() + name.slice(1));
      return label;
    }),
  );
}

/** All that have a motion, by the position in which they begin. */
function offerStretches() {
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const { id, name, position } of stretches) {
    const group = groups.get(position) ?? document.createElement("optgroup");
    group.label = position[0].toUpperCase() + position.slice(1);
    group.append(new Option(name, id));
    groups.set(position, group);
  }
  list.replaceChildren(...groups.values());
}

/**
 * Chooses what the address asks for; a sentence where there is no such thing.
 * @param {"body" | "side" | "view"} kind
 * @param {string | null} name
 */
function wanted(kind, name) {
  if (name === null) return "";
  const inputs = [...choices.querySelectorAll(`[name=${kind}]`)].map((input) => /** @type {HTMLInputElement} */ (input));
  const found = inputs.find(({ value }) => value === name);
  if (found) found.checked = true;
  return found ? "" : `There is no ${kind} '${name}'; choose one of ${inputs.map(({ value }) => value).join(", ")}.`;
}

/** @param {string | null} percent */
function wantedArc(percent) {
  if (percent === null) return "";
  const can = percent.trim() !== "" && Number(percent) >= Number(arc.min) && Number(percent) <= Number(arc.max);
  if (can) arc.value = percent;
  return can ? "" : `There is no arc '${percent}'; give ${arc.min} to ${arc.max} percent.`;
}

/** @param {string | null} id */
function wantedStretch(id) {
  const usable = stretches.find((one) => one.passed && one.bodies.length) ?? stretches.find((one) => one.bodies.length);
  const found = stretches.find((one) => one.id === id);
  list.value = (found ?? usable ?? stretches[0]).id;
  return !id || found ? "" : `No stretch '${id}' has a motion; choose one from the list.`;
}

/**
 * The motion of a stretch and what stands in its room.
 * @param {string} id
 * @param {string} body
 */
function fetched(id, body) {
  return Promise.all([motionFrom(BASE, body, id), asset(`${BASE}rooms/${id}.json`, "json")]);
}

/**
 * Shows the stretch of the list on the body that is chosen.
 * @param {ReturnType<typeof fetched>} [coming]
 */
async function choose(coming) {
  const mine = ++latest;
  stretch = /** @type {Stretch} */ (stretches.find((one) => one.id === list.value));
  const body = chosen("body");
  main.dataset.state = "loading";
  tell();
  try {
    coming ??= fetched(stretch.id, body);
    if (wearing !== body) {
      baked = null;
      await figure.body(body);
      wearing = body;
    }
    const [motion, room] = await coming;
    if (mine !== latest) return;
    baked = motion;
    figure.mirror(side());
    figure.show(motion, { track: motion.tracks[0].name, room, stations: stretch.stations });
    perform();
  } catch (error) {
    if (mine !== latest) return;
    baked = null;
    main.dataset.state = "fault";
    fault(error.message);
  }
}

/** The words of the stretch. */
function tell() {
  fault("");
  document.title = `${stretch.name} · Supple`;
  part("name").textContent = stretch.name;
  part("feel").textContent = stretch.feel;
  part("sides").hidden = !stretch.sides;
  for (const id of ["facts", "reach", "pulls", "words"]) part(id).hidden = Boolean(stretch.stations);
  tellWhetherItMoves();
  part("steps").replaceChildren(
    ...stretch.steps.map((step) => Object.assign(document.createElement("li"), { textContent: step })),
  );
  const doing = stretch.stations ? "going this way" : "doing this stretch";
  canvas.setAttribute("aria-label", `A figure ${doing}: ${stretch.name}`);
  address();
}

/** What is chosen stands in the address, but for what is so if nothing is said. */
function address() {
  const asked = new URLSearchParams({ stretch: stretch.id, body: chosen("body") });
  if (side() === "right") asked.set("side", "right");
  if (chosen("view") !== "best") asked.set("view", chosen("view"));
  if (arc.value !== arc.max) asked.set("arc", arc.value);
  history.replaceState(null, "", `?${asked}`);
}

/** Only what passed the look, and is proved on this body, is shown moving. */
const mayMove = () => Boolean(stretch?.passed) && baked?.proved !== false;

function tellWhetherItMoves() {
  part("passed").hidden = Boolean(stretch.passed);
  part("elsewhere").hidden = mayMove() || !stretch.passed;
  part("calm").hidden = !CALM.matches || !mayMove();
}

/** From the beginning, with all that is chosen. */
function perform() {
  seconds = 0;
  shownTrack = 0;
  tellWhetherItMoves();
  const moves = mayMove();
  for (const control of [play, scrub, arc]) control.disabled = !moves;
  scrub.max = String(round() * TENTHS);
  look();
  mark();
  go(moves && !CALM.matches);
  reach();
  main.dataset.state = "ready";
  part("said").textContent = moves ? `${stretch.name} is shown.` : `${stretch.name}: only its start is shown.`;
}

const side = () => /** @type {"left" | "right"} */ (stretch.sides ? chosen("side") : "left");

function look() {
  const view = chosen("view");
  const best = side() === "right" ? mirroredView(stretch.view) : stretch.view;
  figure?.view(view === "best" ? best : view);
}

function mark() {
  const { primary, secondary, marks_side } = stretch;
  figure?.tint(muscles.checked ? { primary, secondary, side: marks_side ? side() : undefined } : {});
}

function reach() {
  const percent = Number(arc.value);
  part("percent").replaceChildren(String(percent), Object.assign(document.createElement("small"), { textContent: " %" }));
  arc.setAttribute("aria-valuetext", `${percent} percent`);
  fill(arc);
  figure?.arc(stretch.stations ? 100 : percent);
  move();
}

/** @param {boolean} now */
function go(now) {
  playing = now;
  play.setAttribute("aria-pressed", String(now));
  play.setAttribute("aria-label", now ? "Pause" : "Play");
}

/** Puts the figure where the time says. */
function move() {
  if (!baked) return;
  const { stations = 2 } = stretch;
  const { cycle, share, phase } = stretch.stations ? { cycle: 0, ...walked(seconds, stations) } : moment(seconds);
  const track = cycle % baked.tracks.length;
  if (track !== shownTrack) figure.show(baked, { track: baked.tracks[track].name });
  shownTrack = track;
  const moves = mayMove() ? share : 0;
  figure.at(CALM.matches ? nearestStation(moves, stations) : moves);
  const words = mayMove() ? PHASES[phase] : PHASES.rest;
  part("phase").textContent = words;
  scrub.value = String(Math.round((seconds % round()) * TENTHS));
  scrub.setAttribute("aria-valuetext", `${Math.round(seconds % round())} seconds, ${words}`);
  fill(scrub);
}

/** @param {HTMLInputElement} slider */
function fill(slider) {
  const [low, high] = [Number(slider.min), Number(slider.max)];
  slider.style.setProperty("--v", String((Number(slider.value) - low) / (high - low)));
}

/** @param {number} by */
function seek(by) {
  if (!baked || !mayMove()) return;
  seconds = (seconds + by + round()) % round();
  move();
}

let before = performance.now();

/** @param {number} now */
function tick(now) {
  const passed = Math.min((now - before) / 1000, 0.25); // after a pause of the browser it goes on from where it was
  before = now;
  if (baked && playing) {
    seconds = (seconds + passed) % round();
    move();
  }
  if (baked && !CALM.matches) figure.breathe(breath(now / 1000));
  requestAnimationFrame(tick);
}

list.addEventListener("change", () => choose());
play.addEventListener("click", () => go(!playing));
arc.addEventListener("input", reach);
arc.addEventListener("change", address);
muscles.addEventListener("change", mark);
scrub.addEventListener("input", () => {
  go(false);
  seconds = Math.min(Number(scrub.value) / TENTHS, round() - 0.001);
  move();
});
choices.addEventListener("submit", (event) => event.preventDefault());
choices.addEventListener("change", ({ target }) => {
  const { name } = /** @type {HTMLInputElement} */ (target);
  if (!figure) return;
  if (name === "body") choose();
  if (name === "view") look();
  if (name === "side" && baked) {
    figure.mirror(side());
    look();
    mark();
  }
  if (stretch) address();
});
CALM.addEventListener("change", () => {
  part("calm").hidden = !CALM.matches;
  if (CALM.matches) go(false);
  figure?.breathe(0);
  move();
});
document.addEventListener("keydown", (event) => {
  const busy = /** @type {HTMLElement} */ (event.target).closest("input, select, button, a, summary");
  if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = { " ": () => baked && mayMove() && go(!playing), ArrowLeft: () => seek(-STEP_S), ArrowRight: () => seek(STEP_S) };
  const act = keys[/** @type {keyof typeof keys} */ (event.key)];
  if (!act) return;
  event.preventDefault();
  act();
});

begin().catch((error) => fault(error.message));
