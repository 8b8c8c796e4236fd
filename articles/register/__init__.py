"""Danh mục: what articles, documents and plans refer to by name."""
