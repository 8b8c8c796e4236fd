"""What the portal costs: `make bench`. See README.md here."""
