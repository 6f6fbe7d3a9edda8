"""Which live boxes there are. The rooms above register theirs when they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Content = Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class LiveBox:
    """A fragment of HTML with a short life."""

    name: str
    """Its name in templates and in its address; a slug."""
    seconds: int
    """How long it stays true if nothing it shows is purged."""
    content: Content
    """Renders it, the same for every reader; what it reads is recorded as for any leaf."""

    @property
    def path(self) -> str:
        """Its address."""
        return f"/boxes/{self.name}/"


_boxes: dict[str, LiveBox] = {}


def live_box(name: str, *, seconds: int) -> Callable[[Content], Content]:
    """Register what renders a box, before addresses are read: in a module that the app's ``ready`` imports.

    Args:
        name: a slug; ``{{ frame.boxes.NAME }}`` shows the box in a template.
        seconds: how long readers may see it unchanged.
    """

    def register(content: Content) -> Content:
        _boxes[name] = LiveBox(name=name, seconds=seconds, content=content)
        return content

    return register


def live_boxes() -> tuple[LiveBox, ...]:
    """All boxes."""
    return tuple(_boxes.values())


def box_named(name: str) -> LiveBox:
    """A box by its name.

    Raises:
        KeyError: nobody registered one.
    """
    return _boxes[name]
