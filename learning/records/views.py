"""The learner's own screens: modules and certificates, the quiz, and its result."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.modules.editions import current_text, formerly
from learning.modules.models import EditionText
from learning.records import certificates, registrations, shown
from learning.records.forms import PREVIOUS, AnswerForm, SubmitForm
from learning.records.mine import mine, visible_certificates
from learning.records.models import Attempt, Certificate, Completion, Registration
from learning.records.refusals import (
    AlreadySubmitted,
    NotAnOption,
    NotInAttempt,
    RegistrationClosed,
    RetryTooSoon,
    Unanswered,
    WrongNumberChosen,
)
from learning.records.resuming import LearnerRequest, kept_answer, learner
from learning.records.texts import QuizText, quiz_text, quiz_texts

PER_PAGE = 20


@learner
@require_safe
def my_modules(request: LearnerRequest) -> HttpResponse:
    """What is open, done and expired, and the certificates."""
    today = timezone.localdate()
    page = mine(request.user, get_language(), today)
    listed = Paginator(page.certificates, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "mine": page,
        "page_obj": listed,
        "section": "mine",
        "today": today,
        "translations": _links({code: {} for code in settings.OFFERED_LANGUAGES}, "records:mine"),
    }
    return render(request, "records/mine.html", context)


@learner
@require_safe
def quiz(request: LearnerRequest, slug: str) -> HttpResponse:
    """What the quiz asks for, and the way in: start, or go on."""
    text = current_text(slug, get_language())
    if text is None:
        return _moved(slug, "records:quiz")
    return _intro(request, text)


@learner
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: LearnerRequest, slug: str) -> HttpResponse:
    """The quiz itself, under one address. GET goes on where the learner was, on any device; POST starts,
    stores an answer and shows the next question, or hands in."""
    if request.method != "POST":
        return _resume(request, slug)
    act = {"start": _start, "answer": _answer, "submit": _submit}.get(request.POST.get("act", ""))
    return act(request, slug) if act else _refused(request, slug)


@learner
@require_safe
def result(request: LearnerRequest, attempt_id: UUID) -> HttpResponse:
    """How an attempt went; for its own learner only."""
    attempt = _own(request, attempt_id)
    text = quiz_text(attempt.edition, get_language())
    with override(text.language):  # a module that isn't there in the language of this address has its result elsewhere
        elsewhere = reverse("records:result", kwargs={"attempt_id": attempt.pk})
        quiz = reverse("records:question", kwargs={"slug": text.slug})
    if attempt.submitted_at is None:
        return redirect(quiz)
    return redirect(elsewhere) if text.language != get_language() else _result(request, attempt)


@learner
@require_safe
def certificate_pdf(request: LearnerRequest, code: str) -> HttpResponse:
    """The certificate as a PDF; for its holder only."""
    certificate = visible_certificates(request.user).filter(code=certificates.code_of(code)).first()
    if certificate is None:
        raise Http404
    response = HttpResponse(certificates.pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="weerbaar-{certificate.printed_code}.pdf"'
    return response


def _moved(slug: str, name: str) -> HttpResponse:
    """To the module's present address; 404 when no module ever had this one."""
    text = formerly(slug, get_language())
    if text is None:
        raise Http404
    return redirect(name, slug=text.slug)


def _own(request: LearnerRequest, attempt_id: UUID) -> Attempt:
    """This learner's attempt, with what a page needs but the key; 404 for anybody else's, and for what is
    older than a PIN reset by somebody else."""
    ours = Attempt.objects.filter(pk=attempt_id, registration__user=request.user)
    if request.user.private_since:
        ours = ours.filter(started_at__gte=request.user.private_since)
    attempt = (
        ours.select_related("registration__module", "registration__completion__certificate", "edition")
        .defer("edition__answer_key")
        .first()
    )
    if attempt is None:
        raise Http404
    attempt.registration.user = request.user
    return attempt


def _open(request: LearnerRequest, module_id: int) -> Attempt | None:
    """The learner's latest attempt in the open round of this module, handed in or not."""
    ours = Attempt.objects.filter(
        registration__user=request.user, registration__module=module_id, registration__closed_at=None
    )
    if request.user.private_since:
        ours = ours.filter(started_at__gte=request.user.private_since)
    return (
        ours.select_related("registration__module", "edition")
        .defer("edition__answer_key")
        .order_by("-started_at")
        .first()
    )


