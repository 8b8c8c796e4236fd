"""Sentences and paragraphs of bulk content."""

import random
from typing import Any

from . import phrases

_LISTS: dict[str, list[str]] = {
    "place": phrases.PLACES,
    "body": phrases.BODIES,
    "topic": phrases.TOPICS,
    "act": phrases.ACTS,
    "result": phrases.RESULTS,
    "person": phrases.PEOPLE,
}


def dice_of(seed: int, number: int) -> random.Random:
    """Return the dice of one page: what is drawn for it depends on no other."""
    return random.Random(f"{seed}:{number}")  # noqa: S311 - content is no secret


def fill(dice: random.Random, pattern: str, **known: Any) -> str:
    """Return `pattern` with its braces filled, beginning with a capital."""
    values: dict[str, Any] = {name: dice.choice(words) for name, words in _LISTS.items()}
    values |= {"number": dice.randint(20, 980), "few": dice.randint(2, 19), "months": dice.randint(2, 11)}
    text = pattern.format(**{**values, "day": dice.randint(1, 28), **known})
    return text[0].upper() + text[1:]


def paragraph(dice: random.Random, sentences: int) -> str:
    """Return so many sentences."""
    return " ".join(fill(dice, pattern) for pattern in dice.sample(phrases.SENTENCES, sentences))


def some(dice: random.Random, entries: list[Any], at_most: int) -> list[Any]:
    """Return up to so many of `entries`, the first ones oftener."""
    found = {rank(dice, len(entries)) for _ in range(dice.randint(0, at_most))}
    return [entries[place] for place in sorted(found)]


def rank(dice: random.Random, length: int, steepness: int = 4) -> int:
    """Return a place in a list of this length: the first ones most often, as of issuers and tags of an office."""
    return min(int(dice.expovariate(steepness / length)), length - 1)
