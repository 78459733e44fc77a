"""Posts made at random of all that a post may hold, each value one that a writer might try."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

# What some part of the chain might read as its own, wherever words may stand.
ODD = (
    *("[a]: https://e.fr", "[^a]: b", "  ", "*", "**", "_a_", "`", "``", "a <b>", "a <b> <c>", "<a", "&amp;"),
    *("&", "&#42;", "\\", "\\\\", "a\\*b", "//", "//e.fr", "::", ":a:", ":::", "%", "+++", "---", "- a", "1. a"),
    *("# a", "> a", "| a | b |", "{a}", "{ref}`a`", "{.a}", "{{ a }}", "{% a %}", "$a$", "(a)=", "<!-- a -->"),
    *("<!-- more -->", "http://e.fr", "www.e.fr", "a@e.fr", "12 000 €", "n° 5 : « x » !", "A.B.C.", "(CNFPT)"),
    *("œ", "é", "ﬁ", "ß", "ı", "İ", "٣", "漢字", "🙂", "a\u0301", "\u00a0", "l’été", "aujourd'hui", "a·e·s"),
    *("MonComptePro", "a_b_c", "a.b", "...", "…", "'", '"', "\"a\" 'b'", "(c)", "--", "~~a~~", "==a==", "^a^"),
    *("https://e.fr/a_b?c=d&amp;e)", "(www.e.fr/x),", "www.e", "http://e", "https\\://e.fr", "[ ]", "[x] a", "<p>", "</a>"),
    *("<hr>", "[!NOTE]", "| a | b | c |", "[b]: https://e.fr 'x'", "~~", "~a~", "<a name=a>", "<!--more-->", "☑"),
    *("H~2~O", "a\tb", "a" * 60, "x " * 30, "true", "null", "~", "1e3", "0x1F", "2018-06-22", "@a", "=1+1"),
    *("genindex", "search", "index", "cnfpt", "tag-cnfpt", "CNFPT", "!a", "!a <b>", "~a.b", "a|b", "a/b", ".", ".."),
)  # fmt: skip
LANGUAGES = (
    *("en", "fr", "de", "en-US", "en_US", "pt-BR", "zh-Hans", "zh-Hans-CN", "sr-Latn-RS", "de-1996", "en-x-a"),
    *("EN", "En-us", "ca-valencia", "oc", "br", "gsw", "sl-rozaj", "es-419", "fr-FR", "fra", "i-klingon", "en-"),
    *("ar", "he", "en-US-posix", "en-a-bbb", "xx", "fr-CA", "mul", "und", "zh_Hant_TW", "eu"),
)  # fmt: skip
CODES = (
    *("python", "json", "html", "yaml", "bash", "sql", "js", "text", "none", "default", "css", "c++", "PYTHON"),
    *("mermaid", "excel", "txt", "go-html-template", "é", "python {1,3}", "js title=a", "js a=b", "zz9 a"),
    *("xml", "php", "java", "diff", "ini", "r", "make", "rst", "md", "console", "pycon", "tex", "perl", "rb"),
)  # fmt: skip
LINKS = (
    *("https://exemple.fr/", "<https://exemple.fr/a b>", "//e.fr/", "//a-propos.md", "/a-propos.md", "a-propos.md"),
    *("../../a-propos.md", "//posts/2018/billet.md", "billet.md", "billet.md#partie", "/posts/2018/billet.md"),
    *("#partie", "#Partie", "mailto:a@e.fr", "tel:+33241", "photo.png", "/posts/2018/photo.png", "./billet.md"),
    *("https://exemple.fr/(a)", "https://é.fr/été", "http://e.fr:80/?a=1&b=2#c", "billet.md?a", "billet", "<>", "/"),
    *("https://e.fr/%", "https://e.fr/%C3%A9", "billet.html", "BILLET.md", "billet%2Emd", "//photo.png", "///x.md"),
    *("../2018/billet.md", "..//2018//billet.md", "https:e.fr", "HTTPS://E.FR", "?a=1", "billet.md#", "#"),
)  # fmt: skip
BARE = (
    *("https://e.fr", "http://e.fr/a_b_(c)", "www.e.fr", "WWW.E.FR/É", "https://e.fr/?a=1&b=2&copy=3", "https://e"),
    *("https://a@e.fr/", "https://127.1/", "https://e.fr/*a*", "https://e.fr/a~b~~", "https://é.fr/été…", "www.e.fr."),
)  # fmt: skip
ATTRIBUTES = (
    *("", ' class="note"', " id=a", ' style="color:red"', " title='a b'", ' data-a-b="&amp;"', " align=center"),
    *(' onclick="a()"', ' lang="en"', " hidden", ' style="display:none"', ' href="https://e.fr/"', " open"),
)  # fmt: skip
EDTF = (
    "2018-06~",
    "2018",
    "2018-06-22?",
    "2017/2019",
    "201X",
    "2018-21",
    "../2018",
    "unknown",
    "2018-06-22",
)


def _odd(chance: Random) -> str:
    return chance.choice(ODD)


def _words(chance: Random) -> str:
    known = (
        "le",
        "billet",
        "forum",
        "CNFPT",
        "de",
        "l’innovation",
        "publique",
        "2018",
        "12 000",
        "agents",
    )
    return " ".join(chance.choice(known) for _ in range(chance.randint(1, 8)))


def _text(chance: Random) -> str:
    """Return words, at times with something odd before, in or after them."""
    parts = [_words(chance)]
    while chance.random() < 0.25:
        parts.insert(chance.randint(0, len(parts)), _odd(chance))
    return chance.choice((" ", " ", "")).join(parts)


def _quote(chance: Random, text: str) -> str:
    """Return *text* as a value of YAML, more or less."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return chance.choice((text, quoted, quoted, f"'{text}'"))


