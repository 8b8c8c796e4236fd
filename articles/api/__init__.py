"""The API forms, filters and endpoints of the page types."""
