// @ts-check
/** What the page tells the server: one act after the other, each tried again until it is kept. */

const AGAIN_MS = 1500;

export class Server {
  /**
   * @param {string} url
   * @param {string} token
   * @param {(down: boolean, said?: string) => void} onDown told when nothing can be kept, with what the server says, and
   *   when it can be again
   */
  constructor(url, token, onDown) {
    this.url = url;
    this.token = token;
    this.onDown = onDown;
    this.queue = Promise.resolve();
    this.withdrawn = false;
    this.down = false;
  }

  /** Takes back the act that the server has not been reached with, if there is one. */
  withdraw() {
    this.withdrawn = true;
  }

  /**
   * Sends an act; the session as it is then, or nothing where it was withdrawn.
   * @param {() => Record<string, string | number>} fields asked for when its turn comes
   * @returns {Promise<any>}
   */
  send(fields) {
    const sent = this.queue.then(() => this.#until(fields()));
    this.queue = sent.then(() => undefined);
    return sent;
  }

  /**
   * A last word of a page that goes away; nobody hears the answer.
   * @param {Record<string, string | number>} fields
   */
  farewell(fields) {
    navigator.sendBeacon(this.url, this.#body(fields));
  }

  /** @param {Record<string, string | number>} fields */
  async #until(fields) {
    this.withdrawn = false;
    for (let tries = 0; !(tries && this.withdrawn); tries++) {
      try {
        const answer = await fetch(this.url, { method: "POST", body: this.#body(fields), headers: { Accept: "application/json" } });
        const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        if ("revision" in told || "leave" in told) {
          this.#is(false);
          return { ...told, refused: answer.status === 409 };
        }
        this.#is(true, told.trouble);
      } catch {
        this.#is(true);
      }
      await new Promise((after) => setTimeout(after, AGAIN_MS));
    }
  }

  /**
   * @param {boolean} down
   * @param {string} [said]
   */
  #is(down, said) {
    const changes = down || this.down;
    this.down = down;
    if (changes) this.onDown(down, said);
  }

  /** @param {Record<string, string | number>} fields */
  #body(fields) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, csrfmiddlewaretoken: this.token })) body.set(name, String(value));
    return body;
  }
}
