"""Pictures for the demo newspaper, drawn by the program itself.

Every cover and portrait is drawn by numpy and Pillow from a fixed seed: the same name always gives the same picture.
They are drawn at twice the size, filtered down and finished with film grain so that flat shapes do not look cheap.
"""

import numpy as np
from PIL import Image

from .base import SUPERSAMPLE, finish, palette
from .catalogue import COVERS
from .people import FACES, portrait

HAIR = {
    "long": "long hair",
    "bob": "chin-length hair",
    "bun": "hair in a bun",
    "curls": "curly hair",
    "short": "short hair",
    "bald": "a bald head",
}

__all__ = ["alt", "draw", "is_portrait", "names"]


def names() -> list[str]:
    """Return the names of all pictures, covers first."""
    return [*COVERS, *FACES]


def is_portrait(name: str) -> bool:
    """Tell whether a picture is an author's portrait."""
    return name in FACES


def alt(name: str) -> str:
    """Return the alternative text of a picture."""
    if name in FACES:
        face = FACES[name]
        worn = [word for word, on in (("glasses", face.glasses), ("a beard", face.beard)) if on]
        return f"Drawn portrait of a person with {' and '.join([HAIR[face.style], *worn])}"
    return COVERS[name].alt


def draw(name: str, width: int = 1600, height: int = 1067) -> Image.Image:
    """Draw a picture by its name."""
    w, h = width * SUPERSAMPLE, height * SUPERSAMPLE
    if name in FACES:
        rng = np.random.default_rng(1)
        return finish(portrait(name, w, h, palette(FACES[name].palette)), width, height, rng, grain=3.0)
    cover = COVERS[name]
    rng = np.random.default_rng(cover.seed)
    return finish(cover.style(rng, w, h, palette(cover.palette)), width, height, rng)
