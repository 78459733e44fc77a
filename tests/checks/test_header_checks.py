import datetime as dt

import pytest

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.posts.people import read_registers
from archivist.words.verify import record_words


@pytest.mark.parametrize("key", ["date", "author"])
def test_a_required_key_that_is_missing_is_told(check_post, key):
    (problem,) = check_post(**{key: None})

    assert problem.startswith(f"1: il manque « {key} »")


def test_a_title_in_the_header_is_told_where_it_goes(check, make_post):
    text = make_post().replace("date:", "title: Un billet\ndate:")

    (problem,) = check({"2018/billet.md": text})

    assert problem.endswith(
        "clé inconnue « title » : le titre s’écrit « # Un billet », sous l’en-tête."
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tags": ""}, "« tags » est vide"),
        ({"tags": "a,,b"}, "valeur vide"),
        ({"tags": "['!!!']"}, "ni lettre latine ni chiffre"),
        ({"tags": "null"}, "« tags » est vide"),
        ({"tags": "x" * 101}, "trop long"),
        ({"author": "[]"}, "« author » est vide"),
        ({"language": "anglais"}, "langue inconnue « anglais »"),
        ({"excerpt": "9999"}, "écrivez un nombre"),
        ({"source": "http://foo]/"}, "adresse complète"),
        ({"redirect": "/prix-$x/"}, "signe interdit"),
        ({"redirect": "/_static/page.js/"}, "ce n’est pas une page"),
        ({"redirect": "/a/.git/"}, "ce n’est pas une page"),
        ({"redirect": "/x" * 11}, "trop long"),
        ({"tags": "&a {x: *a}"}, "« & » et « * » ont un sens"),
        ({"date": "2018-06-22", "date_edtf": "2017"}, "hors de « date_edtf: 2017 »"),
        ({"date": "22/06/2018"}, "écrivez 2018-06-22"),
        ({"date_edtf": "2018-02-29"}, "le 2018-02-29 n’existe pas"),
        ({"date_edtf": "2017-02-29~"}, "le 2017-02-29 n’existe pas"),
        ({"date_edtf": "2017/2018-02-29"}, "le 2018-02-29 n’existe pas"),
        ({"updated": "2019-02-29"}, "le 2019-02-29 n’existe pas"),
        ({"copied": "2019-02-29"}, "le 2019-02-29 n’existe pas"),
        ({"date": "[2018-06-22]"}, "une seule valeur"),
        ({"external_link": "javascript:alert(1)"}, "adresse complète"),
        ({"external_link": "https://service-public.fr@exemple.fr/"}, "adresse complète"),
        ({"canonical_link": "https://[x"}, "adresse complète"),
        ({"redirect": "../../x"}, "ne désigne pas une page"),
        ({"image": "photo.jpg"}, "un texte va dans « featured_image »"),
        ({"excerpt": "Le début"}, "un texte va dans « summary »"),
        ({"myst": "{enable_extensions: [substitution]}"}, "retirez cette clé"),
        ({"slug": "autre"}, "nom du fichier"),
        ({"category": "emploi"}, "catégorie inconnue"),
        ({"category": "innovation Publique"}, "écrit « Innovation publique »"),
        ({"redirect": "/index.html"}, "est l’accueil"),
        ({"tags": "{a: b}"}, "une seule valeur"),
        ({"series": ""}, "« series » est vide"),
        ({"series": "[Une, deux]"}, "une seule valeur"),
        ({"series": "'!!!'"}, "ni lettre latine ni chiffre"),
        ({"series": "a <b>"}, "le signe « < » est interdit"),
    ],
)
def test_a_wrong_field_says_what_to_write(check_post, fields, message):
    problems = check_post(**fields)

    assert any(message in problem for problem in problems)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"format": "Quote"},
            "5: « format: Quote » : écrivez l’un de ceux-ci : aside, audio, chat, gallery, image,",
        ),
        ({"format": "[quote]"}, "5: « format » attend une seule valeur, sur la même ligne."),
        ({"sticky": "1"}, "5: « sticky: 1 » : écrivez true (oui) ou false (non)."),
        ({"sticky": ""}, "5: « sticky » est vide : remplissez la ligne ou retirez-la."),
        (
            {"featured_alt": "x"},
            "5: « featured_alt » décrit une image qui manque : ajoutez « featured_image: ",
        ),
        ({"featured_image": ""}, "5: « featured_image » est vide"),
        ({"featured_image": "billet/rien.png"}, "5: image absente « billet/rien.png »"),
        (
            {"featured_image": "https://x.fr/a.png"},
            "5: image d’un autre site « https://x.fr/a.png »",
        ),
        ({"featured_image": "//x.fr/a.png"}, "5: image d’un autre site « //x.fr/a.png »"),
        ({"featured_image": "été.png"}, "5: image mal nommée « été.png »"),
        ({"tags": "a;b"}, "5: « a;b » : le signe « ; » est interdit ici"),
        ({"tags": "a/b"}, "5: « a/b » : le signe « / » est interdit ici"),
        ({"location": "'<b>Angers</b>'"}, "5: « <b>Angers</b> » : le signe « < » est interdit"),
        ({"tags": "['CNFPT, INET']"}, "5: virgule dans « CNFPT, INET » : séparez ces valeurs"),
        ({"tags": ", ".join(map(str, range(101)))}, "5: « tags » a 101 valeurs : 100 au plus."),
        ({"tags": "oui"}, "5: « tags: oui » ne nomme rien : écrivez tags: [CNFPT, Formation]."),
        ({"tags": "CNFPT, CNFPT"}, "5: « CNFPT » est donné deux fois : gardez-en un."),
        ({"language": "en_US"}, "5: langue inconnue « en_US » : écrivez en-US."),
        ({"language": "PT_br"}, "5: langue inconnue « PT_br » : écrivez pt-BR."),
        ({"language": "zh_Hant_TW"}, "5: langue inconnue « zh_Hant_TW » : écrivez zh-Hant-TW."),
        ({"language": "'en-\"x'"}, '5: langue inconnue « en-"x » : écrivez un code'),
        ({"language": "en-x-a"}, "5: langue inconnue « en-x-a » : écrivez un code"),
        ({"language": f"en-{'a' * 60}"}, "5: langue inconnue « en-aaaa"),
        ({"date": "1918-06-22"}, "2: « date: 1918-06-22 » est hors du temps des blogs"),
        ({"updated": "2108-06-22"}, "5: « updated: 2108-06-22 » est hors du temps des blogs"),
    ],
)
def test_a_value_that_no_post_needs_is_told_with_its_line(check_post, fields, told):
    (problem,) = check_post(**fields)

    assert problem.startswith(told)


