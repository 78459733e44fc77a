"""Fixtures shared by every test: small archives to build, and built sites to read."""

import gzip
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, settings
from jinja2 import Environment
from playwright.sync_api import sync_playwright

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.site.settings import BUILDERS
from tests.forked import call_sphinx, run_forked

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
# The system's browser if there is one, else the one playwright installed: see the Makefile.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What a machine is busy with otherwise is no fault of what is tried. A change is not refused for
# what it did not do: other examples than these are drawn by `make fuzz`.
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", **QUIET, derandomize=True)
settings.register_profile("others", **QUIET)
settings.load_profile("same")

HEADER = {"date": "2018-06-22", "author": "amoor", "category": "Innovation publique"}


@dataclass(frozen=True)
class Site:
    """A built site, read as a browser would."""

    folder: Path

    def page(self, name):
        """Return the page in the file *name*, parsed."""
        return BeautifulSoup((self.folder / name).read_text(encoding="utf-8"), "lxml")

    def pages(self):
        """Return all pages, parsed, by file name."""
        return {name: self.page(name) for name in self.files() if name.endswith(".html")}

    def files(self):
        """Return the names of all files."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def contents(self):
        """Return the bytes of all files, by name."""
        return {name: (self.folder / name).read_bytes() for name in self.files()}

    def texts(self):
        """Return what all files say, by name: packed ones are unpacked."""
        return {name: show_text(data) for name, data in self.contents().items()}

    def has(self, name):
        """Tell whether the file *name* is there."""
        return (self.folder / name).exists()

    def titles(self, name):
        """Return the titles of the entries of a list, in order."""
        return [each.get_text() for each in self.page(name).select(".entry-title")]


def show_text(data):
    """Return *data* as text, for looking through."""
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return data.decode("utf-8", "ignore")


def write_post(title="Un billet", body="Du texte.", **fields):
    """Return the text of a post; a field given as None is left out."""
    lines = [f"{key}: {value}" for key, value in (HEADER | fields).items() if value is not None]
    heading = f"# {title}\n\n" if title else ""
    return "---\n" + "\n".join(lines) + f"\n---\n\n{heading}{body}\n"


def write_docs(folder, files):
    """Make an archive in *folder*: our settings, templates and pages, and *files*.

    A name of *files* is below docs/posts/, or below docs/ when it begins with a slash. Our long
    pages are left short, or most of what a test builds would be they: see WHOLE. What an archive
    says of itself is that of STANDING, whichever archive the tests are run in.
    """
    docs = Path(folder) / "docs"
    if not docs.exists():
        shutil.copytree(ROOT / "docs", docs, ignore=_leave_what_is_its_own)
        for name, text in STANDING.items():
            (docs / name).write_text(text, encoding="utf-8")
        (docs / "conf.py").write_text(SETTINGS, encoding="utf-8")
        (docs / "posts").mkdir()
    for name, text in files.items():
        path = docs / name[1:] if name.startswith("/") else docs / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        elif isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(date_as_folder(name, text), encoding="utf-8")
    return docs


def date_as_folder(name, text):
    """Return *text* with the date that nobody gave in the year of its folder."""
    year = name.partition("/")[0]
    if not re.fullmatch("20[0-9]{2}", year):
        return text
    return text.replace(f"\ndate: {HEADER['date']}\n", f"\ndate: {year}-06-22\n")


def _leave_what_is_its_own(folder, names):
    """Return the names of what an archive has of its own: posts, what goes with them, pages."""
    if Path(folder) != ROOT / "docs":
        return set()
    pages = {name for name in names if name.endswith(".md")}
    return {"posts", "manifest.json", "wordpress.json"} | pages - {*STANDING, *PAGES}


PAGES = ("404.md", "a-propos.md", "emporter.md")
GLOSSARY = """\
# Glossaire

```{glossary}
CNFPT
  Centre national de la fonction publique territoriale.
```
"""
CATEGORIES = """\
Innovation publique:
  description: Faire autrement.
Emploi, formation:
  description: Apprendre.
