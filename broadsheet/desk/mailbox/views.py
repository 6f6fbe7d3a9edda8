"""The mailbox: what was sent, each mail as HTML and as plain text."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from broadsheet.desk.mailbox.models import KeptMail
from broadsheet.desk.mailbox.reading import opened

PER_PAGE = 40
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox {allowed}"
)
ALLOWED = "allow-popups allow-popups-to-escape-sandbox"
"""Links open in a tab of their own; nothing in the mail can run or reach the desk."""


class MailboxScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the two screens share."""

    model = KeptMail
    permission_required = "view"
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("mailbox:list"), "label": "Mailbox"}]


class ListView(MailboxScreen):
    """The mails, newest first."""

    template_name = "mailbox/list.html"
    page_title = "Mailbox"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("to", "").strip()
        mails = KeptMail.objects.defer("source")
        if words:
            mails = mails.filter(recipients__icontains=words)
        page = Paginator(mails, PER_PAGE).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page, "words": words}


class MailView(MailboxScreen):
    """One mail."""

    template_name = "mailbox/mail.html"

    def get_page_title(self) -> str:
        return str(self.mail)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.mail = get_object_or_404(KeptMail, pk=kwargs["pk"])
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.mail)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "mail": self.mail, "opened": opened(bytes(self.mail.source)), "allowed": ALLOWED}


@require_safe
@permission_required("mailbox.view_keptmail", raise_exception=True)
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of a mail, for the frame: shut in whether or not it is opened there."""
    return shut_in(opened(bytes(get_object_or_404(KeptMail, pk=pk).source)).html)


def shut_in(html: str) -> HttpResponse:
    """The HTML of a mail as a page that can do nothing, wherever it is opened."""
    answer = HttpResponse(f'<base target="_blank">{html}')
    answer.headers["Content-Security-Policy"] = POLICY.format(allowed=ALLOWED)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
