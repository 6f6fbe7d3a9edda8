"""What each article of the archive is: a function of the seed and its number alone, so a fill can go on anywhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bench.archive.words import draw, sentences, zipf

YEARS = 30
GROWTH = 4.0
"""How much denser the newest days are than the oldest, as the exponent of e."""
FORMATS = ("report",) * 7 + ("brief", "analysis", "opinion")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How much of everything the paper has."""

    seed: int = 7
    """Decides everything that is left to chance."""
    articles: int
    """Articles in all; the dates are spread over them."""
    until: datetime
    """When the newest was published."""
    authors: int = 300
    """People who write."""
    topics: int = 4000
    """Topics, used as often as words are."""
    pictures: int = 200
    """Pictures that the articles share."""
    tops: int = 10
    """Sections of the first level; each has ``middles`` below it, and each of those ``leaves``."""
    middles: int = 3
    """Sections below each section of the first level."""
    leaves: int = 2
    """Sections below each of the second."""

    @property
    def sections(self) -> int:
        """Sections in all."""
        return self.tops * (1 + self.middles * (1 + self.leaves))


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of a body: a paragraph, a heading, a pull quote or a figure."""

    kind: str
    """Its name in the body's StreamField."""
    text: str
    """Its words."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One article."""

    number: int
    """Its number, from 0, the oldest."""
    title: str
    """Its headline."""
    slug: str
    """The last part of its address."""
    standfirst: str
    """The lines under the headline."""
    format: str
    """A value of Article.Format."""
    at: datetime
    """When it was published."""
    updated_at: datetime | None
    """When it was published again with its last block; None if once."""
    section: int
    """Index of its section."""
    authors: tuple[int, ...]
    """Indexes of its authors."""
    topics: tuple[int, ...]
    """Indexes of its topics."""
    picture: int | None
    """Index of its lead picture."""
    blocks: tuple[Block, ...]
    """Its body."""


class Plan:
    """The articles of a paper of this shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._sections = zipf(shape.sections, 0.8)
        self._authors, self._topics = zipf(shape.authors, 0.7), zipf(shape.topics, 0.9)

    def article(self, number: int) -> Planned:
        """The article of a number."""
        shape = self.shape
        random = Random((shape.seed << 40) + number)
        title = " ".join(draw(random, random.randint(5, 11))).capitalize()
        at = self.date(number)
        return Planned(
            number=number,
            title=title,
            slug=f"{'-'.join(title.lower().split()[:5])}-{number}",
            standfirst=sentences(random, draw(random, random.randint(10, 22)))[0],
            format=random.choice(FORMATS),
            at=at,
            updated_at=at + timedelta(minutes=random.randint(20, 400)) if random.random() < 0.15 else None,
            # The largest sections lie anywhere in the tree: 37 shares no factor with their number.
            section=_one(random, self._sections) * 37 % shape.sections,
            authors=_some(random, self._authors, random.choice((1, 1, 1, 2))),
            topics=_some(random, self._topics, random.choice((1, 2, 2, 3, 4))),
            picture=random.randrange(shape.pictures) if random.random() < 0.8 else None,
            blocks=tuple(_body(random)),
        )

    def date(self, number: int) -> datetime:
        """When an article was published: the days grow denser towards the newest."""
        share = (number + 1) / self.shape.articles
        back = YEARS * 365.25 * (1 - math.log1p(share * math.expm1(GROWTH)) / GROWTH)
        return self.shape.until - timedelta(seconds=int(back * 86400), microseconds=999_999 - number % 900_000)


def _body(random: Random) -> list[Block]:
    written = sentences(random, draw(random, 250 + int(900 * random.betavariate(1, 6))))
    blocks: list[Block] = []
    while written:
        size = random.randint(2, 4)
        blocks.append(Block(kind="paragraph", text=" ".join(written[:size])))
        written = written[size:]
        if written and len(blocks) % 4 == 3:
            blocks.append(Block(kind="heading", text=" ".join(draw(random, 4)).capitalize()))
    if random.random() < 0.3:
        blocks.insert(2, Block(kind="pull_quote", text=" ".join(draw(random, 12)).capitalize()))
    if random.random() < 0.1:
        blocks.insert(1, Block(kind="figure", text=" ".join(draw(random, 8)).capitalize()))
    return blocks


def _one(random: Random, weights: list[float]) -> int:
    return random.choices(range(len(weights)), cum_weights=weights)[0]


def _some(random: Random, weights: list[float], number: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(random.choices(range(len(weights)), cum_weights=weights, k=number)))
