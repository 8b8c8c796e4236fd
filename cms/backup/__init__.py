"""Backups that either database engine can restore: rows, files and keys in one archive, consistent with each other."""
