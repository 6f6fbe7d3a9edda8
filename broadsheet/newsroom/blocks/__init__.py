"""The blocks that articles and fronts are made of (StreamField). Their templates belong to the theme."""

from broadsheet.newsroom.blocks.body import BodyBlock
from broadsheet.newsroom.blocks.front import FrontBlock

__all__ = ["BodyBlock", "FrontBlock"]
