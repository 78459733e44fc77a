"""A spoiled picture is refused by name or published whole; `make fuzz` tries for longer."""

from tests.fuzz import pictures


def test_spoiled_pictures_are_refused_or_published_and_say_nothing():
    found = pictures.try_batch(range(200))

    assert found.faults == []
    # Neither all refused nor all let pass: the trial says something.
    assert found.tried / 10 < found.accepted < found.tried


def test_a_spoiled_picture_is_the_same_each_time():
    mutants = [pictures.make_mutant(seed) for seed in range(50)]

    assert mutants == [pictures.make_mutant(seed) for seed in range(50)]


def test_a_fault_is_told_with_the_number_of_its_picture(monkeypatch):
    monkeypatch.setattr(pictures, "publish_picture", lambda path: path.read_bytes())

    faults = pictures.try_batch(range(30)).faults
    assert any("AssertionError: more than pixels" in fault for fault in faults)
    assert all(fault.split(" ")[0].isdigit() for fault in faults)
