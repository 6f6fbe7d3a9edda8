"""Publishing within a source's rights, by every way the admin has."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.desk.actions import publish as verbs
from broadsheet.desk.actions.roles import NEWS_EDITORS
from broadsheet.newsroom.models import Article, HomePage
from broadsheet.press.models import Purge
from tests.desk.factories import make_user
from tests.factories import make_article, make_section, republish

pytestmark = pytest.mark.django_db

EXCERPT = {
    "rights": "excerpt", "source_name": "Coast", "source_url": "https://coast.example/1",
}  # fmt: skip


def form_of(article: Article | None = None, *, words: int = 10, **changes: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    values = {
        "title": article.title if article else "A new report",
        "slug": article.slug if article else "a-new-report",
        "format": "report",
        "rights": "own",
        "pictures_allowed": "on",
        "body": streamfield([("paragraph", rich_text(f"<p>{'word ' * words}</p>"))]),
        "bylines": inline_formset([]),
        "topic_links": inline_formset([]),
        "corrections": inline_formset([]),
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(values)


def edit(client: Client, article: Article, **form: Any) -> Any:
    """Press a button of the editor."""
    return client.post(f"/desk/pages/{article.pk}/edit/", form_of(article, **form))


def fresh(article: Article) -> Article:
    """The article as stored."""
    return Article.objects.get(pk=article.pk)


def draft(world: Any, **values: Any) -> Article:
    """A draft with an excerpt's rights."""
    return make_article(world, publish=False, **{**EXCERPT, **values})


def test_publishing_beyond_the_rights_is_refused_at_the_field(editor: Client, world: Any) -> None:
    article = draft(world)
    answer = edit(editor, article, words=90, **EXCERPT, **{"action-publish": "1"})
    assert answer.status_code == 200
    assert "allows 80 words" in " ".join(answer.context["form"].errors["body"])
    assert not fresh(article).live and fresh(article).revisions.count() == 1
    assert edit(editor, article, words=40, **EXCERPT, **{"action-publish": "1"}).status_code == 302
    assert fresh(article).live


def test_a_licence_and_a_source_are_asked_for(editor: Client, world: Any) -> None:
    article = draft(world)
    errors = edit(editor, article, rights="full_text", **{"action-publish": "1"}).context["form"].errors
    assert set(errors) == {"source_url", "source_licence"}


def test_a_draft_beyond_the_rights_is_saved(editor: Client, world: Any) -> None:
    article = draft(world)
    assert edit(editor, article, words=90, **EXCERPT).status_code == 302
    assert fresh(article).get_latest_revision_as_object().rights_facts().words == 90


def test_a_published_articles_draft_may_go_beyond_but_not_be_published(editor: Client, world: Any) -> None:
    article = make_article(world, **EXCERPT)
    saved = editor.post(
        f"/desk/pages/{article.pk}/edit/",
        form_of(article, words=90, **EXCERPT),
        headers={"Accept": "application/json"},
    )
    assert json.loads(saved.content)["success"]
    assert fresh(article).words == 5
    assert edit(editor, article, words=90, **EXCERPT, **{"action-publish": "1"}).status_code == 200
    assert fresh(article).words == 5


def test_a_new_article_is_held_to_the_rights_too(editor: Client, world: Any) -> None:
    url, pages = f"/desk/pages/add/newsroom/article/{world.pk}/", Page.objects.count()
    answer = editor.post(url, form_of(words=90, **EXCERPT, **{"action-publish": "1"}))
    assert answer.status_code == 200 and "body" in answer.context["form"].errors
    assert Page.objects.count() == pages
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert editor.post(url, form_of(embargo_until=tomorrow)).status_code == 302
    assert not Article.objects.get().live


def test_an_embargo_is_refused_now_and_kept_by_a_schedule(editor: Client, world: Any) -> None:
    article = make_article(world, publish=False)
    until = timezone.now() + timedelta(hours=5)
    stamp = "%Y-%m-%d %H:%M"
    embargo = {"embargo_until": until.strftime(stamp), "action-publish": "1"}
    assert "embargo_until" in edit(editor, article, **embargo).context["form"].errors
    later = (until + timedelta(hours=1)).strftime(stamp)
    assert edit(editor, article, **embargo, go_live_at=later).status_code == 302
    assert not fresh(article).live and fresh(article).approved_schedule
    assert list(verbs.publish_due().failed) == [] and not fresh(article).live


def test_bulk_publishing_publishes_nothing_if_one_may_not(editor: Client, world: Any) -> None:
    fine, bad = make_article(world, publish=False), draft(world, text="word " * 90)
    url = f"/desk/bulk/wagtailcore/page/publish/?id={fine.pk}&id={bad.pk}&next=/desk/articles/"
    answer = editor.post(url)
    assert answer.status_code == 302
    assert not fresh(fine).live and not fresh(bad).live
    assert "allows 80 words" in editor.get("/desk/articles/").content.decode()
    below = editor.post(f"/desk/bulk/wagtailcore/page/publish/?id={world.pk}", {"include_descendants": "on"})
    assert below.status_code == 302 and not fresh(fine).live
    editor.post(f"/desk/bulk/wagtailcore/page/publish/?id={fine.pk}&next=/desk/articles/")
    assert fresh(fine).live


