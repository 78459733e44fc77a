"""Whatever makes a recorded post say something else is told; what changes nothing is not."""

import json
import shutil

import pytest

from archivist.__main__ import main
from archivist.words.verify import record_words, verify_words
from tests.conftest import write_docs, write_post

POST = "2018/billet.md"
HEADER = {
    "source": "https://exemple.fr/billet/",
    "date_edtf": "2018-06~",
    "license": "CC BY",
    "language": "fr",
    "summary": "Un résumé.",
    "featured_image": "billet/vue.png",
    "featured_alt": "Une vue",
    "partial": "true",
    "copied": "2020-01-02",
}
BODY = """\
Je travaille pour le CNFPT[^a], avec des amis[^b]. Nous sommes 102.

Il est <s>barré</s>, dit-il <q>bien</q>, à 10<sup>3</sup> mètres.

3. Trois
4. Quatre

> Une citation.

:::{note}
Une remarque.
:::

![Vue](billet/vue.png)

Encore une ligne, et [le rapport](billet/rapport.pdf).

| a | b |
|---|---|
| c | d |

```{code-block} python
:caption: Un exemple

x = 1
```

Terme
: Définition

[^a]: La note a.

[^b]: La note b.
"""
COMMENTS = "- author: Aïcha\n  date: 2018-07-01\n  text: Bravo.\n"
TEXT = write_post(body=BODY, tags="[CNFPT]", **HEADER)


@pytest.fixture(scope="module")
def docs(tmp_path_factory, root):
    """Return an archive whose post is recorded."""
    photo = (root / "tests/data/photo.png").read_bytes()
    files = {
        POST: TEXT,
        "2018/billet/vue.png": photo,
        "2018/billet/autre.png": photo + b"x",
        "2018/billet/rapport.pdf": b"%PDF-1.4",
        "2018/billet.comments.yml": COMMENTS,
        "2018/faux.md": write_post(title="Ils ne travaillent pas", tags="[Faux]"),
    }
    docs = write_docs(tmp_path_factory.mktemp("attacks"), files)
    record_words(docs)
    return docs


@pytest.fixture
def tell(docs):
    """Return a function from files that are others to what is told of the archive."""
    before = {}

    def run(files):
        before.update((name, (docs / "posts" / name).read_bytes()) for name in files)
        write_docs(docs.parent, files)
        return list(map(str, verify_words(docs).problems))

    yield run
    write_docs(docs.parent, before)


def change(*pairs):
    text = TEXT
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after, 1)
    return {POST: text}


