// @ts-check
/** What the figure fetches, and what is said when it is not there. */

/** A file of the figure could not be had; the message names it and the remedy. */
export class MissingAsset extends Error {}

/**
 * The content at `url`; throws MissingAsset with what the server said.
 * @param {string} url
 * @param {"json" | "arrayBuffer"} kind
 * @returns {Promise<any>}
 */
export async function asset(url, kind) {
  let answer;
  try {
    answer = await fetch(url);
  } catch {
    throw new MissingAsset(`${url} cannot be reached. Is 'supple figure' still running? Start it again, then reload.`);
  }
  if (!answer.ok) throw new MissingAsset(await said(answer, url));
  try {
    return await answer[kind]();
  } catch {
    throw new MissingAsset(`${url} was cut short. Reload the page.`);
  }
}

/**
 * @param {Response} answer
 * @param {string} url
 */
async function said(answer, url) {
  try {
    return (await answer.json()).say;
  } catch {
    return `${url} is missing (${answer.status}).`;
  }
}
