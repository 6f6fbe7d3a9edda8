"""The letters' nouns."""

from broadsheet.readers.newsletters.models.deliveries import Delivery, LetterLink
from broadsheet.readers.newsletters.models.follows import Follow
from broadsheet.readers.newsletters.models.left import LeftMail
from broadsheet.readers.newsletters.models.letters import Letter, LetterItem
from broadsheet.readers.newsletters.models.lists import Newsletter
from broadsheet.readers.newsletters.models.subscribers import Consent, Subscriber, Subscription, Suppression

__all__ = [
    "Consent",
    "Delivery",
    "Follow",
    "LeftMail",
    "Letter",
    "LetterItem",
    "LetterLink",
    "Newsletter",
    "Subscriber",
    "Subscription",
    "Suppression",
]
