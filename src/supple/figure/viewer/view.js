// @ts-check
/**
 * Where the camera stands: the named views and the framing of `supple.figure.view`, so that a picture and the figure agree.
 *
 * Left and right are the person's own: from the view `left` one sees the left side. Metres, y up, a figure facing +z.
 *
 * @typedef {{eye: number[], target: number[], field_deg: number}} Camera
 * @typedef {{zoom: number, right: number, down: number}} Placed a share of the size, and shares of width and height
 */

const FIELD_DEG = 24;
const SIDE_MARGIN = 0.06;
const TOP_MARGIN = 0.07;
const BOTTOM_MARGIN = 0.06;
const LIFT = 0.12;
const NEAREST_M = 0.05;
const DISTANCE_M = 3.8;
const CELL = 0.01; // points so near to each other are one
const ZOOM_STEP = 0.04;
const MOVE = 0.02;
const EDGE = 0.01;
const DEGREE = Math.PI / 180;

/** @type {Record<string, number[]>} azimuth from the front towards the person's left; elevation above the horizontal */
export const ANGLES_DEG = {
  front: [0, 9],
  back: [180, 9],
  left: [90, 9],
  right: [-90, 9],
  three_quarter: [38, 14],
  three_quarter_right: [-38, 14],
  three_quarter_back: [142, 14],
  three_quarter_back_right: [-142, 14],
  overhead: [0, 90],
};
/** @type {Record<string, string>} the view of the other side */
const MIRRORED = {
  left: "right",
  right: "left",
  three_quarter: "three_quarter_right",
  three_quarter_right: "three_quarter",
  three_quarter_back: "three_quarter_back_right",
  three_quarter_back_right: "three_quarter_back",
};

/** There is no view of this name. */
export class UnknownView extends Error {}

/**
 * The view from which the other side looks the same.
 * @param {string} name
 */
export function mirroredView(name) {
  return MIRRORED[name] ?? name;
}

/**
 * From what is shown to the camera, of length 1; throws UnknownView.
 * @param {string} name
 */
export function towards(name) {
  if (!Object.hasOwn(ANGLES_DEG, name)) {
    throw new UnknownView(`There is no view '${name}'; choose one of ${Object.keys(ANGLES_DEG).join(", ")}.`);
  }
  const [azimuth, elevation] = ANGLES_DEG[name].map((angle) => angle * DEGREE);
  return [Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation), Math.cos(azimuth) * Math.cos(elevation)];
}

/**
 * A camera looking from `direction` that has every point inside a picture of this aspect, with margins.
 * @param {number[]} direction from what is shown to the camera, of length 1
 * @param {number[][]} points
 * @param {number} aspect width / height
 * @returns {Camera}
 */
export function framed(direction, points, aspect) {
  let field_deg = FIELD_DEG;
  let camera = fittedTo(direction, points, aspect, field_deg);
  for (let i = 0; i < 6; i++) {
    const distance = Math.hypot(...camera.eye.map((part, k) => part - camera.target[k]));
    if (distance >= DISTANCE_M) break; // what is low or small is not come near to, but seen through a longer lens
    field_deg = (2 / DEGREE) * Math.atan((Math.tan((field_deg * DEGREE) / 2) * distance) / (DISTANCE_M + 0.01));
    camera = fittedTo(direction, points, aspect, field_deg);
  }
  return camera;
}

/**
 * How much smaller a picture is drawn, and how far moved, so that none of its points lies in a box: the largest there is, and
 * of those the least moved; nothing where it would have to be smaller than `smallest`.
 * @param {number[][]} points in shares of the picture, from its left and from its top
 * @param {number[][]} around what has to stay in the picture besides, in the same shares
 * @param {number[][]} boxes left, top, right and bottom in the same shares
 * @param {number} smallest
 * @returns {Placed | undefined}
 */
