"""One bad post pins every message; what is right passes. Each rule is in a file of its own."""

import pytest


def test_a_bad_post_gets_all_its_messages_at_once_in_order(check, root):
    text = (root / "tests/data/billet-a-corriger.md").read_text(encoding="utf-8")

    assert check({"2018/a-corriger.md": text}) == [
        "docs/posts/2018/a-corriger.md:2: le 2018-02-30 n’existe pas : vérifiez le jour et le mois.",
        (
            "docs/posts/2018/a-corriger.md:3: la date « été » n’est pas de l’EDTF : écrivez par exemple "
            "2017-11, 2018-22 (été 2018), 2018-06~ (vers juin 2018) ou 2017-11/2018-05."
        ),
        "docs/posts/2018/a-corriger.md:4: auteur inconnu « amor » : vouliez-vous dire « amoor » ?",
        (
            "docs/posts/2018/a-corriger.md:5: catégorie inconnue « Inovation publique » : "
            "vouliez-vous dire « Innovation publique » ?"
        ),
        "docs/posts/2018/a-corriger.md:6: clé inconnue « tag » : ici, cette clé s’appelle « tags ».",
        (
            "docs/posts/2018/a-corriger.md:7: « source » attend une adresse complète, "
            "qui commence par https://."
        ),
        "docs/posts/2018/a-corriger.md:8: « draft: peut-être » : écrivez true (oui) ou false (non).",
        "docs/posts/2018/a-corriger.md:9: « excerpt: deux » : écrivez un nombre, par exemple 1 ; un texte va dans « summary ».",
        "docs/posts/2018/a-corriger.md:10: « summary » est vide : remplissez la ligne ou retirez-la.",
        (
            "docs/posts/2018/a-corriger.md:11: l’adresse « /tag/ » est déjà celle de la liste des "
            "étiquettes : retirez-la."
        ),
        (
            "docs/posts/2018/a-corriger.md:14: le premier titre doit être celui de la page : "
            "« # Pas un titre »."
        ),
        (
            "docs/posts/2018/a-corriger.md:17: lien mort « ../2017/absent.md » : "
            "aucun fichier de ce nom, vérifiez le chemin."
        ),
    ]


def test_problems_come_in_the_order_of_files_and_lines_each_once(check, make_post):
    problems = check(
        {
            "2018/b.md": make_post(body="[x](mort.md) [x](mort.md)\n\n<p>", tags="a;b"),
            "2018/a.md": make_post(body="```{raw}\n```"),
            "2018/c.txt": "Un billet.",
            "/contact.md": "# Contact\n\n[x](mort.md)\n",
            "/redirects.txt": "/a/\n",
        }
    )

    assert [problem.split(": ")[0] for problem in problems] == [
        "docs/contact.md:3",
        "docs/posts/2018/a.md:9",
        "docs/posts/2018/b.md:5",
        "docs/posts/2018/b.md:10",
        "docs/posts/2018/b.md:12",
        "docs/posts/2018/c.txt:1",
        "docs/redirects.txt:1",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2018-06-22 10:30"},
        {"tags": "[]"},
        {"tags": "[Université d’été, CNFPT, Œuvre]"},
        {"tags": "Travail / Emploi, CNFPT"},
        {"tags": "[« Design », C++, R&D, l'été, A.M.O.O.R., 5e]"},
        {"tags": ", ".join(f"mot {number}" for number in range(20))},
        {"category": "Emploi, formation"},
        {"category": "[Innovation publique, 'Emploi, formation']"},
        {"blogpost": "true", "language": "fr", "location": "Angers", "excerpt": "2", "image": "1"},
        {"language": "en-GB", "location": "L’Haÿ-les-Roses, Saint-Denis (93)"},
        {"nocomments": ""},
        {"partial": "oui", "draft": "non"},
        {"redirect": "[/2018/06/22/billet/, '/?p=12']"},
        {"redirect": "/billet/"},
        {"summary": "Un résumé, avec une virgule.", "updated": "2019-01-05"},
        {"summary": "« À 100 %, c’est <oui> ! »", "source": "https://exemple.fr/?p=1&q=2#a"},
        {"title": "Si a < b & c : <b>gras</b> `<i>`"},
        {"date_edtf": "2018-06~"},
        {"body": "```{code-block} markdown\n[x](nulle-part.md)\n```"},
        {"author": "[amoor, amoor]"},
    ],
)
def test_what_is_right_passes_in_silence(check_post, fields):
    assert check_post(**fields) == []


def test_windows_line_ends_and_a_byte_order_mark_pass(check, make_post):
    text = "\ufeff" + make_post(body="[x](billet.md)")

    assert check({"2018/billet.md": text.replace("\n", "\r\n").encode()}) == []
