"""robots.txt as RFC 9309 has it: which pages a site closes to programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

#: The name under which a robots.txt may speak to us alone.
PRODUCT = "broadsheet"
#: RFC 9309, 2.5: at least this much must be read.
MAX_BYTES = 500 * 1024
_MOST_RULES = 2_000


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One Allow or Disallow line."""

    #: The path pattern, normalised, with * and $ as the RFC gives them.
    pattern: str
    #: True for Allow.
    allow: bool

    def matches(self, path: str) -> bool:
        """Whether the pattern covers this path and query."""
        body, end = (self.pattern[:-1], True) if self.pattern.endswith("$") else (self.pattern, False)
        pieces = body.split("*")
        if not path.startswith(pieces[0]):
            return False
        position = len(pieces[0])
        for piece in pieces[1:]:
            found = path.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        return not end or position == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))


def rules(text: str) -> tuple[Rule, ...]:
    """The rules that apply to us: our own group's, or else those for everybody."""
    groups: dict[str, list[Rule]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            agents = [] if in_rules else agents
            agents.append(value.lower())
            groups.setdefault(value.lower(), [])
            in_rules = False
        elif name in ("allow", "disallow"):
            in_rules = True
            if value:
                _add(groups, agents, Rule(pattern=_normal(value), allow=name == "allow"))
    ours = [agent for agent in groups if re.match(rf"{PRODUCT}\b", agent)]
    return tuple(rule for agent in ours or ["*"] for rule in groups.get(agent, []))


def _add(groups: dict[str, list[Rule]], agents: list[str], rule: Rule) -> None:
    for agent in agents:
        if len(groups[agent]) < _MOST_RULES:
            groups[agent].append(rule)


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/*$?&=;:@!'(),+~-._%")


def allowed(url: str, known: tuple[Rule, ...]) -> bool:
    """Whether these rules leave the page open: the longest matching pattern decides, Allow wins a tie."""
    parts = urlsplit(url)
    path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    matching = [rule for rule in known if rule.matches(path)]
    return not matching or max(matching, key=lambda rule: (len(rule.pattern), rule.allow)).allow
