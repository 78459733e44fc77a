"""What a result leads to: the page, with the words found marked by the browser itself."""

ANSWERED = "#search-status:not(:empty) ~ #search-results[aria-busy=false]"
POST = "posts/2018/billet.html"
ADDRESSES = [
    # Nothing was found in what is shown: the words are those of the title.
    (POST, ["Un texte."], POST),
    (POST, [], POST),
    # What stands before tells the place, else what stands after.
    (POST, ["… on dit que le ", "vélo", " va loin"], f"{POST}#:~:text=dit%20que%20le-,v%C3%A9lo"),
    (POST, ["", "Vélo", " et train, en ville"], f"{POST}#:~:text=V%C3%A9lo,-et%20train%2C%20en"),
    (POST, ["Ailleurs.\n", "Vélo", "\nUn titre"], f"{POST}#:~:text=V%C3%A9lo"),
    # Words side by side are one; each has what is glued to it.
    (POST, ["au ", "vélo", " ", "vert", "."], f"{POST}#:~:text=au-,v%C3%A9lo%20vert"),
    (
        POST,
        ["de l’", "usager", "·ère·s."],
        f"{POST}#:~:text=de-,l%E2%80%99usager%C2%B7%C3%A8re%C2%B7s",
    ),
    (POST, ["de ", "A", " puis ", "B", ""], f"{POST}#:~:text=de-,A&text=puis-,B"),
    # What has a sense in such an address.
    (POST, ["à ", "mi-parcours", ""], f"{POST}#:~:text=%C3%A0-,mi%2Dparcours"),
    (POST, ["100 %, R&D ", "x&y,z", ""], f"{POST}#:~:text=100%20%25%2C%20R%26D-,x%26y%2Cz"),
    # A part of a page keeps its anchor.
    (f"{POST}#suite", ["le ", "vélo", ""], f"{POST}#suite:~:text=le-,v%C3%A9lo"),
]


def test_addresses_mark_words_where_they_stand(open_page):
    page = open_page("/search.html")

    made = page.evaluate(
        """async (asked) => {
            const { markWords } = await import("/_static/search/fragment.js");
            return asked.map(([url, excerpt]) => markWords(url, excerpt));
        }""",
        [[url, excerpt] for url, excerpt, _ in ADDRESSES],
    )

    assert made == [address for _, _, address in ADDRESSES]


def test_a_post_opens_where_the_words_are_and_back_leads_to_the_answers(open_page):
    page = open_page("/search.html?q=donneurs d’ordres")
    page.set_viewport_size({"width": 900, "height": 300})
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_selector(ANSWERED, state="attached")
    page.click(".result-title a")
    page.wait_for_url("**/posts/2018/mooc-*")

    # The page knows nothing of it, and none of its scripts takes part.
    assert page.evaluate("location.hash") == ""
    top = "document.evaluate('//p[contains(., \"donneurs d’ordres\")]', document).iterateNext().getBoundingClientRect().top"
    page.wait_for_timeout(500)
    assert -300 < page.evaluate(top) < 300
    page.go_back()
    page.wait_for_selector(ANSWERED, state="attached")
    assert page.locator(".result-title a").count()
