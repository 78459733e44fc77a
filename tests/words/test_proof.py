"""A changed word is found with its line; how a post is written has no say."""

import hashlib
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import ArchiveError
from archivist.posts.blocks import Located
from archivist.words.canonical import WordReader, join_words
from archivist.words.manifest import make_record, read_records
from archivist.words.verify import record_words, verify_words

SOURCE = "https://exemple.fr/billet/"
BODY = """\
Je travaille pour le CNFPT, avec des amis.

Combien inconnus ? Difficile à jauger.

- Un point
- Un autre point

Fin du billet."""
# The header and the title of these posts take nine lines.
FIRST = 10
PATH = "2018/billet.md"
EMPTY = '{"rule": 1, "posts": {}}'


@pytest.fixture
def archive(make_docs, make_post):
    """Return a function from texts to what a comparison with *BODY* tells of them."""

    def tell(body=BODY, **fields):
        docs = make_docs({PATH: make_post(source=SOURCE, body=BODY), "/manifest.json": EMPTY})
        record_words(docs)
        make_docs({PATH: make_post(body=body, **{"source": SOURCE} | fields)})
        return [
            str(problem).removeprefix(f"docs/posts/{PATH}:")
            for problem in verify_words(docs).problems
        ]

    return tell


def read(text):
    reader = WordReader()
    reader.read(text, 1)
    return reader.passages


def test_a_changed_letter_is_found_with_its_line(archive):
    advice = "remettez-les, ou déclarez un erratum."

    assert archive(BODY.replace("inconnus", "inconus")) == [
        f"{FIRST + 2}: les mots de l’auteur ont changé dans ce passage : {advice}"
    ]


def test_a_changed_title_is_found(archive):
    assert [each.partition(":")[0] for each in archive(title="Un billot")] == ["8"]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("- Un point\n", "", FIRST + 4, "manquent avant ce passage"),
        ("\n\nFin du billet.", "", FIRST + 5, "manquent après ce passage"),
        ("- Un point\n", "- Un point\n- Un ajout\n", FIRST + 5, "n’est pas du billet d’origine"),
        ("à jauger", "àjauger", FIRST + 2, "ont changé"),
        ("inconnus ?", "inconnus?", FIRST + 2, "ont changé"),
    ],
)
def test_what_is_lost_or_added_is_found_with_its_line(archive, before, after, line, said):
    (problem,) = archive(BODY.replace(before, after))

    assert problem.startswith(f"{line}: ")
    assert said in problem


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("CNFPT, avec", "CNFPT,\navec"),
        ("CNFPT", "{term}`CNFPT`"),
        ("CNFPT", "{term}`CNFPT <CNFPT>`"),
        ("CNFPT", "{abbr}`CNFPT (Centre national)`"),
        ("CNFPT", "[CNFPT](https://exemple.fr/ 'Un centre')"),
        ("CNFPT", "CN<b>FP</b>T"),
        ("amis", "**a**mis"),
        ("inconnus ?", "inconnus\u00a0?"),
        ("inconnus ?", "inconnus  ?"),
        ("inconnus", "in\u00adconnus"),
        ("à jauger", "a\u0300 jauger"),
        ("amis.\n\nC", "amis.\n\n<!-- more -->\n\nC"),
        ("- Un point\n- Un autre", "1. Un point\n2. Un autre"),
        ("- Un point\n- Un autre point", "Un point Un autre point"),
        ("Je travaille", "Je {person}`travaille <Travaille, Jean>`"),
        ("amis.", "amis.\n\n:::{update} 2019-01-05\nUn ajout.\n:::"),
        ("Je travaille", ":::{outdated}\nTout a changé.\n:::\n\nJe travaille"),
        ("amis.", "&#97;mis."),
    ],
)
def test_what_is_no_word_changes_nothing(archive, before, after):
    assert before in BODY
    assert archive(BODY.replace(before, after)) == []


def test_how_a_post_is_filed_changes_nothing(archive):
    assert archive(tags="[CNFPT]", series="Une série", sticky="true", redirect="/ici/") == []


ERRATUM = "\n\n```{erratum} 2026-11-20\n« {before} » est devenu « {after} ».\n```"


