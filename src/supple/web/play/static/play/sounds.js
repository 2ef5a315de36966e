// @ts-check
/** The voice and the chimes. A voice counts only where it speaks on this device: no word goes over a network. */

const NOTES = { begin: [523.25, 659.25], end: [440], step: [392, 523.25, 659.25], done: [523.25, 659.25, 783.99] };
const LOUD = 0.12;
const LASTS_S = 1.4;
const APART_S = 0.18;

export class Sounds {
  /** @param {{voice: boolean, chimes: boolean, lang: string}} wish */
  constructor(wish) {
    this.wish = wish;
    /** @type {AudioContext | null} */
    this.audio = null;
    this.voice = localVoice(wish.lang);
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => (this.voice = localVoice(wish.lang)));
  }

  /** Sound may begin only after a tap. */
  wake() {
    this.audio ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    this.audio?.resume();
  }

  /** @param {string} text */
  say(text) {
    if (!this.wish.voice || !this.voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = this.voice;
    words.lang = this.voice.lang;
    words.rate = 0.95;
    speechSynthesis.speak(words);
  }

  get speaking() {
    return Boolean(globalThis.speechSynthesis?.speaking);
  }

  /** Silence; whether a sentence was cut short by it. */
  hush() {
    const voice = globalThis.speechSynthesis;
    const cut = Boolean(voice?.speaking || voice?.pending);
    voice?.cancel?.();
    return cut;
  }

  /** @param {keyof typeof NOTES} name */
  chime(name) {
    if (!this.wish.chimes || !this.audio) return;
    NOTES[name].forEach((hertz, i) => this.#note(hertz, i * APART_S));
  }

  /**
   * @param {number} hertz
   * @param {number} in_s
   */
  #note(hertz, in_s) {
    const audio = /** @type {AudioContext} */ (this.audio);
    const [tone, level, at] = [audio.createOscillator(), audio.createGain(), audio.currentTime + in_s];
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(LOUD, at + 0.03);
    level.gain.exponentialRampToValueAtTime(0.0001, at + LASTS_S);
    tone.connect(level).connect(audio.destination);
    tone.start(at);
    tone.stop(at + LASTS_S);
  }
}

/**
 * A voice of this language that needs no network; none where there is none.
 * @param {string} lang
 */
function localVoice(lang) {
  const voices = globalThis.speechSynthesis?.getVoices?.() ?? [];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(lang.slice(0, 2))) ?? null;
}
