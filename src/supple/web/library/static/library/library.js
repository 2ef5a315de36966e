// @ts-check
/** Choosing from a list shows the result at once; without scripts there is a button for it. */

const finder = /** @type {HTMLFormElement | null} */ (document.getElementById("finder"));
finder?.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement) finder.requestSubmit();
});
finder?.addEventListener("submit", () => {
  for (const field of finder.querySelectorAll("input, select")) {
    const asked = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
    if (!asked.value) asked.disabled = true; // so that the address stays short
  }
});
addEventListener("pageshow", () => {
  for (const field of finder?.querySelectorAll(":disabled") ?? []) field.removeAttribute("disabled");
});
