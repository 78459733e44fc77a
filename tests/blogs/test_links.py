"""Links and pictures of a text are led to where they are; code and words stay as they are."""

import pytest

TARGETS = {
    "content/posts/un.md": "---\ntitle: Un\ndate: 2018-01-02\n---\n{}\n",
    "content/posts/deux.md": "---\ntitle: Deux\ndate: 2019-01-02\n---\n## Partie\n\nTexte.\n",
    "content/posts/cache.md": "---\ntitle: Caché\ndate: 2019-01-02\ndraft: true\n---\nTexte.\n",
    "hugo.toml": 'baseURL = "https://blog.exemple.fr/"\n',
    "static/rapport.pdf": b"%PDF-1.4 essai",
}


@pytest.mark.parametrize(
    ("written", "led"),
    [
        ("[a](/posts/deux/)", "[a](../2019/deux.md)"),
        ("[a](/posts/deux/#partie)", "[a](../2019/deux.md#partie)"),
        ("[a](https://blog.exemple.fr/posts/deux)", "[a](../2019/deux.md)"),
        ("[a](../deux/)", "[a](../2019/deux.md)"),
        ("[a](deux.md)", "[a](../2019/deux.md)"),
        ('[a](/posts/deux/ "Un titre")', '[a](../2019/deux.md "Un titre")'),
        ('[a]({{< ref "deux.md#partie" >}})', "[a](../2019/deux.md#partie)"),
        ("[a][b]\n\n[b]: /posts/deux/", "[a][b]\n\n[b]: ../2019/deux.md"),
        ("[*a* [b]](/posts/cache/) c", "*a* [b] c"),
        ("[a](/rapport.pdf)", "[a](un/rapport.pdf)"),
        ("[a](/ailleurs/)", "[a](https://blog.exemple.fr/ailleurs/)"),
        ("[a](https://www.cnfpt.fr/#x)", "[a](https://www.cnfpt.fr/#x)"),
        ("`[a](/posts/deux/)`", "`[a](/posts/deux/)`"),
        ("```\n[a](/posts/deux/)\n```", "```\n[a](/posts/deux/)\n```"),
        ("Note[^1].\n\n[^1]: La note.", "Note[^1].\n\n[^1]: La note."),
    ],
)
def test_an_address_is_led_where_it_stands(archive, make_blog, written, led):
    files = {**TARGETS, "content/posts/un.md": TARGETS["content/posts/un.md"].format(written)}
    archive.run(make_blog(files))

    assert archive.read("posts/2018/un.md").partition("# Un\n\n")[2] == f"{led}\n"
