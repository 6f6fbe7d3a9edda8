"""What letters carry, and when they are made: each occasion once, no article twice."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from broadsheet.newsroom.models import Article, HomePage
from broadsheet.readers.newsletters import rendering, signal_handlers, tasks
from broadsheet.readers.newsletters.actions import composing, scheduling, starting
from broadsheet.readers.newsletters.errors import CannotSend
from broadsheet.readers.newsletters.models import Delivery, Letter, LetterItem, Newsletter
from tests.factories import make_article, make_picture, make_section
from tests.readers.newsletters.factories import make_newsletter, make_subscriber

pytestmark = pytest.mark.django_db
DAILY, WEEKLY, AT_ONCE = Newsletter.Rhythm.DAILY, Newsletter.Rhythm.WEEKLY, Newsletter.Rhythm.AT_ONCE


def titles(letter: Letter) -> list[str]:
    return [item.article.title for item in letter.items.all()]


def curate(section, *articles) -> None:
    slots = [{"article": article.pk} for article in articles]
    value = {"title": "", "layout": "lead", "palette": "", "section": None, "count": len(slots), "fill": False}
    stream = type(section)._meta.get_field("containers").stream_block
    section.containers = stream.to_python([{"type": "container", "value": {**value, "slots": slots}}])
    section.save_revision().publish()


def aged(newsletter: Newsletter) -> None:
    """As if it had always been timed like this."""
    Newsletter.objects.filter(pk=newsletter.pk).update(timed_since=datetime(2020, 1, 1, tzinfo=UTC))


def test_the_front_first_then_the_newest_and_nothing_twice(morning, section):
    old, first, second = (make_article(section, title=title) for title in ("Old", "First", "Second"))
    elsewhere = make_article(make_section(), title="Elsewhere")
    curate(HomePage.objects.get(), old)
    letter, _ = composing.compose(morning)
    assert titles(letter) == ["Old", "Elsewhere", "Second", "First"]
    assert (letter.subject, letter.preheader) == ("Old", "Elsewhere; Second")
    starting.start(letter)
    make_article(section, title="New")
    assert titles(composing.compose(morning)[0]) == ["New"]
    own = make_newsletter(section, length=2)
    assert titles(composing.compose(own)[0]) == ["New", "Second"]
    assert elsewhere and first and second


def test_two_letters_ready_with_the_same_article_bring_it_once(morning, section):
    make_article(section, title="Only")
    one, two = composing.compose(morning)[0], composing.compose(morning)[0]
    starting.start(one)
    with pytest.raises(CannotSend, match="nothing in this letter"):
        starting.start(two)
    assert LetterItem.objects.filter(letter__state__in=Letter.OUT).count() == 1


def test_an_editors_words_stay(morning, section):
    article = make_article(section, title="Ferry")
    letter, _ = composing.compose(morning)
    letter.subject, letter.edited_at = "Good morning", timezone.now()
    letter.save()
    LetterItem.objects.filter(letter=letter).update(headline="The ferry, at last")
    composing.fill(letter, [article.pk])
    letter.refresh_from_db()
    assert letter.subject == "Good morning"


def test_seven_oclock_comes_once_for_two_schedulers(morning, section):
    make_subscriber(morning)
    make_article(section, title="Ferry")
    aged(morning)
    early = datetime(2026, 7, 15, 5, 30, tzinfo=UTC)  # 06:30 in London
    assert [len(scheduling.compose_due(early)) for _ in range(2)] == [1, 0]
    letter = Letter.objects.get()
    assert (letter.slot, letter.state, letter.due_at.hour) == ("2026-07-15", Letter.State.SCHEDULED, 6)
    assert starting.start_due(early) == []
    seven = early + timedelta(minutes=30)
    assert [len(starting.start_due(seven)) for _ in range(2)] == [1, 0]
    back = seven - timedelta(hours=1)  # somebody sets the clock back, and it comes to seven again
    for moment in (back, seven, seven + timedelta(hours=1)):
        scheduling.compose_due(moment)
        starting.start_due(moment)
    assert Letter.objects.count() == 1 and Delivery.objects.count() == 1


def test_what_was_published_after_it_was_composed_is_in_it(morning, section):
    make_subscriber(morning)
    make_article(section, title="Early")
    aged(morning)
    composing.compose(morning, slot="x", due_at=timezone.now(), state=Letter.State.SCHEDULED)
    make_article(section, title="Late")
    starting.start_due()
    assert titles(Letter.objects.get()) == ["Late", "Early"]


def test_a_letter_that_is_hours_late_waits_for_an_editor(morning, section):
    make_article(section)
    due = timezone.now() - timedelta(hours=7)
    letter, _ = composing.compose(morning, slot="x", due_at=due, state=Letter.State.SCHEDULED)
    assert starting.start_due() == []
    letter.refresh_from_db()
    assert letter.state == Letter.State.DRAFT and "when nothing ran" in letter.note


def test_a_letter_that_fails_keeps_no_other_waiting(morning, section, monkeypatch):
    other = make_newsletter(section)
    for newsletter in (morning, other):
        make_subscriber(newsletter)
        composing.compose(newsletter, slot="x", due_at=timezone.now(), state=Letter.State.SCHEDULED)
    make_article(section, title="Ferry")
    render = rendering.render

    def fails(letter, **options):
        if letter.newsletter == morning:
            raise ValueError("the template is broken")
        return render(letter, **options)

    monkeypatch.setattr(rendering, "render", fails)
    assert [letter.newsletter for letter in starting.start_due()] == [other]
    assert "the template is broken" in Letter.objects.get(newsletter=morning).note
    monkeypatch.setattr(rendering, "render", render)
    assert [letter.newsletter for letter in starting.start_due()] == [morning]


def test_nothing_new_is_said_and_sends_nothing(morning):
    make_subscriber(morning)
    aged(morning)
    composing.compose(morning, slot="x", due_at=timezone.now(), state=Letter.State.SCHEDULED)
    assert starting.start_due() == []
    assert Letter.objects.get().state == Letter.State.EMPTY and "nothing in this letter" in Letter.objects.get().note


def test_no_subscribers_no_letters_and_a_new_timing_makes_up_for_nothing(morning, section):
    make_article(section)
    now = datetime(2026, 7, 15, 6, 30, tzinfo=UTC)
    aged(morning)
    assert scheduling.compose_due(now) == []
    make_subscriber(morning)
    morning.refresh_from_db()
    morning.at = time(7, 5)
    morning.save()  # its timing counts from now on, which is later than that morning
    assert scheduling.compose_due(now) == []
    aged(morning)
    assert len(scheduling.compose_due(now)) == 1


def test_weekly_and_those_an_editor_sends(morning, section):
    weekly = make_newsletter(rhythm=WEEKLY, weekday=2, sends_itself=False)
    make_subscriber(weekly)
    make_article(section)
    aged(weekly)
    assert scheduling.compose_due(datetime(2026, 7, 14, 6, 30, tzinfo=UTC)) == []
    (letter,) = scheduling.compose_due(datetime(2026, 7, 15, 6, 30, tzinfo=UTC))  # a Wednesday
    assert (letter.newsletter, letter.state) == (weekly, Letter.State.DRAFT)
    assert starting.start_due(timezone.now() + timedelta(days=365)) == []


def test_breaking_news_goes_at_once_and_once(section, django_capture_on_commit_callbacks):
    breaking = make_newsletter(section, rhythm=AT_ONCE, slug="breaking")
    make_subscriber(breaking)

    def published(act) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            act()
        ours = [call for call in callbacks if getattr(call, "func", None) is signal_handlers._announce]
        assert len(ours) == 1
        ours[0]()

    published(lambda: make_article(section, title="Gas leak"))
    assert [message.subject for message in mail.outbox] == ["Gas leak"]
    article = LetterItem.objects.get().article
    published(lambda: article.save_revision().publish())
    published(lambda: make_article(section, title="An old one", at=timezone.now() - timedelta(days=3)))
    published(lambda: make_article(make_section(), title="Elsewhere"))
    tasks.announce.call(article.pk)
    assert len(mail.outbox) == Letter.objects.count() == 1


def test_breaking_news_of_the_whole_paper_goes_at_once_and_other_news_does_not(section):
    breaking = make_newsletter(rhythm=Newsletter.Rhythm.BREAKING, slug="breaking")
    breaking.full_clean()
    make_subscriber(breaking)
    calm = make_article(section, title="Fair opens")
    assert scheduling.announce(calm) == []
    calm.breaking = True
    calm.save_revision().publish()
    (letter,) = scheduling.announce(Article.objects.get(pk=calm.pk))
    assert (letter.subject, letter.state) == ("Fair opens", Letter.State.SCHEDULED)
    assert scheduling.announce(Article.objects.get(pk=calm.pk)) == []


def test_an_at_once_list_of_the_whole_paper_is_refused():
    from django.core.exceptions import ValidationError

    for wrong in ({"rhythm": AT_ONCE}, {"slug": "leave"}, {"length": 0}):
        with pytest.raises(ValidationError):
            Newsletter(**{"name": "x", "slug": "x", "promise": "y", **wrong}).full_clean()


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</mj-text><mj-raw><script>alert(1)</script></mj-raw>",
        "{{ token }}{% load x %}",
        "]]><svg onload=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "Line\r\nBcc: evil@example.org",
    ],
)
def test_nothing_in_a_headline_runs_or_becomes_a_header(morning, section, vector):
    make_subscriber(morning)
    values = {"title": vector[:250], "standfirst": vector, "label": vector[:40]}
    make_article(section, lead_picture=make_picture(description=vector), **values)
    morning.name = morning.imprint = vector[:80]
    morning.save()
    letter, _ = composing.compose(morning)
    letter.preheader = vector
    letter.save()
    html = rendering.render(letter, counted=False).html
    # Parsed as a browser would: no element or attribute of the vectors has come to be.
    import html5lib

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert tree.find(".//script") is None and tree.find(".//svg") is None
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    starting.start(letter)
    tasks.keep_time.call()
    (message,) = mail.outbox
    assert "\n" not in message.subject and "Bcc" not in message.message() and message.bcc == []
