// @ts-check
/** The questions as one answers: each answer is kept at once, what applies is shown, and an emergency opens its page. */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-so-far]"));
const left = /** @type {HTMLElement} */ (document.getElementById("left"));
let latest = 0;

async function tell() {
  const mine = ++latest;
  const body = new FormData(form);
  body.delete("none_of_the_rest"); // that is said with Next
  try {
    const answer = await fetch(form.dataset.soFar ?? "", { method: "POST", body });
    if (!answer.ok || mine !== latest) return;
    show(await answer.json());
  } catch {
    left.textContent = ""; // without a server Next says what is wrong
  }
}

/** @param {{asked: string[], left: number, alarm: string}} told */
function show(told) {
  if (told.alarm) return location.assign(told.alarm);
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-key]"))) {
    field.hidden = !told.asked.includes(field.dataset.key ?? "");
  }
  const { none = "", one = "", many = "" } = left.dataset;
  left.textContent = told.left === 0 ? none : told.left === 1 ? one : many.replace("%n", String(told.left));
}

/**
 * A number and the words instead of it go out for each other.
 * @param {HTMLInputElement} changed
 */
function instead(changed) {
  const field = changed.closest(".number, .ask");
  const group = /** @type {HTMLElement} */ (changed.closest(".ask"));
  if (!field || !group.classList.contains("number")) return;
  const typed = /** @type {HTMLInputElement} */ (group.querySelector("[type=number]"));
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (group.querySelectorAll("[type=checkbox]"));
  if (changed === typed && typed.value) boxes.forEach((box) => (box.checked = false));
  if (changed !== typed && changed.checked) {
    typed.value = "";
    boxes.forEach((box) => (box.checked = box === changed));
  }
}

form.addEventListener("change", (event) => {
  const changed = /** @type {HTMLInputElement} */ (event.target);
  instead(changed);
  changed.closest("[aria-invalid]")?.removeAttribute("aria-invalid");
  tell();
});
tell();
document.querySelector("[aria-invalid] input")?.focus();
