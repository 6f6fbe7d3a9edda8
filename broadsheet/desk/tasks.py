"""Jobs of the desk."""

from __future__ import annotations

import logging

from django_tasks import task

from broadsheet.desk.actions import file_item, publish
from broadsheet.desk.errors import CannotFile
from broadsheet.desk.models import Filing
from broadsheet.wire.models import Item

logger = logging.getLogger("broadsheet.desk")


@task()
def publish_due() -> dict[str, object]:
    """Publish and withdraw what is scheduled for now."""
    report = publish.publish_due()
    return {"published": report.published, "withdrawn": report.withdrawn, "failed": list(report.failed)}


@task()
def file_by_rule(item_id: int) -> str:
    """File an item as the rules say. One that cannot be filed stays in the queue, with the cause in the log."""
    item = Item.objects.select_related("source").get(pk=item_id)
    try:
        filed = file_item.file_by_rule(item)
    except CannotFile as error:
        logger.warning("%s", error)
        return str(error)
    return filed.article.title if filed else "waits for an editor"


@task()
def add_picture(filing_id: int) -> str:
    """Fetch the picture of a report that was filed with many others."""
    filing = Filing.objects.select_related("item__source", "article").filter(pk=filing_id).first()
    return file_item.add_picture(filing) if filing else "the filing is gone"