HEADERS = (
    ("author: amoor", "author: autre"),
    ("author: amoor", "author: [amoor, autre]"),
    ("date: 2018-06-22", "date: 2019-06-22"),
    ("date_edtf: 2018-06~\n", ""),
    ("date_edtf: 2018-06~", "date_edtf: 1968~"),
    ("tags:", "draft: true\ntags:"),
    ("tags:", "draft: OUI\ntags:"),
    ("source: https://exemple.fr", "source: https://ailleurs.fr"),
    ("source: https://exemple.fr/billet/\n", ""),
    ("tags:", "canonical_link: https://ailleurs.fr/\ntags:"),
    ("tags:", "external_link: https://ailleurs.fr/\ntags:"),
    ("license: CC BY", "license: Domaine public"),
    ("license: CC BY\n", ""),
    ("language: fr", "language: en"),
    ("summary: Un résumé.", "summary: Un autre."),
    ("vue.png\nfeatured", "autre.png\nfeatured"),
    ("featured_alt: Une vue", "featured_alt: Une honte"),
    ("partial: true", "partial: false"),
    ("copied: 2020-01-02", "copied: 2021-01-02"),
)
SHOWN = (
    # What a reference prints.
    ("Encore", "{ref}`2018/faux` Encore"),
    ("Encore", "{ref}`faux` Encore"),
    ("Encore", "{ref}`tag-faux` Encore"),
    ("Encore", "{ref}`blog-posts` Encore"),
    ("Encore", "{ref}`Archive-2018` Encore"),
    ("# Un billet", "# Un {ref}`tag-faux` billet"),
    ("| c |", "| c {ref}`tag-faux` |"),
    ("Une remarque", "Une remarque {ref}`tag-faux`"),
    ("La note a.", "La note a {ref}`tag-faux`."),
    ("CNFPT[", "{person}`Faux <CNFPT>`["),
    ("CNFPT[", "{term}`Faux <CNFPT>`["),
    ("CNFPT[", "{abbr}`Faux (CNFPT)`["),
    # Signs that print.
    *((" ligne", f" {sign}ligne") for sign in "\u0600\u0605\u06dd\u070f\u08e2\U000110bd\U00013430"),
    (" ligne", " &#x600;ligne"),
    ("une ligne", "une\u1680ligne"),
    ("une ligne", "une l\u0336i\u0336gne"),
    ("une ligne", "une l\u0456gne"),
    ("une ligne", "une\u3164ligne"),
    ("une ligne", "une \u2800 ligne"),
    # Captions and titles.
    (":caption: Un exemple", ":caption: Un contre-exemple"),
    (":caption: Un exemple", ':caption: "<!-- Un exemple -->"'),
    (
        "Terme\n",
        '```python\nx\n```\n\n```{code-block}\n:caption: "<!-- Faux -->"\n\nx\n```\n\nTerme\n',
    ),
    (":::{note}", ":::{admonition} Mise à jour"),
    ("Terme\n", ":::{admonition} Mise à jour du 5 janvier 2019\nFaux.\n:::\n\nTerme\n"),
    ("| a | b |", "```{table} Faux\n| a | b |"),
    # Words that readers see no more.
    ("Encore une ligne", "<!-- Encore une ligne -->Une autre ligne"),
    ("Encore une ligne", "<!-- Encore une ligne -->"),
    ("Encore une ligne, et", "[x]: https://exemple.fr 'Encore une ligne, et'\n\n"),
    ("(billet/vue.png)", '(billet/vue.png "Faux")'),
    ("Encore", ":::{update} 2019-01-05\nEncore"),
    ("Terme\n", ":::{update} 2019-01-05\nTerme\n"),
)
TRAITS = (
    ("Encore une ligne", "<s>Encore</s> une ligne"),
    ("Encore une ligne", "<del>Encore une ligne</del>"),
    ("Encore une ligne", "<b><DEL lang='fr'>Encore</DEL></b> une ligne"),
    ("Encore une ligne", "~~Encore~~ une ligne"),
    ("Une citation.", "[!WARNING]\n> Une citation."),
    ("3. Trois", "3. [ ] Trois"),
    ("<s>barré</s>", "barré"),
    ("<s>barré</s>, dit-il", "<s>barré, dit-il</s>"),
    ("<s>barré</s>, dit", "barré, <s>dit</s>"),
    ("| c |", "| <s>c</s> |"),
    ("une ligne", "une <q>ligne</q>"),
    ("<q>bien</q>", "bien"),
    ("Nous sommes 102", "Nous sommes 10<sup>2</sup>"),
    ("Nous sommes 102", "Nous sommes 10{sup}`2`"),
    ("Nous sommes 102", "Nous sommes 1<sub>02</sub>"),
    ("10<sup>3</sup>", "103"),
    ("une ligne", "\u200fune ligne"),
    ("102.", "\u200f102.\u2067"),
    ("| c | d |", "| | c |\n| d | |"),
    ("| c | d |", "| c |\n| d |"),
    ("| a | b |\n|---|---|\n| c | d |", "| a |\n|---|\n| b |\n| c |\n| d |"),
    ("| a | b |\n|---|---|\n| c | d |",
     "<table><tr><td>a</td><td>b</td></tr><tr><td></td><td>c</td></tr><tr><td>d</td></tr></table>"),
    ("Encore", "1990. Encore"),
    ("Encore", "0) Encore"),
    ("3. Trois", "30. Trois"),
    ("3. Trois", "1. Trois"),
    ("4. Quatre", "\n<!-- -->\n\n9. Quatre"),
    ("> Une citation.", "Une citation."),
    ("Encore", "> Encore"),
    (":::{note}", ":::{danger}"),
    ("Encore une ligne, et [le rapport](billet/rapport.pdf).",
     ":::{warning}\nEncore une ligne, et [le rapport](billet/rapport.pdf).\n:::"),
    (":::{note}\nUne remarque.\n:::", "Une remarque."),
    ("CNFPT[^a], avec des amis[^b]", "CNFPT[^b], avec des amis[^a]"),
    ("CNFPT[^a], avec", "CNFPT, avec[^a]"),
    ("102.", "102[^a]."),
    ("102.", "102[^c].\n\n:::{update} 2019-01-05\nUn ajout.\n\n[^c]: Faux.\n:::"),
    ("![Vue](billet/vue.png)\n", ""),
    ("![Vue](billet/vue.png)", "![Vue](billet/autre.png)"),
    ("![Vue](billet/vue.png)", "![Vue](billet/vue.png){width=1px}"),
    ("Terme\n", "![Faux](billet/autre.png)\n\nTerme\n"),
    ("Terme\n", "```{figure} billet/autre.png\n:alt: Faux\n```\n\nTerme\n"),
    ("Terme\n", "```{image} billet/autre.png\n:alt: Faux\n```\n\nTerme\n"),
)  # fmt: skip
ERRATA = (
    ("Terme\n", "```{erratum} 2026-11-20\n« Faux » est devenu « Encore ».\n```\n\nTerme\n"),
    (
        "Terme\n",
        "```{erratum} 2026-11-20\n« Encore » est devenu « <s>Encore</s> ».\n```\n\nTerme\n",
    ),
    (
        "Terme\n",
        "```{erratum} 2026-11-20\n« <s>Encore</s> » est devenu « Encore ».\n```\n\nTerme\n",
    ),
)


