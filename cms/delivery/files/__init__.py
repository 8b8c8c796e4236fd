"""Files for readers: what the store has, and for people of the office what their drafts show."""
