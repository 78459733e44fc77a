"""The command `archivist`: what each word of it means, and nothing else."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from archivist.publish.build import BuildError, build_site, check_docs


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="archivist", description="Build and check the archive.")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="check the posts and build the site")
    build.add_argument("--output", type=Path, default=Path("build/html"), metavar="DIR")
    build.add_argument("--base-url", default="", metavar="URL", help="where the site is served")
    check = commands.add_parser("check", help="check the posts")
    for command in (build, check):
        command.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR")
    return parser.parse_args(arguments)


def _build(options: argparse.Namespace) -> None:
    settings = {"html_baseurl": options.base_url} if options.base_url else {}
    if options.base_url and not options.base_url.startswith(("https://", "http://")):
        raise BuildError(f"--base-url {options.base_url} : écrivez l’adresse avec https://.")
    pages = build_site(options.docs, options.output, settings)
    print(f"{pages} pages dans {options.output}")


def _check(options: argparse.Namespace) -> None:
    problems = check_docs(options.docs)
    if problems:
        raise BuildError("\n".join(map(str, problems)))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 when there is something to correct, which stderr tells."""
    options = _parse(arguments)
    try:
        {"build": _build, "check": _check}[options.command](options)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
