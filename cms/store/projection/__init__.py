"""What leaves by the API, and by what it is found: made of what is stored in Wagtail, once, when it changes."""
