"""Kế hoạch nhiệm vụ: task plans."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.pages.base import BasePage
from cms.pages.form import submission_panel
from cms.pages.panels import FoldedPanel
from cms.pages.rich_text import FEATURES
from cms.store.projection.backlinks import load_citing
from cms.store.projection.beside import Beside

from . import projection as api
from .form import UNREADABLE, TaskPlanPageForm
from .periods import Precision, last_day, parse_period
from .timeliness import PlanTaskState


class TaskPlanPage(BasePage):
    """The tasks of an organisation for a period, and what came of the period before."""

    period = models.CharField(
        _("period"),
        max_length=7,
    )
    period_start = models.DateField(editable=False, null=True, db_index=True)
    period_end = models.DateField(editable=False, null=True)
    organisation = models.ForeignKey(
        "articles.Unit",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
    )
    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)
    previous_results = RichTextField(_("results of the previous period"), blank=True, features=FEATURES)
    previous_limitations = RichTextField(_("limitations of the previous period"), blank=True, features=FEATURES)

    base_form_class = TaskPlanPageForm
    parent_page_types = ["articles.TaskPlanIndexPage"]
    subpage_types = []
    api_fields = api.FIELDS
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("period"),
        FieldPanel("organisation"),
        InlinePanel(
            "basis_items",
            heading=_("Basis"),
            label=_("Official document"),
            panels=[PageChooserPanel("directive", "articles.DirectivePage"), FieldPanel("text")],
        ),
        FieldPanel("introduction"),
        InlinePanel("tasks", heading=_("Plan tasks"), label=_("Plan task")),
        MultiFieldPanel(["previous_results", "previous_limitations"], heading=_("Previous period")),
        submission_panel(),
    ]

    class Meta:
        verbose_name = _("task plan")
        verbose_name_plural = _("task plans")

    @classmethod
    def preload_for_api(cls, pages: Iterable[Page], fields: Any, beside: Beside) -> None:
        """Find for all `pages` at once what refers to them, where the `fields` of their forms say so."""
        if "cited_by" in fields:
            load_citing(pages, beside)

    def fill_in(self) -> None:
        super().fill_in()
        try:
            period = parse_period(self.period)
        except ValueError:
            self.period_start = self.period_end = None
        else:
            self.period_start, self.period_end = period.start, period.end

    def clean(self) -> None:
        super().clean()
        if self.period and self.period_start is None:
            raise ValidationError({"period": UNREADABLE})


class PlanBasis(Orderable):
    """A document on which a plan rests, of the register or not."""

    page = ParentalKey(TaskPlanPage, on_delete=models.CASCADE, related_name="basis_items")
    directive = models.ForeignKey(
        "articles.DirectivePage",
        verbose_name=_("document of the register"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.CharField(_("document that is not in the register"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("basis of a plan")
        verbose_name_plural = _("bases of a plan")

    def clean(self) -> None:
        super().clean()
        if bool(self.directive_id) == bool(self.text.strip()):
            raise ValidationError(
                {
                    "directive": _(
                        "Choose a document of the register, or describe one that is not in it: one of the two."
                    )
                }
            )


class PlanTask(Orderable, ClusterableModel):
    """One task. Only what was reported is stored; whether it is late is derived (`articles.plans.timeliness`)."""

    page = ParentalKey(TaskPlanPage, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("plan task"), max_length=500)
    description = RichTextField(_("description"), blank=True, features=FEATURES)
    lead_unit = models.ForeignKey(
        "articles.Unit",
        verbose_name=_("lead unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_tasks",
    )
    supporting_units = ParentalManyToManyField(
        "articles.Unit", verbose_name=_("coordinating units"), blank=True, related_name="supported_tasks"
    )
    deadline_precision = models.CharField(
        _("deadline known to the"), max_length=9, choices=Precision.choices, default=Precision.NONE
    )
    deadline_on = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_("Any day of the month, quarter or half year will do"),
    )
    deliverable = models.CharField(_("deliverable"), max_length=300, blank=True)
    state = models.CharField(
        _("status"), max_length=11, choices=PlanTaskState.choices, default=PlanTaskState.NOT_STARTED
    )
    progress = models.PositiveSmallIntegerField(
        _("progress (percent)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    panels = [
        FieldPanel("title", classname="portal-task__title"),
        FieldRowPanel(["lead_unit", "deadline_precision", "deadline_on", "state"], classname="portal-task__row"),
        FoldedPanel(
            [
                FieldPanel("description"),
                # A list from which one chooses with the Ctrl key loses choices, and on a phone shows none.
                FieldPanel("supporting_units", widget=forms.CheckboxSelectMultiple),
                FieldPanel("deliverable"),
                FieldRowPanel(["progress", "done_on"]),
                FieldPanel("result"),
            ],
            summary=_("Details"),
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("task of a plan")
        verbose_name_plural = _("tasks of a plan")

    def __str__(self) -> str:
        return self.title

    @property
    def deadline_day(self) -> Any:
        """The last day of what is known of the deadline, or None."""
        return self.deadline_on and last_day(self.deadline_precision, self.deadline_on)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.deadline_precision in {Precision.NONE, Precision.ONGOING}:
            if self.deadline_on:
                errors["deadline_on"] = _("Say how precisely the deadline is known, or leave the date empty.")
        elif not self.deadline_on:
            errors["deadline_on"] = _("A deadline needs its date.")
        if self.done_on and self.state != PlanTaskState.DONE:
            errors["done_on"] = _("Only a task that is done has this date.")
        if self.state == PlanTaskState.DONE and self.progress not in {None, 100}:
            errors["progress"] = _("A task that is done stands at 100 percent.")
        if self.state != PlanTaskState.DONE and self.progress == 100:
            errors["state"] = _("A task at 100 percent is done.")
        if errors:
            raise ValidationError(errors)
