// @ts-check
/** The questions as one answers: each answer is kept at once, what applies is shown, and an emergency opens its page. */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-so-far]"));
const left = /** @type {HTMLElement} */ (document.getElementById("left"));
const asOf = /** @type {HTMLInputElement} */ (form.elements.namedItem("as_of"));
const next = /** @type {HTMLButtonElement} */ (form.querySelector(".foot .act"));
/** @type {Promise<void> | undefined} */
let telling; // one at a time: the server must never see an older answer after a newer one
let more = false;
let changed = false; // who comes to take an answer back is not led away again by that same answer
let byArrow = false; // the arrows pass over answers that are not meant: it is told when the question is left, or one stays
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stays;
const STAYS_MS = 4000;

function tell() {
  more = true;
  telling ??= tellAll().finally(() => (telling = undefined));
}

async function tellAll() {
  while (more) {
    more = false;
    const body = new FormData(form);
    body.delete("none_of_the_rest"); // that is said with Next
    try {
      const answer = await fetch(form.dataset.soFar ?? "", { method: "POST", body });
      if (answer.ok) show(await answer.json());
    } catch {
      left.textContent = ""; // without a server Next says what is wrong
    }
  }
}

/** Whether the browser has put answers back that the page did not come with, as it does after a reload. */
function putBack() {
  const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input, textarea")]);
  return fields.some((field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue);
}

/** @param {{asked: string[], unfolded: string[], left: number, words: string, alarm: string, as_of: string, leave?: string}} told */
function show(told) {
  if (told.leave) return location.assign(told.leave); // another window has answered since
  asOf.value = told.as_of;
  if (told.alarm && changed) return location.assign(told.alarm);
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-key]"))) {
    field.hidden = !told.asked.includes(field.dataset.key ?? "");
  }
  for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll("[data-fold]"))) {
    if (told.unfolded.includes(fold.dataset.fold ?? "")) fold.open = true;
  }
  left.textContent = told.words;
  next.toggleAttribute("data-waits", told.left > 0);
  for (const tick of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".no-more"))) {
    tick.hidden = told.left === 0 && !tick.querySelector(":checked");
  }
}

/** The answer is meant: told at once. */
function meant() {
  clearTimeout(stays);
  stays = undefined;
  tell();
}

/**
 * A number and the words instead of it go out for each other.
 * @param {HTMLInputElement} changed
 */
function instead(changed) {
  const group = /** @type {HTMLElement | null} */ (changed.closest(".numbers"));
  if (!group) return;
  const typed = /** @type {HTMLInputElement} */ (group.querySelector("[type=number]"));
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (group.querySelectorAll("[type=checkbox]"));
  if (changed === typed && typed.value) boxes.forEach((box) => (box.checked = false));
  if (changed !== typed && changed.checked) {
    typed.value = "";
    boxes.forEach((box) => (box.checked = box === changed));
  }
}

/** "No to all the rest" is seen on every line that it answers. */
function rest() {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".as-list .yes_no_unsure"))) {
    if (line.hidden || line.querySelector(":checked")) continue;
    const no = /** @type {HTMLInputElement | null} */ (line.querySelector("[value=no]"));
    if (no) no.checked = true;
  }
}

/** What has just been answered needs no other look. @param {Element | null} question */
function mended(question) {
  question?.removeAttribute("data-mend");
  question?.querySelector(".mend")?.remove();
}

form.addEventListener("change", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  changed = true;
  if (field.name === "none_of_the_rest" && field.checked) rest();
  instead(field);
  mended(field.closest("[data-mend]"));
  clearTimeout(stays);
  if (byArrow && field.type === "radio") stays = setTimeout(meant, STAYS_MS);
  else meant();
});
form.addEventListener("submit", (event) => {
  if (!telling) return;
  event.preventDefault();
  telling.then(() => form.requestSubmit());
});
form.addEventListener("keydown", ({ key }) => {
  byArrow = key.startsWith("Arrow");
  if (stays && key === " ") meant();
});
form.addEventListener("pointerdown", () => (byArrow = false));
form.addEventListener("focusout", ({ target, relatedTarget }) => {
  const [left, entered] = /** @type {HTMLInputElement[]} */ ([target, relatedTarget]);
  if (stays && left.name !== entered?.name) meant();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // after a way back the page asks the server anew
});
history.replaceState(history.state, "", location.href); // a way back to what was sent and needs a look asks for nothing anew
if (putBack()) tell();
/** @type {HTMLElement | null} */ (document.querySelector("[data-mend] input"))?.focus();
