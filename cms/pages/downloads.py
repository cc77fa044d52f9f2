"""Which documents a public page may name."""

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction


def restricted_collections() -> list[str]:
    """The tree paths of the collections that not everyone may read. One query."""
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    return [restriction.collection.path for restriction in restrictions]


def for_everyone(stream: Any) -> list[Any]:
    """The values of the blocks whose `document` stands in no restricted collection: what a public page may name.
    A fixed number of queries, however many documents there are."""
    values = [child.value for child in stream if child.value["document"] is not None]
    if not values:
        return []
    closed = restricted_collections()
    collections = dict(Collection.objects.values_list("pk", "path"))
    return [
        value
        for value in values
        if not any(collections[value["document"].collection_id].startswith(path) for path in closed)
    ]
