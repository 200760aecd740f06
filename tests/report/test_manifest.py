import hashlib
import json


def read(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_manifest_tells_hashes_parameters_streams_and_versions(written):
    manifest = read(written)
    assert manifest["inputs"] == {"codebook.yaml": "cd" * 32, "survey.sav": "ab" * 32}
    assert manifest["parameters"] == {"ranking": {"top": 4}}
    assert [(stream["name"], stream["answered"]) for stream in manifest["streams"]] == [
        ("brev", 1101),
        ("webb", 874),
    ]
    assert {"python", "trygghet", "matplotlib", "numpy", "pandas"} <= set(manifest["versions"])
    assert manifest["diarienummer"] == "KS 2026/00001"


def test_manifest_tells_what_unequal_weights_cost_in_all_and_in_each_group(written, written_open):
    weights = read(written)["weights"]
    assert (weights["kish_deff"], weights["effective_n"]) == (1.42, 775)
    assert weights["kish_deff_by_group"]["Kön"] == {"Kvinna": 1.25, "Man": 1.4}
    assert read(written_open)["weights"] is None


def test_manifest_lists_every_output_with_its_hash(written):
    manifest = read(written)
    made = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    assert set(manifest["outputs"]) == made - {"manifest.json", "lagesbild_utkast.docx", ".utkast.json"}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((written / name).read_bytes()).hexdigest() == digest


def test_manifest_has_the_digest_of_every_screened_result(wave_report, written):
    manifest = read(written)
    assert manifest["screened"]["problems"] == wave_report.problems.digest
    assert manifest["screened"] == {role: kept.digest for role, kept in wave_report.results.items()}
    assert {"drawn", "moves_01", "moves_02", "claims_01", "claims_02"} < manifest["screened"].keys()
