// @ts-check
/** What this device was told to do: voice, chimes, large type, the key for "It hurts"; kept on this device alone. */

const KEY = "supple-player";
const LEFT = "supple-left";

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

/**
 * That this page said its last word, at this second, when the session had this revision; for itself when it is reloaded.
 * @param {number} revision @param {number} at_s
 */
export function remember(revision, at_s) {
  try {
    sessionStorage.setItem(LEFT, JSON.stringify([location.pathname, revision, at_s]));
  } catch {
    // a browser that keeps nothing
  }
}

/** The second at which this page was left with this revision; null where it was not. @param {number} revision */
export function remembered(revision) {
  try {
    const [path, then, at_s] = JSON.parse(sessionStorage.getItem(LEFT) ?? "[]");
    sessionStorage.removeItem(LEFT);
    return path === location.pathname && then === revision ? Number(at_s) : null;
  } catch {
    return null;
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