def test_a_picture_above_the_text_is_checked_as_those_of_the_text(check, make_post, root):
    photo = (root / "tests/data/photo.png").read_bytes()
    post = make_post(featured_image="autre/vue.png")
    files = {"2018/billet.md": post, "2018/autre.md": make_post(), "2018/autre/vue.png": photo}

    (problem,) = check(files)

    assert problem.startswith(
        "docs/posts/2018/billet.md:5: l’image « autre/vue.png » n’est pas à ce billet : copiez-la"
    )


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "vue.png",
            b"x",
            "5: l’image « billet/vue.png » est illisible : enregistrez-la à nouveau, en PNG",
        ),
        ("vue.pdf", b"%PDF-1.4", "5: « billet/vue.pdf » n’est pas une image"),
        ("vue.svg", b"<svg><script/></svg>", "5: l’image « billet/vue.svg » contient "),
    ],
)
def test_a_picture_above_the_text_that_is_none_is_told(check, make_post, name, data, told):
    post = make_post(featured_image=f"billet/{name}", featured_alt="Une vue")

    (problem,) = check({"2018/billet.md": post, f"2018/billet/{name}": data})

    assert problem.startswith(f"docs/posts/2018/billet.md:{told}")


def test_a_picture_above_the_text_passes_with_words_or_without(check, make_post, root):
    photo = (root / "tests/data/photo.png").read_bytes()
    files = {
        "2018/un.md": make_post(featured_image="un/vue.png", sticky="true", format="aside"),
        "2018/un/vue.png": photo,
        "2018/deux.md": make_post(featured_image="deux.png", featured_alt="Une vue", sticky="no"),
        "2018/deux.png": photo,
    }

    assert check(files) == []


