// @ts-check
/** A session on the page: the clock runs over the timeline, every step is kept by the server as it ends. */

import { Asks } from "./asks.js";
import { Clock } from "./clock.js";
import { bars, draw, part, preview, words, write } from "./face.js";
import { Music } from "./music.js";
import { EASE_OFF, OUT_S, cueAt, lineAt, pose, readyAt, script, startOf } from "./pace.js";
import { Awake, fill, media, mediaKeys, playback } from "./screen.js";
import { Server } from "./server.js";
import { Sounds } from "./sounds.js";
import { Stage } from "./stage.js";
import { keep, offer, show, wishes } from "./wishes.js";

const HIDDEN_TICK_MS = 500;
const AHEAD = 4; // sentences that are fetched before they are said
const ROUNDED_S = 0.01; // the server is told hundredths
const BRIEF_MS = 10_000; // after a longer silence of the server nobody is there for certain
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

const IT_HURTS = "it hurts"; // what one window tells the others before anything is kept
const page = part("main");
const given = JSON.parse(part("state").textContent ?? "{}");
const wish = wishes({ voice: page.dataset.voice === "1", chimes: page.dataset.sounds === "1", music: "none", far: false, key: true });
if (wish.music === "own" && !document.querySelector("#wish-music [value=own]")) wish.music = "none"; // it was taken away
const token = /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;
const clock = new Clock(Number(page.dataset.rate));
const sounds = new Sounds({ voice: wish.voice, chimes: wish.chimes, lang: document.documentElement.lang });
const music = new Music(page.dataset.music ?? "", () => (part("no-music").hidden = false));
const awake = new Awake();
const server = new Server(page.dataset.act ?? "", token, (down, said) => {
  tell(down ? (said ?? words("down")) : "");
  asks.waits(down, part("unanswered").innerHTML);
  if (down && clock.running) {
    stand();
    silent = performance.now();
  } else if (!down && silent) {
    const brief = performance.now() - silent < BRIEF_MS;
    silent = 0;
    if (brief) run();
  }
});
const others = new BroadcastChannel(`supple${location.pathname}`);
const asks = new Asks(/** @type {HTMLDialogElement} */ (part("asks")), answer);
const stage = new Stage(
  /** @type {HTMLCanvasElement} */ (part("figure")),
  { base: page.dataset.figure ?? "", body: page.dataset.body ?? "woman" },
  () => noFigure(),
);

/** @type {{revision: number, at_s: number, seconds: number, behind: number, cues: import("./pace.js").Cue[],
 *   steps: import("./pace.js").Step[], sheet: string, leave: string, say: string, clips: Record<string, string>,
 *   refused?: boolean}} */
let state = given;
let at_s = startOf(state.cues, state.cues[cueAt(state.cues, state.at_s)].step); // whoever opens the page is in no position
let lines = script(state.cues);
let line = -2; // the sentence that is on; -2: none was yet
let spoken = -2; // the sentence that was said last, and whole
let cue = -1;
let waiting = false; // for the server at the end of a step
let begun = false;
let resumes = false; // whether the clock ran when it began to hurt
let silent = 0; // when nothing answered any more and the running clock stood for it
let muted = "none"; // the music that was on before all was silent
let hurting = false; // "It hurts" was tapped and not answered: no word of the server that comes late closes it

/** @param {any} told @param {number} here the second that the server was told: the clock may have run on since */
function take(told, here) {
  if (told.leave) {
    state.leave = told.leave;
    return leave(told.leave);
  }
  const moved = Math.abs(told.at_s - here) > ROUNDED_S || told.cues.length !== state.cues.length || told.seconds !== state.seconds;
  state = told;
  lines = script(state.cues);
  if (moved) {
    at_s = told.at_s;
    line = spoken = cue = -2;
  } else at_s = Math.max(at_s, told.at_s); // the end of a step that is kept
  bars(state);
  if (told.refused && moved) stand();
  tell(told.say);
  if (told.sheet) ask(told.sheet);
  else if (!hurting) asks.close();
  paint();
}

