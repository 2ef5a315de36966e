// @ts-check
/** The plan follows the sliders as they move; each change is kept on the server, which makes the plan anew. */

const how = /** @type {HTMLFormElement} */ (document.getElementById("how"));
const plan = /** @type {HTMLElement} */ (document.getElementById("plan"));
/** @type {FormData | null} */
let waiting = null;
let busy = false;
const RESTS_MS = 1500;
new BroadcastChannel("supple-urgent").onmessage = () => location.reload(); // answered in another window: there is no plan now
let resting = 0;

/**
 * One request at a time; of what is wished for meanwhile only the last is asked.
 * @param {FormData} wish
 */
async function ask(wish) {
  waiting = wish;
  if (busy) return;
  busy = true;
  while (waiting) {
    const body = waiting;
    waiting = null;
    await replaced(how.action, body);
  }
  busy = false;
}

/**
 * @param {string} url
 * @param {FormData} body
 */
async function replaced(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-Part": "plan" } });
    if (answer.redirected || !answer.ok) return location.reload();
    const open = [...plan.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    plan.innerHTML = await answer.text();
    for (const summary of plan.querySelectorAll(":scope > details > summary")) {
      if (open.includes(summary.textContent)) /** @type {HTMLDetailsElement} */ (summary.parentElement).open = true;
    }
    plan.dataset.made = String(Number(plan.dataset.made ?? 0) + 1);
  } catch {
    how.submit(); // the server tells what is wrong
  }
}

/** @param {HTMLInputElement} slider */
function told(slider) {
  filled(slider);
  const output = /** @type {HTMLOutputElement | null} */ (how.querySelector(`output[for="${slider.id}"]`));
  if (!output) return;
  const unit = output.dataset.unit;
  output.textContent = slider.value;
  if (unit) output.append(" ", Object.assign(document.createElement("small"), { textContent: unit }));
}

/** The filled part of the track ends at the thumb. @param {HTMLInputElement} slider */
function filled(slider) {
  const [low, high] = [Number(slider.min), Number(slider.max)];
  slider.style.setProperty("--v", String((Number(slider.value) - low) / (high - low)));
}

/** A pain too strong for any session is kept where the slider rests, not where it moves by. */
function rested() {
  clearTimeout(resting);
  resting = 0;
  const wish = new FormData(how);
  wish.set("rests", "1");
  return wish;
}

how.addEventListener("input", (event) => {
  const changed = /** @type {HTMLInputElement} */ (event.target);
  if (changed.type === "range") told(changed);
  ask(new FormData(how));
  if (changed.id !== "pain" && !resting) return;
  clearTimeout(resting);
  resting = setTimeout(() => ask(rested()), RESTS_MS);
});
window.addEventListener("pagehide", () => {
  if (resting) fetch(how.action, { method: "POST", body: rested(), headers: { "X-Part": "plan" }, keepalive: true });
});
plan.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if ("whole" in form.dataset) return;
  event.preventDefault();
  await replaced(form.action, new FormData(form, event.submitter));
  /** @type {HTMLElement | null} */ (plan.querySelector("#plan-head"))?.focus();
});
document.addEventListener("click", (event) => {
  for (const open of plan.querySelectorAll("details.change[open]")) {
    if (!open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
  }
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // a plan is never shown from a browser's memory
});
/** @type {HTMLElement} */ (document.getElementById("again")).hidden = true;

const wishes = /** @type {HTMLInputElement[]} */ ([...how.querySelectorAll("input[type=range], input[type=checkbox]")]);
wishes.filter((wish) => wish.type === "range").forEach(filled); // also where a style cannot read an attribute
const early = wishes.filter((wish) => wish.value !== wish.defaultValue || wish.checked !== wish.defaultChecked);
if (early.length) {
  // moved before this script was there, or put back by the browser
  early.filter((wish) => wish.type === "range").forEach(told);
  ask(new FormData(how));
}
