"""Văn bản: directives and other numbered official documents."""
