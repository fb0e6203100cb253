"""Frames, filmstrips and the HTML player: what is in the pixels, and what needs no network."""

import base64
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

from mlp_course import film, plots
from mlp_course.scenes import Scene

ALTS = ["a dot at 0", "a dot at 1", "a dot at 2", "a dot at 3", "a dot at 4"]


def dot_scene(with_moving):
    fig, ax = plots.figure(3.2, 2.0, layout=None)
    ax.set(xlim=(-1, 5), ylim=(-1, 1))
    (dot,) = ax.plot([], [], "o", markersize=20, color=plots.COLORS[1])
    return Scene(fig, 5, lambda k: dot.set_data([k], [0]), lambda k: ALTS[k], (dot,) if with_moving else ())


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def orange_column(png):
    """Return the mean column of the pixels with the color of the dot."""
    wanted = np.array([0xD5, 0x5E, 0x00])
    columns = np.nonzero((np.abs(pixels(png) - wanted) < 24).all(axis=2))[1]
    return columns.mean()


def test_a_frame_has_the_size_of_its_figure_and_few_colors():
    scene = dot_scene(False)
    scene.draw(2)
    image = Image.open(io.BytesIO(film.frame(scene.figure)))
    assert image.size == (320, 200)
    assert image.mode == "P" and len(image.getcolors()) <= 128
    assert Image.open(io.BytesIO(film.frame(scene.figure, scale=2))).size == (640, 400)


def test_the_paper_around_a_figure_is_white():
    assert (pixels(film.frame(dot_scene(False).figure))[0, 0] == 255).all()


@pytest.mark.parametrize("with_moving", [False, True])
def test_the_camera_shows_each_state_whatever_came_before(with_moving):
    camera = film.Camera(dot_scene(with_moving))
    there = [orange_column(camera.shoot(k)) for k in range(5)]
    assert np.allclose(np.diff(there), np.diff(there)[0], atol=1.5) and there[4] - there[0] > 100
    assert camera.shoot(3) == camera.shoot(3)
    again = film.Camera(dot_scene(with_moving))
    assert again.shoot(3) == camera.shoot(3), "state 3 must depend on k alone"


def test_drawing_only_what_moves_gives_the_same_picture():
    whole, moving = film.Camera(dot_scene(False)), film.Camera(dot_scene(True))
    assert np.abs(pixels(whole.shoot(2)) - pixels(moving.shoot(2))).mean() < 1


def shots():
    camera = film.Camera(dot_scene(True))
    return [camera.shoot(k) for k in range(5)]


def test_a_filmstrip_shows_first_and_last_and_says_them():
    strip = film.filmstrip(shots(), ALTS)
    assert re.findall('alt="([^"]*)"', strip) == [ALTS[0], ALTS[1], ALTS[3], ALTS[4]]
    assert base64.b64encode(shots()[4]).decode() in strip
    assert "<script" not in strip and "<style" not in strip and "<svg" not in strip


def test_alternative_text_is_escaped():
    assert 'alt="a &lt; &quot;b&quot;"' in film.img(shots()[0], 'a < "b"')
    player = film.html_player(shots(), ["</script><b>"] * 5)
    assert player.count("</script>") == 1 and "<b>" not in player.replace("<\\/script><b>", "")


def test_the_html_player_carries_all_frames_and_no_address():
    pictures = shots()
    player = film.html_player(pictures, ALTS, interval=70, name="film-7")
    carried = json.loads(re.search(r"frames = (\[.*?\]), alts", player).group(1))
    assert [base64.b64decode(data) for data in carried] == pictures
    assert json.loads(re.search(r"alts = (\[.*?\]);", player).group(1)) == ALTS
    assert 'id="film-7"' in player and "setInterval(step, 70)" in player
    assert not re.search(r"https?:|//cdn", player)


def test_the_face_is_read_from_one_place(monkeypatch):
    monkeypatch.delenv("MLP_COURSE_PLAYER", raising=False)
    assert film.live_player_wanted() and "<script" not in film.face(shots(), ALTS)
    monkeypatch.setenv("MLP_COURSE_PLAYER", "html")
    assert not film.live_player_wanted() and "<script" in film.face(shots(), ALTS)


def test_a_picture_needs_words():
    fig, _ = plots.figure()
    assert 'alt="an empty frame"' in film.Picture(fig, "an empty frame")._repr_html_()
    with pytest.raises(ValueError, match="alt must say in words"):
        film.Picture(fig, "")