/** @param {Record<string, string | number>} act @param {number} [here] the second of which the server is told */
async function send(act, here = at_s) {
  const told = await server.send(() => ({ revision: state.revision, at_s: here.toFixed(2), ...act }));
  if (!told) return;
  take(told, here);
  if (!told.refused) others.postMessage(told.revision);
}

/** @param {Record<string, string>} tapped */
async function answer(tapped) {
  hurting = false;
  await send(tapped);
  if (!state.sheet && !state.leave && !state.refused && (resumes || tapped.act !== "return")) run();
}

/** What another window of this session has done is shown here at once, and nothing runs on beside it. */
others.onmessage = ({ data }) => {
  if (data === IT_HURTS) return stand();
  if (data <= state.revision || state.leave) return;
  stand();
  send({ act: "reach" });
};

new BroadcastChannel("supple-urgent").onmessage = () => location.reload(); // answered in another window: no session goes on

function hurts() {
  if (asks.open || state.leave) return;
  resumes = clock.running || silent > 0;
  silent = 0;
  hurting = true;
  others.postMessage(IT_HURTS);
  server.withdraw(); // it hurts in the stretch that is seen, not in the one that a tap before would have led to
  stand();
  asks.show(part("hurts-sheet").innerHTML);
}

/** @param {string} sheet */
function ask(sheet) {
  stand();
  asks.show(sheet);
}

function run() {
  if (state.leave || asks.open) return;
  if (server.down) return void (silent = performance.now()); // who taps is there when it answers again
  begun = true;
  clock.tick(performance.now());
  clock.running = true;
  sounds.wake();
  music.play();
  awake.keep(true);
  playback("playing");
  tell("");
  paint();
}

function stand() {
  clock.running = false;
  music.stop();
  if (sounds.hush()) spoken = -2; // what was cut short is said again
  awake.keep(false);
  playback("paused");
  paint();
}

/**
 * The first start of this page: the step that is on begins again. A page before it, closed or loaded anew, may have said
 * its last word since, and then it is told where that left it.
 */
async function begin() {
  begun = true;
  music.wake();
  sounds.wake(); // while the tap that allows it still counts
  soon(lineAt(lines, at_s));
  for (let refused = true, tries = 0; refused && tries < 2; tries++) {
    const told = await server.send(() => ({ revision: state.revision, at_s: at_s.toFixed(2), act: "begin" }));
    if (!told) return;
    refused = told.refused;
    take(refused ? { ...told, refused: false, say: "" } : told, at_s);
  }
  run();
}

function go() {
  if (begun) run();
  else begin();
}

function toggle() {
  if (!clock.running) return go();
  stand();
  send({ act: "reach" });
}

/** @param {"back" | "skip"} act */
async function jump(act) {
  if (asks.open || waiting) return;
  waiting = true;
  sounds.hush();
  await send({ act });
  waiting = false;
}

/** On to the next part of the way into a stretch, or to its work, for who needs no more words of this one. */
function ready() {
  const next_s = readyAt(state.cues, at_s);
  if (asks.open || waiting || server.down || next_s === null) return;
  sounds.hush();
  at_s = next_s;
  const told = lineAt(lines, at_s);
  if (lines[told]?.at_s < at_s) spoken = told;
  go();
}

/** @param {string} url */
function leave(url) {
  clock.running = false;
  sounds.chime("done");
  sounds.hush();
  music.stop();
  awake.keep(false);
  playback("none");
  asks.close();
  location.assign(url);
}

/** @param {string} sentence */
function tell(sentence) {
  write("tell", sentence);
  part("tell").hidden = !sentence;
}

async function tick() {
  const passed_s = clock.tick(performance.now());
  if (!clock.running || waiting) return;
  const end_s = startOf(state.cues, state.cues[cueAt(state.cues, at_s)].step + 1);
  if (at_s + passed_s < end_s) {
    at_s += passed_s;
    return;
  }
  waiting = true; // the clock waits, and this step stays on, until it is kept
  await send({ act: "reach" }, end_s);
  waiting = false;
}

