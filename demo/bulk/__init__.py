"""Content in bulk, for measurements: thousands of pages that look like an office's, the same for the same seed."""
