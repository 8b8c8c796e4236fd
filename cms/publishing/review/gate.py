"""The judge of publications: live content is what the record shows as approved, or it is not stored."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.uses import files_of
from cms.pages.publication import PublicationRefused
from cms.pages.signals import publication_recorded
from cms.publishing.record.digest import OF_ALIASES, content_digest
from cms.publishing.record.ledger import Ledger
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .four_eyes import authors_of_files


def judge(page: Page, exemption: Any) -> Any:
    """Judge the live content of `page`, which is about to be stored.

    Return a function that records the publication, to be called when the page is stored; None where the content stays
    as it is, since Wagtail stores live pages again to keep its books. Raise PublicationRefused for content that nobody
    has approved.
    """
    digest = content_digest(page.serializable_data())
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk else None
    if stored is not None and stored.live and content_digest(stored.serializable_data()) == digest:
        return None
    user, reason = None, ""
    said: dict[str, Any] = {"steps": []}
    if page.alias_of_id:
        check_alias(page)
        said |= {"by": "alias", "alias_of": page.alias_of_id}
    elif exemption is not None:
        user, reason = exemption.user, exemption.reason
        said |= {"by": exemption.kind}
    else:
        submission, steps = approval(page.pk, digest, files_of(page), page.live_revision_id)
        check_time(submission, digest)
        said = {"by": "workflow", "steps": steps, "submission": submission.pk}
    if page.first_published_at and page.change_kind and "alias_of" not in said:
        said |= {"change": {"kind": page.change_kind, "note": page.change_note}}

    def record_publication() -> None:
        entry = record(
            RecordKind.PUBLISHED,
            page=page,
            user=user,
            revision=page.live_revision,
            digest=digest,
            reason=reason,
            files=files_of(page),
            **said,
        )
        publication_recorded.send(sender=type(page), page=page, entry=entry)

    return record_publication


def check_alias(page: Page) -> None:
    """Raise PublicationRefused for an alias that says anything else than the live page that it shows."""
    source = type(page).objects.filter(pk=page.alias_of_id, live=True).first()
    if source is None or content_digest(source.serializable_data(), OF_ALIASES) != content_digest(
        page.serializable_data(), OF_ALIASES
    ):
        raise PublicationRefused(_("An alias shows what is public elsewhere, and nothing else."))


def check_time(submission: Any, digest: str) -> None:
    """Raise PublicationRefused for what was approved for a time that has not come."""
    scheduled = RecordEntry.objects.filter(
        page_id=submission.page_id, kind=RecordKind.SCHEDULED, digest=digest, pk__gt=submission.pk
    ).order_by("-pk")
    entry = scheduled.filter(revision_id=submission.revision_id).first()
    if entry is not None and datetime.fromisoformat(entry.data["go_live_at"]) > timezone.now():
        raise PublicationRefused(_("This content was approved for a later time."))


def approval(page_id: int, digest: str, files: Any, revision_id: int | None = None) -> tuple[RecordEntry, list[dict]]:
    """Return the submission of this content with these files, and who passed which of its steps, in order.

    Where the revision `revision_id` itself was submitted, that submission counts; another one may differ in its time
    alone.

    Raise PublicationRefused where anything is missing.

    The steps are those that the workflow had when the content was submitted: one that is taken out meanwhile is still
    owed. An approval serves once: what was published since needs a new one.
    """
    entries = list(RecordEntry.objects.filter(page_id=page_id).exclude(kind=RecordKind.CONTENT_CHANGED).order_by("pk"))
    last_publication = max((entry.pk for entry in entries if entry.kind == RecordKind.PUBLISHED), default=0)
    submissions = [
        entry
        for entry in entries
        if entry.kind == RecordKind.SUBMITTED and entry.digest == digest and entry.pk > last_publication
    ]
    if not submissions:
        raise PublicationRefused(_("Nobody has approved this content."))
    submission = next((one for one in reversed(submissions) if one.revision_id == revision_id), submissions[-1])
    if submission.data["files"] != files:
        raise PublicationRefused(_("A file has changed since it was submitted."))
    decided = [entry for entry in entries if entry.base_id == submission.pk]
    withdrawn = any(
        entry.kind == RecordKind.WITHDRAWN and entry.data["workflow_state"] == submission.data["workflow_state"]
        for entry in entries
        if entry.pk > submission.pk
    )
    if withdrawn or any(entry.kind == RecordKind.RETURNED for entry in decided):
        raise PublicationRefused(_("This content was returned or withdrawn."))
    passed = {
        entry.data["task"]: entry for entry in decided if entry.kind == RecordKind.PASSED and entry.digest == digest
    }
    urgent = next((entry for entry in decided if entry.kind == RecordKind.URGENT), None)
    skipped = set(urgent.data["skipped"]) if urgent else set()
    steps = [task for task in submission.data["steps"] if task not in skipped]
    people = [entry.user_id for entry in passed.values()]
    if not steps or set(steps) - passed.keys() or None in people or len(set(people)) != len(people):
        raise PublicationRefused(_("Not every step has been passed by a person of its own."))
    authors = Ledger([page_id]).authors(page_id, digest)
    if authors is None or (authors | authors_of_files(files)) & set(people):
        raise PublicationRefused(_("Nobody approves what they wrote."))
    return submission, [
        {
            "step": passed[task].data["step"],
            "user": passed[task].user_id,
            "name": passed[task].user_name,
            "at": passed[task].at.isoformat(),
        }
        for task in steps
    ]