function frame() {
  tick();
  paint();
  requestAnimationFrame(frame);
}

/** The second that it is, on the page, on the figure, in the ear. */
function paint() {
  const index = cueAt(state.cues, at_s);
  const step = state.steps[state.cues[index].step] ?? state.steps[state.steps.length - 1];
  draw(state, at_s, !CALM.matches);
  sound(index);
  caption();
  music.duck(sounds.speaking);
  if (step) figure(index);
  page.dataset.state = clock.running ? "running" : "standing";
  page.dataset.heard = clock.running ? music.playing : "none";
  page.dataset.at = at_s.toFixed(1);
  part("ready").hidden = readyAt(state.cues, at_s) === null;
  const label = words(clock.running ? "pause" : begun || state.at_s > 0 ? "go" : "begin");
  write("play-words", label);
  part("play").dataset.running = String(clock.running);
}

/** @param {number} index */
function figure(index) {
  // while the clock stands, one sees the stretch that is named and not the way out of the one before
  const begins_s = startOf(state.cues, state.cues[index].step) + OUT_S;
  const posed = pose(state.cues, state.steps, clock.running ? at_s : Math.max(at_s, begins_s));
  const step = state.steps[posed.step];
  stage.show(step, posed, at_s);
  const next = state.steps[state.cues[index].step + 1];
  stage.ahead(next);
  if (next && (stage.ready || stage.failed)) preview(next.small, next.side === "right"); // the figure comes first
  const canvas = part("figure");
  const meets = canvas.offsetTop + (canvas.offsetHeight * stage.horizon) / 100;
  part("hall").style.setProperty("--horizon", `${Math.round(meets)}px`);
}

/** @param {number} index */
function sound(index) {
  if (index === cue) return;
  const [before, now] = [state.cues[cue], state.cues[index]];
  if (before?.step !== now.step || cue < 0) announce(now);
  cue = index;
  if (!clock.running) return;
  if (now.kind === "hold" || (now.kind === "move" && now.count === 1)) sounds.chime("begin");
  else if (before?.step !== now.step) sounds.chime("step");
  else if (now.kind === "rest") sounds.chime("end");
}

/** The live region speaks when the stretch changes, and only then. @param {import("./pace.js").Cue} now */
function announce(now) {
  const step = state.steps[now.step];
  if (!step) return;
  write("announce", [step.name, step.side_words, step.dose].filter(Boolean).join(", ") + ".");
  media(step.name);
}

function caption() {
  const now = lineAt(lines, at_s);
  if (now !== line) soon(now);
  const over = lines[now]?.text === EASE_OFF && state.cues[cueAt(state.cues, at_s)].kind !== "rest";
  if (over) write("caption", "");
  else if (now !== line && !lines[now]?.counts) write("caption", lines[now]?.text ?? words("ready"));
  line = now;
  if (now === spoken || !clock.running || clock.rate !== 1 || !lines[now]) return;
  spoken = now;
  sounds.say(lines[now].text);
}

/** The sentence that is on and the next few, so that they can be said at once. @param {number} now */
function soon(now) {
  sounds.ahead(lines.slice(Math.max(0, now), Math.max(0, now) + AHEAD).map(({ text }) => [text, state.clips[text]]));
}

function noFigure() {
  const picture = /** @type {HTMLImageElement} */ (part("picture"));
  const step = state.steps[state.cues[cueAt(state.cues, at_s)].step] ?? state.steps[0];
  if (!step) return;
  picture.src = step.still;
  picture.hidden = false;
  part("figure").hidden = true;
}

function obey() {
  Object.assign(sounds.wish, { voice: wish.voice, chimes: wish.chimes });
  if (!wish.voice) sounds.hush();
  if (wish.music !== music.mood) part("no-music").hidden = true;
  music.choose(wish.music);
  page.dataset.far = String(wish.far);
  stage.refit();
  part("mute").setAttribute("aria-pressed", String(!audible()));
}

