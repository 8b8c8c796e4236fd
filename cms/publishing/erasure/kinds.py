"""What the second person decides of a page or file that somebody proposes to delete or purge."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.accounts.holders import those_who_may
from cms.core.actor import current_actor
from cms.pages.tree import lock_tree
from cms.publishing.pipeline import is_erased
from cms.publishing.proposals.kinds import Kind
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.redaction import numbers_of, redact
from cms.publishing.record.write import record
from cms.publishing.takedown.actions import in_effect, release
from cms.store.addresses import address_of_page, digest_of_address

from . import files, pages
from .actions import may_propose
from .checks import check, instance_of, pages_that_show
from .contents import files_of
from .models import MODELS, Erasure, ErasureKind
from .sweep import sweep_files


class DeleteKind(Kind):
    """A public page that was right to be public once. `changes` is empty."""

    name: str = ErasureKind.DELETE
    label = gettext_lazy("Delete")
    agree_label = gettext_lazy("Agree to it")
    prospect = gettext_lazy("deletion proposed")
    outlives_page = True
    details_template = "erasure/details.html"

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return user.is_active and user.has_perm("erasure.change_erasure")

    def may_look(self, proposal: Proposal, user: Any) -> bool:
        return may_propose(user)

    def deciders(self, proposal: Proposal) -> Any:
        return those_who_may("erasure.change_erasure").exclude(pk=proposal.proposed_by_id)

    def lock(self, proposal: Proposal) -> None:
        if self.name == ErasureKind.DELETE:
            lock_tree()
        # What stands below it, or refers to it, must not change any more.
        MODELS[what_of(proposal)].objects.select_for_update().filter(pk=proposal.object_id).first()

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        check(what_of(proposal), proposal.object_id or 0, subject_of(proposal), self.name, proposal.reason)

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        page = subject_of(proposal)
        Erasure.objects.create(proposal=proposal, address_digest=digest_of_address(address_of_page(page)))
        is_erased(page, purge=False)
        page.delete()

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        kind = {
            RecordKind.PROPOSED: RecordKind.ERASURE_PROPOSED,
            RecordKind.PROPOSAL_AGREED: RecordKind.ERASED,
            RecordKind.PROPOSAL_REFUSED: RecordKind.ERASURE_REFUSED,
        }[what]
        record(kind, user=user, reason=reason, **said(proposal))

    def consequence(self, proposal: Proposal) -> str:
        return _("This deletes the page and its history. Readers are told at its address, with the reason. Nobody can "
                 "bring it back.")  # fmt: skip

    def address(self, proposal: Proposal) -> str:
        is_there = proposal.model == Page._meta.label and subject_of(proposal) is not None
        return reverse("wagtailadmin_pages:edit", args=[proposal.object_id]) if is_there else ""

    def done_message(self, proposal: Proposal) -> str:
        return _("Done: nobody can bring it back.")

    def undone_message(self, proposal: Proposal) -> str:
        said = _("Refused: it stays.")
        if hidden_with(proposal):
            said = f"{said} {_('It is still hidden from readers: a second person restores it.')}"
        return said

    def details(self, proposal: Proposal) -> dict[str, Any]:
        instance = subject_of(proposal)
        is_page = isinstance(instance, Page)
        return {
            "hidden": hidden_with(proposal) if proposal.is_open else [],
            "shown_by": [] if instance is None or is_page else pages_that_show(instance),
            "files": files_of(instance) if is_page else [],
        }


class PurgeKind(DeleteKind):
    """A page or file that should never have been here. `changes` has `hid`: the proposals by which pages were hidden
    with it.
    """

    name = ErasureKind.PURGE
    label = gettext_lazy("Purge")

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        instance, user = subject_of(proposal), current_actor()
        digest, paths = "", []
        said_of_it = said(proposal, subject=f"{what_of(proposal)} {proposal.object_id}")
        if isinstance(instance, Page):
            digest = digest_of_address(address_of_page(instance))
        if instance is None:
            ids, numbers = pages.forget(proposal.object_id or 0)
            erased = [(Page, pk) for pk in ids]
        elif isinstance(instance, Page):
            ids, numbers = pages.erase(instance)
            erased = [(Page, pk) for pk in ids]
        else:
            erased, paths, numbers = files.erase(instance)
        names = {model: name for name, model in MODELS.items()}
        # What was said when it, or one like it, was proposed is taken away too.
        for model, pk in erased:
            numbers += numbers_of(Q(data__erased=[names[model], pk]))
            _forget_others(proposal, model, pk, user)
        entry = record(
            RecordKind.ERASED, user=user, reason=proposal.reason, redacted=sorted(set(numbers)), **said_of_it
        )
        redact(numbers, entry)
        erasure = Erasure.objects.create(proposal=proposal, address_digest=digest, paths=paths)
        if paths:
            transaction.on_commit(lambda: sweep_files(erasure), robust=True)

    def refused(self, proposal: Proposal, user: Any) -> None:
        # Taken back by the first person, what is hidden waits for a second one.
        release(proposal.changes.get("hid", []), user, proposal.answer)

    def forget(self, proposal: Proposal) -> None:
        if proposal.agreed:
            proposal.subject = ""

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        # The entry of a purge says what it has taken away, so it is written when that is known.
        if what != RecordKind.PROPOSAL_AGREED:
            super().record(what, proposal, user, reason)

    def consequence(self, proposal: Proposal) -> str:
        return _(
            "This erases the content, all versions, the files' bytes and what the search knows. Only a digest and the "
            "reason stay in the record. Readers are told at its address that it was purged, not why. Nobody can bring "
            "it back."
        )

    def name_in_mails(self, proposal: Proposal) -> str:
        """Return the kind: the title of what is to be purged is not mailed around."""
        return str(self.label)


def _forget_others(proposal: Proposal, model: type, pk: int, user: Any) -> None:
    others = Proposal.objects.filter(kind__in=ErasureKind.values, model=model._meta.label, object_id=pk)
    others = others.exclude(pk=proposal.pk)
    others.filter(decided_at=None).update(decided_by=user, decided_at=timezone.now(), agreed=True)
    others.update(subject="", reason="", answer="")


def what_of(proposal: Proposal) -> str:
    """Return the name of its model in `MODELS`."""
    return next(name for name, model in MODELS.items() if model._meta.label == proposal.model)


def subject_of(proposal: Proposal) -> Any:
    """Return the page (as its type) or file, or None where it is not there any more."""
    return instance_of(what_of(proposal), proposal.object_id or 0)


def hidden_with(proposal: Proposal) -> list[Page]:
    """Return the pages in question that readers don't see now."""
    instance = subject_of(proposal)
    shown = pages_that_show(instance) if instance is not None else []
    return [page for page in shown if getattr(in_effect(page), "is_off", False)]


def said(proposal: Proposal, subject: str = "") -> dict[str, Any]:
    """Return what an entry of the record says of a deletion or purge."""
    what, instance = what_of(proposal), subject_of(proposal)
    page = instance if isinstance(instance, Page) else None
    if instance is None:
        last = RecordEntry.objects.filter(page_id=proposal.object_id, kind=RecordKind.PUBLISHED).order_by("pk").last()
        digest = last.digest if last is not None and what == "page" else ""
    elif page is None:
        digest = instance.sha256
    else:
        digest = digest_of(page)
    return {
        "page": page,
        "subject": subject or proposal.subject,
        "digest": digest,
        "how": proposal.kind,
        "proposal": proposal.pk,
        "erased": [what, proposal.object_id],
    }
