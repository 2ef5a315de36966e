// @ts-check
/** The figure where the browser has no WebGL: pictures of its key poses, made by the server, behind the same interface. */

import { arcShare, nearestStation } from "./motion.js";
import { ANGLES_DEG, UnknownView } from "./view.js";

export class StillFigure {
  /**
   * @param {HTMLCanvasElement} canvas it is hidden, and the picture stands in its place
   * @param {{body: string, baseUrl: string}} options
   */
  constructor(canvas, { body, baseUrl }) {
    this.canvas = canvas;
    this.baseUrl = baseUrl;
    this.stations = 2;
    this.wanted = { body, stretch: "", way: "", arc: 100, side: "left", view: "", share: 0, muscles: false };
    this.image = document.createElement("img");
    this.image.className = canvas.className;
    this.image.alt = canvas.getAttribute("aria-label") ?? "";
    canvas.hidden = true;
    canvas.after(this.image);
    canvas.dataset.quality = "stills";
  }

  /** @param {string} name */
  async body(name) {
    this.#change({ body: name });
  }

  /**
   * @param {import("./motion.js").Baked} baked
   * @param {{track?: string, stations?: number}} [options] how many key poses it has: in position and full, if nothing is said
   */
  show(baked, { track = "", stations = 2 } = {}) {
    this.image.alt = this.canvas.getAttribute("aria-label") ?? "";
    this.stations = stations;
    this.#change({ stretch: baked.stretch, way: track, share: 0 });
  }

  /** @param {number} share the nearest key pose is shown */
  at(share) {
    this.#change({ share: nearestStation(share, this.stations) });
  }

  breathe() {}

  /** @param {"left" | "right"} side */
  mirror(side) {
    this.#change({ side });
  }

  /** @param {number} percent */
  arc(percent) {
    arcShare(percent);
    this.#change({ arc: percent });
  }

  /** @param {{primary?: string[], secondary?: string[]}} marks */
  tint({ primary = [], secondary = [] }) {
    this.#change({ muscles: primary.length + secondary.length > 0 });
  }

  /** @param {string} name */
  view(name) {
    if (!Object.hasOwn(ANGLES_DEG, name)) throw new UnknownView(`There is no view '${name}'.`);
    this.#change({ view: name });
  }

  quality() {}

  keepClear() {}

  dispose() {
    this.image.remove();
    this.canvas.hidden = false;
  }

  /** @param {Partial<StillFigure["wanted"]>} changes */
  #change(changes) {
    Object.assign(this.wanted, changes);
    const { body, stretch, way, arc, side, view, share, muscles } = this.wanted;
    if (!stretch) return;
    const asked = new URLSearchParams({ way, side, view, arc: String(Number((arc * share).toFixed(2))), muscles: muscles ? "1" : "0" });
    const url = `${this.baseUrl}stills/${body}/${stretch}.png?${asked}`;
    if (this.image.getAttribute("src") !== url) this.image.src = url;
  }
}
