"""Who may know whom: posts are read without Sphinx, and nothing works at import."""

import subprocess
import sys
from pathlib import Path

import archivist

PACKAGE = Path(archivist.__file__).parent
MODULES = sorted(
    path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
    for path in PACKAGE.rglob("*.py")
)


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_posts_are_read_searched_cited_and_imported_without_sphinx():
    names = (
        "addresses",
        "checks",
        "comments",
        "dates",
        "formats",
        "links",
        "mends",
        "posts",
        "search",
        "wordpress",
        "words",
    )
    layers = tuple(f"archivist.{name}" for name in names)
    modules = [name for name in MODULES if name.startswith(layers)]

    loaded = run(f"import sys, {', '.join(modules)}; print(sorted(sys.modules))")

    assert "'sphinx'" not in loaded
    assert "'ablog'" not in loaded


HEAVY = (
    "PIL", "ablog", "babel", "bs4", "lxml", "nh3", "numpy", "pygments.lexers",
    "requests", "simplemma", "sphinx",
)  # fmt: skip


def find_loaded(code, names):
    """Return which modules of *names* a process that runs *code* has loaded at its end."""
    told = run(f"{code}\nimport sys; print(*(name for name in {names!r} if name in sys.modules))")
    return told.splitlines()[-1].split()


def test_a_check_of_words_alone_loads_nothing_that_is_for_more(make_docs, make_post):
    docs = make_docs({"2018/billet.md": make_post(title="Billet")})
    check = f"from archivist.__main__ import main\nassert main(['check', {str(docs)!r}]) == 0"

    assert find_loaded(check, HEAVY) == []
    assert find_loaded("import archivist.site.contents", HEAVY) != []


def test_help_loads_no_command():
    code = "from archivist.__main__ import main\ntry: main(['--help'])\nexcept SystemExit: pass"

    assert find_loaded(code, ["archivist.build", "archivist.posts", "yaml", *HEAVY]) == []


def test_modules_do_nothing_at_import():
    guard = (
        "import sys\n"
        "def stop(event, args):\n"
        "    if event in {'subprocess.Popen', 'os.remove', 'os.mkdir', 'socket.connect'}:\n"
        "        raise RuntimeError(event)\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(stop)\n"
    )
    names = ", ".join(name for name in MODULES if "__main__" not in name)

    assert run(f"{guard}import {names}\nprint('done')") == "done\n"


def test_each_extension_of_the_site_is_in_the_settings(root):
    settings = (root / "docs/conf.py").read_text(encoding="utf-8")

    for name in MODULES:
        source = (PACKAGE.parent / (name.replace(".", "/") + ".py")).read_text(encoding="utf-8")
        if "\ndef setup(app: Sphinx)" in source:
            assert f'"{name}"' in settings
