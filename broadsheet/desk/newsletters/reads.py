"""What the desk shows of letters and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.models import ListKind, Person, Section, Topic
from broadsheet.readers.newsletters.models import Delivery, Letter, Newsletter

State = Delivery.State
DOUBT_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Results:
    """What became of a letter's deliveries."""

    total: int = 0
    """To how many it goes."""
    counts: dict[str, int] = field(default_factory=dict)
    """By state."""
    bounced: int = 0
    """Came back afterwards."""
    clicks: int = 0
    """Of all its links."""

    @property
    def sent(self) -> int:
        """Handed over."""
        return self.counts.get(State.SENT, 0)

    @property
    def waiting(self) -> int:
        """Not handed over yet."""
        return self.counts.get(State.QUEUED, 0) + self.counts.get(State.SENDING, 0)

    @property
    def in_doubt(self) -> int:
        """An editor has to decide."""
        return self.counts.get(State.IN_DOUBT, 0)

    @property
    def failed(self) -> int:
        """Refused by the mail servers."""
        return self.counts.get(State.FAILED, 0)


def results(letters: Iterable[Letter]) -> dict[int, Results]:
    """The results of letters, by id: three queries, however many letters."""
    ids = [letter.pk for letter in letters if letter.is_out]
    counts: dict[int, dict[str, int]] = {}
    rows = Delivery.objects.filter(letter__in=ids).order_by().values("letter", "state")
    for row in rows.annotate(number=Count("pk")):
        counts.setdefault(row["letter"], {})[row["state"]] = row["number"]
    back = Delivery.objects.filter(letter__in=ids, bounced=True).order_by().values_list("letter")
    bounced = dict(back.annotate(number=Count("pk")))
    clicked = Letter.objects.filter(pk__in=ids).order_by().values_list("pk", "links__clicks")
    clicks: dict[int, int] = {}
    for pk, number in clicked:
        clicks[pk] = clicks.get(pk, 0) + (number or 0)
    return {
        pk: Results(
            total=sum(counts.get(pk, {}).values()),
            counts=counts.get(pk, {}),
            bounced=bounced.get(pk, 0),
            clicks=clicks.get(pk, 0),
        )
        for pk in ids
    }


def subscribers_of(newsletters: Iterable[Newsletter]) -> dict[int, int]:
    """How many are on each list."""
    ids = [found.pk for found in newsletters]
    on = Count("subscriptions", filter=Q(subscriptions__active=True))
    return dict(Newsletter.objects.filter(pk__in=ids).order_by().annotate(on=on).values_list("pk", "on"))


def carried_choices() -> list[tuple[str, str]]:
    """What a list can carry, as the form offers it: the paper, sections, authors, topics."""
    found = [(choice(ListKind.SITE, 0), str(_("The whole paper, from the home page")))]
    for kind, model, label in (
        (ListKind.SECTION, Section, _("Section")),
        (ListKind.PERSON, Person, _("Author")),
        (ListKind.TOPIC, Topic, _("Topic")),
    ):
        name = "title" if model is Section else "name"
        rows = model._default_manager.order_by(name).values_list("pk", name)
        found += [(choice(kind, pk), f"{label}: {title}") for pk, title in rows]
    return found


def choice(kind: int, ref: int) -> str:
    """A list of the newsroom as a form's value."""
    return f"{kind}:{ref}"
