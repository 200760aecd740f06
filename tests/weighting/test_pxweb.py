import json
import os
from pathlib import Path

import numpy as np
import pytest
from pxweb_server import PxWebServer

from trygghet.errors import MarginError
from trygghet.weighting.jsonstat import parse_jsonstat
from trygghet.weighting.pxweb import PxWeb

RECORDED = (
    Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "pxweb_api"
)

METADATA = {
    "version": "2.0",
    "class": "dataset",
    "id": ["Region", "Alder", "Kon", "Tid"],
    "size": [2, 4, 3, 2],
    "dimension": {
        "Region": {"label": "region", "category": {"index": {"1488": 0, "1489": 1}, "label": {"1488": "Trollhättan", "1489": "Alingsås"}}},
        "Alder": {"label": "ålder", "category": {"index": {"16": 0, "17": 1, "18": 2, "19": 3}, "label": {str(a): f"{a} år" for a in range(16, 20)}}},
        "Kon": {"label": "kön", "category": {"index": {"T": 0, "1": 1, "2": 2}, "label": {"T": "totalt", "1": "män", "2": "kvinnor"}}},
        "Tid": {"label": "år", "category": {"index": {"2024": 0, "2025": 1}, "label": {"2024": "2024", "2025": "2025"}}},
    },
    "value": [],
}  # fmt: skip


def number(*codes):
    region, age, sex, year = codes
    return int(region) + 10 * int(age) + {"T": 3, "1": 1, "2": 2}[sex] + int(year)


class Clock:
    def __init__(self):
        self.now, self.waits = 0.0, []

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds

    def time(self):
        return self.now


@pytest.fixture
def service():
    servers, clients = [], []

    def start(*, config=None, metadata=METADATA, numbers=number, strict=False, **options):
        clock = Clock()
        server = PxWebServer(metadata, numbers, config=config, clock=clock.time if strict else None)
        servers.append(server)
        client = PxWeb(server.address, wait=clock.wait, clock=clock.time, timeout=5.0, **options)
        clients.append(client)
        return server, client, clock

    yield start
    for client in clients:
        client.close()
    for server in servers:
        server.close()


CHOICE = {"Region": ["1488"], "Alder": ["16", "17", "18", "19"], "Kon": ["1", "2"], "Tid": ["2025"]}
EXPECTED = [[number("1488", str(age), sex, "2025") for sex in "12"] for age in range(16, 20)]


def test_a_table_is_fetched_as_it_was_asked_for(service):
    server, client, _ = service()
    snapshot = client.fetch("TAB1", CHOICE)
    assert snapshot.cube.values[0, :, :, 0].tolist() == EXPECTED
    assert snapshot.cube.dimensions[0].labels == ("Trollhättan",)
    assert server.calls[-1][1] == {
        "selection": [{"variableCode": k, "valueCodes": v} for k, v in CHOICE.items()]
    }


def test_a_dimension_that_is_not_named_is_left_to_its_total(service):
    _, client, _ = service()
    chosen = {name: codes for name, codes in CHOICE.items() if name != "Kon"}
    assert client.fetch("TAB1", chosen).cube.values[0, 0, 0, 0] == number("1488", "16", "T", "2025")
    with pytest.raises(MarginError) as error:
        client.fetch("TAB1", {name: codes for name, codes in CHOICE.items() if name != "Tid"})
    assert error.value.code == "VIKT-34"


def test_large_tables_come_in_parts_within_the_limit(service):
    server, client, _ = service(config={"maxDataCells": 3, "maxCallsPerTimeWindow": 100, "timeWindow": 1})
    assert client.fetch("TAB1", CHOICE).cube.values[0, :, :, 0].tolist() == EXPECTED
    sizes = [
        np.prod([len(one["valueCodes"]) for one in body["selection"]]) for path, body in server.calls if body
    ]
    assert max(sizes) <= 3
    assert sum(sizes) == 8


