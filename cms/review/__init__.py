"""Review links: drafts for people without an account, and what they answer."""
