"""Write data/*.csv from the copies that scikit-learn bundles, and their checksums into data/README.md.

Run ``python authoring/make_data.py``; a second run changes no byte.
"""

import hashlib
import re
from pathlib import Path

from sklearn import datasets

DATA = Path(__file__).resolve().parents[1] / "data"
LABELS = {"breast_cancer": "malignant", "iris": "species", "wine": "cultivar", "digits": "digit"}


def number(value):
    """Return the shortest text that ``float`` reads as exactly ``value``."""
    return repr(float(value)).removesuffix(".0")


def csv_text(name):
    """Return the text of data/<name>.csv: column names, then one example a line, its label last."""
    bunch = getattr(datasets, f"load_{name}")()
    labels = 1 - bunch.target if name == "breast_cancer" else bunch.target  # scikit-learn: 0 = malignant
    lines = [[*bunch.feature_names, LABELS[name]]]
    lines += [map(number, [*row, label]) for row, label in zip(bunch.data, labels)]
    return "".join(",".join(line) + "\n" for line in lines)


def with_checksums(readme, folder):
    """Return the text ``readme`` with the last cell of each file's table row set to the file's SHA-256."""
    for name in LABELS:
        checksum = hashlib.sha256((folder / f"{name}.csv").read_bytes()).hexdigest()
        readme, found = re.subn(rf"(?m)^(\| `{name}\.csv` \|.*\|)[^|\n]*\|$", rf"\g<1> `{checksum}` |", readme)
        if found != 1:
            raise ValueError(f"README.md must have one table row for {name}.csv, got {found}")
    return readme


def main(folder=DATA):
    """Write the four files and the checksums into ``folder``."""
    for name in LABELS:
        (folder / f"{name}.csv").write_bytes(csv_text(name).encode("ascii"))
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(with_checksums(text, folder), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