def test_a_tag_is_spelled_as_others_spell_it(check, make_post):
    spelled = {"un": "CNFPT", "deux": "CNFPT", "trois": "[Design, Cnfpt]"}

    assert check({f"2018/{name}.md": make_post(tags=tags) for name, tags in spelled.items()}) == [
        "docs/posts/2018/trois.md:5: « Cnfpt » existe déjà, écrit « CNFPT » : écrivez-le ainsi."
    ]


def test_a_date_far_ahead_of_the_build_is_told(make_docs, make_post):
    archive = read_archive(make_docs({"2081/billet.md": make_post(date="2081-06-22")}))

    (problem,) = check_archive(archive, dt.date(2018, 6, 22))

    assert str(problem) == (
        "docs/posts/2081/billet.md:2: « date: 2081-06-22 » est dans plus d’un an : "
        "vérifiez l’année."
    )


def test_a_wrong_register_is_told(check):
    problems = check({"/authors.yml": "Élodie:\n  nom: x\n", "/categories.yml": "A:\na:\n"})

    assert [problem.split(": ")[0] for problem in problems] == [
        "docs/authors.yml:1",
        "docs/authors.yml:2",
        "docs/categories.yml:2",
    ]


@pytest.mark.parametrize(
    ("categories", "told"),
    [
        ("A:\n  parent: B\nB:\nC:\n  parent: B\n", []),
        (
            "Art:\n  parent: Arts\n",
            ["2: catégorie inconnue « Arts » : vouliez-vous dire « Art » ?"],
        ),
        ("A:\n  parent: b\nB:\n", ["2: catégorie inconnue « b » : vouliez-vous dire « B » ?"]),
        (
            "A:\n  parent:\nB:\n",
            ["2: « parent » attend une catégorie : nommez-la, ou retirez la ligne."],
        ),
        (
            "A:\n  parent: [B]\nB:\n",
            ["2: « parent » attend une catégorie : nommez-la, ou retirez la ligne."],
        ),
        (
            "A:\n  parent: A\n",
            ["2: « A » ferait partie d’elle-même : changez ou retirez cette ligne."],
        ),
        (
            "A:\n  parent: B\nB:\n  parent: C\nC:\n  parent: A\nD:\n  parent: C\n",
            [
                "2: « A » ferait partie d’elle-même : changez ou retirez cette ligne.",
                "4: « B » ferait partie d’elle-même : changez ou retirez cette ligne.",
                "6: « C » ferait partie d’elle-même : changez ou retirez cette ligne.",
            ],
        ),
    ],
)
def test_a_category_is_part_of_another_and_never_of_itself(check, categories, told):
    problems = check({"/categories.yml": categories})

    assert [problem.removeprefix("docs/categories.yml:") for problem in problems] == told


def test_the_day_of_the_copy_is_a_day(check_post):
    assert check_post(copied="hier", license="WTFPL") == [
        "5: la date « hier » n’est pas lisible : écrivez AAAA-MM-JJ, par exemple 2018-06-22."
    ]
    assert check_post(copied="2026-11-03", license="CC BY 4.0") == []


def test_a_label_is_spelled_as_the_oldest_post_spells_it_however_many_others_do(check, make_post):
    files = {
        "2017/vieux.md": make_post(date="2017-01-01", tags="territoires", body="{person}`Édith`."),
        "2018/un.md": make_post(tags="Territoires", body="{person}`édith`."),
        "2018/deux.md": make_post(tags="Territoires", body="{person}`édith`."),
        # Without a day that can be read, no post is the oldest.
        "2018/trois.md": make_post(date="jadis", tags="Territoires"),
    }
    problems = check(files)

    assert not [problem for problem in problems if "vieux" in problem]
    for name in ("un", "deux", "trois"):
        told = "« Territoires » existe déjà, écrit « territoires » : écrivez-le ainsi."
        assert f"docs/posts/2018/{name}.md:5: {told}" in problems
    assert len([problem for problem in problems if "est déjà dans l’index" in problem]) == 2


