"""Tin bài: news articles."""
