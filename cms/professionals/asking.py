"""What the person who asks does: ask, confirm the address, answer a question, withdraw, ask to go on."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from cms.accounts import audit, lockout
from cms.accounts.models import User
from cms.pages.models import RegionPage
from cms.professionals import areas, mails, working_days
from cms.professionals.models import Access, AccountRequest, Question, State
from cms.professionals.models.requests import OPEN

#: How long the link works that confirms an address.
VALID_FOR = timedelta(days=7)
#: For an area whose page is gone.
DEFAULT_DAYS = 5


class NotPossible(Exception):
    """It was done or decided before, or its time is over."""


def promised(area: UUID, at: datetime) -> date:
    """The day by which somebody who asks now gets an answer, by the area's term."""
    page = areas.page_of(area, areas.FALLBACK)
    return working_days.after(timezone.localdate(at), page.answer_days if page else DEFAULT_DAYS)


def ask(area: RegionPage, entered: dict[str, Any], address: str, at: datetime) -> AccountRequest:
    """Keeps what was entered and mails a link to confirm the address. Accounts and earlier requests are not
    looked at, so that nothing can be told from the answer. `address` is the asker's address of the network.

    Raises `LockedOut` after three within a quarter of an hour to one address, six a day to one mailbox (whatever
    stands after a plus in its address), or 30 within a quarter of an hour from one network.
    """
    email = str(entered["email"]).strip().lower()
    lockout.take(at, link=email, link_address=address, mailbox=lockout.mailbox(email))
    with transaction.atomic():
        request = AccountRequest.objects.create(
            area=area.translation_key,
            first_name=entered["first_name"],
            last_name=entered["last_name"],
            organisation=entered["organisation"],
            email=email,
            role=entered["role"],
            why=entered["why"],
            language=get_language() or areas.FALLBACK,
            created_at=at,
        )
        mails.confirm(request, timezone.localdate(at + VALID_FOR))
    return request


def can_confirm(request: AccountRequest, at: datetime) -> bool:
    """Whether the link of this request still confirms."""
    return request.state == State.UNCONFIRMED and at < request.created_at + VALID_FOR


def confirm(request: AccountRequest, at: datetime) -> AccountRequest:
    """Puts the request in the queue, once, and mails when an answer can be expected. Returns the request that
    stands in the queue: an earlier one, when this address has one open for this area.

    Raises `NotPossible` when the link was used or is too old.
    """
    try:
        with transaction.atomic():
            moved = AccountRequest.objects.filter(
                pk=request.pk, state=State.UNCONFIRMED, created_at__gt=at - VALID_FOR
            ).update(state=State.WAITING, confirmed_at=at, answer_by=promised(request.area, at))
            if not moved:
                raise NotPossible
            request.refresh_from_db()
            audit.record("account_request.confirmed", request, None)
            mails.tell("received", request, answer_by=request.answer_by)
    except IntegrityError:
        earlier = AccountRequest.objects.open().get(area=request.area, email=request.email)
        AccountRequest.objects.filter(pk=request.pk, state=State.UNCONFIRMED).delete()
        return earlier
    return request


@transaction.atomic
def withdraw(request: AccountRequest, at: datetime) -> None:
    """Takes the request back. Raises `NotPossible` when it was decided or withdrawn before."""
    moved = AccountRequest.objects.filter(pk=request.pk, state__in=OPEN).update(state=State.WITHDRAWN, decided_at=at)
    if not moved:
        raise NotPossible
    audit.record("account_request.withdrawn", request, None)


@transaction.atomic
def answer(request: AccountRequest, text: str, at: datetime) -> date:
    """Answers the editor's question: the request is back in the queue, with a term of its own, which is returned.

    Raises `NotPossible` when no question is open.
    """
    answer_by = promised(request.area, at)
    moved = AccountRequest.objects.filter(pk=request.pk, state=State.QUESTION).update(
        state=State.WAITING, answer_by=answer_by
    )
    if not moved:
        raise NotPossible
    Question.objects.filter(request=request, answered_at__isnull=True).update(answer=text, answered_at=at)
    audit.record("account_request.answered", request, None)
    return answer_by


def renew(access: Access, user: User, entered: dict[str, Any], at: datetime) -> AccountRequest:
    """Asks to go on with this access. It is judged like any request; what there is goes on until its last day.

    Raises `NotPossible` when the access isn't current, or a request for the area is open already.
    """
    if not access.holds(at) or access.user_id != user.pk or not user.email:
        raise NotPossible
    first = access.request
    try:
        with transaction.atomic():
            request = AccountRequest.objects.create(
                area=access.area,
                first_name=first.first_name,
                last_name=first.last_name,
                organisation=entered["organisation"],
                email=user.email,
                role=entered["role"],
                why=entered["why"],
                language=get_language() or areas.FALLBACK,
                state=State.WAITING,
                created_at=at,
                confirmed_at=at,
                answer_by=promised(access.area, at),
                renews=access,
            )
            audit.record("account_request.renewal", request, user)
            mails.tell("received", request, answer_by=request.answer_by)
    except IntegrityError as error:
        raise NotPossible from error
    return request
