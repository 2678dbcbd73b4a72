"""Webhooks: every learning record goes out to the addresses a company names, signed.

The signatures, retries and headers are those of Standard Webhooks 1.0 (standardwebhooks.com).
`pump` turns the feed into deliveries, `sending` sends them, `endpoints` and `replays` are what
people and programs do about them.
"""