/** Whether anything can be heard on this device as it is set now. */
const audible = () => wish.voice || wish.chimes || wish.music !== "none";

function mute() {
  const on = !audible();
  if (!on) muted = wish.music;
  Object.assign(wish, { voice: on, chimes: on, music: on ? muted : "none" });
  for (const name of /** @type {const} */ (["voice", "chimes", "music"])) show(wish, name);
  keep(wish);
  obey();
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const busy = /** @type {HTMLElement} */ (event.target).closest("input, select, textarea, dialog");
  if (busy || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = /** @type {HTMLElement} */ (event.target).closest("button, a, summary");
  /** @type {Record<string, () => void>} */
  const keys = { ArrowLeft: () => jump("back"), ArrowRight: () => jump("skip"), ArrowDown: ready };
  if (!onButton) keys[" "] = toggle;
  if (onButton === part("hurts")) keys[" "] = hurts; // a link alone would not heed it
  if (wish.key) Object.assign(keys, { h: hurts, H: hurts });
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/** @param {string} id */
function dialog(id) {
  const it = /** @type {HTMLDialogElement} */ (part(id));
  part(`${id}-open`).addEventListener("click", () => {
    if (id === "list") stand();
    obey();
    it.showModal();
  });
  it.querySelector("[data-close]")?.addEventListener("click", () => it.close());
}

part("play").addEventListener("click", toggle);
part("back").addEventListener("click", () => jump("back"));
part("skip").addEventListener("click", () => jump("skip"));
part("ready").addEventListener("click", ready);
part("hurts").addEventListener("click", (event) => {
  event.preventDefault();
  hurts();
});
part("mute").addEventListener("click", mute);
part("full").addEventListener("click", fill);
document.addEventListener("fullscreenchange", () => part("full").setAttribute("aria-pressed", String(document.fullscreenElement !== null)));
part("turn").addEventListener("click", () => {
  const step = state.steps[pose(state.cues, state.steps, at_s).step];
  if (step) stage.turn(step);
});
part("stop").addEventListener("click", (event) => {
  event.preventDefault();
  stand();
  /** @type {HTMLDialogElement} */ (part("leaving")).showModal();
});
part("leaving").addEventListener("click", (event) => {
  const choice = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.leave;
  if (!choice) return;
  /** @type {HTMLDialogElement} */ (part("leaving")).close();
  if (choice === "end") send({ act: "end" });
  if (choice === "later") send({ act: "reach" }).then(() => state.leave || location.assign(page.dataset.home ?? "/"));
});
for (const id of ["list", "tools"]) dialog(id);
for (const id of ["list", "tools", "leaving", "asks"]) {
  part(id).addEventListener("close", () => part("play").focus()); // so that Space pauses and goes on, as is said
}
// a gesture of the device may close what Escape does not: a question of safety is never passed over
part("asks").addEventListener("close", () => void (state.sheet && !state.leave && ask(state.sheet)));
offer(wish, obey);
document.addEventListener("keydown", pressed);
/** A key of the device, heard while nothing lies over the session. @param {() => void} act */
const heard = (act) => () => void (document.querySelector("dialog[open]") || act());
mediaKeys({
  play: heard(go),
  pause: heard(() => clock.running && toggle()),
  previoustrack: heard(() => jump("back")),
  nexttrack: heard(() => jump("skip")),
});
addEventListener("pagehide", () => {
  music.stop();
  sounds.hush(); // some browsers speak on over the next page
  if (state.leave || asks.open) return;
  clock.running = false;
  if (!begun || at_s === state.at_s) return; // all is kept
  server.farewell({ revision: state.revision, at_s: at_s.toFixed(2), act: "reach" });
});
addEventListener("pageshow", (event) => {
  if (event.persisted) begun = false;
});
setInterval(() => document.hidden && tick(), HIDDEN_TICK_MS);

obey();
bars(state);
if (state.sheet) ask(state.sheet);
paint();
requestAnimationFrame(frame);
