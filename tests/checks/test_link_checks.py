import datetime as dt
from pathlib import Path

import pytest

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive

PHOTO = (Path(__file__).parent.parent / "data/photo.png").read_bytes()


def test_a_link_to_a_draft_is_told(check, make_post):
    problems = check(
        {
            "2018/brouillon.md": make_post(draft="true"),
            "2018/billet.md": make_post(body="[voir](brouillon.md)"),
        }
    )

    assert problems == [
        (
            "docs/posts/2018/billet.md:9: « brouillon.md » mène à un billet "
            "qui n’est pas publié : retirez ce lien pour l’instant."
        )
    ]


def test_a_link_to_a_post_of_the_future_is_told(make_docs, make_post):
    docs = make_docs(
        {
            "2018/billet.md": make_post(body="[x](../2019/futur.md)"),
            "2019/futur.md": make_post(date="2019-01-01"),
        }
    )

    (problem,) = check_archive(read_archive(docs), dt.date(2018, 12, 31))

    assert "qui n’est pas publié" in str(problem)


def test_a_dead_link_never_names_the_page_that_it_is_on(check, make_post):
    (problem,) = check({"2018/etape_1.md": make_post(body="[voir](/2018/06/etape_2.html)")})

    assert problem.endswith("aucun fichier de ce nom, vérifiez le chemin.")


def test_a_dead_link_names_the_nearest_page(check, make_post):
    (problem,) = check(
        {
            "2017/retour.md": make_post(date="2017-01-01"),
            "2018/billet.md": make_post(body="[voir](../2017/retours.md)"),
        }
    )

    assert problem.endswith("vouliez-vous dire « ../2017/retour.md » ?")


def test_a_dead_link_in_a_standing_page_is_told(check):
    assert check({"/a-propos.md": "# À propos\n\n[x](posts/2017/absent.md)\n"}) == [
        (
            "docs/a-propos.md:3: lien mort « posts/2017/absent.md » : "
            "aucun fichier de ce nom, vérifiez le chemin."
        )
    ]


def test_links_to_pages_files_and_elsewhere_pass(check, make_post):
    body = (
        "[a](billet.md#suite) [b](/a-propos.md) [c](billet/note.pdf) [d](https://exemple.fr/x.md) "
        "[e](#suite) [f](mailto:x@exemple.fr) ![g](billet/vue.png)\n\n## Suite\n\nTexte."
    )

    assert (
        check(
            {
                "2018/billet.md": make_post(body=body),
                "2018/billet/note.pdf": b"%PDF",
                "2018/billet/vue.png": PHOTO,
            }
        )
        == []
    )


