// @ts-check
/**
 * The voice and the chimes. A sentence is said by its clip, which this site brings; one without, by a voice that speaks on
 * this device: no word goes to anybody else.
 */

const NOTES = { begin: [523.25, 659.25], end: [440], step: [392, 523.25, 659.25], done: [523.25, 659.25, 783.99] };
const LOUD = 0.12;
const LASTS_S = 1.4;
const VOICE_LEVEL = 2; // the clips are as quiet as the film's mix wants them
const APART_S = 0.18;

export class Sounds {
  /** @param {{voice: boolean, chimes: boolean, lang: string}} wish */
  constructor(wish) {
    this.wish = wish;
    /** @type {AudioContext | null} */
    this.audio = null;
    this.voice = localVoice(wish.lang);
    /** @type {Map<string, Promise<AudioBuffer | null>>} the clips of the sentences that are said next */
    this.clips = new Map();
    /** @type {Set<{source?: AudioBufferSourceNode}>} what is being said, or waits for its clip */
    this.said = new Set();
    this.free_s = 0; // when the last clip is over
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => (this.voice = localVoice(wish.lang)));
  }

  /** Sound may begin only after a tap. */
  wake() {
    this.audio ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    this.audio?.resume();
  }

  /**
   * Fetches these clips and forgets all others. @param {[text: string, address: string | undefined][]} next
   */
  ahead(next) {
    if (!this.audio) return;
    const texts = next.map(([text]) => text);
    for (const text of this.clips.keys()) if (!texts.includes(text)) this.clips.delete(text);
    for (const [text, address] of next) {
      if (address && !this.clips.has(text)) this.clips.set(text, fetched(this.audio, address));
    }
  }

  /** One sentence after the other, none cut short; one whose clip comes too late goes unsaid. @param {string} text */
  async say(text) {
    if (!this.wish.voice) return;
    const one = {};
    this.said.add(one);
    const clip = await this.clips.get(text);
    if (!this.said.has(one)) return; // there was to be silence meanwhile
    if ([...this.said].at(-1) !== one) return void this.said.delete(one);
    if (clip) return this.#play(one, clip);
    this.said.delete(one);
    this.#speak(text);
  }

  /**
   * @param {{source?: AudioBufferSourceNode}} one
   * @param {AudioBuffer} clip
   */
  #play(one, clip) {
    const audio = /** @type {AudioContext} */ (this.audio);
    const level = audio.createGain();
    one.source = audio.createBufferSource();
    one.source.buffer = clip;
    level.gain.value = VOICE_LEVEL;
    one.source.connect(level).connect(audio.destination);
    one.source.onended = () => this.said.delete(one);
    const at_s = Math.max(audio.currentTime, this.free_s);
    this.free_s = at_s + clip.duration;
    one.source.start(at_s);
  }

  /** @param {string} text */
  #speak(text) {
    if (!this.voice) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = this.voice;
    words.lang = this.voice.lang;
    words.rate = 0.95;
    speechSynthesis.speak(words);
  }

  get speaking() {
    return this.said.size > 0 || Boolean(globalThis.speechSynthesis?.speaking);
  }

  /** Silence; whether a sentence was cut short by it. */
  hush() {
    const voice = globalThis.speechSynthesis;
    const cut = this.speaking || Boolean(voice?.pending);
    for (const { source } of this.said) source?.stop();
    this.said.clear();
    this.free_s = 0;
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
 * A clip; none where it cannot be had or this browser cannot read it.
 * @param {AudioContext} audio
 * @param {string} address
 */
async function fetched(audio, address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await audio.decodeAudioData(await answer.arrayBuffer()) : null;
  } catch {
    return null;
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
