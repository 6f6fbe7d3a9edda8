"""What to do, decided from values alone: when to ask again, what changed, what is the same, where it goes."""

from broadsheet.wire.decide.changes import ItemChange, Known, what_changed
from broadsheet.wire.decide.filing import FilingDecision, Rule, decide_filing
from broadsheet.wire.decide.polling import Outcome, PollPlan, is_silent, next_poll, usual_gap
from broadsheet.wire.decide.reports import Report, entry_hash, report_from, with_page
from broadsheet.wire.decide.sameness import canonical, fingerprint

__all__ = [
    "FilingDecision",
    "ItemChange",
    "Known",
    "Outcome",
    "PollPlan",
    "Report",
    "Rule",
    "canonical",
    "decide_filing",
    "entry_hash",
    "fingerprint",
    "is_silent",
    "next_poll",
    "report_from",
    "usual_gap",
    "what_changed",
    "with_page",
]
