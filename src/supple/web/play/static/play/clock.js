// @ts-check
/** The clock of a session: it runs, it stands, and it never believes that more than a second went by at once. */

const LONGEST_TICK_S = 1; // a machine that slept was no session

export class Clock {
  /** @param {number} rate seconds of the session in one second */
  constructor(rate) {
    this.rate = rate;
    this.running = false;
    this.before = 0;
  }

  /**
   * The seconds of the session since the last tick; 0 while it stands.
   * @param {number} now milliseconds
   */
  tick(now) {
    const passed_s = Math.min(Math.max((now - this.before) / 1000, 0), LONGEST_TICK_S);
    this.before = now;
    return this.running ? passed_s * this.rate : 0;
  }
}
