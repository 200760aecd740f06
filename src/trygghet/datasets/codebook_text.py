"""The codebook of a synthetic wave, as YAML text that a person can read."""

from collections.abc import Iterator, Mapping, Sequence

from trygghet.datasets.forms import BLOCK_NO_ANSWER, block_columns
from trygghet.datasets.options import PRIORITIES, PUPIL_PRIORITIES, UNIONS, Option
from trygghet.datasets.places import AGE_BANDS, DISTRICTS, GRADES, GROUPS, SCHOOLS, SEXES
from trygghet.datasets.population import PUPILS
from trygghet.datasets.questions import ITEMS, REPORTED, SCHOOL_SAFETY
from trygghet.datasets.scales import SCALES, Item

RELATIONS = {
    1: "Bor i Exempelstad",
    2: "Arbetar eller studerar i Exempelstad",
    3: "Vistas ofta i Exempelstad",
}
_PRIORITY_QUESTION = "Vilka områden tycker du att kommunen och polisen ska prioritera? Välj högst tre."
_PUPIL_QUESTION = "Vad tycker du är viktigast att göra något åt? Välj högst tre."


def codebook_text(wave: str) -> str:
    """Codebook of one synthetic wave.

    Parameters
    ----------
    wave : str
        Year of the wave.

    Returns
    -------
    str
        YAML 1.2.
    """
    lines = [*_head(wave), *_variables(wave), *_indicators(wave), *_blocks()]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Text as a YAML string in double quotes.

    Parameters
    ----------
    text : str
        Text without control characters.

    Returns
    -------
    str
        The quoted string.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _labels(labels: Mapping[int, str]) -> str:
    return "{" + ", ".join(f"{code}: {quoted(text)}" for code, text in labels.items()) + "}"


