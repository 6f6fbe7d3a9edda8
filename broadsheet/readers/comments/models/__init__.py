"""The comments' nouns."""

from broadsheet.readers.comments.models.commenters import Ban, Commenter
from broadsheet.readers.comments.models.comments import Comment, Notice, Report
from broadsheet.readers.comments.models.settings import CommentSettings
from broadsheet.readers.comments.models.words import WordCount

__all__ = ["Ban", "Comment", "CommentSettings", "Commenter", "Notice", "Report", "WordCount"]