def _element(chance: Random, inner: str) -> str:
    name = chance.choice(("b", "em", "small", "kbd", "mark", "q", "u", "code", "s"))
    return f"<{name}>{inner}</{name}>"


def _inline(chance: Random, depth: int = 0) -> str:
    inner = _inline(chance, depth + 1) if depth < 2 else _text(chance)
    forms: tuple[Callable[[], str], ...] = (
        lambda: _text(chance),
        lambda: _text(chance),
        lambda: f"*{inner}*",
        lambda: f"**{inner}** {_text(chance)}",
        lambda: f"`{_odd(chance)}`",
        lambda: f"[{inner}]({chance.choice(LINKS)})",
        lambda: f'[{inner}](https://e.fr/ "{_odd(chance)}")',
        lambda: f"[{inner}][nom]",
        lambda: (
            f"![{_text(chance)}](photo.png)" + chance.choice(("", "{width=300px}", "{height=20}"))
        ),
        lambda: "![](photo.png){.decorative}",
        lambda: f"<https://e.fr/{chance.randint(0, 99)}>",
        lambda: (
            f"{{term}}`{chance.choice(('CNFPT', 'le <CNFPT>', 'cnfpt', 'a <b> <CNFPT>', '!CNFPT', _odd(chance)))}`"
        ),
        lambda: (
            f"{{ref}}`{chance.choice(('x <tag-cnfpt>', 'tag-cnfpt', 'x  <  tag-cnfpt  >', 'billet', '!x <billet>', _odd(chance)))}`"
        ),
        lambda: f"{{abbr}}`{chance.choice(('A (b)', 'A', 'A(b)(c)', '(b)', _odd(chance)))}`",
        lambda: f"{{sub}}`{_odd(chance)}` {{sup}}`{_odd(chance)}`",
        lambda: (
            f"{{person}}`{chance.choice(('Armelle Dufour <Dufour, Armelle>', 'A', '!A', 'a; b', _odd(chance)))}`"
        ),
        lambda: f"{{organisation}}`{chance.choice(('Etalab', 'le CNFPT <CNFPT>', _odd(chance)))}`",
        lambda: f"[{inner}]{{.language-{chance.choice(LANGUAGES)}}}",
        lambda: _element(chance, inner),
        lambda: f"<sup>{inner}</sup>",
        lambda: f'<abbr title="{chance.choice(("x", "a b", "é", "&amp;"))}">A</abbr>',
        lambda: f'<span lang="{chance.choice(LANGUAGES)}">{inner}</span>',
        lambda: f"{_text(chance)}<br>{inner}",
        lambda: f"~~{inner}~~",
        lambda: (
            f"{chance.choice(('', '« ', '('))}{chance.choice(BARE)}{chance.choice(('', ' »', ').'))}"
        ),
        lambda: f'<a href="{chance.choice(LINKS)}"{chance.choice(ATTRIBUTES)}>{inner}</a>',
        lambda: f"<b{chance.choice(ATTRIBUTES)}>{inner}</b>",
        lambda: f"<font{chance.choice(ATTRIBUTES)}>{inner}</font>",
        lambda: f'![{_text(chance)}](photo.png "{_text(chance)}")',
        lambda: f"{_text(chance)}[^1]",
        lambda: f"{_text(chance)}\\\n{_text(chance)}",
        lambda: f"{_text(chance)}\n{_text(chance)}",
        lambda: chance.choice(("&nbsp;", "&eacute;", "&#233;", "\\*", "\\[", "<!-- a -->")) + inner,
    )
    return chance.choice(forms)()