def test_a_new_post_of_long_ago_follows_those_that_are_recorded(make_docs, make_post):
    source = "https://exemple.fr/billet/"
    docs = make_docs({"2018/la.md": make_post(tags="territoires", source=source)})
    record_words(docs, [])
    make_docs({"2009/recu.md": make_post(date="2009-01-01", tags="Territoires")})

    (problem,) = check_archive(read_archive(docs))
    assert problem.path == "docs/posts/2009/recu.md"
    # What has become of the records is another check's matter.
    (docs / "manifest.json").write_text("{", encoding="utf-8")
    (problem,) = check_archive(read_archive(docs))
    assert problem.path == "docs/posts/2018/la.md"


@pytest.mark.parametrize(
    "code", ["en", "en-US", "en-us", "zh-Hant-TW", "de-1996", "ca-valencia", "es-419"]
)
def test_a_code_of_a_language_that_browsers_know_passes(check_post, code):
    assert check_post(language=code) == []


@pytest.mark.parametrize(("count", "told"), [(20, 0), (21, 1)])
def test_categories_do_not_nest_without_end(tmp_path, count, told):
    lines = [f"A{number}:\n  parent: A{number + 1}\n" for number in range(count)]
    (tmp_path / "categories.yml").write_text("".join([*lines, f"A{count}: {{}}\n"]), "utf-8")

    (tmp_path / "authors.yml").write_text("", "utf-8")
    problems = read_registers(tmp_path, "docs").problems

    assert len(problems) == told
    assert all("20 catégories l’une dans l’autre" in each.message for each in problems)


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (
            "Jeanne Martin",
            "ajoutez « jeanne-martin: {name: Jeanne Martin} » à docs/authors.yml, et écrivez « author: jeanne-martin ».",
        ),
        (
            "jeanne",
            "ajoutez « jeanne: {name: Prénom Nom} » à docs/authors.yml, et écrivez « author: jeanne ».",
        ),
        ("a.m.o.o.r.", "écrivez « author: amoor »."),
        ("amor", "vouliez-vous dire « amoor » ?"),
    ],
)
def test_an_author_who_is_not_known_is_told_how_to_sign(check_post, author, told):
    assert check_post(author=author) == [f"3: auteur inconnu « {author} » : {told}"]


@pytest.mark.parametrize(
    ("register", "told"),
    [
        ("", "ajoutez « un-autr: {name: Nom du blog} » à docs/blogs.yml : « blog: un-autr »."),
        ("un-autre:\n", "vouliez-vous dire « un-autre » ?"),
        ("x:\n  name: Un Autr !\n", "écrivez « blog: x »."),
    ],
)
def test_a_blog_that_is_not_known_is_told(check, make_post, register, told):
    posts = {"2018/billet.md": make_post(blog="un autr")}

    (problem,) = check(posts | {"/blogs.yml": register})

    assert problem.endswith(f": blog inconnu « un autr » : {told}")


@pytest.mark.parametrize(
    ("register", "told"),
    [
        ("x:\n  nom: X\n", "2: clé inconnue « nom » : choisissez parmi : description, name, url."),
        ("x:\n  url: exemple.fr\n", "2: adresse incomplète « exemple.fr » : écrivez https://"),
        ("Été:\n", "1: la clé « Été » sert d’adresse : écrivez par exemple « ete »."),
        ("x: [\n", "1: fichier illisible à partir d’ici"),
    ],
)
def test_a_wrong_entry_of_a_blog_is_told_with_its_line(check, make_post, register, told):
    posts = {"2018/billet.md": make_post(blog="x")} if register.startswith("x") else {}

    (problem,) = check(posts | {"/blogs.yml": register})

    assert problem.startswith(f"docs/blogs.yml:{told}")


