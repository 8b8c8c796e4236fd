"""Erasing what a page says. Its place in the tree stays, empty and off line, so that what other pages were approved with still holds."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from cms.common.erasure import erasing
from cms.common.publication import BOOKKEEPING
from cms.record.digest import content_digest
from cms.record.redaction import entries_of_configuration, entries_of_page

# Bookkeeping that tells or keeps something of the content.
_EMPTIED = {"live_revision", "latest_revision", "latest_revision_created_at", "alias_of", "locked_by", "locked_at"}


def digest_of(page) -> str:
    """The digest of what is public of `page`, or of its draft."""
    return content_digest(page.serializable_data())


def erase(page) -> list:
    """Erases `page` and its aliases; returns the querysets of entries of the record whose words have to go."""
    pages = [page, *(alias.specific for alias in page.aliases.all())]
    # Addresses that the pages had before, made from their titles.
    redirects = Redirect.objects.filter(redirect_page__in=pages)
    numbers = list(redirects.values_list("pk", flat=True))
    redirects.delete()
    for each in pages:
        _erase_one(each)
    return [*(entries_of_page(each.pk) for each in pages), entries_of_configuration(Redirect, numbers)]


def _erase_one(page):
    erasing.send(sender=type(page), instance=page, purge=True)
    # The states of its tasks go with the revisions and the workflows.
    page.workflow_states.all().delete()
    _blank(page)
    page.save(clean=False)
    # By the queryset: a slug that is changed by saving leaves a redirect with the old address.
    slug = f"purged-{page.pk}"
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{page.get_parent().url_path}{slug}/")
    Revision.objects.for_instance(page).delete()
    page.takedowns.all().delete()
    PageLogEntry.objects.filter(page_id=page.pk).delete()


def _blank(page):
    """Empties everything that an editor can fill in."""
    for field in page._meta.concrete_fields:
        if field.primary_key or field.name == "slug" or field.name in BOOKKEEPING - _EMPTIED:
            continue
        value = field.get_default()
        if value is not None or field.null:
            setattr(page, field.name if field.is_relation else field.attname, value)
    for relation in get_all_child_relations(page):
        setattr(page, relation.get_accessor_name(), [])
    page.title = page.draft_title = capfirst(_("purged"))
    page.live, page.has_unpublished_changes, page.locked = False, False, False
