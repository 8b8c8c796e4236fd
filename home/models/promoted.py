"""Which pages the search shows first for certain words."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from search.tokens import normal_query


@register_setting(icon="search")
class SearchSettings(ClusterableModel, BaseSiteSetting):
    """What the office says of the search of its site."""

    panels = [InlinePanel("promoted_results", heading=_("Promoted results"), label=_("Promoted result"))]

    class Meta:
        verbose_name = _("search settings")


class PromotedResult(Orderable):
    """A page that stands above the results for certain queries."""

    settings = ParentalKey(SearchSettings, on_delete=models.CASCADE, related_name="promoted_results")
    queries = models.CharField(
        _("queries"),
        max_length=300,
        help_text=_("What readers type, separated by commas; case and diacritics don't matter"),
    )
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("queries"), FieldPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")

    def __str__(self) -> str:
        return self.queries

    def clean(self) -> None:
        super().clean()
        if not self.query_list():
            raise ValidationError({"queries": _("Give at least one word.")})

    def query_list(self) -> list[str]:
        """Return the queries as the search compares them."""
        found = map(normal_query, self.queries.split(","))
        return list(dict.fromkeys(query for query in found if query))
