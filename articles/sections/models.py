"""The three sections. Each holds pages of its own type only."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.pages.base import BasePage
from cms.pages.form import submission_panel
from cms.pages.rich_text import FEATURES

from .projection import FIELDS


class SectionPage(BasePage):
    """A section of the site: an introduction, and a listing that the API gives."""

    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)

    parent_page_types = ["home.HomePage"]
    max_count = 1
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), submission_panel()]
    api_fields = FIELDS

    class Meta:
        abstract = True


class ArticleIndexPage(SectionPage):
    """The section of news."""

    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("section of news")


class DirectiveIndexPage(SectionPage):
    """The section of documents."""

    subpage_types = ["articles.DirectivePage"]

    class Meta:
        verbose_name = _("section of documents")


class TaskPlanIndexPage(SectionPage):
    """The section of plans."""

    subpage_types = ["articles.TaskPlanPage"]

    class Meta:
        verbose_name = _("section of task plans")