Œuvre commune:
"""
STANDING = {
    "authors.yml": "amoor:\n  name: a.m.o.o.r.\n  link: http://www.amoor.fr/\n",
    "exceptions.txt": "",
    "index.md": "# Archives de l’innovation publique\n\nDes billets, gardés.\n",
    "links.yml": "",
    "redirects.txt": "",
    "synonymes.txt": "",
    "accessibilite.md": "# Accessibilité\n\nDu texte.\n",
    "categories.yml": CATEGORIES,
    "contribuer.md": "# Contribuer\n\nDu texte.\n",
    "glossaire.md": GLOSSARY,
    **{
        f"{name}.md": f"# Page {name}\n\nDu texte.\n"
        for name in ("ecrire-un-billet", "tenir-l-archive", "verifications")
    },
}
SETTINGS = re.sub(
    r"^(project|html_baseurl|archive_(?!timezone)\w+) = \".*\"$",
    lambda found: f'{found[1]} = "{"Archives de l’innovation publique" * (found[1] == "project")}"',
    (ROOT / "docs/conf.py").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
WHOLE = {
    f"/{name}": (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in (
        *("accessibilite.md", "contribuer.md"),
        *("ecrire-un-billet.md", "tenir-l-archive.md", "verifications.md"),
    )
}
"""Those pages as they are."""


@pytest.fixture(autouse=True)
def _no_day_is_set(monkeypatch):
    """The day of a build is an input, and so is its address: tests that need one set it."""
    for name in ("SOURCE_DATE_EPOCH", "NETLIFY", *BUILDERS):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once():
    """A template means the same in each build, of which compiling them is a third."""
    compile_, known = Environment.compile, {}

    def recall(self, source, name=None, filename=None, **options):
        escapes = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        key = type(self), source, name, escapes, *options.items()
        if key not in known:
            known[key] = compile_(self, source, name, filename, **options)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", recall)
        yield


@pytest.fixture(scope="session")
def root():
    """The folder of the project."""
    return ROOT


@pytest.fixture
def make_post():
    return write_post


@pytest.fixture
def make_docs(tmp_path):
    """Return a function from files to the docs/ folder of an archive."""
    return lambda files: write_docs(tmp_path, files)


@pytest.fixture
def make_site(tmp_path):
    """Return a function from files to a built site."""

    def make(files, **options):
        docs = write_docs(tmp_path, files)
        build_site(docs, tmp_path / "html", options)
        return Site(tmp_path / "html")

    return make


@pytest.fixture(scope="session")
def browser():
    """The one browser of this process: Playwright cannot be begun twice in one."""
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """Return the archive itself, built once."""
    output = tmp_path_factory.mktemp("live") / "html"
    build_site(ROOT / "docs", output, {})
    return Site(output)


@pytest.fixture
def run_sphinx():
    """Return a function that runs sphinx-build as a host would, in a process of its own."""

    def run(docs, output, *options):
        return run_forked(call_sphinx, *options, docs, output)

    return run


def list_sink_files():
    """Return the files of an archive with all that a post can contain, and lists of two pages."""
    posts = {
        f"2017/billet-{day}.md": write_post(
            title=f"Billet {day}", date=f"2017-{day % 12 + 1:02}-{day:02}"
        )
        for day in range(1, 23)
    }
    data = ROOT / "tests/data"
    return (
        posts
        | WHOLE
        | {
            "2017/ancien.md": write_post(title="Ancien", date="2017-05-04", redirect="/?p=148"),
            "2018/evier.md": (data / "evier.md").read_text(encoding="utf-8"),
            "2018/evier/photo.png": (data / "photo.png").read_bytes(),
            "2018/evier.comments.yml": (data / "evier.comments.yml").read_text(encoding="utf-8"),
            "/links.yml": (data / "evier.links.yml").read_text(encoding="utf-8"),
            "2016/evier.md": write_post(
                title="Même nom",
                date="2016-01-01",
                language="fr",
                series='"Éviers d’été : la suite"',
                body="Voir [l’autre](../2018/evier.md).",
            ),
        }
    )


@pytest.fixture(scope="session")
def sink_site(tmp_path_factory):
    """Return a site with all that a post can contain."""
    folder = tmp_path_factory.mktemp("sink")
    options = {"html_baseurl": "https://exemple.fr/"}
    build_site(write_docs(folder, list_sink_files()), folder / "html", options)
    return Site(folder / "html")


@pytest.fixture
def check(make_docs):
    """Return a function from files to the problems of the archive, as text."""
    return lambda files: [str(each) for each in check_archive(read_archive(make_docs(files)))]


@pytest.fixture
def check_post(check, make_post):
    """Return a function from a post to its problems, without its path."""

    def run(**fields):
        problems = check({"2018/billet.md": make_post(**fields)})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run


@pytest.fixture
def check_body(check, make_post, root):
    """Return a function from a text, line 9 of a post with an image, to its problems."""
    photo = (root / "tests/data/photo.png").read_bytes()

    def run(body):
        problems = check({"2018/billet.md": make_post(body=body), "2018/billet/vue.png": photo})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run
