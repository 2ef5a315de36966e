// @ts-check
/**
 * Triangles put in an order in which neighbours follow each other, so that a vertex is not worked out again and again.
 *
 * Tipsify: Sander, Nehab and Barczak 2007, "Fast triangle reordering for vertex locality and reduced overdraw".
 */

const CACHE = 16;

/**
 * The same triangles in a better order.
 * @param {ArrayLike<number>} index
 * @param {number} vertices
 */
export function ordered(index, vertices) {
  const around = fans(index, vertices);
  const left = around.counts.slice();
  const stamp = new Int32Array(vertices);
  const drawn = new Uint8Array(index.length / 3);
  const out = new Uint32Array(index.length);
  /** @type {number[]} */
  const stack = [];
  let [time, count, cursor, fan] = [CACHE + 1, 0, 0, 0];
  while (fan >= 0) {
    /** @type {number[]} */
    const ring = [];
    for (let at = around.starts[fan]; at < around.starts[fan + 1]; at++) {
      const triangle = around.triangles[at];
      if (drawn[triangle]) continue;
      drawn[triangle] = 1;
      for (let corner = 3 * triangle; corner < 3 * triangle + 3; corner++) {
        const vertex = index[corner];
        out[count++] = vertex;
        stack.push(vertex);
        ring.push(vertex);
        left[vertex]--;
        if (time - stamp[vertex] > CACHE) stamp[vertex] = time++;
      }
    }
    fan = best(ring);
    while (fan < 0 && stack.length) {
      const vertex = /** @type {number} */ (stack.pop());
      if (left[vertex] > 0) fan = vertex;
    }
    while (fan < 0 && cursor < vertices) {
      if (left[cursor] > 0) fan = cursor;
      cursor++;
    }
  }
  return out;

  /**
   * The vertex that is the longest in the cache and stays there while its triangles are drawn; -1 for none.
   * @param {number[]} ring
   */
  function best(ring) {
    let [found, most] = [-1, -1];
    for (const vertex of ring) {
      if (left[vertex] <= 0) continue;
      const age = time - stamp[vertex];
      const worth = age + 2 * left[vertex] <= CACHE ? age : 0;
      if (worth > most) [found, most] = [vertex, worth];
    }
    return found;
  }
}

/**
 * The triangles around each vertex.
 * @param {ArrayLike<number>} index
 * @param {number} vertices
 */
function fans(index, vertices) {
  const counts = new Int32Array(vertices);
  for (let i = 0; i < index.length; i++) counts[index[i]]++;
  const starts = new Int32Array(vertices + 1);
  counts.forEach((count, vertex) => (starts[vertex + 1] = starts[vertex] + count));
  const next = starts.slice();
  const triangles = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) triangles[next[index[i]]++] = Math.floor(i / 3);
  return { counts, starts, triangles };
}
