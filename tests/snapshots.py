"""Starter content takes many seconds to make. It is made once per process by the real loaders; after that the
same rows are put back, which takes a moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

#: What the database keeps for itself, and what follows from other tables by triggers.
LEFT_ALONE = ("sqlite_sequence", "django_migrations", "wagtailsearch_indexentry_fts", "modelsearch_indexentry_fts")

Rows = tuple[list[str], list[tuple[Any, ...]]]
_kept: dict[str, dict[str, Rows]] = {}


def loaded(name: str, load: Callable[[], object]) -> None:
    """Fills the database as `load` does. The first time in this process `load` runs; later its rows are put back
    in every table in which it left any. Tables that it leaves empty (people, say) stay as they are."""
    if name in _kept:
        with transaction.atomic():
            _put_back(_kept[name])
    else:
        load()
        _kept[name] = _rows()
    ContentType.objects.clear_cache()


def _tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not name.startswith(LEFT_ALONE)]


def _rows() -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            if rows:
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def _put_back(snapshot: dict[str, Rows]) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in snapshot:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table, (columns, rows) in snapshot.items():
            names = ", ".join(quote(column) for column in columns)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
