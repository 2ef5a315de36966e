// @ts-check
/** How far each film is, asked each second; where one begins, ends or goes, the list is shown anew and that is said. */

const EACH_MS = 1000;
const films = /** @type {HTMLElement} */ (document.getElementById("films"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));

/**
 * @param {HTMLElement} row
 * @returns {Promise<string>} what there is to say of a film that stands elsewhere than the page has it
 */
async function change(row) {
  const told = await json(row.dataset.url ?? "");
  if (told.state !== row.dataset.state) return `${row.querySelector("h3")?.textContent}: ${told.words}`;
  const bar = row.querySelector("progress");
  const words = row.querySelector(".words");
  if (bar) bar.value = told.share;
  if (words && words.textContent !== told.words) words.textContent = told.words;
  return "";
}

/** @param {string} url */
async function json(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) throw location.reload(); // the gate is shut, or the film is gone
  return answer.json();
}

/** The list as the server has it now; what is being chosen beside it stays. */
async function anew() {
  const answer = await fetch(films.dataset.page ?? "");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("films");
  if (!page) throw location.reload();
  films.replaceChildren(...page.childNodes);
}

async function look() {
  const rows = /** @type {HTMLElement[]} */ ([...films.querySelectorAll("[data-url]")]);
  try {
    const changes = (await Promise.all(rows.map(change))).filter(Boolean);
    if (changes.length) {
      await anew();
      said.textContent = changes.join(" ");
    }
  } catch {
    // the site is away for a moment, or for good
  }
  if (films.querySelector("[data-url]")) setTimeout(look, EACH_MS);
}

setTimeout(look, EACH_MS);