export function placed(points, around, boxes, smallest) {
  const cells = [...new Set(points.map(([x, y]) => Math.round(x / CELL) * 10000 + Math.round(y / CELL)))];
  const seen = cells.map((cell) => [Math.round(cell / 10000) * CELL, (cell - 10000 * Math.round(cell / 10000)) * CELL]);
  for (let zoom = 1; zoom >= smallest; zoom -= ZOOM_STEP) {
    const drawn = seen.map((point) => point.map((part) => 0.5 + (part - 0.5) * zoom));
    const all = drawn.concat(around.map((point) => point.map((part) => 0.5 + (part - 0.5) * zoom)));
    const [left, right] = reach(all, 0);
    const [, bottom] = reach(all, 1);
    const sink = Math.max(0, 1 - BOTTOM_MARGIN - bottom);
    const found = [0, 0.5 * sink, sink]
      .flatMap((down) => moves(EDGE - left, 1 - EDGE - right).map((across) => ({ zoom, right: across, down })))
      .find((way) => !drawn.some(([x, y]) => boxes.some((box) => isIn(box, x + way.right, y + way.down))));
    if (found) return found;
  }
  return undefined;
}

/**
 * No move, then ever further ones to either side, as far as there is room.
 * @param {number} least
 * @param {number} most
 */
function moves(least, most) {
  const steps = Array.from({ length: Math.ceil(0.5 / MOVE) }, (_, i) => (i + 1) * MOVE).flatMap((step) => [step, -step]);
  return [0, ...steps.filter((step) => step >= least && step <= most)];
}

/** @param {number[]} box @param {number} x @param {number} y */
function isIn([left, top, right, bottom], x, y) {
  return x > left && x < right && y > top && y < bottom;
}

/** @param {number[][]} points @param {number} axis */
function reach(points, axis) {
  return points.reduce(([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity]);
}

/**
 * Right, up and forward of a camera that looks along -direction; straight down, up is away from the feet.
 * @param {number[]} direction
 */
export function axes(direction) {
  const forward = direction.map((part) => -part);
  const steep = Math.abs(forward[1]) > 0.9999;
  const right = unit(cross(forward, steep ? [0, 0, -1] : [0, 1, 0]));
  return [right, cross(right, forward), forward];
}

/**
 * @param {number[]} direction
 * @param {number[][]} points
 * @param {number} aspect
 * @param {number} field_deg
 * @returns {Camera}
 */
function fittedTo(direction, points, aspect, field_deg) {
  const rows = axes(direction);
  const tall = Math.tan((field_deg * DEGREE) / 2);
  const wide = tall * aspect;
  const side = wide * (1 - 2 * SIDE_MARGIN);
  const top = tall * (1 - 2 * TOP_MARGIN);
  const bottom = tall * (1 - 2 * BOTTOM_MARGIN);
  // Each point allows the eye a wedge in front of it; the eye goes to the deepest place that all wedges share.
  let [left, right, low, high, near, sum] = [-Infinity, Infinity, -Infinity, Infinity, Infinity, 0];
  for (const point of points) {
    const [across, up, deep] = rows.map((row) => dot(row, point));
    left = Math.max(left, across - side * deep);
    right = Math.min(right, across + side * deep);
    low = Math.max(low, up - top * deep);
    high = Math.min(high, up + bottom * deep);
    near = Math.min(near, deep);
    sum += deep;
  }
  const depth = Math.min((right - left) / (2 * side), (high - low) / (top + bottom), near - NEAREST_M);
  const slack = high - bottom * depth - (low + top * depth);
  const rise = Math.min(slack / 2, 2 * LIFT * tall * (near - depth));
  const at = [(left + right) / 2, high - bottom * depth - rise, depth];
  const eye = [0, 1, 2].map((i) => at[0] * rows[0][i] + at[1] * rows[1][i] + at[2] * rows[2][i]);
  const away = sum / points.length - depth;
  return { eye, target: eye.map((part, i) => part + rows[2][i] * away), field_deg };
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
export function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
export function cross(a, b) {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** @param {number[]} a */
export function unit(a) {
  const size = Math.hypot(...a);
  return a.map((part) => part / size);
}
