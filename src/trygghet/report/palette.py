"""Colours and type sizes of the figures; every graphic tone has at least 3:1 and every text at least 4.5:1 against white."""

from typing import Final

INK: Final = "#1a1a1a"
QUIET: Final = "#565656"
RULE: Final = "#d0d0d0"
FRAME: Final = "#aab4bf"
FAINT: Final = "#8a8a8a"
SURE: Final = "#164a7c"
MAYBE: Final = "#4d83b8"
NOT_AMONG: Final = "#7d7d7d"
PLAIN: Final = "#2f6ca5"
OPEN_FACE: Final = "#ececec"
OPEN_EDGE: Final = "#6b6b6b"
WARNING: Final = "#9c1c1c"
HEAT_LOW: Final = "#f7fafd"
HEAT_HIGH: Final = "#8fbbe0"
OPEN_LOW: Final = "#fafafa"
OPEN_HIGH: Final = "#c4c4c4"

FONT: Final = "DejaVu Sans"
TITLE_SIZE: Final = 12.5
TEXT_SIZE: Final = 9.0
SMALL_SIZE: Final = 7.8
