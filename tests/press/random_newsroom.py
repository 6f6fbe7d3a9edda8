"""A random newsroom and random changes to it, for asking whether the press follows each of them exactly."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page, Site

from broadsheet.newsroom import actions
from broadsheet.newsroom.models import (
    Article,
    Byline,
    Correction,
    HomePage,
    Paper,
    Person,
    Picture,
    RelatedLink,
    Section,
    TextPage,
    Topic,
    TopicLink,
)  # fmt: skip
from tests.factories import make_article, make_person, make_picture, make_section, make_topic

FEWEST, MOST = 3, 9


class RandomNewsroom:
    """A paper of a dozen articles or fewer in nested sections, and somebody who changes anything in it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.start = timezone.now().replace(microsecond=0) - timedelta(days=1)
        self.numbers = iter(range(10**9))
        self.size = self.dice.randint(FEWEST, MOST)

    def build(self) -> None:
        """Sections two levels deep, authors, topics, pictures, articles, a text page."""
        cache.clear()  # pictures' files of an earlier newsroom, whose numbers come again after a rollback
        world = make_section(title="World", slug="world")
        make_section(parent=world, title="Local", slug="local")
        make_section(title="Sport", slug="sport")
        make_section(title="Hidden", slug="hidden", show_in_menus=False)
        for name in ("ann", "ben", "cy"):
            make_person(name.title(), slug=name, portrait=make_picture() if name == "ann" else None)
        for name in ("trade", "tennis", "towns"):
            make_topic(name.title(), slug=name)
        for _ in range(2):
            make_picture()
        home = HomePage.objects.get()
        home.add_child(instance=TextPage(title="About", slug="about", body="<p>About us.</p>"))
        for _ in range(self.size):
            self.publish_new()

    def change(self) -> str:
        """Change something; returns what."""
        act: Callable[[], object] = self.dice.choice(self.acts())
        act()
        return act.__name__

    def acts(self) -> list[Callable[[], object]]:
        """Everything that can be changed."""
        return [
            self.publish_new, self.edit_title, self.edit_body, self.edit_standfirst, self.edit_label, self.edit_people,
            self.flag_breaking,
            self.edit_topics, self.edit_lead, self.withdraw, self.publish_again, self.re_date, self.move_article,
            self.delete_article, self.draft, self.correct, self.relate, self.link, self.rename_author,
            self.change_bio, self.new_author, self.rename_topic, self.describe_topic, self.merge_topics,
            self.rename_section, self.introduce_section, self.move_section, self.readdress_section, self.hide_section,
            self.order_sections, self.curate_front, self.describe_picture, self.focus_picture, self.credit_picture,
            self.change_tagline, self.change_small_print, self.edit_text_page, self.readdress_article,
        ]  # fmt: skip

    # articles

    def publish_new(self) -> None:
        if Article.objects.count() > self.size + 3:
            self.delete_article()
        make_article(
            self.section(),
            at=self.moment(),
            title=f"Report {next(self.numbers)}",
            standfirst=f"What was said {next(self.numbers)}.",
            authors=self.some(Person, 2),
            topics=self.some(Topic, 2),
            lead_picture=self.dice.choice([None, *Picture.objects.all()]),
            format=self.dice.choice(["report", "opinion", "live"]),
            text="Words. " * self.dice.randrange(5, 300),
        )

    def edit_title(self) -> None:
        self.edited(title=f"Retitled {next(self.numbers)}")

    def edit_body(self) -> None:
        text = "More words. " * self.dice.randrange(5, 300)
        block = Article._meta.get_field("body").stream_block
        self.edited(body=block.to_python([{"type": "paragraph", "value": f"<p>{text}</p>"}]))

    def edit_standfirst(self) -> None:
        self.edited(standfirst=f"Said anew {next(self.numbers)}.", minor_change=self.dice.random() < 0.5)

    def edit_label(self) -> None:
        self.edited(label=self.dice.choice(["", "Focus", "Analysis"]))

    def flag_breaking(self) -> None:
        self.edited(breaking=self.dice.choice([True, False]))

    def edit_people(self) -> None:
        self.edited(bylines=[Byline(person=person) for person in self.some(Person, 2)])

    def edit_topics(self) -> None:
        self.edited(topic_links=[TopicLink(topic=topic) for topic in self.some(Topic, 2)])

    def edit_lead(self) -> None:
        self.edited(lead_picture=self.dice.choice([None, *Picture.objects.all()]), lead_caption="A caption")

    def readdress_article(self) -> None:
        self.edited(slug=f"report-{next(self.numbers)}")

    def re_date(self) -> None:
        self.edited(published_at=self.moment())

    def correct(self) -> None:
        article = self.article()
        self.edited(article, corrections=[*article.corrections.all(), Correction(text="<p>It was Tuesday.</p>")])

    def relate(self) -> None:
        article, other = self.article(), self.article()
        self.edited(article, related_links=[RelatedLink(related=other)] if other != article else [])

    def link(self) -> None:
        other = self.article()
        value = f'<p>See <a linktype="page" id="{other.pk}">there</a>.</p>'
        blocks = [{"type": "paragraph", "value": value}]
        blocks += [{"type": "related", "value": {"article": other.pk, "url": "", "title": ""}}]
        self.edited(body=Article._meta.get_field("body").stream_block.to_python(blocks))

    def withdraw(self) -> None:
        article = self.article()
        if article.live and Article.objects.filter(live=True).count() > 4:
            article.unpublish()

    def publish_again(self) -> None:
        for article in Article.objects.filter(live=False)[:1]:
            article.save_revision().publish()

    def draft(self) -> None:
        article = self.article()
        article.title = "Only a draft"
        article.save_revision()

    def move_article(self) -> None:
        self.article().move(self.section(), pos="last-child")

    def delete_article(self) -> None:
        if Article.objects.count() > 6:
            self.article().delete()

    # people, topics, pictures

    def rename_author(self) -> None:
        self.saved(self.one(Person), name=f"Name {next(self.numbers)}")

    def change_bio(self) -> None:
        self.saved(self.one(Person), short_bio=f"Writes {next(self.numbers)}", bio="<p>Long.</p>")

    def new_author(self) -> None:
        if Person.objects.count() > 4:
            self.one(Person).delete()
        else:
            make_person()

    def rename_topic(self) -> None:
        self.saved(self.one(Topic), name=f"Renamed topic {next(self.numbers)}")

    def describe_topic(self) -> None:
        self.saved(self.one(Topic), description=f"About {next(self.numbers)}")

    def merge_topics(self) -> None:
        kept, gone = self.dice.sample(list(Topic.objects.all()), 2)
        actions.merge_topics(kept, gone)
        make_topic()

    def describe_picture(self) -> None:
        self.saved(self.one(Picture), description=f"It shows {next(self.numbers)}")

    def focus_picture(self) -> None:
        self.saved(self.one(Picture), focal_point_x=self.dice.randrange(10, 290), focal_point_y=100,
                   focal_point_width=10, focal_point_height=10)  # fmt: skip

    def credit_picture(self) -> None:
        self.saved(self.one(Picture), credit=f"Photographer {next(self.numbers)}")

    # sections, fronts, the paper

    def rename_section(self) -> None:
        self.published(self.section(), title=f"Section {next(self.numbers)}")

    def introduce_section(self) -> None:
        self.published(self.section(), intro=f"All about it {next(self.numbers)}")

    def readdress_section(self) -> None:
        self.published(self.section(), slug=f"section-{next(self.numbers)}")

    def hide_section(self) -> None:
        section = self.section()
        self.published(section, show_in_menus=not section.show_in_menus)

    def move_section(self) -> None:
        section, target = self.section(), self.dice.choice([*Section.objects.all(), HomePage.objects.get()])
        if not target.path.startswith(section.path) and section.can_move_to(target) and target.depth < 4:
            section.move(Page.objects.get(pk=target.pk).specific, pos="last-child")

    def order_sections(self) -> None:
        top = list(Section.objects.filter(depth=3))
        if len(top) > 1:
            first, second = self.dice.sample(top, 2)
            first.move(Section.objects.get(pk=second.pk), pos="left")

    def curate_front(self) -> None:
        front = self.dice.choice([HomePage.objects.get(), *Section.objects.all()])
        slots = [{"article": self.article().pk, "headline": self.dice.choice(["", "For the front"])} for _ in range(2)]
        slots = [{**slot, "pin": None, "until": None} for slot in slots]
        value = {"title": "Chosen", "layout": self.dice.choice(["cols", "list", "opinion"]), "palette": "",
                 "count": self.dice.randrange(2, 5), "section": self.section().pk, "topic": None, "slots": slots,
                 "fill": self.dice.random() < 0.7}  # fmt: skip
        stream = type(front)._meta.get_field("containers").stream_block
        chosen = self.dice.choice([[], [{"type": "container", "value": value}]])
        self.published(front, containers=stream.to_python(chosen))

    def change_tagline(self) -> None:
        self.saved(Paper.for_site(Site.objects.get()), tagline=f"All of it {next(self.numbers)}")

    def change_small_print(self) -> None:
        self.saved(Paper.for_site(Site.objects.get()), about=f"Since {next(self.numbers)}")

    def edit_text_page(self) -> None:
        self.published(TextPage.objects.get(), body=f"<p>About us {next(self.numbers)}.</p>")

    # finding and changing

    def edited(self, article: Article | None = None, **values: Any) -> None:
        self.published(article or self.article(), **values)

    def published(self, page: Any, **values: Any) -> None:
        for name, value in values.items():
            setattr(page, name, value)
        revision = page.save_revision()
        if page.live:
            revision.publish()

    def saved(self, instance: Any, **values: Any) -> None:
        for name, value in values.items():
            setattr(instance, name, value)
        instance.save()

    def one(self, model: type[Any]) -> Any:
        return self.dice.choice(list(model.objects.order_by("pk")))

    def some(self, model: type[Any], most: int) -> list[Any]:
        return self.dice.sample(list(model.objects.order_by("pk")), self.dice.randrange(0, most + 1))

    def article(self) -> Article:
        found: Article = self.one(Article)
        return found

    def section(self) -> Section:
        found: Section = self.one(Section)
        return found

    def moment(self) -> datetime:
        return self.start - timedelta(hours=self.dice.randrange(1500))
