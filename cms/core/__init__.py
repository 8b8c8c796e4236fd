"""What everything stands on: text, dates, mail, who is at work, what is due. No models, no pages."""