@pytest.fixture
def moderated(paper: Any) -> Any:
    """News editors approve what others submit."""
    editors = make_user(NEWS_EDITORS).groups.get()
    task = GroupApprovalTask.objects.create(name="Read by an editor")
    task.groups.add(Group.objects.get(pk=editors.pk))
    workflow = Workflow.objects.create(name="Editing")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=HomePage.objects.get())
    return workflow


def approve(client: Client, article: Article) -> Any:
    """Approve from the dashboard."""
    state = fresh(article).current_workflow_task_state
    return client.post(f"/desk/pages/workflow/action/{article.pk}/approve/{state.pk}/", {"next": "/desk/"})


def test_submit_approve_publish(reporter: Client, editor: Client, world: Any, moderated: Any) -> None:
    article = draft(world)
    assert edit(reporter, article, **EXCERPT, **{"action-submit": "1"}).status_code == 302
    assert fresh(article).workflow_in_progress
    listed = editor.get("/desk/articles/?state=moderation").context["listed"].rows
    assert [row.article.pk for row in listed] == [article.pk]
    assert approve(reporter, article).status_code in {302, 403} and not fresh(article).live
    assert approve(editor, article).status_code == 302
    assert fresh(article).live


def test_approving_beyond_the_rights_is_refused_with_the_cause(
    reporter: Client, editor: Client, world: Any, moderated: Any
) -> None:
    article = draft(world)
    refused = edit(reporter, article, words=90, **EXCERPT, **{"action-submit": "1"})
    assert "body" in refused.context["form"].errors
    embargo = (timezone.now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    edit(reporter, article, **EXCERPT, embargo_until=embargo, **{"action-submit": "1"})
    assert fresh(article).workflow_in_progress
    assert approve(editor, article).status_code == 302
    assert not fresh(article).live and fresh(article).workflow_in_progress
    assert "Under embargo" in editor.get("/desk/").content.decode()
    form = {"action-workflow-action": "1", "workflow-action-name": "approve", "embargo_until": embargo}
    assert "embargo_until" in edit(editor, article, **EXCERPT, **form).context["form"].errors


def test_reporters_cannot_publish(reporter: Client, world: Any) -> None:
    article = make_article(world, publish=False)
    edit(reporter, article, **{"action-publish": "1"})
    assert not fresh(article).live
    assert reporter.post(f"/desk/pages/{make_article(world).pk}/unpublish/").status_code in {302, 403}
    assert Article.objects.filter(live=True).count() == 1


def test_drafts_and_autosave_never_touch_what_readers_see(editor: Client, world: Any) -> None:
    article = make_article(world, title="As published")
    before, records = fresh(article), Purge.objects.count()
    url = f"/desk/pages/{article.pk}/edit/"
    answer = editor.post(url, form_of(article, title="A draft"), headers={"Accept": "application/json"}).json()
    again = {"title": "A later draft", "overwrite_revision_id": answer["revision_id"]}
    assert editor.post(url, form_of(article, **again), headers={"Accept": "application/json"}).json()["success"]
    assert Purge.objects.count() == records
    after = fresh(article)
    assert (after.title, after.draft_title, after.updated_at) == ("As published", "A later draft", before.updated_at)
    assert "As published" in Client().get(article.url).content.decode()


def test_an_autosave_never_overwrites_somebody_elses_version(editor: Client, world: Any) -> None:
    article = make_article(world)
    seen = article.latest_revision
    form = form_of(
        article, loaded_revision_id=seen.pk, loaded_revision_created_at=seen.created_at.isoformat(), title="Mine"
    )
    republish(article, title="Theirs")
    answer = editor.post(f"/desk/pages/{article.pk}/edit/", form, headers={"Accept": "application/json"})
    assert answer.json()["error_code"] == "invalid_revision"
    assert fresh(article).draft_title == "Theirs"


def test_after_publishing_the_editor_is_led_to_the_list(editor: Client, world: Any) -> None:
    article = make_article(world, publish=False)
    assert edit(editor, article, **{"action-publish": "1"}).headers["Location"] == "/desk/articles/"


def test_an_article_is_not_moved_by_the_sections_it_may_not_stand_in(editor: Client, world: Any) -> None:
    assert editor.get(f"/desk/pages/add/newsroom/article/{HomePage.objects.get().pk}/").status_code in {302, 403}
    assert editor.get(f"/desk/pages/add/newsroom/article/{make_section(world).pk}/").status_code == 200
