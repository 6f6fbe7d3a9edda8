"""A body as the product stores it."""

from __future__ import annotations

import uuid
from typing import Any

from bench.archive.plan import Block, Planned
from bench.archive.world import World


def blocks_of(planned: Planned, world: World) -> list[dict[str, Any]]:
    """A body as its StreamField stores it."""
    own = key_of(planned, world).int
    return [
        {"type": block.kind, "value": _value(planned, block, world), "id": str(uuid.UUID(int=own ^ (number + 1)))}
        for number, block in enumerate(planned.blocks)
    ]


def key_of(planned: Planned, world: World) -> uuid.UUID:
    """The article's own key, from which its blocks' are made."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{world.seed} {planned.number}")


def _value(planned: Planned, block: Block, world: World) -> Any:
    if block.kind == "paragraph":
        return f"<p>{block.text}</p>"
    if block.kind == "heading":
        return {"text": block.text, "level": "2"}
    if block.kind == "pull_quote":
        return {"text": block.text, "attribution": "A reader"}
    picture = world.pictures[planned.number % len(world.pictures)]
    return {"picture": picture, "caption": block.text, "alt": "", "size": "text"}


def searchable(block: Block) -> str:
    """A block's words as the product finds them in a body."""
    more = {"heading": " Heading", "pull_quote": " A reader", "figure": " As wide as the text"}
    return block.text + more.get(block.kind, "")
