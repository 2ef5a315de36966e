// @ts-check
/** What this device was told to do: voice, chimes, music, large type, the key for "It hurts"; kept on this device alone. */

const KEY = "supple-player";

/** @typedef {{voice: boolean, chimes: boolean, music: string, far: boolean, key: boolean}} Wishes */

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
    const box = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (document.getElementById(`wish-${name}`));
    if (!box) continue;
    show(now, name);
    box.addEventListener("change", () => {
      Object.assign(now, { [name]: "checked" in box ? box.checked : box.value });
      keep(now);
      onChange();
    });
  }
}

/**
 * One switch of the page, as the wish is.
 * @param {Wishes} now
 * @param {keyof Wishes} name
 */
export function show(now, name) {
  const box = /** @type {HTMLInputElement | HTMLSelectElement} */ (document.getElementById(`wish-${name}`));
  if ("checked" in box) box.checked = Boolean(now[name]);
  else box.value = String(now[name]);
}
