"""What was meant by a line that YAML reads otherwise, or not at all: how it is to be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from archivist.errors import FileError
from archivist.syntax.yaml import LOADER, Field, read_fields, write_list, write_value

# summary: Un bilan; - CNFPT
_PAIR = re.compile(
    r"(?P<key>[^\W\d_][\w .-]{0,39}?|\"[^\"]*\"|'[^']*'|-(?=\s|$))(?P<colon>\s*:|(?<!.-)(?<=-))(?P<space>\s*)"
    r"(?P<value>.*)"
)
_LIST = re.compile(r"\[(?!.*\]\()(?P<items>.*?)\]?")
# #budget; # 3
_REMARK = re.compile(r"\s+(?P<remark>#(?P<sign>.?).*)")
# Where YAML ends a line, and nobody else does.
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_MAY_REMARK = re.compile(r"[ \t]#")
_ON_ONE_LINE = "mettez-la toute sur une ligne, entre guillemets."
_REMARKED = "ce qui suit « # » ne serait pas lu"
_MOST = 30  # mistakes
_ABOVE = 2  # lines, where what is wrong may begin


def read_meant(
    text: str,
    *,
    first_line: int = 1,
    name: str = "en-tête",
    find_kind: Callable[[str], str] = lambda _: "text",
) -> tuple[dict[str, Field], list[tuple[int, str]]]:
    """Return the fields that were meant by the YAML *text*, and the lines that say otherwise.

    *find_kind* tells a key that takes a "list" from one of free "text". Raises FileError, with a French
    message that calls the text *name*, where nobody can tell what was meant.
    """
    try:
        fields = read_fields(text, first_line=first_line, name=name)
        if not _MAY_REMARK.search(text) or _SEPARATOR.search(text):
            return fields, []
    except FileError:
        if _SEPARATOR.search(text):
            raise
    mender = _Mender(text, find_kind, first_line, name)
    mender.mend()
    return read_fields(mender.text, first_line=first_line, name=name), mender.faults


class _Mender:
    """Reads a YAML mapping line by line, and writes what was meant."""

    def __init__(
        self, text: str, find_kind: Callable[[str], str], first_line: int, name: str
    ) -> None:
        self.lines = text.split("\n")
        self.find_kind, self.first_line, self.name = find_kind, first_line, name
        self.faults: list[tuple[int, str]] = []

    @property
    def text(self) -> str:
        """What was meant."""
        return "\n".join(self.lines)

    def mend(self) -> None:
        """Write each line that is misread as it was meant. Raises FileError where none can tell."""
        error = self._find_error(self.lines)
        while error:
            if len(self.faults) == _MOST:
                raise error
            error = self._mend_line(error)
        self._mend_remarks()

    def _find_error(self, lines: list[str]) -> FileError | None:
        try:
            read_fields("\n".join(lines), first_line=self.first_line, name=self.name)
        except FileError as error:
            return error
        return None

    def _tell(self, at: int, fault: str, line: str) -> None:
        self.lines[at] = line
        self.faults.append((at + self.first_line, fault))

    def _mend_line(self, error: FileError) -> FileError | None:
        """Mend the line that *error* is about, or one above; return the next error."""
        last = max(0, min(error.line - self.first_line, len(self.lines) - 1))
        for at in range(last, max(-1, last - 1 - _ABOVE), -1):
            for fault, line in self._propose(at, error):
                rest = self._find_error([*self.lines[:at], line, *self.lines[at + 1 :]])
                if rest is None or rest.line > max(error.line, self.first_line):
                    self._tell(at, fault, line)
                    return rest
        raise error

    def _propose(self, at: int, error: FileError) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a line, as it may be, each with the line that was meant."""
        line, bare = self.lines[at], self.lines[at].strip()
        above = _indent(self.lines[at - 1]) if at else ""
        pair = _PAIR.fullmatch(bare)
        for indent in (above, "  ") if "\t" in line else ():
            yield _say("une tabulation gêne ici", bare.replace("\t", " "), indent)
        if pair and line != bare:
            yield _propose_indented(pair, line, above)
        if pair:
            yield from _propose_pair(pair, _indent(line), error)
        else:
            yield from _propose_other(line)
        if "déjà donnée" in error.message:
            yield error.message, ""

    def _mend_remarks(self) -> None:
        """Write as it was meant what YAML would take for a remark, and leave out."""
        key = ""
        for at, end in sorted(_find_ends(self.text).items()):
            before, remark = self.lines[at][:end], _REMARK.fullmatch(self.lines[at][end:])
            pair = _PAIR.fullmatch(before.strip())
            key = pair["key"] if pair and pair["key"] != "-" else key
            kind = self.find_kind(key)
            is_text = kind == "text" and bool(pair and pair["value"])
            if remark and (is_text or remark["sign"] not in {" ", "#", ""}):
                self._mend_remark(at, pair, remark["remark"].strip(), is_list=kind == "list")

    def _mend_remark(
        self, at: int, pair: re.Match[str] | None, remark: str, *, is_list: bool
    ) -> None:
        if not pair:
            self._tell(at, f"{_REMARKED} de cette valeur : {_ON_ONE_LINE}", self.lines[at])
        elif is_list and pair["key"] != "-":
            value = _list(re.split(r"[,\[\]]|\s*#", f"{pair['value']} {remark}"))
            advice = ", ou mettez la valeur entre guillemets."
            fault, line = _say(_REMARKED, f"{pair['key']}: {value}", _indent(self.lines[at]))
            self._tell(at, fault.removesuffix(".") + advice, line)
        else:
            value = quote(f"{_unquote(pair['value'])} {remark}".strip())
            right = f"{pair['key']}{pair['colon']} {value}"
            self._tell(at, *_say(_REMARKED, right, _indent(self.lines[at])))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _say(fault: str, right: str, indent: str) -> tuple[str, str]:
    return f"{fault} : écrivez « {right} ».", indent + right


