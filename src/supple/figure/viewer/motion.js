// @ts-check
/**
 * A motion as every body moves it: read, sampled, mirrored and eased, as `supple.motion.baked` does.
 *
 * A frame holds the global rotation of each bone as a unit quaternion (x, y, z, w) and the pelvis in metres. Frames lie
 * evenly from 0 (in position) to 1 (full). `tests/cases/motion.json` holds both languages to the same numbers.
 *
 * @typedef {{rotations: Float64Array, pelvis: number[], carried?: number[][][]}} Frame `carried`: the points, in metres, along
 * each strap or towel that is held
 * @typedef {{name: string, frames: Frame[]}} Track
 * @typedef {{stretch: string, body: string, bones: string[], enter: Track | null, tracks: Track[], proved: boolean,
 *   enter_proved: boolean}} Baked a stretch, or a way between positions under its own name, which has no `enter`
 * @typedef {{id: string, begins: string, ends: string, on_bed: boolean}} Way
 * @typedef {{way: Way, backwards: boolean}} Passage
 * @typedef {{in_s: number, hold_s: number, out_s: number, rest_s: number}} Beat
 * @typedef {{cycle: number, share: number, phase: "in" | "hold" | "out" | "rest"}} Moment
 * @typedef {{share: number, phase: "going" | "there" | "returning" | "back"}} Walked
 */

const SCALE = 32767;
const PER_M = 10000;
const SMALLEST_ARC = 10;
const WHOLE_ARC = 100;
const BREATH_S = 8; // 4 s in, 4 s out
/** @type {Beat} a look at a stretch, shorter than its dose */
export const BEAT = { in_s: 4, hold_s: 5, out_s: 4, rest_s: 2 };

/** From one station of a way to the next, and a rest at either end. */
export const WAY_BEAT = { leg_s: 1.6, rest_s: 1.6 };
const UPRIGHT = ["standing", "seated_chair"];

/** A baked motion cannot be used, or is asked for what it has not. */
export class BakedError extends Error {}

/** No row of ways leads from one position to another. */
export class NoRoute extends Error {}

/**
 * The baked motion in parsed JSON; throws BakedError naming `name`.
 * @param {any} data
 * @param {string} name
 * @returns {Baked}
 */
export function loads(data, name) {
  try {
    const count = data.bones.length;
    const tracks = data.tracks.map((/** @type {any} */ track) => readTrack(track, count));
    if (!tracks.length) throw new BakedError("it has no way");
    const enter = data.enter ? readTrack(data.enter, count) : null;
    const [proved, enter_proved] = [data.proved === true, data.enter_proved === true];
    return { stretch: data.stretch, body: data.body, bones: data.bones, enter, tracks, proved, enter_proved };
  } catch (error) {
    throw new BakedError(`${name}: this is no whole baked motion (${error.message}); make it again with: make motions.`);
  }
}

/**
 * The track of that name; throws BakedError.
 * @param {Baked} baked
 * @param {string} name
 */
export function trackOf(baked, name) {
  const found = [baked.enter, ...baked.tracks].find((track) => track?.name === name);
  if (found) return found;
  const known = baked.tracks.map((track) => track.name).join(", ");
  throw new BakedError(`${baked.stretch} has no way '${name}'; take one of ${known}.`);
}

/**
 * The pose at `share` of the way, 0 to 1; throws BakedError outside.
 * @param {Track} track
 * @param {number} share
 * @returns {Frame}
 */
export function sample(track, share) {
  const at = checkedShare(share) * (track.frames.length - 1);
  const first = Math.min(Math.floor(at), track.frames.length - 2);
  return between(track.frames[first], track.frames[first + 1], at - first);
}

/**
 * The share itself; throws BakedError for what is no share of a way.
 * @param {number} share
 */
export function checkedShare(share) {
  if (share >= 0 && share <= 1) return share;
  throw new BakedError(`${share} is no share of a way; give 0 to 1.`);
}

/**
 * The pose `share` of the way from `one` to `other`.
 * @param {Frame} one
 * @param {Frame} other
 * @param {number} share
 * @returns {Frame}
 */
