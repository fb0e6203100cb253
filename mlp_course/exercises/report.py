"""What a check answers: one line of plain text, and the same in color where the notebook shows HTML."""

import re
from dataclasses import dataclass
from html import escape

_CODE = re.compile(r"`([^`]+)`")

# verdict: icon, color of the bar beside the words
FACES = {
    "not attempted yet": ("○", "#767676"),
    "right": ("✓", "#1b7f4b"),
    "right, but": ("◐", "#b36b00"),
    "not yet": ("✗", "#b3402a"),
}
SOLVED = ("right", "right, but")


@dataclass(frozen=True)
class Report:
    """The answer to one check: a ``verdict``, a ``message`` of a few lines, and the name of a known ``mistake``."""

    exercise: str
    verdict: str
    message: str = ""
    mistake: str = ""

    @property
    def passed(self):
        """Whether the exercise counts as solved."""
        return self.verdict in SOLVED

    def __repr__(self):
        icon, _ = FACES[self.verdict]
        end = ":" if self.verdict == "right, but" else "."
        return " ".join([f"{icon} {self.exercise}: {self.verdict}{end}", *self.message.split("\n")]).rstrip()

    def _repr_html_(self):
        icon, color = FACES[self.verdict]
        words = _CODE.sub(r"<code>\1</code>", escape(self.message)).replace("\n", "<br>")
        message = f"<br>{words}" if words else ""
        return (
            f'<div style="border-left: 4px solid {color}; padding: 4px 12px">'
            f"<b>{icon} {escape(self.exercise)}: {escape(self.verdict)}</b>{message}</div>"
        )


@dataclass(frozen=True)
class Progress:
    """The last verdict on each exercise of a lesson."""

    verdicts: dict

    def __repr__(self):
        return f"{self._headline()}\n" + "\n".join(f"{FACES[v][0]} {name}: {v}" for name, v in self.verdicts.items())

    def _headline(self):
        solved = sum(verdict in SOLVED for verdict in self.verdicts.values())
        return f"{solved} of {len(self.verdicts)} exercises solved"

    def _repr_html_(self):
        rows = "".join(
            f'<li style="list-style: none"><span style="color: {FACES[v][1]}">{FACES[v][0]}</span> {escape(name)}: {v}</li>'
            for name, v in self.verdicts.items()
        )
        return f"<div><b>{self._headline()}</b><ul>{rows}</ul></div>"
