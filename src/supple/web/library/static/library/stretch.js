// @ts-check
/** The living figure of one stretch. Until it is there, and where it cannot be, the picture stays. */

import { Figure, motionFrom } from "../figure/figure.js";
import { asset } from "../figure/assets.js";
import { BEAT, breath, length, moment } from "../figure/motion.js";
import { mirroredView } from "../figure/view.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const LONGEST_S = 0.25; // after a pause of the browser it goes on from where it was

const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("figure"));
const play = /** @type {HTMLButtonElement} */ (document.getElementById("play"));
const { base = "", stretch = "", body = "", view = "", passed, primary = "", secondary = "", sides } = canvas.dataset;
const words = (/** @type {string} */ list) => list.split(",").filter(Boolean);

/** @type {any} */
let figure = null;
/** @type {import("../figure/motion.js").Baked} */
let baked;
let seconds = 0;
let playing = false;
let shown = 0;
let before = performance.now();

async function begin() {
  canvas.hidden = false; // a canvas that is not shown has no size
  canvas.style.visibility = "hidden";
  const [motion, room] = await Promise.all([
    motionFrom(base, body, stretch),
    asset(`${base}rooms/${stretch}.json`, "json"),
  ]);
  baked = motion;
  figure = await Figure.load(canvas, { body, baseUrl: base });
  figure.show(baked, { track: baked.tracks[0].name, room });
  onSide("left");
  const moves = Boolean(passed) && baked.proved;
  if (!moves) figure.at(0);
  document.querySelector("#stage > img")?.remove();
  canvas.style.visibility = "";
  const deck = /** @type {HTMLElement} */ (document.getElementById("deck"));
  deck.hidden = false;
  play.hidden = !moves;
  go(moves && !CALM.matches);
  if (moves && CALM.matches) figure.at(1);
  requestAnimationFrame(tick);
}

/** @param {string} side */
function onSide(side) {
  figure.mirror(side);
  figure.view(side === "right" ? mirroredView(view) : view);
  figure.tint({
    primary: words(primary),
    secondary: words(secondary),
    side: sides === undefined ? undefined : side,
  });
}

/** @param {boolean} now */
function go(now) {
  playing = now;
  play.setAttribute("aria-pressed", String(now));
  const word = document.getElementById("play-word");
  if (word) word.textContent = (now ? play.dataset.pause : play.dataset.play) ?? "";
  canvas.dataset.state = now ? "moving" : "still";
}

/** Puts the figure where the time says; with less motion wanted, to its key poses alone. */
function move() {
  const { cycle, share } = moment(seconds);
  const track = cycle % baked.tracks.length;
  if (track !== shown) figure.show(baked, { track: baked.tracks[track].name });
  shown = track;
  figure.at(CALM.matches ? Math.round(share) : share);
  canvas.dataset.share = share.toFixed(3);
}

/** @param {number} now */
function tick(now) {
  const passedBy = Math.min((now - before) / 1000, LONGEST_S);
  before = now;
  if (playing) {
    seconds = (seconds + passedBy) % (length(BEAT) * baked.tracks.length);
    move();
  }
  if (!CALM.matches) figure.breathe(breath(now / 1000));
  requestAnimationFrame(tick);
}

play.addEventListener("click", () => go(!playing));
for (const radio of document.querySelectorAll("input[name=side]")) {
  radio.addEventListener("change", () => figure && onSide(/** @type {HTMLInputElement} */ (radio).value));
}
CALM.addEventListener("change", () => go(!CALM.matches && playing));
begin().catch(() => {
  canvas.hidden = true; // the picture and the words are enough
});
