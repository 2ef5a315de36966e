// @ts-check
/**
 * The moving figure on a canvas.
 *
 *     const figure = await Figure.load(canvas, { body: "woman", baseUrl: "/" });
 *     figure.show(await motionFrom("/", "woman", "cat_camel"), { track: "round" });
 *     figure.at(0.5); // half of the way from in position to the full pose
 *
 * The owner keeps the time and calls `at` (and `breathe`) as often as the figure shall move; it is drawn at most once per
 * frame of the screen. Where the browser has no WebGL, `load` gives a figure of the same interface that shows stills.
 * `docs/reference/figure-js.md` describes each call. Attributes of the canvas tell what goes on: `data-quality` (high,
 * low or stills), `data-fps`, `data-drawn`, the number of pictures so far, and `data-held`, how many things it holds.
 *
 * @typedef {{name: string, screens: boolean, places: number[], normals: number[], faces: number[], paints: number[], colours: string[]}} Thing
 * @typedef {{stands: Thing[], carried: import("./carried.js").Look[]}} Room
 */

import * as THREE from "./vendor/three.module.js";
import { OrbitControls } from "./vendor/controls/OrbitControls.js";
import { asset } from "./assets.js";
import { Body } from "./body.js";
import { Carried } from "./carried.js";
import { Smoother, VEIL, aim, floor, lamp, lights, spots, surface } from "./look.js";
import { arcShare, checkedShare, loads, mirrored, sample, trackOf } from "./motion.js";
import { StillFigure } from "./stills.js";
import { axes, dot, framed, placed, towards, unit } from "./view.js";

export { MissingAsset } from "./assets.js";

const SLOW_FPS = 20;
const WATCHED_S = 1.2; // how long the speed is watched before it is judged
const DEMANDED_MS = 60; // a picture asked for this soon after the last one is one of a movement
const LOW_PIXELS = 300_000;
const HIGH_RATIO = 2;
const EDGE_M = 1.2; // the wall stands so far behind what is shown
const NARROW = 1.25; // in a picture less wide than this the mat may be cut, so that the figure is large
const FEET_M = 0.02;
const SMALLEST = 0.6; // a picture that would have to be smaller may lie behind words
const SMALLEST_WITH_MAT = 0.76; // and its mat sooner
const SURFACE_M = 0.06;
const SURVEYED = 4; // so many frames lie between the poses by which a picture is framed

/**
 * How a body moves a stretch; throws MissingAsset, BakedError.
 * @param {string} baseUrl
 * @param {string} body
 * @param {string} stretch
 */
export async function motionFrom(baseUrl, body, stretch) {
  return loads(await asset(`${baseUrl}motions/${body}/${stretch}.json`, "json"), `${stretch} on ${body}`);
}

export class Figure {
  /**
   * A figure on this canvas; throws MissingAsset.
   * @param {HTMLCanvasElement} canvas
   * @param {{body?: string, baseUrl?: string}} [options]
   * @returns {Promise<Figure | StillFigure>}
   */
  static async load(canvas, { body = "woman", baseUrl = "./" } = {}) {
    if (!canvas.getContext("webgl2")) return new StillFigure(canvas, { body, baseUrl });
    const files = Body.fetched(baseUrl, body);
    files.catch(() => {}); // said below
    const figure = new Figure(canvas, baseUrl);
    try {
      await figure.body(body, files);
    } catch (error) {
      figure.dispose();
      throw error;
    }
    return figure;
  }

