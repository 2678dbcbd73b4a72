"""Weekly briefs, prompts, check-ins, and the channels that carry them."""
