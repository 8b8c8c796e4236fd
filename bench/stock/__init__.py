"""A Wagtail site as the tutorial makes it, with the portal's content: what the portal is compared with."""
