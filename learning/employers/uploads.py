"""A file of staff: staged, shown, and applied only after a manager confirms. Applying goes in chunks and
may be killed and run again: every chunk is one transaction that marks its own rows."""

from collections import Counter, defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.accounts import audit
from cms.accounts.models import User
from learning.employers import assigning, matching, reading
from learning.employers.checking import Checked, check
from learning.employers.columns import recognise
from learning.employers.matching import Kind, team_key
from learning.employers.models import (
    Employment,
    FaultyRow,
    Organisation,
    StaffUpload,
    StaffUploadBlock,
    Team,
)
from learning.employers.reading import Unreadable

CHUNK = 500
MAX_NEW_TEAMS = 300
DOING = (Kind.ADD, Kind.CHANGE)


def stage(organisation: Organisation, by: User, file_name: str, content: bytes, at: datetime) -> StaffUpload:
    """Reads a file and keeps what each row would do; nothing in the organisation's list changes.

    Raises `Unreadable` when the file can't be read at all.
    """
    today = timezone.localdate(at)
    header, *lines = reading.read(content)
    fields = recognise(header[1])
    if not lines:
        raise Unreadable(_("This file has column names but no people. Choose the file with your staff."))
    if len(lines) > reading.MAX_ROWS:
        raise Unreadable(_("This file has more than 50,000 rows. Split it and upload the parts one by one."))
    rows = [check(number, cells, fields, today) for number, cells in lines]
    del lines
    mark_duplicates(rows)
    kinds = _match(organisation, rows, today)
    new_teams = _new_teams(organisation, rows, kinds)
    upload = StaffUpload.objects.create(
        organisation=organisation,
        uploaded_by=by,
        file_name=file_name[:200],
        created_at=at,
        columns=[list(column) for column in zip(header[1], fields, _examples(rows, len(fields)), strict=True)],
        new_teams=new_teams,
        counts=dict(Counter(kind.value for kind in kinds)),
    )
    _keep(upload, rows, kinds)
    upload.state = StaffUpload.State.STAGED
    upload.save(update_fields=["state"])
    return upload


def _keep(upload: StaffUpload, rows: list[Checked], kinds: list[Kind]) -> None:
    """Stores the good rows in blocks and the faulty ones one by one; rows that change nothing aren't kept."""
    good = [(row.number, kind.value, row.values) for row, kind in zip(rows, kinds, strict=True) if kind in DOING]
    StaffUploadBlock.objects.bulk_create(
        (
            StaffUploadBlock(
                upload=upload, position=start, rows=good[start : start + CHUNK], size=len(good[start : start + CHUNK])
            )
            for start in range(0, len(good), CHUNK)
        ),
        batch_size=20,
    )
    FaultyRow.objects.bulk_create(
        (
            FaultyRow(upload=upload, number=row.number, cells=row.cells, faults=row.faults)
            for row, kind in zip(rows, kinds, strict=True)
            if kind is Kind.FAULT
        ),
        batch_size=1000,
    )


def mark_duplicates(rows: list[Checked]) -> None:
    """Names every row whose number or address stands in another row too: which of them is right can't be
    told, so none of them goes."""
    for field, code in (("personnel_number", "twice_number"), ("email", "twice_email")):
        places: dict[str, list[Checked]] = defaultdict(list)
        for row in rows:
            if value := row.values.get(field):
                places[value].append(row)
        for value, same in places.items():
            if len(same) > 1:
                for row in same:
                    other = same[1] if row is same[0] else same[0]
                    row.faults.append((field, value, code, str(other.number)))


def _match(organisation: Organisation, rows: list[Checked], today: date) -> list[Kind]:
    people = matching.listed(Employment.objects.filter(organisation=organisation).not_ended(today))
    kinds: list[Kind] = []
    for row in rows:
        if not row.faults:
            plan = matching.plan(row.number, row.values, people, today)
            if plan.fault is not None:
                row.faults.append(plan.fault)
        kinds.append(Kind.FAULT if row.faults else plan.kind)
    return kinds


def _new_teams(organisation: Organisation, rows: list[Checked], kinds: list[Kind]) -> list[str]:
    known = {team_key(name) for name in organisation.teams.values_list("name", flat=True)}
    new: dict[str, str] = {}
    for row, kind in zip(rows, kinds, strict=True):
        name = row.values.get("team", "")
        if name and kind in DOING and team_key(name) not in known:
            new.setdefault(team_key(name), name)
    if len(new) > MAX_NEW_TEAMS:
        raise Unreadable(
            _("This file would make %(number)s new teams. Check whether the team column is the right one.")
            % {"number": len(new)}
        )
    return sorted(new.values())


def _examples(rows: list[Checked], columns: int) -> list[str]:
    examples = [""] * columns
    for row in rows[:50]:
        for index, cell in enumerate(row.cells[:columns]):
            examples[index] = examples[index] or cell
    return examples


