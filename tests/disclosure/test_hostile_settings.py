"""Files that people write by hand run nothing and lead nowhere: every reader of YAML, and every key that names a file or becomes one."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from trygghet.codebook import Codebook
from trygghet.codebook.catalogue import catalogue
from trygghet.codebook.questionnaire import questionnaire
from trygghet.codebook.reading import read_yaml, write_yaml
from trygghet.errors import CodebookError, ProjectError, TrygghetError
from trygghet.ingest import kodbok
from trygghet.pipeline.composite_file import CompositeParams, SourceParams, read_composite
from trygghet.pipeline.composites import _source
from trygghet.pipeline.doctor import interrupted, places
from trygghet.pipeline.erasure import _outs
from trygghet.pipeline.new_project.fitting import enter_wave
from trygghet.pipeline.params import Params, read_params
from trygghet.pipeline.paths import ProjectPaths
from trygghet.pipeline.settings import ProjectFile, load_settings
from trygghet.promise import read_promises

SOURCE = Path(__file__).parents[2] / "src" / "trygghet"
BOOK = "survey: Prov\nwave: '1'\nid: x\nvariables: {}\n"
LOADERS = {"read_yaml", "load_settings", "read_composite", "read_params", "read_promises"}


def of_kodbok(path):
    """The cells of a workbook's sheet ``avsnitt`` are YAML too."""
    rows = {
        kodbok._VARIABLES: [],
        kodbok._ANSWERS: [],
        kodbok._SECTIONS: [{"section": "notes", "key": "", "yaml": path.read_text()}],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kodbok, "_sheets", lambda _path: rows)
        kodbok.read_kodbok(path)


# every function that loads YAML: how it is given a file, and whether it answers a broken one with an error of its own
READERS = {
    "codebook/reading.read_yaml": (lambda path: read_yaml(path.read_text(), name="x.yaml"), True),
    "codebook/book.from_text": (lambda path: Codebook.from_text(path.read_text()), True),
    "ingest/kodbok.read_kodbok": (of_kodbok, True),
    "pipeline/settings.load_settings": (load_settings, True),
    "pipeline/params.read_params": (read_params, True),
    "pipeline/composite_file.read_composite": (read_composite, True),
    "pipeline/new_project/fitting.enter_wave": (
        lambda path: enter_wave(path, "1", "s.sav", book=Codebook.from_text(BOOK)),
        True,
    ),
    "pipeline/doctor/places._approved": (places._approved, True),
    "promise/files.read_promises": (read_promises, True),
    "pipeline/doctor/interrupted._is_yaml": (interrupted._is_yaml, False),
    "pipeline/erasure._outs": (lambda path: list(_outs(path.read_text())), False),
}
# files of the library itself, which nobody else writes
OURS = {"codebook/catalogue._file": catalogue, "codebook/questionnaire.questionnaire": questionnaire}


