// @ts-check
/**
 * How a surface looks: the lights of `supple.figure.light` in a browser, so that a still and the moving figure are alike.
 *
 * Left out for speed: light that folds keep away, and shadows that soften with height.
 */

import * as THREE from "./vendor/three.module.js";

/** from the camera: across, above, near; the directions of `supple.figure.light.directions` */
const KEY = [-0.5, 0.85, 0.62];
const FILL = [0.8, 0.3, 0.55];
const RIM = [0.45, 0.55, -0.8];
const KEY_AWAY_M = 5;
const SHADOW_SIZE = 1024;

/** What all materials of one figure share. */
export function lights() {
  const uniform = () => ({ value: new THREE.Vector3() });
  return { key: uniform(), fill: uniform(), rim: uniform() };
}

/** The lamp whose shadow falls; its light itself is in the shader. */
export function lamp() {
  const light = new THREE.DirectionalLight();
  light.castShadow = true;
  light.shadow.mapSize.set(SHADOW_SIZE, SHADOW_SIZE);
  light.shadow.radius = 5;
  light.shadow.normalBias = 0.014;
  light.shadow.bias = -0.0008;
  return light;
}

/**
 * Turns the lights with the camera.
 * @param {ReturnType<typeof lights>} shared
 * @param {any} light the lamp
 * @param {any} camera
 * @param {{middle: number[], reach: number}} scope what throws a shadow: a ball around all that moves
 */
export function aim(shared, light, camera, scope) {
  camera.updateMatrixWorld();
  const right = new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 0).setY(0).normalize();
  const near = new THREE.Vector3(-right.z, 0, right.x);
  for (const [uniform, [across, above, towards]] of /** @type {[any, number[]][]} */ ([
    [shared.key, KEY],
    [shared.fill, FILL],
    [shared.rim, RIM],
  ])) {
    uniform.value.set(0, above, 0).addScaledVector(right, across).addScaledVector(near, towards).normalize();
  }
  light.target.position.fromArray(scope.middle);
  light.position.fromArray(scope.middle).addScaledVector(shared.key.value, KEY_AWAY_M);
  const lens = light.shadow.camera;
  [lens.left, lens.right, lens.bottom, lens.top] = [-scope.reach, scope.reach, -scope.reach, scope.reach];
  [lens.near, lens.far] = [KEY_AWAY_M - scope.reach - 0.5, KEY_AWAY_M + scope.reach + 1.5];
  lens.updateProjectionMatrix();
  light.updateMatrixWorld();
  light.target.updateMatrixWorld();
}

const VERTEX = `
  varying vec3 vColour, vNormalIn, vPlace;
  #include <common>
  #include <skinning_pars_vertex>
  #include <shadowmap_pars_vertex>
  void main() {
    #include <beginnormal_vertex>
    #include <skinbase_vertex>
    #include <skinnormal_vertex>
    #include <defaultnormal_vertex>
    #include <begin_vertex>
    #include <skinning_vertex>
    #include <project_vertex>
    #include <worldpos_vertex>
    #include <shadowmap_vertex>
    vColour = color.rgb;
    vNormalIn = mat3(modelMatrix) * objectNormal;
    vPlace = (modelMatrix * vec4(transformed, 1.0)).xyz;
  }`;

const FRAGMENT = `
  uniform vec3 key, fill, rim;
  uniform float cover;
  varying vec3 vColour, vNormalIn, vPlace;
  #include <common>
  #include <bsdfs>
  #include <lights_pars_begin>
  #include <shadowmap_pars_fragment>
  #include <shadowmask_pars_fragment>
  void main() {
    vec3 normal = normalize(vNormalIn) * (gl_FrontFacing ? 1.0 : -1.0);
    vec3 towards = normalize(cameraPosition - vPlace);
    float toKey = max(0.0, (dot(normal, key) + 0.35) / 1.35);
    toKey *= (0.55 + 0.45 * toKey) * (0.4 + 0.6 * getShadowMask());
    float grounded = 1.0 - 0.45 * exp(-max(vPlace.y, 0.0) / 0.07) * (0.5 - 0.5 * normal.y);
    float sky = (0.62 + 0.38 * normal.y) * grounded;
    float facing = 1.0 - abs(dot(normal, towards));
    float edge = facing * facing * facing * max(0.0, 0.35 + dot(normal, rim)) * grounded;
    float toFill = max(0.0, 0.3 + 0.7 * dot(normal, fill)) * grounded;
    vec3 warm = 0.35 * (1.0 - toKey) * vec3(0.16, 0.10, 0.08) * vColour;
    vec3 light = toKey * vec3(0.98, 0.94, 0.89) + sky * vec3(0.20, 0.21, 0.22) + toFill * vec3(0.22, 0.22, 0.23) + warm;
    gl_FragColor = vec4(vColour * light + 0.10 * edge, cover);
    #include <colorspace_fragment>
  }`;

