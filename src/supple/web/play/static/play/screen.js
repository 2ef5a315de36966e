// @ts-check
/** The device around the session: the screen stays awake, fills itself, and its media keys work. */

export class Awake {
  constructor() {
    /** @type {any} */
    this.lock = null;
    this.wanted = false;
    this.asked = false; // whether the answer of the device is still to come
    document.addEventListener("visibilitychange", () => this.wanted && this.keep(true));
  }

  /** @param {boolean} on */
  async keep(on) {
    this.wanted = on;
    if (!on) return this.#release();
    if (this.asked || (this.lock && !this.lock.released) || document.visibilityState !== "visible") return;
    this.asked = true;
    try {
      this.lock = await /** @type {any} */ (navigator).wakeLock?.request("screen");
    } catch {
      this.lock = null; // a low battery may forbid it; the session goes on
    }
    this.asked = false;
    if (!this.wanted) this.#release(); // it came only after the pause
  }

  #release() {
    this.lock?.release();
    this.lock = null;
  }
}

/** Fills the screen, or gives it back. */
export async function fill() {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch {
    // some devices have no full screen
  }
}

/** @param {Record<"play" | "pause" | "previoustrack" | "nexttrack", () => void>} does */
export function mediaKeys(does) {
  for (const [key, act] of Object.entries(does)) {
    try {
      navigator.mediaSession?.setActionHandler(/** @type {MediaSessionAction} */ (key), act);
    } catch {
      // a key that this browser does not know
    }
  }
}

/** What the device shows beside its keys. @param {string} name */
export function media(name) {
  if (!navigator.mediaSession || typeof MediaMetadata === "undefined") return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: name, artist: "Supple" });
}

/** Whether the one key of the device means going on or a pause. @param {MediaSessionPlaybackState} state */
export function playback(state) {
  if (navigator.mediaSession) navigator.mediaSession.playbackState = state;
}
