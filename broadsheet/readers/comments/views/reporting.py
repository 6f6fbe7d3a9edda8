"""A reader says that a comment breaks the rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.readers.comments.actions import reporting
from broadsheet.readers.comments.errors import TooMany
from broadsheet.readers.comments.forms import ReportForm
from broadsheet.readers.comments.models import Report
from broadsheet.readers.comments.views.pages import METHODS, other_site, private, shown_comment
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.said import done
from broadsheet.readers.same_site import is_same_site


@csrf_exempt
@require_http_methods(METHODS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and where it is sent."""
    comment = shown_comment(pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if not is_same_site(request):
            return other_site()
        status = 422
        if form.is_valid():
            try:
                if not form.cleaned_data["website"]:
                    said = form.cleaned_data
                    reporting.report(comment, why=said["why"], text=said["text"], sender=address_of(request))
                return done(request, _("Thank you"), _("A moderator will look at the comment."))
            except TooMany as error:
                form.add_error(None, str(error))
                status = 429
    context = {"comment": comment, "form": form, "reasons": Report.Why.choices}
    return private(request, "report.html", _("Report a comment"), context, status=status)
