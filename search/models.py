"""The search table: one row for each public page, written with its item."""

from django.db import models

from cms.store.models import Item


class SearchEntry(models.Model):
    """What search knows of a page: the words to match, exact and folded, what tells a document from others, and what a
    result shows.

    The words are parted by single spaces, so that both databases cut them alike. The migration adds what each
    matches with: a full-text table kept by triggers on SQLite, generated tsvector columns on PostgreSQL.
    """

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_reference = models.TextField(blank=True)
    folded_summary = models.TextField(blank=True)
    folded_body = models.TextField(blank=True)
    type_code = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=20, blank=True, db_index=True)
    symbol = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    shown_summary = models.TextField(blank=True)
    shown_date = models.DateField(null=True)
    shown_kind = models.JSONField(default=dict)
    shown_issuers = models.JSONField(default=list)
    shown_text = models.TextField(blank=True)

    class Meta:
        db_table = "search_entry"
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title
