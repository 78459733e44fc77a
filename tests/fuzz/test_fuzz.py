"""What the checks let pass neither breaks nor warns in the build; `make fuzz` tries for longer."""

from tests.fuzz.fuzz import main, try_batch
from tests.fuzz.mutants import make_mutant


def test_mutants_that_pass_the_checks_are_built_without_a_word():
    found = try_batch(range(400))

    assert found.faults == []
    # Neither all refused nor all let pass: the trial says something.
    assert found.tried / 10 < found.accepted < found.tried


def test_a_mutant_is_the_same_each_time():
    assert [make_mutant(seed) for seed in range(50)] == [make_mutant(seed) for seed in range(50)]


def test_a_fault_is_told_with_the_post_that_has_it(monkeypatch, capsys):
    monkeypatch.setattr("tests.fuzz.fuzz.check_archive", lambda _: [])

    assert main(60, 0) == 1
    assert "docs/posts/2018/m00000" in capsys.readouterr().out