def declare(before, after, body=BODY):
    told = ERRATUM.replace("{before}", before).replace("{after}", after)
    return body.replace(before, after) + told


def test_a_declared_erratum_passes(archive):
    assert archive(declare("Combien inconnus", "Combien d’inconnus")) == []


def test_errata_of_one_passage_are_undone_in_turn(archive):
    once = declare("Combien inconnus", "Combien d’inconnus")

    assert archive(declare("d’inconnus ?", "d’inconnues ?", once)) == []


def test_an_erratum_covers_what_it_says_and_nothing_else(archive):
    body = declare("Combien inconnus", "Combien d’inconnus").replace("Fin du", "La fin du")

    assert [each.partition(":")[0] for each in archive(body)] == [str(FIRST + 7)]


def test_an_erratum_that_goes_leaves_its_change_undeclared(archive):
    assert archive(BODY.replace("inconnus", "inconnues")) != []


@pytest.mark.parametrize(
    ("erratum", "told"),
    [
        ("« ami » est devenu « frère ».", "« frère » n’est pas dans le texte"),
        ("« x » est devenu « point ».", "« point » est 2 fois dans le texte"),
    ],
)
def test_an_erratum_must_quote_a_passage_of_the_text(archive, erratum, told):
    (problem,) = archive(f"{BODY}\n\n```{{erratum}} 2026-11-20\n{erratum}\n```")

    assert problem.startswith(f"{FIRST + 10}: {told}")


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```{erratum} hier\n« a » est devenu « b ».\n```", "la date « hier » n’est pas lisible"),
        ("```{erratum} 2026-11-20\nUne coquille.\n```", "écrivez « ce qu’on lisait » est devenu"),
        ("```{erratum} 2026-11-20\n« a » est devenu « ».\n```", "écrivez « ce qu’on lisait »"),
    ],
)
def test_an_erratum_that_says_nothing_is_a_mistake(check_body, block, told):
    (problem,) = check_body(f"Texte.\n\n{block}")

    assert problem.startswith(f"11: {told}")


def test_a_good_erratum_and_a_notice_are_no_mistake(check_body):
    notice = "```{outdated}\nTout a changé.\n```"

    assert check_body(declare("amis", "frères", f"{notice}\n\nDes amis.")) == []


def test_a_post_that_is_gone_or_new_is_told(make_docs, make_post):
    old = make_post(source=SOURCE)
    docs = make_docs({"2018/un.md": old, "2018/libre.md": make_post(date="2018-01-01")})
    assert record_words(docs)[0] == ["posts/2018/un"]

    make_docs({"2018/un.md": None, "2018/deux.md": old})

    verdict = verify_words(docs)
    assert list(map(str, verdict.problems)) == [
        "docs/posts/2018/un.md:1: ce billet de l’archive n’est plus là : remettez-le sous ce nom, ou voyez archivist rename."
    ]
    assert verdict.unrecorded == ("docs/posts/2018/deux.md",)


def test_a_post_that_hides_its_source_is_compared_all_the_same(archive):
    assert archive(BODY.replace("amis", "ennemis"), source=None) != []


def test_recording_leaves_the_records_of_posts_that_are_not_named(make_docs, make_post):
    docs = make_docs({"2018/un.md": make_post(source=SOURCE)})
    record_words(docs)
    before = (docs / "manifest.json").read_bytes()
    make_docs({"2018/un.md": make_post(source=SOURCE, body="Autre chose.")})

    assert record_words(docs) == ([], [])
    assert (docs / "manifest.json").read_bytes() == before
    assert record_words(docs, ["posts/2018/un"]) == (["posts/2018/un"], [])
    assert verify_words(docs).problems == ()


def test_a_post_with_errata_is_recorded_as_it_was(make_docs, make_post):
    docs = make_docs({PATH: make_post(source=SOURCE, body=declare("amis", "frères"))})
    record_words(docs, ["posts/2018/billet"])
    make_docs({PATH: make_post(source=SOURCE, body=BODY)})

    assert verify_words(docs).problems == ()


