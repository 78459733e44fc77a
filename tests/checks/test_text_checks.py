import pytest

CONTROL = "caractère de contrôle"
HIDDEN = "caractère invisible"


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\x00", f"{CONTROL} U+0000"),
        ("\x0b", f"{CONTROL} U+000B"),
        ("\x0c", f"{CONTROL} U+000C"),
        ("\x1b", f"{CONTROL} U+001B"),
        ("\x7f", f"{CONTROL} U+007F"),
        ("\x85", f"{CONTROL} U+0085"),
        ("\u061c", f"{CONTROL} (sens d’écriture) U+061C"),
        ("\u202e", f"{CONTROL} (sens d’écriture) U+202E"),
        ("\u2066", f"{CONTROL} (sens d’écriture) U+2066"),
        ("\ue000", f"{HIDDEN} U+E000"),
        ("\ufdd0", f"{HIDDEN} U+FDD0"),
        ("\U000f0000", f"{HIDDEN} U+F0000"),
        ("\ufffd", "caractère perdu lors d’une conversion U+FFFD"),
    ],
)
@pytest.mark.parametrize(
    "frame", ["a\n{}b", "    {}", "<!--\n{} -->", "[a]\n\n[a]: https://x.fr/{}"]
)
def test_a_sign_of_control_is_told_wherever_it_is(check_body, sign, name, frame):
    body = frame.format(sign)
    line = 9 + body[: body.index(sign)].count("\n")

    assert check_body(body) == [f"{line}: {name} : retirez-le (ou retapez la ligne)."]


@pytest.mark.parametrize("sign", list("\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\u2064\ufeff"))
def test_an_invisible_sign_is_told_in_the_header_and_passes_in_the_text(check_post, sign):
    assert check_post(body=f"a{sign}b") == []
    assert check_post(tags=f"CN{sign}FPT") == [
        f"5: {HIDDEN} U+{ord(sign):04X} : retirez-le (ou retapez la ligne)."
    ]


@pytest.mark.parametrize("sign", ["\t", "\u00a0", "\u202f", "\u2009", "\u200d", "\ufe0f", "🙂", "́"])
def test_a_sign_that_people_type_passes_anywhere(check_post, sign):
    assert check_post(summary=f"a{sign}b", title=f"a{sign}b", body=f"a{sign}b") == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a\n\n<<<<<<< HEAD", 11),
        ("a\n\n||||||| 1a2b3c", 11),
        ("a\n\n>>>>>>> branche", 11),
        ("<<<<<<<", 9),
        ("~~~\na\n~~~\n\n>>>>>>> b", 13),
        (":::{note}\n<<<<<<< HEAD\n:::", 10),
        ("- ```\n  a\n  ```\n\n<<<<<<< HEAD", 13),
        ("```a```\n\n<<<<<<< HEAD", 11),
    ],
)
def test_a_mark_of_conflict_is_told(check_body, body, line):
    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: marque de conflit git « ")


def test_a_mark_of_conflict_in_the_header_is_told_rather_than_what_it_breaks(check, make_post):
    text = make_post().replace("author:", "<<<<<<< HEAD\nauthor:")

    assert check({"2018/billet.md": text}) == [
        "docs/posts/2018/billet.md:3: marque de conflit git « <<<<<<< » : gardez un des deux textes."
    ]


@pytest.mark.parametrize(
    "body",
    [
        "```\n<<<<<<< HEAD\n```",
        "> ~~~\n> <<<<<<< HEAD\n> ~~~\n\na",
        "````\n```\n<<<<<<< HEAD\n````",
        "    <<<<<<< HEAD",
        "<<<<<<<HEAD",
        "<<<<<<<<",
        "Partie\n-------\n\n========",
        "On voit `<<<<<<< HEAD` et >>>>>>> b.",
    ],
)
def test_code_and_what_only_looks_like_a_mark_of_conflict_passes(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Ã©tÃ©", "accents abîmés « Ã© »"),
        ("lâ€™été", "accents abîmés « â€™ »"),
        ("Â« été Â»", "accents abîmés « Â« »"),
        ("Å“uvre", "accents abîmés « Å“ »"),
        ("Ã€ voir", "accents abîmés « Ã€ »"),
        ("## DÃ©but", "accents abîmés « Ã© »"),
        ("> *dÃ©but*", "accents abîmés « Ã© »"),
    ],
)
def test_accents_that_were_broken_are_told(check_body, body, told):
    assert check_body(body) == [f"9: {told} : retapez ce mot, enregistrez en UTF-8."]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[caption id=\"a\" width='9']x[/caption]", "[caption id=\"a\" width='9']"),
        ("[gallery ids=1,2]", "[gallery ids=1,2]"),
        ("x [/su_box]", "[/su_box]"),
        ("[vc_row]", "[vc_row]"),
        ("[contact-form-7 id=3]", "[contact-form-7 id=3]"),
        ("> - [embed]https://x.fr[/embed]", "[embed]"),
    ],
)
def test_a_code_of_wordpress_is_told(check_body, body, told):
    assert check_body(body) == [
        f"9: code de WordPress « {told[:40]} » : remplacez-le par du Markdown."
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[x](a b)", "« [x](a » : écrivez [texte](https://…), sans espace ni accent"),
        ("[x](https://x.fr", "« [x](https://x.fr » : écrivez [texte](https://…)"),
        ("(x)[https://x.fr]", "« (x)[https://x.fr] » : écrivez [texte](https://…), les crochets"),
        ("(x)[ www.x.fr]", "« (x)[ www.x.fr] » : écrivez [texte](https://…), les crochets"),
        ("[x][absent]", "« ][absent] » : l’adresse de ce nom manque, ajoutez une ligne « [nom]:"),
        ("{term} CNFPT", "« {term} CNFPT » : écrivez {term}`mot`, collé, entre accents graves."),
        ("1{sup}er", "« {sup}er » : écrivez {term}`mot`"),
        ("##Partie", "« ##Partie » : laissez une espace après les « # »."),
    ],
)
def test_a_slip_in_markdown_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"9: Markdown mal écrit {told}")


def test_what_is_wrong_inside_a_block_is_told_on_its_line(check_body):
    body = "> a\n> b\n\n:::{note}\n:name: ici\n\nc\nÃ©tÃ©\n:::"

    assert [problem.split(" « ")[0] for problem in check_body(body)] == ["16: accents abîmés"]
