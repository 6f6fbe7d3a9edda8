"""The article's form: a publication the rights forbid is refused at the fields to mend; drafts are never refused."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import TaskState

from broadsheet.newsroom import rights
from broadsheet.newsroom.rights import Breach

APPROVE = "approve"


class ArticleForm(WagtailAdminPageForm):
    """Validates rights when an editor publishes, submits or approves; saving a draft asks for nothing."""

    def _post_clean(self) -> None:
        article = self.instance
        was_live = article.live
        article.live = False  # a draft of a published article may go beyond the rights until it is published itself
        try:
            super()._post_clean()
        finally:
            article.live = was_live
        for breach in self._breaches():
            self.add_error(breach.field if breach.field in self.fields else None, breach.message)

    def _breaches(self) -> tuple[Breach, ...]:
        if self.errors or not self._asked():
            return ()
        found = rights.breaches(self.instance.rights_facts())
        if self._is_publishing() or self.instance.live:
            return found
        # Somebody may look at it before its embargo ends; whoever publishes must wait or schedule.
        return tuple(breach for breach in found if breach.field != "embargo_until")

    def _asked(self) -> bool:
        return self._is_publishing() or bool({"action-submit", "action-restart-workflow"} & set(self.data))

    def _is_publishing(self) -> bool:
        return "action-publish" in self.data or self._is_approving()

    def _is_approving(self) -> bool:
        if "action-workflow-action" not in self.data:
            return False
        return self.data.get("workflow-action-name") == APPROVE and ends_workflow(self.instance)


def ends_workflow(page: Any) -> bool:
    """Whether the next approval is the last one, which publishes."""
    state = page.current_workflow_state
    if state is None:
        return False
    passed = {TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED}
    return sum(task.status not in passed for task in state.all_tasks_with_status()) <= 1
