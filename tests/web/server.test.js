/** What the player's page tells the server, against a real one that is away for a while. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { Server } from "../../src/supple/web/play/static/play/server.js";

/** @param {(times: number) => boolean} answers whether it answers the request that comes as the n-th */
async function served(answers) {
  const heard = [];
  const there = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const act = /name="act"\r\n\r\n(\w+)/.exec(body)?.[1];
    heard.push(act);
    if (!answers(heard.length)) return response.writeHead(503).end();
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ revision: heard.length, act }));
  });
  await new Promise((done) => there.listen(0, "127.0.0.1", done));
  const downs = [];
  const server = new Server(`http://127.0.0.1:${there.address().port}/`, "token", (down) => downs.push(down));
  return { server, heard, downs, end: () => there.close() };
}

test("an act is sent until it is kept", async () => {
  const { server, heard, downs, end } = await served((times) => times > 1);

  const told = await server.send(() => ({ act: "skip" }));

  assert.equal(told.act, "skip");
  assert.deepEqual(heard, ["skip", "skip"]);
  assert.deepEqual(downs, [true, false]);
  end();
});

test("an act that has not reached the server can be withdrawn, and what comes after it is sent", async () => {
  const { server, heard, downs, end } = await served((times) => times > 1);
  const skip = server.send(() => ({ act: "skip" }));
  while (!heard.length) await new Promise((soon) => setTimeout(soon, 20));
  server.withdraw();

  const sharp = await server.send(() => ({ act: "sharp" }));

  assert.equal(await skip, undefined);
  assert.equal(sharp.act, "sharp");
  assert.deepEqual(heard, ["skip", "sharp"]);
  assert.deepEqual(downs, [true, false]);
  end();
});

test("what has been kept stays", async () => {
  const { server, end } = await served(() => true);
  const kept = await server.send(() => ({ act: "skip" }));
  server.withdraw();

  assert.equal(kept.act, "skip");
  assert.equal((await server.send(() => ({ act: "reach" }))).act, "reach");
  end();
});