  /**
   * Use `Figure.load`.
   * @param {HTMLCanvasElement} canvas
   * @param {string} baseUrl
   */
  constructor(canvas, baseUrl) {
    this.canvas = canvas;
    this.baseUrl = baseUrl;
    this.renderer = new THREE.WebGLRenderer({ canvas, alpha: true, antialias: false });
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.shadowMap.type = THREE.PCFShadowMap;
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(24, 1, 0.5, 30);
    this.lights = lights();
    this.lamp = lamp();
    this.materials = {
      closed: surface(this.lights, {}),
      open: surface(this.lights, { open: true }),
      veil: surface(this.lights, { cover: VEIL }),
    };
    this.room = new THREE.Group();
    this.floor = floor();
    this.smoother = new Smoother();
    this.scene.add(this.room, this.floor, this.lamp, this.lamp.target);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, { enableZoom: false, enablePan: false, minPolarAngle: 0.02, maxPolarAngle: 1.54 });
    canvas.style.touchAction = "pan-y"; // one finger up or down moves the page, to the sides it turns the figure
    this.controls.addEventListener("change", () => this.#orbited());
    this.resizing = new ResizeObserver(() => this.#resize());

    /** @type {import("./motion.js").Baked | null} */
    this.baked = null;
    /** @type {Body | null} */
    this.wearer = null;
    this.spots = null;
    this.share = 0;
    this.fullness = 0;
    this.reach = 1;
    this.right = false;
    this.marks = {};
    /** @type {Carried[]} */
    this.held = [];
    this.direction = towards("three_quarter");
    /** @type {number[][]} */
    this.skin = [];
    /** @type {number[][]} */
    this.points = [];
    /** @type {() => number[][]} */
    this.boxes = () => [];
    /** @type {any[]} what the camera must have inside of the room */
    this.shown = [];
    this.wish = "auto";
    this.software = drawsInSoftware(this.renderer.getContext());
    this.low = this.software;
    this.asked = 0;
    this.pace = { last: 0, demanded: false, frames: 0, ms: 0 };
    this.drawn = 0;
    this.#setQuality();
    this.resizing.observe(canvas);
  }

  /**
   * Changes the body; what it shows must be shown anew. Throws MissingAsset.
   * @param {string} name
   * @param {Promise<any[]>} [files] its files, if they are on their way
   */
  async body(name, files = Body.fetched(this.baseUrl, name)) {
    const body = await Body.made(name, await files, this.materials);
    this.wearer?.dispose();
    this.wearer = body;
    this.baked = null;
    this.scene.add(body.root);
    if (!this.spots) this.scene.add((this.spots = spots(body.low.length)));
    this.spots.visible = this.low;
    body.tint(this.marks);
  }

  /**
   * Shows a baked motion, in position, among its things. Throws BakedError, PoseMisfit.
   * @param {import("./motion.js").Baked} baked
   * @param {{track?: string, room?: Room, stations?: number}} [options] which way (else the first); what stands in the room
   *   and what is held (else as before); `stations` is for stills alone
   */
  show(baked, { track, room } = {}) {
    const order = this.#body().order(baked.bones);
    this.track = track ? trackOf(baked, track) : baked.tracks[0];
    this.baked = baked;
    this.order = order;
    this.share = 0;
    if (room) {
      this.#furnish(room.stands);
      this.#hold(room.carried);
    }
    this.#survey();
  }

  /**
   * Goes to a share of the way, 0 (in position) to 1 (as far as the arc allows). Throws BakedError.
   * @param {number} share
   */
  at(share) {
    this.share = checkedShare(share);
    this.#ask();
  }

  /**
   * Fills the chest, 0 to 1.
   * @param {number} fullness
   */
  breathe(fullness) {
    this.fullness = fullness;
    this.#ask();
  }

  /**
   * Does the stretch on this side, with the things of the room exchanged as well.
   * @param {"left" | "right"} side
   */
  mirror(side) {
    this.right = side === "right";
    this.room.scale.x = this.right ? -1 : 1;
    this.#survey();
  }

  /**
   * How far the stretch goes, 10 to 100 percent. Throws BakedError.
   * @param {number} percent
   */
  arc(percent) {
    this.reach = arcShare(percent);
    this.#ask();
  }

  /**
   * Marks muscle groups on the body; with a side, on that side alone.
   * @param {{primary?: string[], secondary?: string[], side?: "left" | "right"}} marks
   */
  tint(marks) {
    this.marks = marks;
    this.wearer?.tint(marks);
    this.#ask();
  }

  /**
   * Looks from a named view. Throws UnknownView.
   * @param {string} name
   */
  view(name) {
    this.direction = towards(name);
    this.#frame();
  }

  /**
   * Draws the figure so that it lies behind none of these boxes, asked for whenever it is framed anew.
   * @param {() => number[][]} boxes left, top, right and bottom of each, in shares of the canvas
   */
  keepClear(boxes) {
    this.boxes = boxes;
    this.#frame();
  }

  /**
   * "high", "low", or "auto": high, until it is slower than 20 pictures a second or where no graphics card draws.
   * @param {"high" | "low" | "auto"} wish
   */
  quality(wish) {
    this.wish = wish;
    this.low = wish === "low" || (wish === "auto" && this.software);
    this.#setQuality();
  }

  /** Lets go of everything but the canvas. */
  dispose() {
    cancelAnimationFrame(this.asked);
    this.resizing.disconnect();
    this.controls.dispose();
    this.wearer?.dispose();
    this.#furnish([]);
    this.#hold([]);
    for (const mesh of [this.floor, this.spots]) {
      mesh?.geometry.dispose();
      mesh?.material.dispose();
    }
    for (const material of Object.values(this.materials)) material.dispose();
    this.smoother.dispose();
    this.renderer.dispose();
  }

  #body() {
    if (!this.wearer) throw new Error("The figure has no body yet; wait for Figure.load.");
    return this.wearer;
  }