def _intro(request: LearnerRequest, text: EditionText, status: int = 200, **extra: Any) -> HttpResponse:
    latest = _open(request, text.edition.module_id)
    attempt = latest if latest and latest.submitted_at is None else None
    edition = attempt.edition if attempt else text.edition
    done = Completion.objects.valid(on=timezone.localdate()).filter(user=request.user, module=text.edition.module_id)
    if request.user.private_since:
        done = done.filter(completed_at__gte=request.user.private_since)
    pool = [item for item in text.edition.answer_key["questions"] if item["graded"]]
    total = len(attempt.drawn) if attempt else min(edition.draw_count or len(pool), len(pool))
    context = {
        "text": text,
        "audience": text.edition.module.audience,
        "total": total,
        "pass_mark": attempt.pass_mark if attempt else edition.pass_mark,
        "attempt": attempt,
        "answered": total - len(attempt.unanswered()) if attempt else 0,
        "completion": done.order_by("-completed_on").first(),
        "nameless": not request.user.get_full_name(),
        "cooldown": edition.cooldown_minutes,
        "translations": _translations(quiz_texts(text.edition), "records:quiz"),
        **extra,
    }
    return render(request, "records/intro.html", context, status=status)


def _start(request: LearnerRequest, slug: str) -> HttpResponse:
    text = current_text(slug, get_language())
    if text is None:
        return _moved(slug, "records:quiz")
    if not request.user.get_full_name():
        return _intro(request, text, status=409)
    now = timezone.now()
    round_ = registrations.open_for(request.user, text.edition.module, Registration.Kind.OWN, now)
    try:
        attempt = registrations.start_attempt(round_, text.edition, now)
    except RetryTooSoon as refused:
        return _intro(request, text, status=409, retry_at=refused.until)
    except RegistrationClosed:
        return redirect("records:quiz", slug=slug)
    return _where_you_were(request, attempt)


def _resume(request: LearnerRequest, slug: str) -> HttpResponse:
    text = current_text(slug, get_language())
    if text is None:
        return _moved(slug, "records:question")
    attempt = _open(request, text.edition.module_id)
    if attempt is None or attempt.submitted_at:
        return redirect("records:quiz", slug=slug)
    kept = kept_answer(request, attempt)
    number = shown.number_of(attempt, kept.question) if kept else None
    if kept and number:
        return _question(request, attempt, number, pending=kept.chosen, signed_out=True)
    asked = request.GET.get("nr", "")
    if asked.isdecimal() and 1 <= int(asked[:4]) <= len(attempt.drawn):
        return _question(request, attempt, int(asked[:4]))
    return _where_you_were(request, attempt)


def _answer(request: LearnerRequest, slug: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, slug)
    sent = form.cleaned_data
    attempt = _own(request, sent["attempt"])
    number = shown.number_of(attempt, str(sent["question"]))
    back = sent["go"] == PREVIOUS
    try:
        if sent["chosen"] or not back:
            attempt.answer(sent["question"], sent["chosen"])
    except AlreadySubmitted:
        return _too_late(request, attempt)
    except WrongNumberChosen:
        return _question(request, attempt, number or 1, error=_("Choose an answer first."))
    except (NotInAttempt, NotAnOption):
        return _refused(request, slug)
    if back:
        return _question(request, attempt, max((number or 1) - 1, 1))
    if number == len(attempt.drawn) or not attempt.unanswered():
        return _checklist(request, attempt)
    return _question(request, attempt, (number or 0) + 1)


def _submit(request: LearnerRequest, slug: str) -> HttpResponse:
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _refused(request, slug)
    attempt = _own(request, form.cleaned_data["attempt"])
    try:
        attempt = attempt.submit(timezone.now(), get_language())
    except Unanswered:
        return _checklist(request, attempt, error=True)
    except Attempt.DoesNotExist as gone:
        raise Http404 from gone
    return _result(request, attempt)


def _where_you_were(request: LearnerRequest, attempt: Attempt) -> HttpResponse:
    number = shown.first_open(attempt)
    return _question(request, attempt, number) if number else _checklist(request, attempt)


