// @ts-check
/**
 * A frame on a skeleton: where each bone is in the room, as `supple.figure.skinning.heads` has it.
 *
 * Bones are turned as the frame says, in the room's axes, so no bone's turning adds to its children's; a bone only
 * carries the places where its children begin.
 *
 * @typedef {import("./motion.js").Frame} Frame
 * @typedef {{bones: string[], parents: number[], offsets: number[][]}} Skeleton `offsets` from the parent's head, in metres, at rest
 */

/** A motion was baked for other bones than this body has. */
export class PoseMisfit extends Error {}

/**
 * Where in the frame each bone of the skeleton stands; throws PoseMisfit.
 * @param {Skeleton} skeleton
 * @param {string[]} baked the bones of the frame, in its order
 */
export function fitted(skeleton, baked) {
  const index = new Map(baked.map((bone, i) => [bone, i]));
  return skeleton.bones.map((bone) => {
    const at = index.get(bone);
    if (at === undefined) throw new PoseMisfit(`The motion has no bone '${bone}'; bake it again for this body: make motions.`);
    return at;
  });
}

/**
 * Writes the matrix (column by column, 16 numbers) of each bone: its turning and its place.
 * @param {Skeleton} skeleton
 * @param {Frame} frame
 * @param {number[]} order from `fitted`
 * @param {(bone: number) => number[]} matrix where the numbers of a bone go
 */
export function place(skeleton, frame, order, matrix) {
  skeleton.parents.forEach((parent, bone) => {
    const to = matrix(bone);
    turn(frame.rotations, 4 * order[bone], to);
    const head = parent < 0 ? frame.pelvis : moved(matrix(parent), skeleton.offsets[bone]);
    [to[12], to[13], to[14], to[15]] = [head[0], head[1], head[2], 1];
  });
}

/**
 * The places of all bones' heads in a frame.
 * @param {Skeleton} skeleton
 * @param {Frame} frame
 * @param {number[]} order
 * @returns {number[][]}
 */
export function heads(skeleton, frame, order) {
  const matrices = skeleton.bones.map(() => new Array(16).fill(0));
  place(skeleton, frame, order, (bone) => matrices[bone]);
  return matrices.map((matrix) => matrix.slice(12, 15));
}

/**
 * Makes a bone's skin fuller to the front and the sides, and leaves all other bones where they are.
 * @param {number[]} matrix
 * @param {number} wide
 * @param {number} deep
 */
export function filled(matrix, wide, deep) {
  for (let row = 0; row < 3; row++) {
    matrix[row] *= wide;
    matrix[8 + row] *= deep;
  }
}

/**
 * @param {number[]} m
 * @param {number[]} point
 */
function moved(m, [x, y, z]) {
  return [0, 1, 2].map((row) => m[row] * x + m[4 + row] * y + m[8 + row] * z + m[12 + row]);
}

/**
 * @param {Float64Array} q
 * @param {number} at
 * @param {number[]} out
 */
function turn(q, at, out) {
  const [x, y, z, w] = [q[at], q[at + 1], q[at + 2], q[at + 3]];
  [out[0], out[1], out[2], out[3]] = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w), 0];
  [out[4], out[5], out[6], out[7]] = [2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w), 0];
  [out[8], out[9], out[10], out[11]] = [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y), 0];
}
