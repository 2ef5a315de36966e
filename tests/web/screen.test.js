// @ts-check
/** screen.js: the screen stays awake while a session runs and no longer, whatever the device does meanwhile. */

import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {any[]} */
let locks = [];
let answers = () => {};
const heard = {};
Object.assign(globalThis, {
  document: { visibilityState: "visible", addEventListener: (name, does) => (heard[name] = does) },
});
Object.defineProperty(globalThis, "navigator", {
  value: {
    wakeLock: {
      request: () =>
        new Promise((after) => {
          answers = () => {
            answers = () => {};
            after(locks[locks.push(lock()) - 1]);
          };
        }),
    },
  },
});
const lock = () => ({ released: false, release() { this.released = true; } });
const held = () => locks.filter(({ released }) => !released).length;
const soon = () => new Promise((after) => setTimeout(after));
const { Awake } = await import("../../src/supple/web/play/static/play/screen.js");

/** @param {(awake: InstanceType<typeof Awake>) => void | Promise<void>} meanwhile */
async function session(meanwhile) {
  locks = [];
  document.visibilityState = "visible";
  await meanwhile(new Awake());
  answers();
  await soon();
}

test("a session that runs holds one lock, however often it is told to", async () => {
  await session(async (awake) => {
    awake.keep(true);
    awake.keep(true);
    answers();
    await soon();
    awake.keep(true);
    assert.equal(locks.length, 1);
  });
  assert.equal(held(), 1);
});

test("a pause gives it back, also where the device answers only after it", async () => {
  await session((awake) => {
    awake.keep(true);
    awake.keep(false);
  });
  assert.equal(locks.length, 1);
  assert.equal(held(), 0);
});

test("a page that comes back asks again, and one that is hidden does not", async () => {
  await session(async (awake) => {
    awake.keep(true);
    answers();
    await soon();
    locks[0].released = true; // the device takes it from a hidden page
    document.visibilityState = "hidden";
    heard.visibilitychange();
    assert.equal(locks.length, 1);
    document.visibilityState = "visible";
    heard.visibilitychange();
  });
  assert.equal(held(), 1);
});
