// @ts-check
/** After a session: pain is compared as it is told, and what is typed stays here until it is saved. */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form.after"));
const note = /** @type {HTMLTextAreaElement} */ (document.getElementById("note"));
const KEY = `supple-note-${location.pathname.replace(/\D/g, "")}`;

try {
  const left = sessionStorage.getItem(KEY);
  if (left && !note.value) note.value = left;
  note.addEventListener("input", () => sessionStorage.setItem(KEY, note.value));
  form.addEventListener("submit", () => sessionStorage.removeItem(KEY));
} catch {
  // a browser that keeps nothing
}

form.addEventListener("change", ({ target }) => {
  const said = /** @type {HTMLElement} */ (target).dataset.said;
  if (said) /** @type {HTMLElement} */ (document.getElementById("compared")).textContent = said;
});
