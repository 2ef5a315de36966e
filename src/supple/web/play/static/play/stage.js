// @ts-check
/** The figure on the player's stage: which stretch it does, how far it has gone, from where it is seen. */

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const BREATH_S = 8;
const SLOWEST_MS = 50;
const CLEAR_PX = 8;
const VIEWS = ["front", "left", "back", "right"]; // after the one that fits

export class Stage {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{base: string, body: string}} from
   * @param {(sentence: string) => void} onFault
   */
  constructor(canvas, { base, body }, onFault) {
    this.canvas = canvas;
    this.base = base;
    this.body = body;
    this.onFault = onFault;
    /** @type {any} */
    this.figure = null;
    /** @type {any} */
    this.parts = null;
    /** @type {Map<string, Promise<any[]>>} */
    this.fetched = new Map();
    this.shown = "";
    this.turned = 0;
    /** @type {any} */
    this.baked = null;
    this.track = "";
    /** @type {any} */
    this.room = null;
    this.posed = "";
    this.drawn_ms = 0;
    this.ready = false;
    this.failed = false;
    this.loading = this.#load();
  }

  async #load() {
    try {
      const [parts, view] = await Promise.all([import("../figure/figure.js"), import("../figure/view.js")]);
      this.parts = { ...parts, ...view };
      this.figure = await parts.Figure.load(this.canvas, { body: this.body, baseUrl: this.base });
      this.figure.keepClear(() => boxes(this.canvas));
    } catch (error) {
      this.failed = true;
      this.onFault(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Fetches what a step needs, so that it is there in time.
   * @param {import("./pace.js").Step | undefined} step
   */
  ahead(step) {
    if (!step || this.fetched.has(step.id) || !this.parts) return;
    const coming = Promise.all([this.parts.motionFrom(this.base, this.body, step.id), roomFrom(`${this.base}rooms/${step.id}.json`)]);
    coming.catch(() => this.fetched.delete(step.id));
    this.fetched.set(step.id, coming);
  }

  /**
   * Takes the pose; `seconds` is what the breath goes by.
   * @param {import("./pace.js").Step} step
   * @param {import("./pace.js").Pose} pose
   * @param {number} seconds
   */
  show(step, pose, seconds) {
    if (!this.figure) return;
    this.ahead(step);
    const key = `${step.id} ${step.side} ${step.arc}`;
    if (this.shown !== key) this.#change(step, key);
    if (!this.baked || this.baked.stretch !== step.id) return;
    const { track, share } = this.#place(step, pose);
    const posed = `${key} ${track} ${share.toFixed(4)} ${seconds.toFixed(3)} ${this.turned}`;
    if (posed === this.posed || this.#tooSoon()) return; // what stands is not drawn again
    this.posed = posed;
    if (track !== this.track) this.#take(track);
    this.figure.at(CALM.matches ? Math.round(share) : share);
    this.figure.breathe(CALM.matches ? 0 : (1 - Math.cos((2 * Math.PI * seconds) / BREATH_S)) / 2);
    this.ready = true;
    Object.assign(this.canvas.dataset, { stretch: step.id, side: step.side, share: share.toFixed(3), track });
  }

  /**
   * Another view, after the last again the one that fits.
   * @param {import("./pace.js").Step} step
   */
  turn(step) {
    this.turned = (this.turned + 1) % (VIEWS.length + 1);
    this.#look(step);
    return this.turned ? VIEWS[this.turned - 1] : "";
  }

  /** Takes its place anew among what lies before it. */
  refit() {
    this.figure?.keepClear(() => boxes(this.canvas));
  }

  /** Where wall and floor meet on the canvas, in percent from its top. */
  get horizon() {
    return parseFloat(this.canvas.style.getPropertyValue("--horizon")) || 62;
  }

  /**
   * @param {import("./pace.js").Step} step
   * @param {string} key
   */
  async #change(step, key) {
    this.shown = key;
    try {
      const [baked, room] = await /** @type {Promise<any[]>} */ (this.fetched.get(step.id));
      if (this.shown !== key) return;
      this.baked = baked;
      this.room = room;
      this.track = this.posed = "";
      this.turned = 0;
      this.figure.mirror(step.side === "right" ? "right" : "left");
      this.figure.arc(step.arc);
      this.figure.tint({ ...step.marks, side: step.marks.side ?? undefined });
      this.canvas.setAttribute("aria-label", step.name);
      this.#look(step);
    } catch (error) {
      this.shown = "";
      this.onFault(error instanceof Error ? error.message : String(error));
    }
  }

  /** Where a processor draws, so many pictures a second are enough that the page stays quick. */
  #tooSoon() {
    if (this.canvas.dataset.quality !== "low") return false;
    const now = performance.now();
    if (now - this.drawn_ms < SLOWEST_MS) return true;
    this.drawn_ms = now;
    return false;
  }

  /** @param {string} track */
  #take(track) {
    this.track = track;
    this.figure.show(this.baked, { track, room: this.room });
  }

  /** @param {import("./pace.js").Step} step */
  #look(step) {
    this.figure.view(this.turned ? VIEWS[this.turned - 1] : step.view);
  }

  /**
   * Which way and how far along it. Only what has passed our look, and is proved on this body, is shown moving.
   * @param {import("./pace.js").Step} step
   * @param {import("./pace.js").Pose} pose
   */
  #place(step, { way, at, end }) {
    const [one, other] = this.baked.tracks.map((/** @type {{name: string}} */ track) => track.name);
    if (way === "enter" && at < 1 && step.moves && this.baked.enter_proved) return { track: "enter", share: at };
    if (way === "enter" || !step.moves || this.baked.proved === false) return { track: one, share: 0 };
    if (way === "hold") return { track: one, share: at };
    if (way === "out") {
      if (step.mode === "hold") return { track: one, share: at };
      return { track: other ?? one, share: other ? at : 0 };
    }
    if (!other) return { track: one, share: at };
    return { track: end >= 0 ? one : other, share: Math.abs(end) };
  }
}

/**
 * What lies before the canvas and is to be read: the words, the clock and the picture of what comes next, in its shares.
 * @param {HTMLCanvasElement} canvas
 */
function boxes(canvas) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (!width || !height) return [];
  return lying()
    .map((box) => [box.left - CLEAR_PX, box.top - CLEAR_PX, box.right + CLEAR_PX, box.bottom + CLEAR_PX])
    .map(([x, y, right, bottom]) => [(x - left) / width, (y - top) / height, (right - left) / width, (bottom - top) / height])
    .filter(([x, y, right, bottom]) => right > 0 && x < 1 && bottom > 0 && y < 1);
}

/** The boxes on the page: of words each line, for what is empty beside them is free. */
function lying() {
  const found = [...document.querySelectorAll(".hall > .clock, .hall > .next, #stretch-bar")].map((one) => one.getBoundingClientRect());
  const words = document.createTreeWalker(/** @type {Node} */ (document.querySelector(".hall > .say")), NodeFilter.SHOW_TEXT);
  const line = document.createRange();
  while (words.nextNode()) {
    line.selectNodeContents(words.currentNode);
    found.push(...line.getClientRects());
  }
  return found.filter(({ width, height }) => width && height);
}

/** @param {string} url */
async function roomFrom(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} is missing (${answer.status}).`);
  return answer.json();
}
