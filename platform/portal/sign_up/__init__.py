"""The root domain's pages that lead into a company: signing one up, and finding one's own."""
