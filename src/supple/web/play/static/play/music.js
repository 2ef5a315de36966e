// @ts-check
/** The music: a loop that runs and stands with the clock, and is low while a sentence is said. */

const LEVEL = 0.5;
const LOW = 0.16;
const SOFTLY_S = 0.25;

export class Music {
  /** @param {string} calm address of the calm loop; the others lie beside it @param {() => void} onTrouble */
  constructor(calm, onTrouble) {
    this.calm = calm;
    this.onTrouble = onTrouble;
    this.mood = "none"; // what is wished for
    this.playing = "none"; // what is in the loop
    this.on = false;
    this.low = false;
    /** @type {AudioContext | null} */
    this.audio = null;
    /** @type {GainNode | null} */
    this.level = null;
    /** @type {AudioBufferSourceNode | null} */
    this.source = null;
  }

  /** Sound may begin only after a tap. */
  wake() {
    if (this.audio || this.mood === "none" || typeof AudioContext === "undefined") return;
    this.audio = new AudioContext();
    this.level = this.audio.createGain();
    this.level.gain.value = 0;
    this.level.connect(this.audio.destination);
  }

  /** @param {string} mood calm, bright or none */
  choose(mood) {
    this.mood = mood;
    if (mood === "none") this.#quiet();
    else if (this.on) this.play();
  }

  async play() {
    this.on = true;
    this.wake();
    if (!this.audio || this.mood === "none") return;
    this.audio.resume();
    if (this.playing !== this.mood && !(await this.#put(this.mood))) return;
    if (this.on) this.#turn();
    else this.#quiet();
  }

  /** It waits where it is. */
  stop() {
    this.on = false;
    this.#quiet();
  }

  /** @param {boolean} on whether somebody speaks */
  duck(on) {
    if (on === this.low) return;
    this.low = on;
    if (this.on && this.playing === this.mood) this.#turn();
  }

  #turn() {
    const audio = /** @type {AudioContext} */ (this.audio);
    this.level?.gain.setTargetAtTime(this.low ? LOW : LEVEL, audio.currentTime, SOFTLY_S);
  }

  #quiet() {
    this.level?.gain.cancelScheduledValues(0);
    this.level?.gain.setValueAtTime(0, this.audio?.currentTime ?? 0);
    this.audio?.suspend();
  }

  /** Whether this mood is in the loop now; not where another was wished for meanwhile. @param {string} mood */
  async #put(mood) {
    const audio = /** @type {AudioContext} */ (this.audio);
    try {
      const answer = await fetch(this.calm.replace("calm", mood));
      if (!answer.ok) throw new Error(answer.statusText);
      const loop = await audio.decodeAudioData(await answer.arrayBuffer());
      if (this.mood !== mood || this.playing === mood) return false;
      this.source?.stop();
      this.source = audio.createBufferSource();
      Object.assign(this.source, { buffer: loop, loop: true });
      this.source.connect(/** @type {GainNode} */ (this.level));
      this.source.start();
      this.playing = mood;
      return true;
    } catch {
      this.onTrouble();
      return false;
    }
  }
}
