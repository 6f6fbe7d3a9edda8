"""The classifier learns from what moderators decide, and unlearns what they take back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from broadsheet.readers.comments.decide import spam
from broadsheet.readers.comments.models import Comment, WordCount

SPAM, GOOD = "spam", "good"
ALL = ""
"""The word that counts the comments themselves."""
RARE, FORGOTTEN_AFTER = 2, timedelta(days=90)


def likelihood(text: str, name: str) -> float | None:
    """How likely a comment is spam: two queries at most, whatever was learned. None if too little was."""
    words = spam.words_of(text, name)
    rows = WordCount.objects.filter(word__in=[ALL, *words]).values_list("word", "spam", "good")
    known = {word: (in_spam, in_good) for word, in_spam, in_good in rows}
    learned = known.pop(ALL, (0, 0))
    return spam.spam_of(words, known, *learned)


@transaction.atomic
def teach(comment: Comment, kind: str) -> None:
    """Learn that a comment is spam or good; what was learned of it before is unlearned.

    Args:
        comment: saved; ``taught`` is set and saved.
        kind: SPAM, GOOD, or "" to unlearn alone.
    """
    if comment.taught == kind:
        return
    words = [ALL, *sorted(spam.words_of(comment.text, comment.name))]
    if comment.taught:
        found = WordCount.objects.filter(word__in=words, **{f"{comment.taught}__gt": 0})
        found.update(**{comment.taught: F(comment.taught) - 1})
    if kind:
        WordCount.objects.bulk_create([WordCount(word=word) for word in words], ignore_conflicts=True)
        WordCount.objects.filter(word__in=words).update(**{kind: F(kind) + 1, "last_on": timezone.localdate()})
    comment.taught = kind
    comment.save(update_fields=["taught"])


def forget_rare() -> int:
    """Drop words that were seen once or twice, long ago: they say nothing. Returns how many."""
    before = timezone.localdate() - FORGOTTEN_AFTER
    rare = WordCount.objects.exclude(word=ALL).filter(spam__lte=RARE, good__lte=RARE, last_on__lt=before)
    return rare.delete()[0]
