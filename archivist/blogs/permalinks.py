"""The addresses that blogs give their texts by a pattern: `/:year/:title/`, `{slug}.html`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from archivist.addresses.slugs import to_slug

# :title, {date:%Y}, {slug}, {{ page.fileSlug }}, {{ title | slugify }}
_FIELD = re.compile(
    r":(?P<colon>[a-z_]+)|\{\{-?\s*(?:page\.)?(?P<liquid>\w+)(?P<filters>[^{}]*)\}\}"
    r"|\{(?P<brace>\w+)(?::(?P<format>[^{}]*))?\}"
)
_SLUG_FILTERS = re.compile(r"\s*\|\s*slug(?:ify)?\s*")


def fill(pattern: str, values: Mapping[str, str], date: dt.datetime | None) -> str:
    """Return the address that *pattern* makes of *values* and *date*; nothing if it asks for more."""
    known = {**(_list_parts(date) if date else {}), **values}
    is_whole = True

    def put(found: re.Match[str]) -> str:
        nonlocal is_whole
        name = (found["colon"] or found["liquid"] or found["brace"]).lower()
        value = known.get(name)
        if name == "date" and found["format"] and date:
            return format_day(date, found["format"])
        if found["filters"] and found["filters"].strip():
            value = to_slug(value or "") if _SLUG_FILTERS.fullmatch(found["filters"]) else None
        is_whole &= value is not None
        return value or ""

    address = re.sub("/{2,}", "/", _FIELD.sub(put, pattern))
    return f"/{address.lstrip('/')}" if is_whole and not re.search(r"[{}%]", address) else ""


def format_day(date: dt.datetime, pattern: str) -> str:
    """Return *date* as `%Y-%m-%d` says, in figures alone, whatever the language of the machine."""
    parts = {"Y": f"{date.year:04}", "y": f"{date.year % 100:02}", "m": f"{date.month:02}"}
    parts |= {"d": f"{date.day:02}", "H": f"{date.hour:02}", "M": f"{date.minute:02}"}
    return re.sub(r"%-?([a-zA-Z])", lambda found: parts.get(found[1], found[0]), pattern)


def _list_parts(date: dt.datetime) -> dict[str, str]:
    return {
        "year": f"{date.year:04}", "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}", "i_month": str(date.month),
        "day": f"{date.day:02}", "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}", "yearday": str(date.timetuple().tm_yday),
        "hour": f"{date.hour:02}", "minute": f"{date.minute:02}", "second": f"{date.second:02}",
    }  # fmt: skip
