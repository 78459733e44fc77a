"""A title is computed below Sphinx, and is what a reader reads at the head of the page."""

import pytest

from archivist.posts.archive import read_archive

GLOSSARY = (
    "# Glossaire\n\n```{glossary}\nmot\n    Un mot.\n```\n\n(partie)=\n\n## Partie\n\nTexte.\n"
)
TITLES = (
    ("Un titre nu", "Un titre nu"),
    ("Le 2<sup>e</sup> forum des {abbr}`DGS (directeurs)`", "Le 2e forum des DGS"),
    ("Avec une note[^1]", "Avec une note"),
    ("Une ![image](photo.png){.decorative} au milieu", "Une  au milieu"),
    ("{sub}`bas` et {sup}`haut`", "bas et haut"),
    ("Le {term}`mot`", "Le mot"),
    ("Les {term}`mots dits <mot>`", "Les mots dits"),
    ("Voir {ref}`cette partie <partie>`", "Voir cette partie"),
    ("Avec {person}`Armelle Dufour <Dufour, Armelle>`", "Avec Armelle Dufour"),
    ("Chez {organisation}`La Ville`", "Chez La Ville"),
    ("Du `code <b>` dedans", "Du code <b> dedans"),
    ("Un [lien](https://exemple.fr) au loin", "Un lien au loin"),
    ("*Un* **deux** ***trois***", "Un deux trois"),
    (r"Des \*étoiles\* et \[crochets\]", "Des *étoiles* et [crochets]"),
    ("Vous &amp; moi&#8239;&lt;3", "Vous & moi\u202f<3"),
    ("Une espace\u00a0: insécable", "Une espace\u00a0: insécable"),
    ("Un <em>titre <strong>riche</strong></em> <!-- caché -->en HTML", "Un titre riche en HTML"),
    ("[Anglais]{.language-en} et <span lang='en'>HTML</span>", "Anglais et HTML"),
    ("{abbr}`SIGLE`, seul", "SIGLE, seul"),
    ("Fin en `code`", "Fin en code"),
    ("avant<br>après", "avant après"),
)


def read_heading(page):
    """Return what the heading of a page says, without what stands beside its words."""
    heading = page.select_one("h1")
    for beside in heading.select(".headerlink, .footnote-reference, img"):
        beside.decompose()
    for end in heading.select("br"):
        end.replace_with(" ")
    return heading.get_text()


def spaced(text):
    """Return *text* with ordinary spaces: the site binds some."""
    return " ".join(text.split())


def test_the_title_of_a_post_is_what_its_page_says(make_site, tmp_path, make_post, root):
    files = {"/glossaire.md": GLOSSARY}
    for number, (typed, _) in enumerate(TITLES):
        note = "Texte.\n\n[^1]: Une note.\n" if "[^1]" in typed else "Texte.\n"
        files[f"2018/titre-{number}.md"] = make_post(title=typed, body=note)
        if "photo.png" in typed:
            files["2018/photo.png"] = (root / "tests/data/photo.png").read_bytes()

    site = make_site(files)

    posts = {post.slug: post.title for post in read_archive(tmp_path / "docs").posts()}
    titles = [posts[f"titre-{number}"] for number in range(len(TITLES))]
    headings = [
        read_heading(site.page(f"posts/2018/titre-{number}.html")) for number in range(len(TITLES))
    ]
    assert titles == [title for _, title in TITLES]
    assert list(map(spaced, titles)) == list(map(spaced, headings))


@pytest.mark.parametrize("title", ["![](vue.png){.decorative}", "<b></b>"])
def test_a_title_without_words_is_told(check, make_post, root, title):
    photo = (root / "tests/data/photo.png").read_bytes()

    (problem,) = check({"2018/billet.md": make_post(title=title), "2018/vue.png": photo})

    assert problem.endswith("le titre est vide : écrivez-le après « # ».")
