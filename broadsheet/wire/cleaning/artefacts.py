"""Words that belong to the source's page and not to its report: "Story continues", "Share this", "Advertisement"."""

from __future__ import annotations

import re

#: A paragraph longer than this is the report's own, whatever it begins with.
LONGEST = 160

_NAMES = r"(?:articles?|stories|story|posts?|coverage|content|topics|news|links|reading)"
_PLACES = r"(?:(?:the )?(?:ad|advert|advertisement|video|photo|image|gallery)s?)"
_BUTTONS = r"(?:tweet|pin it|e-?mail|print|whatsapp|facebook|twitter|linkedin|reddit|telegram|copy link|comments?)"

#: Each is the whole of a paragraph, heading or list entry, without punctuation at its edges.
_PHRASES = (
    rf"(?:the )?(?:story|article) continues(?: (?:below|after)(?: {_PLACES})?)?",
    r"(?:article|story) continues (?:below|after) (?:this )?\w+",
    r"(?:continue|keep) reading(?: (?:below|the (?:full|main) (?:story|article)))?",
    r"(?:read|see|learn|find out|discover|view|watch|listen) more(?: here)?",
    r"read (?:the )?(?:full|whole|entire|rest of (?:the|this)) (?:story|article|post|report)(?: (?:here|at|on)\b.*)?",
    r"(?:continue|read) (?:the )?(?:full )?(?:story|article) (?:at|on) .*",
    r"click (?:here )?(?:to|for) .*|tap (?:here )?to .*",
    r"share(?: (?:this|on|via|article|story|it))(?: .*)?|share(?: save)?|save share",
    rf"{_BUTTONS}(?: (?:this|it))?",
    r"sign(?:ed)?[ -]up (?:for|to|here)\b.*|sign up",
    r"subscribe(?: (?:to|now|here|today|for)\b.*)?",
    r"(?:get|join) our (?:free )?(?:daily |weekly |morning )*newsletters?\b.*",
    r"(?:enter )?your e-?mail(?: address)?",
    r"advertisement(?: - scroll to continue)?|advertising|advert|ad|sponsored(?: content)?",
    r"promoted(?: (?:content|stories))?",
    r"skip (?:past newsletter promotion|advert(?:isement)?|ad|to (?:main )?content)|after newsletter promotion",
    r"(?:scroll|swipe) (?:down )?(?:to|for) .*",
    r"follow (?:us|me|\w+(?: \w+)?) on .*|(?:like|find|join) us on .*",
    r"download (?:the|our) (?:free )?(?:\w+ )?app\b.*",
    rf"(?:related|recommended|more|trending|popular)(?: (?:{_NAMES}|now|on this (?:story|topic)|from .*))?",
    rf"most (?:read|popular)(?: {_NAMES})?",
    r"you (?:may|might) also (?:like|be interested in)|editor'?s picks?|don'?t miss|also read|see also|up next",
    r"recommended for you",
    r"(?:also read|read also|related|read more|see also|more|watch|don'?t miss) ?[:|].*",
    r"(?:view|see|load|show|leave|post|add|write) (?:all |a )?comments? ?(?:\(\d+\))?|join the conversation",
    r"(?:this )?(?:video|content|player) (?:is )?(?:loading|not available|cannot be (?:played|displayed))\b.*|loading",
    r"(?:please )?enable javascript\b.*|your browser does not support\b.*",
    r"this is a (?:developing|breaking)(?: news)? story\b.*|refresh (?:this page )?for (?:the latest|updates).*",
    r"watch live|listen to (?:this )?(?:article|story)\b.*",
    r"support (?:our|independent|quality) journalism\b.*|(?:donate|contribute)(?: (?:now|today|here))?",
    r"back to top|copy link to clipboard",
    r"the post .+ (?:first appeared|appeared first) on .+",
    r"this (?:article|post|story) (?:was )?(?:originally|first) (?:appeared|published) (?:on|at|by|in) .+",
)

_ARTEFACT = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES), re.IGNORECASE)
_EDGE = " \t\n\r\xa0[]()<>«»‹›→←↓▼►▶…·•|*:.,!–—-_\"'“”‘’"
_SPACES = re.compile(r"\s+")


def is_artefact(text: str) -> bool:
    """Whether a paragraph, heading or list of these words is the page's furniture and not the report's.

    Only whole blocks are judged, never a sentence inside one: "Share this view of the harbour with a friend and
    you will hear…" in a long paragraph stays.
    """
    if len(text) > LONGEST:
        return False
    words = _SPACES.sub(" ", text.replace("’", "'")).strip(_EDGE)
    return bool(words) and len(words) <= LONGEST and _ARTEFACT.fullmatch(words) is not None