@pytest.mark.parametrize("pair", [*HEADERS, *SHOWN, *TRAITS, *ERRATA], ids=repr)
def test_a_change_of_what_readers_see_is_told_with_its_line(tell, pair):
    problems = tell(change(pair))

    assert any(each.startswith(f"docs/posts/{POST}:") for each in problems)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("2018/billet.comments.yml", COMMENTS.replace("Bravo", "Honte")),
        ("2018/billet.comments.yml", COMMENTS.replace("Aïcha", "amoor")),
        (
            "2018/billet.comments.yml",
            COMMENTS + "- author: amoor\n  date: 2018-07-02\n  text: Si.\n",
        ),
        ("2018/billet.comments.yml", None),
        ("2018/billet/vue.png", b"GIF89a"),
        ("2018/billet/vue.png", None),
        ("2018/billet/rapport.pdf", b"%PDF-1.5"),
        ("2018/billet/rapport.pdf", None),
        ("2018/billet.md", None),
    ],
    ids=repr,
)
def test_a_file_of_a_post_that_is_another_is_told(tell, name, data):
    (problem,) = [each for each in tell({name: data}) if each.startswith(f"docs/posts/{name}:1:")]

    assert "archive" in problem


def declare(before, after):
    return (
        "Terme\n",
        f"```{{erratum}} 2026-11-20\n« {before} » est devenu « {after} ».\n```\n\nTerme\n",
    )


