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

/**
 * The switches of the page, as the wishes are; a change is kept, and told.
 * @param {Wishes} now
 * @param {() => void} onChange
 */
export function offer(now, onChange) {
  for (const name of /** @type {(keyof Wishes)[]} */ (Object.keys(now))) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`wish-${name}`));
    if (!box) continue;
    box.checked = now[name];
    box.addEventListener("change", () => {
      now[name] = box.checked;
      keep(now);
      onChange();
    });
  }
}
