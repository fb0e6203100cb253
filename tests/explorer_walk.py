"""What the tests of all explorers share: a control is put on a value, and the player must show the film of it."""

import threading

import pytest

from mlp_course.film import Camera

from_each_thread = pytest.mark.parametrize("from_thread", [False, True], ids=["main thread", "worker thread"])


def put(explorer, name, value, from_thread):
    """Put the control ``name`` on ``value``, in this thread or in one of its own."""
    if not from_thread:
        explorer.controls[name].value = value
        return
    thread = threading.Thread(target=setattr, args=(explorer.controls[name], "value", value))
    thread.start()
    thread.join()


def shows_film_of(explorer, scene_of, name, value):
    """Assert that ``explorer`` soon shows the whole film of its settings, with ``name`` on ``value`` and no error."""
    assert explorer.wait() and "Error" not in explorer.message.value
    assert explorer.settings()[name] == value
    scene, shown = scene_of(explorer.settings()), [view.value for view in explorer.player.stack.children]
    assert len(shown) == max(scene.count, 2)  # one frame is shown twice: a slider needs two ends
    assert scene.describe(0) in shown[0] and scene.describe(scene.count - 1) in shown[-1]


class FewPictures(Camera):
    """A camera for tests that do not look at the pictures: every state is drawn, one of eight as pixels."""

    def shoot(self, k):
        if k % 8 == 0:
            self._picture = super().shoot(k)
        else:
            self._scene.draw(k)
        return self._picture
