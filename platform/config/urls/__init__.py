"""Two sets of addresses: the root domain's and a company's."""
