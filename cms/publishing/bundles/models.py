"""Several pages that are reviewed one by one and published together at one moment, all or none."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page, Revision

from cms.pages.tree import lock_tree


class BundleForm(WagtailAdminModelForm):
    """A bundle in the admin: what can't be published together is said here."""

    def clean(self) -> Any:
        # Two people may put one page into two bundles, or change a bundle that another one releases, at the same
        # moment.
        lock_tree()
        self._take_over_status()
        cleaned_data = super().clean()
        formset = self.formsets["items"]
        # Validated here, since what is wrong with the rows is said there and what is wrong with all of them here.
        if formset.is_valid():
            pages = [form.cleaned_data.get("page") for form in formset.forms if form not in formset.deleted_forms]
            pages = [page for page in pages if page is not None]
            if not pages:
                raise ValidationError(_("Choose at least one page."))
            if len(set(pages)) != len(pages):
                raise ValidationError(_("A page is in it twice."))
        return cleaned_data

    def clean_go_live_at(self) -> Any:
        moment = self.cleaned_data["go_live_at"]
        if moment is not None and "go_live_at" in self.changed_data and moment < timezone.now():
            raise ValidationError(_("This time has passed."))
        return moment

    def _take_over_status(self) -> None:
        """Take the fields that are not in the form as they are stored now, since saving writes every field."""
        if self.instance.pk is None:
            return
        stored = Bundle.objects.select_for_update().get(pk=self.instance.pk)
        for name in ("created_by", "released_by", "released_at", "published_at", "dissolved_at"):
            setattr(self.instance, name, getattr(stored, name))
        if stored.status != "open":
            raise ValidationError(_("Meanwhile this bundle was released, published or dissolved: it can't be changed."))

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None:
            self.instance.created_by = self.for_user
        return super().save(commit)


class Bundle(ClusterableModel):
    """Pages that go live together, once all of them are approved and an approver releases them."""

    base_form_class = BundleForm

    name = models.CharField(_("name"), max_length=200)
    go_live_at = models.DateTimeField(
        _("to be published at"),
        null=True,
        blank=True,
        help_text=_("Left empty, the pages are published at the moment in which an approver releases them"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    dissolved_at = models.DateTimeField(null=True, editable=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("go_live_at"),
        InlinePanel("items", heading=_("Pages"), label=_("Page"), panels=[PageChooserPanel("page")]),
    ]

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-pk"]
        permissions = [("publish_bundle", _("Can release bundles"))]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        """`open`, `released` (waits for its time), `published` or `dissolved`."""
        if self.dissolved_at:
            return "dissolved"
        if self.published_at:
            return "published"
        return "released" if self.released_at else "open"

    def get_status_display(self) -> Any:
        """Return the status in words."""
        return {
            "open": _("In preparation"),
            "released": _("Released, waits for its time"),
            "published": _("Published"),
            "dissolved": _("Dissolved"),
        }[self.status]


class BundleItem(Orderable):
    """A page in a bundle. `revision` is what was approved of it and waits for the others; None until then."""

    bundle = ParentalKey(Bundle, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="bundle_items")
    # The page can't change while it waits, so this is its latest revision, which nothing purges.
    revision = models.ForeignKey(
        Revision, null=True, editable=False, on_delete=models.CASCADE, related_name="bundle_items"
    )
    # Whether the bundle still waits for its publication.
    is_open = models.BooleanField(default=True, editable=False)

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=models.Q(is_open=True), name="one_open_bundle"),
        ]
        verbose_name = _("item of a bundle")
        verbose_name_plural = _("items of a bundle")

    def __str__(self) -> str:
        return str(self.page)

    def clean(self) -> None:
        """Refuse a page that has nothing to publish, or that another bundle or a schedule publishes."""
        super().clean()
        if self.page_id is None:
            return
        stored = BundleItem.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and stored.page_id != self.page_id:
            raise ValidationError({"page": _("Take this page out and add the other one.")})
        if stored is not None:
            return
        other = BundleItem.objects.filter(page_id=self.page_id, is_open=True).exclude(pk=self.pk).first()
        if other is not None and other.bundle_id != self.bundle_id:
            raise ValidationError({"page": _("This page is in another bundle: %(name)s") % {"name": other.bundle}})
        if self.page.depth < 3 or self.page.alias_of_id or (self.page.live and not self.page.has_unpublished_changes):
            raise ValidationError({"page": _("This page has nothing to publish: make a draft of it first.")})
        if self.page.approved_schedule:
            raise ValidationError({"page": _("This page is scheduled already.")})