def loads(function):
    """Whether a function loads YAML, by itself or by the loaders that name what they do."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {getattr(call, "id", getattr(call, "attr", "")) for call in called}
    return ("YAML" in names and "load" in names) or "read_yaml" in names or "load_settings" in names


def found_in_the_source():
    found = {}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "YAML" in text or "read_yaml" in text or "load_settings" in text:
            tree = ast.parse(text)
            module = path.relative_to(SOURCE).with_suffix("").as_posix()
            found |= {
                f"{module}.{node.name}": node
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef) and loads(node)
            }
    return found


def test_every_reader_of_yaml_is_tried():
    assert found_in_the_source().keys() == READERS.keys() | OURS.keys()


def test_nothing_else_reads_yaml_or_pickles():
    """No other library, no loader that makes objects: ``YAML()`` alone keeps tags as they stand, for a file that is written again."""
    unsafe = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(
            f"import {name}" in text for name in ("yaml", "pickle", "marshal", "shelve", "joblib", "dill")
        ), path.name
        assert "allow_pickle=True" not in text
        if "YAML(" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "YAML":
                    given_ = {word.arg: getattr(word.value, "value", None) for word in node.keywords}
                    if given_ != {"typ": "safe", "pure": True}:
                        unsafe.append((path.relative_to(SOURCE).as_posix(), given_))
    assert sorted(unsafe) == [("pipeline/new_project/fitting.py", {}), ("promise/files.py", {})]


TAGS = [
    "!!python/object/apply:os.mkdir ['{mark}']",
    "!!python/object/new:os.mkdir ['{mark}']",
    "!!python/object/apply:subprocess.check_call [[touch, '{mark}']]",
    "!!python/name:os.mkdir",
    "!!python/module:antigravity",
    "!!python/object:trygghet.disclosure.Publishable {{result: 1}}",
    "!<tag:yaml.org,2002:python/object/apply:os.mkdir> ['{mark}']",
    "!x y",
]
DOCUMENTS = [
    "{}",
    "a: {}",
    "? {}\n: 1",
    "a: [1, {{b: {}}}]",
    "value: {}",
    "waves: {{'1': {}}}",
    "survey: {}",
    "stages: {{x: {{outs: [{}]}}}}",
]
BROKEN = [
    "a: [",
    "a: 2026-99-99",
    "\x00",
    "a: *x",
    "a: 1\na: 2",
    "%YAML 9.9\n---\na: 1",
    "- 1",
    "",
    "a: &a [*a, *a]",
    "'",
    "waves: 1",
]
DEEP = "[" * 400


@pytest.mark.parametrize("reader", READERS)
def test_no_tag_runs_anything(reader, tmp_path):
    read, says_so = READERS[reader]
    mark, path = tmp_path / "ran", tmp_path / "x.yaml"
    for tag in TAGS:
        for document in DOCUMENTS:
            path.write_text(
                document.replace("{{", "{").replace("}}", "}").replace("{}", tag.format(mark=mark))
            )
            if says_so:
                with pytest.raises(TrygghetError):
                    read(path)
            else:
                assert not read(path)
            assert not mark.exists()


@pytest.mark.parametrize("reader", READERS)
def test_a_broken_file_is_refused_in_words(reader, tmp_path):
    read, says_so = READERS[reader]
    path = tmp_path / "x.yaml"
    for text in BROKEN:
        path.write_text(text, encoding="utf-8")
        try:
            read(path)
        except TrygghetError:
            assert says_so


def test_a_file_nested_without_end_is_no_yaml(tmp_path):
    (tmp_path / "x.yaml").write_text(DEEP)
    for reader in (
        "codebook/reading.read_yaml",
        "pipeline/settings.load_settings",
        "promise/files.read_promises",
    ):
        with pytest.raises(TrygghetError):
            READERS[reader][0](tmp_path / "x.yaml")


def test_the_library_reads_its_own_files():
    for read in OURS.values():
        assert read()


def test_the_search_would_find_what_runs(tmp_path):
    """The tags do run where YAML is loaded without care."""
    from ruamel.yaml import YAML

    try:
        with pytest.warns(PendingDeprecationWarning):
            careless = YAML(typ="unsafe", pure=True)
        careless.load(TAGS[0].format(mark=tmp_path / "ran"))
    except Exception:  # noqa: BLE001 -- newer versions of the library refuse too
        pytest.skip("this version of the YAML library has no careless loader")
    assert (tmp_path / "ran").is_dir()


def files_named(model, place=()):
    """Keys whose values name a file, wherever in the settings they stand."""
    for name, declared in model.model_fields.items():
        told = repr(declared.annotation) + repr(declared.metadata)
        if (
            any(each is ProjectFile.__metadata__[0] for each in declared.metadata)
            or repr(ProjectFile.__metadata__[0]) in told
        ):
            yield ".".join((*place, name))
        for inner in inner_models(declared.annotation):
            yield from files_named(inner, (*place, name))


def inner_models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in inner_models(part)]


OUTSIDE = [
    "../x.csv",
    "..\\x.csv",
    "/etc/passwd",
    "a/../../x.csv",
    "..",
    ".",
    "a\\..\\..\\x.csv",
    "./../../x",
    "\0",
]


def test_every_key_that_names_a_file_is_tried_below():
    assert set(files_named(Params)) == {"waves.survey", "waves.frame", "waves.published.file"}
    assert set(files_named(CompositeParams)) == {"sources.file"}


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_key_of_the_settings_leads_out_of_its_folder(outside, tmp_path):
    from trygghet.pipeline.params import PublishedParams, WaveParams

    wave = WaveParams(survey=outside, frame=outside, published=PublishedParams(wave="0", file=outside))
    for name in (wave.survey, wave.frame, wave.published.file):
        with pytest.raises(ProjectError) as refused:
            ProjectPaths(tmp_path).inside("data/raw/1", name)
        assert refused.value.code == "PROJ-09"


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_source_of_a_composite_lies_outside_its_folder(outside, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    (tmp_path / "x.csv").write_text("problem,value\na,1\n")
    given_ = SourceParams(pillar="p", kind="table", file=outside, reference=1.0)
    with pytest.raises(ProjectError) as refused:
        _source("x", given_, results={}, folder=folder)
    assert refused.value.code == "PROJ-09"
    assert refused.value.problems[0].facts["file"] == "composite.yaml"


def test_no_link_leads_out_either(tmp_path):
    (tmp_path / "data/raw/1").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("x")
    (tmp_path / "data/raw/1/survey.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ProjectError):
        ProjectPaths(tmp_path).inside("data/raw/1", "survey.csv")


@pytest.mark.parametrize("wave", ["../x", "/x", "..", "a/../../x"])
def test_the_name_of_a_wave_is_a_folder_of_the_project(wave, tmp_path):
    with pytest.raises(ProjectError):
        ProjectPaths(tmp_path).wave(wave)


NAMES = st.builds(
    "{}{}{}".format,
    st.text("ab.", max_size=3),
    st.sampled_from(["../", "/", "\\", "..\\", "C:", "--", "\0", "?", "|"]),
    st.text("ab", min_size=1, max_size=3),
)
PLACES = ["streams", "variables", "indicators", "multi_response"]


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=5, deadline=None)
@given(name=NAMES)
def test_a_name_that_results_are_filed_by_leads_nowhere(place, name):
    variable = {"column": "c", "kind": "nominal", "labels": {1: "Ja", 2: "Nej"}}
    parts = {
        "streams": {"whole_file": {"name": name, "sampling": "persons"}},
        "variables": {name: variable},
        "indicators": {
            name: {
                "from": "v",
                "label": "L",
                "concept": "trygghet",
                "counts": [1],
                "worse": "high",
                "version": "1",
            }
        },
        "multi_response": {
            name: {
                "columns": {"a": "p1", "b": "p2"},
                "labels": {"a": "A", "b": "B"},
                "selected": 1,
                "worse": "high",
                "version": "1",
            }
        },
    }
    document = {"survey": "Prov", "wave": "1", "id": "x", "variables": {"v": variable}}
    with pytest.raises(CodebookError) as refused:
        Codebook.from_text(write_yaml({**document, place: parts[place]}))
    assert {problem.code for problem in refused.value.problems} <= {"KOD-25", "KOD-22"}
    good = {key: value for key, value in parts[place].items() if key != name}
    good = (
        good | {"ok": next(iter(parts[place].values()))}
        if place != "streams"
        else {"whole_file": {"name": "webb 2026", "sampling": "persons"}}
    )
    assert Codebook.from_text(
        write_yaml({**document, place: good if place != "variables" else good | {"v": variable}})
    )


def test_a_set_of_items_is_named_as_a_file_is():
    from trygghet.pipeline.params import EstimateParams
    from trygghet.pipeline.settings import checked

    for name in ("../x", "a/b", "a--b", "a\\b"):
        with pytest.raises(ProjectError) as refused:
            checked(EstimateParams, {"items": {name: ("hot",)}}, "params.yaml")
        assert refused.value.code == "PROJ-02"
    assert checked(EstimateParams, {"items": {"problem": ("hot",)}}, "params.yaml").items
