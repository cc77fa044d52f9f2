"""What somebody was asked to take. Assignments belong to a room above this one, which registers a
provider at start-up; "Mijn" then shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.accounts.models import User


@dataclass(frozen=True)
class AssignedModule:
    """One module that somebody was asked to take. `due_on` is a date in Amsterdam."""

    module_id: int
    organisation: str
    due_on: date | None = None


Provider = Callable[["User", str], list[AssignedModule]]

_providers: list[Provider] = []


def register_provider(fn: Provider) -> None:
    """Adds a provider: it gets the user and the language, and answers in one query. Called in
    `AppConfig.ready`; the same one twice counts once."""
    if fn not in _providers:
        _providers.append(fn)


def assigned_to(user: "User", language: str) -> list[AssignedModule]:
    """Everything that any provider says this person was asked to take, first the earliest deadline."""
    found = [item for provider in _providers for item in provider(user, language)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max, item.module_id))
