"""The way to a company's own identity provider and back. Who it is, `tenants.people` finds out."""
