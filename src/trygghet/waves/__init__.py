"""Waves compared: change with its interval, breaks that forbid it, and the smallest change that would be seen."""

from trygghet.waves.breaks import Break, breaks_between
from trygghet.waves.change import change, satterthwaite, waves_of
from trygghet.waves.detectable import (
    detectable_change,
    detectable_next_change,
    planned_detectable_change,
    required_answers,
)
from trygghet.waves.equivalence import equivalence_p_values, planned_smallest_margin, smallest_margin

__all__ = [
    "Break",
    "breaks_between",
    "change",
    "detectable_change",
    "detectable_next_change",
    "equivalence_p_values",
    "planned_detectable_change",
    "planned_smallest_margin",
    "required_answers",
    "satterthwaite",
    "smallest_margin",
    "waves_of",
]