@pytest.mark.parametrize(
    "pairs",
    [
        [("CNFPT[", "{organisation}`CNFPT <Centre national>`[")],
        [("CNFPT[", "{term}`CNFPT`[")],
        [("CNFPT[", "{ref}`CNFPT <tag-cnfpt>`[")],
        [("Encore", "**Encore**")],
        [("<s>barré</s>", "~~barré~~")],
        [(":::{note}\nUne remarque.\n:::", "> [!note]\n> Une remarque.")],
        [("> Une citation.", "<blockquote>\n<p>Une citation.</p>\n</blockquote>")],
        [("Encore", "En\u00adco\u200dre")],
        [("dit-il", "<i><b>dit</b></i>-il")],
        [("3. Trois\n4. Quatre", "3) Trois\n4) Quatre")],
        [("3. Trois\n4. Quatre", "3. Trois\n3. Quatre")],
        [("avec des", "avec\ndes")],
        [("| a | b |\n|---|---|\n| c | d |", "```{list-table}\n* - a\n  - b\n* - c\n  - d\n```")],
        [("| a | b |\n|---|---|\n| c | d |",
          "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td>d</td></tr>\n</table>")],
        [("Vue]", "Une belle vue]")],
        [("tags: [CNFPT]", "tags: [CNFPT, Autre]\nsticky: true\nupdated: 2020-01-01")],
        [("author: amoor", "author: [amoor]")],
        [("Terme\n", ":::{update} 2019-01-05\nUn ajout, <s>barré</s>.\n:::\n\nTerme\n")],
        [("une ligne", "deux lignes"), declare("une ligne", "deux lignes")],
        [("Je travaille", "Moi, je travaille"), declare("Je travaille", "Moi, je travaille")],
        [("Encore", "<s>Encore</s>"), declare("Encore", "<s>Encore</s>")],
        [("Encore", "<s>Plus</s>"), declare("Encore", "<s>Plus</s>")],
        [("<s>barré</s>", "barré"), declare("<s>barré</s>", "barré")],
        [("<s>barré</s>", "<s>rayé</s>"), declare("barré", "rayé")],
        [("Nous sommes 102", "Nous sommes 10<sup>2</sup>"),
         declare("sommes 102", "sommes 10<sup>2</sup>")],
    ],
    ids=repr,
)  # fmt: skip
def test_what_says_the_same_or_is_declared_is_not_told(tell, pairs):
    assert tell(change(*pairs)) == []


def test_a_reference_without_words_says_what_it_leads_to(make_docs, make_post):
    own = make_post(body="(ici)=\n## Une partie\n\n{ref}`ici`, {ref}`2018/deux`.", **HEADER)
    docs = make_docs({POST: own, "2018/deux.md": make_post(title="Deux *fois*")})
    record_words(docs)
    assert verify_words(docs).problems == ()

    make_docs({"2018/deux.md": make_post(title="Trois fois")})
    (problem,) = verify_words(docs).problems

    assert str(problem).startswith(f"docs/posts/{POST}:21: les mots de l’auteur ont changé")


def test_what_changed_is_named_to_who_records_it(docs, tmp_path, capsys, monkeypatch):
    shutil.copytree(docs, tmp_path / "docs")
    files = change(("author: amoor", "author: autre"), ("Encore", "<s>Encore</s>"))
    write_docs(tmp_path, {**files, "2018/billet/vue.png": b"GIF89a"})
    monkeypatch.chdir(tmp_path)

    assert main(["verify", "--words"]) == 1
    told = capsys.readouterr().err
    assert "docs/posts/2018/billet.md:3: author : « amoor » est devenu « autre »" in told
    assert main(["verify", "--record"]) == 0
    assert capsys.readouterr().out == "Aucune empreinte à prendre.\n"
    assert main(["verify", "--record", f"docs/posts/{POST}"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "posts/2018/billet : author : « amoor » est devenu « autre ».",
        "posts/2018/billet : mots barrés (signe 125-131) n’y était pas.",
        "posts/2018/billet : docs/posts/2018/billet/vue.png a changé.",
    ]
    assert main(["verify", "--words"]) == 0


def test_a_record_of_an_older_version_is_read_and_completed(docs, tmp_path, capsys, monkeypatch):
    shutil.copytree(docs, tmp_path / "docs")
    path = tmp_path / "docs/manifest.json"
    old = json.loads(path.read_text("utf-8"))
    whole = path.read_text("utf-8")
    for entry in old["posts"].values():
        for key in ("header", "traits", "files"):
            del entry[key]
    path.write_text(json.dumps(old), "utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["verify", "--words"]) == 0
    assert "pas encore notés ; « make record » les note." in capsys.readouterr().out
    assert main(["verify", "--record"]) == 0
    assert "notés pour la première fois." in capsys.readouterr().out
    assert path.read_text("utf-8") == whole