def _paragraph(chance: Random) -> str:
    return " ".join(_inline(chance) for _ in range(chance.randint(1, 4)))


def _indent(text: str, by: str) -> str:
    return text.replace("\n", f"\n{by}")


def _list(chance: Random, depth: int = 0) -> str:
    sign = chance.choice(("-", "*", "+", "1.", "7)"))
    points = []
    for _ in range(chance.randint(1, 4)):
        inner = (
            _block(chance, depth + 1) if depth < 3 and chance.random() < 0.3 else _inline(chance)
        )
        task = chance.choice(("", "", "", "[ ] ", "[x] "))
        points.append(f"{sign} {task}{_indent(inner, ' ' * (len(sign) + 1))}")
    return chance.choice(("\n", "\n\n")).join(points)


def _cell(chance: Random) -> str:
    return _inline(chance, 1).replace("\n", " ").replace("|", "")


def _table(chance: Random) -> str:
    columns = range(chance.randint(1, 4))
    rule = "|".join(chance.choice(("---", ":--", "--:", ":-:")) for _ in columns)
    rows = ["|".join(_cell(chance) for _ in columns) for _ in range(chance.randint(1, 4))]
    rows[-1] += chance.choice(("", "", "", "|", "| a"))
    return "\n".join(f"| {row} |" for row in (rows[0], rule, *rows[1:]))


def _alert(chance: Random, depth: int) -> str:
    kind = chance.choice(("NOTE", "tip", "Warning", "CAUTION", "IMPORTANT", "INFO"))
    inner = _block(chance, depth + 1) if depth < 2 else _inline(chance)
    return f"> [!{kind}]\n> {_indent(inner, '> ')}"


def _html(chance: Random, depth: int) -> str:
    """Return blocks of HTML that may hold Markdown between them."""
    name = chance.choice(
        ("p", "blockquote", "div", "details", "h2", "center", "summary", "section")
    )
    opened, closed = f"<{name}{chance.choice(ATTRIBUTES)}>", f"</{name}>"
    if chance.random() < 0.5:
        words = " ".join(_element(chance, _words(chance)) for _ in range(chance.randint(1, 3)))
        return f"{opened}{chance.choice(('', chr(10)))}{words}{closed}"
    head = f"<summary>{_inline(chance, 2)}</summary>" if name == "details" else ""
    inner = _block(chance, depth + 1) if depth < 2 else _inline(chance)
    return f"{opened}\n{head}\n\n{inner}\n\n{closed}"


