"""Where Exempelstad lies on paper: waves, districts, groups, schools. Everything here is invented."""

from dataclasses import dataclass

WAVES = ("2022", "2024", "2026")
SURVEYED_AGES = (16, 84)


@dataclass(frozen=True, slots=True)
class District:
    """One district: name, inhabitants aged 16-84 in 2026, mean age, invited by letter, unsafety in standard deviations."""

    name: str
    inhabitants: int
    mean_age: float
    invited: int
    unsafety: float


DISTRICTS = (
    District("Centrum", 8_240, 42.0, 500, 0.15),
    District("Lunden", 5_310, 39.0, 450, 0.85),
    District("Höjden", 4_150, 44.0, 370, 0.20),
    District("Sjöstaden", 6_120, 41.0, 420, 0.10),
    District("Brovallen", 4_870, 50.0, 360, -0.25),
    District("Ekbacken", 5_260, 47.0, 360, -0.30),
    District("Åsbyn", 2_060, 54.0, 290, -0.45),
)
GROUPS = {"utsatt_omrade": ("Lunden", "Höjden", "Sjöstaden")}
AGE_BANDS = {"16–29": (16, 29), "30–49": (30, 49), "50–64": (50, 64), "65–84": (65, 84)}
SEXES = {1: "Kvinna", 2: "Man", 3: "Annat"}
STREAMS = {1: "brev", 2: "webb", 3: "elev"}
SCHOOLS = {1: "Lundenskolan", 2: "Sjöstadens skola", 3: "Ekbackens skola", 4: "Exempelgymnasiet"}
GRADES = {1: "Årskurs 8", 2: "Gymnasiet år 2"}
