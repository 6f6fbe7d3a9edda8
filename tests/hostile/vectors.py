"""Words that do something in a browser that trusts them, written by us; more from a corpus where there is one."""

from __future__ import annotations

import json
import os
from pathlib import Path

OURS = (
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()></svg>",
    "<body onload=hit()>",
    "<details open ontoggle=hit()>x</details>",
    '"><img src=x onerror=hit()>',
    "'><svg/onload=hit()>",
    "</textarea><img src=x onerror=hit()>",
    "</title><svg onload=hit()>",
    "</script><script>hit()</script>",
    "<!--</script><script>hit()</script>",
    "--><img src=x onerror=hit()>",
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
    "<style>@keyframes x{}</style><p style=animation-name:x onanimationstart=hit()>x</p>",
    "<input autofocus onfocus=hit()>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "`<img src=x onerror=hit()>",
    "> <img src=x onerror=hit()>",
    "- <svg onload=hit()>",
    "**<img src=x onerror=hit()>**",
    "[x](javascript:hit())",
    "![x](x)<img src=x onerror=hit()>",
)


def vectors() -> list[str]:
    """Ours, and the live ones of the corpus that ``BROADSHEET_CORPORA`` names."""
    corpora = os.environ.get("BROADSHEET_CORPORA")
    if not corpora:
        return list(OURS)
    lines = (Path(corpora) / "attacks" / "xss.jsonl").read_text().splitlines()
    return [*OURS, *(row["payload"] for row in map(json.loads, lines) if row["chromium_raw"] == "auto")]
