"""The public search table: one row for each live page, written with its publication."""

from django.db import models
from wagtail.models import Page


class Entry(models.Model):
    """What search knows of a page: the words to match, exact and folded, and what a result shows.

    The words are parted by single spaces, so that both databases cut them alike. The migration adds what each
    matches with: a full-text table kept by triggers on SQLite, generated tsvector columns on PostgreSQL.
    """

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_reference = models.TextField(blank=True)
    folded_summary = models.TextField(blank=True)
    folded_body = models.TextField(blank=True)
    sort_title = models.CharField(max_length=1200, db_index=True)
    shown_summary = models.TextField(blank=True)
    shown_date = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self):
        return self.title
