"""One key of a JSON field, set by the database itself."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, JSONField
from django.db.models.sql.compiler import SQLCompiler


class JSONSet(Func):
    """`field` with `key` set to `value`, as one expression for `update()`: two writers of different keys
    never lose each other's value, and no transaction is needed. SQLite and PostgreSQL."""

    output_field = JSONField()

    def __init__(self, field: str, key: str, value: object) -> None:
        super().__init__(F(field))
        self.key = key
        self.value = json.dumps(value)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, Any]:
        """SQL for SQLite."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"JSON_SET({sql}, %s, JSON(%s))", [*params, f'$."{self.key}"', self.value]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, Any]:
        """SQL for PostgreSQL."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"JSONB_SET({sql}, ARRAY[%s]::text[], %s::jsonb)", [*params, self.key, self.value]