def _missing(missing: Mapping[int, tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{code}: {kind}" for code, (kind, _) in missing.items()) + "}"


def _head(wave: str) -> Iterator[str]:
    yield "# Syntetiska data: Exempelstad och dess invånare är påhittade. Skapad av python -m trygghet.datasets"
    yield "survey: Trygghet i Exempelstad"
    yield f'wave: "{wave}"'
    yield "id: lopnr"
    yield 'population: {text: "Invånare i Exempelstad 16–84 år", ages: [16, 84]}'
    yield "streams:"
    yield "  column: strom"
    yield "  values:"
    yield f"    1: {{name: brev, sampling: persons, drawn_by: kommunen, frame: folkbokföringen, start: {wave}-09-05, end: {wave}-10-28}}"
    yield f"    2: {{name: webb, sampling: self_selected, start: {wave}-09-12, end: {wave}-10-28}}"
    yield f"    3: {{name: elev, sampling: census, children: true, frame: elever i årskurs 8 och gymnasiet år 2, invited: {PUPILS}, start: {wave}-09-19, end: {wave}-10-07}}"
    yield "relation: {variable: relation, resident: [1]}"
    yield "design: {strata: stratum, population: stratum_n, lonely_psu: fail}"
    yield "# Institutets egna vikter finns i kolumnen vikt. Så används de i stället:"
    yield "# design: {weight: vikt, weight_scale: population}"
    yield "# Urvalsfilen urval.csv: alla som fick brev, och hur det gick"
    yield "frame:"
    yield "  {stream: brev, strata: stratum, population: stratum_n, outcome: utfall,"
    yield "  outcomes: {1: answered, 2: refused, 3: not_reached, 4: ineligible},"
    yield "  variables: {omrade: stratum, kon: kon, fodelsear: fodelsear}}"
    groups = ", ".join(f"{name}: [{', '.join(members)}]" for name, members in GROUPS.items())
    yield f"areas: {{variable: omrade, groups: {{{groups}}}, aliases: {{centrum: Centrum}}}}"
    yield "notes:"
    yield '  - "Webblänken var öppen för alla och spreds i sociala medier. De som svarade valde själva att svara."'
    yield '  - "Elever i årskurs 8 och gymnasiet år 2 svarade i skolan på egna frågor."'
    if wave == "2026":
        yield '  - "Frågan om förtroende för kommunen fick ny formulering 2026 och kan inte jämföras med tidigare år."'


def _variables(wave: str) -> Iterator[str]:
    yield ""
    yield "variables:"
    yield from _variable("kon", "f1", "Är du …?", label="Kön", labels=SEXES, missing={9: ("no_answer", "")})
    yield "  fodelsear:"
    yield '    {column: f2, kind: continuous, question: "Vilket år är du född?", role: background, system_missing: not_asked,'
    yield f"    range: [1900, {wave}], missing: {{9999: no_answer}}}}"
    yield from _variable(
        "relation",
        "f3",
        "Vilken är din koppling till Exempelstad?",
        label="Koppling till kommunen",
        labels=RELATIONS,
    )
    places = {number: place.name for number, place in enumerate(DISTRICTS, start=1)}
    missing = {98: ("dont_know", ""), 99: ("no_answer", "")}
    yield from _variable(
        "omrade",
        "f4",
        "I vilket område bor du?",
        label="Område",
        labels=places,
        missing=missing,
    )
    for item in ITEMS:
        yield from _item(item, wave)
        if item.column == "f20e":
            yield from _item(REPORTED, wave)
    yield '  oppet_svar: {column: f33, kind: text, question: "Är det något du vill tillägga?"}'
    yield from _variable("arskurs", "e1", "Vilken årskurs går du i?", label="Årskurs", labels=GRADES)
    yield from _variable("skola", "e2", "Vilken skola går du i?", label="Skola", labels=SCHOOLS)
    yield from _item(SCHOOL_SAFETY, wave)
    yield ""
    yield "derived:"
    yield f"  alder: {{from: fodelsear, label: Ålder, age_in: {wave}}}"
    bands = ", ".join(f'"{label}": [{low}, {high}]' for label, (low, high) in AGE_BANDS.items())
    yield f"  alder4: {{from: alder, label: Åldersgrupp, bands: {{{bands}}}}}"


def _variable(
    name: str,
    column: str,
    question: str,
    *,
    labels: Mapping[int, str],
    missing: Mapping[int, tuple[str, str]] | None = None,
    label: str,
) -> Iterator[str]:
    kind = f"nominal, role: background, label: {label}" if label else "ordinal"
    yield f"  {name}:"
    yield f"    {{column: {column}, kind: {kind}, question: {quoted(question)},"
    yield f"    labels: {_labels(labels)},"
    yield f"    missing: {_missing(missing or {})}, system_missing: not_asked}}"


def _item(item: Item, wave: str) -> Iterator[str]:
    question = item.wording.get(wave, item.question)
    scale = SCALES[item.scale]
    if scale.labels:
        yield from _variable(
            item.variable, item.column, question, labels=scale.labels, missing=scale.missing, label=""
        )
    else:
        yield f"  {item.variable}:"
        yield f"    {{column: {item.column}, kind: continuous, question: {quoted(question)},"
        yield f"    range: [0, 10], missing: {_missing(scale.missing)}, system_missing: not_asked}}"


def _indicators(wave: str) -> Iterator[str]:
    yield ""
    yield "indicators:"
    for item in (*ITEMS, REPORTED, SCHOOL_SAFETY):
        measure = item.measure
        if measure is None:
            continue
        version = measure.version.get(wave, "1")
        sensitive = ", sensitive: true" if measure.sensitive else ""
        yield f"  {measure.name}:"
        yield f"    {{from: {item.variable}, label: {quoted(measure.label)}, concept: {measure.concept},"
        yield f"    counts: {_list(measure.counts)}, base: {_list(measure.base)}, worse: {measure.worse},"
        yield f'    reference_period: {measure.reference_period}, version: "{version}"{sensitive}}}'


def _list(codes: Sequence[int | str]) -> str:
    return "[" + ", ".join(str(code) for code in codes) + "]"


def _blocks() -> Iterator[str]:
    yield ""
    yield "multi_response:"
    yield from _block("prio", "f30", PRIORITIES, question=_PRIORITY_QUESTION)
    unions = ", ".join(f"{name}: [{', '.join(keys)}]" for name, keys in UNIONS.items())
    yield f"    unions: {{{unions}}}"
    yield from _block("elev_prio", "e5", PUPIL_PRIORITIES, question=_PUPIL_QUESTION)


def _block(name: str, stem: str, options: Sequence[Option], *, question: str) -> Iterator[str]:
    *columns, none = block_columns(stem, options)
    label = "Vill prioritera" if name == "prio" else "Elevernas prioriteringar"
    yield f"  {name}:"
    yield f"    label: {label}"
    yield f"    question: {quoted(question)}"
    yield "    columns:"
    yield from (f"      {option.key}: {column}" for option, column in zip(options, columns, strict=True))
    yield "    labels:"
    yield from (f"      {option.key}: {quoted(option.label)}" for option in options)
    if name == "prio":
        yield from (f"      {union}: {quoted(_union_label(keys))}" for union, keys in UNIONS.items())
    yield "    selected: 1"
    yield "    unselected: [0]"
    yield f"    missing: {{{BLOCK_NO_ANSWER}: no_answer}}"
    yield "    system_missing: not_asked"
    yield "    choose: 3"
    yield f"    none: {none}"
    yield "    over_choosers: drop"


def _union_label(keys: Sequence[str]) -> str:
    first, *rest = [option.label for option in PRIORITIES if option.key in keys]
    return " eller ".join([first, *(label[0].lower() + label[1:] for label in rest)])