@pytest.mark.parametrize("cells", [1, 2, 3, 5, 8, 23, 24, 49])
def test_parts_cover_a_table_once_whatever_the_limit(cells):
    from trygghet.weighting.pxweb import _parts

    shape = (3, 4, 1, 2)
    counts = np.zeros(shape)
    for place in _parts(shape, cells):
        block = np.ix_(*place)
        assert counts[block].size <= cells
        counts[block] += 1
    assert np.all(counts == 1)


@pytest.mark.parametrize("calls", [1, 3])
def test_a_service_that_counts_the_calls_turns_nobody_away(service, calls):
    config = {"maxDataCells": 1, "maxCallsPerTimeWindow": calls, "timeWindow": 1}
    server, client, clock = service(config=config, strict=True)
    client.fetch("TAB1", CHOICE)
    assert len(server.times) == 2 + 8
    assert server.turned_away == 0
    assert clock.now >= (10 - 1) // calls - 1


def test_no_call_asks_for_more_than_150_000_cells_when_the_service_says_nothing(service):
    """99 * 2 * 1 * 800 = 158,400 cells: two calls."""
    sizes = {"Region": 800, "Alder": 99, "Kon": 2, "Tid": 1}
    codes = {name: [f"{place}" for place in range(size)] for name, size in sizes.items()}
    metadata = {
        "id": list(codes),
        "size": list(sizes.values()),
        "dimension": {
            name: {"label": name, "category": {"index": each, "label": dict(zip(each, each, strict=True))}}
            for name, each in codes.items()
        },
    }
    server, client, _ = service(config={}, metadata=metadata, numbers=lambda *_: 1)
    snapshot = client.fetch("TAB1", codes)
    assert np.all(snapshot.cube.values == 1)
    asked = [
        np.prod([len(one["valueCodes"]) for one in body["selection"]]) for _, body in server.calls if body
    ]
    assert sum(asked) == 158_400
    assert max(asked) <= 150_000
    assert len(asked) == 2


WRONG = ["cut", "half", "html", "other", "another", "list", "empty", "number", "nothing", "words"]


@pytest.mark.parametrize("fault", [429, 500, 503, *WRONG])
def test_passing_faults_are_tried_again(service, fault):
    server, client, clock = service()
    client.limits()
    client.metadata("TAB1")
    server.faults = [fault, fault]
    server.faults = [None, *server.faults]
    snapshot = client.fetch("TAB1", CHOICE)
    assert snapshot.cube.values[0, :, :, 0].tolist() == EXPECTED
    assert (7.0 in clock.waits) == isinstance(fault, int)


@pytest.mark.parametrize("fault", [429, 500, *WRONG])
def test_faults_that_do_not_pass_are_an_error_and_nothing_is_kept(service, fault):
    server, client, _ = service(attempts=3)
    client.limits()
    server.faults = [None, *[fault] * 3]
    with pytest.raises(MarginError) as error:
        client.fetch("TAB1", CHOICE)
    assert error.value.code == "VIKT-39"
    assert error.value.problems[0].facts["forsok"] == 3


@pytest.mark.parametrize("fault", [429, 500, "cut", "half", "html", "list", "number", "nothing"])
@pytest.mark.parametrize("path", ["config", "metadata"])
def test_what_the_service_says_of_itself_may_be_wrong_too(service, path, fault):
    server, client, _ = service(attempts=3)
    ask = client.limits if path == "config" else (lambda: client.metadata("TAB1"))
    server.faults = [fault] * 3
    with pytest.raises(MarginError) as error:
        ask()
    assert error.value.code == "VIKT-39"
    assert len(server.calls) == 3
    server.faults = [fault, fault]
    assert ask()


