"""What other apps hear of pages and files. All are sent in the transaction of the change."""

from django.dispatch import Signal

# Sent with `page` when the content of a page was stored. Saving the draft of a live page leaves the stored content
# alone and sends nothing.
content_stored = Signal()

# Sent with `page` and `entry` (of the record) when new content has become public.
publication_recorded = Signal()

# Sent with `instance` (a specific page, an image or a document) and `purge` (else it is deleted) before anything of
# what two people delete or purge is erased: whoever keeps something of it lets it go.
erasing = Signal()
