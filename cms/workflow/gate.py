"""The judge of publications: live content is what the record shows as approved, or it is not stored."""

from django.utils.translation import gettext as _

from cms.common.publication import PublicationRefused
from cms.media.uses import files_of
from cms.record.digest import content_digest
from cms.record.ledger import Ledger
from cms.record.models import Entry, Kind
from cms.record.write import record


def judge(page, exemption):
    """Whether the live content of `page` may be stored: returns what records its publication, or raises PublicationRefused.

    None where the content stays as it is: Wagtail stores live pages again to keep its books.
    """
    digest = content_digest(page.serializable_data())
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk else None
    if stored is not None and stored.live and content_digest(stored.serializable_data()) == digest:
        return None
    user, reason, said = None, "", {"steps": []}
    if page.alias_of_id:
        said |= {"by": "alias", "alias_of": page.alias_of_id}
    elif exemption is not None:
        user, reason = exemption.user, exemption.reason
        said |= {"by": exemption.kind}
    else:
        said = {"by": "workflow", "steps": approval(page.pk, digest)}

    if Entry.objects.filter(page_id=page.pk, kind=Kind.PUBLISHED).exists() and page.change_kind:
        said |= {"change": {"kind": page.change_kind, "note": page.change_note}}

    def record_publication():
        record(
            Kind.PUBLISHED,
            page=page,
            user=user,
            revision=page.live_revision,
            digest=digest,
            reason=reason,
            files=files_of(page),
            **said,
        )

    return record_publication


def approval(page_id, digest) -> list[dict]:
    """Who passed which step of the review of this content, in order; PublicationRefused where anything is missing.

    The steps are those that the workflow had when the content was submitted: one that is taken out meanwhile is still owed.
    An approval serves once: what was published since needs a new one.
    """
    entries = list(Entry.objects.filter(page_id=page_id).exclude(kind=Kind.CONTENT_CHANGED).order_by("pk"))
    last_publication = max((entry.pk for entry in entries if entry.kind == Kind.PUBLISHED), default=0)
    submissions = [
        entry
        for entry in entries
        if entry.kind == Kind.SUBMITTED and entry.digest == digest and entry.pk > last_publication
    ]
    if not submissions:
        raise PublicationRefused(_("Nobody has approved this content."))
    submission = submissions[-1]
    decided = [entry for entry in entries if entry.base_id == submission.pk]
    withdrawn = any(
        entry.kind == Kind.WITHDRAWN and entry.data["workflow_state"] == submission.data["workflow_state"]
        for entry in entries
        if entry.pk > submission.pk
    )
    if withdrawn or any(entry.kind == Kind.RETURNED for entry in decided):
        raise PublicationRefused(_("This content was returned or withdrawn."))
    passed = {entry.data["task"]: entry for entry in decided if entry.kind == Kind.PASSED and entry.digest == digest}
    urgent = next((entry for entry in decided if entry.kind == Kind.URGENT), None)
    skipped = set(urgent.data["skipped"]) if urgent else set()
    steps = [task for task in submission.data["steps"] if task not in skipped]
    people = [entry.user_id for entry in passed.values()]
    if not steps or set(steps) - passed.keys() or None in people or len(set(people)) != len(people):
        raise PublicationRefused(_("Not every step has been passed by a person of its own."))
    authors = Ledger([page_id]).authors(page_id, digest)
    if authors is None or authors & set(people):
        raise PublicationRefused(_("Nobody approves what they wrote."))
    return [
        {
            "step": passed[task].data["step"],
            "user": passed[task].user_id,
            "name": passed[task].user_name,
            "at": passed[task].at.isoformat(),
        }
        for task in steps
    ]