def confirm(upload: StaffUpload, at: datetime) -> bool:
    """Starts applying the rows that are right; those that aren't stay behind. Returns False when it was
    confirmed before: twice is once."""
    with transaction.atomic():
        started = StaffUpload.objects.filter(pk=upload.pk, state=StaffUpload.State.STAGED).update(
            state=StaffUpload.State.APPLYING, confirmed_at=at
        )
        if started:
            apply_upload.enqueue(upload.pk)
    return bool(started)


@task()
def apply_upload(upload_pk: int) -> None:
    """Applies a confirmed upload in chunks. Run again after a kill it goes on where it was."""
    while apply_chunk(upload_pk, timezone.now()):
        pass


def apply_chunk(upload_pk: int, at: datetime) -> bool:
    """Applies the next block in one transaction; returns whether there may be more."""
    with transaction.atomic():
        upload = StaffUpload.objects.select_for_update().filter(pk=upload_pk).first()
        if upload is None or upload.state != StaffUpload.State.APPLYING:
            return False
        block = upload.blocks.filter(applied=False).order_by("position").first()
        if block is None:
            _finish(upload, at)
            return False
        block.outcome = _apply_rows(upload, block.rows, timezone.localdate(at), at)
        block.applied = True
        block.save(update_fields=["outcome", "applied"])
    return True


def _apply_rows(
    upload: StaffUpload, rows: list[tuple[int, str, dict[str, str]]], today: date, at: datetime
) -> dict[str, int]:
    """Applies these rows and returns how many there were of each kind. The list may have changed since
    the file was staged, so every row is matched again."""
    organisation = upload.organisation
    everyone = Employment.objects.filter(organisation=organisation).not_ended(today)
    people = matching.listed(matching.matchable(everyone, [values for _number, _kind, values in rows]))
    teams = _teams(organisation, rows)
    outcome: Counter[str] = Counter()
    added: list[Employment] = []
    changes: dict[int, dict[str, str]] = {}
    faulty: list[FaultyRow] = []
    for number, _kind, values in rows:
        plan = matching.plan(number, values, people, today)
        outcome[plan.kind.value] += 1
        if plan.kind is Kind.ADD:
            added.append(_employment(organisation, values, teams, today, at))
        elif plan.kind is Kind.CHANGE and plan.pk is not None:
            changes[plan.pk] = plan.changes
        elif plan.fault is not None:
            cells = _cells(upload.columns, values)
            faulty.append(FaultyRow(upload=upload, number=number, cells=cells, faults=[plan.fault]))
    Employment.objects.bulk_create(added)
    changed = list(Employment.objects.filter(pk__in=changes))
    for employment in changed:
        matching.apply_changes(employment, changes[employment.pk], teams)
    Employment.objects.bulk_update(changed, [*matching.CHANGED_FIELDS])
    assigning.refresh([*added, *changed], today)
    FaultyRow.objects.bulk_create(faulty)
    return dict(outcome)


def _cells(columns: list[list[str]], values: dict[str, str]) -> list[str]:
    """The cells of a row again, from what was read of it."""
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    read = {**values, "name": name}
    return [read.get(field, "") for _own, field, _example in columns]


def _teams(organisation: Organisation, rows: list[tuple[int, str, dict[str, str]]]) -> dict[str, int]:
    """Team id by key; makes the teams that don't exist yet."""
    teams = {team_key(name): pk for pk, name in organisation.teams.values_list("pk", "name")}
    for _number, _kind, values in rows:
        name = values.get("team", "")
        if name and team_key(name) not in teams:
            teams[team_key(name)] = Team.objects.create(organisation=organisation, name=name).pk
    return teams


def _employment(
    organisation: Organisation, values: dict[str, str], teams: dict[str, int], today: date, at: datetime
) -> Employment:
    employment = Employment(organisation=organisation, starts_on=today, created_at=at)
    if values.get("ends_on") and not values.get("starts_on"):
        employment.starts_on = min(today, date.fromisoformat(values["ends_on"]))
    matching.apply_changes(employment, {name: value for name, value in values.items() if value}, teams)
    return employment


def _finish(upload: StaffUpload, at: datetime) -> None:
    counts = Counter({Kind.SAME.value: upload.counts.get(Kind.SAME.value, 0)})
    for outcome in upload.blocks.values_list("outcome", flat=True):
        counts.update(outcome)
    counts[Kind.FAULT.value] = upload.faulty_rows.count()
    upload.state, upload.applied_at = StaffUpload.State.APPLIED, at
    upload.counts = {name: number for name, number in counts.items() if number}
    upload.save(update_fields=["state", "applied_at", "counts"])
    audit.record("upload.applied", upload, upload.uploaded_by, **upload.counts)
