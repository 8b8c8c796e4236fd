"""What the steps that something urgent has skipped owe: to look at it afterwards."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from cms.core.actor import current_actor
from cms.publishing.proposals.kinds import Kind
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .urgent import OWED, reviewers_of, to_be_reviewed_by


class RemarkForm(forms.Form):
    """What there is to say of it."""

    remark = forms.CharField(
        label=gettext_lazy("Remark"), max_length=2000, required=False, widget=AdminAutoHeightTextInput
    )


class OwedKind(Kind):
    """The object is the entry of the record by which it was hastened; `changes` is empty. There is nothing to refuse:
    what is wrong with it is taken down or corrected as ever.
    """

    name = OWED
    label = gettext_lazy("Published in a hurry, to be reviewed")
    agree_label = gettext_lazy("I have reviewed it")
    may_be_refused = False

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return bool(self.decidable([proposal], user))

    def decidable(self, proposals: Iterable[Proposal], user: Any) -> list[Proposal]:
        by_entry = {proposal.object_id: proposal for proposal in proposals}
        entries = RecordEntry.objects.filter(pk__in=by_entry, redacted_by=None)
        return [by_entry[pk] for pk in sorted(to_be_reviewed_by(user, entries))]

    def deciders(self, proposal: Proposal) -> Any:
        return reviewers_of(entry_of(proposal))

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        entry = entry_of(proposal)
        record(
            RecordKind.REVIEWED_AFTERWARDS,
            subject=entry.subject,
            page_id=entry.page_id,
            user=current_actor(),
            digest=entry.digest,
            base=entry,
            reason=chosen.get("remark", ""),
        )

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        """Nothing: hastening, publishing and reviewing afterwards have their own entries."""

    def consequence(self, proposal: Proposal) -> str:
        return _(
            "Readers see it already: the last step has approved it, the others were skipped. Read it now; what is "
            "wrong with it is taken down or corrected as usual."
        )

    def address(self, proposal: Proposal) -> str:
        return reverse("record_trail", args=[entry_of(proposal).page_id])

    def form(self, proposal: Proposal, data: Any = None) -> RemarkForm:
        return RemarkForm(data)

    def done_message(self, proposal: Proposal) -> str:
        return _("The review of “%(title)s” is in the record.") % {"title": proposal.subject}


def entry_of(proposal: Proposal) -> RecordEntry:
    """Return the entry by which it was hastened."""
    return RecordEntry.objects.get(pk=proposal.object_id)


def forget_owed(page: Page) -> None:
    """Forget what is owed of a page that two people delete or purge."""
    entries = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.URGENT)
    Proposal.objects.filter(kind=OWED, object_id__in=entries.values("pk")).delete()
