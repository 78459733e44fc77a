"""Headers of other tools become ours; a right one stays to the sign; nothing goes untold."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.checks.context import find_spellings
from archivist.mends.header import HeaderFacts, mend_header
from archivist.posts.archive import read_archive
from archivist.posts.people import Author, Category, Registers

REGISTERS = Registers(
    authors={
        "amoor": Author(key="amoor", name="Alexandre Moor"),
        "jeanne": Author(key="jeanne", name="Jeanne Dupont"),
        "equipe": Author(key="equipe", name="L’équipe (Rennes)"),
    },
    categories={
        "innovation-publique": Category(name="Innovation publique", slug="innovation-publique"),
        "emploi-formation": Category(name="Emploi, formation", slug="emploi-formation"),
        "donnees": Category(name="Données", slug="donnees"),
    },
)
FACTS = HeaderFacts(
    registers=REGISTERS,
    spellings={
        "cnfpt": "CNFPT",
        "universite-dete": "université d’été",
        "territoires": "Territoires",
    },
)
BODY = "\n# Un titre\n\nDu texte.\n"


def mend(header, body=BODY, facts=FACTS):
    """Return the lines of the mended header, and what is told."""
    text, told = mend_header(f"---\n{header}\n---\n{body}", facts)
    assert mend_header(text, facts) == (text, [])
    return text.split("---\n")[1].splitlines(), told


RIGHT = """\
# Une remarque
date:   "2018-06-22"   # un vendredi
author: [amoor, jeanne]
category: Emploi, formation

tags:
  - CNFPT
  - 'Territoires' # et pas territoires
series: "Éviers d’été, la suite"
summary: >
  Un résumé
  replié.
