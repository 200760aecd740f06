"""Waves compared: change with its interval, breaks that forbid it, and the smallest change that would be seen."""

from trygghet.change.breaks import Break, breaks_between
from trygghet.change.change import change, satterthwaite, waves_of
from trygghet.change.detectable import (
    detectable_change,
    detectable_next_change,
    planned_detectable_change,
    required_answers,
)

__all__ = [
    "Break",
    "breaks_between",
    "change",
    "detectable_change",
    "detectable_next_change",
    "planned_detectable_change",
    "required_answers",
    "satterthwaite",
    "waves_of",
]