@pytest.mark.parametrize(
    "body",
    [
        "[x](tel:+33123456789) <x@exemple.fr> <https://exemple.fr/été>",
        "[x](<https://exemple.fr/a (b) « c »>) [y](https://exemple.fr/a_(b)?c=d&e=f#g 'h')",
        "[x](http://1.1.1.1/) [y](https://exemple.fr:8080/) [z](https://élan.fr/)",
        "[x](https://medium.com/@moi) [y](https://exemple.fr/?a@b) [z](https://exemple.fr./)",
        "[👨\u200d👩\u200d👧](https://exemple.fr) [é](http://[2606:4700::1111]/) [z](https://163.com/)",
        "Allez à `http://localhost:8000`, http://127.0.0.1/ :\n\n```text\nhttp://a@b.fr\n```",
        "[x][1], [y][], [y]\n\n[1]: https://exemple.fr\n[y]: billet.md 'Ici'",
        "[x](../2018/billet.md) [y](./billet.md) [z](/posts/2018/billet.md) [w](../../index.md)",
        "[x](#lété-) [y](#a-1)\n\n## L’*été* !\n\n## A\n\n## A",
        "(ici)=\n\n[x](#ici) [y](billet.md#ici)",
        "[![x](billet/vue.png)](billet.md) [![](billet/vue.png){.decorative}](billet.md)",
    ],
)
def test_links_that_lead_somewhere_pass(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("ftp://exemple.fr", "adresse « ftp://exemple.fr » interdite"),
        ("inv:x", "adresse « inv:x » interdite"),
        ("C:/x", "« C:/x » est un fichier de votre ordinateur"),
        ("http://", "adresse incomplète « http:// »"),
        ("https:///x", "adresse incomplète « https:///x »"),
        ("http://localhost/x", "« http://localhost/x » ne s’ouvre que chez vous"),
        ("http://192.168.1.1/", "« http://192.168.1.1/ » ne s’ouvre que chez vous"),
        ("http://[::1]/", "« http://[::1]/ » ne s’ouvre que chez vous"),
        ("http://intranet.lan/", "« http://intranet.lan/ » ne s’ouvre que chez vous"),
        ("http://intranet/", "« http://intranet/ » ne s’ouvre que chez vous"),
        ("http://wiki.internal/", "« http://wiki.internal/ » ne s’ouvre que chez vous"),
        ("http://localhost./", "« http://localhost./ » ne s’ouvre que chez vous"),
        ("http://LOCALHOST:8000/", "« http://LOCALHOST:8000/ » ne s’ouvre que chez vous"),
        ("http://app.localhost/", "« http://app.localhost/ » ne s’ouvre que chez vous"),
        ("http://127.1/", "« http://127.1/ » ne s’ouvre que chez vous"),
        ("http://2130706433/", "« http://2130706433/ » ne s’ouvre que chez vous"),
        ("http://0x7f.0.0.1/", "« http://0x7f.0.0.1/ » ne s’ouvre que chez vous"),
        ("http://0177.0.0.01/", "« http://0177.0.0.01/ » ne s’ouvre que chez vous"),
        ("http://169.254.169.254./", "« http://169.254.169.254./ » ne s’ouvre que chez vous"),
        ("http://１２７.0.0.1/", "« http://xn--8g7ccp.0.0.1/ » ne s’ouvre que chez vous"),
        ("http://ⓛocalhost/", "« http://xn--ocalhost-in2e/ » ne s’ouvre que chez vous"),
        ("http://loc%61lhost/", "« http://loc%61lhost/ » ne s’ouvre que chez vous"),
        ("http://[::ffff:10.0.0.1]/", "« http://[::ffff:10.0.0.1]/ » ne s’ouvre que chez vous"),
        ("http://[64:ff9b::7f00:1]/", "« http://[64:ff9b::7f00:1]/ » ne s’ouvre que chez vous"),
        ("http://1.2.3.4.5/", "« http://1.2.3.4.5/ » ne s’ouvre que chez vous"),
        (
            "http://134744072/",
            "« http://134744072/ » cache où elle mène : écrivez 8.8.8.8 à la place de 134744072.",
        ),
        (
            "https://service-public.fr@evil.example/a",
            "« https://service-public.fr@evil.example/a » cache où elle mène avant « @ »",
        ),
        ("https://u:p@exemple.fr/", "« https://u:p@exemple.fr/ » cache où elle mène"),
        ("javascript:x", "Markdown mal écrit « [x](javascript:x) »"),
        ("file:///x", "Markdown mal écrit « [x](file:///x) »"),
        ("../../../README.md", "lien mort « ../../../README.md »"),
        (
            "//exemple.fr/x",
            "« //exemple.fr/x » mène à un autre site : écrivez « https://exemple.fr/x »",
        ),
        ("//a-propos.md", "« //a-propos.md » mène à un autre site : écrivez « /a-propos.md »"),
        ("//posts/2018/billet.md", "« //posts/2018/billet.md » mène à un autre site : écrivez « /"),
        ("/tag/cnfpt/", "lien mort « /tag/cnfpt/ »"),
        ("billet.md?a=b", "lien mort « billet.md?a=b » : vouliez-vous dire « billet.md » ?"),
        ("", "lien mort «  »"),
        ("/conf.py", "« /conf.py » n’est pas à ce billet : copiez le fichier à côté de lui."),
        ("#", "aucune partie « # » : écrivez l’une de celles-ci : #un-billet."),
        (
            "#tag-absente",
            "aucune partie « #tag-absente » : écrivez l’une de celles-ci : #un-billet.",
        ),
        ("#absente", "aucune partie « #absente » : écrivez l’une de celles-ci : #un-billet."),
        ("billet.md#absente", "aucune partie « #absente » dans posts/2018/billet.md"),
    ],
)
def test_a_link_that_leads_nowhere_or_out_of_reach_is_told(check_body, target, told):
    (problem,) = check_body(f"[x]({target})")

    assert problem.startswith(f"9: {told}")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\u200b", "<b></b>", "<!-- x -->", "`\u3164`", "**\u2800**", "&#x3164;"),
        *(
            "\u3164",
            "\u2800",
            "\u115f\u1160",
            "\uffa0",
            "\u00ad\u2060",
            "\ufe0f",
            "\u034f",
            "\u180e",
        ),
        *("{term}`\u3164 <CNFPT>`", "\U0001d173"),
    ],
)
def test_a_link_without_words_is_told(check_body, text):
    told = "9: lien sans texte « billet.md » : écrivez [ce qu’on y trouve](…)."
    assert told in check_body(f"[{text}](billet.md)")


