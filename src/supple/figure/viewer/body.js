// @ts-check
/** A body as three.js draws it: its surface, its bones, and the muscle groups that can be marked on it. */

import * as THREE from "./vendor/three.module.js";
import { GLTFLoader } from "./vendor/loaders/GLTFLoader.js";
import { asset } from "./assets.js";
import { ordered } from "./order.js";
import { filled, fitted, place } from "./pose.js";

// the marks of supple.figure.tint
const PULL = new THREE.Color("#f0a63a");
const WEAKER = new THREE.Color("#8fb3e6"); // a fainter orange on navy leggings would be the brown of skin
const PRIMARY = 0.88;
const SECONDARY = 0.45;
const SOFT_EDGE_M = 0.03;
const CHEST = "spine01";
const BREATH = [0.012, 0.035]; // how much wider and deeper a full chest is
const OPEN = ["shirt", "hair"]; // one sees into them, so both of their sides are drawn
const EVERY = 37; // of the vertices, those that stand for all when a picture is framed
/** @type {Record<string, number>} bones that come near the floor, and how wide a shadow each throws there */
const NEAR_FLOOR = {
  root: 0.22, spine02: 0.2, spine01: 0.2, head: 0.15, "upperleg02.L": 0.14, "upperleg02.R": 0.14, "lowerleg01.L": 0.12,
  "lowerleg01.R": 0.12, "lowerleg02.L": 0.1, "lowerleg02.R": 0.1, "foot.L": 0.12, "foot.R": 0.12, "toe1-1.L": 0.09,
  "toe1-1.R": 0.09, "wrist.L": 0.1, "wrist.R": 0.1, "lowerarm01.L": 0.09, "lowerarm01.R": 0.09,
};

export class Body {
  /**
   * The files of a body; throws MissingAsset.
   * @param {string} baseUrl
   * @param {string} name
   */
  static fetched(baseUrl, name) {
    return Promise.all([
      asset(`${baseUrl}bodies/${name}.glb`, "arrayBuffer"),
      asset(`${baseUrl}bodies/${name}.muscles.json`, "json"),
    ]);
  }

  /**
   * A body of its files.
   * @param {string} name
   * @param {any[]} files
   * @param {{closed: any, open: any}} materials
   */
  static async made(name, [file, muscles], materials) {
    return new Body(name, await new GLTFLoader().parseAsync(file, ""), muscles, materials);
  }

  /**
   * @param {string} name
   * @param {any} gltf
   * @param {Record<string, number[][]>} muscles
   * @param {{closed: any, open: any}} materials
   */
  constructor(name, gltf, muscles, materials) {
    this.name = name;
    this.muscles = muscles;
    this.root = gltf.scene;
    /** @type {any[]} */
    this.meshes = [];
    this.root.traverse((/** @type {any} */ node) => node.isSkinnedMesh && this.meshes.push(node));
    this.bones = this.meshes[0].skeleton.bones;
    const { nodes, skins } = gltf.parser.json; // three.js takes the dots out of names
    this.skeleton = {
      bones: skins[0].joints.map((/** @type {number} */ joint) => nodes[joint].name),
      parents: this.bones.map((/** @type {any} */ bone) => this.bones.indexOf(bone.parent)),
      offsets: this.bones.map((/** @type {any} */ bone) => bone.position.toArray()),
    };
    this.chest = this.skeleton.bones.indexOf(CHEST);
    this.low = Object.entries(NEAR_FLOOR).map(([bone, wide]) => [this.skeleton.bones.indexOf(bone), wide]);
    this.#colour();
    for (const bone of this.bones) bone.matrixWorldAutoUpdate = false; // `pose` places them
    for (const mesh of this.meshes) {
      const material = OPEN.includes(mesh.material.name) ? materials.open : materials.closed;
      mesh.material.dispose();
      Object.assign(mesh, { material, castShadow: true, receiveShadow: true, frustumCulled: false });
    }
    for (const { geometry } of this.meshes) {
      geometry.index.array.set(ordered(geometry.index.array, geometry.getAttribute("position").count));
    }
  }

  /** One array of colours for all parts, as light, that a mark can be mixed into. */
  #colour() {
    const given = this.meshes[0].geometry.getAttribute("color");
    const own = new Float32Array(3 * given.count);
    for (let i = 0; i < given.count; i++) own.set([given.getX(i), given.getY(i), given.getZ(i)], 3 * i);
    this.own = own;
    this.colours = new THREE.BufferAttribute(own.slice(), 3);
    for (const mesh of this.meshes) mesh.geometry.setAttribute("color", this.colours);
  }

  /**
   * Where each bone of this body is found in a motion; throws PoseMisfit.
   * @param {string[]} bones
   */
  order(bones) {
    return fitted(this.skeleton, bones);
  }

  /**
   * Takes the pose of a frame.
   * @param {import("./motion.js").Frame} frame
   * @param {number[]} order
   * @param {number} [breath] 0 to 1
   */
  pose(frame, order, breath = 0) {
    place(this.skeleton, frame, order, (bone) => this.bones[bone].matrixWorld.elements);
    if (breath) filled(this.bones[this.chest].matrixWorld.elements, 1 + BREATH[0] * breath, 1 + BREATH[1] * breath);
  }

  /**
   * Marks muscle groups in the colour of the pull, the second ones in a quiet blue; with a side, on that side alone.
   * @param {{primary?: string[], secondary?: string[], side?: "left" | "right"}} marks
   */
  tint({ primary = [], secondary = [], side }) {
    const sign = side === "right" ? -1 : 1;
    const place = this.meshes[0].geometry.getAttribute("position");
    const onSide = (/** @type {number} */ vertex) =>
      side ? Math.min(Math.max(0.5 + (sign * place.getX(vertex)) / SOFT_EDGE_M, 0), 1) : 1;
    const mixed = this.colours.array;
    mixed.set(this.own);
    const layers = /** @type {[string[], number, THREE.Color][]} */ ([
      [secondary, SECONDARY, WEAKER],
      [primary, PRIMARY, PULL],
    ]);
    for (const [groups, most, hue] of layers) {
      const cover = new Float32Array(mixed.length / 3);
      for (const group of groups) {
        for (const [vertex, percent] of this.muscles[group] ?? []) {
          cover[vertex] = Math.max(cover[vertex], (most * percent * onSide(vertex)) / 100);
        }
      }
      const pull = hue.toArray();
      for (let i = 0; i < mixed.length; i++) {
        const share = cover[Math.floor(i / 3)];
        mixed[i] = mixed[i] * (1 - share) + pull[i % 3] * share;
      }
    }
    this.colours.needsUpdate = true;
  }

  /** @returns {number[][]} some points of the skin in the present pose, enough to frame a picture */
  points() {
    const mesh = this.meshes[0];
    const place = mesh.geometry.getAttribute("position");
    const points = [];
    for (let i = 0; i < place.count; i += EVERY) {
      points.push(mesh.applyBoneTransform(i, new THREE.Vector3().fromBufferAttribute(place, i)).toArray());
    }
    return points;
  }

  /**
   * Writes where the body comes near the floor: x, height, z and width.
   * @param {any} attribute
   */
  shade(attribute) {
    this.low.forEach(([bone, wide], i) => {
      const at = this.bones[bone].matrixWorld.elements;
      attribute.setXYZW(i, at[12], at[13], at[14], wide);
    });
    attribute.needsUpdate = true;
  }

  dispose() {
    for (const mesh of this.meshes) mesh.geometry.dispose();
    this.meshes[0].skeleton.dispose();
    this.root.removeFromParent();
  }
}