export function between(one, other, share) {
  const rotations = new Float64Array(one.rotations.length);
  for (let i = 0; i < rotations.length; i += 4) turned(one.rotations, other.rotations, share, rotations, i);
  /** @type {(a: number[], b: number[]) => number[]} */
  const along = (a, b) => a.map((part, i) => part + (b[i] - part) * share);
  const carried = one.carried?.map((line, k) => line.map((point, i) => along(point, (other.carried ?? [])[k][i])));
  return { rotations, pelvis: along(one.pelvis, other.pelvis), carried };
}

/**
 * The pose with left and right exchanged.
 * @param {Frame} frame
 * @param {string[]} bones
 * @returns {Frame}
 */
export function mirrored(frame, bones) {
  const index = new Map(bones.map((bone, i) => [bone, i]));
  const rotations = new Float64Array(frame.rotations.length);
  bones.forEach((bone, i) => {
    const from = 4 * /** @type {number} */ (index.get(otherSide(bone)));
    const [x, y, z, w] = frame.rotations.subarray(from, from + 4);
    rotations.set([x, -y, -z, w], 4 * i);
  });
  const [x, y, z] = frame.pelvis;
  return { rotations, pelvis: [-x, y, z], carried: frame.carried?.map((line) => line.map(([a, b, c]) => [-a, b, c])) };
}

/**
 * How far a careful person has come at a share of the time: slow to begin, slow to arrive (minimum jerk).
 * @param {number} time
 */
export function eased(time) {
  const t = Math.min(Math.max(time, 0), 1);
  return t * t * t * (10 + t * (6 * t - 15));
}

/**
 * An arc of 10 to 100 percent as a share of the way; throws BakedError outside.
 * @param {number} percent
 */
export function arcShare(percent) {
  if (percent >= SMALLEST_ARC && percent <= WHOLE_ARC) return percent / WHOLE_ARC;
  throw new BakedError(`arc ${percent} is outside ${SMALLEST_ARC} to ${WHOLE_ARC}; give a percentage between them.`);
}

/**
 * How long one way takes: in, hold, out, and a rest before the next.
 * @param {Beat} beat
 */
export function length(beat) {
  return beat.in_s + beat.hold_s + beat.out_s + beat.rest_s;
}

/**
 * Where in its endless round a stretch is: which cycle, how far along the way (eased), and what one does there.
 * @param {number} seconds
 * @param {Beat} [beat]
 * @returns {Moment}
 */
export function moment(seconds, beat = BEAT) {
  const cycle = Math.floor(seconds / length(beat));
  const at = seconds - cycle * length(beat);
  const { in_s, hold_s, out_s } = beat;
  if (at < in_s) return { cycle, share: eased(at / in_s), phase: "in" };
  if (at < in_s + hold_s) return { cycle, share: 1, phase: "hold" };
  if (at < in_s + hold_s + out_s) return { cycle, share: 1 - eased((at - in_s - hold_s) / out_s), phase: "out" };
  return { cycle, share: 0, phase: "rest" };
}

/**
 * How long a way takes, there and back, with a rest at either end.
 * @param {number} stations
 */
export function wayLength(stations) {
  return 2 * ((stations - 1) * WAY_BEAT.leg_s + WAY_BEAT.rest_s);
}

/**
 * Where one is who goes a way to and fro: from station to station, each reached at rest.
 * @param {number} seconds
 * @param {number} stations
 * @returns {Walked}
 */
export function walked(seconds, stations) {
  const going_s = (stations - 1) * WAY_BEAT.leg_s;
  const at = seconds % wayLength(stations);
  const back = at - going_s - WAY_BEAT.rest_s;
  if (at < going_s) return { share: easedLegs(at / going_s, stations - 1), phase: "going" };
  if (back < 0) return { share: 1, phase: "there" };
  if (back < going_s) return { share: 1 - easedLegs(back / going_s, stations - 1), phase: "returning" };
  return { share: 0, phase: "back" };
}

