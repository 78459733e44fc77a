"""Whether the search, asked for phrases in quotes, finds all texts that say them and no other.

Phrases of two to five words are drawn from the texts of a built site, link words among them; what
says one is found by a plain look through the folded texts, which knows nothing of the index.

    python bench/rate_phrases.py build/html
"""

from __future__ import annotations

import argparse
import json
import random
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pages import open_browser, serve
from playwright.sync_api import sync_playwright
from queries import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

PHRASES = 300
LENGTHS = (2, 3, 4, 5)
QUOTES = ("«\u00a0{}\u00a0»", '"{}"', "“{}”")
_WORD = re.compile(r"[^\W_]+")
_ASK = """async (texts) => {
  const { Engine } = await import("/_static/search/engine.js");
  const engine = await Engine.open();
  const answers = [];
  for (const text of texts) answers.push((await engine.search(text)).pages.map(({ number }) => number));
  return answers;
}"""


def read_texts(site: Path) -> dict[int, str]:
    """Return what each page that is indexed says, by its number."""
    paths = (site / "_search" / "texts").rglob("*.json")
    return {int(path.stem): json.loads(path.read_text(encoding="utf-8"))["text"] for path in paths}


def flatten(text: str) -> str:
    """Return the folded words of *text*, a space around each."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def draw_phrases(texts: dict[int, str], chance: random.Random) -> Iterator[str]:
    """Yield phrases without end, each from a line of some text, as it is written there."""
    lines = [
        words
        for text in texts.values()
        for line in text.split("\n")
        if len(words := re.findall(r"[^\W_](?:[^\s«»“”\"]*[^\W_])?", line)) >= max(LENGTHS)
    ]
    while True:
        words, length = chance.choice(lines), chance.choice(LENGTHS)
        start = chance.randrange(len(words) - length + 1)
        yield " ".join(words[start : start + length])


def main() -> None:
    """Print precision and recall, and each phrase that was answered wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = read_texts(options.site)
    flat = {number: flatten(text) for number, text in texts.items()}
    drawn = draw_phrases(texts, random.Random(options.seed))  # noqa: S311 (no secret)
    phrases = [next(drawn) for _ in range(PHRASES)]
    asked = [QUOTES[i % len(QUOTES)].format(phrase) for i, phrase in enumerate(phrases)]
    with sync_playwright() as playwright, serve(options.site) as address:
        page = open_browser(playwright).new_page()
        page.goto(f"{address}search.html")
        answers = [set(found) for found in page.evaluate(_ASK, asked)]
    right = [{n for n, text in flat.items() if flatten(phrase) in text} for phrase in phrases]
    pairs = list(zip(answers, right, strict=True))
    for phrase, (found, saying) in zip(phrases, pairs, strict=True):
        if found != saying:
            print(f"{phrase}: {len(found - saying)} wrong, {len(saying - found)} not found")
    both = sum(len(found & saying) for found, saying in pairs)
    print(
        f"{PHRASES} phrases, {sum(map(len, right))} answers: "
        f"precision {both / len(list(chain.from_iterable(answers))):.4f}, "
        f"recall {both / len(list(chain.from_iterable(right))):.4f}"
    )


if __name__ == "__main__":
    main()
