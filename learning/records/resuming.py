"""An answer that arrived after the session had ended waits in the new, still anonymous session until its
owner has signed in. It is shown again, not stored: storing is up to the learner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from cms.accounts.models import User
from learning.records.forms import AnswerForm
from learning.records.models import Attempt

P = ParamSpec("P")
_KEY = "pending_answer"


class LearnerRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


@dataclass(frozen=True)
class Pending:
    """An answer that isn't stored yet."""

    question: str
    chosen: list[str]


def learner(
    view: Callable[Concatenate[LearnerRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for who is signed in, never kept by a cache. Anybody else signs in first and then comes back
    to this address; what a form sent meanwhile isn't lost."""

    @wraps(view)
    def signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            response = view(cast("LearnerRequest", request), *args, **kwargs)
        else:
            keep_answer(request)
            response = redirect_to_login(request.get_full_path())
        add_never_cache_headers(response)
        return response

    return signed_in


def keep_answer(request: HttpRequest) -> None:
    """Keeps an answer that a signed-out browser sent; anything else is left alone."""
    form = AnswerForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid() or not form.cleaned_data["chosen"]:
        return
    request.session[_KEY] = {
        "attempt": str(form.cleaned_data["attempt"]),
        "question": str(form.cleaned_data["question"]),
        "chosen": [str(option) for option in form.cleaned_data["chosen"]][:50],
    }


def kept_answer(request: HttpRequest, attempt: Attempt) -> Pending | None:
    """The kept answer when it is of this attempt, once: it is forgotten now, whoever's it was."""
    kept = request.session.pop(_KEY, None)
    if not kept or kept["attempt"] != str(attempt.pk):
        return None
    return Pending(kept["question"], kept["chosen"])
