"""What a page does in a browser that is told no content policy."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

HEAD = "<!doctype html><script>window.hits=0;hit=alert=confirm=prompt=print=()=>{hits++;return 1}</script>"


def hits(browser: Browser, documents: list[str]) -> list[int]:
    """How often each document called a function that only hostile words call. Nothing outside is loaded."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.route("**/*", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.set_content(HEAD + "<div id=frames></div>")
    return [_hits(page, document) for document in documents]


def _hits(page: Any, document: str) -> int:
    """In a frame of its own, at whose end what the frame's functions counted is read."""
    page.evaluate(
        """html => new Promise(done => {
          const frame = document.createElement('iframe');
          frame.onload = () => setTimeout(done, 30);
          frame.srcdoc = html;
          document.getElementById('frames').replaceChildren(frame);
        })""",
        HEAD + document,
    )
    return int(page.evaluate("document.querySelector('iframe').contentWindow.hits || 0"))
