"""A site as hosts answer for it: nginx by its maps, Netlify by its table, no script run."""

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

_MAP = re.compile(r'map "?(?P<of>[^\n]*?)"? (?P<name>\$\w+) \{\n(?P<body>.*?)\n\}', re.DOTALL)
_PAIR = re.compile(r'    "(.*)" "(.*)";|    default "(.*)";')
_IF = re.compile(r"#\s+if \((\$\w+)\) \{ return 301 \1; \}")
_VARIABLE = re.compile(r"\$(\w+)")


class Served:
    """Answers of a site in *folder*, where no more than its files and its tables are known."""

    def __init__(self, folder):
        self.folder = folder
        self.nginx = (folder / "nginx-redirects.conf").read_text(encoding="utf-8")
        lines = (folder / "_redirects").read_text(encoding="utf-8").splitlines()
        self.netlify = [line.split(" ") for line in lines]

    def follow(self, address, ask=None):
        """Return the file that *address* comes to, whatever way; nothing where there is none."""
        ask = ask or self.ask_nginx
        for _ in range(6):
            parts = urlsplit(address)
            if found := ask(address):
                address = urljoin(address, found)
            elif (name := self.find(parts.path)) is None:
                return ""
            else:
                text = (self.folder / name).read_text(encoding="utf-8")
                moved = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', text)
                if not moved:
                    return name
                address = urljoin(address, moved[1])
        raise AssertionError(f"{address} goes round")

    def find(self, path):
        """Return the file at *path*."""
        name = unquote(path).strip("/")
        for each in (name, f"{name}/index.html".lstrip("/")):
            if (self.folder / each).is_file():
                return each
        return None

    def ask_nginx(self, address):
        """Return where nginx leads *address*, or nothing."""
        server, _, lost = self.nginx.partition("location @archive_lost")
        names = _IF.findall(server)
        known = self._read_request(address)
        found = next(filter(None, (self._map(name, known) for name in names)), "")
        if not found and self.find(urlsplit(address).path) is None:
            found = self._map(_IF.search("#     " + lost.partition("#")[2].strip())[1], known)
        return found

    @staticmethod
    def _read_request(address):
        parts = urlsplit(address)
        raw = (pair.partition("=") for pair in parts.query.split("&") if pair)
        asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
        known = {"uri": unquote(parts.path), "request_uri": asked, "host": parts.hostname}
        return known | {f"arg_{name}": value for name, _, value in raw}

    def _map(self, name, known):
        """Return what the variable *name* says: strings first, heeding no capitals."""
        found = next(each for each in _MAP.finditer(self.nginx) if each["name"] == name)
        fill = lambda text, more: _VARIABLE.sub(lambda each: self._get(each[1], more), text)  # noqa: E731
        value, default = fill(found["of"], known), ""
        pairs = [_PAIR.fullmatch(line) for line in found["body"].splitlines()]
        assert all(pairs), name
        texts = [pair[1].casefold() for pair in pairs if pair[1]]
        assert len(texts) == len(set(texts)), f"{name}: nginx refuses the same twice"
        for old, new, otherwise in (pair.groups() for pair in pairs):
            default = otherwise or default
            if old and old.casefold() == value.casefold():
                return new
        for old, new, _ in (pair.groups() for pair in pairs):
            pattern = old[1:].replace("(?<archive", "(?P<archive") if old and old[0] == "~" else ""
            if pattern and (match := re.search(pattern, value)):
                return fill(new, known | match.groupdict())
        return fill(default, known)

    def _get(self, name, known):
        is_map = any(each["name"] == f"${name}" for each in _MAP.finditer(self.nginx))
        return self._map(f"${name}", known) if name not in known and is_map else known.get(name, "")

    def ask_netlify(self, address):
        """Return where Netlify leads *address*, or nothing: the first line that fits."""
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        for old, *wanted, new, code in self.netlify:
            place = parts._replace(query="", fragment="").geturl() if "://" in old else parts.path
            fits = quote(unquote(place), "/:") == quote(unquote(old), "/:")
            pairs = [_split(each) for each in wanted]
            fits = fits and all(
                value.startswith(":") or asked.get(name) == value for name, value in pairs
            )
            named = [
                (value, quote(asked.get(name, ""))) for name, value in pairs if value[0] == ":"
            ]
            # Where there is a file, the first that fits leads nowhere without the mark.
            if fits and all(said for _, said in named):
                is_led = code == "301!" or (code == "301" and self.find(parts.path) is None)
                for mark, said in named:
                    new = new.replace(mark, said)  # noqa: PLW2901
                return new if is_led else ""
        return ""


def _split(pair):
    name, _, value = pair.partition("=")
    return name, unquote(value)
