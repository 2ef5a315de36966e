// @ts-check
/** How far each film is, asked each second; where one begins, ends or goes, the page is shown anew. */

const EACH_MS = 1000;
const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-url]")]);

/**
 * @param {HTMLElement} row
 * @returns {Promise<boolean>} whether it stands as the page has it
 */
async function same(row) {
  const answer = await fetch(row.dataset.url ?? "", { headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) return false;
  const told = await answer.json();
  if (told.state !== row.dataset.state) return false;
  const bar = row.querySelector("progress");
  const words = row.querySelector(".words");
  if (bar) bar.value = told.share;
  if (words && words.textContent !== told.words) words.textContent = told.words;
  return true;
}

async function look() {
  try {
    const stand = await Promise.all(rows.map(same));
    if (!stand.every(Boolean)) return location.reload();
  } catch {
    // the site is away for a moment, or for good
  }
  setTimeout(look, EACH_MS);
}

if (rows.length) setTimeout(look, EACH_MS);
