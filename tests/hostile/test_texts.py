"""Hundreds of hostile texts in one archive: refused with their line, or read as we read them."""

import posixpath
import re
import resource
from dataclasses import dataclass
from html import escape
from statistics import median
from urllib.parse import unquote, urlsplit

import pytest

from archivist.build.build import build_site
from archivist.build.docs import check_docs
from archivist.posts.archive import Archive, read_archive
from tests.browser.conftest import serve
from tests.conftest import Site, write_docs
from tests.fuzz.clock import time_documents
from tests.hostile.constructs import write
from tests.hostile.texts import CALL, TEXTS

NEIGHBOUR = write("Du texte.", header="date: 2018-06-20\ntags: CNFPT", title="Un voisin")
# A line of ours to a writer.
MESSAGE = re.compile(r"docs/posts/2018/(?P<name>[a-z]+-[0-9]+)[./].*:[0-9]+: \S.*")
# What the site puts into the article of a post.
ADDED = ".post-byline, .post-footer, nav.sections"


def lay(text):
    """Return the files of *text*, by their paths below docs/posts/."""

    def fill(content):
        return content if isinstance(content, bytes) else content.replace("@NAME@", text.name)

    post = write(text.body, header=text.header, title=text.title)
    files = {f"2018/{text.name}/{name}": data for name, data in text.files.items()}
    return {name: fill(data) for name, data in {f"2018/{text.name}.md": post, **files}.items()}


@dataclass(frozen=True)
class Read:
    """What was *said* of the texts refused, and the others: their *archive* and *site*."""

    said: dict[str, list[str]]
    strange: list[str]
    archive: Archive
    site: Site
    seconds: dict[str, float]
    megabytes: float

    def pages(self):
        """Return the article of each text, and what we read in it, by name."""
        bodies = self.archive.bodies()
        for docname in sorted(bodies):
            name = posixpath.basename(docname)
            if name not in self.said and docname.startswith("posts/"):
                yield name, self.site.page(f"{docname}.html"), bodies[docname]


def _find_refused(docs):
    """Return what the checks say of each text, and what they say of nothing in particular."""
    said, strange = {}, []
    for line in map(str, check_docs(docs)[1]):
        found = MESSAGE.fullmatch(line)
        if found:
            said.setdefault(found["name"], []).append(line)
        else:
            strange.append(line)
    return said, strange


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """All texts, checked; those that nothing was said of, built."""
    folder = tmp_path_factory.mktemp("texts")
    # Names of files are all their own before two of them can be one address.
    docs = write_docs(folder, {"2018/voisin.md": NEIGHBOUR})
    for text in TEXTS:
        write_docs(folder, lay(text))
    said, strange = _find_refused(docs)
    for text in TEXTS:
        if text.name in said:
            for name in lay(text):
                (docs / "posts" / name).unlink()
    for left in (docs / "posts/2018").iterdir():
        if left.is_dir() and not any(left.iterdir()):
            left.rmdir()
    before = _measure_memory()
    with time_documents() as seconds:
        build_site(docs, folder / "html", {})
    megabytes = _measure_memory() - before
    return Read(said, strange, read_archive(docs), Site(folder / "html"), seconds, megabytes)


def _measure_memory():
    """Return the most that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def test_each_text_is_refused_with_its_line_or_built_without_a_warning(read):
    assert read.strange == []
    accepted = {name for name, _, _ in read.pages()}
    assert {text.name for text in TEXTS} <= accepted | read.said.keys()
    # Were all refused, nothing below would be tried.
    assert len(accepted) > len(TEXTS) / 4
    assert len(read.said) > len(TEXTS) / 4


def test_none_takes_long_to_build_nor_much_memory(read):
    times = {name: read.seconds[f"posts/2018/{name}"] for name, _, _ in read.pages()}
    usual = median(times.values())

    # So short a time is that of whatever else the machine does.
    assert {name: spent for name, spent in times.items() if spent > max(10 * usual, 0.2)} == {}
    assert read.megabytes < 300


def _leads_out(address):
    return urlsplit(address).scheme in {"http", "https", "mailto", "tel"}


def _list_written(page):
    """Return the addresses of other sites in the text of *page*, and how many lead inside."""
    text = page.select_one("article.post")
    for added in text.select(f"{ADDED}, .trail, .post-link, .headerlink, .link-mark, [role^=doc-]"):
        added.decompose()
    links = [link["href"] for link in text.select("a[href]")]
    inside = [link for link in links if not _leads_out(link)]
    return sorted(unquote(link) for link in links if _leads_out(link)), len(inside)


def _list_read(body):
    """Return the same as our own reading of the text has it."""
    targets = [link.text for link in body.links]
    led = [role for role in body.roles if role.name in {"ref", "term"} and role.text[:1] != "!"]
    inside = [link for link in targets if not _leads_out(link)]
    return sorted(unquote(link) for link in targets if _leads_out(link)), len(inside) + len(led)


def test_links_are_those_that_we_read(read):
    wrong = {
        name: (_list_read(body), _list_written(page))
        for name, page, body in read.pages()
        if _list_read(body) != _list_written(page)
    }

    assert wrong == {}


def test_images_are_those_that_we_read(read):
    wrong = {}
    for name, page, body in read.pages():
        shown = [image.get("alt", "") for image in page.select("article.post img")]
        known = ["" if image.decorative else image.alt for image in body.images]
        if sorted(shown) != sorted(known):
            wrong[name] = (known, shown)

    assert wrong == {}


def _frame(page, address):
    """Return a frame that shows *page* as it is, without what the site itself loads."""
    for loaded in page.select("script[src], link"):
        loaded.decompose()
    for policy in page.select("meta[http-equiv='Content-Security-Policy']"):
        policy.decompose()
    shown = str(page).replace("<head>", f'<head><base href="{address}/">', 1)
    return f'<iframe srcdoc="{escape(shown)}"></iframe>'


@pytest.fixture(scope="module")
def address(read):
    """Where the site is served, without a header."""
    yield from serve(read.site.folder)


@pytest.fixture(scope="module")
def ran(read, address, browser):
    """What ran when a browser read each page and drawing, and a control that runs."""
    frames = [_frame(page, address) for _, page, _ in read.pages()]
    files = (name for name in read.site.files() if name.startswith(("_images/", "_downloads/")))
    frames += [f'<iframe src="{address}/{name}"></iframe>' for name in files]
    frames += [f'<iframe srcdoc="<script>{CALL}</script>"></iframe>']
    (read.site.folder / "frames.html").write_text("\n".join(frames), encoding="utf-8")
    page, seen = browser.new_page(), []
    page.on("console", lambda message: seen.append(message.text))
    page.on("request", lambda request: seen.append(request.url))
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    page.add_init_script("window.ran = name => console.log(`ran ${name}`)")
    page.goto(f"{address}/frames.html")
    page.close()
    quiet = (address, "about:", "Failed to load resource")
    return [each for each in seen if not each.startswith(quiet)]


def test_no_script_runs_and_no_other_host_is_asked_in_a_browser_that_nothing_guards(ran):
    assert ran == ["ran @NAME@"]
