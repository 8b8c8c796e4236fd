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


def let_propose(view: Any) -> None:
    """Let a view of Wagtail's (of adding or editing) propose what readers would see. Its form stays as it is."""
    stock = view.form_valid

    def form_valid(self: Any, form: Any) -> Any:
        try:
            done = propose_instead(form, self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if done is False:
            return stock(self, form)
        if done is True:
            messages.warning(self.request, _("Nobody else could confirm this yet, so it is done."))
            return redirect("wagtailadmin_home")
        messages.warning(self.request, _("Proposed. A second person decides, and has a mail about it."))
        return redirect("proposal", done.pk)

    view.form_valid = form_valid
