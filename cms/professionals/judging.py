"""What an area's editor does with a request. Each act is one conditional update: of a double click, or of two
editors at once, one decides and the other is told so."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts import audit
from cms.accounts.models import User
from cms.professionals import mails, working_days
from cms.professionals.models import Access, AccountRequest, Question, State
from cms.professionals.models.requests import OPEN


class Decided(Exception):
    """The request was decided, withdrawn or asked about before."""


def longest(at: datetime) -> date:
    """The last day until which access can be given now: twelve months."""
    return working_days.a_year_after(timezone.localdate(at))


@transaction.atomic
def approve(request: AccountRequest, until: date, editor: User, at: datetime) -> Access:
    """Gives access until this day, and tells the person how to get in. An account is made for an address that
    has none. One that was there already is not touched: its owner opens the access (`access.open_approval`).

    Raises `Decided`, and `ValueError` for a day in the past or more than twelve months away.
    """
    if not timezone.localdate(at) <= until <= longest(at):
        raise ValueError("until")
    _decide(request, State.APPROVED, editor, at)
    former = request.renews
    user = former.user if former is not None and former.user_id else _new_account(request)
    if user is not None:
        supersede(user, request, at)
    access = Access.objects.create(
        request=request, area=request.area, user=user, until=until, created_at=at, opened_at=at if former else None
    )
    audit.record("account_request.approved", request, editor, days=(until - timezone.localdate(at)).days)
    mails.tell("approved", request, until=until)
    return access


def supersede(user: User, request: AccountRequest, at: datetime) -> None:
    """Ends what this user has in the area of the request, since it goes on under a new decision."""
    Access.objects.filter(user=user, area=request.area, ended_at__isnull=True).update(
        ended_at=at, ended_why=Access.Why.RENEWED
    )


def _new_account(request: AccountRequest) -> User | None:
    """An account without a password for an address that has none; the address was confirmed. None where there
    is one, also when it was made this very moment."""
    if User.objects.filter(email=request.email).exists():
        return None
    try:
        with transaction.atomic():
            return User.objects.create_user(
                request.email,
                first_name=request.first_name,
                last_name=request.last_name,
                language=request.language,
                email_confirmed_at=request.confirmed_at,
            )
    except IntegrityError:
        return None


@transaction.atomic
def refuse(request: AccountRequest, reason: str, editor: User, at: datetime) -> None:
    """Refuses, with a reason that the person reads. Raises `Decided`."""
    _decide(request, State.REFUSED, editor, at, reason=reason)
    audit.record("account_request.refused", request, editor)
    mails.tell("refused", request, reason=reason)


@transaction.atomic
def ask(request: AccountRequest, text: str, editor: User, at: datetime) -> Question:
    """Asks the person something; the request waits for the answer. Raises `Decided` when it isn't waiting for
    an editor."""
    moved = AccountRequest.objects.filter(pk=request.pk, state=State.WAITING).update(state=State.QUESTION)
    if not moved:
        raise Decided
    question = Question.objects.create(request=request, text=text, asked_at=at)
    audit.record("account_request.asked", request, editor)
    mails.tell("question", request, question=text)
    return question


def _decide(request: AccountRequest, state: State, editor: User, at: datetime, reason: str = "") -> None:
    moved = AccountRequest.objects.filter(pk=request.pk, state__in=OPEN).update(
        state=state, decided_at=at, decided_by=editor, reason=reason
    )
    if not moved:
        raise Decided
    request.refresh_from_db()