@pytest.mark.parametrize(
    "body",
    [
        "a\n[x](zut.md)",
        "a\\\nb  \nc [x](zut.md)",
        "a ![b\nc](billet/vue.png)\n[x](zut.md)",
        'a <b\nlang="fr">b</b>\n[x](zut.md)',
        "> a\n> [x](zut.md)",
        "- a\n\n  > - b\n  >   [x](zut.md)",
        "| a |\n|---|\n| b |\n| [x](zut.md) |",
        "Terme\n: a\n  [x](zut.md)",
        "a[^1]\n\n[^1]: b\n    [x](zut.md)",
        ":::{note}\n:name: ici\n\na\n[x](zut.md)\n:::",
        "- :::{note} a\n  b\n  [x](zut.md)\n  :::",
        "::::{note}\n:::{tip}\na\n[x](zut.md)\n:::\n::::",
        "```{figure} billet/vue.png\n:alt: a\n:width: 9px\n\nc\n[x](zut.md)\n```",
        "```{code-block} python\n:caption: a [x](zut.md)\n\nb\n```",
        "```{list-table}\n* - a\n  - [x](zut.md)\n```",
    ],
)
def test_a_dead_link_is_told_on_its_own_line(check_body, body):
    line = 9 + body[: body.index("zut.md")].count("\n")

    assert check_body(body) == [
        f"{line}: lien mort « zut.md » : aucun fichier de ce nom, vérifiez le chemin."
    ]


FIGURE = "```{{figure}} billet/vue.png\n:alt: Une vue\n:target: {0}\n\nUne légende.\n```"


@pytest.mark.parametrize(
    "target",
    ["https://exemple.fr/été?a=b&c=(d)", "billet/vue.png", "billet.md", "/a-propos.md"],
)
def test_a_figure_leads_where_a_link_may(check_body, target):
    assert check_body(FIGURE.format(target)) == []


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("billet/zut.pdf", "11: lien mort « billet/zut.pdf » : aucun fichier de ce nom"),
        ("../../conf.py", "11: « ../../conf.py » n’est pas à ce billet"),
        ("https://", "11: option « :target: https:// » invalide"),
        ("http://localhost/x", "11: « http://localhost/x » ne s’ouvre que chez vous"),
        ("javascript:alert(1)", "11: adresse « javascript:alert(1) » interdite : écrivez https"),
        ("JavaScript:alert(1)", "11: adresse « JavaScript:alert(1) » interdite"),
        ("data:text/html,x", "11: adresse « data:text/html,x » interdite"),
        ("java&#115;cript:alert(1)", "11: lien mort « java&#115;cript:alert(1) »"),
        ("//exemple.fr/x", "11: « //exemple.fr/x » mène à un autre site"),
        ("billet.md#suite", "11: option « :target: billet.md#suite » invalide"),
        ("mailto:a@exemple.fr", "11: option « :target: mailto:a@exemple.fr » invalide"),
        ("deux mots", "11: option « :target: deux mots » invalide"),
        ("", "11: option « :target:  » invalide"),
    ],
)
def test_a_figure_leads_nowhere_else(check_body, target, told):
    problems = check_body(FIGURE.format(target))

    assert any(problem.startswith(told) for problem in problems), problems