/** how much of what is behind it a wall before the figure covers; `supple.figure.rasteriser.VEIL` */
export const VEIL = 0.3;

/**
 * The material of body and things: the colour of each vertex under our lights; of what is open, both sides are drawn.
 * @param {ReturnType<typeof lights>} shared
 * @param {{open?: boolean, cover?: number}} kind less than 1 is `cover` for what is seen through
 */
export function surface(shared, { open = false, cover = 1 }) {
  const material = new THREE.ShaderMaterial({
    uniforms: THREE.UniformsUtils.clone(THREE.UniformsLib.lights),
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    lights: true,
    vertexColors: true,
    side: open ? THREE.DoubleSide : THREE.FrontSide,
    transparent: cover < 1,
    depthWrite: cover === 1,
  });
  material.shadowSide = THREE.DoubleSide;
  Object.assign(material.uniforms, shared, { cover: { value: cover } });
  return material;
}

/** The floor: clear but for the shadow on it. */
export function floor() {
  const plane = new THREE.Mesh(
    new THREE.PlaneGeometry(12, 12).rotateX(-Math.PI / 2),
    new THREE.ShadowMaterial({ color: 0x1a1a1a, opacity: 0.34 }),
  );
  plane.position.y = -0.0065; // the mat is let into the floor
  plane.receiveShadow = true;
  return plane;
}

const SPOT_VERTEX = `
  attribute vec4 spot;
  varying vec2 vAt;
  varying float vDark;
  void main() {
    vAt = position.xz;
    float radius = spot.w + 0.5 * max(spot.y, 0.0);
    vDark = 0.34 * exp(-max(spot.y - 0.06, 0.0) / 0.11);
    gl_Position = projectionMatrix * viewMatrix * vec4(spot.x + position.x * radius, 0.002, spot.z + position.z * radius, 1.0);
  }`;
const SPOT_FRAGMENT = `
  varying vec2 vAt;
  varying float vDark;
  void main() {
    float fade = max(0.0, 1.0 - dot(vAt, vAt));
    gl_FragColor = vec4(0.03, 0.03, 0.03, vDark * fade * fade);
  }`;

/**
 * Soft dark spots where the body comes near the floor: what is left of the shadow when there is no time for one.
 * @param {number} count
 */
export function spots(count) {
  const flat = new THREE.PlaneGeometry(2, 2).rotateX(-Math.PI / 2);
  const geometry = new THREE.InstancedBufferGeometry();
  geometry.index = flat.index;
  geometry.setAttribute("position", flat.getAttribute("position"));
  geometry.setAttribute("spot", new THREE.InstancedBufferAttribute(new Float32Array(4 * count), 4));
  geometry.instanceCount = count;
  const material = new THREE.ShaderMaterial({
    vertexShader: SPOT_VERTEX,
    fragmentShader: SPOT_FRAGMENT,
    transparent: true,
    depthWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: -2,
    polygonOffsetUnits: -2,
  });
  const mesh = new THREE.Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 1;
  return mesh;
}

const SQUARE_VERTEX = "varying vec2 vAt; void main() { vAt = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }";
const SQUARE_FRAGMENT = `
  uniform sampler2D picture;
  varying vec2 vAt;
  void main() {
    vec4 mean = texture2D(picture, vAt);
    gl_FragColor = vec4(mean.rgb / max(mean.a, 0.0001), mean.a);
    #include <colorspace_fragment>
    gl_FragColor.rgb *= mean.a;
  }`;

/** A picture with four samples in each pixel, put on the canvas with clear ground kept clear. */
export class Smoother {
  constructor() {
    this.target = new THREE.WebGLRenderTarget(1, 1, { samples: 4, type: THREE.HalfFloatType });
    this.material = new THREE.ShaderMaterial({
      uniforms: { picture: { value: this.target.texture } },
      vertexShader: SQUARE_VERTEX,
      fragmentShader: SQUARE_FRAGMENT,
      depthTest: false,
      depthWrite: false,
      blending: THREE.NoBlending,
    });
    this.square = new THREE.Mesh(new THREE.PlaneGeometry(2, 2), this.material);
    this.square.frustumCulled = false;
    this.lens = new THREE.OrthographicCamera();
  }

  /**
   * @param {any} renderer
   * @param {any} scene
   * @param {any} camera
   */
  render(renderer, scene, camera) {
    const size = renderer.getDrawingBufferSize(new THREE.Vector2());
    if (size.x !== this.target.width || size.y !== this.target.height) this.target.setSize(size.x, size.y);
    renderer.setRenderTarget(this.target);
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    renderer.render(this.square, this.lens);
  }

  dispose() {
    this.target.dispose();
    this.material.dispose();
    this.square.geometry.dispose();
  }
}
