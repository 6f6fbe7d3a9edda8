"""A letter's screen: how it looks, how it stands, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from broadsheet.desk.newsletters import preview
from broadsheet.desk.newsletters.forms import ComposeForm, TimeForm
from broadsheet.desk.newsletters.reads import DOUBT_SHOWN, results
from broadsheet.readers.newsletters import tasks
from broadsheet.readers.newsletters.actions import composing, queue, starting
from broadsheet.readers.newsletters.errors import CannotSend
from broadsheet.readers.newsletters.models import Delivery, Letter


class LetterScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One letter."""

    model = Letter
    permission_required = "view"
    template_name = "desk/newsletters/letter.html"
    header_icon = "mail"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.letter = get_object_or_404(Letter.objects.select_related("newsletter"), pk=kwargs["pk"])
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.letter)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": reverse("letters:index"), "label": _("Letters")}, {"url": "", "label": str(self.letter)}]
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = self.letter
        doubtful = letter.deliveries.filter(state=Delivery.State.IN_DOUBT).select_related("subscriber")
        context: dict[str, Any] = {
            "letter": letter,
            "text": preview.shown(letter).text,
            "may_send": self.request.user.has_perm("newsletters.change_letter"),
            "time_form": TimeForm(initial={"due_at": letter.due_at}),
        }
        if letter.is_open:
            context["recipients"] = starting.recipients(letter.newsletter).count()
        if letter.is_out:
            context["results"] = results([letter])[letter.pk]
            context["doubtful"] = doubtful.order_by("pk")[:DOUBT_SHOWN]
            context["links"] = letter.links.all()
        return {**super().get_context_data(**kwargs), **context}


class ComposeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A new letter: choose the list, and the rules make a draft."""

    model = Letter
    permission_required = "change"
    template_name = "desk/newsletters/compose.html"
    page_title = "New letter"
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": reverse("letters:index"), "label": _("Letters")}, {"url": "", "label": _("New letter")}]
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": ComposeForm(), **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ComposeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        letter, _new = composing.compose(form.cleaned_data["newsletter"])
        return redirect("letters:show", letter.pk)


class LetterAct(PermissionCheckedMixin, View):
    """Something that is done with a letter by a button."""

    model = Letter
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = get_object_or_404(Letter.objects.select_related("newsletter"), pk=pk)
        try:
            self.act(request, letter)
        except CannotSend as error:
            messages.error(request, str(error))
        return redirect("letters:show", pk)

    def act(self, request: HttpRequest, letter: Letter) -> None:
        """Do it, and say so."""
        raise NotImplementedError


class SendNow(LetterAct):
    """Begin at once."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        count = starting.start(letter)
        tasks.keep_time.using(priority=tasks.SOON).enqueue()
        messages.success(request, _("It is on its way to %(count)s.") % {"count": count})


class SendAt(LetterAct):
    """Have it go at a time."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        form = TimeForm(request.POST)
        if not form.is_valid():
            raise CannotSend(" ".join(str(error) for errors in form.errors.values() for error in errors))
        rows = Letter.objects.filter(pk=letter.pk, state__in=Letter.OPEN)
        if not rows.update(state=Letter.State.SCHEDULED, due_at=form.cleaned_data["due_at"], note=""):
            raise CannotSend(_("It is out already."))
        at = timezone.localtime(form.cleaned_data["due_at"])
        messages.success(request, _("It goes on %(at)s.") % {"at": f"{at:%d %b, %H:%M}"})


class Hold(LetterAct):
    """Have it wait for an editor."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        Letter.objects.filter(pk=letter.pk, state=Letter.State.SCHEDULED).update(state=Letter.State.DRAFT)
        messages.success(request, _("It waits until you send it."))


class Cancel(LetterAct):
    """Have it never go."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        if not Letter.objects.filter(pk=letter.pk, state__in=Letter.OPEN).update(state=Letter.State.CANCELLED):
            raise CannotSend(_("It is out already: what is sent cannot be called back."))
        messages.success(request, _("It is cancelled."))


class TestMail(LetterAct):
    """Mail it to the editor alone."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        address = getattr(request.user, "email", "")
        if not address:
            raise CannotSend(_("Your account has no e-mail address: add one under Account."))
        found = preview.shown(letter)
        message = EmailMultiAlternatives(f"[Test] {found.subject}", found.text, None, [address])
        message.attach_alternative(found.html, "text/html")
        message.send()
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": address})


class Decide(LetterAct):
    """What becomes of the deliveries in doubt."""

    def act(self, request: HttpRequest, letter: Letter) -> None:
        doubtful = letter.deliveries.filter(state=Delivery.State.IN_DOUBT)
        if "one" in request.POST:
            one = request.POST["one"]
            doubtful = doubtful.filter(pk=int(one) if one.isdecimal() and len(one) < 19 else 0)
        if request.POST.get("decision") == "again":
            count = queue.send_again(doubtful)
            tasks.keep_time.using(priority=tasks.SOON).enqueue()
            messages.success(request, _("%(count)s are sent once more.") % {"count": count})
        else:
            messages.success(request, _("%(count)s are taken for sent.") % {"count": queue.leave_be(doubtful)})
