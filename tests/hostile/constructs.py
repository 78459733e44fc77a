"""What a hostile contributor may send: each construct is files, and what they try to do.

Paths are below the folder of the project. A text may name places of the world it is laid in:
@ABROAD@ is a folder outside the project, @MARK@ a file that only code run by the build makes,
@HOST@ a server whose log is read.
"""

import gzip
import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

# Each is a word that nothing else holds, kept where no page should take it from.
CANARIES = {
    "abroad": "canarietranger",
    "root": "canariracine",
    "git": "canaridepot",
    "environment": "canarienvironnement",
    "settings": "canarireglages",
}

POST = "docs/posts/2018/hostile.md"
FOLDER = "docs/posts/2018/hostile"
ABROAD = "../../../../abroad"
SECRET = f"{ABROAD}/secret.txt"


@dataclass(frozen=True)
class Symlink:
    """A symbolic link to *target*."""

    target: str


@dataclass(frozen=True)
class Script:
    """A file that may be executed."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Construct:
    """What is sent, and what it tries.

    *kind* is "disclose", "run", "write", "fetch" or "inject". *effective* tells whether it
    succeeds on an unprotected build, of whose effects one then holds *expects*. *known* is its
    name among the measured ones. *is_machine* marks a file that is code on purpose, such as
    conf.py: who reviews it is its only guard.
    """

    name: str
    kind: str
    files: Mapping[str, str | bytes | Symlink | Script]
    effective: bool = True
    expects: str = ""
    known: str = ""
    is_machine: bool = False


def write(body, *, header="", title="Un billet hostile"):
    """Return the text of a post; *header* is added to the fields it needs."""
    fields = "date: 2018-06-22\nauthor: amoor\ncategory: Innovation publique\n"
    given = {line.partition(":")[0] for line in header.splitlines()}
    kept = [line for line in fields.splitlines() if line.partition(":")[0] not in given]
    head = "\n".join([*kept, *header.splitlines()])
    heading = f"# {title}\n\n" if title else ""
    return f"---\n{head}\n---\n\n{heading}{body}\n"


def block(name, argument="", *lines, fence="```"):
    """Return a directive, fenced."""
    return "\n".join([f"{fence}{{{name}}} {argument}".rstrip(), *lines, fence])


def rst(*lines):
    """Return reStructuredText within Markdown."""
    return block("eval-rst", "", *lines)


def myst(*lines):
    """Return the key of a header that changes MyST's settings for one file."""
    return "\n".join(["myst:", *(f"  {line}" for line in lines)])


def extension(name):
    """Return the key of a header that switches on an extension of MyST."""
    return myst(f"enable_extensions: [{name}]")


def post(name, kind, body="Du texte.", *, beside=None, **rest):
    """Return a construct that is a post, as `write` writes it, and the files *beside* it."""
    own = {key: rest.pop(key) for key in ("header", "title") if key in rest}
    return Construct(
        name=name, kind=kind, files={POST: write(body, **own)} | (beside or {}), **rest
    )


def picture(name, svg, **rest):
    """Return a construct that is a drawing shown in a post."""
    beside = {f"{FOLDER}/dessin.svg": svg}
    return post(name, "inject", "![Un dessin](hostile/dessin.svg)", beside=beside, **rest)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw(comment="", *, width=2, after=b""):
    """Return a whole PNG that says *comment* in a place no one sees."""
    header = struct.pack(">IIBBBBB", width, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * width) * 2)
    text = _chunk(b"tEXt", b"Comment\0" + comment.encode())
    chunks = _chunk(b"IHDR", header) + text + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks + after


