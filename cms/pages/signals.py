"""What other apps hear of a page or file that is deleted or purged by two people."""

from django.dispatch import Signal

# Sent with `instance` (a specific page, an image or a document) and `purge` (else it is deleted) in the transaction, before anything of it is
# erased: whoever keeps something of it lets it go.
erasing = Signal()
