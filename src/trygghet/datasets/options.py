"""The two choose-up-to-three lists: the adults' and the pupils'."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choose-up-to-three block: key, label, share of those who answer that choose it by wave, and leanings."""

    key: str
    label: str
    shares: tuple[float, float, float]
    unsafety: float = 0.0
    effects: Mapping[str, float] = field(default_factory=dict)


PRIORITIES = (
    Option("narkotika", "Narkotika", (0.385, 0.425, 0.455), 0.10, {"Lunden": 0.2}),
    Option(
        "grov_brottslighet", "Grov organiserad brottslighet", (0.285, 0.325, 0.330), 0.10, {"Lunden": 0.3}
    ),
    Option("ordning", "Grupper som stör ordningen", (0.310, 0.305, 0.308), 0.15, {"Sjöstaden": 0.3}),
    Option("nedskrapning", "Nedskräpning", (0.285, 0.290, 0.297), -0.20, {"Centrum": 0.2}),
    Option(
        "trafik",
        "Buskörning och farlig trafik",
        (0.305, 0.292, 0.290),
        -0.25,
        {"Ekbacken": 0.3, "Åsbyn": 0.4},
    ),
    Option("sexualbrott", "Sexualbrott", (0.262, 0.278, 0.281), 0.10, {"kvinna": 0.5, "alder": -0.2}),
    Option("inbrott", "Inbrott", (0.235, 0.195, 0.180), -0.10, {"Brovallen": 0.5, "alder": 0.2}),
    Option("skadegorelse", "Skadegörelse och klotter", (0.165, 0.155, 0.150), -0.10),
    Option("cykelstold", "Cykelstölder", (0.145, 0.125, 0.115), -0.15, {"Centrum": 0.4, "alder": -0.2}),
    Option("bedrageri", "Bedrägerier mot äldre", (0.085, 0.105, 0.125), 0.0, {"alder": 0.6}),
    Option(
        "belysning", "Mörka och otrygga platser", (0.105, 0.095, 0.090), 0.20, {"kvinna": 0.3, "Åsbyn": 0.3}
    ),
    Option("vald_nara", "Våld i nära relationer", (0.060, 0.063, 0.066), 0.0, {"kvinna": 0.4}),
)
UNIONS = {"ordning_och_nedskrapning": ("ordning", "nedskrapning")}
PUPIL_PRIORITIES = (
    Option("mobbning", "Mobbning och kränkningar", (0.46, 0.45, 0.44)),
    Option("droger", "Droger bland unga", (0.33, 0.38, 0.41), 0.1),
    Option("vald_skola", "Bråk och våld i skolan", (0.34, 0.36, 0.37), 0.2),
    Option("natet", "Hot och kränkningar på nätet", (0.30, 0.31, 0.33), 0.0, {"kvinna": 0.3}),
    Option("sexuellt", "Sexuella trakasserier", (0.27, 0.28, 0.28), 0.0, {"kvinna": 0.6}),
    Option("skolvag", "Trygg väg till skolan", (0.20, 0.19, 0.18), 0.2),
    Option("fritid", "Någonstans att vara på fritiden", (0.36, 0.35, 0.35), -0.1),
    Option("vuxna", "Fler vuxna ute på kvällarna", (0.22, 0.22, 0.21), 0.1),
)
