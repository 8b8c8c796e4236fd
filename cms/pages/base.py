"""What every page type shares."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, ReferenceIndex, TaskState
from wagtail.search import index

from cms.core.preview import render_preview
from cms.core.text import fold, normalise, vietnamese_slug

from .change_notes import ChangeNoteMixin, change_panel
from .editing import editing
from .form import PortalPageForm
from .locks import RoleLock
from .obstacles import lock_of
from .permissions import PortalPagePermissionTester
from .publication import road
from .states import state_of
from .tree import at_or_below, lock_place, lock_tree

SLUG_LENGTH = 120


class BasePage(ChangeNoteMixin, Page):
    """A page that is drafted, reviewed and shown by the API alone."""

    base_form_class = PortalPageForm
    # Where a page that is not in the tree yet is going to be, so that its slug can be made free there.
    slug_parent = None

    # A plain text input: Wagtail's fills the slug in the browser, without knowing đ.
    content_panels = [FieldPanel("title", widget=forms.TextInput), change_panel()]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug", widget=forms.TextInput), "seo_title", "search_description"],
            heading=_("For search engines and addresses"),
        ),
    ]

    # Folded too, for the choosers of the admin: `dan van` finds `Dân vận`.
    search_fields = [*Page.search_fields, index.AutocompleteField("folded_title")]

    class Meta:
        abstract = True

    @property
    def folded_title(self) -> Any:
        """The title without diacritics."""
        return fold(self.title)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Normalise what was typed and fill in what follows from it, then validate."""
        self.fill_in()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """As `full_clean`, for the draft of which only the title and the slug must hold."""
        self.fill_in()
        super().minimal_clean()

    def fill_in(self) -> None:
        """Put text into NFC and make the slug. Page types add what they derive before the slug is made."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(field, models.CharField | models.TextField) and isinstance(value, str):
                setattr(self, field.attname, normalise(value))
        if not self.slug:
            self.slug = self.free_slug(self.slug_source())

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with all that storing a page brings about (`cms/publishing/pipeline.py`).

        Raise PublicationRefused for live content that nobody has approved, whatever code asks for it.
        """
        names = kwargs.get("update_fields")
        if not self._state.adding and names is None:
            self._refuse_late_autosave()
            # All fields are written, so a place that was read before somebody moved a page would be written back.
            lock_place(self)
        if names is None:
            road().page_is_stored(self, None, partial(self._store_whole, partial(super().save, *args, **kwargs)))
        else:
            road().page_is_stored(self, set(names), partial(super().save, *args, **kwargs))

    def _store_whole(self, store: Callable[[], None]) -> None:
        # It loads models that are not there yet when this one is.
        from wagtail.signal_handlers import disable_reference_index_auto_update

        # Wagtail would work the references of the whole page out anew for each of its children.
        with disable_reference_index_auto_update():
            store()
        ReferenceIndex.create_or_update_for_object(self)

    @transaction.atomic
    def add_child(self, *args: Any, **kwargs: Any) -> Any:
        """Add a page below this one; see `cms.pages.tree`."""
        lock_tree()
        lock_place(self)
        return super().add_child(*args, **kwargs)

    @transaction.atomic
    def add_sibling(self, *args: Any, **kwargs: Any) -> Page:
        """Add a page beside this one; see `cms.pages.tree`."""
        lock_tree()
        lock_place(self)
        return super().add_sibling(*args, **kwargs)

    @transaction.atomic
    def move(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Move, from where the page and `target` are now; see `cms.pages.tree`."""
        lock_tree()
        lock_place(self, target)
        return super().move(target, *args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, with the rows of the pages locked first: saving locks them before their entries in the index too, so
        that two people never wait for each other.
        """
        lock_tree()
        lock_place(self)
        branch = Page.objects.filter(at_or_below(self.path)).order_by("path")
        list(branch.select_for_update().values_list("pk"))
        return super().delete(*args, **kwargs)

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """As Wagtail's, but autosave overwrites only the draft that nobody else has relied on.

        A revision that was published, submitted or scheduled is what somebody approved: it stays as it was, and the
        change becomes a revision of its own.
        """
        self._refuse_late_autosave()
        if overwrite_revision is not None and self.others_have_seen(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _refuse_late_autosave(self) -> None:
        """Raise PermissionDenied for an autosave that was overtaken, while it was on its way, by what the person sent
        then: what was submitted would not be the latest draft any more, and nobody could decide on it. (Wagtail asks
        only when the request begins, and its form doesn't wait for an autosave.)
        """
        if editing().autosaves and self.pk:
            latest = Page.objects.select_for_update().filter(pk=self.pk).values_list("latest_revision_id", flat=True)
            if latest.first() not in (None, self.latest_revision_id):
                raise PermissionDenied(_("Saving will overwrite a newer version."))

    def with_content_json(self, content: Any) -> Any:
        """As Wagtail's, without asking the database for the type."""
        self.content_type = ContentType.objects.get_for_id(self.content_type_id)
        return super().with_content_json(content)

    def others_have_seen(self, revision: Any) -> bool:
        """Return whether `revision`, the latest one, was published, submitted or scheduled."""
        return revision.pk == self.latest_revision_id and (
            revision.pk == self.live_revision_id
            or revision.approved_go_live_at is not None
            or TaskState.objects.filter(revision=revision).exists()
        )

    def slug_source(self) -> str:
        """Return the text from which the slug is made."""
        return self.title

    def free_slug(self, text: str) -> str:
        """Return a slug for `text` that no sibling has."""
        base = vietnamese_slug(text)[:SLUG_LENGTH].strip("-") or "trang"
        parent = self.get_parent() if self.pk or self.path else self.slug_parent
        if parent is None:
            return base
        slug, number = base, 2
        while not self.slug_is_free(slug, parent):
            slug, number = f"{base}-{number}", number + 1
        return slug

    def slug_is_free(self, slug: str, parent: Any) -> bool:
        """Return whether this page may have `slug` below `parent`."""
        return Page._slug_is_available(slug, parent, self)

    def permissions_for_user(self, user: Any) -> Any:
        return PortalPagePermissionTester(user, self)

    def get_lock(self) -> Any:
        """Wagtail's locks, else those of other apps, else one that holds for those who may only read."""
        return super().get_lock() or lock_of(self) or RoleLock(self)

    @property
    def status_string(self) -> Any:
        """The state in words, where Wagtail's lists and exports ask for it."""
        return str(state_of(self))

    def serve_preview(self, request: HttpRequest, mode_name: Any) -> Any:
        """Drafts are shown in the templates of the public site, from their API form."""
        return render_preview(self, request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Pages are not served from models: the public site renders the API's form of them."""
        raise NotImplementedError("The public site serves pages: home/site.")