def _captions(chance: Random) -> str:
    lines = (f'![{_text(chance)}](photo.png "{_odd(chance)}")', "![a](photo.png)", "<!-- a -->")
    return "\n".join(chance.choice(lines) for _ in range(chance.randint(1, 3)))


def _table_in_html(chance: Random) -> str:
    caption = f"<caption>{_words(chance)}</caption>\n" if chance.random() < 0.5 else ""
    cells = (
        "<b>a</b>",
        "<ul><li>a</li></ul>",
        '<a href="https://e.fr/">a</a>',
        "12 %",
        "",
        "a<br>b",
        "<!-- a -->",
        "<p>a</p><p class=x>b</p>",
        "<font color=red>a</font>",
    )
    rows = "\n".join(
        f'<tr><th scope="row">{_words(chance)}</th><td>{chance.choice(cells)}</td></tr>'
        for _ in range(chance.randint(1, 4))
    )
    return f"<table>\n{caption}{rows}\n</table>"


def _options(chance: Random, **values: str) -> str:
    chosen = [
        f":{key.replace('_', '-')}: {value}"
        for key, value in values.items()
        if chance.random() < 0.4
    ]
    return "".join(f"{each}\n" for each in chosen)


def _fence(chance: Random, head: str, content: str) -> str:
    mark = chance.choice(("```", ":::", "~~~", "````"))
    return f"{mark}{head}\n{content}\n{mark}"


def _figure(chance: Random, name: str) -> str:
    options = _options(
        chance,
        alt=_quote(chance, _text(chance).replace("\n", " ")),
        name=f"figure-{name}",
        width=chance.choice(("300", "300px", "1", "0", "9999")),
        height=chance.choice(("300", "20px", "0")),
        align=chance.choice(("left", "center", "right")),
        figwidth=chance.choice(("50%", "300px", "10")),
        target=chance.choice(LINKS),
    )
    return _fence(
        chance, "{figure} photo.png", f":alt: Une vue\n{options}\n{_inline(chance)}".rstrip("\n")
    )


def _code(chance: Random) -> str:
    content = "\n".join(
        chance.choice(("x = 1", "<b>", "{", "'", _odd(chance), _text(chance))) for _ in range(3)
    )
    language = chance.choice(CODES)
    if chance.random() < 0.3:
        return _fence(chance, chance.choice((language, "")), content)
    options = _options(
        chance, caption=_quote(chance, chance.choice((_odd(chance), _text(chance)))), linenos=""
    )
    return _fence(chance, f"{{code-block}} {language}", f"{options}\n{content}")


def _note(chance: Random, depth: int) -> str:
    name = chance.choice(("note", "tip", "warning", "important", "seealso", "outdated", "danger"))
    inner = _block(chance, depth + 1) if depth < 2 else _inline(chance)
    forms = (
        ("{" + name + "}", inner),
        ("{admonition} " + _inline(chance).replace("\n", " "), inner),
        ("{update} 2019-01-05", inner),
        ("{erratum} 2026-11-20", "« a » est devenu « b »."),
    )
    head, content = chance.choice(forms)
    return f"{':' * (6 - depth)}{head}\n{content}\n{':' * (6 - depth)}"


def _list_table(chance: Random) -> str:
    columns = chance.randint(1, 3)
    rows = "\n".join(
        "\n".join(f"{'* ' if not at else '  '}- {_cell(chance)}" for at in range(columns))
        for _ in range(chance.randint(2, 4))
    )
    options = _options(chance, header_rows="1", stub_columns="0", widths=" ".join(["30"] * columns))
    return _fence(chance, f"{{list-table}} {_cell(chance)}", f"{options}\n{rows}")


