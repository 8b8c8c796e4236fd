"""Proposing what a form would have changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.contrib.settings.models import AbstractSetting

from .. import mails
from ..actions import propose
from ..models import Proposal
from ..rights.trust import holders, somebody_else_could_confirm
from .guards import guarded
from .kind import NAME
from .values import lines_of, take_over, values_of


def changes_of(form: Any) -> tuple[Any, dict[str, list[Any]]]:
    """Return the stored object (None for a new one) and what a valid form changes of it: {name: [old, new]}."""
    model = type(form.instance)
    stored = model._default_manager.filter(pk=form.instance.pk).first() if form.instance.pk else None
    # Children are taken over into the object, and stored with it or not at all.
    instance = form.save(commit=False)
    new = values_of(instance, form.cleaned_data)
    old = values_of(stored) if stored is not None else {}
    return stored, {name: [old.get(name), value] for name, value in new.items() if old.get(name) != value}


@transaction.atomic
def propose_instead(form: Any, user: Any) -> Proposal | bool:
    """Propose what the valid `form` would change where readers would see it; return the proposal, or True where it was
    done at once since nobody else could confirm it. False: one person may do it, and nothing has happened yet.

    Raise ValidationError where a change of the same object waits already.
    """
    known = guarded(form.instance._meta.label)
    if known is None or not form.has_changed():
        return False
    stored, values = changes_of(form)
    pages = known.guard(stored, {name: new for name, (_old, new) in values.items()}) if values else None
    if pages is None:
        return False
    subject = capfirst(str(form.instance._meta.verbose_name))
    if not isinstance(form.instance, AbstractSetting):
        subject = f"{subject}: {stored or form.instance}"
    if somebody_else_could_confirm(user):
        return propose(NAME, stored or type(form.instance)(), subject, {"values": values, "pages": pages}, user)
    take_over(stored or type(form.instance)(), {name: new for name, (_old, new) in values.items()})
    addresses = [one.email for one in holders()]
    mails.tell_of_immediate(subject, lines_of(type(form.instance), values), addresses, user)
    return True


@transaction.atomic
def propose_deletion(instance: Any, user: Any) -> Proposal | None:
    """Propose to delete `instance` where readers would see that; None where one person may do it.

    Raise ValidationError where a change of it waits already.
    """
    known = guarded(instance._meta.label)
    pages = known.guard(instance, {}) if known is not None else None
    if pages is None or not somebody_else_could_confirm(user):
        return None
    subject = _("Delete: %(name)s") % {"name": f"{instance._meta.verbose_name} {instance}"}
    values = {name: [old, None] for name, old in values_of(instance).items() if old not in (None, "", [])}
    return propose(NAME, instance, subject, {"values": values, "pages": pages, "deletes": True}, user)


def let_propose_deletion(view: Any) -> None:
    """Let a view of Wagtail's that deletes propose it instead, where readers would see that."""
    stock = view.form_valid

    def form_valid(self: Any, form: Any) -> Any:
        answer = answer_to_deletion(self.request, [self.object])
        return answer if answer is not None else stock(self, form)

    view.form_valid = form_valid


def answer_to_deletion(request: Any, instances: Any) -> Any:
    """Propose the deletion of those of `instances` that need a second person, and return where to go; None where none
    does.
    """
    try:
        proposed = [one for instance in instances if (one := propose_deletion(instance, request.user)) is not None]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("proposals")
    if not proposed:
        return None
    messages.warning(request, _("Proposed. A second person decides, and has a mail about it."))
    return redirect("proposals")


def let_propose(view: Any) -> None:
    """Let a view of Wagtail's (of adding or editing) propose what readers would see. Its form stays as it is."""
    stock = view.form_valid

    def form_valid(self: Any, form: Any) -> Any:
        try:
            done = propose_instead(form, self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            # As Wagtail's `is_valid` leaves them.
            self.form, self.produced_error_code = form, "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        if done is False:
            return stock(self, form)
        if done is True:
            messages.warning(self.request, _("Nobody else could confirm this yet, so it is done."))
            return redirect("wagtailadmin_home")
        messages.warning(self.request, _("Proposed. A second person decides, and has a mail about it."))
        return redirect("proposal", done.pk)

    view.form_valid = form_valid
