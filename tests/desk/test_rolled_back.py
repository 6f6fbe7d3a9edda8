"""The desk says it on every screen while readers are shown an earlier paper."""

from __future__ import annotations

import time

from broadsheet.press.history import pins


def test_every_screen_warns_while_readers_are_rolled_back(editor, world):
    screens = ["/desk/", "/desk/articles/"]
    assert all("desk-rolled-back" not in editor.get(screen).content.decode() for screen in screens)
    pins.roll_back(time.time_ns() // 1000, "ann: <wrong> result")
    for screen in screens:
        text = editor.get(screen).content.decode()
        assert "press forward" in text
        assert "ann: &lt;wrong&gt; result" in text
    pins.roll_forward("ann")
    assert all("desk-rolled-back" not in editor.get(screen).content.decode() for screen in screens)
