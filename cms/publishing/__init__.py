"""From draft to live and back."""
