"""A request that is sent twice is done once (draft-ietf-httpapi-idempotency-key-header-07)."""
