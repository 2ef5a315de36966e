"""What one film frame of the figure costs: ours beside pyrender on OSMesa, moderngl on llvmpipe, and pyvista.

The same body from the same camera at 1280 x 720, its vertices and normals handed over anew for each frame and the
pixels fetched back. Each engine runs in a process of its own; CPU time counts all of that process's threads. Writes
`rasteriser.md` beside itself. The peers are no part of Supple's tools; to have them, in a scratch environment:

    apt-get install libosmesa6 libegl1 libgl1-mesa-dri
    pip install numpy numba pillow moderngl pyvista pyrender
    pip install --upgrade PyOpenGL
    PYTHONPATH=src python benchmarks/rasteriser.py

pyrender's 0.1.45 asks for PyOpenGL 3.1.0, which does not know OSMesa's newer calls; hence the second line.
"""

import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import radians
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from supple.figure import scene
from supple.figure.body import load
from supple.figure.rasteriser import Mesh, render
from supple.figure.stills import GROUNDS, Backing, still
from supple.figure.view import Camera, View, axes, framed

SIZE = (1280, 720)
FRAMES = 20
ROUNDS = 3
Frame = Callable[[npt.NDArray[np.float32], npt.NDArray[np.float32]], npt.NDArray[np.uint8]]

VERTEX = """#version 330
uniform mat4 lens; in vec3 place; in vec3 normal; in vec3 colour; out vec3 n; out vec3 c;
void main() { gl_Position = lens * vec4(place, 1.0); n = normal; c = colour; }"""
FRAGMENT = """#version 330
in vec3 n; in vec3 c; out vec4 seen;
void main() { float k = 0.5 + 0.5 * dot(normalize(n), normalize(vec3(0.45, 0.8, 0.55)));
seen = vec4(c * (0.35 + 0.75 * k * k), 1.0); }"""


@dataclass(frozen=True)
class Engine:
    """One way of drawing, and what it draws besides plain light."""

    name: str
    smoothing: str
    extras: str
    prepare: Callable[[Mesh, Camera], Frame]


def ours(mesh: Mesh, camera: Camera) -> Frame:
    """Our own, as the film asks for it."""
    return lambda vertices, normals: render(
        Mesh(vertices, mesh.triangles, mesh.colours, normals), camera, SIZE, ground=GROUNDS[Backing.LIGHT]
    )


def plainer(mesh: Mesh, camera: Camera) -> Frame:
    """Our own with one sample in each pixel."""
    return lambda vertices, normals: render(
        Mesh(vertices, mesh.triangles, mesh.colours, normals),
        camera,
        SIZE,
        ground=GROUNDS[Backing.LIGHT],
        fineness=1,
    )


