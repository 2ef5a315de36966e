// @ts-check
/** motion.js and pose.js: the numbers of Python (tests/cases/motion.json), and what only the browser does. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  BEAT, BakedError, NoRoute, WAY_BEAT, arcShare, breath, eased, length, loads, mirrored, moment, nearestStation, route, sample,
  trackOf, walked, wayLength,
} from "../../src/supple/figure/viewer/motion.js";
import { ordered } from "../../src/supple/figure/viewer/order.js";
import { PoseMisfit, fitted, heads } from "../../src/supple/figure/viewer/pose.js";
import { framed, mirroredView, placed, towards } from "../../src/supple/figure/viewer/view.js";

const cases = JSON.parse(readFileSync(new URL("../cases/motion.json", import.meta.url), "utf8"));
const NEAR = 1e-6;
const frame = ({ rotations, pelvis }) => ({ rotations: Float64Array.from(rotations.flat()), pelvis });
const track = { name: "bend", frames: cases.frames.map(frame) };

function near(found, wanted) {
  [...found.rotations, ...found.pelvis].forEach((part, i) => {
    assert.ok(Math.abs(part - [...wanted.rotations.flat(), ...wanted.pelvis][i]) < NEAR);
  });
}

test("easing agrees with Python", () => {
  for (const [time, share] of cases.eased) assert.ok(Math.abs(eased(time) - share) < NEAR);
});

test("sampling agrees with Python", () => {
  for (const [share, wanted] of cases.sampled) near(sample(track, share), wanted);
  for (const share of cases.no_share) assert.throws(() => sample(track, share), BakedError);
});

test("mirroring agrees with Python, and twice is as before", () => {
  for (const [share, wanted] of cases.mirrored) near(mirrored(sample(track, share), cases.bones), wanted);
  near(mirrored(mirrored(track.frames[0], cases.bones), cases.bones), cases.frames[0]);
});

test("an arc agrees with Python", () => {
  for (const [percent, share] of cases.arc) assert.equal(arcShare(percent), share);
  for (const percent of cases.no_arc) assert.throws(() => arcShare(percent), /10 to 100/);
});

test("a baked motion is read, and a broken one is named with the remedy", () => {
  const way = { name: "bend", rotations: [[0, 0, 0, 32767], [0, 0, 32767, 0]], pelvis: [[0, 9000, 0], [0, 5000, 0]] };
  const plain = { stretch: "x", body: "woman", bones: ["root"], enter: way, tracks: [way] };

  assert.deepEqual(loads(plain, "x").tracks[0].frames[1].pelvis, [0, 0.5, 0]);
  assert.deepEqual([...loads(plain, "x").tracks[0].frames[1].rotations], [0, 0, 1, 0]);
  for (const broken of [{}, null, { ...plain, bones: ["root", "head"] }, { ...plain, tracks: [] }]) {
    assert.throws(() => loads(broken, "cat_camel on woman"), /cat_camel on woman: .*make motions/);
  }
});

test("a round goes in, holds, comes back and rests, without a jump", () => {
  const tenths = Array.from({ length: 10 * length(BEAT) + 1 }, (_, i) => moment(i / 10));

  assert.deepEqual([...new Set(tenths.map(({ phase }) => phase))], ["in", "hold", "out", "rest"]);
  assert.equal(moment(BEAT.in_s).share, 1);
  assert.equal(moment(length(BEAT) + 0.01).cycle, 1);
  tenths.slice(1).forEach(({ share }, i) => assert.ok(Math.abs(share - tenths[i].share) < 0.05));
});

test("a way between positions has no way into it", () => {
  const track = { name: "way", rotations: [[0, 0, 0, 32767], [0, 0, 32767, 0]], pelvis: [[0, 9000, 0], [0, 5000, 0]] };
  const way = loads({ stretch: "x", body: "woman", bones: ["root"], tracks: [track], proved: true }, "x");

  assert.equal(way.enter, null);
  assert.equal(way.enter_proved, false);
  assert.equal(trackOf(way, "way"), way.tracks[0]);
  assert.throws(() => trackOf(way, "enter"), /x has no way 'enter'; take one of way/);
});

test("a route agrees with Python", () => {
  const { ways, routes } = JSON.parse(readFileSync(new URL("../cases/ways.json", import.meta.url), "utf8"));
  const known = ways.map(([id, begins, ends, on_bed]) => ({ id, begins, ends, on_bed }));

  for (const [begins, ends, onBed, wanted] of routes) {
    const found = route(known, begins, ends, { onBed });
    assert.deepEqual(found.map(({ way, backwards }) => (backwards ? "-" : "+") + way.id), wanted);
  }
});

test("where no way leads that is said", () => {
  assert.throws(() => route([], "standing", "prone"), NoRoute);
  assert.throws(() => route([], "standing", "prone", { onBed: true }), /from standing to prone on a bed; one has to be added/);
});

test("a way is gone there and back, from station to station, each reached at rest", () => {
  const stations = 4;
  const tenths = Array.from({ length: Math.round(10 * wayLength(stations)) }, (_, i) => walked(i / 10, stations));

  assert.deepEqual([...new Set(tenths.map(({ phase }) => phase))], ["going", "there", "returning", "back"]);
  for (let leg = 0; leg < stations; leg++) {
    const [before, at] = [-0.01, 0].map((off) => walked(leg * WAY_BEAT.leg_s + off, stations).share);
    assert.ok(Math.abs(at - leg / (stations - 1)) < NEAR);
    if (leg) assert.ok(at - before < 1e-4);
  }
  tenths.slice(1).forEach(({ share }, i) => assert.ok(Math.abs(share - tenths[i].share) < 0.05));
  assert.equal(walked(wayLength(stations) + 0.5, stations).share, walked(0.5, stations).share);
});

test("the nearest station is one of them", () => {
  assert.deepEqual([0, 0.1, 0.3, 0.5, 0.9, 1].map((share) => nearestStation(share, 5)), [0, 0, 0.25, 0.5, 1, 1]);
  assert.deepEqual([0, 0.4, 0.6].map((share) => nearestStation(share, 2)), [0, 0, 1]);
});

test("a breath takes eight seconds", () => {
  assert.deepEqual([0, 4, 8].map((second) => Math.round(breath(second) * 1e6) / 1e6), [0, 1, 0]);
});

test("a bone carries the places of its children and not their turning", () => {
  const skeleton = { bones: ["root", "head"], parents: [-1, 0], offsets: [[0, 1, 0], [0, 0.5, 0]] };
  const lying = { rotations: Float64Array.from([Math.SQRT1_2, 0, 0, Math.SQRT1_2, 0, 0, 0, 1]), pelvis: [0, 0.1, 0] };

  const [, head] = heads(skeleton, lying, [0, 1]);

  [0, 0.1, 0.5].forEach((part, i) => assert.ok(Math.abs(head[i] - part) < NEAR));
});

test("a bone that the motion does not have is named", () => {
  assert.throws(() => fitted({ bones: ["root", "tail"], parents: [-1, 0], offsets: [] }, ["root"]), PoseMisfit);
});

test("every named view has all points inside the picture, above its lower edge", () => {
  const points = [[-0.3, 0, -0.9], [0.3, 0, 0.9], [0, 1.7, 0]];
  for (const name of ["front", "left", "three_quarter", "overhead"]) {
    const { eye, target, field_deg } = framed(towards(name), points, 16 / 10);
    const away = Math.hypot(...eye.map((part, i) => part - target[i]));
    assert.ok(away >= 3.79 && field_deg <= 24, name);
  }
  assert.equal(mirroredView("left"), "right");
  assert.throws(() => towards("below"), /There is no view 'below'/);
});

test("triangles in a new order are the same triangles", () => {
  const index = [0, 1, 2, 2, 1, 3, 7, 8, 9, 2, 3, 4, 4, 3, 5];
  const same = (numbers) => {
    const triangles = [];
    for (let i = 0; i < numbers.length; i += 3) triangles.push([...numbers.slice(i, i + 3)].join());
    return triangles.sort();
  };

  assert.deepEqual(same(ordered(index, 10)), same(index));
});

test("a picture that nothing lies before stays as it is", () => {
  assert.deepEqual(placed([[0.5, 0.5]], [], [[0, 0, 0.4, 0.4]], 0.6), { zoom: 1, right: 0, down: 0 });
});

test("a picture goes down, aside or smaller until it is clear of every box, and no further than it must", () => {
  const lying = Array.from({ length: 81 }, (_, i) => [0.1 + i / 100, 0.5]);
  const tall = lying.concat(Array.from({ length: 40 }, (_, i) => [0.1, 0.5 - i / 100]));
  const words = [-0.1, 0, 0.3, 0.55];
  const clear = (points, boxes) => {
    const { zoom, right, down } = placed(points, [], boxes, 0.6);
    for (const [x, y] of points.map(([x, y]) => [0.5 + (x - 0.5) * zoom + right, 0.5 + (y - 0.5) * zoom + down])) {
      assert.ok(x > 0 && x < 1 && y > 0 && y < 0.95);
      for (const [left, top, end, bottom] of boxes) assert.ok(x < left - 0.01 || x > end - 0.01 || y > bottom - 0.01 || y < top);
    }
    return { zoom, right, down };
  };

  assert.equal(clear(lying, [words]).zoom, 1);
  assert.ok(clear(lying, [words]).down > 0);
  assert.ok(clear(tall, [words]).zoom < 1);
  assert.ok(clear(tall, [words, [0.8, 0, 1.1, 0.3]]).zoom < 1);
});

test("where nothing would be clear, or only what is too small, there is no way", () => {
  assert.equal(placed([[0.5, 0.5]], [], [[-1, -1, 2, 2]], 0.6), undefined);
  const tall = Array.from({ length: 91 }, (_, i) => [0.1 + (0.8 * i) / 90, 0.05 + i / 100]);
  const above = [[-0.1, 0, 1.1, 0.25]];
  assert.ok(placed(tall, [], above, 0.6).zoom < 0.9);
  assert.equal(placed(tall, [], above, 0.9), undefined);
});
