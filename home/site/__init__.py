"""The public site: views and templates over the API's JSON. Knows no model and no database."""
