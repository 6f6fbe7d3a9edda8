"""Where a report goes when it arrives: the first of the editors' rules that fits, or else its source's own way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.wire.decide.reports import Report


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One filing rule. An empty condition fits everything."""

    #: What the rule is called in a reason.
    name: str
    #: "hold", "draft" or "publish".
    action: str
    #: The section to file to, or "".
    section: str = ""
    #: The source it is about, or None for all.
    source_id: int | None = None
    #: Any of these words or phrases.
    include: tuple[str, ...] = ()
    #: None of these words or phrases.
    exclude: tuple[str, ...] = ()
    #: The language, with or without its region.
    language: str = ""
    #: A category the source gave the report.
    category: str = ""


@dataclass(frozen=True, kw_only=True)
class FilingDecision:
    """What happens to a report."""

    #: "hold", "draft" or "publish".
    action: str
    #: The section, or "".
    section: str
    #: Why, for an editor.
    reason: str


def decide_filing(
    report: Report, rules: Sequence[Rule], *, source_id: int, action: str, section: str
) -> FilingDecision:
    """Decide a report's filing.

    Args: report; rules in their order; source_id, action and section of its source, which hold when no rule fits.
    """
    text = f"{report.title}\n{report.summary}\n{report.body_text}"
    for rule in rules:
        if rule.source_id in (None, source_id) and _fits(rule, report, text):
            return FilingDecision(action=rule.action, section=rule.section or section, reason=rule.name)
    return FilingDecision(action=action, section=section, reason="the source's own setting")


def _fits(rule: Rule, report: Report, text: str) -> bool:
    language = rule.language.lower()
    spoken = report.language.lower()
    return (
        (not language or spoken == language or spoken.startswith(f"{language}-"))
        and (not rule.category or rule.category.lower() in (one.lower() for one in report.categories))
        and (not rule.include or any(_has(text, phrase) for phrase in rule.include))
        and not any(_has(text, phrase) for phrase in rule.exclude)
    )


def _has(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None
