"""Settings that all tests share."""

import sys
from importlib.metadata import version

from packaging.version import Version

# The outputs stored in the lessons were made on Linux with these. Elsewhere, and with older ones,
# the lessons are run all the same, but a difference in the last digit or in a picture's words is no failure.
STORED_WITH = {"numpy": (2, 4), "matplotlib": (3, 11), "scikit-learn": (1, 9)}


def pytest_configure(config):
    if sys.platform != "linux" or any(installed(name) < stored for name, stored in STORED_WITH.items()):
        config.option.nbval_lax = True


def installed(name):
    return Version(version(name)).release[:2]
