"""The groups a newsroom starts with. Wagtail's own Moderators and Editors are left alone."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

REPORTERS = "Reporters"
MODERATORS = "Comment moderators"
NEWS_EDITORS = "News editors"
"""Not “Editors”: Wagtail has a group of that name, which may not publish."""

PAGE_ACTIONS = {
    REPORTERS: ("add", "change"),
    NEWS_EDITORS: ("add", "change", "publish", "lock", "unlock"),
}
LIBRARY = {
    REPORTERS: (
        "wagtailimages.add_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.choose_document",
    ),
    NEWS_EDITORS: (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ),
}
TALK = (
    *(f"comments.{action}_comment" for action in ("change", "view")),
    *(f"comments.{action}_ban" for action in ("add", "change", "delete", "view")),
)
MODELS = {
    MODERATORS: ("wagtailadmin.access_admin", *TALK),
    REPORTERS: ("wagtailadmin.access_admin", "newsroom.view_person", "newsroom.view_topic", "reading.view_tally"),
    NEWS_EDITORS: (
        "wagtailadmin.access_admin",
        *(f"newsroom.{action}_{name}" for name in ("person", "topic") for action in ("add", "change", "view")),
        *(f"wire.{action}_item" for action in ("change", "view")),
        "reading.view_tally",
        "reading.change_hotpin",
        *(f"contact.{action}_message" for action in ("change", "view")),
        *TALK,
        *(f"newsletters.{action}_letter" for action in ("add", "change", "view")),
        *(f"newsletters.{action}_newsletter" for action in ("add", "change", "view")),
        *(
            f"wire.{action}_{name}"
            for name in ("source", "filingrule")
            for action in ("add", "change", "delete", "view")
        ),
    ),
}


@transaction.atomic
def make_roles() -> list[Group]:
    """Make the groups that are not there yet; one that is stays as the publisher has arranged it.

    Returns:
        The groups that are new.
    """
    root, library = Page.objects.filter(depth=1).first(), Collection.get_first_root_node()
    made = []
    for name in (REPORTERS, NEWS_EDITORS, MODERATORS):
        group, new = Group.objects.get_or_create(name=name)
        if not new:
            continue
        made.append(group)
        group.permissions.set(_permission(path) for path in MODELS[name])
        if root is not None:
            for action in PAGE_ACTIONS.get(name, ()):
                GroupPagePermission.objects.create(group=group, page=root, permission_type=action)
        for path in LIBRARY.get(name, ()) if library is not None else ():
            GroupCollectionPermission.objects.create(group=group, collection=library, permission=_permission(path))
    return made


def permissions() -> frozenset[str]:
    """The permissions that there are, as in MODELS; none before the first migration."""
    if Permission._meta.db_table not in connection.introspection.table_names():
        return frozenset()
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    return frozenset(f"{app}.{codename}" for app, codename in rows)


@transaction.atomic
def extend_roles(before: frozenset[str]) -> None:
    """Give the groups what a newer version brought; what the publisher has taken from one stays taken.

    Args:
        before: the permissions that there were before it.
    """
    new = permissions() - before
    for group in Group.objects.filter(name__in=MODELS):
        group.permissions.add(*map(_permission, sorted(new.intersection(MODELS[group.name]))))


def _permission(path: str) -> Permission:
    app, codename = path.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