def by_pyrender(mesh: Mesh, camera: Camera) -> Frame:
    """pyrender with its physically based shader on OSMesa."""
    os.environ["PYOPENGL_PLATFORM"] = "osmesa"
    vars(np)["infty"] = np.inf  # pyrender 0.1.45 was written for numpy 1
    pyrender = importlib.import_module("pyrender")
    renderer = pyrender.OffscreenRenderer(*SIZE)
    lens = pyrender.PerspectiveCamera(yfov=radians(camera.field_deg), aspectRatio=SIZE[0] / SIZE[1])
    matt = pyrender.MetallicRoughnessMaterial(metallicFactor=0.0, roughnessFactor=0.9, baseColorFactor=(1, 1, 1, 1))
    stand = np.linalg.inv(_seen_from(camera))
    colours = np.hstack([mesh.colours, np.ones((len(mesh.colours), 1), np.float32)])

    def frame(vertices: npt.NDArray[np.float32], normals: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        room = pyrender.Scene(bg_color=(0.9, 0.9, 0.9, 1.0), ambient_light=(0.3, 0.3, 0.3))
        body = pyrender.Primitive(vertices, normals, color_0=colours, indices=mesh.triangles, mode=4, material=matt)
        room.add(pyrender.Mesh([body]))
        room.add(lens, pose=stand)
        room.add(pyrender.DirectionalLight(intensity=20.0), pose=stand)
        picture: npt.NDArray[np.uint8] = renderer.render(room)[0]
        return picture

    return frame


def by_moderngl(mesh: Mesh, camera: Camera) -> Frame:
    """moderngl over EGL, four samples in each pixel."""
    os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"
    moderngl = importlib.import_module("moderngl")
    context = moderngl.create_context(standalone=True, backend="egl")
    program = context.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
    program["lens"].write((_perspective(camera) @ _seen_from(camera)).T.astype(np.float32).tobytes())
    moving = context.buffer(reserve=len(mesh.vertices) * 24, dynamic=True)
    array = context.vertex_array(
        program,
        [(moving, "3f 3f", "place", "normal"), (context.buffer(mesh.colours.tobytes()), "3f", "colour")],
        context.buffer(mesh.triangles.tobytes()),
    )
    many = context.framebuffer([context.renderbuffer(SIZE, 4, samples=4)], context.depth_renderbuffer(SIZE, samples=4))
    plain = context.framebuffer([context.renderbuffer(SIZE, 4)])
    context.enable(moderngl.DEPTH_TEST)

    def frame(vertices: npt.NDArray[np.float32], normals: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        moving.write(np.hstack([vertices, normals]).astype(np.float32).tobytes())
        many.use()
        many.clear(0.9, 0.9, 0.9, 1.0)
        array.render()
        context.copy_framebuffer(plain, many)
        return np.frombuffer(plain.read(components=3), np.uint8).reshape(SIZE[1], SIZE[0], 3)[::-1]

    return frame


def by_pyvista(mesh: Mesh, camera: Camera) -> Frame:
    """pyvista on the software renderer that its wheel brings or finds, four samples in each pixel."""
    os.environ["LIBGL_ALWAYS_SOFTWARE"] = "1"
    pyvista = importlib.import_module("pyvista")
    plotter = pyvista.Plotter(off_screen=True, window_size=SIZE)
    faces = np.hstack([np.full((len(mesh.triangles), 1), 3), mesh.triangles])
    body = pyvista.PolyData(mesh.vertices.copy(), faces.ravel())
    body["colour"] = (mesh.colours * 255).astype(np.uint8)
    body.point_data.active_normals = mesh.normals
    plotter.add_mesh(body, scalars="colour", rgb=True, smooth_shading=True)
    plotter.enable_anti_aliasing("msaa", multi_samples=4)
    plotter.camera_position = [camera.eye, camera.target, (0, 1, 0)]
    plotter.camera.view_angle = camera.field_deg
    plotter.show(auto_close=False)

    def frame(vertices: npt.NDArray[np.float32], normals: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        body.points = vertices
        body.point_data.active_normals = normals
        plotter.render()
        picture: npt.NDArray[np.uint8] = plotter.screenshot(return_img=True)
        return picture

    return frame


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("ours", "4 samples", "floor and self shadow, folds", ours),
        Engine("ours, one sample", "none", "floor and self shadow, folds", plainer),
        Engine("pyrender, OSMesa", "none", "none", by_pyrender),
        Engine("moderngl, EGL llvmpipe", "4 samples", "none", by_moderngl),
        Engine("pyvista", "4 samples", "none", by_pyvista),
    )
}


def subject() -> tuple[Mesh, Camera]:
    """The woman at rest, three quarters from the front."""
    body = load("woman")
    mesh = scene.figure(body, scene.at_rest(body))
    return mesh, framed(View.THREE_QUARTER, mesh.vertices, SIZE)


def measured(name: str) -> dict[str, Any]:
    """CPU and wall milliseconds of a frame (the least of three rounds), and the share of pixels drawn."""
    mesh, camera = subject()
    frame = ENGINES[name].prepare(mesh, camera)
    assert mesh.normals is not None
    picture = frame(mesh.vertices, mesh.normals)
    cpu, wall = [], []
    for _ in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        for i in range(FRAMES):
            picture = frame(mesh.vertices + np.float32(1e-4 * i), mesh.normals)
        wall.append((time.perf_counter() - begun) * 1000 / FRAMES)
        cpu.append((time.process_time() - spent) * 1000 / FRAMES)
    keep = os.environ.get("SUPPLE_BENCHMARK_PICTURES")
    if keep:
        from PIL import Image

        Image.fromarray(np.ascontiguousarray(picture)).save(
            Path(keep) / f"{name.replace(', ', '-').replace(' ', '-')}.png"
        )
    different = np.abs(picture[..., :3].astype(int) - picture[2, 2, :3]).sum(axis=-1) > 40
    return {"cpu": min(cpu), "wall": min(wall), "share": float(different.mean())}


def apart(name: str) -> dict[str, Any] | str:
    """`measured` in a process of its own, or why there is nothing to measure."""
    done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found
    last = (done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"])[-1]
    return last.removeprefix("ModuleNotFoundError: ").replace("|", "/")[:120]


def stills() -> tuple[float, float]:
    """Wall milliseconds of a still of 640 x 480: median and worst of 30, over five views."""
    mesh, _ = subject()
    taken = []
    for i in range(35):
        begun = time.perf_counter()
        still(mesh, list(View)[i % 5], behind=Backing.LIGHT)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[5:]), max(taken[5:])


def report() -> str:
    """The page."""
    mesh, _ = subject()
    rows = []
    for name, engine in ENGINES.items():
        found = apart(name)
        if isinstance(found, str):
            rows.append(f"| {name} | not measured: {found} | | | | |")
        else:
            numbers = f"{found['cpu']:.0f} | {found['wall']:.0f} | {100 * found['share']:.0f} %"
            rows.append(f"| {name} | {numbers} | {engine.smoothing} | {engine.extras} |")
    middle, worst = stills()
    return "\n".join(
        [
            "# Drawing times",
            "",
            "Made by `python benchmarks/rasteriser.py`. Milliseconds are of one machine; the ratios are what counts.",
            "",
            f"A body of {len(mesh.vertices)} vertices and {len(mesh.triangles)} triangles at {SIZE[0]} x {SIZE[1]}, in",
            f"software on {os.cpu_count()} cores: least of {ROUNDS} rounds of {FRAMES} frames. The share is that of",
            "pixels unlike the corner's: the figure, and with ours its shadow, too.",
            "",
            "| engine | CPU ms a frame | wall ms a frame | share drawn | smoothing | more than plain light |",
            "|---|---:|---:|---:|---|---|",
            *rows,
            "",
            f"A still of 640 x 480 (9 samples in each pixel), warm, over five views: median {middle:.0f} ms,",
            f"worst {worst:.0f} ms of 30.",
            "",
        ]
    )


def _seen_from(camera: Camera) -> npt.NDArray[np.float64]:
    """Room to camera as OpenGL wants it: looking along -z."""
    rows = axes(camera) * np.array([[1], [1], [-1]])
    moved = np.eye(4)
    moved[:3, :3], moved[:3, 3] = rows, -rows @ np.array(camera.eye)
    return moved


def _perspective(camera: Camera, near: float = 0.1, far: float = 30.0) -> npt.NDArray[np.float64]:
    steep = 1 / np.tan(radians(camera.field_deg) / 2)
    return np.array(
        [
            (steep * SIZE[1] / SIZE[0], 0, 0, 0),
            (0, steep, 0, 0),
            (0, 0, (far + near) / (near - far), 2 * far * near / (near - far)),
            (0, 0, -1, 0),
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        page = report()
        Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")
        print(page)
