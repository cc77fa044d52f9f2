"""Wagtail's search index, each text by the rules of its own language where the database knows them (PostgreSQL)."""

from copy import copy
from itertools import groupby
from typing import Any

from django.db import connection
from modelsearch.backends import database

#: PostgreSQL's rules of a language; one it doesn't know is searched by whole words and their beginnings.
CONFIGS = {
    "nl": "dutch",
    "en": "english",
    "de": "german",
    "es": "spanish",
    "lt": "lithuanian",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}
PLAIN = "simple"


def config_of(language: str | None) -> str:
    """The name of PostgreSQL's rules for this language; documents, which have none, are taken for Dutch."""
    return CONFIGS.get(language or "nl", PLAIN)


def _language(item: Any) -> str:
    locale = getattr(item, "locale", None)
    return locale.language_code if locale else ""


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  the name that Wagtail looks for
    """The database's own backend; on PostgreSQL with an index that asks each page for its language."""
    backend = database.SearchBackend(params)
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresIndex  # noqa: PLC0415  PostgreSQL only

        class Index(PostgresIndex):
            def add_items(self, model: Any, objs: Any) -> None:
                """Adds the objects, those of a language together."""
                for language, group in groupby(sorted(objs, key=_language), key=_language):
                    index = PostgresIndex(copy(self.backend))
                    index.backend.config = config_of(language or None)
                    index.add_items(model, list(group))

        backend.index_class = Index
    return backend
