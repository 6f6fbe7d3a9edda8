"""What the desk's home page says of letters: only what an editor must decide or will want to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from broadsheet.desk.newsletters.access import SEE
from broadsheet.readers.newsletters.models import Delivery, Letter

SHOWN = 5


class LettersPanel(Component):
    """Letters with deliveries in doubt, and those that wait; nothing if there are none, or for whom it is not."""

    name = "desk_letters"
    template_name = "desk/newsletters/panel.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        if not parent_context["request"].user.has_perm(SEE):
            return {}
        letters = Letter.objects.select_related("newsletter").defer("html", "text")
        doubtful = Delivery.objects.filter(state=Delivery.State.IN_DOUBT).values("letter")
        return {
            "doubtful": list(letters.filter(pk__in=doubtful)[:SHOWN]),
            "waiting": list(letters.filter(state__in=Letter.OPEN).order_by("due_at", "-pk")[:SHOWN]),
        }