def test_the_entry_that_the_message_gives_makes_the_author_known(check, make_post, root):
    authors = (root / "docs/authors.yml").read_text(encoding="utf-8")
    files = {"2018/billet.md": make_post(author="jeanne-martin")}

    assert (
        check(files | {"/authors.yml": f"{authors}jeanne-martin: {{name: Jeanne Martin}}\n"}) == []
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("categories.yml", "Innovation publique: [\n"), ("authors.yml", "amoor: [\n")],
)
def test_a_register_that_cannot_be_read_is_one_message_and_not_one_for_each_post(
    check, make_post, name, text
):
    posts = {f"2018/{number}.md": make_post() for number in range(3)}

    (problem,) = check(posts | {f"/{name}": text})

    assert problem.startswith(f"docs/{name}:1: fichier illisible à partir d’ici : ")


def test_a_register_is_told_as_a_header_is_and_still_read(check, make_post):
    posts = {"2018/billet.md": make_post(category="Innovation publique")}
    register = "Innovation publique:\n  description: Bilan : faire autrement\n"

    (problem,) = check(posts | {"/categories.yml": register})
    assert problem.startswith("docs/categories.yml:2: cette valeur a besoin de guillemets : ")
    assert 'écrivez « description: "Bilan : faire autrement" ».' in problem


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("link: javascript:alert(1)", "adresse « javascript:alert(1) » interdite"),
        ("link: http://192.168.0.1/", "ne s’ouvre que chez vous"),
        ("name: [a, b]", "« name » attend une seule valeur"),
        ("name: a\u202eb", "U+202E"),
        (f"name: {'x' * 1001}", "trop long : 1000 signes au plus."),
    ],
)
def test_an_author_whom_a_stranger_adds_is_data_by_strict_rules(check, line, told):
    (problem,) = check({"/authors.yml": f"jeanne:\n  {line}\n"})

    assert problem.startswith("docs/authors.yml:2: ")
    assert told in problem


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("layout: post", "elle ne sert pas ici : retirez-la."),
        ("comments: true", "elle ne sert pas ici : retirez-la."),
        ("mail: x@exemple.fr", "elle ne sert pas ici : retirez-la."),
        ("permalink: /2018/x/", "une ancienne adresse s’écrit « redirect: /2018/x/ »."),
        ("published: false", "écrivez « draft: true » à la place, ou le billet sera publié."),
        ("published: true", "un billet est publié sans elle : retirez cette ligne."),
        ("status: Draft", "écrivez « draft: true » à la place, ou le billet sera publié."),
        ("lastmod: 2019-01-01", "ici, cette clé s’appelle « updated »."),
        ("description: Un texte", "ici, cette clé s’appelle « summary »."),
        ("titre: Retour", "le titre s’écrit « # Retour », sous l’en-tête."),
        ("mots-clés: CNFPT", "ici, cette clé s’appelle « tags »."),
        ("Summary: Un texte", "écrivez « summary »."),
        ("created: 2018-06-22", "« date » est déjà ligne 2 : n’en gardez qu’une."),
    ],
)
def test_a_key_of_another_tool_says_what_it_is_called_here(check, make_post, line, told):
    text = make_post().replace("category:", f"{line}\ncategory:")

    (problem,) = check({"2018/billet.md": text})

    key = line.partition(":")[0]
    assert problem == f"docs/posts/2018/billet.md:4: clé inconnue « {key} » : {told}"


def test_what_a_key_of_another_tool_says_is_checked_in_the_same_round(check, make_post):
    text = make_post(author=None, date=None).replace(
        "category:", "auteur: amor\ncreated: 22/06/2018\nlastmod: hier\ncategory:"
    )

    assert [each.partition(".md:")[2] for each in check({"2018/billet.md": text})] == [
        "2: auteur inconnu « amor » : vouliez-vous dire « amoor » ?",
        "2: clé inconnue « auteur » : ici, cette clé s’appelle « author ».",
        "3: clé inconnue « created » : ici, cette clé s’appelle « date ».",
        "3: la date « 22/06/2018 » s’écrit ici autrement : écrivez 2018-06-22.",
        "4: clé inconnue « lastmod » : ici, cette clé s’appelle « updated ».",
        "4: la date « hier » n’est pas lisible : écrivez AAAA-MM-JJ, par exemple 2018-06-22.",
    ]
