"""What comes from Word by the clipboard."""
