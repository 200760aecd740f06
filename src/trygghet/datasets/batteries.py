"""The batteries: problems in the area, worry, and exposure to crime, one row a question."""

from trygghet.datasets.places import WAVES
from trygghet.datasets.scales import Item, Measure


def by_wave(*shares: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    """One share vector a wave.

    Parameters
    ----------
    *shares : tuple of float
        Shares behind each code of a scale, one vector a wave.

    Returns
    -------
    dict of str to tuple of float
        The vectors by wave.
    """
    return dict(zip(WAVES, shares, strict=True))


def split_shares(
    levels: tuple[float, float, float], low: tuple[float, ...], high: tuple[float, ...]
) -> dict[str, tuple[float, ...]]:
    """Shares for a scale whose upper codes together hold a given level in each wave.

    Parameters
    ----------
    levels : tuple of float
        Share of the upper codes, one a wave.
    low, high : tuple of float
        How the lower and the upper half are split on their codes; each sums to one.

    Returns
    -------
    dict of str to tuple of float
        Shares behind each code, by wave.
    """
    return by_wave(
        *(tuple((1 - p) * part for part in low) + tuple(p * part for part in high) for p in levels)
    )


_PROBLEMS: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float], float], ...] = (
    ("nedskrapning", "Nedskräpning", (0.34, 0.36, 0.38), 0.30, {"Centrum": 0.3, "Sjöstaden": 0.1}, 0.02),
    ("skadegorelse", "Skadegörelse och klotter", (0.22, 0.24, 0.24), 0.40, {"Centrum": 0.2}, 0.05),
    ("narkotikahandel", "Öppen narkotikahandel", (0.30, 0.36, 0.40), 0.45, {"Lunden": 0.5}, 0.14),
    (
        "narkotikapaverkade",
        "Narkotikapåverkade personer på allmän plats",
        (0.27, 0.30, 0.33),
        0.45,
        {"Centrum": 0.5},
        0.08,
    ),
    ("berusade", "Berusade personer utomhus", (0.25, 0.23, 0.22), 0.35, {"Centrum": 0.5}, 0.04),
    (
        "ungdomsgrupper",
        "Ungdomsgrupper som bråkar eller stör ordningen",
        (0.30, 0.33, 0.34),
        0.50,
        {"Sjöstaden": 0.3},
        0.05,
    ),
    ("brak_vald", "Bråk och våld på allmän plats", (0.15, 0.17, 0.18), 0.50, {"Lunden": 0.3}, 0.07),
    (
        "sexuella_trakasserier",
        "Sexuella trakasserier",
        (0.09, 0.10, 0.10),
        0.40,
        {"kvinna": 0.5, "alder": -0.2},
        0.15,
    ),
    (
        "buskorning",
        "Buskörning med mopeder och bilar",
        (0.40, 0.40, 0.41),
        0.25,
        {"Ekbacken": 0.3, "Åsbyn": 0.2},
        0.03,
    ),
    ("inbrott", "Inbrott i bostäder och förråd", (0.20, 0.17, 0.15), 0.30, {"Brovallen": 0.4}, 0.09),
    ("cykelstold", "Cykelstölder", (0.29, 0.28, 0.27), 0.20, {"Centrum": 0.3}, 0.11),
    (
        "morka_platser",
        "Mörka eller dåligt upplysta platser",
        (0.35, 0.34, 0.33),
        0.50,
        {"kvinna": 0.4, "Åsbyn": 0.3},
        0.03,
    ),
)
_WORRIES: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float]], ...] = (
    ("overfall_misshandel", "överfall eller misshandel", (0.17, 0.19, 0.20), 0.65, {"kvinna": 0.2}),
    ("ran", "rån", (0.10, 0.12, 0.12), 0.60, {}),
    (
        "valdtakt_sexuellt",
        "våldtäkt eller annat sexualbrott",
        (0.11, 0.12, 0.12),
        0.50,
        {"kvinna": 1.1, "alder": -0.3},
    ),
    ("inbrott", "inbrott i din bostad", (0.16, 0.14, 0.13), 0.40, {"Brovallen": 0.3, "alder": 0.1}),
    ("bedrageri_nat", "bedrägeri på nätet eller per telefon", (0.21, 0.25, 0.28), 0.25, {"alder": 0.3}),
)
_EXPOSURES: tuple[tuple[str, str, tuple[float, float, float], float, dict[str, float], bool], ...] = (
    ("misshandel", "misshandel", (0.021, 0.020, 0.022), 0.20, {"alder": -0.5, "Lunden": 0.2}, False),
    ("hot", "hot", (0.046, 0.049, 0.050), 0.25, {"alder": -0.4}, False),
    (
        "sexualbrott",
        "sexuella trakasserier eller annat sexualbrott",
        (0.030, 0.034, 0.035),
        0.15,
        {"kvinna": 0.9, "alder": -0.6},
        True,
    ),
    (
        "stold",
        "stöld av eller ur fordon, cykelstöld eller annan stöld",
        (0.118, 0.112, 0.109),
        0.15,
        {"Centrum": 0.3},
        False,
    ),
    ("bedrageri", "bedrägeri på nätet eller per telefon", (0.058, 0.070, 0.084), 0.05, {"alder": 0.1}, False),
)


def problem_items() -> tuple[Item, ...]:
    """The twelve problems in the area.

    Returns
    -------
    tuple of Item
        Questions in the order of the form.
    """
    return tuple(
        Item(
            f"prob_{name}",
            f"f14{chr(ord('a') + place)}",
            "problem",
            f"Hur stort problem är följande i området där du bor? {text}",
            split_shares(levels, (0.38, 0.62), (0.63, 0.37)),
            loading,
            effects,
            dont_know,
            Measure(f"problem_{name}", text, "trygghet", (3, 4), (1, 2, 3, 4)),
        )
        for place, (name, text, levels, loading, effects, dont_know) in enumerate(_PROBLEMS)
    )


def worry_items() -> tuple[Item, ...]:
    """The five kinds of worry.

    Returns
    -------
    tuple of Item
        Questions in the order of the form.
    """
    return tuple(
        Item(
            f"fraga_oro_{name}",
            f"f17{chr(ord('a') + place)}",
            "ofta",
            f"Hur ofta har du de senaste 12 månaderna oroat dig för att utsättas för {text}?",
            split_shares(levels, (0.45, 0.55), (0.72, 0.28)),
            loading,
            effects,
            measure=Measure(
                f"oro_{name}",
                f"Oro för {text.replace('din bostad', 'bostaden')}",
                "trygghet",
                (3, 4),
                (1, 2, 3, 4),
                reference_period="senaste 12 månaderna",
            ),
        )
        for place, (name, text, levels, loading, effects) in enumerate(_WORRIES)
    )


def exposure_items() -> tuple[Item, ...]:
    """The five kinds of exposure to crime.

    Returns
    -------
    tuple of Item
        Questions in the order of the form.
    """
    return tuple(
        Item(
            f"fraga_utsatt_{name}",
            f"f20{chr(ord('a') + place)}",
            "utsatt",
            f"Har du själv under de senaste 12 månaderna utsatts för {text}?",
            split_shares(levels, (1.0,), (0.7, 0.3)),
            loading,
            effects,
            measure=Measure(
                f"utsatt_{name}",
                f"Utsatt för {text}",
                "sakerhet",
                (2, 3),
                (1, 2, 3),
                reference_period="senaste 12 månaderna",
                sensitive=sensitive,
            ),
        )
        for place, (name, text, levels, loading, effects, sensitive) in enumerate(_EXPOSURES)
    )