def _question(request: LearnerRequest, attempt: Attempt, number: int, **extra: Any) -> HttpResponse:
    text = quiz_text(attempt.edition, get_language())
    asked = shown.shown_question(attempt, text, number, extra.pop("pending", None))
    open_ones = set(attempt.unanswered()) - {asked.uuid}
    context = {
        **_frame(attempt, f"?nr={number}"),
        "question": asked,
        "last": not open_ones or number == asked.total,
        "progress_current": number,
        "progress_total": asked.total,
        "progress_kind": "question",
        **extra,
    }
    return render(request, "records/question.html", context)


def _checklist(request: LearnerRequest, attempt: Attempt, *, error: bool = False) -> HttpResponse:
    lines = shown.checklist(attempt, quiz_text(attempt.edition, get_language()))
    missing = [line for line in lines if not line.answered]
    context = {**_frame(attempt), "lines": lines, "missing": missing, "error": error}
    return render(request, "records/check.html", context, status=409 if error else 200)


def _result(request: LearnerRequest, attempt: Attempt, status: int = 200, **extra: Any) -> HttpResponse:
    """The page of an attempt that was handed in. Right answers only for who passed."""
    text = quiz_text(attempt.edition, get_language())
    certificate = _certificate_of(attempt)
    lessons, retry_at = shown.lessons_of(attempt, text), registrations.retry_at(attempt)
    context = {
        **_frame(attempt),
        "lessons": lessons,
        "again": [lesson for lesson in lessons if lesson.missed],
        "explained": shown.explained(attempt, attempt.edition, text),
        "points": shown.readable(attempt.points or Decimal(0)),
        "total": shown.readable(attempt.max_points or Decimal(0)),
        "enough": shown.enough(attempt),
        "retry_at": retry_at,
        "wait": retry_at and timezone.now() < retry_at,
        "certificate": certificate,
        "qr": _qr(certificate) if certificate else "",
        "address": certificates.address_shown(certificate) if certificate else "",
        "host": certificates.host(),
        "first_name": request.user.first_name,
        **extra,
    }
    return render(request, "records/result.html", context, status=status)


def _certificate_of(attempt: Attempt) -> Certificate | None:
    """What a pass gave; None for a fail."""
    try:
        return attempt.registration.completion.certificate if attempt.passed else None
    except (Completion.DoesNotExist, Certificate.DoesNotExist):
        return None


def _qr(certificate: Certificate) -> SafeString:
    return mark_safe(certificates.qr_svg(certificate))  # drawn by segno from our own address


def _too_late(request: LearnerRequest, attempt: Attempt) -> HttpResponse:
    """An answer to what was handed in already: says so, above the result."""
    return _result(request, _own(request, attempt.pk), status=409, too_late=True)


def _refused(request: HttpRequest, slug: str) -> HttpResponse:
    """Something that our own pages never send: nothing was changed."""
    return render(request, "records/refused.html", {"slug": slug}, status=400)


def _frame(attempt: Attempt, query: str = "") -> dict[str, Any]:
    """What every page of an attempt shows around it."""
    texts = quiz_texts(attempt.edition)
    text = quiz_text(attempt.edition, get_language())
    return {
        "attempt": attempt,
        "text": text,
        "audience": attempt.registration.module.audience,
        "audience_name": text.title,
        "slug": text.slug,
        "translations": _translations(texts, "records:question", query),
    }


def _translations(texts: dict[str, QuizText], name: str, query: str = "") -> list[dict[str, str]]:
    """A page of a quiz in the other languages that its edition has."""
    return _links({language: {"slug": text.slug} for language, text in texts.items()}, name, query)


def _links(languages: dict[str, dict[str, str]], name: str, query: str = "") -> list[dict[str, str]]:
    """Links to an address in other offered languages than this one, from what it needs in each."""
    links = []
    for language, kwargs in languages.items():
        if language != get_language() and language in settings.OFFERED_LANGUAGES:
            label = capfirst(get_language_info(language)["name_local"])
            with override(language):
                links.append({"code": language, "label": label, "url": reverse(name, kwargs=kwargs) + query})
    return links
