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
from trygghet.waves.published import PUBLISHED, PublishedWave, read_published, write_published_template

__all__ = [
    "PUBLISHED",
    "Break",
    "PublishedWave",
    "breaks_between",
    "change",
    "detectable_change",
    "detectable_next_change",
    "equivalence_p_values",
    "planned_detectable_change",
    "planned_smallest_margin",
    "read_published",
    "required_answers",
    "satterthwaite",
    "smallest_margin",
    "waves_of",
    "write_published_template",
]