def _block(chance: Random, depth: int = 0) -> str:
    name = str(chance.randrange(10**6))
    forms: tuple[Callable[[], str], ...] = (
        lambda: _paragraph(chance),
        lambda: _paragraph(chance),
        lambda: _list(chance, depth),
        lambda: "> " + _indent(_block(chance, depth + 1) if depth < 2 else _inline(chance), "> "),
        lambda: _table(chance),
        lambda: _table_in_html(chance),
        lambda: _figure(chance, f"{name}-{chance.randrange(10**6)}"),
        lambda: _code(chance),
        lambda: _note(chance, depth),
        lambda: _list_table(chance),
        lambda: _fence(chance, f"{{table}} {_cell(chance)}", f"\n{_table(chance)}"),
        lambda: f"{_cell(chance)}\n: {_indent(_inline(chance), '  ')}",
        lambda: "---",
        lambda: "<hr>",
        lambda: _alert(chance, depth),
        lambda: _html(chance, depth),
        lambda: _html(chance, depth),
        lambda: _captions(chance),
        lambda: "<!-- more -->",
        lambda: f"    {_odd(chance)}",
    )
    return chance.choice(forms)()


def _part(chance: Random, seed: int) -> str:
    forms = (
        f"## Partie\n\n{_block(chance)}",
        f"## {_cell(chance)}\n\n{_block(chance)}",
        f"(label-{seed}-{chance.randrange(10**6)})=\n## {_words(chance)}",
        *(_block(chance) for _ in range(6)),
    )
    return chance.choice(forms)


def _header(chance: Random, seed: int) -> str:
    year = chance.choice(("2016", "2017", "2018"))
    values = {
        "date_edtf": chance.choice((year, f"{year}-06", f"{year}-06-22~", *EDTF)),
        "updated": "2019-01-05",
        "category": chance.choice(
            ("Innovation publique", '["Emploi, formation"]', "Œuvre commune")
        ),
        "tags": chance.choice(
            ("[CNFPT]", "CNFPT, a", f"[{_quote(chance, _odd(chance))}]", "[A B, c-d]")
        ),
        "location": chance.choice(("Angers", "[Angers, Le Mans]", _quote(chance, _odd(chance)))),
        "language": chance.choice(LANGUAGES),
        "series": _quote(chance, _text(chance)),
        "summary": _quote(chance, _text(chance)),
        "license": _quote(chance, _text(chance)),
        "source": "https://exemple.fr/" + chance.choice(("", "a b", "é", "%", "?a&b", "#x")),
        "redirect": f"/x-{seed}/" + chance.choice(("", "a/", "b.html", "é/", "?p=1")),
        "featured_image": "photo.png",
        "featured_alt": _quote(chance, _text(chance)),
        "format": chance.choice(("gallery", "aside", "quote")),
        "partial": "true",
        "sticky": "true",
        "excerpt": chance.choice(("0", "1", "2", "999")),
        "image": chance.choice(("0", "1", "9")),
        "external_link": "https://exemple.fr/x",
    }
    lines = [f"{key}: {value}" for key, value in values.items() if chance.random() < 0.15]
    return "\n".join((f"date: {year}-06-22", "author: amoor", *lines))


def make_post(chance: Random, seed: int) -> str:
    """Return a post that may well be accepted."""
    parts = [_part(chance, seed) for _ in range(chance.randint(1, 7))]
    body = "\n\n".join(parts)
    notes = f"\n\n[^1]: {_indent(_inline(chance), '    ')}" if "[^1]" in body else ""
    names = "\n\n[nom]: https://exemple.fr/" if "[nom]" in body else ""
    title = _cell(chance)
    return f"---\n{_header(chance, seed)}\n---\n\n# {title}\n\n{body}{notes}{names}\n"


def make_comments(chance: Random) -> str:
    """Return a file of comments that may well be accepted."""
    comments = []
    for day in range(1, chance.randint(2, 4)):
        text = _indent("\n\n".join(_paragraph(chance) for _ in range(chance.randint(1, 3))), "    ")
        author = _quote(chance, chance.choice(("Jeanne", _words(chance), _odd(chance))))
        kind = chance.choice(("", "", "", "  kind: pingback\n"))
        comments.append(
            f"- author: {author}\n  date: 2019-01-0{day}\n{kind}  text: |-\n    {text}\n"
        )
    return "".join(comments)
