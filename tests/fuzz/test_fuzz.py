"""What the checks let pass neither breaks nor warns in the build; `make fuzz` tries for longer."""

from tests.fuzz.fuzz import SLOWEST, main, try_batch
from tests.fuzz.mutants import cut_out, make_mutant


def test_mutants_that_pass_the_checks_are_built_without_a_word():
    found = try_batch(range(150))

    assert found.faults == []
    # Neither all refused nor all let pass: the trial says something.
    assert found.tried / 3 < found.built < found.tried
    assert 1 < found.slowest <= SLOWEST


def test_a_mutant_is_the_same_each_time():
    assert [make_mutant(seed) for seed in range(50)] == [make_mutant(seed) for seed in range(50)]


def test_a_fault_is_told_with_the_post_that_has_it(monkeypatch, capsys):
    monkeypatch.setattr("tests.fuzz.fuzz.check_archive", lambda *_, **__: [])
    monkeypatch.setattr("tests.fuzz.fuzz.BATCH", 30)

    assert main(1, 0) == 1
    assert "docs/posts/2018/m00000" in capsys.readouterr().out


def test_a_mutant_that_breaks_the_build_is_found_among_others(monkeypatch):
    def count_words(document):
        if document["source"].endswith("m0000003.md"):
            raise RuntimeError("unforeseen")
        return 1

    monkeypatch.setattr("archivist.site.sphinx.builder.count_words", count_words)

    (fault,) = try_batch(range(3, 6)).faults

    assert "m0000003" in fault
    assert "unforeseen" in fault


def test_what_is_refused_of_a_mutant_is_cut_out():
    text = "---\ndate: x\nauthor: y\n---\n\n# T\n\na\nb\n\nc"

    assert cut_out(text, {2}) == text.replace("date: x\n", "")
    assert cut_out(text, {9}) == "---\ndate: x\nauthor: y\n---\n\n# T\n\nc"
