"""What every page carries inline, and the hashes by which its policy allows just that."""

from __future__ import annotations


def script_hashes() -> str:
    return ""


def style_hashes() -> str:
    return ""
