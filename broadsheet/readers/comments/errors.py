"""What can go wrong with comments; every message is for the reader who wrote.

CommentError
├── Closed          nobody can comment here, or no longer; carries `article`
├── TooMany         one sender, or one mailbox, writes more than anybody does
├── TooLate         the time in which a writer may change a comment is over; carries `comment`
├── BadLink         a link of a mail that is none of ours, or too old
└── NoSuchParent    what is answered is not there any more; carries `article`
"""

from __future__ import annotations


class CommentError(Exception):
    """The root: catch this to catch everything the room raises on purpose."""


class Closed(CommentError):
    """No comments are taken."""

    def __init__(self, article: int) -> None:
        self.article = article
        super().__init__("Comments on this article are closed.")


class TooMany(CommentError):
    """A limit is reached."""

    def __init__(self) -> None:
        super().__init__(
            "That were many comments in a short time: please try again in an hour. Your text is kept below."
        )


class TooLate(CommentError):
    """It stands as it was written."""

    def __init__(self, comment: int, minutes: int) -> None:
        self.comment = comment
        super().__init__(f"A comment can be changed for {minutes} minutes; this one can only be deleted.")


class BadLink(CommentError):
    """A link that leads nowhere."""

    def __init__(self) -> None:
        super().__init__("This link is incomplete or too old, or what it was for is deleted.")


class NoSuchParent(CommentError):
    """The comment that is answered has gone."""

    def __init__(self, article: int) -> None:
        self.article = article
        super().__init__(
            "The comment you answer has just been removed. Your text is kept: send it as a comment of its own."
        )
