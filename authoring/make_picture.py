"""Write the README's moving picture, ``authoring/images/neuron.gif``, from the neuron explorer's own frames."""

import io
from pathlib import Path

from PIL import Image

from mlp_course.explorers.neuron import PRESETS, scene_of
from mlp_course.film import Camera

TARGET = Path(__file__).parent / "images" / "neuron.gif"


def main():
    """Write the picture; it plays three times and then stands still."""
    scene = scene_of(PRESETS[0].settings)
    camera = Camera(scene)
    frames = [Image.open(io.BytesIO(camera.shoot(k))) for k in range(scene.count)]
    pauses = [900] + [160] * (len(frames) - 2) + [2500]
    frames[0].save(TARGET, save_all=True, append_images=frames[1:], duration=pauses, loop=2)


if __name__ == "__main__":
    main()
