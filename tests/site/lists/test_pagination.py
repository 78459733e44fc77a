from hypothesis import given
from hypothesis import strategies as st

from archivist.site.lists.pagination import PER_PAGE, paginate, paginate_from_oldest

counts = st.integers(min_value=0, max_value=200)


@given(counts)
def test_every_entry_is_on_one_page_in_order(count):
    pages = list(paginate("tag/x", range(count)))

    assert [entry for page in pages for entry in reversed(page.entries)] == list(range(count))
    assert all(len(page.entries) == PER_PAGE for page in pages[:-1])
    assert min(count, PER_PAGE) <= len(pages[-1].entries) < 2 * PER_PAGE


@given(counts)
def test_a_full_page_never_changes(count):
    before = [page for page in paginate("tag/x", range(count)) if page.newer]
    after = list(paginate("tag/x", range(count + 1)))

    assert after[: len(before)] == before


def test_the_newest_page_is_the_address_of_the_list():
    pages = list(paginate("tag/x", range(33)))

    assert [page.docname for page in pages] == [
        "tag/x/page/1/index",
        "tag/x/page/2/index",
        "tag/x/index",
    ]
    assert [page.newer for page in pages] == ["tag/x/page/2/index", "tag/x/page/3/index", ""]
    assert [page.older for page in pages] == ["", "tag/x/page/1/index", "tag/x/page/2/index"]


def test_the_home_list_is_at_the_root():
    assert [page.docname for page in paginate("", range(20))] == ["page/1/index", "index"]


@given(counts)
def test_a_list_read_from_its_beginning_has_every_entry_in_order_and_full_pages_stay(count):
    pages = list(paginate_from_oldest("series/x", range(count)))
    later = list(paginate_from_oldest("series/x", range(count + 1)))

    assert [entry for page in pages for entry in page.entries] == list(range(count))
    assert pages[0].docname == "series/x/index"
    assert [page.newer for page in pages[:-1]] == [page.docname for page in pages[1:]]
    assert [page.older for page in pages[1:]] == [page.docname for page in pages[:-1]]
    assert later[: len(pages) - 1] == pages[:-1]
