"""Erasing what a page says.

Its place in the tree stays, empty and off line, so that what other pages were approved with still holds.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import get_all_child_relations
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from cms.publishing.pipeline import is_erased
from cms.publishing.record.models import RecordEntry
from cms.publishing.record.redaction import about_address, about_configuration, about_page, numbers_of
from cms.publishing.record.traces import forget_traces
from cms.store.events import note_purged

# The place of a page and who holds it. Everything else is emptied, what a later Wagtail adds as well.
_KEPT = {
    "slug", "path", "depth", "numchild", "translation_key", "locale", "content_type", "owner", "url_path", "live",
    "has_unpublished_changes", "expired", "first_published_at", "last_published_at", "locked",
}  # fmt: skip


def erase(page: Page) -> tuple[list[int], list[int]]:
    """Erase `page` and its aliases; return the ids of these pages, and the entries of the record whose words have to
    go.
    """
    pages = [page, *(alias.specific for alias in page.aliases.all())]
    about = Q()
    for each in pages:
        about |= _erase_redirects(each) | about_address(each.url_path)
        _erase_one(each)
    ids = [each.pk for each in pages]
    for pk in ids:
        about |= about_page(pk)
    return ids, numbers_of(about)


def forget(page_id: int) -> tuple[list[int], list[int]]:
    """As `erase`, for a page that is not there any more: what Wagtail and the record still know of it."""
    PageLogEntry.objects.filter(page_id=page_id).delete()
    forget_traces(Page(pk=page_id))
    note_purged(page_id)
    return [page_id], numbers_of(about_page(page_id))


def _erase_one(page: Page) -> None:
    is_erased(page, purge=True)
    tags, address = _tags(page), page.url_path
    # The states of its tasks go with the revisions and the workflows.
    page.workflow_states.all().delete()
    _blank(page)
    page.save(clean=False)
    # By the queryset: a slug that is changed by saving leaves a redirect with the old address.
    slug = f"purged-{page.pk}"
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{page.get_parent().url_path}{slug}/")
    Revision.objects.for_instance(page).delete()
    # Pages that stood below it name it in their addresses.
    for revision in Revision.page_revisions.filter(content__url_path__startswith=address):
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "url_path": ""})
    page.takedowns.all().delete()
    PageLogEntry.objects.filter(
        Q(page_id=page.pk) | Q(data__source__id=page.pk) | Q(data__destination__id=page.pk)
    ).delete()
    # What editors have typed and not saved, for the preview. Of a page that is being created only the type is known.
    FormState.objects.filter(content_type=page.content_type, object_id__in=["", str(page.pk)]).delete()
    for manager, tag in tags:
        if not manager.through.objects.filter(tag=tag).exists():
            tag.delete()


def _erase_redirects(page: Page):
    """Erase the redirects from earlier addresses of the page and of what stands below it: they are made from titles.

    Return the condition of entries of the record that tell of them.
    """
    address = page.get_url_parts()[2].rstrip("/") if page.get_url_parts() else ""
    redirects = Redirect.objects.filter(
        Q(redirect_page=page) | Q(old_path=address) | Q(old_path__startswith=f"{address}/")
    )
    numbers = set(redirects.values_list("pk", flat=True)) if address else set()
    # Those that were deleted before.
    for entry in RecordEntry.objects.filter(data__model=Redirect._meta.label):
        targets = entry.data.get("changes", {}).get("redirect_page_id", [])
        if page.pk in targets or str(page.pk) in targets:
            numbers.add(int(entry.data["object"]))
    Redirect.objects.filter(pk__in=numbers).delete()
    content_type = ContentType.objects.get_for_model(Redirect)
    ModelLogEntry.objects.filter(content_type=content_type, object_id__in=[str(pk) for pk in numbers]).delete()
    return about_configuration(Redirect, numbers)


def _tags(page: Page):
    """Return the tags of `page` and of its drafts: (manager, tag)."""
    managers = [field for field in type(page)._meta.get_fields() if isinstance(field, ClusterTaggableManager)]
    versions = [page, *(revision.as_object() for revision in page.revisions.all())] if managers else []
    found = {(manager, tag) for manager in managers for one in versions for tag in getattr(one, manager.name).all()}
    return [(manager, tag) for manager, tag in found if tag.pk is not None]


def _blank(page: Page) -> None:
    """Empty everything that an editor can fill in."""
    for field in page._meta.concrete_fields:
        if field.primary_key or field.name in _KEPT:
            continue
        value = field.get_default()
        if value is not None or field.null:
            setattr(page, field.name if field.is_relation else field.attname, value)
    for relation in get_all_child_relations(page):
        setattr(page, relation.get_accessor_name(), [])
    page.title = page.draft_title = capfirst(_("purged"))
    page.live, page.has_unpublished_changes, page.locked = False, False, False
