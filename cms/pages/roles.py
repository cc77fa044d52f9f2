"""Who may do what in the CMS: groups with their permissions, made once and an administrator's from then on."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True)
class Role:
    """A group. `pages`: what it may do with every page; `files`: with images and documents; `rooms`: the
    rooms (app labels) whose snippets and plans it edits; `models`: single models besides."""

    name: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    models: tuple[str, ...] = field(default=())


ROLES = (
    Role(
        "Redacteuren",
        pages=("add", "change", "publish"),
        files=("add", "change", "choose"),
        rooms=("reporting",),
        models=("modules.module", "wagtail_localize.translation"),
    ),
    Role(
        "Communicatoren",
        pages=("add", "change", "publish"),
        files=("add", "change", "choose"),
        rooms=("plans", "publishing"),
        models=("wagtail_localize.translation",),
    ),
    Role("Beoordelaars", pages=("change", "publish"), files=("choose",)),
)
_ACTIONS = ("add", "change", "delete", "publish", "view", "release", "submit")


@transaction.atomic
def load() -> None:
    """Makes the groups that don't exist yet, with the permissions that this installation knows. A group
    that exists is left as it is."""
    for role in ROLES:
        group, created = Group.objects.get_or_create(name=role.name)
        if created:
            _grant(group, role)


def _grant(group: Group, role: Role) -> None:
    access = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    own = Q(content_type__app_label__in=role.rooms)
    for label in role.models:
        app, model = label.split(".")
        own |= Q(content_type__app_label=app, content_type__model=model)
    # Pages are governed by the tree below, not by their models.
    pages = Q(codename__endswith="page")
    group.permissions.add(*Permission.objects.filter(access | (own & ~pages & _acts())))

    root = Page.get_first_root_node()
    for action in role.pages:
        GroupPagePermission.objects.create(group=group, page=root, permission_type=action)
    collection = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__in=[f"{action}_{model}" for action in role.files for model in ("image", "document")],
    ):
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)


def _acts() -> Q:
    """Permissions to act on what a room keeps, without the rows behind it."""
    query = Q()
    for action in _ACTIONS:
        query |= Q(codename__startswith=f"{action}_")
    return query
