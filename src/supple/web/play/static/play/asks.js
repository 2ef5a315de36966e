// @ts-check
/** The sheet over the session: it shows the question that is open, and hands on what is tapped. */

export class Asks {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {(given: Record<string, string>) => void} onAnswer
   */
  constructor(dialog, onAnswer) {
    this.dialog = dialog;
    this.onAnswer = onAnswer;
    dialog.addEventListener("submit", (event) => this.#submitted(event));
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#escaped(event);
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  /** Whether a question is open. */
  get open() {
    return this.dialog.open;
  }

  /** @param {string} html */
  show(html) {
    this.dialog.innerHTML = html; // the server's own template
    if (!this.dialog.open) this.dialog.showModal();
    /** @type {HTMLElement | null} */ (this.dialog.querySelector("[tabindex='-1']"))?.focus();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  /**
   * Whether an answer that was tapped is still to be kept: what to do meanwhile is said above it, and seen.
   * @param {boolean} down
   * @param {string} html what is said
   */
  waits(down, html) {
    const told = this.dialog.querySelector("[role=alert]");
    if (!down) told?.remove();
    if (!down || told || !this.dialog.querySelector("button:disabled")) return;
    const sheet = this.dialog.querySelector(".sheet");
    sheet?.insertAdjacentHTML("afterbegin", html);
    /** @type {HTMLElement | null} */ (sheet?.firstElementChild ?? null)?.focus();
    for (const scrolled of [sheet, this.dialog]) scrolled?.scrollTo(0, 0);
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!button) return;
    for (const other of this.dialog.querySelectorAll("button")) other.disabled = true; // one tap is one answer
    this.onAnswer({ [button.name]: button.value });
  }

  /**
   * Only where one may go back; a question of safety is never passed over.
   * @param {KeyboardEvent} event
   */
  #escaped(event) {
    event.preventDefault();
    /** @type {HTMLButtonElement | null} */ (this.dialog.querySelector("[value=return]"))?.click();
  }
}
