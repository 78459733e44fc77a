"""What Sphinx does not load, and that all is there for who uses it."""

import subprocess
import sys
import threading

import pytest

from archivist.build.build import build_site
from archivist.build.lean import load_later

LEFT_OUT = (
    "requests", "snowballstemmer.english_stemmer", "soupsieve.css_parser",
    "sphinx.builders.latex", "sphinx.builders.linkcheck", "unittest",
)  # fmt: skip


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module that notes when it is loaded, and then waits until it may go on."""
    source = (
        "import gates\ngates.loads.append(1)\ngates.begun.set()\ngates.go.wait(10)\nanswer = 42\n"
    )
    (tmp_path / "slow_one.py").write_text(source)
    gates = "import threading\nloads, begun, go = [], threading.Event(), threading.Event()\n"
    (tmp_path / "gates.py").write_text(gates)
    monkeypatch.syspath_prepend(tmp_path)
    import gates  # noqa: PLC0415

    yield gates
    for name in ("gates", "slow_one"):
        sys.modules.pop(name, None)


def test_a_module_is_loaded_once_when_it_is_used(module):
    module.go.set()
    load_later("slow_one")
    import slow_one  # noqa: PLC0415

    assert module.loads == []
    assert slow_one.answer == 42
    assert slow_one.answer == sys.modules["slow_one"].answer
    assert module.loads == [1]
    with pytest.raises(AttributeError):
        slow_one.question  # noqa: B018


def test_a_thread_that_asks_while_another_loads_waits_for_it(module):
    load_later("slow_one")
    import slow_one  # noqa: PLC0415

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(slow_one.answer)) for _ in range(2)]
    threads[0].start()
    module.begun.wait(10)
    threads[1].start()
    module.go.set()
    for thread in threads:
        thread.join(10)

    assert (answers, module.loads) == ([42, 42], [1])


def test_what_is_loaded_already_stays_as_it_is():
    load_later("json")

    assert sys.modules["json"].dumps([]) == "[]"


def test_a_build_leaves_out_what_no_text_asks_for(make_docs, make_post, tmp_path):
    docs = make_docs({"2018/billet.md": make_post(title="Billet")})
    code = (
        "import sys\nfrom archivist.__main__ import main\n"
        f"assert main(['build', '--docs', {str(docs)!r}, '--output', {str(tmp_path / 'html')!r}]) == 0\n"
        f"print(*(name for name in {LEFT_OUT!r} if name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert told.stdout.splitlines()[-1] == ""


def test_an_extension_of_others_finds_all_builders(make_docs, make_post, tmp_path):
    docs = make_docs({"2018/billet.md": make_post(title="Billet")})
    conf = docs / "conf.py"
    probe = (
        'def setup(app):\n    assert app.config.latex_engine and "latex" in app.registry.builders\n'
    )
    conf.write_text(f"{conf.read_text(encoding='utf-8')}\n{probe}", encoding="utf-8")

    assert build_site(docs, tmp_path / "html", {}).posts == 1