@pytest.mark.parametrize("config", [{"maxDataCells": 0}, {"maxCallsPerTimeWindow": 0}, {"maxDataCells": "x"}])
def test_limits_that_allow_nothing_are_no_limits(service, config):
    _, client, _ = service(config=config, attempts=2)
    with pytest.raises(MarginError) as error:
        client.limits()
    assert error.value.code == "VIKT-39"


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("12", 12.0), ("900", 60.0), ("soon", 2.0), ("Sun, 06 Nov 2044 08:49:37 GMT", 60.0), ("Sun, 06 Nov 1994 08:49:37 GMT", 2.0)],
)  # fmt: skip
def test_the_service_says_how_long_to_wait(service, given, seconds):
    """In seconds or as a time; never more than a minute, and never less than between any two attempts."""
    server, client, clock = service(attempts=2)
    server.faults = [(429, given)]
    client.limits()
    assert clock.waits == [seconds]


def test_nobody_waits_after_the_last_attempt(service):
    server, client, clock = service(attempts=2)
    server.faults = [503, 503]
    with pytest.raises(MarginError):
        client.limits()
    assert clock.waits == [7.0]


def test_a_refusal_is_not_tried_again(service):
    server, client, _ = service()
    client.limits()
    server.faults = [404]
    with pytest.raises(MarginError) as error:
        client.metadata("TAB0")
    assert error.value.code == "VIKT-40"
    assert len(server.calls) == 2


def test_no_service_at_all_is_an_error():
    clock = Clock()
    client = PxWeb("http://127.0.0.1:9", wait=clock.wait, clock=clock.time, timeout=0.5, attempts=2)
    with pytest.raises(MarginError) as error:
        client.limits()
    client.close()
    assert error.value.code == "VIKT-39"


def test_a_choice_that_does_not_exist_is_told_before_anything_is_fetched(service):
    server, client, _ = service()
    with pytest.raises(MarginError) as error:
        client.fetch("TAB1", CHOICE | {"Region": ["9999"]})
    assert error.value.code == "VIKT-33"
    assert not [path for path, body in server.calls if body]


def test_a_snapshot_says_where_it_comes_from_and_reads_back(service, tmp_path):
    _, client, _ = service()
    snapshot = client.fetch("TAB1", CHOICE)
    snapshot.write(tmp_path / "TAB1.json", "2026-11-22")
    text = (tmp_path / "TAB1.json").read_text(encoding="utf-8")
    origin = json.loads(text)["extension"]["snapshot"]
    assert origin["query"] == CHOICE
    assert (origin["retrieved"], origin["table"]) == ("2026-11-22", "TAB1")
    assert len(origin["sha256"]) == 64
    again = parse_jsonstat(text, "TAB1.json")
    np.testing.assert_array_equal(again.values, snapshot.cube.values)
    snapshot.write(tmp_path / "TAB1.json", "2027-01-01")
    assert (
        json.loads((tmp_path / "TAB1.json").read_text())["extension"]["snapshot"]["sha256"]
        == origin["sha256"]
    )


@pytest.mark.skipif(not RECORDED.is_dir(), reason="recorded answers are not here")
def test_the_recorded_answers_of_the_statistics_database(service):
    recorded = parse_jsonstat((RECORDED / "TAB6471_data.json").read_text(encoding="utf-8"), "recorded")
    places = [{code: k for k, code in enumerate(one.codes)} for one in recorded.dimensions]

    def play(*codes):
        return recorded.values[tuple(place[code] for place, code in zip(places, codes, strict=True))]

    metadata = json.loads((RECORDED / "TAB6471_metadata.json").read_text(encoding="utf-8"))
    config = json.loads((RECORDED / "config.json").read_text(encoding="utf-8"))
    server, client, _ = service(config=config, metadata=metadata, numbers=play)
    server.faults = [429, None, 500, None, "half"]
    wanted = {one.code: list(one.codes) for one in recorded.dimensions}
    snapshot = client.fetch("TAB6471", wanted)
    np.testing.assert_array_equal(snapshot.cube.values, recorded.values)
    assert snapshot.cube.dimensions[2].total == "TotSa"
