"""Build the faces of the lessons: ``python authoring/build.py notebooks``, ``slides``, ``handout``, ``pdf`` or ``kit``, and lessons; or ``site``.

A lesson's name is that of its source, ``01_neuron``, or its number alone, ``01``; no name means all lessons.
"""

import argparse
import sys

import handouts
import kit
import notebooks
import slides
import website

FACES = {
    "notebooks": (notebooks.build, "execute the sources and write lessons/*.ipynb"),
    "slides": (slides.build, "write _build/slides/*.slides.html, which need no network"),
    "handout": (handouts.build, "write _build/handouts/*.ipynb: for students, without solutions and outputs; solutions apart"),
    "pdf": (handouts.build_pdf, "write _build/handouts/*.pdf: the same two, to print (needs Chromium)"),
    "kit": (kit.build, "write _build/kit: for instructors, a page a lesson, exam sheets, course plans (needs Chromium)"),
}


def parser():
    """Return the parser of the command line: one subcommand for each face."""
    commands = argparse.ArgumentParser(prog="build.py", description=__doc__)
    faces = commands.add_subparsers(dest="face", required=True)
    for name, (_, purpose) in FACES.items():
        face = faces.add_parser(name, help=purpose, description=purpose)
        face.add_argument("lessons", nargs="*", metavar="NAME", help="a lesson, such as 01_neuron or 01")
    purpose = "write _build/site: all lessons to run, read, show and download, for a host of static files (needs Chromium)"
    site = faces.add_parser("site", help=purpose, description=purpose)
    site.add_argument("--self-host", metavar="DIR", help="a folder with a Pyodide distribution: the site then asks no other host")
    return commands


def main(arguments=None):
    """Build what the command line asks for; return the exit code (2: no such lesson, 1: a lesson is broken)."""
    options = parser().parse_args(arguments)
    try:
        paths = notebooks.select(getattr(options, "lessons", ()))  # a site has all lessons
    except notebooks.LessonError as error:
        return _complain(error, 2)
    try:
        if options.face == "site":
            website.build(paths, self_host=options.self_host)
        else:
            FACES[options.face][0](paths)
    except notebooks.LessonError as error:
        return _complain(error, 1)
    return 0


def _complain(error, code):
    print(error, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