redirect: [/2018/06/retour/, '/?p=148']
language: fr
location: []
draft: true # retirez cette ligne pour publier
excerpt: 2
image: 1
"""


def test_a_right_header_stays_as_it_is_to_the_sign():
    for text in (f"---\n{RIGHT}---\n{BODY}", f"---  \n{RIGHT}---   \n{BODY}"):
        assert mend_header(text, FACTS) == (text, [])


def test_posts_of_the_archive_stay_as_they_are(root):
    archive = read_archive(root / "docs")
    facts = HeaderFacts(registers=archive.registers, spellings=find_spellings(archive))

    for path in (root / "docs/posts").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert mend_header(text, facts) == (text, [])


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        # Values that break YAML, or that it eats
        ("summary: Un bilan : trois leçons", "summary: 'Un bilan : trois leçons'"),
        ("summary: [Un rapport](https://exemple.fr) utile", "summary: '[Un rapport](https://exemple.fr) utile'"),
        ("summary: 'L'été'", "summary: L'été"),
        ('summary: "Il a dit "oui""', "summary: Il a dit \"oui\""),
        ("summary: \"Oui\" et \"non\"", "summary: '\"Oui\" et \"non\"'"),
        ("summary: *important*", "summary: '*important*'"),
        ("summary: @cnfpt en parle", "summary: '@cnfpt en parle'"),
        ("summary: Le #budget", "summary: 'Le #budget'"),
        ("summary: Une suite\nmal repliée", "summary: Une suite mal repliée"),
        ("tags: CNFPT #territoires", "tags: [CNFPT, Territoires]"),
        ("tags: #CNFPT", "tags: [CNFPT]"),
        ("tags:\n\t- CNFPT\n\t- a : b", "tags: [CNFPT, 'a : b']"),
        ("tags:CNFPT", "tags: [CNFPT]"),
        ("summary:\tUn\trésumé : bref", "summary: 'Un résumé : bref'"),
        ("summary: L’un &#x2013; &laquo;&nbsp;l’autre&nbsp;&raquo;", "summary: L’un – « l’autre »"),
        ("categories: Mise&nbsp;à&nbsp;jour", "category: Mise à jour"),
        ("lastmod: &jour '2019-01-02'", "updated: 2019-01-02"),
        ("tags: &t\n  - CNFPT\nkeywords: *t", "tags: [CNFPT]"),
        # Spellings
        ("tags: [cnfpt, Université d'été]", "tags: [CNFPT, université d’été]"),
        ("category: innovation publique", "category: Innovation publique"),
        ("category: emploi, formation", "category: Emploi, formation"),
        ("categories: [donnees, Innovation Publique]", "category: [Données, Innovation publique]"),
        ("categories: Données\ncategory: innovation publique", "category: [Données, Innovation publique]"),
        ("tags: cnfpt territoires", "tags: [CNFPT, Territoires]"),
        ("tags: fonction publique", "tags: fonction publique"),
        # Keys of other tools
        ("description: Un résumé", "summary: Un résumé"),
        ("excerpt: Un résumé", "summary: Un résumé"),
        ("lastmod: 2019-01-02", "updated: 2019-01-02"),
        ("last_modified_at: 2 janvier 2019", "updated: 2019-01-02"),
        ("published: false", "draft: true"),
        ("status: draft", "draft: true"),
        ("draft: false\npublished: false", "draft: true"),
        ("permalink: /2018/x/", "redirect: [/2018/x/]"),
        ("permalink: https://ancien.fr/2018/x.html", "redirect: [/2018/x.html]"),
        ("aliases:\n  - /a/\n  - /b/", "redirect: [/a/, /b/]"),
        ("redirect: [https://un.fr/?p=1]\nalias: /a/", "redirect: ['https://un.fr/?p=1', /a/]"),
        ("lang: en", "language: en"),
        ("image: vue.png", "featured_image: vue.png"),
        ("cover:\n  image: vue.png\n  alt: La vue", "featured_image: vue.png\nfeatured_alt: La vue"),
        ("canonicalURL: https://exemple.fr/x", "canonical_link: https://exemple.fr/x"),
        ("mots-clés: CNFPT", "tags: [CNFPT]"),
    ],
)  # fmt: skip
def test_what_has_one_right_answer_is_mended(line, mended):
    known = "date: 2018-06-22\nauthor: amoor\n"
    lines, told = mend(known + line)

    assert "\n".join(lines) == known + mended
    assert told == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Jeanne Dupont", "jeanne"),
        ("jeanne dupont <j@exemple.fr>", "jeanne"),
        ("{name: Jeanne Dupont, email: j@exemple.fr}", "jeanne"),
        ("Jeanne Dupont et Alexandre Moor", "[jeanne, amoor]"),
        ("[Jeanne Dupont, amoor]", "[jeanne, amoor]"),
        ("Personne", "Personne"),
        ("L’équipe (Rennes)", "equipe"),
    ],
)
def test_a_name_becomes_the_key_of_who_signs(written, key):
    lines, _ = mend(f"date: 2018-06-22\nauthor: {written}")

    assert lines[1] == f"author: {key}"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20 novembre 2026", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("2026-11-20T09:00:00.000Z", "2026-11-20T09:00:00.000Z"),
        ("2026-11-20 09:00:00 +0100", "2026-11-20 09:00:00 +0100"),
        ("03/04/2026", "03/04/2026"),
    ],
)
def test_a_date_that_means_one_day_is_written_as_the_archive_does(written, day):
    assert mend(f"date: {written}\nauthor: amoor")[0][0] == f"date: {day}"


@pytest.mark.parametrize(
    "line",
    [
        "layout: post",
        "comments: true",
        "slug: autre-nom",
        "weight: 3",
        "seo:\n  robots: noindex",
        "permalink: /:year/:title/",
        "image: https://ailleurs.fr/x.png",
        "illustration.name: 17264753128_e5576e2f62",
        "extra: {a: {b: {c: {d: {e: {f: g}}}}}}",
    ],
)
def test_what_this_site_does_nothing_with_goes_and_is_told_with_its_value(line):
    lines, told = mend(f"date: 2018-06-22\nauthor: amoor\n{line}")

    assert lines == ["date: 2018-06-22", "author: amoor"]
    words = set(re.findall(r"\w{3,}", line)) - {"extra"}
    assert len(told) == 1
    assert words <= set(re.findall(r"\w{3,}", told[0]))


def test_a_second_summary_is_told():
    lines, told = mend("date: 2018-06-22\nauthor: amoor\nsummary: Un\ndescription: Deux")

    assert lines[-1] == "summary: Un"
    assert told == ["clé « description: Deux » d’un autre outil, retirée."]


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("\n## Partie\n\nTexte.\n", "\n# Un *bilan*\n\n## Partie\n\nTexte.\n"),
        ("\n# Un bilan\n\nTexte.\n", "\n# Un bilan\n\nTexte.\n"),
        ("Un bilan\n========\n\nTexte.\n", "Un bilan\n========\n\nTexte.\n"),
        ("# Partie\n\nTexte.\n", "\n# Un *bilan*\n\n# Partie\n\nTexte.\n"),
        ("```\n# Un bilan\n```\n", "\n# Un *bilan*\n\n```\n# Un bilan\n```\n"),
    ],
)
def test_the_title_stands_above_the_text_once(body, mended):
    text, told = mend_header(
        f"---\ndate: 2018-06-22\nauthor: amoor\ntitle: Un *bilan*\n---\n{body}", FACTS
    )

    assert text.partition("amoor\n---\n")[2] == mended.replace("*", "\\*")
    assert told == []


def test_parts_below_a_text_are_no_title():
    facts = HeaderFacts(registers=REGISTERS, title="Un bilan")
    header = "---\ndate: 2018-06-22\nauthor: amoor\n---\n"

    assert mend_header(f"{header}\nMots.\n\n# Un\n\n# Deux\n", facts)[0] == (
        f"{header}\n# Un bilan\n\nMots.\n\n# Un\n\n# Deux\n"
    )


OURS_HEADER = ["---", "date: 2018-06-22", "author: jeanne", "tags: [CNFPT]"]


@pytest.mark.parametrize(
    "text",
    [
        '+++\ndate = 2018-06-22\ntitle = "Bilan"\nauthor = "Jeanne Dupont"\n[taxonomies]\ntags = ["cnfpt"]\n+++\n\nDu texte.\n',
        '+++\ndate = "22 juin 2018"\ntitle = Bilan\nauthor = jeanne\ntags = [cnfpt]\n+++\nDu texte.\n',
        '{"date": "2018-06-22", "title": "Bilan", "author": "jeanne", "tags": ["cnfpt"]}\n\nDu texte.\n',
        "Title: Bilan\nDate: 22 juin 2018\nAuthor: Jeanne Dupont\nTags: cnfpt\n\nDu texte.\n",
        "# Bilan\n\nDate: 22 juin 2018\nAuteur: Jeanne Dupont\nÉtiquettes: cnfpt\n\nDu texte.\n",
        "\n---\ndate: 2018-06-22\nauthor: jeanne\ntags: [CNFPT]\ntitle: Bilan\n...\nDu texte.\n",
        "---\ndate: 2018-06-22\nauthor: jeanne\ntags: [CNFPT]\n\n# Bilan\n\nDu texte.\n",
    ],
)  # fmt: skip
def test_a_header_of_another_tool_becomes_ours(text):
    mended, told = mend_header(text, FACTS)
    header, _, body = mended.partition("\n---\n")

    assert sorted(line for line in header.split("\n") if line) == sorted(OURS_HEADER)
    assert body.strip() == "# Bilan\n\nDu texte."
    assert told == []
    assert mend_header(mended, FACTS) == (mended, [])


@pytest.mark.parametrize(
    "text", ["Date : 12 mars\nLieu : Rennes\n\nTexte.\n", "Note: ceci.\n\nX\n", "Texte.\n", ""]
)
def test_a_text_without_a_header_is_no_header(text):
    assert mend_header(text, FACTS) == (text, [])


def test_what_is_known_otherwise_is_added_once():
    facts = HeaderFacts(
        registers=REGISTERS, day="2018-06-22", authors=("jeanne",), title="Bilan",
        source="https://ancien.fr/bilan", redirects=("/2018/bilan.html", "/bilan/"), slug="bilan",
    )  # fmt: skip
    text, _ = mend_header("Texte.\n", facts)

    assert text == (
        "---\ndate: 2018-06-22\nauthor: jeanne\nsource: https://ancien.fr/bilan\n"
        "redirect: [/2018/bilan.html]\n---\n\n# Bilan\n\nTexte.\n"
    )
    assert mend_header(text, facts) == (text, [])


@pytest.mark.parametrize(
    "header",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]",
        "title: !!python/object/apply:os.system ['touch /tmp/x']",
        "summary: !!binary aGVsbG8=",
        "<<: *tout\nlayout: x",
        "title: " + "x" * 1_000_000,
        "\n".join(f"clé{number}: x" for number in range(5_000)),
        "x: " + "[" * 5_000,
        "? [a, b]\n: c",
    ],
)
def test_a_hostile_header_is_harmless(header):
    text = f"---\ndate: 2018-06-22\nauthor: amoor\n{header}\n---\n{BODY}"
    mended, _ = mend_header(text, FACTS)

    assert mended.endswith("Du texte.\n")
    assert mend_header(mended, FACTS) == (mended, [])


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["title: Bilan", "author: Jeanne Dupont", "date: 20/11/2018", "tags:", "  - a", "draft: true # oui",
             "summary: Un : deux #trois", "categories: donnees cnfpt", "published: false", "url: /a/ /b.html",
             "cover:", "  alt: x", "---", "# remarque", "", "series: [A, B]", "image: 3", "lang: EN_us"]
        ),
        st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40),
    ),
    max_size=8,
)  # fmt: skip


@example(lines=["---", "---", "title: Bilan"], fence="", is_spaced=False)
@given(lines=LINES, fence=st.sampled_from(["---", "+++", ""]), is_spaced=st.booleans())
def test_a_second_mend_changes_nothing(lines, fence, is_spaced):
    facts = HeaderFacts(registers=REGISTERS, spellings=FACTS.spellings, is_spaced=is_spaced)
    once, _ = mend_header("\n".join([fence, *lines, fence, "", "Du texte."]), facts)

    assert mend_header(once, facts) == (once, [])