def test_a_post_that_is_dropped_on_purpose_loses_its_record(make_docs, make_post):
    docs = make_docs({PATH: make_post(source=SOURCE)})
    record_words(docs)
    make_docs({PATH: None})

    assert record_words(docs, ["posts/2018/billet"])[0] == ["posts/2018/billet"]
    assert "posts/2018/billet" not in read_records(docs)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{\n"rule": 1,\n<<<<<<<', "docs/manifest.json:3: JSON abîmé"),
        ("[" * 100_000, "docs/manifest.json:1: JSON abîmé"),
        ("[]", "docs/manifest.json:1: « posts » manque"),
        ('{"rule": 2, "posts": {}}', "docs/manifest.json:1: « rule » vaut 1"),
        ('{"rule": 1, "posts": {"a": 3}}', "docs/manifest.json:1: empreinte illisible de « a »"),
        ('{"rule": 1, "posts": {"a": {"words": "é", "passages": [1]}}}', "docs/manifest.json:1:"),
    ],
)
def test_a_broken_manifest_is_told_with_its_line(make_docs, text, told):
    docs = make_docs({"/manifest.json": text})

    with pytest.raises(ArchiveError) as error:
        verify_words(docs)

    assert str(error.value).startswith(told)


# -- Any text ---------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("abcéèàœçÀ’«»…?!0123456789"), min_size=1, max_size=8)
PARAGRAPHS = st.lists(
    st.lists(st.tuples(st.sampled_from("aé"), WORDS).map("".join), min_size=1, max_size=8),
    min_size=1,
    max_size=5,
)


def write(paragraphs, spaces):
    return "\n\n".join(next(spaces).join(words) for words in paragraphs)


def hash_text(text):
    return make_record(read(text)).words


@given(PARAGRAPHS, st.lists(st.sampled_from([" ", "\n", "  ", "\u00a0", "\u202f"]), min_size=5))
def test_no_other_wrapping_changes_the_words(paragraphs, spaces):
    assert hash_text(write(paragraphs, iter(spaces))) == hash_text(
        write(paragraphs, iter([" "] * 5))
    )


@given(PARAGRAPHS, st.data())
def test_any_letter_changed_is_found(paragraphs, data):
    text = write(paragraphs, iter([" "] * 5))
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    at = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from("bzéÉ’0").filter(lambda each: each != text[at]))
    changed = text[:at] + letter + text[at + 1 :]

    before, after = make_record(read(text)), make_record(read(changed))

    assert before.words != after.words
    differing = [
        i
        for i, pair in enumerate(zip(before.passages, after.passages, strict=True))
        if len(set(pair)) > 1
    ]
    assert differing == [text.count("\n\n", 0, at)]


# -- The rule, written again as a reader of the site in ten years would ---------------------


USUAL = """\
Un *mot*, du **gras**, {term}`CNFPT` ; [un lien](https://exemple.fr/) !

## Une partie

- un point
- « un autre »

> Une citation.

| Colonne | Autre |
|---|---|
| 12 | 30 % |
"""


def test_the_checksum_is_that_of_the_words_on_the_page(make_site, make_post, tmp_path):
    post = make_post(source="https://exemple.fr/billet/", body=USUAL)
    site = make_site({"2018/billet.md": post})
    record_words(tmp_path / "docs", [])
    records = json.loads((tmp_path / "docs/manifest.json").read_text(encoding="utf-8"))["posts"]

    assert records
    for docname, record in records.items():
        article = site.page(f"{docname}.html").article
        for extra in article.select(
            ".trail, .post-byline, .sections, .post-footer, .headerlink, .update, .erratum, .outdated"
        ):
            extra.decompose()
        text = unicodedata.normalize("NFC", article.get_text().replace("\u00ad", ""))
        words = re.sub(r"\s+", " ", text).strip()
        assert (docname, hashlib.sha256(words.encode()).hexdigest()) == (docname, record["words"])


def test_each_archived_post_here_says_what_it_said(root):
    verdict = verify_words(root / "docs")

    assert (verdict.problems, verdict.unrecorded) == ((), ())
    assert verdict.compared == len(read_records(root / "docs"))


def test_passages_are_joined_by_one_space():
    assert join_words([Located(text="un", line=1), Located(text="deux", line=3)]) == "un deux"
