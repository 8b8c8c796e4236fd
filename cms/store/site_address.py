"""Wagtail keeps the addresses of sites for an hour in each process: after a change of one, the processes would
disagree.
"""

from wagtail.models import Site

from cms.store.models import ChangeLogHead

_known = ""


def follow(head: ChangeLogHead) -> None:
    """Forget the addresses where the site has another one than this process knows; `head` is the end of the feed as it
    is stored.
    """
    global _known
    if head.address != _known:
        Site.clear_site_root_paths_cache()
        _known = head.address
