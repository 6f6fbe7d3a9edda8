"""The main database as the press meets it: whether it answers, and how nobody waits for it longer than is worth it.

What is printed is served from the edition whatever the database does. What needs the database passes a gate with fewer
places than the process has threads, so that a thread is always free for what is printed.
"""

from broadsheet.press.mains.answering import Answering, the_mains
from broadsheet.press.mains.visits import waiting_for_others

__all__ = ["Answering", "the_mains", "waiting_for_others"]
