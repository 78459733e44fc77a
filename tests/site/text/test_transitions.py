"""A rule that parts two texts is shown; one that parts nothing is neither shown nor told."""

import pytest


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("Un.\n\n---\n\nDeux.", 1),
        ("---\n\nUn.", 0),
        ("Un.\n\n---", 0),
        ("Un.\n\n---\n\n---\n\nDeux.", 1),
        ("## Partie\n\n---\n\nUn.\n\n---\n\n## Partie\n\n---", 1),
        ("## Partie\n\nUn[^1].\n\n---\n\n[^1]: Note.", 1),
        ("> Un.\n>\n> ---\n>\n> Deux.", 0),
        ("- Un.\n\n  ---\n", 0),
    ],
)
def test_only_rules_between_two_texts_are_shown(make_site, make_post, body, rules):
    site = make_site({"2018/billet.md": make_post(body=body)})

    assert len(site.page("posts/2018/billet.html").select("article hr")) == rules


def test_an_old_post_keeps_a_heading_it_is_excused_for(make_site, make_post):
    site = make_site(
        {
            "2018/billet.md": make_post(body="#### Saut\n\nTexte.", source="https://exemple.fr/"),
            "/exceptions.txt": "posts/2018/billet  headings  La hiérarchie est de l’auteur.",
        }
    )

    assert site.page("posts/2018/billet.html").find(["h2", "h3", "h4"]).get_text() == "Saut#"
