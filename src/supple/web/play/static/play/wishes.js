// @ts-check
/** What this device was told to do: voice, chimes, large type, the key for "It hurts"; kept on this device alone. */

const KEY = "supple-player";

/** @typedef {{voice: boolean, chimes: boolean, far: boolean, key: boolean}} Wishes */

/**
 * The wishes as they were left, over the given ones.
 * @param {Wishes} given
 * @returns {Wishes}
 */
export function wishes(given) {
  try {
    return { ...given, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...given }; // a browser that keeps nothing
  }
}

/** @param {Wishes} now */
export function keep(now) {
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // a browser that keeps nothing
  }
}