  /** @param {number} share of the whole way */
  #pictured(share) {
    const frame = sample(this.track, share);
    return this.right ? mirrored(frame, this.baked.bones) : frame;
  }

  /** Finds what the camera must have inside: the body wherever the motion takes it, and the things but walls. */
  #survey() {
    if (!this.baked) return;
    const body = this.#body();
    const shares = Math.max(2, Math.ceil((this.track.frames.length - 1) / SURVEYED));
    const skin = Array.from({ length: shares + 1 }, (_, i) => i / shares).map((share) => {
      body.pose(this.#pictured(share), this.order);
      return body.points();
    });
    this.person = mean(skin.flat());
    this.room.updateMatrixWorld(true);
    for (const thing of this.room.children) {
      thing.userData.corners = corners(thing);
      thing.userData.surface = allOver(thing);
      thing.userData.middle = mean(thing.userData.corners);
    }
    this.skin = skin.flat();
    const box = [0, 1, 2].map((i) => range(this.skin.map((point) => point[i])));
    this.scope = {
      middle: box.map(([low, high]) => (low + high) / 2),
      reach: Math.hypot(...box.map(([low, high]) => (high - low) / 2)) + 0.1,
    };
    this.#frame();
  }

  /** @param {Thing[]} room */
  #furnish(room) {
    for (const thing of [...this.room.children]) {
      thing.geometry.dispose();
      thing.removeFromParent();
    }
    for (const thing of room) this.room.add(solid(thing, this.materials.closed));
  }

  /** @param {import("./carried.js").Look[]} looks */
  #hold(looks) {
    for (const one of this.held) one.dispose();
    const lines = this.track?.frames[0].carried ?? [];
    this.held = looks.map((look, i) => new Carried(look, lines[i].length, this.materials.open));
    for (const one of this.held) this.scene.add(one.mesh);
    this.canvas.dataset.held = String(this.held.length);
  }

  #frame() {
    if (!this.skin.length) return;
    const narrow = this.camera.aspect < NARROW;
    this.shown = this.room.children.filter(
      (/** @type {any} */ { name, userData }) => !userData.screens && !(narrow && name === "mat"),
    );
    this.points = [...this.skin, ...this.shown.flatMap((/** @type {any} */ thing) => thing.userData.corners)];
    const { eye, target, field_deg } = framed(this.direction, this.points, this.camera.aspect);
    this.camera.fov = field_deg;
    this.camera.position.fromArray(eye);
    this.controls.target.fromArray(target);
    this.camera.lookAt(this.controls.target);
    this.#setHorizon(eye, field_deg, this.#place());
    this.#ask();
  }

  /** Draws the picture smaller and elsewhere on the canvas where something lies before it. */
  #place() {
    const { clientWidth: wide, clientHeight: tall } = this.canvas;
    this.camera.zoom = 1;
    this.camera.clearViewOffset();
    this.camera.updateMatrixWorld();
    const boxes = this.boxes();
    const way = (boxes.length && this.#clearOf(boxes)) || { zoom: 1, right: 0, down: 0 };
    this.camera.zoom = way.zoom;
    if (boxes.length) this.camera.setViewOffset(wide, tall, -way.right * wide, -way.down * tall, wide, tall);
    this.camera.updateProjectionMatrix();
    return way;
  }

  /**
   * How the picture is clear of these boxes: with all that stands there, or at least the figure and what it leans on, or the
   * figure alone, before it would be too small.
   * @param {number[][]} boxes
   */
  #clearOf(boxes) {
    const around = this.#seen(this.points.slice(this.skin.length));
    const skin = this.#seen(this.skin);
    const stands = this.shown.map((thing) => ({ mat: thing.name === "mat", points: this.#seen(thing.userData.surface) }));
    const things = stands.flatMap(({ mat, points }) => (mat ? [] : points));
    const mat = stands.flatMap(({ mat, points }) => (mat ? points : []));
    return (
      placed([...skin, ...things, ...mat], around, boxes, SMALLEST_WITH_MAT) ??
      placed([...skin, ...things], around, boxes, SMALLEST) ??
      placed(skin, around, boxes, SMALLEST)
    );
  }

  /**
   * Where these points are on the canvas, in shares of it.
   * @param {number[][]} points
   */
  #seen(points) {
    const spot = new THREE.Vector3();
    return points.map(([x, y, z]) => {
      spot.set(x, y, z).project(this.camera);
      return [(1 + spot.x) / 2, (1 - spot.y) / 2];
    });
  }

  #orbited() {
    this.direction = unit(this.camera.position.clone().sub(this.controls.target).toArray());
    this.#frame();
  }

  /**
   * Tells the page where wall and floor meet, from the top in percent.
   * @param {number[]} eye
   * @param {number} field_deg
   * @param {import("./view.js").Placed} way
   */
  #setHorizon(eye, field_deg, { zoom, down }) {
    const forward = axes(this.direction)[2];
    const level = Math.hypot(forward[0], forward[2]);
    let percent = 0; // looking straight down one sees floor alone
    if (level > 0.05) {
      const ahead = [forward[0] / level, 0, forward[2] / level];
      const away = range(this.points.map((point) => dot(point, ahead)))[1] - dot(eye, ahead) + EDGE_M;
      const below = Math.atan2(eye[1], away) + Math.atan2(forward[1], level);
      percent = 50 + (50 * zoom * Math.tan(below)) / Math.tan((field_deg * Math.PI) / 360) + 100 * down;
    }
    this.canvas.style.setProperty("--horizon", `${Math.min(Math.max(percent, 0), 100).toFixed(1)}%`);
  }

  #resize() {
    const { clientWidth: wide, clientHeight: tall } = this.canvas;
    if (!wide || !tall) return;
    const most = this.low ? Math.min(1, Math.sqrt(LOW_PIXELS / (wide * tall))) : HIGH_RATIO;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, most));
    this.renderer.setSize(wide, tall, false);
    this.camera.aspect = wide / tall;
    this.camera.updateProjectionMatrix();
    this.#frame();
  }

  #setQuality() {
    this.renderer.shadowMap.enabled = !this.low;
    this.lamp.castShadow = !this.low;
    this.floor.visible = !this.low;
    if (this.spots) this.spots.visible = this.low;
    this.canvas.dataset.quality = this.low ? "low" : "high";
    this.pace = { last: 0, demanded: false, frames: 0, ms: 0 };
    this.#resize();
    this.#ask();
  }

  #ask() {
    this.pace.demanded ||= performance.now() - this.pace.last < DEMANDED_MS;
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.#draw();
    });
  }

  #draw() {
    if (!this.baked) return;
    this.#watch();
    const frame = this.#pictured(this.share * this.reach);
    this.#body().pose(frame, this.order, this.fullness);
    this.held.forEach((one, i) => one.draw((frame.carried ?? [])[i]));
    aim(this.lights, this.lamp, this.camera, this.scope);
    const person = dot(this.person, this.direction) + FEET_M;
    for (const thing of this.room.children) {
      const before = thing.userData.screens && dot(thing.userData.middle, this.direction) > person;
      thing.material = before ? this.materials.veil : this.materials.closed;
    }
    if (this.low) this.#body().shade(this.spots.geometry.getAttribute("spot"));
    if (this.low) this.renderer.render(this.scene, this.camera);
    else this.smoother.render(this.renderer, this.scene, this.camera);
    this.canvas.dataset.drawn = String(++this.drawn);
  }

  /** Counts the pictures of a movement, and lowers the quality when they come too slowly. */
  #watch() {
    const now = performance.now();
    const { last, demanded } = this.pace;
    Object.assign(this.pace, { last: now, demanded: false });
    if (!last || !demanded || document.hidden) return;
    this.pace.frames += 1;
    this.pace.ms += now - last;
    if (this.pace.ms < WATCHED_S * 1000) return;
    const fps = (1000 * this.pace.frames) / this.pace.ms;
    this.canvas.dataset.fps = fps.toFixed(1);
    Object.assign(this.pace, { frames: 0, ms: 0 });
    if (this.wish === "auto" && !this.low && fps < SLOW_FPS) {
      this.low = true;
      this.#setQuality();
    }
  }
}