def svg(inside, attributes=""):
    """Return a drawing."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="9" height="9"{attributes}>{inside}</svg>'
    )


def stub(title, body=""):
    """Return a page that is in no table of contents."""
    return f"---\norphan: true\n---\n\n# {title}\n\n{body or 'Du texte.'}\n"


SVG_SCRIPT = svg("<script>alert(1)</script>")
PAGE_SCRIPT = "<!doctype html><title>x</title><script>alert(1)</script>"
CODE = 'open("@MARK@", "w").close()\n'
# What reaches Python from a template that is not held in a sandbox.
ESCAPE = "{{ cycler.__init__.__globals__.os.popen('touch @MARK@').read() }}"

DISCLOSE = (
    post("include-a-file-abroad", "disclose", block("include", SECRET), expects="abroad", known="A01"),
    post("include-from-the-root-of-docs", "disclose", block("include", "/../secret.env"),
         expects="root", known="A02"),
    post("include-the-settings-of-git", "disclose", block("include", "/../.git/config"),
         expects="git", known="A03"),
    post("include-the-environment", "disclose",
         block("include", "/" + "../" * 20 + "proc/self/environ"), expects="environment", known="A04"),
    post("literalinclude-a-file-abroad", "disclose", block("literalinclude", SECRET),
         expects="abroad", known="A05"),
    post("literalinclude-conf", "disclose", block("literalinclude", "/conf.py"),
         expects="settings", known="A06"),
    post("csv-table-of-a-file", "disclose", block("csv-table", "", f":file: {ABROAD}/secret.csv"),
         expects="abroad", known="A07"),
    post("raw-of-a-file", "disclose", block("raw", "html", f":file: {SECRET}"),
         expects="abroad", known="A08"),
    post("raw-of-a-file-address", "disclose", block("raw", "html", ":url: file://@ABROAD@/secret.txt"),
         expects="abroad", known="A09"),
    post("csv-table-of-a-file-address", "disclose",
         block("csv-table", "", ":url: file://@ABROAD@/secret.csv"), expects="abroad", known="A10"),
    post("download-a-file-abroad", "disclose", f"{{download}}`{SECRET}`", expects="abroad", known="A11"),
    post("link-a-file-abroad", "disclose", f"[facture]({SECRET})", expects="abroad", known="A12"),
    post("show-a-file-abroad-as-an-image", "disclose", f"![x]({SECRET})", expects="abroad", known="A13"),
    post("figure-of-a-file-abroad", "disclose", block("figure", SECRET), expects="abroad", known="A14"),
    post("rst-include", "disclose", rst(f".. include:: {SECRET}"), expects="abroad", known="A15"),
    post("rst-raw-of-a-file", "disclose", rst(".. raw:: html", f"   :file: {SECRET}"),
         expects="abroad", known="A16"),
    post("image-by-reference", "disclose", f"![x][y]\n\n[y]: {SECRET}", expects="abroad", known="A17"),
    post("link-the-settings", "disclose", "[x](../../conf.py)", expects="settings", known="A18"),
    post("link-of-the-path-scheme", "disclose", f"[x](path:{SECRET})", expects="abroad", known="A19"),
    post("code-block-of-a-file", "disclose", block("code-block", "text", f":file: {SECRET}"),
         effective=False, known="A20"),
    post("toctree-of-all-abroad", "disclose", block("toctree", "", ":glob:", "", f"{ABROAD}/*"),
         effective=False, known="A21"),
    post("include-a-folder", "disclose", block("include", ABROAD), effective=False, known="A22"),
    post("image-that-is-a-symlink", "disclose", "![x](hostile/photo.png)", expects="abroad", known="A23",
         beside={f"{FOLDER}/photo.png": Symlink("../../../../../abroad/secret.txt")}),
    Construct(name="post-that-is-a-symlink", kind="disclose", expects="abroad", known="A24",
              files={POST: Symlink(f"{ABROAD}/secret.md")}),
    post("literalinclude-a-difference", "disclose",
         block("literalinclude", "/conf.py", f":diff: {SECRET}"), expects="abroad", known="A25"),
    post("substitution-without-its-extension", "disclose", "{{ secret }}",
         header=myst("substitutions:", '  secret: "{{ env }}"'), effective=False, known="A26"),
    post("image-block-of-a-file-abroad", "disclose", block("image", SECRET), expects="abroad",
         known="A27"),
    post("include-by-absolute-path", "disclose", block("include", "@ABROAD@/secret.txt"),
         effective=False, known="A28"),
    post("raw-by-absolute-path", "disclose", block("raw", "html", ":file: @ABROAD@/secret.txt"),
         expects="abroad", known="A29"),
    post("image-element-of-a-file-abroad", "disclose", f'<img src="{SECRET}">', effective=False,
         known="A30"),
    post("image-element-read-by-an-extension", "disclose", f'<img src="{SECRET}">',
         header=extension("html_image"), expects="abroad", known="A31"),
    post("include-a-standard-file-and-climb", "disclose",
         block("include", "<" + "../" * 20 + "@ABROAD@/secret.txt>"), expects="abroad", known="A32"),

    post("valid-photo-abroad", "disclose", f"![Une photo]({ABROAD}/photo.png)", expects="abroad"),
    post("valid-photo-that-is-a-symlink", "disclose", "![Une photo](hostile/photo.png)",
         expects="abroad",
         beside={f"{FOLDER}/photo.png": Symlink("../../../../../abroad/photo.png")}),
    post("folder-that-is-a-symlink", "disclose", "![Une photo](hostile/photo.png)", expects="abroad",
         beside={FOLDER: Symlink(ABROAD)}),
    post("year-that-is-a-symlink", "disclose", beside={"docs/posts/2016": Symlink("../../../abroad")},
         expects="abroad"),
    post("folder-of-docs-that-is-a-symlink", "disclose",
         beside={"docs/ailleurs": Symlink("../../abroad")}, expects="abroad"),
    post("linked-file-that-is-a-symlink", "disclose", "[facture](hostile/facture.pdf)", expects="abroad",
         beside={f"{FOLDER}/facture.pdf": Symlink("../../../../../abroad/secret.txt")}),
    post("image-of-any-ending", "disclose", f"![x]({ABROAD}/secret.*)", expects="abroad"),
    post("figure-that-leads-abroad", "disclose",
         block("figure", "hostile/photo.png", f":target: {SECRET}", ":alt: x"), effective=False,
         beside={f"{FOLDER}/photo.png": draw()}),
    post("figure-that-leads-to-the-settings", "disclose",
         block("figure", "hostile/photo.png", ":target: /conf.py", ":alt: x"), effective=False,
         beside={f"{FOLDER}/photo.png": draw()}),
    post("dots-in-percents", "disclose",
         "[x](%2e%2e/%2e%2e/%2e%2e/%2e%2e/abroad/secret.txt)", expects="abroad"),
    post("slashes-in-percents", "disclose", "[x](..%2f..%2f..%2f..%2fabroad%2fsecret.txt)",
         effective=False),
    post("image-with-dots-in-percents", "disclose",
         "![x](%2e%2e/%2e%2e/%2e%2e/%2e%2e/abroad/photo.png)", effective=False),
    post("dots-in-percents-twice", "disclose",
         "[x](%252e%252e/%252e%252e/%252e%252e/%252e%252e/abroad/secret.txt)", effective=False),
    post("backslashes", "disclose", r"[x](..\\..\\..\\..\\abroad\\secret.txt)", effective=False),
    post("entities-in-a-path", "disclose",
         "[x](&#46;&#46;/&#46;&#46;/&#46;&#46;/&#46;&#46;/abroad/secret.txt)", expects="abroad"),
    post("path-between-angles", "disclose", f"[x](<{SECRET}>)", expects="abroad"),
    post("path-with-a-fragment", "disclose", f"[x]({SECRET}#ici)", expects="abroad"),
    post("path-with-a-query", "disclose", f"![x]({SECRET}?ici)", effective=False),
    post("path-with-a-nul", "disclose", f"![x]({SECRET}\0.png)", effective=False),
    post("path-through-a-folder-of-ours", "disclose",
         "[x](hostile/../../../../../abroad/secret.txt)", expects="abroad"),
    post("path-from-the-root-of-docs", "disclose", "[x](/../secret.env)", expects="root"),
    post("image-of-the-settings-of-git", "disclose", "![x](/../.git/config)", expects="git"),
    post("image-of-the-environment", "disclose", f"![x](/{'../' * 20}proc/self/environ)",
         expects="environment"),
    post("picture-above-the-text-is-a-secret", "disclose", header=f"featured_image: {SECRET}",
         effective=False),
    post("picture-above-the-text-is-of-git", "disclose", header="featured_image: /../.git/config",
         effective=False),
    post("autolink-of-the-path-scheme", "disclose", f"<path:{SECRET}>", expects="abroad"),
    post("autolink-of-a-file", "disclose", "<file://@ABROAD@/secret.txt>", effective=False),
    post("link-of-the-project-scheme", "disclose", f"[x](project:{SECRET})", effective=False),
    post("link-by-reference", "disclose", f"[x]\n\n[x]: {SECRET}", expects="abroad"),
    post("reference-defined-outside-a-note", "disclose",
         block("note", "", "![x][y]") + f"\n\n[y]: {SECRET}", expects="abroad"),
    post("reference-defined-inside-a-note", "disclose",
         block("note", "", f"[y]: {SECRET}") + "\n\n![x][y]", effective=False),
    post("title-of-a-box-is-a-link", "disclose",
         block("admonition", f"[facture]({SECRET})", "Du texte."), expects="abroad"),
    post("title-of-a-box-is-an-image", "disclose",
         block("admonition", f"![x]({SECRET})", "Du texte."), expects="abroad"),
    post("title-of-a-table-is-an-image", "disclose",
         block("list-table", f"![x]({SECRET})", "* - Un", "* - Deux"), expects="abroad"),
    post("caption-of-code-is-an-image", "disclose",
         block("code-block", "text", f":caption: '![x]({SECRET})'", "", "x"), expects="abroad"),
    post("caption-of-a-figure-is-a-download", "disclose",
         block("figure", "hostile/photo.png", ":alt: Une vue", "", f"{{download}}`{SECRET}`"),
         beside={f"{FOLDER}/photo.png": draw()}, expects="abroad"),
    post("cell-of-a-list-table-includes", "disclose",
         block("list-table", "", "* - Un", f"* - ```{{include}} {SECRET}", "    ```", fence="````"),
         expects="abroad"),
    post("cell-of-a-table-downloads", "disclose", f"| a |\n|---|\n| {{download}}`{SECRET}` |",
         expects="abroad"),
    post("note-that-hides-an-include", "disclose",
         block("note", "", block("include", SECRET), fence="````"), expects="abroad"),
    post("three-boxes-that-hide-an-include", "disclose",
         block("note", "", block("tip", "", block("note", "", block("include", SECRET),
               fence="````"), fence="`````"), fence="``````"), expects="abroad"),
    post("quotation-that-hides-an-include", "disclose", f"> ```{{include}} {SECRET}\n> ```",
         expects="abroad"),
    post("list-that-hides-an-include", "disclose", f"- ```{{include}} {SECRET}\n  ```",
         expects="abroad"),
    post("note-of-a-page-that-hides-an-include", "disclose",
         f"Texte[^1].\n\n[^1]: Note.\n\n    ```{{include}} {SECRET}\n    ```", expects="abroad"),
    post("definition-that-hides-an-include", "disclose",
         f"Terme\n: ```{{include}} {SECRET}\n  ```", header=extension("deflist"), expects="abroad"),
    post("include-between-colons", "disclose", block("include", SECRET, fence=":::"),
         header=extension("colon_fence"), expects="abroad"),
    post("include-between-tildes", "disclose", block("include", SECRET, fence="~~~"),
         expects="abroad"),
    post("include-between-many-backticks", "disclose", block("include", SECRET, fence="`" * 9),
         expects="abroad"),
    post("include-indented", "disclose", f"   ```{{include}} {SECRET}\n   ```", expects="abroad"),
    post("include-that-never-ends", "disclose", f"```{{include}} {SECRET}", expects="abroad"),
    post("include-in-capitals", "disclose", block("INCLUDE", SECRET), expects="abroad"),
    post("include-after-spaces", "disclose", f"```   {{include}}   {SECRET}  \n```",
         expects="abroad"),
    post("include-after-an-entity", "disclose", f"```&#123;include&#125; {SECRET}\n```",
         effective=False),
    post("include-with-options-as-yaml", "disclose",
         block("include", SECRET, "---", "literal: true", "---"), expects="abroad"),
    post("note-whose-options-hide-an-include", "disclose",
         block("note", "", "---", "class: x", "---", block("include", SECRET), fence="````"),
         expects="abroad"),
    post("second-header-that-hides-an-include", "disclose",
         f"---\n```{{include}} {SECRET}\n```\n---\n\n# Titre", title="", expects="abroad"),
    Construct(name="header-right-after-the-header", kind="disclose", expects="abroad", files={
        POST: f"---\ndate: 2018-06-22\nauthor: amoor\n---\n---\n```{{include}} {SECRET}\n```\n"
              "---\n\n# Titre\n\nTexte.\n"}),
    post("html-of-an-extension-that-hides-an-image", "disclose",
         f'<div class="admonition">\n<img src="{SECRET}">\n</div>',
         header=myst("enable_extensions: [html_admonition, html_image]"), expects="abroad"),
    post("attribute-that-changes-an-image", "disclose",
         f"![Une vue](hostile/photo.png){{src={SECRET}}}", header=extension("attrs_inline"),
         beside={f"{FOLDER}/photo.png": draw()}, effective=False),
    post("substitution-that-shows-the-settings", "disclose", "{{ env.app.confdir }}",
         header=extension("substitution"), effective=False),
    post("substitution-that-includes", "disclose", "{{ x }}",
         header=myst("enable_extensions: [substitution]", "substitutions:", "  x: |",
                     f"    ```{{include}} {SECRET}", "    ```"), expects="abroad"),
    post("parsed-literal-that-downloads", "disclose",
         block("parsed-literal", "", f"{{download}}`{SECRET}`"), expects="abroad"),
    post("rst-substitution-that-is-an-image", "disclose",
         rst(f".. |x| image:: {SECRET}", "", "|x|"), expects="abroad"),
    post("rst-table-of-a-file", "disclose", rst(".. csv-table::", f"   :file: {ABROAD}/secret.csv"),
         expects="abroad"),
    post("rst-in-a-note", "disclose", block("note", "", rst(f".. include:: {SECRET}"), fence="````"),
         expects="abroad"),
    post("file-in-rst-beside-posts", "disclose", expects="abroad", beside={
        "docs/posts/2018/page.rst": f":orphan:\n\nPage\n====\n\n.. include:: {SECRET}\n"}),
    post("file-in-rst-in-the-folder-of-a-post", "disclose", expects="abroad", beside={
        f"{FOLDER}/page.rst": f":orphan:\n\nPage\n====\n\n.. include:: ../{SECRET}\n"}),
    post("post-whose-name-is-underlined", "disclose", expects="abroad", beside={
        "docs/posts/2018/_page.md": f"---\norphan: true\n---\n\n# Page\n\n{block('include', SECRET)}\n"}),
    post("post-whose-name-is-hidden", "disclose", expects="abroad", beside={
        "docs/posts/2018/.page.md": f"---\norphan: true\n---\n\n# Page\n\n{block('include', SECRET)}\n"}),
    post("post-in-a-hidden-folder", "disclose", expects="abroad", beside={
        "docs/posts/.2018/page.md": f"---\norphan: true\n---\n\n# Page\n\n{block('include', SECRET)}\n"}),
    post("page-in-the-folder-of-a-post", "disclose", expects="abroad", beside={
        f"{FOLDER}/page.md": f"---\norphan: true\n---\n\n# Page\n\n{block('include', '../' + SECRET)}\n"}),
    post("standing-page-that-includes", "disclose", expects="root", beside={
        "docs/page.md": "---\norphan: true\n---\n\n# Page\n\n```{include} ../secret.env\n```\n"}),
    post("drawing-that-reads-a-file", "disclose", "![x](hostile/dessin.svg)", effective=False, beside={
        f"{FOLDER}/dessin.svg": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file://@ABROAD@/secret.txt">]>'
                                + svg("<text>&x;</text>")}),
    post("include-in-french", "disclose", block("inclure", SECRET), expects="abroad"),
    post("file-in-rst-beside-standing-pages", "disclose", expects="root", beside={
        "docs/page.rst": ":orphan:\n\nPage\n====\n\n.. include:: ../secret.env\n"}),
    post("file-in-rst-in-place-of-a-page", "disclose", effective=False, beside={
        "docs/glossaire.rst": "Glossaire\n=========\n\n.. include:: ../secret.env\n"}),
    post("standing-page-that-is-a-symlink", "disclose", expects="abroad", beside={
        "docs/page.md": Symlink("../../abroad/secret.md")}),
    post("standing-page-that-links-a-file", "disclose", expects="root", beside={
        "docs/page.md": stub("Page", "[x](../secret.env)")}),
    post("standing-page-that-shows-a-file", "disclose", expects="abroad", beside={
        "docs/page.md": stub("Page", "![x](../../abroad/photo.png)")}),
    post("toctree-of-a-file-abroad", "disclose", block("toctree", "", f"{ABROAD}/secret"),
         effective=False),
    post("document-abroad", "disclose", f"{{doc}}`{ABROAD}/secret`", effective=False),
)  # fmt: skip


def _store(objects, kind, data):
    """Add to *objects* what git calls one, and return its name."""
    raw = f"{kind} {len(data)}\0".encode() + data
    # Git names its objects so.
    digest = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
    objects[f"docs/objects/{digest[:2]}/{digest[2:]}"] = zlib.compress(raw)
    return digest


def _repository():
    """Return docs/ made a repository whose settings name a program."""
    files = {}
    tree = _store(files, "tree", b"")
    who = "a <a@exemple.fr> 1500000000 +0000"
    commit = (
        f"tree {tree}\nauthor {who}\ncommitter {who}\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\nm\n"
    )
    head = _store(files, "commit", commit.encode())
    settings = "[core]\n\tbare = true\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ./gpg.sh\n"
    return files | {
        "docs/HEAD": f"{head}\n",
        "docs/refs/vide": "",
        "docs/config": settings,
        "docs/gpg.sh": Script("#!/bin/sh\ntouch @MARK@\n"),
    }


# A picture that is a program; a wide one, so that it is made smaller.
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 600 600\n%%EndComments\n(x) run\n%%EOF\n"

RUN = (
    post("template-in-the-text", "run", ESCAPE, effective=False, known="B01"),
    post("template-switched-on-by-the-header", "run", ESCAPE, header=extension("substitution"),
         expects="mark", known="B02"),
    post("template-through-the-environment", "run",
         "{{ env.app.__init__.__globals__.sys.modules.os.system('touch @MARK@') }}",
         header=extension("substitution"), expects="mark", known="B03"),
    post("slug-function-in-the-header", "run", "## Partie", header=myst("heading_slug_func: os.system"),
         effective=False, known="B04"),
    post("include-whose-parser-is-any-module", "run",
         block("include", "billet.md", ":parser: this"), expects="this", known="B05"),
    post("include-whose-parser-lies-beside", "run",
         block("include", "billet.md", ":parser: docs.posts.analyseur"), expects="mark", known="B06",
         beside={"docs/posts/analyseur.py": CODE}),
    post("only-with-an-expression", "run",
         block("only", "__import__('os').system('touch @MARK@')", "x"), effective=False, known="B07"),
    post("documentation-of-a-module", "run", block("automodule", "docs.posts.module"),
         beside={"docs/posts/module.py": CODE}, effective=False, known="B08"),
    post("programs-of-other-extensions", "run",
         "\n\n".join(block(name, "", "touch @MARK@")
                     for name in ("graphviz", "plantuml", "code-cell", "exec", "program-output")),
         effective=False, known="B09"),
    post("settings-of-docutils", "run", effective=False, known="B10", beside={
        "docs/docutils.conf": "[general]\nraw_enabled: yes\nfile_insertion_enabled: yes\n"}),
    post("template-of-pages-that-runs", "run", effective=False, known="B11", is_machine=True, beside={
        "docs/_templates/page.html": "{{ cycler.__init__.__globals__.os.system('touch @MARK@') }}"}),
    Construct(name="settings-that-run", kind="run", expects="mark", known="B12", is_machine=True,
              files={"docs/conf.py": CODE}),
    post("object-in-yaml", "run",
         header='tags: !!python/object/apply:os.system ["touch @MARK@"]', effective=False, known="B13"),
    post("settings-beside-posts", "run", beside={"docs/posts/conf.py": CODE}, effective=False,
         known="B14"),
    post("template-with-other-signs", "run", ESCAPE.replace("{{", "[[").replace("}}", "]]"),
         header=myst("enable_extensions: [substitution]", 'sub_delimiters: ["[", "]"]'),
         expects="mark", known="B15"),

    post("template-in-a-substitution", "run", "{{ x }}",
         header=myst("enable_extensions: [substitution]", "substitutions:", f'  x: "{ESCAPE}"'),
         expects="mark"),
    post("template-as-a-block", "run", f"Avant.\n\n{ESCAPE}\n\nAprès.",
         header=extension("substitution"), expects="mark"),
    post("template-in-a-page-of-a-hidden-name", "run", expects="mark", beside={
        "docs/posts/2018/_page.md":
            f"---\norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"}),
    post("template-in-a-standing-page", "run", expects="mark", beside={
        "docs/page.md": f"---\norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"}),
    post("template-in-a-page-in-the-folder-of-a-post", "run", expects="mark", beside={
        f"{FOLDER}/page.md":
            f"---\norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"}),
    post("template-in-a-standing-page-whose-header-has-a-space", "run", expects="mark", beside={
        "docs/page.md": f"--- \norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"}),
    *(post(f"template-in-a-page-{name}", "run", expects="mark", beside={
        path: f"---\norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"})
      for name, path in (
          ("of-a-hidden-name-beside-standing-ones", "docs/.page.md"),
          ("of-an-underlined-name-in-a-folder", "docs/pages/_page.md"),
          ("in-an-underlined-folder-in-a-folder", "docs/pages/_prives/page.md"),
          ("of-the-name-of-a-shadow", "docs/posts/2018/._page.md"),
          ("in-a-folder-of-the-name-of-a-shadow", "docs/posts/._2018/page.md"),
          ("in-a-folder-of-the-name-of-a-copy", "docs/posts/2018/.x.swp/page.md"),
          ("of-the-name-of-a-copy", "docs/posts/2018/page.md~.md"),
          ("in-a-folder-of-the-name-of-a-post", "docs/posts/2016/page.md/page.md"),
          ("at-the-root-of-posts", "docs/posts/page.md"),
      )),
    post("template-after-a-line-that-only-some-see", "run", ESCAPE, expects="mark",
         header="tags: a\u2028myst: {enable_extensions: [substitution]}"),
    post("template-switched-on-by-an-anchor", "run", ESCAPE, expects="mark",
         header="myst: &a {enable_extensions: [substitution]}\ntags: x"),
    post("template-switched-on-by-a-merge", "run", ESCAPE, expects="mark",
         header="tags: x\n<<: {myst: {enable_extensions: [substitution]}}"),
    post("template-switched-on-by-a-quoted-key", "run", ESCAPE, expects="mark",
         header='"my\\u0073t": {enable_extensions: [substitution]}'),
    Construct(name="template-switched-on-by-a-second-header", kind="run", effective=False, files={
        POST: "---\ndate: 2018-06-22\nauthor: amoor\n---\n---\n"
              f"{extension('substitution')}\n---\n\n# Titre\n\n{ESCAPE}\n"}),
    Construct(name="template-after-carriage-returns", kind="run", expects="mark", files={
        POST: write(ESCAPE, header=extension("substitution")).replace("\n", "\r")}),
    Construct(name="template-after-a-byte-order-mark", kind="run", expects="mark", files={
        POST: "\ufeff" + write(ESCAPE, header=extension("substitution"))}),
    post("name-of-a-function-in-yaml", "run", header="tags: !!python/name:os.system", effective=False),
    post("module-in-yaml", "run", header="tags: !!python/module:antigravity", effective=False),
    post("new-object-in-yaml", "run", effective=False,
         header='date: !!python/object/new:os.system ["touch @MARK@"]'),
    post("rst-include-whose-parser-lies-beside", "run",
         rst(".. include:: billet.md", "   :parser: docs.posts.analyseur"), expects="mark",
         beside={"docs/posts/analyseur.py": CODE}),
    post("note-that-hides-a-parser", "run",
         block("note", "", block("include", "billet.md", ":parser: docs.posts.analyseur"),
               fence="````"), expects="mark", beside={"docs/posts/analyseur.py": CODE}),
    post("role-of-a-module", "run", "{py:mod}`os` {eval}`1` {exec}`1` {math}`x` {any}`os.system`",
         effective=False),
    post("code-in-ipynb-beside-posts", "run", effective=False, beside={
        "docs/posts/2018/carnet.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4}'}),
    post("site-customised-from-docs", "run", effective=False, beside={
        "docs/sitecustomize.py": CODE, "docs/posts/2018/__init__.py": CODE}),
    post("module-named-as-one-of-ours-in-docs", "run", effective=False, beside={
        "docs/yaml.py": CODE, "docs/posts/2018/yaml.py": CODE}),
    post("docs-made-a-repository-with-a-program", "run", effective=False, beside=_repository()),
    post("postscript-called-a-photo", "run", "![Une vue](hostile/photo.png)", effective=False, beside={
        f"{FOLDER}/photo.png": POSTSCRIPT}),
    post("postscript-called-a-photo-of-a-language", "run", "![Une vue](hostile/photo.png)", effective=False,
         beside={f"{FOLDER}/photo.png": draw(), f"{FOLDER}/photo.fr.png": POSTSCRIPT}),
    post("postscript-that-is-linked", "run", "[x](hostile/photo.png)", effective=False,
         beside={f"{FOLDER}/photo.png": POSTSCRIPT}),
    post("template-in-a-page-of-the-name-of-a-lock", "run", effective=False, beside={
        "docs/posts/2018/.#page.md":
            f"---\norphan: true\n{extension('substitution')}\n---\n\n# Page\n\n{ESCAPE}\n"}),
    post("catalogue-that-runs", "run", effective=False, beside={
        "docs/locales/fr/LC_MESSAGES/sphinx.po":
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__(0);\\n"\n'}),
    post("highlighter-from-a-file", "run", "```docs.posts.lexeur\nx\n```", effective=False,
         beside={"docs/posts/lexeur.py": CODE}),
)  # fmt: skip


WRITE = (
    post("redirect-out-of-the-site", "write", header="redirect: ../pwn", expects="pwn",
         known="C01"),
    post("redirect-over-the-home-page", "write", header="redirect: index", expects="index.html",
         known="C02"),
    post("redirect-over-another-post", "write", header="redirect: posts/2018/billet",
         expects="billet", known="C03"),
    post("redirect-to-an-absolute-path", "write", header="redirect: @ABROAD@/pwn", expects="pwn",
         known="C04"),
    post("redirect-over-a-list", "write", header="redirect: blog/archive", effective=False,
         known="C05"),
    post("category-that-climbs", "write", header="category: ../../x", effective=False, known="C06"),
    Construct(name="page-where-a-list-is", kind="write", known="C07", files={
        "docs/blog/tag.md": stub("Faux"), "docs/tag/index.md": stub("Faux")}),
    Construct(name="post-that-takes-the-label-of-the-index", kind="write", known="C08",
              files={"docs/posts/2018/genindex.md": write("Du texte.")}),
    post("image-named-as-a-file-of-the-site", "write", "![x](../../_static/page.js)", effective=False,
         known="C09"),
    Construct(name="page-named-as-the-index", kind="write", known="C10",
              files={"docs/genindex.md": stub("Faux")}),
    Construct(name="page-named-as-the-search", kind="write", effective=False, known="C11",
              files={"docs/search.md": stub("Faux")}),

    post("redirect-with-dots-in-percents", "write", header="redirect: ['/%2e%2e/%2e%2e/pwn']",
         effective=False),
    post("redirect-with-dots-in-percents-twice", "write", header="redirect: ['/%252e%252e/pwn/']",
         effective=False),
    post("redirect-with-backslashes", "write", header=r"redirect: ['..\..\pwn']", effective=False),
    post("redirect-to-another-site", "write", header="redirect: [//exemple.org/x]", effective=False),
    post("redirect-over-the-stylesheet", "write", header="redirect: [/_static/archive.css/]",
         effective=False),
    post("redirect-over-a-script", "write", header="redirect: [/_static/page.js]", effective=False),
    post("redirect-over-the-search", "write", header="redirect: [/search.html]", effective=False),
    post("redirect-over-the-table-of-hosts", "write", header="redirect: [/_redirects/, /_headers/]",
         effective=False),
    post("redirect-over-the-files-of-the-search", "write",
         header="redirect: [/_search/, /_images/, /_downloads/, /pagefind/]", effective=False),
    post("redirect-over-the-short-address-of-another", "write", header="redirect: [/billet/]",
         effective=False),
    post("redirect-that-is-a-folder-in-a-page", "write", header="redirect: [/index.html/x/]",
         effective=False),
    post("redirect-over-the-page-not-found", "write", header="redirect: [/404.html, /404/]",
         effective=False),
    post("redirect-with-a-line-for-hosts", "write",
         header='redirect: ["/x\\n/* https://exemple.org/:splat 301"]', effective=False),
    post("redirect-with-a-star-for-hosts", "write", header='redirect: ["/*", "/:splat"]',
         effective=False),
    post("redirect-that-closes-the-table-of-nginx", "write",
         header="""redirect: ['/x"; } server { listen 81; } map $a $b { "']""", effective=False),
    post("redirect-that-is-a-pattern-of-nginx", "write", header="redirect: ['~.*', 'default', 'include']",
         effective=False),
    post("redirect-of-settings-of-hosts", "write", header="redirect: [/.htaccess, /.well-known/x]",
         effective=False),
    post("redirect-that-is-very-long", "write", header=f"redirect: [/{'a' * 5000}/]", expects="is gone"),
    post("tag-that-climbs", "write", header="tags: ['../../pwn']", effective=False),
    post("tag-that-takes-another", "write", header="tags: [Paisible!]"),
    post("tag-of-an-address-of-the-site", "write", header="tags: [index, page, '2018', '../']",
         effective=False),
    post("location-that-climbs", "write", header="location: ['../../pwn']", effective=False),
    post("author-that-climbs", "write", header="author: ['../../pwn']", effective=False),
    post("language-that-climbs", "write", header="language: ['../../pwn']", effective=False),
    Construct(name="post-of-the-name-of-another", kind="write",
              files={"docs/posts/2019/billet.md": write("Du texte.", header="date: 2019-01-01")}),
    Construct(name="post-named-as-a-year", kind="write", effective=False,
              files={"docs/posts/2018/2018.md": write("Du texte.")}),
    Construct(name="post-named-as-a-folder-of-the-site", kind="write", effective=False, files={
        f"docs/posts/2018/{name}.md": write("Du texte.") for name in ("tag", "posts", "mots", "_static")}),
    Construct(name="page-named-as-a-post", kind="write", effective=False,
              files={"docs/posts/2018/billet/index.md": stub("Faux")}),
    post("label-of-a-tag", "write", "(tag-paisible)=\n## Faux"),
    post("label-of-another-post", "write", "(billet)=\n## Faux"),
    post("label-of-another-post-on-a-box", "write", block("note", "", ":name: billet", "", "Faux.")),
    post("label-of-the-search", "write", "(search)=\n## Faux", effective=False),
    post("label-by-rst", "write", rst(".. _tag-paisible:", "", "Faux", "----")),
    post("label-by-an-attribute", "write", "## Faux\n\n[x]{#tag-paisible}",
         header=extension("attrs_inline")),
    post("term-of-the-glossary-defined-again", "write", block("glossary", "", "CNFPT", "  Faux.")),
    Construct(name="term-of-the-glossary-defined-after", kind="write", files={
        "docs/posts/2017/hostile.md": write(block("glossary", "", "CNFPT", "  Faux."),
                                            header="date: 2017-01-01")}),
    Construct(name="role-of-others-made-anew", kind="write", files={
        "docs/posts/2017/hostile.md": write(rst(".. role:: sub(emphasis)"), header="date: 2017-01-01")}),
    Construct(name="role-of-others-made-raw", kind="write", files={
        "docs/posts/2017/hostile.md": write(rst(".. role:: sub(raw)", "   :format: html"),
                                            header="date: 2017-01-01")}),
    post("toctree-that-adopts-others", "write", block("toctree", "", "/index", "billet", "/glossaire"),
         effective=False),
    post("post-block-that-redirects", "write", block("post", "2018-06-22", ":redirect: index"),
         effective=False),
    post("catalogue-that-rewrites-another-post", "write", expects="billet", beside={
        "docs/locales/fr/LC_MESSAGES/posts.po":
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            'msgid "Un billet paisible"\nmsgstr "Un faux"\n'}),
    post("object-of-another-domain", "write",
         block("py:function", "billet()", ":canonical: tag-paisible"), effective=False),
    post("file-that-Sphinx-writes-in-docs", "write", expects="locales", beside={
        "docs/locales/fr/LC_MESSAGES/autre.po":
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'}),
    post("merge-of-keys-that-redirects", "write", header="<<: {redirect: index}", expects="index.html"),
    post("block-of-yaml-that-redirects", "write", header="redirect: >-\n  index", expects="index.html"),
    post("redirect-from-a-hidden-post", "write", expects="index.html", beside={
        "docs/posts/2018/_faux.md": write("x", header="redirect: index")}),
    post("name-of-an-image-that-climbs", "write", "![x](hostile/..%2fphoto.png)", effective=False,
         beside={f"{FOLDER}/..%2fphoto.png": draw()}),
    post("images-of-one-name", "write", "![x](hostile/photo.png)",
         beside={f"{FOLDER}/photo.png": draw(), "docs/posts/2018--hostile--photo.png": draw("x")},
         effective=False),
    Construct(name="image-named-as-that-of-another", kind="write", effective=False, files={
        POST: write("Du texte.\n\n![x](billet--photo.png)"), "docs/posts/2018/billet--photo.png": draw("x", width=3)}),
    Construct(name="image-named-as-that-of-another-and-read-before", kind="write", effective=False, files={
        "docs/posts/2018/avant.md": write("Du texte.\n\n![x](billet--photo.png)"),
        "docs/posts/2018/billet--photo.png": draw("x", width=3)}),
    Construct(name="image-of-another-of-a-language", kind="write", expects="image", files={
        POST: write("Du texte."), "docs/posts/2018/billet/photo.fr.png": draw("x", width=3)}),
    Construct(name="lines-of-redirects-that-leave", kind="write", effective=False, files={
        "docs/redirects.txt": "/x/ https://exemple.org/\n/../y/ index\n/index.html glossaire\n"}),
)  # fmt: skip

FETCH = (
    post("table-of-another-host", "fetch", block("csv-table", "", ":url: @HOST@"), known="D01"),
    post("raw-of-another-host", "fetch", block("raw", "html", ":url: @HOST@"), known="D02"),
    post("image-of-another-host", "fetch", "![x](@HOST@/x.png)", effective=False, known="D03"),
    post("include-of-another-host", "fetch", block("include", "@HOST@"), effective=False, known="D04"),
    post("download-of-another-host", "fetch", "{download}`@HOST@/x`", effective=False, known="D05"),
    post("image-of-another-host-to-measure", "fetch",
         block("image", "@HOST@/x.png", ":scale: 50", ":width: 10px"), effective=False, known="D06"),
    post("rst-table-of-another-host", "fetch", rst(".. csv-table::", "   :url: @HOST@"), known="D07"),
    post("image-element-of-another-host", "fetch", '<img src="@HOST@/x.png">',
         header=extension("html_image"), effective=False, known="D08"),
    post("image-in-the-text", "fetch", "![x](data:image/png;base64,AAAA)", effective=False,
         known="D09"),

    post("rst-raw-of-another-host", "fetch", rst(".. raw:: html", "   :url: @HOST@")),
    post("note-that-hides-a-fetch", "fetch",
         block("note", "", block("raw", "html", ":url: @HOST@"), fence="````")),
    post("title-of-a-box-that-fetches", "fetch",
         block("admonition", "x", block("csv-table", "", ":url: @HOST@"), fence="````")),
    Construct(name="fetch-in-a-second-header", kind="fetch", files={
        POST: "---\ndate: 2018-06-22\nauthor: amoor\n---\n---\n```{raw} html\n:url: @HOST@\n```\n"
              "---\n\n# Titre\n\nTexte.\n"}),
    post("fetch-in-options-as-yaml", "fetch", block("raw", "html", "---", "url: '@HOST@'", "---")),
    post("catalogue-of-another-host", "fetch", effective=False,
         header=myst("inventories:", '  x: ["@HOST@", null]')),
    post("fetch-in-an-unpublished-post", "fetch", block("raw", "html", ":url: @HOST@"),
         header="draft: true"),
    post("fetch-in-a-post-to-come", "fetch", block("raw", "html", ":url: @HOST@"),
         header="date: 2999-01-01"),
    post("fetch-in-a-page-of-a-hidden-name", "fetch", beside={
        "docs/posts/2018/_page.md": stub("Page", block("raw", "html", ":url: @HOST@"))}),
    post("fetch-in-a-standing-page", "fetch", beside={
        "docs/page.md": stub("Page", block("raw", "html", ":url: @HOST@"))}),
    post("fetch-in-rst-beside-posts", "fetch", beside={
        "docs/posts/2018/page.rst": ":orphan:\n\nPage\n====\n\n.. raw:: html\n   :url: @HOST@\n"}),
    post("drawing-of-another-host", "fetch", "![x](hostile/dessin.svg)", effective=False, beside={
        f"{FOLDER}/dessin.svg": '<!DOCTYPE svg SYSTEM "@HOST@/x.dtd">' + svg('<image href="@HOST@"/>')}),
)  # fmt: skip


def cell(markup):
    """Return a table in HTML with *markup* in its only cell."""
    return f"<table><tr><td>{markup}</td></tr></table>"


def html(name, markup, **rest):
    """Return a construct that is markup in the text of a post."""
    return post(name, "inject", markup, **rest)


INJECT = (
    html("script", "<script>alert(1)</script>", known="E01"),
    html("handler-on-an-element", '<b onmouseover="alert(1)">x</b>', known="E02"),
    html("frame", '<iframe src="https://exemple.org/"></iframe>', known="E03"),
    html("raw-html", block("raw", "html", "<script>alert(1)</script>"), known="E04"),
    html("link-that-is-a-script", "[x](javascript:alert(1))", effective=False, known="E05"),
    html("autolink-that-is-a-script", "<javascript:alert(1)>", effective=False, known="E06"),
    html("rst-link-that-is-a-script", rst("`x <javascript:alert(1)>`__"), known="E07"),
    html("figure-that-leads-to-a-script",
         block("figure", "hostile/photo.png", ":target: javascript:alert(1)", ":alt: x"), known="E08",
         beside={f"{FOLDER}/photo.png": draw()}),
    html("link-that-is-a-script-with-an-entity", "[x](JaVaScRiPt&#58;alert(1))", effective=False,
         known="E09"),
    html("link-that-is-a-page", "[x](data:text/html,%3Cscript%3Ealert(1)%3C/script%3E)", effective=False,
         known="E10"),
    html("scheme-allowed-by-the-header", "[x](javascript:alert(1))",
         header=myst("url_schemes: [javascript]"), effective=False, known="E11"),
    html("markup-in-a-tag", "Du texte.", header="tags: '<script>alert(1)</script>'", known="E12"),
    html("markup-in-a-title", "Du texte.", title=r"Titre \<script>alert(1)\</script>", known="E13"),
    html("markup-in-an-author", "Du texte.", header="author: '<script>alert(1)</script>'", known="E14"),
    html("outside-link-that-is-a-script", "Du texte.", header="external_link: javascript:alert(1)",
         known="E15"),
    html("lasting-address-that-closes-its-quote", "Du texte.", effective=False, known="E16",
         header="""canonical_link: 'https://exemple.org/"><script>alert(1)</script>'"""),
    html("handler-as-an-attribute", "[x](https://exemple.org/){onclick=alert(1)}",
         header=extension("attrs_inline"), effective=False, known="E17"),
    picture("drawing-with-a-script", SVG_SCRIPT, known="E18"),
    html("page-that-refreshes", "Du texte.", known="E19",
         header=myst("html_meta:", '  "http-equiv=refresh": "0; url=https://exemple.org/"')),
    html("rst-raw-role",
         rst(".. role:: brut(raw)", "   :format: html", "", ":brut:`<script>alert(1)</script>`"),
         known="E20"),
    html("style", "<style>body { display: none }</style>", known="E21"),
    html("form", '<form action="https://exemple.org/"><input name="mot-de-passe"></form>', known="E22"),
    html("weight-in-the-search", '<p data-pagefind-weight="10" data-pagefind-meta="x">x</p>',
         known="E23"),
    html("elements-closed-too-soon", "</section></article></div></main>\n\nDu texte.", known="E24"),
    html("mathematics-that-lead-to-a-script", block("math", "", r"\href{javascript:alert(1)}{x}"),
         known="E25"),
    html("title-written-backwards", "Du texte.", title="Un \u202ettellib", known="E26"),
    html("redirect-that-closes-its-quote", "Du texte.", known="E27",
         header="""redirect: ['x"><script>alert(1)</script>']"""),
    html("base-of-addresses", '<base href="https://exemple.org/">', known="E28"),
    html("sheet-and-objects-of-another-site", known="E29", markup=
         '<link rel="stylesheet" href="https://exemple.org/x.css">'
         '<object data="https://exemple.org/"></object><embed src="https://exemple.org/">'),
    html("container-dressed-as-the-frame",
         block("container", "admin sidebar-drawer site-side skip-link", "Entrez votre mot de passe."),
         known="E30"),
    html("title-with-signs-of-html", "Du texte.", title=r"Si a \<b et c & d", known="E31"),
    html("script-in-the-feed", "<script>alert(1)</script>", header="excerpt: 1", effective=False,
         expects="feed", known="E32"),
    html("links-all-external", "[x](billet.md)", header=myst("all_links_external: true"),
         effective=False, known="E33"),
    html("language-that-closes-its-quote", "Du texte.", known="E34",
         header="""language: 'fr"><script>alert(1)</script>'"""),
    html("comment-that-never-ends", "<!-- Rien.\n\nDu texte.", known="E35"),
    html("links-to-scripts-and-files", "[x](vbscript:x) [y](file:///x)", effective=False, known="E36"),
    html("description-in-the-header", "Du texte.", effective=False, known="E37",
         header="""description: '"><script>alert(1)</script>'"""),

    html("words-on-the-picture-above-the-text", "Du texte.", effective=False,
         header="""featured_image: hostile/photo.png\nfeatured_alt: '"><script>alert(1)</script>'""",
         beside={f"{FOLDER}/photo.png": draw()}),
    html("picture-above-the-text-of-another-site", "Du texte.", effective=False,
         header="featured_image: https://exemple.org/x.png"),
    html("format-that-is-a-script", "Du texte.", effective=False,
         header="""format: '"><script>alert(1)</script>'"""),

    # -- Elements ---------------------------------------------------------------
    html("script-in-odd-case", "<ScRiPt>alert(1)</sCrIpT>"),
    html("script-after-a-slash", "<script/x>alert(1)</script>", effective=False),
    html("script-in-a-paragraph", "Du texte <script>alert(1)</script> encore."),
    html("script-in-a-title", "Du texte.", title="Titre <script>alert(1)</script>"),
    html("script-in-a-cell", "| a |\n|---|\n| <script>alert(1)</script> |"),
    html("script-in-a-list", "- <script>alert(1)</script>"),
    html("script-in-a-quotation", "> <script>alert(1)</script>"),
    html("script-in-a-note-of-a-page", "Texte[^1].\n\n[^1]: <script>alert(1)</script>"),
    html("script-in-a-box", block("note", "", "<script>alert(1)</script>")),
    html("script-in-the-title-of-a-box", block("admonition", "<script>alert(1)</script>", "Texte.")),
    html("script-in-the-title-of-a-table",
         block("list-table", "<script>alert(1)</script>", "* - Un", "* - Deux")),
    html("script-in-a-caption-of-code",
         block("code-block", "text", ":caption: x <script>alert(1)</script>", "", "x")),
    html("script-in-a-caption",
         block("figure", "hostile/photo.png", ":alt: x", "", "Une légende <script>alert(1)</script>"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("script-in-a-definition", "Terme\n: <script>alert(1)</script>", header=extension("deflist")),
    html("script-in-a-link", "[<img src=x onerror=alert(1)>](https://exemple.org/)"),
    html("element-on-several-lines", "Texte <img\nsrc=x\nonerror=alert(1)> encore."),
    html("attributes-without-quotes", "<img src=x onerror=alert(1)>"),
    html("attributes-after-slashes", "<img/src=x/onerror=alert(1)>", effective=False),
    html("drawing-in-the-text", '<svg onload="alert(1)"></svg>'),
    html("mathematics-in-the-text", '<math><mtext><a xlink:href="javascript:alert(1)">x</a></mtext></math>'),
    html("template-element", "<template><script>alert(1)</script></template>"),
    html("noscript-element", '<noscript><img src="https://exemple.org/x.png"></noscript>'),
    html("details-that-open", '<details open ontoggle="alert(1)"><summary>x</summary></details>'),
    html("link-with-a-tab-in-its-scheme", '<a href="jav&#x09;ascript:alert(1)">x</a>'),
    html("link-with-a-line-in-its-scheme", '<a href="java\nscript:alert(1)">x</a>'),
    html("link-with-a-sign-before-its-scheme", '<a href="&#1;javascript:alert(1)">x</a>'),
    html("refresh-element", '<meta http-equiv="refresh" content="0; url=https://exemple.org/">'),
    html("policy-element", """<meta http-equiv="Content-Security-Policy" content="default-src *">"""),
    html("comment-that-ends-at-once", "<!--><script>alert(1)</script><!-- -->"),
    html("comment-that-ends-oddly", "<!-- --!><script>alert(1)</script><!-- -->"),
    html("script-after-a-comment", "<!-- x --><script>alert(1)</script>"),
    html("script-after-the-mark-of-more", "Début.\n\n<!-- more --><b onmouseover=alert(1)>x</b>"),
    html("mark-of-more-that-never-ends", "Début.\n\n<!-- more\n\nSuite."),
    html("data-section", "<![CDATA[><script>alert(1)</script>]]>"),
    html("instruction", "<?php ><script>alert(1)</script> ?>"),
    html("declaration", "<!DOCTYPE html ><script>alert(1)</script>"),
    html("style-attribute", '<p style="position:fixed;inset:0">x</p>'),
    html("class-of-the-frame", '<div class="skip-link sidebar-drawer">x</div>'),
    html("identifier-of-the-frame", '<p id="contenu">x</p><p id="furo-main-content">x</p>'),
    html("name-that-hides-a-property", '<img name="querySelector"><a name="body">x</a>'),
    html("text-area-that-never-ends", "<textarea>"),
    html("plain-text-that-never-ends", "<plaintext>"),
    html("table-that-never-ends", "<table><tr><td>"),
    html("script-in-a-cell-of-html", cell("<script>alert(1)</script>")),
    html("script-in-a-caption-of-html", "<table><caption><script>alert(1)</script></caption></table>"),
    html("handler-on-a-cell", '<table><tr><td onclick="alert(1)">x</td></tr></table>'),
    html("style-of-a-table", '<table style="position:fixed;inset:0"><tr><td>x</td></tr></table>'),
    html("class-of-a-table", '<table class="skip-link sidebar-drawer"><tr><td>x</td></tr></table>'),
    html("link-in-a-cell-that-is-a-script", cell('<a href="javascript:alert(1)">x</a>')),
    html("link-in-a-cell-with-a-hidden-scheme", cell('<a href="jav&#x09;ascript:alert(1)">x</a>')),
    html("link-in-a-cell-with-a-named-colon", cell('<a href="javascript&colon;alert(1)">x</a>')),
    html("link-in-a-cell-to-another-host", cell('<a href="//exemple.org/" target="_top">x</a>')),
    html("second-address-of-a-link-in-a-cell",
         cell('<a href="https://exemple.org/" href="javascript:alert(1)">x</a>'), effective=False),
    html("image-of-another-site-in-a-cell", cell('<img src="https://exemple.org/x.png">')),
    html("frame-in-a-cell", cell('<iframe src="https://exemple.org/"></iframe>')),
    html("form-in-a-cell", cell('<form action="https://exemple.org/"><button>x</button></form>')),
    html("table-that-ends-its-page", "<table><tr><td>x</td></tr></table></div></article></main>"),
    html("comment-in-a-table-that-ends-oddly", cell("<!-- --!><script>alert(1)</script><!-- -->")),
    html("script-between-two-tables",
         "<table><tr><td>x</td></tr></table><script>alert(1)</script><table><tr><td>y</td></tr></table>"),
    html("select-that-never-ends", "<select><option>"),
    html("title-element", "<title>Autre</title>"),
    html("button-that-sends", '<button form="search" formaction="https://exemple.org/">x</button>'),
    html("field-that-takes-the-focus", "<input autofocus onfocus=alert(1)>"),
    html("moving-text", "<marquee onstart=alert(1)>x</marquee>"),
    html("video-of-another-site", '<video src="https://exemple.org/x" autoplay></video>'),
    html("images-of-another-site", '<img srcset="https://exemple.org/x.png 2x" src="x.png">'),
    html("image-of-another-site-in-markdown", "![x](https://exemple.org/x.png)"),
    html("body-element", "<body onload=alert(1)>"),
    html("map-that-leads-away", '<map name="x"><area href="javascript:alert(1)"></map>'),
    html("link-that-reports", '<a href="x" ping="https://exemple.org/">x</a>'),
    html("dialogue", '<dialog open>Entrez votre mot de passe.</dialog>'),
    html("element-of-its-own", "<x-y onclick=alert(1) tabindex=1>x</x-y>"),
    html("language-attribute-that-runs", '<b lang="fr" onclick="alert(1)">x</b>'),
    html("element-in-a-draft-that-is-listed", "<script>alert(1)</script>", header="draft: false"),

    # -- Links and references ---------------------------------------------------
    html("link-attribute-that-changes-its-address",
         '[x](https://exemple.org/){href="javascript:alert(1)"}', header=extension("attrs_inline"),
         effective=False),
    html("link-with-a-handler-in-its-title", """[x](https://exemple.org/ '" onclick="alert(1)')""",
         effective=False),
    html("image-with-a-handler-in-its-text", '!["onerror="alert(1)](hostile/photo.png)',
         effective=False, beside={f"{FOLDER}/photo.png": draw()}),
    html("image-named-as-markup", '![x](<hostile/x" onerror="alert(1).png>)', effective=False,
         beside={f'{FOLDER}/x" onerror="alert(1).png': draw()}),
    html("file-named-as-markup", '[x](<hostile/x" onclick="alert(1).csv>)',
         effective=False, beside={f'{FOLDER}/x" onclick="alert(1).csv': "a"}),
    html("identifier-of-the-frame-on-a-paragraph", "(furo-main-content)=\nDu texte.\n\n(contenu)=\nDu texte."),
    html("scheme-of-the-header-that-makes-scripts", "[x](mot:alert(1))", effective=True,
         header=myst("url_schemes:", "  mot:", '    url: "javascript:{{path}}"', '    title: "x"')),
    html("image-that-leads-to-a-script",
         block("image", "hostile/photo.png", ":target: javascript:alert(1)", ":alt: x"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("image-that-leads-to-a-script-in-odd-case",
         block("image", "hostile/photo.png", ":target: JavaScript:alert(1)", ":alt: x"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("figure-that-leads-to-a-script-in-odd-case",
         block("figure", "hostile/photo.png", ":target: JavaScript:alert(1)", ":alt: x"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("figure-that-leads-to-a-page-of-its-own",
         block("figure", "hostile/photo.png", ":target: data:text/html,%3Cscript%3E", ":alt: x"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("figure-target-with-a-handler",
         block("figure", "hostile/photo.png", ':target: https://exemple.org/"onclick="alert(1)',
               ":alt: x"), effective=False, beside={f"{FOLDER}/photo.png": draw()}),
    html("rst-target-that-is-a-script", rst("x_", "", ".. _x: javascript:alert(1)"), effective=False),
    html("rst-image-that-leads-to-a-script",
         rst(".. image:: hostile/photo.png", "   :target: javascript:alert(1)"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("list-of-pages-with-a-script",
         block("toctree", "", "x <javascript://exemple.org/%0aalert(1)>")),
    html("link-without-scheme", "[x](//exemple.org/x.js)", effective=False),
    html("inventory-and-odd-schemes", "[a](inv:x#y) [b](myst:x) [c](mailto:a?bcc=b) [d](ws://x)",
         effective=False),
    html("abbreviation-that-closes-its-quote", '{abbr}`x (" onmouseover="alert(1))`', effective=False),
    html("option-after-a-line-that-only-some-see",
         block("image", "hostile/photo.png", ":alt: x\u2028:target: javascript:alert(1)"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("option-after-a-paragraph-that-only-some-see",
         block("figure", "hostile/photo.png", ":alt: x\u2029:target: javascript:alert(1)"),
         beside={f"{FOLDER}/photo.png": draw()}),
    html("option-in-quotes-that-holds-another",
         block("image", "hostile/photo.png", ':alt: "x\\n:target: javascript:alert(1)"'), effective=False,
         beside={f"{FOLDER}/photo.png": draw()}),
    html("identifier-of-the-frame-on-a-note",
         "Texte[^contenu], et[^furo-main-content].\n\n[^contenu]: Note.\n\n[^furo-main-content]: Note."),
    html("raw-html-in-french", block("brut", "html", "<script>alert(1)</script>")),
    html("roles-with-markup",
         "{guilabel}`<b>x</b>` {kbd}`<b>` {file}`<b>` {samp}`<b>` {command}`<b>` {code}`<b>`",
         effective=False),
    html("name-that-is-markup",
         "{person}`<script>alert(1)</script>` {organisation}`x <\"><script>alert(1)</script>>`",
         effective=False),
    html("series-that-is-markup", "Texte.", header="series: '<script>alert(1)</script>'", effective=False),
    html("role-called-raw", "{raw}`<script>alert(1)</script>` {html}`<b>x`", effective=False),
    html("identifier-of-the-frame-on-a-target", "(furo-main-content)=\n(contenu)=\n## Partie"),
    html("identifier-of-the-frame-on-a-heading",
         "\n\n".join(f"## {word}" for word in ("Contenu", "Furo-main-content", "Menu", "Sections-title")),
         expects="furo-main-content"),
    html("identifier-of-the-frame-on-a-box",
         "\n\n".join(block("note", "", f":name: {name}", "", "Texte.")
                     for name in ("contenu", "furo-main-content", "svg-menu"))),
    html("identifier-of-the-frame-on-a-span", "[x]{#contenu} [y]{#furo-main-content}",
         header=extension("attrs_inline")),
    html("class-of-the-frame-on-a-span", "[x]{.skip-link .sidebar-drawer}",
         header=extension("attrs_inline")),
    html("class-of-the-frame-on-a-box",
         block("note", "", ":class: skip-link site-side sidebar-drawer", "", "Texte.")),
    html("class-of-the-frame-by-rst", rst(".. container:: skip-link sidebar-drawer", "", "   Texte.")),
    html("class-of-the-frame-on-a-block", "{.skip-link .sidebar-drawer}\nTexte.",
         header=extension("attrs_block")),
    html("style-on-an-image", '![x](hostile/photo.png){width="1px;position:fixed"}',
         header=extension("attrs_inline"), effective=False, beside={f"{FOLDER}/photo.png": draw()}),
    html("data-on-a-span", '[x]{data-pagefind-weight="10" style="position:fixed"}',
         header=extension("attrs_inline"), effective=False),
    html("size-of-an-image-that-is-a-style",
         block("image", "hostile/photo.png", ":alt: x", ":width: 1px;position:fixed"),
         effective=False, beside={f"{FOLDER}/photo.png": draw()}),

    # -- Blocks -----------------------------------------------------------------
    html("note-that-hides-raw-html",
         block("note", "", block("raw", "html", "<script>alert(1)</script>"), fence="````")),
    html("raw-html-in-capitals", block("RAW", "HTML", "<script>alert(1)</script>")),
    html("raw-html-between-tildes", block("raw", "html", "<script>alert(1)</script>", fence="~~~")),
    html("raw-html-between-colons", block("raw", "html", "<script>alert(1)</script>", fence=":::"),
         header=extension("colon_fence")),
    html("raw-html-in-a-quotation", "> ```{raw} html\n> <script>alert(1)</script>\n> ```"),
    html("raw-html-after-a-list", "1. un\n\n   ```{raw} html\n   <script>alert(1)</script>\n   ```"),
    html("rst-raw-html", rst(".. raw:: html", "", "   <script>alert(1)</script>")),
    html("rst-refresh", rst(".. meta::", "   :http-equiv=refresh: 0; url=https://exemple.org/")),
    html("refresh-block", block("meta", "", ":http-equiv=refresh: 0; url=https://exemple.org/"),
         effective=False),
    html("refresh-by-fields", ":html_meta: x", header=extension("fieldlist"), effective=False),
    html("policy-in-the-header", "Du texte.",
         header=myst("html_meta:", '  "http-equiv=Content-Security-Policy": "script-src *"')),
    html("script-of-mathematics", "{math}`x`"),
    html("mathematics-switched-on-by-the-header", r"$\href{javascript:alert(1)}{x}$",
         header=extension("dollarmath")),
    html("parsed-literal-with-markup",
         block("parsed-literal", "", "<script>alert(1)</script>"), effective=False),
    html("table-of-values-with-markup", block("csv-table", "", '"<script>alert(1)</script>"')),
    html("only-for-html", block("only", "html", "<script>alert(1)</script>")),
    html("substitution-with-markup", "{{ x }}",
         header=myst("enable_extensions: [substitution]", "substitutions:",
                     '  x: "<script>alert(1)</script>"')),
    html("class-block-for-what-follows", block("rst-class", "skip-link sidebar-drawer") + "\n\nTexte."),
    html("sidebar-and-topic", block("sidebar", "<b onclick=alert(1)>x</b>", "Texte.")),
    html("version-with-markup", block("versionadded", "1.0 <b onclick=alert(1)>x</b>")),
    html("index-entry-with-markup",
         block("index", '"single: <script>alert(1)</script>"') + "\n\nTexte.", effective=False),
    Construct(name="script-in-a-second-header", kind="inject", files={
        POST: "---\ndate: 2018-06-22\nauthor: amoor\n---\n---\n<script>alert(1)</script>\n\n"
              "---\n\n# Titre\n\nTexte.\n"}),
    html("list-of-posts-in-a-post", block("postlist", "", ":format: <script>alert(1)</script>"),
         effective=False),
    html("headings-that-break-the-order", "###### Six\n\n# Un\n\n## Deux", effective=False),

    # -- Headers ----------------------------------------------------------------
    html("markup-in-a-summary", "Du texte.", header="summary: '<img src=x onerror=alert(1)>'",
         effective=False),
    html("markup-in-a-place", "Du texte.", header="location: '<img src=x onerror=alert(1)>'"),
    html("markup-in-a-category", "Du texte.", header="category: '<img src=x onerror=alert(1)>'"),
    html("source-that-is-a-script", "Du texte.", header="source: javascript:alert(1)", effective=False),
    html("source-that-closes-its-quote", "Du texte.", effective=False,
         header="""source: 'https://exemple.org/" onclick="alert(1)'"""),
    html("outside-link-that-closes-its-quote", "Du texte.",
         header="""external_link: 'https://exemple.org/" onclick="alert(1)'"""),
    html("outside-link-with-a-line", "Du texte.", effective=False,
         header='external_link: "https://exemple.org/\\n<script>alert(1)</script>"'),
    html("lasting-address-that-is-a-script", "Du texte.", header="canonical_link: javascript:alert(1)"),
    html("date-that-is-markup", "Du texte.", header="date_edtf: '<script>alert(1)</script>'",
         effective=False),
    html("number-that-is-huge", "Du texte.", header=f"excerpt: {'9' * 5000}", effective=False),
    html("key-that-is-markup", "Du texte.", header='"<script>alert(1)</script>": x', effective=False),
    html("alias-in-the-header", "Du texte.", header="summary: &a '<script>alert(1)</script>'\ntags: [*a]"),
    html("tag-that-closes-a-script", "Du texte.", header="tags: '</script><script>alert(1)</script>'"),
    html("tag-that-is-text-in-json", "Du texte.", header="""tags: ['"}];alert(1);//']""",
         effective=False),
    html("tag-written-backwards", "Du texte.", header="tags: \u202eelbisiap"),
    html("text-written-backwards", "Du \u202etxet \u2066x."),
    html("tag-written-backwards-by-an-escape", "Du texte.", header='tags: ["\\u202Eelbisiap"]',
         effective=False),
    html("summary-written-backwards-by-an-escape", "Du texte.", header='summary: "\\u202Eelbisiap"',
         effective=False),
    html("text-written-backwards-by-an-entity", "Du &#x202E;txet &#8297;."),
    html("title-written-backwards-by-an-entity", "Du texte.", title="Un &#x202e;ttellib"),
    html("text-of-image-written-backwards-by-an-entity", "![Une &#x202e;euv](hostile/photo.png)",
         beside={f"{FOLDER}/photo.png": draw()}),
    html("words-in-letters-of-one-machine", "Du &#xE062;&#xE06F;&#xE06D; texte."),
    html("signs-of-control-by-escapes", "Du texte.", header='summary: "a\\0b\\e[2J"', effective=False),
    html("tag-with-signs-of-control-by-escapes", "Du texte.", header='tags: ["a\\x07b\\e[2J"]',
         effective=False),
    html("language-that-goes-on", "Du texte.", header="""language: 'fr-"><script>alert(1)</script>'"""),
    html("title-with-a-sign-of-the-terminal", "Du texte.", title="Un \x1b[2J billet", effective=False),
    html("key-with-a-sign-of-the-terminal", "Du texte.", header='"\\e[2Jx": y', effective=False),
    html("key-that-orders-a-forge", "Du texte.", header='"x\\n::error file=x::y": z', effective=False),
    html("author-that-orders-a-forge", "Du texte.", header='author: "x\\n::set-output name=a::b"',
         effective=False),
    html("role-that-orders-a-forge", "{term}`x\n::error::y`", effective=False),
    html("title-that-orders-a-forge", "[x](y\u2028::error::z.md)", effective=False),
    Construct(name="file-name-that-orders-a-forge", kind="inject", effective=False, files={
        "docs/posts/2018/x\n::error::y.md": write("[x](zut.md)")}),
    Construct(name="file-name-with-a-sign-of-the-terminal", kind="inject", files={
        "docs/posts/2018/x\x1b[2J.md": write("[x](zut.md)")}),
    Construct(name="link-of-an-author-that-is-a-script", kind="inject", effective=False, files={
        "docs/authors.yml": "amoor:\n  name: a.m.o.o.r.\n  link: javascript:alert(1)\n"}),

    # -- Images and files -------------------------------------------------------
    picture("drawing-with-a-handler", svg("", ' onload="alert(1)"')),
    picture("drawing-with-a-handler-in-odd-case", svg("", ' onLOAD\n=\n"alert(1)"')),
    picture("drawing-with-html",
            svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>')),
    picture("drawing-with-a-script-of-html",
            svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>')),
    picture("drawing-with-a-script-of-another-prefix",
            '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>'),
    picture("drawing-that-uses-another-site", svg('<use href="https://exemple.org/x.svg#a"/>')),
    picture("drawing-that-shows-another-site", svg('<image href="https://exemple.org/x.png"/>')),
    picture("drawing-that-filters-another-site",
            svg('<filter><feImage xlink:href="https://exemple.org/x.png"/></filter>')),
    picture("drawing-with-an-entity",
            '<!DOCTYPE svg [<!ENTITY x "<script xmlns=&#39;http://www.w3.org/2000/svg&#39;>'
            f'alert(1)</script>">]>{svg("&x;")}'),
    picture("drawing-with-a-sheet", svg("<style>@import url(https://exemple.org/x.css);</style>")),
    picture("drawing-with-a-style-of-another-site",
            svg('<rect style="fill: url(https://exemple.org/x#y)"/>')),
    picture("drawing-with-a-set-of-images",
            svg("""<rect style="mask-image: image-set('https://exemple.org/x.png' 1x)"/>""")),
    html("drawing-of-a-language", "![Un dessin](hostile/dessin.svg)", beside={
        f"{FOLDER}/dessin.svg": svg('<rect width="9" height="9"/>'), f"{FOLDER}/dessin.fr.svg": SVG_SCRIPT}),
    html("page-called-a-photo-of-a-language", "![x](hostile/photo.png)",
         beside={f"{FOLDER}/photo.png": draw(), f"{FOLDER}/photo.fr.png": PAGE_SCRIPT}),
    picture("drawing-with-a-link-to-a-script",
            svg('<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>')),
    picture("drawing-that-changes-an-address",
            svg('<a><animate attributeName="href" values="javascript:alert(1)"/><rect/></a>')),
    picture("drawing-that-sets-an-address",
            svg('<a><set attributeName="xlink:href" to="javascript:alert(1)"/><rect/></a>')),
    picture("drawing-with-an-instruction",
            '<?xml version="1.0"?><?xml-stylesheet href="https://exemple.org/x.xsl"?>' + svg("")),
    picture("drawing-with-an-older-handler",
            svg('<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler>')),
    picture("drawing-in-sixteen-bits", SVG_SCRIPT.encode("utf-16")),
    picture("drawing-in-seven-bits",
            b'<?xml version="1.0" encoding="UTF-7"?>' + SVG_SCRIPT.encode("utf-7")),
    picture("drawing-that-is-packed", gzip.compress(SVG_SCRIPT.encode(), mtime=0)),
    picture("drawing-that-is-a-page", PAGE_SCRIPT),
    html("page-called-a-photo", "![x](hostile/photo.png)",
         beside={f"{FOLDER}/photo.png": PAGE_SCRIPT}),
    html("drawing-called-a-photo", "![x](hostile/photo.png)",
         beside={f"{FOLDER}/photo.png": SVG_SCRIPT}),
    html("drawing-in-capitals", "![x](hostile/dessin.SVG)",
         beside={f"{FOLDER}/dessin.SVG": SVG_SCRIPT}),
    html("photo-with-a-page-behind", "![x](hostile/photo.png)", effective=False,
         beside={f"{FOLDER}/photo.png": draw(after=PAGE_SCRIPT.encode())}),
    html("photo-with-a-page-inside", "![x](hostile/photo.png)", effective=False,
         beside={f"{FOLDER}/photo.png": draw(PAGE_SCRIPT)}),
    html("photo-with-a-double-name", "![x](hostile/photo.html.png)", effective=False,
         beside={f"{FOLDER}/photo.html.png": draw()}),
    *(html(f"linked-file-{ending.strip('.')}", f"[x](hostile/fichier{ending})",
           expects="_downloads", beside={f"{FOLDER}/fichier{ending}": content})
      for ending, content in (
          (".html", PAGE_SCRIPT), (".xhtml", PAGE_SCRIPT), (".js", "alert(1)"), (".svg", SVG_SCRIPT),
          (".svgz", gzip.compress(SVG_SCRIPT.encode(), mtime=0)), (".xml", SVG_SCRIPT), (".php", "<?php"),
          (".htm", PAGE_SCRIPT), (".css", "* { display: none }"), (".swf", b"FWS"),
      )),
    html("linked-page-called-a-document", "[x](hostile/fichier.pdf)",
         expects="_downloads", beside={f"{FOLDER}/fichier.pdf": PAGE_SCRIPT}),
    html("linked-page-called-a-photo", "[x](hostile/photo.png)", expects="_downloads",
         beside={f"{FOLDER}/photo.png": PAGE_SCRIPT}),
    html("linked-settings-of-a-host", "[x](hostile/.htaccess)",
         expects="_downloads", beside={f"{FOLDER}/.htaccess": "AddType text/html .txt\n"}),
    html("linked-page-beside", "[x](page.html)", expects="_downloads", beside={"docs/posts/2018/page.html": PAGE_SCRIPT}),
    html("downloaded-page", "{download}`x <page.html>`",
         expects="_downloads", beside={"docs/posts/2018/page.html": PAGE_SCRIPT}),
    html("linked-by-a-picture", "![x](page.html)", beside={"docs/posts/2018/page.html": PAGE_SCRIPT}),
    html("page-in-rst", "Du texte.", beside={
        "docs/posts/2018/page.rst":
            ":orphan:\n\nPage\n====\n\n.. raw:: html\n\n   <script>alert(1)</script>\n"}),
    html("page-in-rst-beside-standing-pages", "Du texte.", beside={
        "docs/page.rst":
            ":orphan:\n\nPage\n====\n\n.. raw:: html\n\n   <script>alert(1)</script>\n"}),
    html("standing-page-with-raw-html", "Du texte.", beside={
        "docs/page.md": stub("Page", block("raw", "html", "<script>alert(1)</script>"))}),
    html("standing-page-with-rst", "Du texte.", beside={
        "docs/page.md": stub("Page", rst(".. raw:: html", "", "   <script>alert(1)</script>"))}),
    html("standing-page-with-a-link-to-a-script", "Du texte.", beside={
        "docs/page.md": stub("Page", rst("`x <javascript:alert(1)>`__"))}),
    html("page-of-a-hidden-name", "Du texte.", beside={
        "docs/posts/2018/_page.md": stub("Page", "<script>alert(1)</script>")}),
    html("standing-page-with-a-script", "Du texte.", beside={
        "docs/page.md": stub("Page", "<script>alert(1)</script>")}),
    html("standing-page-that-refreshes", "Du texte.", beside={
        "docs/page.md": "---\norphan: true\nmyst:\n  html_meta:\n"
                        '    "http-equiv=refresh": "0; url=https://exemple.org/"\n---\n\n# Page\n\nx\n'}),
    html("catalogue-that-writes-in-another-post", "Du texte.", beside={
        "docs/locales/fr/LC_MESSAGES/posts.po":
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
            'msgid "Un billet paisible"\nmsgstr "Un <script>alert(1)</script>"\n'}),
    html("file-of-the-site-laid-by-a-post", "Du texte.", is_machine=True, effective=False, beside={
        "docs/_static/x.html": PAGE_SCRIPT}),
    html("template-of-pages-with-a-script", "Du texte.", is_machine=True, effective=False, beside={
        "docs/_templates/components/brand.html": "<script>alert(1)</script>"}),
)  # fmt: skip

CONSTRUCTS = (*DISCLOSE, *RUN, *WRITE, *FETCH, *INJECT)

# -- What must not be taken for hostile -----------------------------------------------------------

HARMLESS = (
    post("harmless-words", "", "Du *texte*, du **gras**, du `code`, un [lien](https://exemple.org/)."),
    post("harmless-parts", "", "## Une partie\n\n- un\n- deux\n\n### Une autre\n\n> Une citation."),
    post("harmless-table", "", "| a | b |\n|---|--:|\n| 1 | 2 |"),
    post("harmless-table-in-html", "",
         "<table><caption>x</caption><thead><tr><th scope='col' colspan='2'>a</th></tr></thead>"
         "<tfoot><tr><td lang='en'>b</td><td><a href='https://exemple.org/'>c</a></td></tr></tfoot>"
         "</table>"),
    post("harmless-photo", "", "![Une vue](hostile/photo.png)", beside={f"{FOLDER}/photo.png": draw()}),
    post("harmless-figure", "",
         block("figure", "hostile/photo.png", ":alt: Une vue", ":target: https://exemple.org/", "", "Là."),
         beside={f"{FOLDER}/photo.png": draw()}),
    post("harmless-drawing", "", "![Une vue](hostile/dessin.svg)",
         beside={f"{FOLDER}/dessin.svg": svg('<rect width="9" height="9" fill="#000"/>')}),
    post("harmless-file", "", "[Une liste](hostile/liste.csv)", beside={f"{FOLDER}/liste.csv": "a;b\n"}),
    post("harmless-code", "", "```python\nprint('<script>alert(1)</script>')\n```"),
    post("harmless-labels", "", "Du texte.", header="tags: [R&D, Été]\nlocation: Angers"),
    post("harmless-series", "", "Du texte.", header="series: Un feuilleton & sa suite"),
    post("harmless-words-on-html", "", r"On écrit \<script> et `<iframe src=x>` pour l’être."),
    post("harmless-note", "", "Texte[^1].\n\n[^1]: Une note."),
)  # fmt: skip


def plant(name, expects, code):
    """Return a construct that is code put into the settings, whose effect the watch must see."""
    files = {"docs/conf.py": f"{code}\n", "docs/posts/module.py": "x = 1\n"}
    return Construct(name=f"planted-{name}", kind="", files=files, expects=expects)


PLANTED = (
    plant("read", "disclose: the build reads abroad/secret.txt", 'open("@ABROAD@/secret.txt").close()'),
    plant("environment", "disclose: the build reads /proc/", 'open("/proc/self/environ").close()'),
    plant("descriptor", "disclose: the build reads /etc/hosts", 'import os; os.open("/etc/hosts", 0)'),
    plant("link", "disclose: the build reads abroad/secret.txt",
          'import os; os.symlink("@ABROAD@/secret.txt", "x"); open("x").close()'),
    plant("saying", "disclose: what is in the root is in its messages",
          'import sys; sys.stderr.write(open("../secret.env").read())'),
    plant("writing", "write: abroad/x is changed", 'open("@ABROAD@/x", "w").close()'),
    plant("writing-and-hiding", "write: the build writes abroad/x",
          'import os; open("@ABROAD@/x", "w").close(); os.remove("@ABROAD@/x")'),
    plant("making", "write: the build writes abroad/x", 'import os; os.mkdir("@ABROAD@/x")'),
    plant("removing", "write: abroad/photo.png is changed", 'import os; os.remove("@ABROAD@/photo.png")'),
    plant("changing-a-post", "write: project/docs/index.md is changed",
          'open("index.md", "a").write("x")'),
    plant("connecting", "fetch: socket.connect",
          'import socket; socket.socket().connect_ex(("127.0.0.1", 9))'),
    plant("naming", "fetch: socket.getaddrinfo", 'import socket; socket.getaddrinfo("127.0.0.1", 9)'),
    plant("fetching", "fetch: /planted-fetching", 'import urllib.request as u; u.urlopen("@HOST@").close()'),
    plant("starting", "run: ['true'] is started", 'import subprocess; subprocess.run(["true"])'),
    plant("starting-git", "run: ['git', 'status'] is started",
          'import subprocess; subprocess.run(["git", "status"])'),
    plant("starting-git-with-a-program", "run: ['git', '-c'",
          'import subprocess; subprocess.run(["git", "-c", "gpg.program=./x", "log", "-1", "--format=%ct"])'),
    plant("shell", "run: os.system is called", 'import os; os.system("true")'),
    plant("spawning", "run: os.posix_spawn is called",
          'import os; os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)'),
    plant("replacing", "run: the build does not end", 'import os; os.execv("/bin/true", ["true"])'),
    plant("importing", "run: project/docs/posts/module.py is executed", "import posts.module"),
    plant("killing", "run: the build does not end", "import os; os.kill(os.getpid(), 9)"),
)  # fmt: skip