/**
 * The share of a way at which its nearest station stands.
 * @param {number} share
 * @param {number} stations
 */
export function nearestStation(share, stations) {
  return Math.round(share * (stations - 1)) / (stations - 1);
}

/**
 * The fewest ways from one position to another; of two rows as short, that of the ways that stand first. On a bed,
 * standing and sitting lead over its edge alone. Throws NoRoute.
 * @template {Way} W
 * @param {W[]} ways
 * @param {string} begins
 * @param {string} ends
 * @param {{onBed?: boolean}} [options]
 * @returns {{way: W, backwards: boolean}[]}
 */
export function route(ways, begins, ends, { onBed = false } = {}) {
  const open = ways.filter((way) => (onBed ? way.on_bed || !isUpright(way) : !way.on_bed));
  /** @type {Map<string, {way: W, backwards: boolean}[]>} */
  const rows = new Map([[begins, []]]);
  for (const [position, row] of rows) {
    for (const way of open) {
      const backwards = way.ends === position;
      if (!backwards && way.begins !== position) continue;
      const next = backwards ? way.begins : way.ends;
      if (!rows.has(next)) rows.set(next, [...row, { way, backwards }]);
    }
  }
  const found = rows.get(ends);
  if (found) return found;
  throw new NoRoute(`No way leads from ${begins} to ${ends}${onBed ? " on a bed" : ""}; one has to be added.`);
}

/**
 * How full the chest is, 0 to 1: four seconds in, four seconds out.
 * @param {number} seconds
 */
export function breath(seconds) {
  return (1 - Math.cos((2 * Math.PI * seconds) / BREATH_S)) / 2;
}

/**
 * @param {any} data
 * @param {number} bones
 * @returns {Track}
 */
function readTrack(data, bones) {
  const frames = data.rotations.map((/** @type {number[]} */ numbers, /** @type {number} */ i) => {
    if (numbers.length !== 4 * bones) throw new BakedError(`${numbers.length} numbers for ${bones} bones`);
    const rotations = Float64Array.from(numbers, (number) => number / SCALE);
    for (let at = 0; at < rotations.length; at += 4) unit(rotations, at);
    const carried = data.carried?.[i].map(readLine);
    return { rotations, pelvis: data.pelvis[i].map((/** @type {number} */ part) => part / PER_M), carried };
  });
  if (frames.length < 2) throw new BakedError("a way has fewer than two frames");
  return { name: data.name, frames };
}

/**
 * @param {number} time 0 to 1 over all legs
 * @param {number} legs
 */
function easedLegs(time, legs) {
  const leg = Math.min(Math.floor(time * legs), legs - 1);
  return (leg + eased(time * legs - leg)) / legs;
}

/** @param {Way} way */
function isUpright({ begins, ends }) {
  return UPRIGHT.includes(begins) || UPRIGHT.includes(ends);
}

/** @param {number[]} numbers */
function readLine(numbers) {
  return Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3).map((part) => part / PER_M));
}

/**
 * Writes the rotation between two, made a unit again; frames lie close, so that this turns evenly.
 * @param {Float64Array} one
 * @param {Float64Array} other
 * @param {number} share
 * @param {Float64Array} out
 * @param {number} at
 */
function turned(one, other, share, out, at) {
  let dot = 0;
  for (let k = at; k < at + 4; k++) dot += one[k] * other[k];
  const near = dot >= 0 ? 1 : -1;
  for (let k = at; k < at + 4; k++) out[k] = one[k] + (near * other[k] - one[k]) * share;
  unit(out, at);
}

/**
 * @param {Float64Array} numbers
 * @param {number} at
 */
function unit(numbers, at) {
  const size = Math.hypot(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
  for (let k = at; k < at + 4; k++) numbers[k] /= size;
}

/** @param {string} bone */
function otherSide(bone) {
  if (bone.endsWith(".L")) return `${bone.slice(0, -1)}R`;
  return bone.endsWith(".R") ? `${bone.slice(0, -1)}L` : bone;
}
