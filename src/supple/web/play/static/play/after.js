// @ts-check
/** After a session: what is typed stays on this device until it is saved, so that a closed window loses nothing. */

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
