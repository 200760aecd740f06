import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

PROBE = """<!DOCTYPE html><body style="margin:0"><iframe width="{width}" height="900" srcdoc="{page}"></iframe>
<script>
document.querySelector("iframe").onload = event => {{
  const inner = event.target.contentDocument, found = {{}};
  found.scroll = inner.documentElement.scrollWidth - inner.documentElement.clientWidth;
  const tops = [...inner.querySelectorAll(".column")].map(each => each.getBoundingClientRect());
  found.widths = tops.map(each => Math.round(each.width));
  found.tops = tops.map(each => Math.round(each.top));
  found.drawings = [...inner.querySelectorAll("figure svg")].filter(each => each.getBoundingClientRect().width > 0).length;
  found.sideways = [...inner.querySelectorAll(".scroll")].filter(each => each.scrollWidth > each.clientWidth).map(each => each.getAttribute("aria-label") + each.scrollWidth + ">" + each.clientWidth);
  found.box = Math.round(inner.querySelector(".columns").getBoundingClientRect().bottom);
  document.body.dataset.found = JSON.stringify(found);
}};
</script>"""


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    import builders

    from trygghet.report import write_report

    folder = tmp_path_factory.mktemp("sida")
    write_report(builders.report(), folder)
    return (folder / "lagesbild.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def measured(chromium, page, tmp_path_factory):
    """Measure the page in a frame of a given width."""

    def measure(width):
        folder = tmp_path_factory.mktemp("prov")
        probe = folder / "prov.html"
        probe.write_text(PROBE.format(width=width, page=html.escape(page)), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profil'}"]
        command = [
            chromium,
            *options,
            "--window-size=1400,1000",
            "--virtual-time-budget=4000",
            "--dump-dom",
            probe.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
        found = re.search(r'data-found="([^"]*)"', done.stdout.decode("utf-8"))
        import json

        return json.loads(html.unescape(found.group(1)))

    return measure
