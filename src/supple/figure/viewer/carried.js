// @ts-check
/**
 * A strap or towel that is held: a flat band along the line that the frame gives, as `supple.figure.solids.band` draws it.
 *
 * @typedef {{name: string, width: number, thickness: number, colour: string, face: number[] | null}} Look
 * `face` is where its broad side looks; null for one that winds round something and keeps its width across that plane
 */

import * as THREE from "./vendor/three.module.js";

const ROUND = 17; // points round the band
const ENDS = 2;

export class Carried {
  /**
   * @param {Look} look
   * @param {number} points of its line
   * @param {any} material
   */
  constructor(look, points, material) {
    this.look = look;
    this.rings = points + ENDS;
    const geometry = new THREE.BufferGeometry();
    const count = this.rings * ROUND;
    const colour = new THREE.Color(look.colour).toArray();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(3 * count, 3));
    geometry.setAttribute("normal", new THREE.Float32BufferAttribute(3 * count, 3));
    geometry.setAttribute("color", new THREE.Float32BufferAttribute(Array(count).fill(colour).flat(), 3));
    geometry.setIndex(faces(this.rings));
    this.mesh = new THREE.Mesh(geometry, material);
    Object.assign(this.mesh, { name: look.name, castShadow: true, receiveShadow: true, frustumCulled: false });
  }

  /**
   * Draws it tight along a line of points in metres.
   * @param {number[][]} line
   */
  draw(line) {
    const place = this.mesh.geometry.getAttribute("position");
    const { width, thickness } = this.look;
    const across = this.look.face ? null : normal(line);
    line.forEach((point, i) => {
      const along = unit(minus(line[Math.min(i + 1, line.length - 1)], line[Math.max(i - 1, 0)]));
      const side = unit(across ? minus(across, times(along, dot(across, along))) : cross(along, this.look.face ?? []));
      const out = cross(side, along);
      for (let k = 0; k < ROUND; k++) {
        const [c, s] = [Math.cos((2 * Math.PI * k) / (ROUND - 1)), Math.sin((2 * Math.PI * k) / (ROUND - 1))];
        const broad = (Math.sign(c) * Math.abs(c) ** 0.25 * width) / 2;
        const thick = (Math.sign(s) * Math.abs(s) ** 0.7 * thickness) / 2;
        const [x, y, z] = point.map((part, axis) => part + broad * side[axis] + thick * out[axis]);
        place.setXYZ((i + 1) * ROUND + k, x, y, z);
        if (i === 0) place.setXYZ(k, point[0], point[1], point[2]);
        if (i === line.length - 1) place.setXYZ((this.rings - 1) * ROUND + k, point[0], point[1], point[2]);
      }
    });
    place.needsUpdate = true;
    this.mesh.geometry.computeVertexNormals();
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.removeFromParent();
  }
}

/** @param {number} rings */
function faces(rings) {
  const found = [];
  for (let ring = 0; ring < rings - 1; ring++) {
    for (let k = 0; k < ROUND - 1; k++) {
      const [a, b] = [ring * ROUND + k, (ring + 1) * ROUND + k];
      found.push(a, a + 1, b, b, a + 1, b + 1);
    }
  }
  return found;
}

/**
 * Across the plane in which a line winds.
 * @param {number[][]} line
 */
function normal(line) {
  const [first, middle, last] = [line[0], line[Math.floor(line.length / 2)], line[line.length - 1]];
  return cross(minus(middle, first), minus(last, middle));
}

/** @typedef {number[]} V */
/** @type {(a: V, b: V) => V} */
const minus = (a, b) => a.map((part, i) => part - b[i]);
/** @type {(a: V, by: number) => V} */
const times = (a, by) => a.map((part) => part * by);
/** @type {(a: V, b: V) => number} */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @type {(a: V, b: V) => V} */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
/** @type {(a: V) => V} */
const unit = (a) => times(a, 1 / Math.max(Math.hypot(...a), 1e-9));
