"""The judge of publications: live content is what the record shows as approved, or it is not stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.uses import Files, files_of
from cms.pages.publication import PublicationRefused, exemption

from .digest import OF_ALIASES, Content, content_digest, digest_of
from .ledger import Ledger, authors_of_files
from .models import RecordEntry, RecordKind
from .write import record


@dataclass(frozen=True)
class Publication:
    """New content that may go live: of which page, what it says and shows, and on whose word."""

    page: Page
    digest: str
    files: Files
    said: dict[str, Any] = field(default_factory=dict)
    user: Any = None
    reason: str = ""
    # The entry by which it skipped steps, which look at it afterwards.
    urgent: RecordEntry | None = None


def judge(page: Page) -> Publication | None:
    """Judge the live content of `page`, which is about to be stored.

    Return None where the content stays as it is, since Wagtail stores live pages again to keep its books. Raise
    PublicationRefused for content that nobody has approved.
    """
    content = Content.of(page)
    digest = content.digest()
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk else None
    if stored is not None and stored.live and digest_of(stored) == digest:
        return None
    files = files_of(page)
    granted = exemption()
    said: dict[str, Any] = {"steps": []}
    urgent = None
    if page.alias_of_id:
        check_alias(page)
        said |= {"by": "alias", "alias_of": page.alias_of_id}
    elif granted is not None:
        said |= {"by": granted.kind}
    else:
        approved = approval(page.pk, content, files, page.live_revision_id)
        check_time(approved)
        said = {"by": "workflow", "steps": approved.steps, "submission": approved.submission.pk}
        urgent = approved.urgent
    if page.first_published_at and page.change_kind and said["by"] not in ("alias", "restored"):
        said |= {"change": {"kind": page.change_kind, "note": page.change_note}}
    by = granted if said["by"] not in ("alias", "workflow") else None
    user, reason = (by.user, by.reason) if by is not None else (None, "")
    return Publication(page, digest, files, said, user, reason, urgent)


def record_publication(publication: Publication) -> RecordEntry:
    """Write down that new content is public, once it is stored."""
    page = publication.page
    return record(
        RecordKind.PUBLISHED,
        page=page,
        user=publication.user,
        revision=page.live_revision,
        digest=publication.digest,
        reason=publication.reason,
        files=publication.files,
        **publication.said,
    )


def check_alias(page: Page) -> None:
    """Raise PublicationRefused for an alias that says anything else than the live page that it shows."""
    source = type(page).objects.filter(pk=page.alias_of_id, live=True).first()
    if source is None or _of_alias(source) != _of_alias(page):
        raise PublicationRefused(_("An alias shows what is public elsewhere, and nothing else."))


def _of_alias(page: Page) -> str:
    return content_digest(type(page), page.serializable_data(), OF_ALIASES)


@dataclass(frozen=True)
class Approval:
    """The submission of some content, who passed which of its steps (in order), and the entries that follow it."""

    submission: RecordEntry
    steps: list[dict[str, Any]]
    since: list[RecordEntry]
    urgent: RecordEntry | None = None


def check_time(approved: Approval) -> None:
    """Raise PublicationRefused for what was approved for a time that has not come."""
    submission = approved.submission
    scheduled = [
        entry
        for entry in approved.since
        if (entry.kind, entry.digest, entry.revision_id)
        == (RecordKind.SCHEDULED, submission.digest, submission.revision_id)
    ]
    if scheduled and datetime.fromisoformat(scheduled[-1].data["go_live_at"]) > timezone.now():
        raise PublicationRefused(_("This content was approved for a later time."))


def approval(page_id: int, content: Content, files: Files, revision_id: int | None = None) -> Approval:
    """Return the approval of this content with these files.

    Where the revision `revision_id` itself was submitted, that submission counts; another one may differ in its time
    alone.

    Raise PublicationRefused where anything is missing.

    The steps are those that the workflow had when the content was submitted: one that is taken out meanwhile is still
    owed. An approval serves once: what was published since needs a new one.
    """
    entries = list(RecordEntry.objects.filter(page_id=page_id).order_by("pk"))
    last_publication = max((entry.pk for entry in entries if entry.kind == RecordKind.PUBLISHED), default=0)
    since = [entry for entry in entries if entry.kind == RecordKind.SUBMITTED and entry.pk > last_publication]
    digests = {version: content.digest(version) for version in {entry.digest_version for entry in since}}
    submissions = [entry for entry in since if entry.digest == digests[entry.digest_version]]
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
        entry.data["task"]: entry
        for entry in decided
        if entry.kind == RecordKind.PASSED and entry.digest == digests.get(entry.digest_version)
    }
    urgent = next((entry for entry in decided if entry.kind == RecordKind.URGENT), None)
    skipped = set(urgent.data["skipped"]) if urgent else set()
    steps = [task for task in submission.data["steps"] if task not in skipped]
    people = [entry.user_id for entry in passed.values()]
    if not steps or set(steps) - passed.keys() or None in people or len(set(people)) != len(people):
        raise PublicationRefused(_("Not every step has been passed by a person of its own."))
    authors = Ledger.of(entries).authors(page_id, submission.digest)
    if authors is None or (authors | authors_of_files(files)) & set(people):
        raise PublicationRefused(_("Nobody approves what they wrote."))
    told = [
        {
            "step": passed[task].data["step"],
            "user": passed[task].user_id,
            "name": passed[task].user_name,
            "at": passed[task].at.isoformat(),
        }
        for task in steps
    ]
    return Approval(submission, told, [entry for entry in entries if entry.pk > submission.pk], urgent)
