import pytest

from archivist.checks.exceptions import EXCUSABLE

# One fault for each rule that an old post may break, from line 11 on.
FAULTS = {
    "headings": "### A",
    "leftovers": "[gallery]",
    "foreign": "• un",
    "link_texts": "[](billet.md)",
    "alts": "![](billet/vue.png)",
    "spellings": "",
    "comment_dates": "",
    "folder_year": "",
}
# When a comment was written, of which the last of these faults is.
BEFORE = "2017-01-01"


@pytest.fixture
def check_old(check, make_post, root):
    """Return a function from exceptions.txt and fields of an old post to the problems."""
    photo = (root / "tests/data/photo.png").read_bytes()

    def run(exceptions, said="2019-01-01", **fields):
        fields = {"source": "https://ancien.fr/", "tags": "Cnfpt", "body": ""} | fields
        files = {
            "2018/billet.md": make_post(**fields),
            "2018/billet/vue.png": photo,
            "2018/billet.comments.yml": f"- author: Anne\n  date: {said}\n  text: Oui.\n",
            "2018/autre.md": make_post(tags="CNFPT"),
            "2018/tiers.md": make_post(tags="CNFPT"),
            "/exceptions.txt": exceptions,
        }
        return [problem.removeprefix("docs/") for problem in check(files)]

    return run


def test_each_rule_that_may_be_excused_is_tried():
    assert FAULTS.keys() == EXCUSABLE


def test_what_is_excused_is_not_told_any_more(check_old):
    body = "\n\n".join(FAULTS.values())
    excused = "".join(f"posts/2018/billet  {rule}\tL’ancien blog.  # vu\n" for rule in FAULTS)

    assert len(check_old("", BEFORE, body=body, date="2019-06-22")) == len(FAULTS)
    assert check_old(excused, BEFORE, body=body, date="2019-06-22") == []


def test_a_page_may_be_excused_too(check):
    page = {"/nous.md": "# Nous\n\n### A\n", "/toc.md": "# Toc\n"}

    (told,) = [each for each in check(page) if "sauté" in each]

    assert told.startswith("docs/nous.md:3: un niveau de titre est sauté")
    excused = page | {"/exceptions.txt": "nous headings L’ancien blog."}
    assert [each for each in check(excused) if "nous" in each or "exception" in each] == []


@pytest.mark.parametrize("rule", FAULTS)
def test_an_excuse_is_for_one_rule(check_old, rule):
    body = "\n\n".join(FAULTS.values())
    problems = check_old("", BEFORE, body=body, date="2019-06-22")

    kept = check_old(
        f"posts/2018/billet {rule} L’ancien blog.", BEFORE, body=body, date="2019-06-22"
    )

    assert len(kept) == len(problems) - 1
    assert set(kept) < set(problems)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("posts/2018/billet headings", "écrivez le billet, la règle, puis la raison : posts/2013/"),
        ("posts/2018/billet headings # raison", "écrivez le billet, la règle, puis la raison"),
        ("posts/2018/billet", "écrivez le billet, la règle, puis la raison"),
        (
            "posts/2018/billet heading Vieux.",
            "règle « heading » sans exception possible : vouliez-",
        ),
        ("posts/2018/absent headings Vieux.", "aucun billet « posts/2018/absent » : corrigez ou"),
        ("posts/2018/billet.md headings Vieux.", "aucun billet « posts/2018/billet.md »"),
        ("posts/2018/autre headings Vieux.", "« posts/2018/autre » ne vient pas de l’ancien blog"),
        ("posts/2018/billet alts Vieux.", "cette exception ne sert plus : retirez-la."),
        (b"posts/2018/billet headings \xe9t\xe9", "octet 0xE9 illisible"),
    ],
)
def test_a_line_that_excuses_nothing_is_told(check_old, line, told):
    text = line if isinstance(line, bytes) else line.encode()
    problem, fault = check_old(b"\n# Un commentaire.\n" + text, tags="CNFPT", body="### A")

    assert problem.startswith(f"exceptions.txt:3: {told}")
    assert fault.startswith("posts/2018/billet.md:11: un niveau de titre est sauté")


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("html", {"body": "<script>"}),
        ("blocks", {"body": "```{raw} html\nx\n```"}),
        ("roles", {"body": "{doc}`x`"}),
        ("attributes", {"body": "[x]{.y}"}),
        ("links", {"body": "[x](mort.md)"}),
        ("images", {"body": "![x](https://x.fr/y.png)"}),
        ("depth", {"body": "> " * 19 + "x"}),
        ("text", {"body": "\u202e"}),
        ("title", {"title": ""}),
        ("known_keys", {"slug": "x"}),
        ("addresses", {"external_link": "javascript:x"}),
    ],
)
def test_no_excuse_is_for_a_rule_that_keeps_readers_safe(check_old, rule, fields):
    fields = {"tags": "CNFPT", "body": "x"} | fields

    problem, fault = check_old(f"posts/2018/billet {rule} Vieux.", **fields)

    assert problem.startswith(f"exceptions.txt:1: règle « {rule} » sans exception possible : ")
    assert fault.startswith("posts/2018/billet.md:")


@pytest.mark.parametrize(
    "body",
    [f"{'mot ' * 100}\n" * 300, "mot\n\n" * 2_000, "x" * 90_000, "*a* " * 1_000],
)
def test_an_old_post_may_be_longer_where_it_is_said(check_old, body):
    fields = {"tags": "CNFPT", "body": body}

    (told,) = check_old("", **fields)

    assert told.startswith("posts/2018/billet.md")
    assert check_old("posts/2018/billet lengths L’ancien blog.", **fields) == []


@pytest.mark.parametrize("body", ["x\n" * 16_000, "*a*" * 4_000, "mot " * 130_000])
def test_no_post_is_five_times_as_long_as_others(check_old, body):
    excused = "posts/2018/billet lengths L’ancien blog."

    told = check_old(excused, tags="CNFPT", body=body)

    assert [each for each in told if each.startswith("posts/2018/billet.md:")]