/**
 * Whether a processor does the work of a graphics card, as far as the browser tells.
 * @param {WebGL2RenderingContext} context
 */
function drawsInSoftware(context) {
  const told = context.getExtension("WEBGL_debug_renderer_info");
  return told !== null && /swiftshader|llvmpipe|software|basic render/i.test(context.getParameter(told.UNMASKED_RENDERER_WEBGL));
}

/**
 * @param {Thing} thing
 * @param {any} material
 */
function solid(thing, material) {
  const geometry = new THREE.BufferGeometry();
  const paints = thing.colours.map((code) => new THREE.Color(code).toArray());
  geometry.setIndex(thing.faces);
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(thing.places, 3));
  geometry.setAttribute("normal", new THREE.Float32BufferAttribute(thing.normals, 3));
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(thing.paints.flatMap((paint) => paints[paint]), 3));
  const mesh = new THREE.Mesh(geometry, material);
  mesh.name = thing.name;
  mesh.castShadow = !thing.screens && thing.name !== "mat";
  mesh.receiveShadow = true;
  mesh.userData.screens = thing.screens;
  return mesh;
}

/**
 * The corners of the box around a thing, in the room.
 * @param {any} thing
 * @returns {number[][]}
 */
function corners(thing) {
  const { min, max } = new THREE.Box3().setFromObject(thing);
  const xs = [min.x, max.x];
  return xs.flatMap((x) => [min.y, max.y].flatMap((y) => [min.z, max.z].map((z) => [x, y, z])));
}

/**
 * Points all over the faces of a thing, in the room.
 * @param {any} thing
 * @returns {number[][]}
 */
function allOver({ geometry, matrixWorld }) {
  const places = geometry.getAttribute("position");
  const corner = (/** @type {number} */ i) => new THREE.Vector3().fromBufferAttribute(places, i).applyMatrix4(matrixWorld);
  const faces = [...geometry.getIndex().array];
  return Array.from({ length: faces.length / 3 }, (_, face) => {
    const [a, b, c] = faces.slice(3 * face, 3 * face + 3).map(corner);
    const parts = Math.ceil(Math.max(a.distanceTo(b), b.distanceTo(c), c.distanceTo(a)) / SURFACE_M);
    return Array.from({ length: parts + 1 }, (_, i) =>
      Array.from({ length: parts + 1 - i }, (_, j) =>
        [a.x, a.y, a.z].map((from, k) => from + (i * (b.getComponent(k) - from) + j * (c.getComponent(k) - from)) / parts),
      ),
    ).flat();
  }).flat();
}

/** @param {number[][]} points */
function mean(points) {
  return [0, 1, 2].map((i) => points.reduce((sum, point) => sum + point[i], 0) / points.length);
}

/** @param {number[]} numbers */
function range(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}
