"""What an answer says of a link: it is there, it moved, it is dead, or one cannot tell yet.

A server that says « not found » or « gone » (404, 410) knows, and a name that is in no register
has nobody to answer for it: such a link is dead at once. All else may pass: a time-out, an
error of the server, a certificate. Such a link is dead when it failed on three days or more, of
which the last is two weeks after the first. One that is dead stays so until it is seen again;
a server that sends robots away (401, 403, 429) tells nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from archivist.addresses.web import is_same_place
from archivist.links.answers import Answer
from archivist.links.ledger import ALIVE, DEAD, MOVED, UNKNOWN, UNREACHABLE, LinkRecord

FEWEST_FAILURES = 3
LEAST_SPAN = dt.timedelta(days=14)
_GONE = frozenset({404, 410})
_SUCCESS = range(200, 300)
_SERVER_ERRORS = range(500, 600)


def judge(record: LinkRecord, answer: Answer, today: dt.date) -> LinkRecord:
    """Return what is known of a link after *answer*."""
    known = replace(
        record, status=answer.status, trouble=answer.trouble, checked=today, moved_to=""
    )
    if answer.status in _SUCCESS:
        has_moved = answer.is_permanent and not is_same_place(record.address, answer.address)
        state, moved_to = (MOVED, answer.address) if has_moved else (ALIVE, "")
        return replace(known, state=state, moved_to=moved_to, seen=today, failures=())
    if answer.status in _GONE or answer.trouble == "name":
        return replace(known, state=DEAD, failures=())
    if not answer.trouble and answer.status not in _SERVER_ERRORS:
        return replace(known, state=DEAD if record.state == DEAD else UNKNOWN)
    failures = tuple(sorted({*record.failures, today}))
    is_lasting = len(failures) >= FEWEST_FAILURES and failures[-1] - failures[0] >= LEAST_SPAN
    if record.state == DEAD or is_lasting:
        return replace(known, state=DEAD, failures=())
    return replace(known, state=UNREACHABLE, failures=failures)
