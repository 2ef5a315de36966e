// @ts-check
/** The button that prints; without scripts the browser's own does. And nothing that was open before comes back. */

const button = /** @type {HTMLButtonElement | null} */ (document.getElementById("print"));
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
