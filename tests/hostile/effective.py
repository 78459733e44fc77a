"""Each hostile construct works where nothing guards: so that what holds it back here is ours.

Not a part of `make test`: it changes with the stack alone. `make soak` runs it.
"""

from tests.hostile.conftest import EFFECTIVE, each_of


@each_of(EFFECTIVE)
def test_it_works_where_nothing_guards(laboratory, construct):
    result = laboratory.try_on("effective", construct)

    aimed = [each for each in result.effects if each.startswith(construct.kind)]
    assert any(construct.expects in each for each in aimed), (result.effects, result.said)
