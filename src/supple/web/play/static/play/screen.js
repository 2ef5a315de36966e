// @ts-check
/** The device around the session: the screen stays awake, fills itself, and its media keys work. */

export class Awake {
  constructor() {
    /** @type {any} */
    this.lock = null;
    this.wanted = false;
    document.addEventListener("visibilitychange", () => this.wanted && this.keep(true));
  }

  /** @param {boolean} on */
  async keep(on) {
    this.wanted = on;
    if (!on) {
      this.lock?.release?.();
      this.lock = null;
      return;
    }
    try {
      this.lock = await /** @type {any} */ (navigator).wakeLock?.request("screen");
    } catch {
      this.lock = null; // a low battery may forbid it; the session goes on
    }
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

/**
 * What the device shows beside its keys.
 * @param {string} name
 * @param {boolean} running
 */
export function media(name, running) {
  if (!navigator.mediaSession) return;
  if (typeof MediaMetadata !== "undefined") navigator.mediaSession.metadata = new MediaMetadata({ title: name, artist: "Supple" });
  navigator.mediaSession.playbackState = running ? "playing" : "paused";
}
