"""The operator's console on the root domain: companies, how they do, and looking into one."""