def _propose_indented(pair: re.Match[str], line: str, above: str) -> tuple[str, str]:
    if pair["colon"] == ":":
        return _say("le retrait de cette ligne gêne", line.strip(), above)
    # A text of several lines: « …, suite : fin ».
    return f"un deux-points gêne dans cette valeur : {_ON_ONE_LINE}", line.replace(":", "")


def _propose_other(line: str) -> Iterator[tuple[str, str]]:
    """Yield the same for a line that has no key."""
    bare = line.strip()
    if re.search(r"\s#", line):
        yield f"{_REMARKED} de cette valeur : {_ON_ONE_LINE}", re.sub(r"(?<=\s)#", "", line)
    elif bare[:1].isalnum() or bare[:1] in {"«", "(", "’"}:
        advice = "pour continuer la précédente, mettez deux espaces devant."
        yield f"cette ligne n’a pas de clé : {advice}", f"  {bare}"


def _propose_pair(pair: re.Match[str], indent: str, error: FileError) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the value of a key, or of a point of a list, as `_propose` does."""
    key, colon, value = pair["key"], pair["colon"], pair["value"]
    if colon and value and not pair["space"] and not value.startswith("//"):
        yield _say("il manque une espace après le deux-points", f"{key}: {value}", indent)
    found = _LIST.fullmatch(value)
    if found and re.sub(r"[\s,]", "", found["items"]) and not value.endswith(","):
        yield _say(
            "cette liste est mal écrite", f"{key}: {_list(found['items'].split(','))}", indent
        )
    elif value and not found:
        fault = "cette valeur a besoin de guillemets"
        if value[0] in "\"'":
            fault = "les guillemets de cette valeur gênent"
        elif error.message.startswith("« "):
            fault = error.message.partition(" : ")[0]
        yield _say(fault, f"{key}{colon} {quote(_unquote(value))}", indent)


def _list(items: list[str]) -> str:
    bare = (_unquote(item.strip()).lstrip("#") for item in items)
    return write_list([item for item in bare if item])


def _unquote(value: str) -> str:
    """Return what stands between the quotes around *value*, if they are a pair or half of one."""
    sign, inner = value[:1], value[1:]
    if sign not in {'"', "'"}:
        return value
    # "Oui" et "non"
    if not inner.endswith(sign):
        return value if sign in inner else inner
    return value if re.search(rf"\w{sign}\s", inner[:-1]) else inner[:-1]


def quote(value: str) -> str:
    """Return *value* between quotes, as YAML reads it."""
    return write_value(value) if re.search(r"[\"\\]", value) else f'"{value}"'


def _find_ends(text: str) -> dict[int, int]:
    """Return where the last thing that YAML reads on each line ends."""
    ends: dict[int, int] = {}
    tokens = (yaml.ScalarToken, yaml.ValueToken, yaml.BlockEntryToken, yaml.FlowSequenceEndToken)
    for token in yaml.scan(text, Loader=LOADER):
        if isinstance(token, tokens):
            mark = token.end_mark
            ends[mark.line] = mark.column
    return ends
